// The questions hosting asks the database beyond those of the meetings' room. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { Meeting } from '../meeting.ts'

export type ChangedPlan = Pick<Meeting, 'kind' | 'purpose' | 'place' | 'hostName' | 'startsAt'>

/** Changes a meeting that is still planned. Answers whether there was one: of two who act at once, the opening wins. */
export async function changePlanned(tx: Tx, meeting: string, plan: ChangedPlan): Promise<boolean> {
  const done = await tx
    .updateTable('community.meeting')
    .set({
      kind: plan.kind,
      purpose: plan.purpose,
      place: plan.place,
      host_name: plan.hostName,
      starts_at: plan.startsAt,
      // Calendars that have fetched the meeting before take over what has a higher number.
      revision: sql`revision + 1`,
    })
    .where('id', '=', meeting)
    .where('phase', '=', 'planned')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
