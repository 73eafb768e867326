// The questions about numbers to ring. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { NumberSaid, NumberToRing } from './ring.ts'

export async function numbersToRing(tx: Tx): Promise<NumberToRing[]> {
  return (
    await sql<NumberToRing>`select what, number, answers, checked_on as "checkedOn", checked_by as "checkedBy"
      from municipal.number_to_ring order by what`.execute(tx)
  ).rows
}

/** These are the numbers from today; what is not among them is gone. */
export async function setNumbers(tx: Tx, numbers: readonly NumberSaid[], today: string, by: string): Promise<void> {
  await sql`delete from municipal.number_to_ring where what <> all (${numbers.map(({ what }) => what)}::text[])`.execute(
    tx,
  )
  for (const { what, number, answers } of numbers)
    await sql`insert into municipal.number_to_ring (what, number, answers, checked_on, checked_by)
      values (${what}, ${number}, ${answers}, ${today}, ${by}) on conflict (what) do update
      set number = excluded.number, answers = excluded.answers, checked_on = excluded.checked_on, checked_by = excluded.checked_by`.execute(
      tx,
    )
}
