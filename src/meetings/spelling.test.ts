import { expect, test } from 'vitest'
import { codeAlphabet } from './meeting-code.ts'
import { spelled } from './spelling.ts'

test.each(['da', 'en'] as const)(
  'every letter of a code has a name of its own in %s, and figures stay figures',
  (lang) => {
    const said = spelled(codeAlphabet, lang)
    expect(said).toHaveLength(codeAlphabet.length)
    expect(new Set(said).size).toBe(codeAlphabet.length)
    for (const [place, character] of [...codeAlphabet].entries()) {
      expect(said[place]?.startsWith(character)).toBe(true)
      expect(said[place]?.length === 1).toBe(/\d/.test(character))
    }
  },
)

test('a code is easy to say on the telephone', () =>
  expect(spelled('K7WX4P', 'da').join(' ')).toBe('Karen 7 William Xerxes 4 Peter'))
