// What the program asks the database about its own health: numbers only. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface Waiting {
  letters: number
  /** Tried for more than half an hour. */
  lettersStuck: number
  calls: number
  jobs: number
  jobsFailed: number
}

export async function waiting(tx: Tx): Promise<Waiting> {
  const { rows } = await sql<Waiting>`select
      (select count(*)::int from community.letter) as letters,
      (select count(*)::int from community.letter where tries >= 6) as "lettersStuck",
      (select count(*)::int from community.webhook_call) as calls,
      (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()) as jobs,
      (select count(*)::int from pgboss.job where state = 'failed') as "jobsFailed"`.execute(tx)
  return rows[0] ?? { letters: 0, lettersStuck: 0, calls: 0, jobs: 0, jobsFailed: 0 }
}

/** When the last night ended; null before the first. */
export async function lastNight(tx: Tx): Promise<Date | null> {
  const row = await tx
    .selectFrom('community.retention_run')
    .select('ended_at')
    .where('ended_at', 'is not', null)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.ended_at ?? null
}
