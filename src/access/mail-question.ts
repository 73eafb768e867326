// To be let in by mail: the link and the six digits of one letter, how long they live, and how often one may be wrong.
import { randomInt, timingSafeEqual } from 'node:crypto'
import { hashOf } from './sign-in.ts'

/** So long a letter lets somebody in. */
export const questionMinutes = 10
/** So many wrong digits in the browser that asked end the question: whoever asked may be anybody, and has no letter. */
export const mostWrong = 5
/**
 * So many behind the link. Only who has read the letter has the link, and then has its digits, too: here guess the programs
 * that look through mail, press every button and fill in every field; what they do must not shut out the person who comes after.
 */
export const mostWrongElsewhere = 20
/** To one address: nobody's mailbox is filled from here. */
export const lettersAnHour = 5

/** `in`: to sign in. `prove`: to show anew who one is. `address`: to show that letters arrive. */
export type Purpose = 'in' | 'prove' | 'address'

export const newDigits = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** What somebody typed, as six digits: spaces, dots and dashes do not matter. Null when it cannot be them. */
export function readDigits(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s.\-–]/gu, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

/** The digits as they are kept: together with a token that is itself kept only as a hash. */
export const codeHash = (digits: string, token: string): Buffer => hashOf(`${token}:${digits}`)

export const isSame = (one: Buffer | null, other: Buffer): boolean =>
  one !== null && one.length === other.length && timingSafeEqual(one, other)

/** `123 456`: easier to read and to say. */
export const spaced = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3)}`

/** An address so that one knows it again, and a stranger who looks over the shoulder does not: `f…@example.dk`. */
export const half = (address: string): string => `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`
