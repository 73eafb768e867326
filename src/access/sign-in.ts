// Signing in: tokens and their hashes, how long a link and a session live, and as what an account acts.
import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '../db/as-actor.ts'
import type { Account } from './access.queries.ts'

/** A printed link lives this long: the one who started the program is still at the screen. */
export const linkMinutes = 60
/** Residents stay signed in for so many days, whoever works for the municipality for so many hours. */
export const sessionDays = 30
export const staffHours = 10
/** Residents slide: who comes back within thirty days stays, for so many days at most. Whoever works for the municipality does not. */
export const longestDays = 180
/** So long before a session ends, each page says so. */
export const warnMinutes = 10
/** Before exports and hand-overs one must have proved who one is so recently. */
export const proofMinutes = 10

/** The ways in: a link from the terminal, mail, a printed card, a passkey, the municipality's own sign-in, or kept from a meeting. */
export const waysIn = ['terminal', 'mail', 'card', 'passkey', 'oidc', 'saml', 'kept'] as const
export type WayIn = (typeof waysIn)[number]

export const newToken = (): string => randomBytes(16).toString('base64url')
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
export const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{22}$/.test(text)

const municipalRoles = ['employee', 'leader', 'officer', 'operator'] as const

/** As what an account acts. Whoever works for the municipality is a guest in every community's room, also at home. */
export function roleOf({ municipalRole, places }: Pick<Account, 'municipalRole' | 'places'>): Role {
  const municipal = municipalRoles.find((role) => role === municipalRole)
  if (municipal) return municipal
  if (places.some((place) => place.role === 'keyholder')) return 'keyholder'
  return places.some((place) => place.role === 'host') ? 'host' : 'resident'
}

/** When a session that is opened now ends. */
export const endOf = (now: Date, municipal: boolean): Date =>
  new Date(now.getTime() + (municipal ? staffHours : sessionDays * 24) * 3_600_000)

/** What a browser calls itself, as coarsely as its owner knows it: "Chrome på Android". */
export function deviceOf(agent: string | undefined): string {
  if (!agent) return ''
  const first = (pairs: readonly (readonly [RegExp, string])[]) => pairs.find(([is]) => is.test(agent))?.[1]
  const browser = first([
    [/Edg[A-Z]*\//, 'Edge'],
    [/OPR\/|Opera/, 'Opera'],
    [/SamsungBrowser/, 'Samsung'],
    [/Firefox|FxiOS/, 'Firefox'],
    [/Chrome|CriOS/, 'Chrome'],
    [/Safari/, 'Safari'],
  ])
  const machine = first([
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Macintosh|Mac OS X/, 'Mac'],
    [/CrOS/, 'Chromebook'],
    [/Linux/, 'Linux'],
  ])
  return [browser, machine].filter(Boolean).join(' · ')
}
