// All questions about communities, one function each: who they are, how they define a good place, when the municipality leaves.
import { type Selectable, sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { CommunityCommunity, CommunityDefinition } from '../db/schema.ts'
import { ageBands, type Population, populationFrom } from './age-bands.ts'
import {
  type Community,
  type Definition,
  isSlug,
  type Plan,
  type Presence,
  presences,
  type WithdrawalPlan,
} from './community.ts'
import type { Municipality } from './municipality.ts'

const presenceOf = (text: string): Presence =>
  presences.find((presence) => presence === text) ?? fail('a presence the program does not know')

const fail = (what: string): never => {
  throw new RangeError(what)
}

const communityOf = (row: Selectable<CommunityCommunity> & { keeper: string | null }): Community => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  residents: row.residents,
  timeZone: row.time_zone,
  presence: presenceOf(row.presence),
  foundedAt: row.founded_at,
  keeper: row.keeper,
})

/** With the association that keeps the room of each. */
const communities = (tx: Tx) =>
  tx
    .selectFrom('community.community as c')
    .leftJoin('community.controller as k', 'k.community_id', 'c.id')
    .leftJoin('community.association as a', 'a.id', 'k.association_id')
    .selectAll('c')
    .select('a.name as keeper')

const definitionOf = (row: Selectable<CommunityDefinition>): Definition => ({
  version: row.version,
  text: row.text,
  authors: row.authors,
  writtenAt: row.written_at,
})

export async function findCommunity(tx: Tx, slug: string): Promise<Community | null> {
  // What cannot be a slug is not asked for: a zero byte in an address would break the question.
  if (!isSlug(slug)) return null
  const row = await communities(tx).where('c.slug', '=', slug).executeTakeFirst()
  return row ? communityOf(row) : null
}

/** A community with its plan and the newest words for a good place, in one question. */
export async function wholeCommunity(
  tx: Tx,
  slug: string,
): Promise<{ community: Community; plan: WithdrawalPlan; definition: Definition | null } | null> {
  if (!isSlug(slug)) return null
  const row = await communities(tx)
    .innerJoin('community.withdrawal_plan as p', 'p.community_id', 'c.id')
    .leftJoin('community.definition as d', (join) =>
      join.onRef('d.community_id', '=', 'c.id').on((eb) =>
        eb(
          'd.version',
          '=',
          eb
            .selectFrom('community.definition as n')
            .select((n) => n.fn.max('n.version').as('newest'))
            .whereRef('n.community_id', '=', 'c.id'),
        ),
      ),
    )
    .select(['p.last_day', 'p.still_missing', 'p.written_at as planned_at'])
    .select(['d.version', 'd.text', 'd.authors', 'd.written_at'])
    .where('c.slug', '=', slug)
    .executeTakeFirst()
  if (!row) return null
  const { version, text, authors, written_at: writtenAt } = row
  const worded = version !== null && text !== null && authors !== null && writtenAt !== null
  return {
    community: communityOf(row),
    plan: { lastDay: row.last_day, stillMissing: row.still_missing, writtenAt: row.planned_at },
    definition: worded ? { version, text, authors, writtenAt } : null,
  }
}

/** Every community, by the Danish alphabet. */
export async function allCommunities(tx: Tx): Promise<Community[]> {
  const rows = await communities(tx).orderBy(sql`c.name collate "da-x-icu"`).execute()
  return rows.map(communityOf)
}

/** `presence` is `idea` unless it is said. The trigger gives it its withdrawal plan. */
export async function addCommunity(
  tx: Tx,
  community: Omit<Community, 'presence' | 'keeper'> & { presence?: Presence; residentsSource?: string },
): Promise<void> {
  await tx
    .insertInto('community.community')
    .values({
      id: community.id,
      slug: community.slug,
      name: community.name,
      residents: community.residents,
      residents_source: community.residentsSource ?? null,
      time_zone: community.timeZone,
      presence: community.presence ?? 'idea',
      founded_at: community.foundedAt,
    })
    .execute()
}

/** Communities are founded one after the other, so that two who press at once do not found the same one. */
export async function waitToFound(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('found a community', 0))`.execute(tx)
}

/** Does the one who acts work with this community for the municipality? */
export async function worksWith(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.works_with(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** Does the one who acts belong to this community, and is known there? */
export async function mayWord(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select community.may_word(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** Does the one who acts host this community? */
export async function hostsIn(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.hosts(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

// --- The definition

/** Every version, the newest first. */
export async function definitionsOf(tx: Tx, community: string): Promise<Definition[]> {
  const rows = await tx
    .selectFrom('community.definition')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(definitionOf)
}

export async function newestDefinition(tx: Tx, community: string): Promise<Definition | null> {
  const row = await tx
    .selectFrom('community.definition')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? definitionOf(row) : null
}

/** A community words its definition one version after the other. */
export async function waitToDefine(tx: Tx, community: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`define ${community}`}, 0))`.execute(tx)
}

export async function addDefinition(tx: Tx, community: string, definition: Definition): Promise<void> {
  await tx
    .insertInto('community.definition')
    .values({
      community_id: community,
      version: definition.version,
      text: definition.text,
      authors: definition.authors,
      written_at: definition.writtenAt,
    })
    .execute()
}

// --- The withdrawal plan

/** Every community has one, from the day it is created. */
export async function withdrawalPlanOf(tx: Tx, community: string): Promise<WithdrawalPlan> {
  const row = await tx
    .selectFrom('community.withdrawal_plan')
    .selectAll()
    .where('community_id', '=', community)
    .executeTakeFirstOrThrow()
  return { lastDay: row.last_day, stillMissing: row.still_missing, writtenAt: row.written_at }
}

/** Answers whether the plan was there to be written by the one who acts. */
export async function setWithdrawalPlan(tx: Tx, community: string, plan: Plan, writtenAt: Date): Promise<boolean> {
  const done = await tx
    .updateTable('community.withdrawal_plan')
    .set({ last_day: plan.lastDay, still_missing: plan.stillMissing, written_at: writtenAt })
    .where('community_id', '=', community)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

// --- Who lives here

/** The newest count by age; null when nobody has entered one, or when it is not whole. */
export async function populationOf(tx: Tx, community: string): Promise<Population | null> {
  const rows = await tx
    .selectFrom('community.age_band')
    .select(['band', 'people', 'source', 'year'])
    .where('community_id', '=', community)
    .execute()
  return populationFrom(rows)
}

/** Enters a count by age, in the place of an earlier one. */
export async function setPopulation(tx: Tx, community: string, population: Population): Promise<void> {
  const { source, year } = population
  const rows = ageBands.map((band) => ({
    community_id: community,
    band,
    people: population.people[band],
    source,
    year,
  }))
  await tx
    .insertInto('community.age_band')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['community_id', 'band']).doUpdateSet({
        people: (eb) => eb.ref('excluded.people'),
        source: (eb) => eb.ref('excluded.source'),
        year: (eb) => eb.ref('excluded.year'),
      }),
    )
    .execute()
}

// --- The municipality

/** The one that runs this installation; null before it is set up. */
export async function municipalityHere(tx: Tx): Promise<Municipality | null> {
  const row = await tx.selectFrom('municipal.municipality').selectAll().executeTakeFirst()
  return row
    ? {
        name: row.name,
        timeZone: row.time_zone,
        accessibilityStatement: row.accessibility_statement,
        contactMail: row.contact_mail,
        contactPhone: row.contact_phone,
      }
    : null
}
