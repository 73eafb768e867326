import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawLetters, groupSize, inGroups, readLetters, sheetAlphabet, signs } from './letters.ts'

/** Letters from any chance. */
const letters = fc
  .array(fc.nat(30), { minLength: 26, maxLength: 26 })
  .map((values) => drawLetters(() => values.shift() ?? 0))
const place = fc.nat(signs - 1)
const withSign = (text: string, at: number, sign: string) => text.slice(0, at) + sign + text.slice(at + 1)

describe('the letters of a sheet', () => {
  test('hold at least 128 bits of chance, and no 0, O, 1, I or L', () => {
    expect(26 * Math.log2(sheetAlphabet.length)).toBeGreaterThanOrEqual(128)
    expect(sheetAlphabet).toMatch(/^[2-9A-HJKMNP-Z]{31}$/)
    expect(new Set(sheetAlphabet).size).toBe(31)
  })

  test('are seven groups of four, and never twice the same', () => {
    const drawn = Array.from({ length: 200 }, () => drawLetters())
    expect(new Set(drawn).size).toBe(200)
    for (const one of drawn) expect(inGroups(one).map((group) => group.length)).toEqual(Array(7).fill(groupSize))
  })

  test('are read as they were printed, in small letters too, with spaces or dashes anywhere', () =>
    fc.assert(
      fc.property(letters, fc.array(place), fc.constantFrom(' ', '-', '\n', ' – '), (drawn, cuts, between) => {
        const typed = [...drawn].map((sign, at) => (cuts.includes(at) ? between + sign.toLowerCase() : sign)).join('')
        expect(readLetters(typed)).toEqual({ ok: true, letters: drawn })
      }),
    ))
})

describe('a slip', () => {
  test('of one sign is found, and its group is told', () =>
    fc.assert(
      fc.property(letters, place, fc.nat(30), (drawn, at, nth) => {
        const sign = sheetAlphabet[nth] ?? '2'
        fc.pre(sign !== drawn[at])
        const group = Math.floor(at / groupSize) + 1
        expect(readLetters(withSign(drawn, at, sign))).toEqual({ ok: false, problem: { code: 'typo', group } })
      }),
    ))

  test('of two signs that changed places is found', () =>
    fc.assert(
      fc.property(letters, place, place, (drawn, a, b) => {
        fc.pre(drawn[a] !== drawn[b])
        const swapped = withSign(withSign(drawn, a, drawn[b] ?? ''), b, drawn[a] ?? '')
        expect(readLetters(swapped)).toMatchObject({ ok: false })
      }),
    ))

  test('of any two signs is found', () =>
    fc.assert(
      fc.property(letters, place, place, fc.nat(30), fc.nat(30), (drawn, a, b, one, other) => {
        const typed = withSign(withSign(drawn, a, sheetAlphabet[one] ?? ''), b, sheetAlphabet[other] ?? '')
        fc.pre(typed !== drawn)
        expect(readLetters(typed).ok).toBe(false)
      }),
    ))

  test.each([
    ['', { code: 'missing' }],
    [' - ', { code: 'missing' }],
    ['K7WX', { code: 'short', count: 24, group: null }],
    ['KKKK KKKK KKK KKKK KKKK KKKK KKKK', { code: 'short', count: 1, group: 3 }],
    ['KKKK KKKK KKKKK KKKK KKKK KKKK KKKK', { code: 'long', count: 1, group: 3 }],
    ['KKKK KKKO KKKK KKKK KKKK KKKK KKKK', { code: 'strange', sign: 'O', group: 2 }],
    ['KKKK KKKK KKKK KKKK KKKK KKKK KKKÆ', { code: 'strange', sign: 'Æ', group: 7 }],
  ])('in %j is told in a way that helps', (typed, problem) => {
    expect(readLetters(typed)).toEqual({ ok: false, problem })
  })

  test('never breaks the reading, whatever is typed', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (typed) => {
        const read = readLetters(typed)
        if (read.ok) expect(read.letters).toMatch(/^[2-9A-HJKMNP-Z]{28}$/)
      }),
    ))
})
