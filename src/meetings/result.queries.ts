// What the database is asked when the numbers of an evening are frozen: its talk time, its door list as counts, and the version before.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { DoorCounts } from '../shares/door.ts'
import type { Speaker, Talk } from './evening.ts'
import type { ResultBody } from './result.ts'

/** Talk time as it was taken; null when the evening has not begun. */
export async function talkOf(tx: Tx, meeting: string): Promise<Talk | null> {
  const row = await tx
    .selectFrom('community.evening')
    .select(['residents_ms', 'municipality_ms', 'talking', 'talking_since'])
    .where('meeting_id', '=', meeting)
    .executeTakeFirst()
  if (!row) return null
  return {
    residentsMs: row.residents_ms,
    municipalityMs: row.municipality_ms,
    talking: row.talking as Speaker | null,
    since: row.talking_since,
  }
}

/** The door list as counts: who has said whether it was their first time, and who brought those for whom it was. */
export async function doorCountsOf(tx: Tx, meeting: string): Promise<DoorCounts> {
  const { rows } = await sql<DoorCounts>`select
      (count(*) filter (where not first_time))::int as "notFirst",
      (count(*) filter (where first_time and brought_by = 'neighbour'))::int as neighbour,
      (count(*) filter (where first_time and brought_by not in ('neighbour', 'unknown')))::int as other,
      (count(*) filter (where first_time and brought_by = 'unknown'))::int as unknown
    from community.arrival where meeting_id = ${meeting}`.execute(tx)
  return rows[0] ?? { notFirst: 0, neighbour: 0, other: 0, unknown: 0 }
}

/** The community's newest frozen result; null before the first. For the system, which sees every audience's. */
export async function lastResult(tx: Tx, meeting: string): Promise<ResultBody | null> {
  const row = await tx
    .selectFrom('community.result')
    .select('body')
    .where('meeting_id', '=', meeting)
    .where('audience', '=', 'community')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (row.body as unknown as ResultBody) : null
}
