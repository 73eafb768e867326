// What the room asks the database about associations and groups: their levels, and who is in them by whose yes.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface Group {
  id: string
  parent: string | null
  kind: 'association' | 'group'
  name: string
  cvr: string | null
  municipal: boolean
  rev: number
}

const groups = sql`select a.id, a.parent_id as parent, a.kind, a.name, a.cvr, a.municipal, a.rev from community.association a`

export async function groupsOf(tx: Tx, community: string): Promise<Group[]> {
  const { rows } =
    await sql<Group>`${groups} where a.community_id = ${community} order by a.name collate "da-x-icu"`.execute(tx)
  return rows
}

export async function findGroup(tx: Tx, community: string, id: string): Promise<Group | null> {
  const { rows } = await sql<Group>`${groups} where a.community_id = ${community} and a.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

interface NewGroup {
  id: string
  community: string
  parent: string | null
  kind: string
  name: string
  cvr: string | null
  madeOn: string
}

export async function addGroup(tx: Tx, group: NewGroup): Promise<void> {
  await sql`insert into community.association (id, community_id, parent_id, kind, name, cvr, made_on)
    values (${group.id}, ${group.community}, ${group.parent}, ${group.kind}, ${group.name}, ${group.cvr}, ${group.madeOn})`.execute(
    tx,
  )
}

/** Answers whether it stood as the one who changes it had seen it. */
export async function changeGroup(
  tx: Tx,
  id: string,
  rev: number,
  to: { name: string; cvr: string | null; parent: string | null },
): Promise<boolean> {
  const { rows } =
    await sql`update community.association set name = ${to.name}, cvr = ${to.cvr}, parent_id = ${to.parent}, rev = rev + 1
    where id = ${id} and rev = ${rev} returning id`.execute(tx)
  return rows.length > 0
}

/** Has it, or anything in it, the responsibility for the room, or is about to get it? */
export async function keepsRoom(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`with recursive under as (
      select a.id from community.association a where a.id = ${id}
      union all select a.id from community.association a join under u on a.parent_id = u.id)
    select from under u where exists (select from community.controller k where k.association_id = u.id)
      or exists (select from community.hand_over h where h.association_id = u.id and h.state = 'open')`.execute(tx)
  return rows.length > 0
}

export async function closeGroup(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`delete from community.association where id = ${id} returning id`.execute(tx)
  return rows.length > 0
}

export interface InGroup {
  id: string
  name: string
  said_yes: boolean
  /** Has no account: their yes is given on paper or aloud. */
  paper: boolean
}

export async function whoIsIn(tx: Tx, id: string): Promise<InGroup[]> {
  const { rows } = await sql<InGroup>`select * from community.in_group(${id})`.execute(tx)
  return rows
}

/** What somebody is in, or asked into. */
export async function minesHere(tx: Tx, me: string): Promise<Map<string, 'in' | 'asked'>> {
  const { rows } = await sql<{ id: string; yes: boolean }>`select association_id as id, said_yes_at is not null as yes
    from community.membership where person_id = ${me}`.execute(tx)
  return new Map(rows.map(({ id, yes }) => [id, yes ? 'in' : 'asked']))
}

export async function join(tx: Tx, group: string, me: string, at: Date): Promise<void> {
  await sql`insert into community.membership (association_id, person_id, said_yes_at, medium) values (${group}, ${me}, ${at}, 'tap')
    on conflict (association_id, person_id) do update set said_yes_at = coalesce(community.membership.said_yes_at, excluded.said_yes_at),
      medium = coalesce(community.membership.medium, excluded.medium)`.execute(tx)
}

export async function leave(tx: Tx, group: string, person: string): Promise<boolean> {
  const { rows } =
    await sql`delete from community.membership where association_id = ${group} and person_id = ${person} returning person_id`.execute(
      tx,
    )
  return rows.length > 0
}

/** Asks somebody, or writes down the yes of who has no account. Answers false when they are in, or asked, already. */
export async function askInto(
  tx: Tx,
  group: string,
  person: string,
  yes: { at: Date; medium: 'paper' | 'voice' } | null,
): Promise<boolean> {
  const { rows } = await sql`insert into community.membership (association_id, person_id, said_yes_at, medium)
    values (${group}, ${person}, ${yes?.at ?? null}, ${yes?.medium ?? null}) on conflict do nothing returning person_id`.execute(
    tx,
  )
  return rows.length > 0
}

/** Writes down the yes of somebody without an account who was asked. */
export async function writeYes(
  tx: Tx,
  group: string,
  person: string,
  at: Date,
  medium: 'paper' | 'voice',
): Promise<boolean> {
  const { rows } = await sql`update community.membership set said_yes_at = ${at}, medium = ${medium}
    where association_id = ${group} and person_id = ${person} and said_yes_at is null returning person_id`.execute(tx)
  return rows.length > 0
}

/** Has this person of the place an account? Null for nobody whom the one who asks may see. */
export async function hasAccount(tx: Tx, community: string, person: string): Promise<boolean | null> {
  const { rows } = await sql<{ yes: boolean }>`select account_id is not null as yes from community.person
    where id = ${person} and community_id = ${community} and merged_into is null`.execute(tx)
  return rows[0]?.yes ?? null
}
