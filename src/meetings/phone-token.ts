// The phone's random token: one for each meeting and purpose, so that the same phone can correct its own card and nobody else's.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { PhoneSecrets, Purpose } from '../keys/key-cabinet.ts'

const randomSize = 16
const signatureSize = 8

const signatureOf = (secrets: PhoneSecrets, random: Buffer): Buffer =>
  createHmac('sha256', secrets.issue).update(random).digest().subarray(0, signatureSize)

/** A new token, signed: it is only given out while the card is open, so it also shows that its phone was there in time. */
export function issueToken(secrets: PhoneSecrets): string {
  const random = randomBytes(randomSize)
  return Buffer.concat([random, signatureOf(secrets, random)]).toString('base64url')
}

/** The token as its random bytes; null for one that was never given out here. */
export function readToken(secrets: PhoneSecrets, text: string | undefined): Buffer | null {
  if (!text || !/^[\w-]{32}$/.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== randomSize + signatureSize) return null
  const random = bytes.subarray(0, randomSize)
  return timingSafeEqual(signatureOf(secrets, random), bytes.subarray(randomSize)) ? random : null
}

/** What stands beside the sealed card: nobody without the secret can tell whose it is, nor tie two purposes together. */
export function tagOf(secrets: PhoneSecrets, purpose: Purpose, token: Buffer): Buffer {
  return createHmac('sha256', secrets.tags[purpose]).update(token).digest().subarray(0, 16)
}

/** The tag of a paper card: its pile's random id and its place in it. Typing the same pile in twice is one pile. */
export function paperTag(secrets: PhoneSecrets, purpose: Purpose, pile: string, place: number): Buffer {
  return createHmac('sha256', secrets.tags[purpose]).update(`pile ${pile} ${place}`).digest().subarray(0, 16)
}
