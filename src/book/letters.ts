// The letters of a recovery sheet: 128 bits that can be printed, read aloud and typed, with two more that tell where a slip of the pen is.
import { randomInt } from 'node:crypto'

/** Without 0, O, 1, I and L. Their number is a prime, so that the two signs at the end find every single slip. */
export const sheetAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const p = 31
/** 31^26 is a little more than 2^128. */
const secretSigns = 26
export const signs = secretSigns + 2
export const groupSize = 4

/** Twenty-eight signs, as they are typed: without spaces. */
export type Letters = string

/** Four and four: "K7WX 4PQ2 …". */
export const inGroups = (letters: Letters): string[] => letters.match(/.{1,4}/g) ?? []

const mod = (n: number) => ((n % p) + p) % p
const placeInAlphabet = (sign: string) => sheetAlphabet.indexOf(sign)

/** The sum of the signs, and their sum weighted by place (from 1): both are 0 for letters as they were printed. */
function sums(values: readonly number[]): [plain: number, weighted: number] {
  return [
    mod(values.reduce((sum, value) => sum + value, 0)),
    mod(values.reduce((sum, value, index) => sum + value * (index + 1), 0)),
  ]
}

/** Draws new letters. `chance(n)` is a whole number below n; the real one comes from the system's own source. */
export function drawLetters(chance: (below: number) => number = randomInt): Letters {
  const values = Array.from({ length: secretSigns }, () => chance(p))
  const [plain, weighted] = sums(values)
  // The last two are what makes both sums 0.
  const last = mod((signs - 1) * plain - weighted)
  const lastButOne = mod(-plain - last)
  return [...values, lastButOne, last].map((value) => sheetAlphabet[value]).join('')
}

export type LettersProblem =
  | { code: 'missing' }
  /** So many too few, or too many; the group that is not four signs long, where the groups were typed apart. */
  | { code: 'short' | 'long'; count: number; group: number | null }
  /** A sign that is on no sheet, such as O or 1. */
  | { code: 'strange'; sign: string; group: number }
  /** One sign is wrong: in this group, if it is only one. */
  | { code: 'typo'; group: number }
  /** Several are wrong, or two have changed places. */
  | { code: 'unlike' }

export type ReadLetters = { ok: true; letters: Letters } | { ok: false; problem: LettersProblem }

/** Reads what was typed or scanned: small letters, spaces and dashes are no harm. A slip is told before any lock is tried. */
export function readLetters(typed: string): ReadLetters {
  const wrong = (problem: LettersProblem): ReadLetters => ({ ok: false, problem })
  const parts = typed
    .slice(0, 400)
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
  const all = [...parts.join('')]
  if (all.length === 0) return wrong({ code: 'missing' })
  const odd = all.findIndex((sign) => placeInAlphabet(sign) < 0)
  if (odd >= 0) return wrong({ code: 'strange', sign: all[odd] ?? '', group: groupOf(odd) })
  if (all.length !== signs) {
    const apart = parts.length === signs / groupSize
    const group = apart ? parts.findIndex((part) => part.length !== groupSize) + 1 : 0
    const count = Math.abs(signs - all.length)
    return wrong({ code: all.length < signs ? 'short' : 'long', count, group: group || null })
  }
  const [plain, weighted] = sums(all.map(placeInAlphabet))
  if (plain === 0 && weighted === 0) return { ok: true, letters: all.join('') }
  // One slip of size e at place i makes the sums e and i·e.
  const place = Array.from({ length: signs }, (_, index) => index).find((i) => mod(plain * (i + 1)) === weighted)
  return wrong(plain === 0 || place === undefined ? { code: 'unlike' } : { code: 'typo', group: groupOf(place) })
}

/** Groups are counted from 1, as a person does. */
const groupOf = (place: number) => Math.floor(place / groupSize) + 1
