// The questions of letters of talks: who may be written to, and what is not done again before a day. All as the system. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Side, TalkRoom } from './talk.ts'

/** Begins a rest. False when it was resting already: then nothing is done again, and its day stays. */
export async function beginRest(tx: Tx, mark: Buffer, until: string, today: string): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into community.talk_rest as r (mark, until) values (${mark}, ${until})
    on conflict (mark) do update set until = excluded.until where r.until <= ${today}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

/** Lets it rest at least until then, whatever stood there. */
export async function letRest(tx: Tx, mark: Buffer, until: string): Promise<void> {
  await sql`insert into community.talk_rest as r (mark, until) values (${mark}, ${until})
    on conflict (mark) do update set until = greatest(r.until, excluded.until)`.execute(tx)
}

export async function isResting(tx: Tx, mark: Buffer, today: string): Promise<boolean> {
  const { rows } = await sql`select from community.talk_rest where mark = ${mark} and until > ${today}`.execute(tx)
  return rows.length > 0
}

export async function endRest(tx: Tx, mark: Buffer): Promise<void> {
  await sql`delete from community.talk_rest where mark = ${mark}`.execute(tx)
}

/** What has rested long enough. */
export async function dropRested(tx: Tx, today: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from community.talk_rest where until <= ${today}`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

export interface Mailbox {
  mail: string
  languages: readonly string[]
}

/** The mailbox of one of the two: of a person of the place who wants to hear by mail and whose letters arrive; of an employee by their account. */
export async function mailboxOf(tx: Tx, room: TalkRoom, talk: string, side: Side): Promise<Mailbox | null> {
  const ofAccount = room === 'municipal' && side === 'starter'
  const { rows } = await (ofAccount
    ? sql<Mailbox>`select m.address as mail, '{}'::text[] as languages from municipal.talk t join access.account a on a.id = t.starter
        join access.mail_address m on m.account_id = a.id where t.id = ${talk} and a.ended_at is null`
    : sql<Mailbox>`select p.mail, p.languages from ${sql.table(`${room}.talk`)} t join community.person p on p.id = ${sql.ref(`t.${side}`)}
        where t.id = ${talk} and p.mail is not null and p.contact_wish = 'mail' and p.merged_into is null`
  ).execute(tx)
  const box = rows[0]
  if (!box) return null
  const trouble = await sql`select from community.mail_trouble where address = lower(${box.mail})`.execute(tx)
  return trouble.rows.length > 0 ? null : box
}
