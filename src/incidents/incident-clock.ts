// The 72 hours from when a breach was noticed (GDPR 33): how many are left, when they end, and when the officer is reminded.
import { instantIn } from '../clock.ts'

const hour = 3_600_000
const hoursToNotify = 72
/** Hours after it was noticed at which the officer gets a letter, as long as nothing is decided. */
const remindedAfter = [24, 60] as const

export type Reminder = (typeof remindedAfter)[number]

export interface IncidentClock {
  /** The last instant at which Datatilsynet is told in time. */
  deadline: Date
  /** Whole hours, rounded down: the page never promises an hour that has begun. 0 when overdue. */
  hoursLeft: number
  /** Whole hours past the deadline, rounded down. 0 as long as there is time. */
  hoursOver: number
  overdue: boolean
}

/**
 * When it was noticed, from the date and the time on the wall. Null when that is still to come: nobody has noticed it yet.
 * In the hour that comes twice in October the first counts, so that the clock errs on the early side.
 */
export function noticedAt(timeZone: string, date: string, time: string, now: Date): Date | null {
  const at = instantIn(timeZone, date, time)
  return at.getTime() > now.getTime() ? null : at
}

/** 72 hours that pass, and not three days on the wall: over a change of daylight saving these differ by an hour. */
export function incidentClock(noticed: Date, now: Date): IncidentClock {
  const deadline = new Date(noticed.getTime() + hoursToNotify * hour)
  const left = deadline.getTime() - now.getTime()
  return {
    deadline,
    hoursLeft: Math.max(0, Math.floor(left / hour)),
    hoursOver: Math.max(0, Math.floor(-left / hour)),
    overdue: left < 0,
  }
}

/** The one reminder that is due: the latest that has come and was not sent. Two missed ones are one letter. */
export function reminderDue(noticed: Date, now: Date, lastSent: Reminder | null): Reminder | null {
  const due = remindedAfter.findLast((after) => now.getTime() >= noticed.getTime() + after * hour)
  return due !== undefined && due > (lastSent ?? 0) ? due : null
}
