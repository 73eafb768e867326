// The questions of moving in: the lists of a place, the rows of one while it is looked through, who has been asked, and their answer.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Asked } from './row.ts'

export type MovingState = 'looked' | 'going' | 'done' | 'undone'

export interface Moving {
  id: string
  community: string
  asker: string
  state: MovingState
  mapping: string[]
  seen: unknown
  source: string | null
  saidBy: string | null
  basis: string | null
  byMail: boolean
  people: number
  asked: number
  readTo: number
  yes: number
  no: number
  lookedAt: Date
  confirmedAt: Date | null
}

const movings = (tx: Tx) =>
  tx
    .selectFrom('community.moving_in')
    .select([
      'id',
      'community_id as community',
      'asker',
      'state',
      'mapping',
      'seen',
      'source',
      'said_by as saidBy',
      'basis',
    ])
    .select(['by_mail as byMail', 'people', 'asked', 'read_to as readTo', 'yes', 'no'])
    .select(['looked_at as lookedAt', 'confirmed_at as confirmedAt'])

const movingOf = (row: Omit<Moving, 'state'> & { state: string }): Moving => ({
  ...row,
  state: row.state as MovingState,
})

export async function findMoving(tx: Tx, community: string, id: string): Promise<Moving | null> {
  const row = await movings(tx).where('community_id', '=', community).where('id', '=', id).executeTakeFirst()
  return row ? movingOf(row) : null
}

/** As the system. Held until the transaction ends, so that two never go through the same rows. */
export async function holdMoving(tx: Tx, id: string): Promise<Moving | null> {
  const row = await movings(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? movingOf(row) : null
}

/** The newest first. */
export async function movingsOf(tx: Tx, community: string): Promise<Moving[]> {
  const rows = await movings(tx)
    .where('community_id', '=', community)
    .orderBy('looked_at', 'desc')
    .orderBy('id')
    .limit(30)
    .execute()
  return rows.map(movingOf)
}

export interface NewMoving {
  id: string
  community: string
  account: string
  asker: string
  mapping: readonly string[]
  seen: unknown
  people: number
  at: Date
}

export async function addMoving(tx: Tx, one: NewMoving): Promise<void> {
  await sql`insert into community.moving_in (id, community_id, account_id, asker, mapping, seen, people, looked_at)
    values (${one.id}, ${one.community}, ${one.account}, ${one.asker}, ${one.mapping}::text[], ${JSON.stringify(one.seen)}::jsonb,
      ${one.people}, ${one.at})`.execute(tx)
}

export async function changeMapping(
  tx: Tx,
  id: string,
  { mapping, seen, people }: Pick<NewMoving, 'mapping' | 'seen' | 'people'>,
): Promise<void> {
  await sql`update community.moving_in set mapping = ${mapping}::text[], seen = ${JSON.stringify(seen)}::jsonb, people = ${people}
    where id = ${id} and state = 'looked'`.execute(tx)
}

export interface Ground {
  source: string
  saidBy: string
  basis: string
  byMail: boolean
}

/** Answers whether it was this that began it: pressed twice, it begins once. */
export async function confirmMoving(tx: Tx, id: string, ground: Ground, at: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.moving_in set state = 'going', source = ${ground.source},
      said_by = ${ground.saidBy}, basis = ${ground.basis}, by_mail = ${ground.byMail}, confirmed_at = ${at}
    where id = ${id} and state = 'looked'`.execute(tx)
  return numAffectedRows === 1n
}

export async function goneThrough(tx: Tx, id: string, readTo: number, asked: number, done: boolean): Promise<void> {
  await sql`update community.moving_in set read_to = ${readTo}, asked = asked + ${asked},
      state = case when ${done} then 'done' else state end
    where id = ${id}`.execute(tx)
}

/** Everybody of the list who has said nothing yet is forgotten; who has said yes is a person of their own. */
export async function undoMoving(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update community.moving_in set state = 'undone', undone_at = ${at} where id = ${id}`.execute(tx)
  await sql`delete from community.asked_person where moving_in_id = ${id}`.execute(tx)
  await sql`delete from community.moving_file where moving_in_id = ${id}`.execute(tx)
}

export async function dropMoving(tx: Tx, id: string): Promise<void> {
  await sql`delete from community.moving_in where id = ${id} and state = 'looked'`.execute(tx)
}

/** Of the lists that are only looked at, the newest stay. */
export async function keepOnly(tx: Tx, community: string, most: number): Promise<void> {
  await sql`delete from community.moving_in where id in (select id from community.moving_in
    where community_id = ${community} and state = 'looked' order by looked_at desc, id desc offset ${most})`.execute(tx)
}

export async function zoneOf(tx: Tx, community: string): Promise<string> {
  const row = await tx
    .selectFrom('community.community')
    .select('time_zone')
    .where('id', '=', community)
    .executeTakeFirstOrThrow()
  return row.time_zone
}

// --- The rows

export async function keepRows(tx: Tx, id: string, rows: Buffer, until: Date): Promise<void> {
  await sql`insert into community.moving_file (moving_in_id, rows, keep_until) values (${id}, ${rows}, ${until})
    on conflict (moving_in_id) do update set rows = excluded.rows, keep_until = excluded.keep_until`.execute(tx)
}

export async function keptRows(tx: Tx, id: string): Promise<Buffer | null> {
  const row = await tx
    .selectFrom('community.moving_file')
    .select('rows')
    .where('moving_in_id', '=', id)
    .executeTakeFirst()
  return row?.rows ?? null
}

/** Which of these are in the place or have been asked: called the same, and with the same mail or telephone, or with neither on one side. */
export async function alreadyThere(
  tx: Tx,
  community: string,
  people: readonly (Asked & { at: number })[],
  notOf: string,
): Promise<Map<number, 'here' | 'asked'>> {
  if (people.length === 0) return new Map()
  const { rows } = await sql<{ at: number; here: boolean }>`
    with one as (
      select u.at, community.plain(u.name) as search, lower(u.mail) as mail, right(regexp_replace(u.telephone, '\D', '', 'g'), 8) as telephone
      from unnest(${people.map(({ at }) => at)}::integer[], ${people.map(({ name }) => name)}::text[], ${people.map(({ mail }) => mail)}::text[],
        ${people.map(({ telephone }) => telephone)}::text[]) as u (at, name, mail, telephone)
    ), there as (
      select p.search, lower(p.mail) as mail, right(regexp_replace(p.telephone, '\D', '', 'g'), 8) as telephone, true as here
      from community.person p where p.community_id = ${community}::uuid
      union all
      select a.search, lower(a.mail), right(regexp_replace(a.telephone, '\D', '', 'g'), 8), false
      from community.asked_person a where a.community_id = ${community}::uuid and a.moving_in_id <> ${notOf}::uuid
    )
    select one.at, bool_or(there.here) as here from one join there on there.search = one.search
    where one.mail = there.mail or one.telephone = there.telephone
      or (one.mail is null and one.telephone is null) or (there.mail is null and there.telephone is null)
    group by one.at`.execute(tx)
  return new Map(rows.map(({ at, here }) => [at, here ? 'here' : 'asked']))
}

// --- Forgetting

/** Rows whose time is over, and lists that were only looked at. */
export async function forgetRows(tx: Tx, now: Date): Promise<void> {
  await sql`delete from community.moving_file where keep_until <= ${now}`.execute(tx)
  await sql`delete from community.moving_in m where m.state = 'looked'
    and not exists (select from community.moving_file f where f.moving_in_id = m.id)`.execute(tx)
}

/** A list of which nobody waits any more, a year after. */
export async function forgetMovings(tx: Tx, before: Date): Promise<void> {
  await sql`delete from community.moving_in where confirmed_at < ${before}`.execute(tx)
}
