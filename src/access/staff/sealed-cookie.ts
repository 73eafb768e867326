// What a browser keeps for us while it is away at the identity provider: sealed, so that it can be neither read nor made elsewhere.
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { House } from '../../db/as-actor.ts'
import { fault } from './fault.ts'

const ivSize = 12
const tagSize = 16
/** Browsers keep four thousand bytes of a cookie. */
const longest = 3800

const keyOf = (house: House, purpose: string): Buffer =>
  hash('sha3-256', Buffer.concat([house.keys.houseSecret(), Buffer.from(`staff ${purpose}`)]), 'buffer')

/** `purpose`: what it is for; a cookie for one thing does not open as another. Throws SignInFault when a browser would not keep it. */
export function seal(house: House, purpose: string, value: object, seconds: number): string {
  const iv = randomBytes(ivSize)
  const closing = createCipheriv('aes-256-gcm', keyOf(house, purpose), iv)
  const until = house.clock.now().getTime() + seconds * 1000
  const box = Buffer.concat([closing.update(deflateRawSync(JSON.stringify({ value, until }))), closing.final()])
  const text = Buffer.concat([iv, closing.getAuthTag(), box]).toString('base64url')
  return text.length <= longest ? text : fault('too-large')
}

/** Null for what is too old, for another purpose, or not ours. */
export function unseal<T extends object>(house: House, purpose: string, text: string | undefined): T | null {
  if (!text || text.length > longest) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length <= ivSize + tagSize) return null
  try {
    const opening = createDecipheriv('aes-256-gcm', keyOf(house, purpose), bytes.subarray(0, ivSize))
    opening.setAuthTag(bytes.subarray(ivSize, ivSize + tagSize))
    const packed = Buffer.concat([opening.update(bytes.subarray(ivSize + tagSize)), opening.final()])
    const plain = inflateRawSync(packed, { maxOutputLength: 100_000 }).toString()
    const { value, until } = JSON.parse(plain) as { value: T; until: number }
    return until > house.clock.now().getTime() ? value : null
  } catch {
    return null
  }
}
