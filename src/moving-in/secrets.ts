// What somebody who has been asked holds in hand: the link of their own, the code on a letter, the six digits in a mail.
import { randomInt } from 'node:crypto'
import { cardAlphabet, typedCharacters } from '../access/printed-card.ts'
import { hashOf, isToken } from '../access/sign-in.ts'

/** Sixty-five bits, typed by hand; guessing is slowed. */
const codeLength = 13

export const newAskedCode = (): string =>
  Array.from({ length: codeLength }, () => cardAlphabet[randomInt(cardAlphabet.length)]).join('')

/** `K7MP-X3QF-92HDW` */
export const codeText = (code: string): string => [code.slice(0, 4), code.slice(4, 8), code.slice(8)].join('-')

/** What somebody typed from their letter; null when it cannot be a code. */
export function readAskedCode(typed: string): string | null {
  const code = typedCharacters(typed)
  return code.length === codeLength && [...code].every((one) => cardAlphabet.includes(one)) ? code : null
}

/** The end of an address: a link of 128 bits, or a code that was typed. `link`: it came by a letter or a mail. */
export function readSecret(text: string): { hash: Buffer; link: boolean } | null {
  if (isToken(text)) return { hash: hashOf(text), link: true }
  const code = readAskedCode(text)
  return code === null ? null : { hash: hashOf(code), link: false }
}
