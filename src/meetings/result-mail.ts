// When the result goes out by mail: at eight in the morning after the card has closed, on the clock of the place.
import { instantIn, wallTimeIn } from '../clock.ts'

/** The job that sends it; ordered at closing, without anybody's name. */
export const mailJob = 'result.mail'

const hour = 3_600_000
/** Whoever closes in the small hours has not had a night yet. */
const atLeast = 3 * hour

/** The first eight o'clock in this place that is at least three hours away. */
export function morningAfter(at: Date, timeZone: string): Date {
  const { date } = wallTimeIn(timeZone, at)
  const morning = (days: number) => instantIn(timeZone, later(date, days), '08:00')
  const today = morning(0)
  return today.getTime() - at.getTime() >= atLeast ? today : morning(1)
}

/** A date so many days on, by the calendar: a day may last 23 hours. */
const later = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + days * 24 * hour).toISOString().slice(0, 10)
