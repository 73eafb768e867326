// Setting up an empty database: what no page of the program does yet, as the system, for the demo.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../db/as-actor.ts'
import { newestVersion, type Purpose } from '../people/consents.ts'

export async function municipalityName(tx: Tx): Promise<string | null> {
  const row = await tx.selectFrom('municipal.municipality').select('name').executeTakeFirst()
  return row?.name ?? null
}

export async function addMunicipality(tx: Tx, name: string): Promise<void> {
  await tx.insertInto('municipal.municipality').values({ name }).execute()
}

export interface NewCommunity {
  id: string
  slug: string
  name: string
  residents: number
  presence: string
  founded: Date
  lastDay: string
  stillMissing: string
}

export async function addCommunity(tx: Tx, place: NewCommunity): Promise<void> {
  await tx
    .insertInto('community.community')
    .values({
      id: place.id,
      slug: place.slug,
      name: place.name,
      residents: place.residents,
      residents_source: 'Opdigtet til fremvisning',
      presence: place.presence,
      founded_at: place.founded,
    })
    .execute()
  await tx
    .updateTable('community.withdrawal_plan')
    .set({ last_day: place.lastDay, still_missing: place.stillMissing, written_at: place.founded })
    .where('community_id', '=', place.id)
    .execute()
}

export async function addDefinition(
  tx: Tx,
  community: string,
  definition: { version: number; text: string; authors: number; writtenAt: Date },
): Promise<void> {
  const { version, text, authors, writtenAt } = definition
  await tx
    .insertInto('community.definition')
    .values({ community_id: community, version, text, authors, written_at: writtenAt })
    .execute()
}

export async function addAccount(
  tx: Tx,
  account: { id: string; name: string; municipalRole: string | null },
): Promise<void> {
  await tx
    .insertInto('access.account')
    .values({ id: account.id, name: account.name, municipal_role: account.municipalRole })
    .execute()
}

/** Somebody of a place, who has said yes and can sign in. */
export async function addPlace(
  tx: Tx,
  somebody: { account: string; name: string; community: string; role: 'keyholder' | 'host' | 'resident'; since: Date },
): Promise<void> {
  const { account, name, community, role, since } = somebody
  await tx.insertInto('access.community_role').values({ account_id: account, community_id: community, role }).execute()
  await tx
    .insertInto('community.person')
    .values({
      id: uuid(),
      community_id: community,
      account_id: account,
      name,
      exists_by: 'said_yes',
      medium: 'tap',
      joined_on: since.toISOString().slice(0, 10),
      active_on: since.toISOString().slice(0, 10),
      known_on: since.toISOString().slice(0, 10),
    })
    .execute()
}

/** Somebody of a place who has no account. */
export interface NewNeighbour {
  name: string
  contactWish: 'phone' | 'paper' | 'none'
  telephone: string | null
  languages: string[]
  came: boolean
  medium: 'paper' | 'voice'
  /** `yyyy-mm-dd` */
  joinedOn: string
  ageBand: string | null
  onList: boolean
  askedAbout: string | null
}

export async function addNeighbours(tx: Tx, community: string, neighbours: readonly NewNeighbour[]): Promise<void> {
  if (neighbours.length === 0) return
  const rows = neighbours.map((one) => ({ id: uuid(), ...one }))
  await tx
    .insertInto('community.person')
    .values(
      rows.map((one) => ({
        id: one.id,
        community_id: community,
        name: one.name,
        contact_wish: one.contactWish,
        telephone: one.telephone,
        languages: one.languages,
        exists_by: one.came ? 'came' : 'said_yes',
        medium: one.medium,
        joined_on: one.joinedOn,
        active_on: one.joinedOn,
        known_on: one.joinedOn,
      })),
    )
    .execute()
  await tx
    .insertInto('community.profile')
    .values(rows.map(({ id, ageBand, askedAbout }) => ({ person_id: id, age_band: ageBand, asked_about: askedAbout })))
    .execute()
  const yes = rows.flatMap(({ id, joinedOn, medium, onList, askedAbout }) => {
    const purposes: Purpose[] = onList ? (askedAbout ? ['contactList', 'askMe'] : ['contactList']) : []
    return purposes.map((purpose) => ({
      id: uuid(),
      person_id: id,
      purpose,
      text_version: newestVersion(purpose),
      medium,
      given_at: `${joinedOn}T12:00:00Z`,
    }))
  })
  if (yes.length > 0) await tx.insertInto('community.consent').values(yes).execute()
}

/** With which place somebody of the municipality works. */
export async function addWork(tx: Tx, account: string, community: string): Promise<void> {
  await tx.insertInto('access.employee_community').values({ account_id: account, community_id: community }).execute()
}

/** The code of a card that is open in this place, if there is one. */
export async function openCodeIn(tx: Tx, slug: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.meeting as m')
    .innerJoin('community.community as c', 'c.id', 'm.community_id')
    .select('m.code')
    .where('c.slug', '=', slug)
    .where('m.phase', '=', 'open')
    .executeTakeFirst()
  return row?.code ?? null
}

/** How long each has talked at an evening, in milliseconds, as if somebody had pressed the buttons. */
export async function setTalk(tx: Tx, meeting: string, residents: number, municipality: number): Promise<void> {
  await tx
    .updateTable('community.evening')
    .set({ residents_ms: residents, municipality_ms: municipality })
    .where('meeting_id', '=', meeting)
    .execute()
}

export interface AtTheDoor {
  name: string | null
  firstTime: boolean | null
  broughtBy: string
  bringer: string | null
}

/** The list at the door, as a scribe has typed it. */
export async function addArrivals(tx: Tx, meeting: string, people: readonly AtTheDoor[]): Promise<void> {
  if (people.length === 0) return
  await tx
    .insertInto('community.arrival')
    .values(
      people.map(({ name, firstTime, broughtBy, bringer }) => ({
        meeting_id: meeting,
        medium: 'paper',
        name,
        first_time: firstTime,
        brought_by: broughtBy,
        bringer,
      })),
    )
    .execute()
}

/** Dots that were counted on the wall. */
export async function addPaperDots(tx: Tx, meeting: string, theme: string, n: number): Promise<void> {
  await tx
    .insertInto('community.dot_count')
    .values({ meeting_id: meeting, theme_id: theme, medium: 'paper', n })
    .execute()
}

/** The code of the evening that is going on in this place, if there is one. */
export async function runningCodeIn(tx: Tx, slug: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.meeting as m')
    .innerJoin('community.community as c', 'c.id', 'm.community_id')
    .innerJoin('community.evening as e', 'e.meeting_id', 'm.id')
    .select('m.code')
    .where('c.slug', '=', slug)
    .where('m.phase', '=', 'planned')
    .executeTakeFirst()
  return row?.code ?? null
}

export interface Talked {
  id: string
  /** A person of the place; in the municipality's room an account. */
  starter: string
  other: string
  on: string
}

/** Talks of two that were held, in one of the two rooms: many at once. */
export async function addTalks(
  tx: Tx,
  room: 'community' | 'municipal',
  community: string,
  talks: readonly Talked[],
): Promise<void> {
  const column = (of: keyof Talked) => talks.map((talk) => talk[of])
  await sql`insert into ${sql.table(`${room}.talk`)}
      (id, community_id, starter, other, kind, medium, purpose, answer, planned_on, held_on, touched_on)
    select id, ${community}::uuid, starter, other, 'maintenance', 'walk', 'En snak om det, vi gerne vil', 'yes', on_day, on_day, on_day
    from unnest(${column('id')}::uuid[], ${column('starter')}::uuid[], ${column('other')}::uuid[], ${column('on')}::date[])
      as t (id, starter, other, on_day)`.execute(tx)
}

/** The people of a place: these first, and then by their names. */
export async function peopleIn(tx: Tx, community: string, first: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('community.person')
    .select('id')
    .where('community_id', '=', community)
    .where('merged_into', 'is', null)
    .orderBy(sql`array_position(${first}::text[], name)`)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

export async function employeeOf(tx: Tx, name: string): Promise<string> {
  const row = await tx
    .selectFrom('access.account')
    .select('id')
    .where('name', '=', name)
    .where('municipal_role', '=', 'employee')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Somebody stands on the contact list and likes to be asked about something. */
export async function letBeAsked(tx: Tx, person: string, about: string, on: string): Promise<void> {
  await tx
    .insertInto('community.profile')
    .values({ person_id: person, asked_about: about })
    .onConflict((one) => one.column('person_id').doUpdateSet({ asked_about: about }))
    .execute()
  await tx.deleteFrom('community.consent').where('person_id', '=', person).execute()
  const purposes: Purpose[] = ['contactList', 'askMe']
  await tx
    .insertInto('community.consent')
    .values(
      purposes.map((purpose) => ({
        id: uuid(),
        person_id: person,
        purpose,
        text_version: newestVersion(purpose),
        medium: 'paper',
        given_at: `${on}T12:00:00Z`,
      })),
    )
    .execute()
}

/** A vote of the past that was adopted, with the check-ins that follow from it; the first is held. */
export async function addOldVote(
  tx: Tx,
  community: string,
  vote: {
    id: string
    from: string
    to: string
    yes: number
    no: number
    blank: number
    farewell: string | null
    at: Date
  },
): Promise<void> {
  const { id, from, to, yes, no, blank, farewell, at } = vote
  await sql`insert into community.phase_vote (id, community_id, from_phase, to_phase, voted_on, yes, no, blank, farewell_on, farewell, typed_at, state, ended_at)
    values (${id}, ${community}, ${from}, ${to}, ${at}::date, ${yes}, ${no}, ${blank}, ${farewell && at}::date, ${farewell}, ${at}, 'adopted', ${at})`.execute(
    tx,
  )
  await sql`insert into community.check_in (vote_id, community_id, month, due_on)
    select ${id}, ${community}, m, (${at}::date + make_interval(months => m))::date from unnest(array[6, 12]) m`.execute(
    tx,
  )
}

export async function addOldCall(
  tx: Tx,
  community: string,
  call: { id: string; from: string; at: Date; words: string; comesOn: Date },
): Promise<void> {
  // Inserting moves a place that stands where the call comes from: it is put back to where the demo has it.
  await sql`insert into community.called_back (id, community_id, from_phase, called_at, words, answered_at, comes_on)
    values (${call.id}, ${community}, ${call.from}, ${call.at}, ${call.words}, ${call.at}, ${call.comesOn}::date)`.execute(
    tx,
  )
  await sql`update community.community set presence = ${call.from} where id = ${community}`.execute(tx)
}

export async function addPassedOn(
  tx: Tx,
  community: string,
  item: { id: string; kind: string; what: string; at: Date; receiver: string | null; receivedAt: Date },
): Promise<void> {
  const { id, kind, what, at, receiver, receivedAt } = item
  await sql`insert into community.passed_on (id, community_id, kind, what, added_at, received_at, received_by, medium)
    values (${id}, ${community}, ${kind}, ${what}, ${at}, ${receiver ? receivedAt : null}, ${receiver}, ${receiver ? 'tap' : null})`.execute(
    tx,
  )
}

/** Somebody of the demo says yes to a purpose, wherever they are a person. */
export async function sayYes(tx: Tx, account: string | null, purpose: Purpose, at: Date): Promise<void> {
  const people = await tx.selectFrom('community.person').select('id').where('account_id', '=', account).execute()
  for (const { id: person } of people)
    await tx
      .insertInto('community.consent')
      .values({
        id: uuid(),
        person_id: person,
        purpose,
        text_version: newestVersion(purpose),
        medium: 'tap',
        given_at: at,
      })
      .execute()
}

/** Neighbours on paper who have said how old they are: one of each age in turn. */
export async function neighboursOfAges(tx: Tx, community: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from (
      select p.id, p.name, f.age_band, row_number() over (partition by f.age_band order by p.name, p.id) as n
      from community.person p join community.profile f on f.person_id = p.id
      where p.community_id = ${community} and p.account_id is null and f.age_band is not null
    ) p order by p.n, p.age_band desc, p.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What neighbours call themselves, by their own yes. */
export async function addSteps(tx: Tx, steps: readonly { person: string; stage: number; on: string }[]): Promise<void> {
  await tx
    .insertInto('community.path_step')
    .values(steps.map(({ person, stage, on }) => ({ person_id: person, stage, said_on: on, stands_on: on })))
    .execute()
}

/** Somebody with an account leans on another since a day, as both have said. */
export async function addCoaching(
  tx: Tx,
  community: string,
  coach: string,
  coachee: string,
  on: string,
): Promise<void> {
  await sql`insert into community.coaching (community_id, coach, coachee, since)
    select c.community_id, c.id, l.id, ${on}::date from community.person c join community.person l on l.community_id = c.community_id
    where c.community_id = ${community} and c.name = ${coach} and l.name = ${coachee} and c.account_id is not null and l.account_id is not null`.execute(
    tx,
  )
}
