// The questions about ties: how a place hangs together, what ties the one who asks to others, and what they have chosen about it.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { OwnSource, Pair } from './circle.ts'
import { type Completeness, halfLife, isTieKind, readTies, type Ties, tieKinds } from './tie.ts'

const weighing = () => sql`${Object.keys(tieKinds)}::text[], ${Object.values(tieKinds)}::float8[], ${halfLife}::integer`

/** How the people of a place hang together on a day (`yyyy-mm-dd`), without a name of a neighbour. Null for strangers. */
export async function tiesOf(tx: Tx, community: string, on: string): Promise<Ties | null> {
  const { rows } = await sql<{
    day: string
    people: number
    ties: Buffer
    staff: number[]
    names: string[]
    me: number | null
    mark: string
  }>`select on_day::text as day, people, ties, staff, staff_names as names, me, mark
    from community.ties_in(${community}::uuid, ${on}::date, ${weighing()})`.execute(tx)
  const row = rows[0]
  if (!row) return null
  const staff = row.staff.map((at, i) => ({ at, name: row.names[i] ?? '' }))
  return { on: row.day, mark: row.mark, ...readTies({ people: row.people, ties: row.ties, staff, me: row.me }) }
}

/** Another one: somebody has gone, come, or left a tie out. Null for strangers. */
export async function mark(tx: Tx, community: string): Promise<string | null> {
  const { rows } = await sql<{ mark: string | null }>`select community.tie_mark(${community}::uuid) as mark`.execute(tx)
  return rows[0]?.mark ?? null
}

/** How much of it is recorded. Null for strangers. */
export async function completeness(tx: Tx, community: string, on: string): Promise<Completeness | null> {
  const { rows } = await sql<Completeness>`select active, confirmed
    from community.ties_complete(${community}::uuid, ${on}::date)`.execute(tx)
  return rows[0] ?? null
}

/** All that ties the one who asks to others in a place. What the other has hidden or left out is not in it. */
export async function ownSources(tx: Tx, community: string, on: string): Promise<OwnSource[]> {
  const { rows } = await sql<{
    other: string
    name: string
    staff: boolean
    mine: 'hidden' | 'removed' | null
    kind: string
    on: string
  }>`select other, other_name as name, staff, mine, kind, on_date::text as on
    from community.my_tie_sources(${community}::uuid, ${on}::date)`.execute(tx)
  return rows.flatMap(({ kind, mine, ...row }) => (isTieKind(kind) ? [{ ...row, kind, choice: mine }] : []))
}

/** Answers whether there was such a tie. */
export async function choose(
  tx: Tx,
  community: string,
  other: string,
  how: 'hidden' | 'removed',
  on: string,
): Promise<boolean> {
  const { rows } = await sql<{ was: boolean }>`select community.choose_tie(${community}::uuid, ${other}::uuid, ${how},
    ${on}::date) as was`.execute(tx)
  return rows[0]?.was ?? false
}

/** Takes back what one has chosen about a tie. Answers whether there was something. */
export async function unchoose(tx: Tx, person: string, other: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('community.tie_choice')
    .where('person_id', '=', person)
    .where((eb) => eb.or([eb('other_person', '=', other), eb('other_account', '=', other)]))
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

export async function confirm(tx: Tx, person: string, on: string): Promise<void> {
  await tx
    .insertInto('community.tie_confirmed')
    .values({ person_id: person, confirmed_on: on })
    .onConflict((one) => one.column('person_id').doUpdateSet({ confirmed_on: on }))
    .execute()
}

export async function confirmedOn(tx: Tx, person: string): Promise<string | null> {
  const { rows } = await sql<{ on: string }>`select confirmed_on::text as on from community.tie_confirmed
    where person_id = ${person}::uuid`.execute(tx)
  return rows[0]?.on ?? null
}

/** Pairs of one's own circle who both let themselves be asked about something, and have no tie that both let be seen. */
export async function couldMeet(tx: Tx, community: string, on: string, circle: string[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`select one, one_about as "oneAbout", two, two_about as "twoAbout"
    from community.could_meet(${community}::uuid, ${on}::date, ${circle}::uuid[])`.execute(tx)
  return rows
}

/** Who the one who acts is in a place, as a person; null when nobody there. */
export async function selfIn(tx: Tx, community: string, account: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.person')
    .select('id')
    .where('community_id', '=', community)
    .where('account_id', '=', account)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Does the one who acts work with the place for the municipality? */
export async function worksWith(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ works: boolean }>`select access.works_with(${community}::uuid) as works`.execute(tx)
  return rows[0]?.works ?? false
}

/** Answers whether exactly one is called that; not whether there is a tie. */
export async function chooseFor(tx: Tx, person: string, name: string, how: string, on: string): Promise<boolean> {
  const { rows } = await sql<{ one: boolean }>`select community.choose_tie_for(${person}::uuid, ${name}, ${how},
    ${on}::date) as one`.execute(tx)
  return rows[0]?.one ?? false
}
