// What a place's front page has to show: which meeting is next, which come after, and which have been held.
import { isAnnounced, type Life, type Meeting } from '../meetings/meeting.ts'

/** A meeting as its place's page tells of it. */
export interface MeetingToTell
  extends Pick<Meeting, 'id' | 'code' | 'kind' | 'purpose' | 'place' | 'hostName' | 'startsAt'> {
  phase: Life['phase']
}

/** A meeting that began this many hours ago may still be going on: its card is opened at the end. */
const longestMeeting = 6

/** From when on a meeting that has not been opened is still to come. */
export const stillToCome = (now: Date): Date => new Date(now.getTime() - longestMeeting * 3_600_000)

export interface Meetings<M> {
  /** The one whose card is open, else the first to come. */
  next: M | null
  /** The others to come, the soonest first. */
  later: M[]
  /** Those that have been held, the newest first. */
  held: M[]
}

type When = Pick<MeetingToTell, 'startsAt' | 'phase'>

/** Puts a community's meetings in order. They may come in any. */
export function inOrder<M extends When>(meetings: readonly M[], now: Date): Meetings<M> {
  const from = stillToCome(now)
  const isToCome = ({ phase, startsAt }: M) => phase === 'open' || (phase === 'planned' && startsAt >= from)
  const byTime = [...meetings].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const openFirst = (a: M, b: M) => Number(b.phase === 'open') - Number(a.phase === 'open')
  const [next = null, ...later] = byTime.filter(isToCome).sort(openFirst)
  return { next, later, held: byTime.filter((meeting) => !isToCome(meeting)).reverse() }
}

/** Has it begun? Then "next time" is now. */
export const isUnderWay = ({ phase, startsAt }: When, now: Date): boolean =>
  phase === 'open' || (phase === 'planned' && startsAt <= now)

/** Does the place's page lead into the meeting? Until it begins, when all are invited; from then on the code is in the hall. */
export const leadsIn = (meeting: Pick<MeetingToTell, 'kind' | 'startsAt' | 'phase'>, now: Date): boolean =>
  isAnnounced(meeting.kind) && meeting.phase === 'planned' && meeting.startsAt > now
