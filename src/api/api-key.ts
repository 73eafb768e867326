// A key for another program: what it looks like, as whom it reads, and how long it lives.
import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../db/as-actor.ts'

/** As whom a key may read. */
export const keyRoles = ['resident', 'host', 'keyholder', 'employee', 'leader', 'officer', 'operator'] as const
export type KeyRole = (typeof keyRoles)[number]

/** What a neighbour may be in a place; each holds those before it. */
const ladder = ['resident', 'host', 'keyholder'] as const
export type PlaceRole = (typeof ladder)[number]
const isPlaceRole = (role: string): role is PlaceRole => ladder.some((one) => one === role)

/** As whom somebody may let a program read, from what they are in a place: as that, or as less. */
export const rolesWithin = (held: PlaceRole): PlaceRole[] => ladder.slice(0, ladder.indexOf(held) + 1)

/** Does what its owner is today still hold what the key was made for? `held`: in the key's place, or in the municipality; null for nothing. */
export function stillHolds(made: KeyRole, held: string | null): boolean {
  if (held === null) return false
  if (!isPlaceRole(made) || !isPlaceRole(held)) return made === held
  return ladder.indexOf(held) >= ladder.indexOf(made)
}

/** Of a neighbour: a year, so that it is looked at again. Of the municipality: thirty days, as nobody here knows who has left its own sign-in. */
export const lifeDays = (role: KeyRole): number => (isPlaceRole(role) ? 365 : 30)
/** So many at a time are enough, and one that is lost among them is found. */
export const mostKeys = 10
export const longestName = 60

const prefix = 'oplive_'

/** 256 random bits. The prefix lets a program that looks for lost secrets know one. */
export const newKey = (): string => `${prefix}${randomBytes(32).toString('base64url')}`
export const hashOfKey = (key: string): Buffer => createHash('sha256').update(key).digest()

/** The key that a request brings; null when there is none, `wrong` for what cannot be one. */
export function keyIn(header: string | undefined): string | 'wrong' | null {
  if (header === undefined) return null
  const key = /^Bearer +(\S+)$/i.exec(header)?.[1]
  return key && new RegExp(`^${prefix}[\\w-]{43}$`).test(key) ? key : 'wrong'
}

/** As it is kept: never the key itself. */
export interface ApiKey {
  id: string
  name: string
  role: KeyRole
  /** The place it reads in; null for somebody of the municipality. */
  place: { slug: string; name: string } | null
  madeOn: string
  expiresOn: string
  usedOn: string | null
}

export const isRole = (role: string): role is KeyRole & Role => keyRoles.some((one) => one === role)
