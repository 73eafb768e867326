// Mine oplysninger's other questions: which places are somebody's and who answers for them, who has looked, and the locks of forgetting.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Whose } from './everything.queries.ts'

export interface PlaceOfMine {
  id: string
  slug: string
  name: string
  timeZone: string
  /** The association that answers for the room; null: the municipality, for the time being. */
  association: string | null
  /** What they are called there. */
  called: string
}

/** The communities in which somebody is a person, with who answers for the room. */
export async function placesOfMine(tx: Tx, account: string): Promise<PlaceOfMine[]> {
  const { rows } = await sql<PlaceOfMine>`
    select c.id, c.slug, c.name, c.time_zone as "timeZone", a.name as association, p.name as called
    from community.person p join community.community c on c.id = p.community_id
      left join community.controller r on r.community_id = c.id left join community.association a on a.id = r.association_id
    where p.account_id = ${account} and p.merged_into is null order by c.name`.execute(tx)
  return rows
}

export async function nameOfMunicipality(tx: Tx): Promise<{ name: string; timeZone: string }> {
  const { rows } = await sql<{ name: string; timeZone: string }>`
    select name, time_zone as "timeZone" from municipal.municipality`.execute(tx)
  return rows[0] ?? { name: '', timeZone: 'Europe/Copenhagen' }
}

/** What communities are called, by id: for rows in which they stand. */
export async function namesOfPlaces(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.selectFrom('community.community').select(['id', 'name']).where('id', 'in', [...ids]).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function setName(tx: Tx, account: string, name: string): Promise<void> {
  await tx.updateTable('access.account').set({ name }).where('id', '=', account).execute()
}

// --- One at a time

/** Nobody waits long for another: whoever comes second is told. Counts until the transaction ends. */
export async function patience(tx: Tx): Promise<void> {
  await sql`select set_config('lock_timeout', '1500ms', true), set_config('idle_in_transaction_session_timeout', '60s', true)`.execute(tx)
}

/** Holds the account as long as it is being read: whoever wants to delete it has to wait. False when it is gone. */
export async function holdToRead(tx: Tx, account: string): Promise<boolean> {
  const { rows } = await sql`select from access.account where id = ${account} for key share`.execute(tx)
  return rows.length > 0
}

/** Holds the account and its persons to delete them. False when they are gone. */
export async function holdToForget(tx: Tx, { account, community }: Whose): Promise<boolean> {
  const { rows } = await sql`select from access.account where id = ${account} for update`.execute(tx)
  if (rows.length === 0) return false
  // In the order of their ids, as whoever merges two of them: nobody waits in a ring.
  const people = await sql`with recursive mine as (
      select id from community.person where account_id = ${account} and (${community}::uuid is null or community_id = ${community})
      union select p.id from community.person p join mine on p.merged_into = mine.id)
    select p.id from community.person p where p.id in (select id from mine) order by p.id for update of p`.execute(tx)
  return community === null || people.rows.length > 0
}
