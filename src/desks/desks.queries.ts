// The desks' own questions to the database: which meetings a place's page, or the list of all places, tells of.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { isStatementKind } from '../meetings/evening.ts'
import { isKind, type Life } from '../meetings/meeting.ts'
import type { AtDesk, DeskMeeting, Waiting } from './next-step.ts'
import type { MeetingToTell } from './place.ts'
import type { OpenedWords, Priority } from './said-here.ts'

export interface NextMeeting {
  code: string
  place: string
  startsAt: Date
  /** It has begun, or its card is open. */
  isOn: boolean
}

/** The next meeting of each community that has one: the one that is going on, else the first from `from` on. */
export async function nextMeetings(tx: Tx, from: Date): Promise<Map<string, NextMeeting>> {
  const rows = await tx
    .selectFrom('community.meeting')
    .leftJoin('community.evening', 'meeting_id', 'id')
    .distinctOn('community_id')
    .select([
      'community_id',
      'code',
      'place',
      'starts_at',
      sql<boolean>`phase = 'open' or begun_at is not null`.as('on'),
    ])
    .where((eb) =>
      eb.or([eb('phase', '=', 'open'), eb.and([eb('phase', '=', 'planned'), eb('starts_at', '>=', from)])]),
    )
    .orderBy('community_id')
    .orderBy(sql`phase = 'open' or begun_at is not null`, 'desc')
    .orderBy('starts_at')
    .execute()
  return new Map(
    rows.map((row) => [row.community_id, { code: row.code, place: row.place, startsAt: row.starts_at, isOn: row.on }]),
  )
}

/** So many meetings of one place are told of. */
const mostTold = 200

/** The meetings of a community, the newest first. */
export async function meetingsToTell(tx: Tx, community: string): Promise<MeetingToTell[]> {
  const rows = await tx
    .selectFrom('community.meeting')
    .select(['id', 'code', 'kind', 'purpose', 'place', 'host_name', 'starts_at', 'phase'])
    .where('community_id', '=', community)
    .orderBy('starts_at', 'desc')
    .limit(mostTold)
    .execute()
  return rows.map(({ kind, host_name: hostName, starts_at: startsAt, phase, ...row }) => {
    if (!isKind(kind)) throw new RangeError('a kind of meeting the program does not know')
    return { ...row, kind, hostName, startsAt, phase: phase as Life['phase'] }
  })
}

/** What its speakers have opened to all, from evenings in which so many have said something: the newest meeting first. */
export async function openedWords(tx: Tx, community: string, voices: number): Promise<OpenedWords[]> {
  const rows = await tx
    .selectFrom('community.statement as s')
    .innerJoin('community.meeting as m', 'm.id', 's.meeting_id')
    .innerJoin('community.evening as e', 'e.meeting_id', 's.meeting_id')
    .select(['s.kind', 's.text', 's.lang', 's.recognised', 'm.code'])
    .where('m.community_id', '=', community)
    // Hosts may see more in their own room; on the place's page they see what all see.
    .where('s.open_to', '=', 'public')
    .where('s.state', '=', 'shown')
    .where('e.voices', '>=', voices)
    .orderBy('m.starts_at', 'desc')
    .orderBy('s.recognised', 'desc')
    .orderBy('s.ordinal')
    .limit(mostTold)
    .execute()
  return rows.flatMap(({ kind, ...row }) => (isStatementKind(kind) ? { ...row, kind } : []))
}

/** What the meetings of a community chose to take on, in the order in which the themes stood on the wall. */
export async function prioritiesOf(tx: Tx, community: string): Promise<Priority[]> {
  const rows = await tx
    .selectFrom('community.theme as t')
    .innerJoin('community.meeting as m', 'm.id', 't.meeting_id')
    .select(['t.name', 'm.code'])
    .where('m.community_id', '=', community)
    .where('t.priority', '=', true)
    .where('t.gone', '=', false)
    .orderBy('m.starts_at', 'desc')
    .orderBy('t.place')
    .limit(mostTold)
    .execute()
  return rows
}

/** How many promises people have made at the meetings of a community, and how many are kept: none of either under five. */
export async function countPromises(tx: Tx, community: string): Promise<{ made: number; kept: number }> {
  const { rows } = await sql<{
    made: number
    kept: number
  }>`select made, kept from community.promises_made(${community})`.execute(tx)
  return rows[0] ?? { made: 0, kept: 0 }
}

/** Is there a meeting with this code? */
export async function isMeeting(tx: Tx, code: string): Promise<boolean> {
  const row = await tx.selectFrom('community.meeting').select('id').where('code', '=', code).executeTakeFirst()
  return row !== undefined
}

// --- The desk of the one who is signed in

/** The meetings of one's own places that are on or to come, the one that is on first, then by time. */
export async function ownMeetings(tx: Tx, from: Date): Promise<DeskMeeting[]> {
  const { rows } = await sql<DeskMeeting>`
    select case when r.role <> 'resident' then m.code end as code, c.slug, c.name as place, c.time_zone as "timeZone", m.starts_at as "startsAt", r.role <> 'resident' as "mayLead",
      m.phase = 'open' or e.begun_at is not null as "isOn"
    from access.community_role r
      join community.community c on c.id = r.community_id
      join community.meeting m on m.community_id = c.id
      left join community.evening e on e.meeting_id = m.id
    where r.account_id = access.me() and (m.phase = 'open' or (m.phase = 'planned' and m.starts_at >= ${from}))
    order by "isOn" desc, m.starts_at limit 20`.execute(tx)
  return rows
}

/** What waits for the yes of a neighbour: a key, a hand-over, an objection, a group. Keys and hand-overs first: others wait with them. */
export async function waitingForMe(tx: Tx, now: Date): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    with me as (select p.id, p.community_id from community.person p where p.account_id = access.me() and p.merged_into is null)
    select what, href, name from (
      select 1 as place, 'key' as what, '/c/' || c.slug || '/keys' as href, c.name
        from community.key_change k join me on me.id = k.to_person join community.community c on c.id = k.community_id
        where k.state = 'open' and k.said_yes_at is null and (k.until is null or k.until > ${now})
      union all
      select 2, 'handover', '/c/' || c.slug || '/room', c.name
        from community.hand_over h join community.community c on c.id = h.community_id join me on me.community_id = c.id
        where h.state = 'open' and access.keeps(c.id)
          and not exists (select from community.hand_over_yes y where y.hand_over_id = h.id and y.person_id = me.id)
      union all
      select 3, 'keyYes', '/c/' || c.slug || '/keys', c.name
        from community.key_change k join community.community c on c.id = k.community_id join me on me.community_id = c.id
        where k.state = 'open' and k.how = 'transfer' and access.keeps(c.id) and me.id not in (k.to_person, k.from_person)
          and me.id is distinct from k.by_person
          and not exists (select from community.key_approval y where y.change_id = k.id and y.person_id = me.id)
      union all
      select 4, 'group', '/c/' || c.slug || '/groups/' || a.id, a.name
        from community.membership m join me on me.id = m.person_id
          join community.association a on a.id = m.association_id join community.community c on c.id = a.community_id
        where m.said_yes_at is null
    ) waiting order by place, name limit 5`.execute(tx)
  return rows
}

/** Objections that wait for the answer of the one at the desk: of the officer, or of who keeps an association's room. Never their own. */
export async function objectionsForMe(tx: Tx): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select 'objection' as what, '/objections/' || o.id as href, coalesce(c.name, m.name, '') as name
    from community.objection o
      left join community.community c on c.id = o.community_id
      left join municipal.municipality m on o.community_id is null
    where o.answer is null and o.account_id <> access.me()
    order by o.asked_on limit 5`.execute(tx)
  return rows
}

/** Places where one holds a key, and somebody waits for what is kept of them there. */
export async function askedHere(tx: Tx): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select 'asked' as what, '/c/' || c.slug || '/questions' as href, c.name
    from municipal.request_passed_on p join community.community c on c.id = p.community_id
    where p.answered_on is null order by p.passed_on limit 1`.execute(tx)
  return rows
}

/** Of a host's own places: an evening of the last days without its debrief, and a place where nothing is planned. */
export async function hostsToDo(tx: Tx, now: Date, from: Date): Promise<Pick<AtDesk, 'debrief' | 'unplanned'>> {
  const { rows } = await sql<Pick<AtDesk, 'debrief' | 'unplanned'>>`
    with mine as (select c.id, c.slug, c.name from access.community_role r join community.community c on c.id = r.community_id
      where r.account_id = access.me() and r.role <> 'resident')
    select
      (select jsonb_build_object('code', m.code, 'place', c.name) from mine c join community.meeting m on m.community_id = c.id
        where m.phase = 'closed' and m.closed_at between ${new Date(now.getTime() - 3 * 86_400_000)} and ${now}
          and not exists (select from community.debrief d where d.meeting_id = m.id)
        order by m.closed_at limit 1) as debrief,
      (select jsonb_build_object('slug', c.slug, 'name', c.name) from mine c
        where not exists (select from community.meeting m where m.community_id = c.id
          and (m.phase = 'open' or (m.phase = 'planned' and m.starts_at >= ${from})))
        order by c.name limit 1) as unplanned`.execute(tx)
  return rows[0] ?? { debrief: null, unplanned: null }
}

/** A place as the municipality sees it: whose room it is, and when it means to be gone. */
export interface PlaceToLeave {
  slug: string
  name: string
  presence: string
  /** `yyyy-mm-dd` */
  lastDay: string
  stillMissing: string
  /** The association that has taken the room over; null while the municipality keeps it for the time being. */
  keeper: string | null
  /** The one at the desk works with it. */
  mine: boolean
  /** Somebody of the place holds a key. */
  kept: boolean
  /** A day for the hand-over has been proposed. */
  dated: boolean
}

/** Every place, the one to be left first on top. */
export async function placesToLeave(tx: Tx): Promise<PlaceToLeave[]> {
  const { rows } = await sql<PlaceToLeave>`
    select c.slug, c.name, c.presence, w.last_day as "lastDay", w.still_missing as "stillMissing", a.name as keeper,
      access.works_with(c.id) as mine, community.is_kept(c.id) as kept,
      exists (select from community.hand_over h where h.community_id = c.id and h.state = 'open') as dated
    from community.community c
      join community.withdrawal_plan w on w.community_id = c.id
      join community.controller k on k.community_id = c.id
      left join community.association a on a.id = k.association_id
    order by w.last_day, c.name`.execute(tx)
  return rows
}
