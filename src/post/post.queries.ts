// The questions the post asks the database. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { LetterKind } from './letter.ts'
import type { Trouble } from './returned.ts'

export interface WaitingLetter {
  id: string
  address: string
  subject: string
  body: string
  calendar: string | null
  stop: string | null
  kind: string
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
    kind: LetterKind
    stop: string | null
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
      kind: letter.kind,
      stop: letter.stop,
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
    returning l.id, l.address, l.subject, l.body, l.calendar, l.stop, l.kind, l.tries`.execute(tx)
  return rows[0] ?? null
}

export async function dropLetter(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('community.letter').where('id', '=', id).execute()
}

export async function tryAgain(tx: Tx, id: string, at: Date, answer: string | null): Promise<void> {
  await tx
    .updateTable('community.letter')
    .set({ not_before: at, ...(answer ? { last_answer: answer } : {}) })
    .where('id', '=', id)
    .execute()
}

/** One more letter of this kind has gone out, or has not. `day`: `2027-03-14`. */
export async function countLetter(
  tx: Tx,
  day: string,
  kind: string,
  what: 'sent' | 'refused' | 'given_up' | 'returned',
): Promise<void> {
  await sql`insert into community.post_day (day, kind, ${sql.id(what)}) values (${day}, ${kind}, 1)
    on conflict (day, kind) do update set ${sql.id(what)} = post_day.${sql.id(what)} + 1`.execute(tx)
}

/** Letters to this address come back. Written down only where somebody here has given it: a slip of the pen at the door is nobody's. */
export async function noteTrouble(tx: Tx, address: string, what: Trouble, day: string): Promise<void> {
  await sql`insert into community.mail_trouble (address, what, first_on, last_on)
    select lower(${address}), ${what}, ${day}, ${day}
    where exists (select from access.mail_address a where lower(a.address) = lower(${address}))
      or exists (select from community.person p where lower(p.mail) = lower(${address}))
    on conflict (address) do update set what = excluded.what, times = mail_trouble.times + 1,
      last_on = greatest(mail_trouble.last_on, excluded.last_on)`.execute(tx)
}

/** Letters reach it: it has brought its owner in. */
export async function forgetTrouble(tx: Tx, address: string): Promise<void> {
  await tx.deleteFrom('community.mail_trouble').where('address', '=', sql<string>`lower(${address})`).execute()
}
