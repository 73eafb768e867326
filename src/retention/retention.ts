// When a night is, what has run out by then, and how somebody answers whether they go on.
import { dayAfter, wallTimeIn } from '../clock.ts'
import type { Span } from '../data-map/retention-rules.ts'
import { ownLink, readOwnLink } from '../keys/own-link.ts'

/** The instant before which something has been kept long enough. Months by the calendar: from the 31st, the last day of a short one. */
export function keptLongEnough(now: Date, { n, unit }: Span): Date {
  if (unit === 'minute') return new Date(now.getTime() - n * 60_000)
  if (unit === 'day') return new Date(now.getTime() - n * 86_400_000)
  const months = unit === 'year' ? n * 12 : n
  const then = new Date(now)
  then.setUTCDate(1)
  then.setUTCMonth(then.getUTCMonth() - months)
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate()
  then.setUTCDate(Math.min(now.getUTCDate(), last))
  return then
}

/** The night's own day, by the clock of the installation: from three o'clock on; before, it is still the night before. */
export function nightOf(now: Date, timeZone: string): string {
  const { date, time } = wallTimeIn(timeZone, now)
  return time >= '03:00' ? date : dayAfter(date, -1)
}

// --- The address by which somebody answers

const purpose = 'do you go on?'
export const stillToken = (secret: Buffer, person: string): string => ownLink(secret, purpose, person)
/** Whom it asks; null for everything that this installation has not written. */
export const readStillToken = (secret: Buffer, token: string): string | null => readOwnLink(secret, purpose, token)
