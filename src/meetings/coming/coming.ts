// Who comes: a name and nothing else. Reading it, and the secrets of the links that show it and take it back.

import { hash, randomBytes } from 'node:crypto'
import type { House } from '../../db/as-actor.ts'
import { oneLine } from '../../line.ts'

/** Characters as a person counts them (code points), as the database does. */
export const longestName = 60

export type NameFault = 'missing' | 'long' | 'address' | 'number' | 'several' | 'marks'
export type ComingFault = NameFault | 'strange'

export interface ComingSaid {
  name: string
  /** Random, from the form: what is sent twice is said once. */
  key: string
}

export type ReadComing = { ok: true; said: ComingSaid } | { ok: false; code: ComingFault; name: string }

/** One name, by which a neighbour is known. No address and no list fits in it. */
export function readName(typed: string): { name: string } | { code: NameFault } {
  // A line break is the list of somebody who pastes.
  if (/\S[ \t]*[\r\n\u2028\u2029]+[ \t]*\S/.test(typed)) return { code: 'several' }
  const name = oneLine(typed)
  // Spaces that cannot be seen are not a name; an emoji may be.
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name)) return { code: 'missing' }
  if (/[@＠]|:\/\//.test(name)) return { code: 'address' }
  if (/(?:\p{Nd}[\s\-–./]*){5}/u.test(name)) return { code: 'number' }
  if (/[,;&+/|،؛]|\s(?:og|and)\s/iu.test(name)) return { code: 'several' }
  if ([...name].length > longestName) return { code: 'long' }
  if (/\p{M}{5}/u.test(name)) return { code: 'marks' }
  return { name }
}

const known = new Set(['name', 'key', 'lang', 'comes'])

/** Reads the form with a name and its key. */
export function readComing(form: URLSearchParams): ReadComing {
  const typed = form.get('name') ?? ''
  const key = form.get('key') ?? ''
  const strange = [...form.keys()].some((field) => !known.has(field) || form.getAll(field).length > 1)
  const read = readName(typed)
  if ('code' in read) return { ok: false, code: read.code, name: typed }
  if (strange || !isKey(key)) return { ok: false, code: 'strange', name: typed }
  return { ok: true, said: { name: read.name, key } }
}

// --- Secrets: 128 bits in the address; only their hash is kept

export const newKey = (): string => randomBytes(16).toString('base64url')
export const isKey = (text: string): boolean => /^[\w-]{22}$/.test(text)
export const isSecret = (text: string): boolean => isKey(text)

export const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer')

/** From the house's own secret, which lies outside the database: the same thing said again has the same link. */
function derived(house: House, ...parts: readonly string[]): string {
  const message = JSON.stringify(['coming', ...parts])
  const key = house.keys.houseSecret()
  return hash('sha3-256', Buffer.concat([key, Buffer.from(message)]), 'buffer')
    .subarray(0, 16)
    .toString('base64url')
}

/** The link of one who comes. Somebody else with another name on the same phone is somebody else. */
export const comingSecret = (house: House, meeting: string, { name, key }: ComingSaid): string =>
  derived(house, 'comes', meeting, key, name)

/** The link that an inviter hands on. */
export const invitationSecret = (house: House, meeting: string, { name, key }: ComingSaid): string =>
  derived(house, 'invites', meeting, key, name)

/** The id of a row that a host writes, so that what is sent twice is written once. A UUID of version 8. */
export function writtenId(house: House, meeting: string, { name, key }: ComingSaid): string {
  const bytes = Buffer.from(derived(house, 'written', meeting, key, name), 'base64url')
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

// --- A card of paper: the invitation's link with some letters of the card's own behind it

export interface Invited {
  /** The secret of the invitation. */
  secret: string
  /** The letters of one paper card; null for the link. */
  card: string | null
}

const cardLetters = '23456789abcdefghjkmnpqrstuvwxyz'

/** Each printed card has letters of its own: whoever holds it sees their own yes and nobody else's. */
export const newCard = (bytes: Buffer = randomBytes(5)): string =>
  [...bytes].map((byte) => cardLetters[byte % cardLetters.length]).join('')

/** `SECRET` or `SECRET.card`; null for what cannot be one. */
export function readInvited(text: string): Invited | null {
  const [secret = '', card = null, ...more] = text.split('.')
  if (!isSecret(secret) || more.length > 0) return null
  return card === null || /^[2-9a-hjkmnp-z]{5}$/.test(card) ? { secret, card } : null
}

/** So many may say yes with one card: a household. */
export const mostOnCard = 8

/** The links of those who say yes with this card, in their order. */
export const cardSecrets = (house: House, { secret, card }: Invited): string[] =>
  Array.from({ length: mostOnCard }, (_, place) => derived(house, 'card', secret, card ?? '', String(place)))
