// A neighbour's own card: the secret of its link, which only this house can make, and the code that is written at the door.
import { hash, randomInt } from 'node:crypto'
import type { House } from '../db/as-actor.ts'

/** 128 bits, from the house's own secret and the card's id: whoever has the card finds its link again, and nothing of it is stored but a hash. */
export const secretOf = (house: House, card: string): string =>
  hash('sha3-256', Buffer.concat([house.keys.houseSecret(), Buffer.from(`own card ${card}`)]), 'buffer')
    .subarray(0, 16)
    .toString('base64url')

/** The id of a card that somebody makes without being anybody here: sent twice, it is one card. A UUID of version 8. */
export function cardOf(house: House, community: string, key: string): string {
  const message = Buffer.from(JSON.stringify(['own card', community, key]))
  const bytes = hash('sha3-256', Buffer.concat([house.keys.houseSecret(), message]), 'buffer').subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export const isSecret = (text: string): boolean => /^[\w-]{22}$/.test(text)

const letters = 'BCDFGHJKLMNPRSTVX'
const digits = '23456789'
const some = (of: string): string => of[randomInt(of.length)] ?? ''

/** Three letters that make no word, three digits that look like nothing else. It opens nothing. */
export const newCode = (): string => [letters, letters, letters, digits, digits, digits].map(some).join('')

/** As it is printed: `BKT 482`. */
export const sayCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`
