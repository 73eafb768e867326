// The phone's random token: one for each meeting and purpose, so that the same phone can correct its own card and nobody else's.
import { hash, randomFillSync, timingSafeEqual } from 'node:crypto'
import type { PhoneSecrets, Purpose } from '../keys/key-cabinet.ts'

const randomSize = 16
const signatureSize = 8

/**
 * A keyed hash: SHA-3 over the key and then the message, which is a sound MAC for SHA-3 (not for SHA-2). Node's HMAC costs ten times as
 * much to set up, and a hall asks for thousands in a second.
 */
const keyed = (key: Buffer, message: Buffer, size: number): Buffer =>
  hash('sha3-256', Buffer.concat([key, message]), 'buffer').subarray(0, size)

const signatureOf = (secrets: PhoneSecrets, random: Buffer): Buffer => keyed(secrets.issue, random, signatureSize)

/** Random bytes are fetched for 256 tokens at a time. */
const store = Buffer.alloc(randomSize * 256)
let used = store.length

function newRandom(): Buffer {
  if (used === store.length) {
    randomFillSync(store)
    used = 0
  }
  const random = Buffer.from(store.subarray(used, used + randomSize))
  // What was given out does not lie here any more.
  store.fill(0, used, used + randomSize)
  used += randomSize
  return random
}

/** A new token, signed: it is only given out while the card is open, so it also shows that its phone was there in time. */
export function issueToken(secrets: PhoneSecrets): string {
  const random = newRandom()
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
  return keyed(secrets.tags[purpose], token, 16)
}

/** The tag of a paper card: its pile's random id and its place in it. Typing the same pile in twice is one pile. */
export function paperTag(secrets: PhoneSecrets, purpose: Purpose, pile: string, place: number): Buffer {
  return keyed(secrets.tags[purpose], Buffer.from(`pile ${pile} ${place}`), 16)
}
