// The questions the post asks the database. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface WaitingLetter {
  id: string
  address: string
  subject: string
  body: string
  calendar: string | null
  /** With this one. */
  tries: number
}

export async function addLetter(
  tx: Tx,
  letter: {
    address: string
    subject: string
    body: string
    calendar: string | null
    notBefore: Date | null
    notAfter: Date | null
  },
): Promise<void> {
  await tx
    .insertInto('community.letter')
    .values({
      address: letter.address,
      subject: letter.subject,
      body: letter.body,
      calendar: letter.calendar,
      not_after: letter.notAfter,
      not_before: letter.notBefore ?? sql`current_setting('oplive.now')::timestamptz`,
    })
    .execute()
}

/** Takes one letter that is due, for whoever asks first: nobody else is given it before `again`. What came too late to be of use is gone. */
export async function takeLetter(tx: Tx, now: Date, again: Date): Promise<WaitingLetter | null> {
  await tx.deleteFrom('community.letter').where('not_after', '<=', now).execute()
  const { rows } = await sql<WaitingLetter>`update community.letter l set tries = l.tries + 1, not_before = ${again}
    where l.id = (select id from community.letter where not_before <= ${now} order by not_before limit 1 for update skip locked)
    returning l.id, l.address, l.subject, l.body, l.calendar, l.tries`.execute(tx)
  return rows[0] ?? null
}

export async function dropLetter(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('community.letter').where('id', '=', id).execute()
}

export async function tryAgain(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('community.letter').set({ not_before: at }).where('id', '=', id).execute()
}
