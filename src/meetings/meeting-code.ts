// The code of a meeting: six characters that are easy to say on the telephone, and never mistaken for each other.
import { randomInt } from 'node:crypto'

/** No 0 and O, no 1 and I. */
export const codeAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
export const codeLength = 6

/** A new code, one of about a thousand million. `pick(n)` gives a number from 0 to n-1. */
export function newCode(pick: (n: number) => number = randomInt): string {
  return Array.from({ length: codeLength }, () => codeAlphabet[pick(codeAlphabet.length)]).join('')
}

/** What somebody typed, as a code: spaces, dashes and small letters do not matter. Null when it cannot be one. */
export function readCode(typed: string): string | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–.]/g, '')
  return code.length === codeLength && [...code].every((letter) => codeAlphabet.includes(letter)) ? code : null
}
