// What time it is. Everything asks the clock it was given, so that a test can move it.
import { Temporal } from 'temporal-polyfill'

export interface Clock {
  /** The instant now, as the server knows it. A phone's own clock is never asked. */
  now(): Date
}

export const wallClock: Clock = { now: () => new Date() }

/** A clock for tests: stands still until it is moved. */
export interface MovableClock extends Clock {
  /** Set it to an instant, given as ISO 8601. */
  set(iso: string): void
  /** Move it forward by a number of hours (may be a fraction). */
  forward(hours: number): void
}

export function movableClock(startIso: string): MovableClock {
  let at = new Date(startIso).getTime()
  return {
    now: () => new Date(at),
    set: (iso) => {
      at = new Date(iso).getTime()
    },
    forward: (hours) => {
      at += hours * 3_600_000
    },
  }
}

/**
 * The instant of a wall-clock time in a place: `2027-03-28` and `02:30` in `Europe/Copenhagen`.
 * In the hour that daylight saving skips, the clock has moved on: 02:30 becomes 03:30. In the hour that comes twice, the first counts.
 */
export function instantIn(timeZone: string, date: string, time: string): Date {
  const wall = Temporal.PlainDateTime.from(`${date}T${time}`)
  return new Date(wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds)
}

/** The wall-clock date (`yyyy-mm-dd`) and time (`hh:mm`) of an instant in a place. */
export function wallTimeIn(timeZone: string, at: Date): { date: string; time: string } {
  const wall = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  return { date: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** The day so many days after another; days before it are counted below nought. Both as YYYY-MM-DD. */
export const dayAfter = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()
