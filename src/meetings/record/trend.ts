// Meetings over time: for each question a point for every meeting that has answers enough, and words for the others.
import type { DoorShare } from '../../shares/door.ts'
import type { PublishedShare } from '../../shares/published.ts'
import { type RunChart, runChart } from '../../shares/run-chart.ts'
import type { Question } from '../exit-card.ts'
import type { HeldMeeting } from './record.queries.ts'

/** So many meetings stand on one page: more could not be told apart on a phone. */
export const mostMeetings = 24

export interface Point {
  /** Its number on the page, from 1. */
  number: number
  meeting: HeldMeeting
  share: Extract<PublishedShare, { kind: 'share' }> | null
}

export interface Trend extends RunChart {
  points: readonly Point[]
  /** How many of them have a share. */
  known: number
}

const shareIn = (meeting: HeldMeeting, question: Question): Point['share'] => {
  const share = meeting.body?.questions[question]
  return share?.kind === 'share' ? share : null
}

/** One question over the meetings, which come in the order of time. Where too few answered there is a gap, never a point. */
export function trendOf(meetings: readonly HeldMeeting[], question: Question): Trend {
  return trend(meetings, (meeting) => shareIn(meeting, question))
}

/** First-timers over the meetings: who is there changes what is answered. No signal is read from it. */
export function firstTimersOver(meetings: readonly HeldMeeting[]): Trend {
  return trend(meetings, ({ body }) => {
    const share: DoorShare | undefined = body?.evening?.firstTimers
    return share?.kind === 'share' ? share : null
  })
}

function trend(meetings: readonly HeldMeeting[], of: (meeting: HeldMeeting) => Point['share']): Trend {
  const points = meetings.map((meeting, before) => ({ number: before + 1, meeting, share: of(meeting) }))
  const known = points.filter(({ share }) => share !== null)
  const chart = runChart(known.map(({ share }) => (share ? share.yes / share.answered : 0)))
  const place = (at: number) => points.indexOf(known[at] as (typeof points)[number])
  const signal = chart.signal && { ...chart.signal, from: place(chart.signal.from), to: place(chart.signal.to) }
  return { median: chart.median, signal, points, known: known.length }
}
