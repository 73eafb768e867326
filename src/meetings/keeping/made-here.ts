// That a browser has made an invitation itself: its link alone proves nothing, for it is handed on to others.
import { hash, timingSafeEqual } from 'node:crypto'
import type { House } from '../../db/as-actor.ts'

const length = 22
const proof = (house: House, secret: string): string =>
  hash('sha3-256', Buffer.concat([house.keys.houseSecret(), Buffer.from(`invitation made here ${secret}`)]), 'buffer')
    .subarray(0, 16)
    .toString('base64url')

/** What lies in the browser that made it: the secret of the link, and what only we could add to it. */
export const madeHere = (house: House, secret: string): string => `${secret}${proof(house, secret)}`

/** The secret again; undefined for a link that somebody else was given. */
export function readMadeHere(house: House, kept: string): string | undefined {
  if (!/^[\w-]{44}$/.test(kept)) return undefined
  const secret = kept.slice(0, length)
  return timingSafeEqual(Buffer.from(kept), Buffer.from(madeHere(house, secret))) ? secret : undefined
}
