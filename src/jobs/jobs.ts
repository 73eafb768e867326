// The queue: what is to be done later, kept in the same database. It knows no job by name, and no job names a person or an answer.
import { CompiledQuery, sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { House, Tx } from '../db/as-actor.ts'

/** A kind of work, told by the room it belongs to. `work` may run twice: it asks what is still to be done. */
export interface JobKind {
  name: string
  work(house: House, data: Record<string, string>): Promise<void>
}

/** Later work, ordered in the transaction that makes it necessary: both are kept, or neither. */
export interface LaterWork {
  order(tx: Tx, name: string, data: Record<string, string>, at: Date): Promise<void>
}

export interface Jobs extends LaterWork {
  stop(): Promise<void>
}

const schema = 'pgboss'
const howToTry = { retryLimit: 20, retryDelay: 30, retryBackoff: true }

/** Starts the queue and its workers. `url` is the program's own login. */
export async function startJobs(url: string, house: House, kinds: readonly JobKind[]): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: url,
    options: '-c role=oplive_system',
    application_name: 'oplive jobs',
    schema,
    createSchema: false,
    max: 2,
    schedule: false,
    warningSlowQuerySeconds: 3600,
  })
  boss.on('error', (error) => house.log.fail('work.failed', error))
  await boss.start()
  for (const kind of kinds) {
    if (!(await boss.getQueue(kind.name))) await boss.createQueue(kind.name, howToTry)
    await boss.work<Record<string, string>>(kind.name, { pollingIntervalSeconds: 5 }, async ([job]) => {
      if (!job) return
      try {
        await kind.work(house, job.data)
      } catch (error) {
        house.log.fail('work.failed', error)
        // The queue keeps what is thrown, and a database's error may repeat what somebody wrote.
        throw new Error('the work failed; the log says where')
      }
    })
  }
  return {
    order: async (tx, name, data, at) => {
      const { rows } = await sql<{
        role: string
      }>`select current_setting('role') as role, set_config('role', 'oplive_system', true)`.execute(tx)
      await boss.send(name, data, { startAfter: at, db: inside(tx) })
      await sql`select set_config('role', ${rows[0]?.role ?? 'oplive_guest'}, true)`.execute(tx)
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}

/** Lays work into the queue of a database that came out of a backup, before any program works on it. What is late is done at once. */
export async function restoreWork(
  url: string,
  work: readonly { name: string; data: Record<string, string>; at: string }[],
): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    options: '-c role=oplive_system',
    application_name: 'oplive restore',
    schema,
    createSchema: false,
    max: 1,
    schedule: false,
    supervise: false,
  })
  boss.on('error', () => {})
  await boss.start()
  try {
    for (const name of new Set(work.map((one) => one.name)))
      if (!(await boss.getQueue(name))) await boss.createQueue(name, howToTry)
    for (const { name, data, at } of work) await boss.send(name, data, { startAfter: new Date(at) })
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** The queue's own statements, run inside a transaction of ours. */
const inside = (tx: Tx) => ({
  executeSql: async (text: string, values?: unknown[]) => {
    const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values ?? []))
    return { rows }
  },
})
