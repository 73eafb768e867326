// The printed card: sixteen letters and digits that are never mistaken for each other. Four find the card, twelve open the door.
import { randomInt, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

/** No 0 and O, no 1 and I. */
export const cardAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const publicLength = 4
/** Sixty bits. */
const secretLength = 12
export const cardLength = publicLength + secretLength

export interface CardCode {
  /** Finds the card, and is no secret. */
  letters: string
  secret: string
}

/** A new code. `pick(n)` gives a number from 0 to n-1. */
export function newCardCode(pick: (n: number) => number = randomInt): CardCode {
  const some = (length: number) => Array.from({ length }, () => cardAlphabet[pick(cardAlphabet.length)]).join('')
  return { letters: some(publicLength), secret: some(secretLength) }
}

/** As it stands on the card: `K7MP-X3QF-92HD-WVTA`. */
export const cardText = ({ letters, secret }: CardCode): string => [letters, ...(secret.match(/.{4}/g) ?? [])].join('-')

/** What no card holds, and what it was read for. */
const misread: Record<string, string> = { 0: 'Q', O: 'Q', 1: 'L', I: 'L' }

/** The characters somebody typed, without what stands between them, in capitals, and with those that cannot be there as what they look like. */
export const typedCharacters = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—.,:/]/gu, '')
    .replace(/[0O1I]/g, (one) => misread[one] ?? one)

/** What somebody typed, as a card's code. Null when it cannot be one. */
export function readCardCode(typed: string): CardCode | null {
  const code = typedCharacters(typed)
  if (code.length !== cardLength || ![...code].every((one) => cardAlphabet.includes(one))) return null
  return { letters: code.slice(0, publicLength), secret: code.slice(publicLength) }
}

const slowly = promisify<string, string, number, { N: number; r: number; p: number }, Buffer>(scrypt)

/** The secret as it is kept. Sixty bits can be tried by whoever has the database and many machines: scrypt makes each try some thousand times dearer. */
export const cardHash = ({ letters, secret }: CardCode): Promise<Buffer> =>
  slowly(secret, `oplive card ${letters}`, 32, { N: 4096, r: 8, p: 1 })
