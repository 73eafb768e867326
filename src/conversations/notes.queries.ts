// The questions about agreed notes, what the two promised, and wordings that wait. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Note, Outcome, Theme } from './note.ts'
import type { Side, TalkRoom } from './talk.ts'

export interface AgreedNote {
  themes: Theme[]
  ownWords: string | null
  outcome: Outcome
  nextOn: string | null
  way: 'two_phones' | 'one_phone' | 'slip'
  /** On whose telephone, when it was one. */
  phoneOf: Side | null
  starterYesAt: Date
  otherYesAt: Date
  rev: number
}

export interface PromiseKept {
  id: string
  by: Side
  what: string
  byWhen: string | null
  state: 'made' | 'kept' | 'renegotiated' | 'released'
  rev: number
}

const notes = (room: TalkRoom) => sql.table(`${room}.agreed_note`)
const promises = (room: TalkRoom) => sql.table(`${room}.talk_promise`)
const waiting = (room: TalkRoom) => sql.table(`${room}.unapproved_note`)

export async function noteOf(tx: Tx, room: TalkRoom, talk: string): Promise<AgreedNote | null> {
  const { rows } =
    await sql<AgreedNote>`select themes, own_words as "ownWords", outcome, next_on as "nextOn", way, phone_of as "phoneOf",
      starter_yes_at as "starterYesAt", other_yes_at as "otherYesAt", rev
    from ${notes(room)} where talk_id = ${talk}`.execute(tx)
  return rows[0] ?? null
}

export async function promisesOf(tx: Tx, room: TalkRoom, talk: string): Promise<PromiseKept[]> {
  return (
    await sql<PromiseKept>`select id, promised_by as by, what, by_when as "byWhen", state, rev from ${promises(room)}
      where talk_id = ${talk} order by promised_by desc, id`.execute(tx)
  ).rows
}

/** Those of all talks one sees, with whose they are: to ask how it went. */
export async function promisesOfMine(tx: Tx, rooms: readonly TalkRoom[]): Promise<(PromiseKept & { talk: string })[]> {
  const all = sql.join(
    rooms.map(
      (room) =>
        sql`select talk_id as talk, id, promised_by as by, what, by_when as "byWhen", state, rev from ${promises(room)}`,
    ),
    sql` union all `,
  )
  return (await sql<PromiseKept & { talk: string }>`${all}`.execute(tx)).rows
}

export async function tellPromise(
  tx: Tx,
  room: TalkRoom,
  { talk, id, state, byWhen, rev }: { talk: string; id: string; state: string; byWhen: string | null; rev: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update ${promises(room)} set state = ${state},
    by_when = case when ${state} = 'renegotiated' then ${byWhen}::date else by_when end, rev = rev + 1
    where id = ${id} and talk_id = ${talk} and rev = ${rev}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

export async function dropNote(tx: Tx, room: TalkRoom, talk: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from ${notes(room)} where talk_id = ${talk}`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

export async function dropPromises(tx: Tx, room: TalkRoom, talk: string): Promise<void> {
  await sql`delete from ${promises(room)} where talk_id = ${talk}`.execute(tx)
}

/** Who of the two took the note away; a yes to any wording from before is void. As the system. */
export async function setWrong(tx: Tx, room: TalkRoom, talk: string, by: Side): Promise<void> {
  await sql`update ${sql.table(`${room}.talk`)} set wrong_by = ${by}, note_rev = note_rev + 1 where id = ${talk}`.execute(
    tx,
  )
}

// --- As the system, with the row of the talk held

export interface Held {
  room: TalkRoom
  id: string
  community: string
  starter: string
  other: string | null
  otherName: string | null
  starterAccount: string | null
  otherAccount: string | null
  heldOn: string | null
  timeZone: string
  /** Goes up with each note that is agreed to, and when one is taken away. */
  noteRev: number
}

/** Holds the talk until the end of the transaction: of two approvals at once, and of an approval and a change, one comes after the other. */
export async function holdTalk(tx: Tx, room: TalkRoom, id: string): Promise<Held | null> {
  const person = sql.table('community.person')
  const starter =
    room === 'community' ? sql`(select s.account_id from ${person} s where s.id = t.starter)` : sql`t.starter`
  const { rows } =
    await sql<Held>`select ${room} as room, t.id, t.community_id as community, t.starter, t.other, t.other_name as "otherName", t.held_on as "heldOn", t.note_rev as "noteRev",
      (select c.time_zone from community.community c where c.id = t.community_id) as "timeZone",
      ${starter} as "starterAccount", (select o.account_id from ${person} o where o.id = t.other) as "otherAccount"
    from ${sql.table(`${room}.talk`)} t where t.id = ${id} for update of t`.execute(tx)
  return rows[0] ?? null
}

interface Kept extends Note {
  starterYesAt: Date
  otherYesAt: Date
  way: AgreedNote['way']
  phoneOf: Side | null
  hash: Buffer
}

/** Keeps what both have said yes to, in place of what stood. What was told of a promise that stays word for word stays with it. */
export async function keepNote(tx: Tx, held: Held, note: Kept, newId: () => string): Promise<void> {
  const { room, id, community, starter, other } = held
  const told = await promisesOf(tx, room, id)
  await sql`update ${sql.table(`${room}.talk`)} set wrong_by = null, note_rev = note_rev + 1 where id = ${id}`.execute(
    tx,
  )
  await dropNote(tx, room, id)
  await dropPromises(tx, room, id)
  await sql`insert into ${notes(room)}
      (talk_id, community_id, starter, other, starter_yes_at, other_yes_at, way, phone_of, content_hash, themes, own_words, outcome, next_on, rev)
    values (${id}, ${community}, ${starter}, ${other}, ${note.starterYesAt}, ${note.otherYesAt}, ${note.way}, ${note.phoneOf}, ${note.hash},
      ${note.themes}, ${note.ownWords}, ${note.outcome}, ${note.nextOn}, ${held.noteRev + 1})`.execute(tx)
  for (const { by, what, byWhen } of note.promises) {
    const before = told.find((one) => one.by === by && one.what === what && one.byWhen === byWhen)
    await sql`insert into ${promises(room)} (id, talk_id, community_id, starter, other, promised_by, what, by_when, state)
      values (${newId()}, ${id}, ${community}, ${starter}, ${other}, ${by}, ${what}, ${byWhen}, ${before?.state ?? 'made'})`.execute(
      tx,
    )
  }
}

/** The other turns out to be somebody of the place, or says what they are called: their note and promises follow. */
export async function setOther(
  tx: Tx,
  { room, id }: Held,
  said: { person: string | null; name: string | null },
): Promise<void> {
  await sql`update ${sql.table(`${room}.talk`)} set other = ${said.person}, other_name = ${said.person ? null : said.name}, answer = 'yes',
    rev = rev + 1 where id = ${id}`.execute(tx)
  await sql`update ${notes(room)} set other = ${said.person} where talk_id = ${id}`.execute(tx)
  await sql`update ${promises(room)} set other = ${said.person} where talk_id = ${id}`.execute(tx)
}

export interface WaitingWording {
  room: TalkRoom
  talk: string
  yesBy: Side
  box: Buffer
  saidAt: Date
}

/** The wording of this secret, while it can be opened. */
export async function waitingBy(tx: Tx, secretHash: Buffer): Promise<WaitingWording | null> {
  for (const room of ['community', 'municipal'] as const) {
    const { rows } =
      await sql<WaitingWording>`select ${room} as room, talk_id as talk, yes_by as "yesBy", box, expires_at - interval '1 day' as "saidAt"
      from ${waiting(room)} where secret_hash = ${secretHash} and expires_at > access.clock_now()`.execute(tx)
    if (rows[0]) return rows[0]
  }
  return null
}

/** Lays a sealed wording where the other finds it; the one before is gone, and its link with it. */
export async function keepWaiting(
  tx: Tx,
  { room, id }: Held,
  said: { yesBy: Side; secretHash: Buffer; box: Buffer },
): Promise<void> {
  await sql`insert into ${waiting(room)} (talk_id, yes_by, secret_hash, box, expires_at)
    values (${id}, ${said.yesBy}, ${said.secretHash}, ${said.box}, access.clock_now() + interval '1 day')
    on conflict (talk_id) do update set yes_by = excluded.yes_by, secret_hash = excluded.secret_hash, box = excluded.box, expires_at = excluded.expires_at`.execute(
    tx,
  )
}

export async function dropWaiting(tx: Tx, { room, id }: Held): Promise<void> {
  await sql`delete from ${waiting(room)} where talk_id = ${id}`.execute(tx)
}
