// When a night is, what has run out by then, and how somebody answers whether they go on.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { wallTimeIn } from '../clock.ts'
import type { Span } from '../data-map/retention-rules.ts'

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
  return time >= '03:00' ? date : dayOn(date, -1)
}

export const dayOn = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

// --- The address by which somebody answers

const sealOf = (secret: Buffer, id: Buffer): Buffer =>
  createHmac('sha256', secret).update('do you go on?\n').update(id).digest().subarray(0, 16)

/** Whom it asks, and 128 bits that only this installation could have written. Nothing of it is stored. */
export function stillToken(secret: Buffer, person: string): string {
  const id = Buffer.from(person.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, sealOf(secret, id)]).toString('base64url')
}

/** Whom it asks; null for everything that this installation has not written. */
export function readStillToken(secret: Buffer, token: string): string | null {
  if (!/^[\w-]{43}$/.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 32 || bytes.toString('base64url') !== token) return null
  const id = bytes.subarray(0, 16)
  if (!timingSafeEqual(bytes.subarray(16), sealOf(secret, id))) return null
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
