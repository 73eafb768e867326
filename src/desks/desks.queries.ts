// The desks' own questions to the database: which meetings a place's page, or the list of all places, tells of.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { isKind, type Life } from '../meetings/meeting.ts'
import type { MeetingToTell } from './place.ts'

export interface NextMeeting {
  code: string
  place: string
  startsAt: Date
  isOpen: boolean
}

/** The next meeting of each community that has one: the one whose card is open, else the first from `from` on. */
export async function nextMeetings(tx: Tx, from: Date): Promise<Map<string, NextMeeting>> {
  const rows = await tx
    .selectFrom('community.meeting')
    .distinctOn('community_id')
    .select(['community_id', 'code', 'place', 'starts_at', 'phase'])
    .where((eb) =>
      eb.or([eb('phase', '=', 'open'), eb.and([eb('phase', '=', 'planned'), eb('starts_at', '>=', from)])]),
    )
    .orderBy('community_id')
    .orderBy(sql`phase = 'open'`, 'desc')
    .orderBy('starts_at')
    .execute()
  return new Map(
    rows.map((row) => [
      row.community_id,
      { code: row.code, place: row.place, startsAt: row.starts_at, isOpen: row.phase === 'open' },
    ]),
  )
}

/** So many meetings of one place are told of. */
const mostTold = 200

/** The meetings of a community, the newest first. */
export async function meetingsToTell(tx: Tx, community: string): Promise<MeetingToTell[]> {
  const rows = await tx
    .selectFrom('community.meeting')
    .select(['code', 'kind', 'purpose', 'place', 'host_name', 'starts_at', 'phase'])
    .where('community_id', '=', community)
    .orderBy('starts_at', 'desc')
    .limit(mostTold)
    .execute()
  return rows.map(({ kind, host_name: hostName, starts_at: startsAt, phase, ...row }) => {
    if (!isKind(kind)) throw new RangeError('a kind of meeting the program does not know')
    return { ...row, kind, hostName, startsAt, phase: phase as Life['phase'] }
  })
}

/** Is there a meeting with this code? */
export async function isMeeting(tx: Tx, code: string): Promise<boolean> {
  const row = await tx.selectFrom('community.meeting').select('id').where('code', '=', code).executeTakeFirst()
  return row !== undefined
}
