// The questions about wordings that wait for the other of two. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

/** Takes away what nobody has said yes to in time. */
export async function dropExpired(tx: Tx): Promise<number> {
  let gone = 0n
  for (const table of ['community.unapproved_note', 'municipal.unapproved_note']) {
    const { numAffectedRows } =
      await sql`delete from ${sql.table(table)} where expires_at <= access.clock_now()`.execute(tx)
    gone += numAffectedRows ?? 0n
  }
  return Number(gone)
}
