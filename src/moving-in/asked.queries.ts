// The questions about who has been asked: who they are, the letters to them, and what they answer.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Asked } from './row.ts'

export async function addAsked(
  tx: Tx,
  { moving, community, today }: { moving: string; community: string; today: string },
  people: readonly (Asked & { id: string; row: number })[],
): Promise<void> {
  await sql`insert into community.asked_person (id, moving_in_id, community_id, row_number, name, mail, telephone, address, asked_on)
    select u.id, ${moving}::uuid, ${community}::uuid, u.row, u.name, u.mail, u.telephone, u.address, ${today}::date
    from unnest(${people.map(({ id }) => id)}::uuid[], ${people.map(({ row }) => row)}::integer[], ${people.map(({ name }) => name)}::text[],
      ${people.map(({ mail }) => mail)}::text[], ${people.map(({ telephone }) => telephone)}::text[],
      ${people.map(({ address }) => address)}::text[]) as u (id, row, name, mail, telephone, address)
    on conflict do nothing`.execute(tx)
}

export interface AskedHere {
  id: string
  name: string
  mail: string | null
  telephone: string | null
  address: string | null
  askedOn: string
  mailed: boolean
  printed: boolean
}

/** For a key holder: in the order of names, after the one that was shown last. */
export async function askedIn(tx: Tx, community: string, after: string | null, most: number): Promise<AskedHere[]> {
  const { rows } =
    await sql<AskedHere>`select a.id, a.name, a.mail, a.telephone, a.address, a.asked_on::text as "askedOn",
      a.mailed_at is not null as mailed, a.printed_on is not null as printed
    from community.asked_person a where a.community_id = ${community}::uuid
      and (${after}::uuid is null or (a.search, a.id) > (select b.search, b.id from community.asked_person b where b.id = ${after}::uuid))
    order by a.search, a.id limit ${most}`.execute(tx)
  return rows
}

export interface AskedCounts {
  all: number
  /** Who gets a letter on paper, and has none yet. */
  toPrint: number
  toMail: number
}

export async function countAsked(tx: Tx, community: string): Promise<AskedCounts> {
  const { rows } = await sql<{ all: number; print: number; mail: number }>`select count(*)::integer as all,
      (count(*) filter (where not (m.by_mail and a.mail is not null) and a.printed_on is null))::integer as print,
      (count(*) filter (where m.by_mail and a.mail is not null and a.mailed_at is null))::integer as mail
    from community.asked_person a join community.moving_in m on m.id = a.moving_in_id where a.community_id = ${community}::uuid`.execute(
    tx,
  )
  return { all: rows[0]?.all ?? 0, toPrint: rows[0]?.print ?? 0, toMail: rows[0]?.mail ?? 0 }
}

/** Somebody who has been asked, as a key holder sees them. */
export async function findAsked(tx: Tx, community: string, id: string): Promise<AskedHere | null> {
  const { rows } =
    await sql<AskedHere>`select a.id, a.name, a.mail, a.telephone, a.address, a.asked_on::text as "askedOn",
      a.mailed_at is not null as mailed, a.printed_on is not null as printed
    from community.asked_person a where a.community_id = ${community}::uuid and a.id = ${id}::uuid`.execute(tx)
  return rows[0] ?? null
}

export async function forgetAsked(tx: Tx, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from community.asked_person where id = ${id}::uuid`.execute(tx)
  return numAffectedRows === 1n
}

/** As the system: one more of the list has answered. */
export async function countAnswer(tx: Tx, moving: string, answer: 'yes' | 'no'): Promise<void> {
  await sql`update community.moving_in set yes = yes + ${answer === 'yes' ? 1 : 0}, no = no + ${answer === 'no' ? 1 : 0}
    where id = ${moving}::uuid`.execute(tx)
}

/** As the system: of which list. */
export async function movingOfAsked(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{
    moving: string
  }>`select moving_in_id as moving from community.asked_person where id = ${id}::uuid`.execute(tx)
  return rows[0]?.moving ?? null
}

// --- Letters

/** As the system: those of the place who get a letter on paper; the ones that have none first. */
export async function toPrint(tx: Tx, community: string, again: boolean, most: number): Promise<AskedHere[]> {
  const { rows } =
    await sql<AskedHere>`select a.id, a.name, a.mail, a.telephone, a.address, a.asked_on::text as "askedOn",
      false as mailed, a.printed_on is not null as printed
    from community.asked_person a join community.moving_in m on m.id = a.moving_in_id
    where a.community_id = ${community}::uuid and not (m.by_mail and a.mail is not null) and (a.printed_on is null) <> ${again}
    order by a.address nulls last, a.search, a.id limit ${most} for update of a`.execute(tx)
  return rows
}

export async function printed(
  tx: Tx,
  letters: readonly { id: string; link: Buffer; code: Buffer }[],
  today: string,
): Promise<void> {
  for (const { id, link, code } of letters)
    await sql`update community.asked_person set link_hash = ${link}, code_hash = ${code}, digits_hash = null, printed_on = ${today}::date
      where id = ${id}::uuid`.execute(tx)
}

export interface ToMail {
  id: string
  name: string
  mail: string
  asker: string
  source: string
  saidBy: string
  community: string
}

/** One program at a time writes these letters, whatever many run. */
export async function holdMailing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('oplive moving-in mails'))`.execute(tx)
}

export async function mailedSince(tx: Tx, since: Date): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::integer as n from community.asked_person where mailed_at > ${since}`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Those whose turn it is; each place in turn, so that a long list keeps no short one waiting. */
export async function toMail(tx: Tx, most: number): Promise<ToMail[]> {
  const { rows } = await sql<ToMail>`select id, name, mail, asker, source, said_by as "saidBy", community from (
      select a.id, a.name, a.mail, m.asker, m.source, m.said_by, c.name as community,
        row_number() over (partition by a.community_id order by a.id) as turn
      from community.asked_person a join community.moving_in m on m.id = a.moving_in_id join community.community c on c.id = a.community_id
      where m.by_mail and m.state = 'done' and a.mail is not null and a.mailed_at is null) w
    order by turn, id limit ${most}`.execute(tx)
  return rows
}

export async function mailed(tx: Tx, id: string, link: Buffer, digits: Buffer, at: Date): Promise<void> {
  await sql`update community.asked_person set link_hash = ${link}, digits_hash = ${digits}, wrong = 0, mailed_at = ${at}
    where id = ${id}::uuid`.execute(tx)
}

// --- The answer of who was asked

export interface Question {
  id: string
  moving: string
  community: string
  slug: string
  place: string
  keeper: string | null
  timeZone: string
  name: string
  mail: string | null
  telephone: string | null
  address: string | null
  asker: string
  source: string
  saidBy: string
  askedOn: string
  digits: Buffer | null
  wrong: number
}

/** As the system, by the hash of what somebody holds in hand. `hold`: nobody else answers it meanwhile. */
export async function questionBy(tx: Tx, hash: Buffer, hold: boolean): Promise<Question | null> {
  const { rows } =
    await sql<Question>`select a.id, a.moving_in_id as moving, c.id as community, c.slug, c.name as place,
      (select s.name from community.controller o join community.association s on s.id = o.association_id where o.community_id = c.id) as keeper,
      c.time_zone as "timeZone", a.name, a.mail, a.telephone, a.address, m.asker, m.source, m.said_by as "saidBy", a.asked_on::text as "askedOn",
      a.digits_hash as digits, a.wrong
    from community.asked_person a join community.moving_in m on m.id = a.moving_in_id join community.community c on c.id = a.community_id
    where a.link_hash = ${hash} or a.code_hash = ${hash} ${hold ? sql`for update of a` : sql``}`.execute(tx)
  return rows[0] ?? null
}

export async function wrongDigits(tx: Tx, id: string): Promise<void> {
  await sql`update community.asked_person set wrong = wrong + 1 where id = ${id}::uuid`.execute(tx)
}

/** Who was asked before that day and has said nothing. */
export async function forgetBefore(tx: Tx, day: string): Promise<number> {
  const { numAffectedRows } = await sql`delete from community.asked_person where asked_on < ${day}::date`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
