// The questions of letters about meetings, and of the operator's look at the post. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { isAnnounced, isKind } from '../meetings/meeting.ts'
import type { MeetingToTell, Reader } from './week-letter.ts'

/** The time zones in which there are places. */
export async function zones(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('community.community').select('time_zone').distinct().execute()
  return rows.map(({ time_zone }) => time_zone)
}

/** Two programs do not write the same letters. Held until the transaction ends. */
export async function holdWeek(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('letters of the week', 0))`.execute(tx)
}

/** Who has said yes to letters, wants mail, and has not been written to since that day. Whose letters come back is spared. */
export async function readersIn(tx: Tx, timeZone: string, notSince: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select p.id as person, p.community_id as community, p.mail, p.languages
    from community.person p join community.community c on c.id = p.community_id
      join community.consent y on y.person_id = p.id and y.purpose = 'letters' and y.withdrawn_at is null
      left join community.week_letter w on w.person_id = p.id
    where c.time_zone = ${timeZone} and p.mail is not null and p.contact_wish = 'mail' and p.merged_into is null
      and (w.sent_on is null or w.sent_on < ${notSince})
      and not exists (select from community.mail_trouble t where t.address = lower(p.mail))
    order by p.id`.execute(tx)
  return rows
}

/** Meetings that all are invited to, between two instants. */
export async function announcedMeetings(tx: Tx, from: Date, until: Date): Promise<MeetingToTell[]> {
  const rows = await tx
    .selectFrom('community.meeting as m')
    .innerJoin('community.community as c', 'c.id', 'm.community_id')
    .select(['c.id as community', 'c.slug', 'c.name as placeName', 'c.time_zone as timeZone', 'm.code', 'm.kind'])
    .select(['m.purpose', 'm.place', 'm.starts_at as startsAt'])
    .where('m.phase', '=', 'planned')
    .where('m.starts_at', '>', from)
    .where('m.starts_at', '<=', until)
    .execute()
  return rows.flatMap(({ kind, ...row }) => (isKind(kind) && isAnnounced(kind) ? { ...row, kind } : []))
}

export async function noteWritten(tx: Tx, people: readonly string[], day: string): Promise<void> {
  await sql`insert into community.week_letter (person_id, sent_on) select id, ${day} from unnest(${people}::uuid[]) as id
    on conflict (person_id) do update set sent_on = excluded.sent_on`.execute(tx)
}

/** Somebody whose letters are to be stopped: where, and whether they get any. Null when they are not here any more. */
export async function readerOf(tx: Tx, person: string): Promise<{ place: string; slug: string; gets: boolean } | null> {
  const { rows } = await sql<{ place: string; slug: string; gets: boolean }>`
    select c.name as place, c.slug, exists (select from community.consent y
      where y.person_id = p.id and y.purpose = 'letters' and y.withdrawn_at is null) as gets
    from community.person p join community.community c on c.id = p.community_id where p.id = ${person}`.execute(tx)
  return rows[0] ?? null
}

/** The yes to letters is taken back. */
export async function stopLetters(tx: Tx, person: string, at: Date): Promise<void> {
  await tx
    .updateTable('community.consent')
    .set({ withdrawn_at: at })
    .where('person_id', '=', person)
    .where('purpose', '=', 'letters')
    .where('withdrawn_at', 'is', null)
    .execute()
}

// --- What the operator sees

export interface QueueLine {
  kind: string
  letters: number
  /** Tried for more than half an hour. */
  stuck: number
  oldest: Date
  tries: number
  /** What the mail server answered the last time, if it answered. */
  answer: string | null
}

export async function queue(tx: Tx): Promise<QueueLine[]> {
  const { rows } = await sql<QueueLine>`select kind, letters, stuck, oldest, most_tries as tries, last_answer as answer
    from community.mail_queue() order by oldest`.execute(tx)
  return rows
}

/** Mail servers at which five letters or more wait. */
export async function waitingAt(tx: Tx): Promise<{ server: string; letters: number }[]> {
  const { rows } = await sql<{
    server: string
    letters: number
  }>`select server, letters from community.mail_queue_servers()`.execute(tx)
  return rows
}

export interface PostDay {
  day: string
  sent: number
  refused: number
  givenUp: number
  returned: number
}

/** Day by day, the newest first. */
export async function postDays(tx: Tx, since: string): Promise<PostDay[]> {
  const { rows } = await sql<PostDay>`select day, sum(sent)::int as sent, sum(refused)::int as refused,
      sum(given_up)::int as "givenUp", sum(returned)::int as returned
    from community.post_day where day >= ${since} group by day order by day desc`.execute(tx)
  return rows
}

export async function mailboxesInTrouble(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.mail_troubles() as n`.execute(tx)
  return rows[0]?.n ?? 0
}

export async function tryAllNow(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.try_letters_now() as n`.execute(tx)
  return rows[0]?.n ?? 0
}

/** What is too old to be told or kept of the post. */
export async function forgetOld(tx: Tx, before: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with trouble as (delete from community.mail_trouble where last_on < ${before} returning 1),
      days as (delete from community.post_day where day < ${before} returning 1)
    select ((select count(*) from trouble) + (select count(*) from days))::int as n`.execute(tx)
  return rows[0]?.n ?? 0
}
