// The desks' own questions to the database: which meetings a place's page, or the list of all places, tells of.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { isStatementKind } from '../meetings/evening.ts'
import { isKind, type Life } from '../meetings/meeting.ts'
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
