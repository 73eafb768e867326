// Signing in, in its simplest honest form: one-time links, and a session by the hash of its token.
import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../db/as-actor.ts'
import type { Account } from './access.queries.ts'

/** A printed link lives this long: the one who started the program is still at the screen. */
export const linkMinutes = 60
export const sessionDays = 14

export const newToken = (): string => randomBytes(16).toString('base64url')
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
export const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{22}$/.test(text)

/** As what an account acts. Whoever works for the municipality is a guest in every community's room, also at home. */
export function roleOf(account: Pick<Account, 'municipalRole' | 'places'>): Role {
  if (account.municipalRole) return 'employee'
  return account.places.some((place) => place.role === 'host') ? 'host' : 'resident'
}
