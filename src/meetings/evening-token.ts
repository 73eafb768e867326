// The phone's random token for an evening: it finds its own words again, and no row of one purpose can be tied to one of another.
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { House } from '../db/as-actor.ts'

/** What is kept apart. `door` (who brought you, perhaps a name) also has a cookie of its own. */
export type EveningPurpose = 'say' | 'know' | 'dots' | 'door'

const randomSize = 16
const signatureSize = 8

const keyed = (key: Buffer, message: string | Buffer, size: number): Buffer =>
  hash('sha3-256', Buffer.concat([key, Buffer.from(message)]), 'buffer').subarray(0, size)

/** The secret of one meeting: from the house's own, which lies outside the database. */
const secretOf = (house: House, meeting: string): Buffer => keyed(house.keys.houseSecret(), `evening ${meeting}`, 32)

const signature = (secret: Buffer, cookie: string, random: Buffer): Buffer =>
  keyed(secret, Buffer.concat([Buffer.from(`token ${cookie} `), random]), signatureSize)

/** A new token for a cookie of this name, as text. */
export function issueEveningToken(house: House, meeting: string, cookie: 'evening' | 'door'): string {
  const random = randomBytes(randomSize)
  return Buffer.concat([random, signature(secretOf(house, meeting), cookie, random)]).toString('base64url')
}

/** The token as its random bytes; null for one that was never given out for this meeting and cookie. */
export function readEveningToken(
  house: House,
  meeting: string,
  cookie: 'evening' | 'door',
  text: string | undefined,
): Buffer | null {
  if (!text || !/^[\w-]{32}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== randomSize + signatureSize) return null
  const random = bytes.subarray(0, randomSize)
  return timingSafeEqual(signature(secretOf(house, meeting), cookie, random), bytes.subarray(randomSize))
    ? random
    : null
}

/** What stands beside a phone's words (or recognitions, or dots): 16 bytes that nobody without the secret can tell apart from chance. */
export const eveningTag = (house: House, meeting: string, purpose: EveningPurpose, token: Buffer): Buffer =>
  keyed(secretOf(house, meeting), Buffer.concat([Buffer.from(`tag ${purpose} `), token]), 16)

/** The id of something a phone sends, from a key it chose: sent again, it is the same thing. A UUID of version 8 (RFC 9562). */
export function eveningId(house: House, meeting: string, token: Buffer, key: string): string {
  const bytes = Buffer.from(keyed(secretOf(house, meeting), Buffer.concat([Buffer.from(`id ${key} `), token]), 16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
