// What was struck out, sealed into a cookie of the one who struck it, so that it can be brought back: the table keeps nothing of it.
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import type { House } from '../../db/as-actor.ts'

export interface TakenBack {
  id: string
  meeting: string
  name: string
  /** Base64url; null when a host had written it down. */
  secretHash: string | null
  invitation: string | null
  /** Whose it is, if they have become a person and take it back themselves. */
  person?: string | null
}

/** For so long there is a way back, in seconds. */
export const wayBackSeconds = 3600

const keyOf = (house: House, where: string): Buffer =>
  hash('sha3-256', Buffer.concat([house.keys.houseSecret(), Buffer.from(`taken back ${where}`)]), 'buffer')

/** `where`: the address it is good for, and no other. */
export function sealTakenBack(house: House, where: string, taken: TakenBack): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(house, where), iv)
  const until = house.clock.now().getTime() + wayBackSeconds * 1000
  const box = Buffer.concat([cipher.update(JSON.stringify({ ...taken, until })), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), box]).toString('base64url')
}

/** Null for what is too old, meant for another address, or not ours. */
export function openTakenBack(house: House, where: string, text: string | undefined): TakenBack | null {
  if (!text || text.length > 4000) return null
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length <= 28) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(house, where), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    const plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()
    const { until, ...taken } = JSON.parse(plain) as TakenBack & { until: number }
    return until > house.clock.now().getTime() ? taken : null
  } catch {
    return null
  }
}
