import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { statementKinds } from '../meetings/evening.ts'
import { beside, fewestFor, promisesToTell } from './said-here.ts'

const words = fc.array(
  fc.record({
    kind: fc.constantFrom(...statementKinds),
    text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    lang: fc.constant('da'),
    recognised: fc.nat({ max: 60 }),
    code: fc.constant('K7WX4P'),
  }),
  { maxLength: 60 },
)

describe('hope beside the unbearable', () => {
  test('whatever was said, the unbearable never stands alone, and each row begins with what gives', () => {
    fc.assert(
      fc.property(words, (said) => {
        const { pairs } = beside(said)
        for (const { gives, unbearable } of pairs) {
          expect(['hope', 'resource']).toContain(gives.kind)
          if (unbearable) expect(unbearable.kind).toBe('unbearable')
        }
        expect(pairs.length).toBeLessThanOrEqual(4)
        if (!said.some(({ kind }) => kind === 'hope' || kind === 'resource')) expect(pairs).toEqual([])
      }),
    )
  })

  test('what two said is shown once, with those who know either', () => {
    const one = { kind: 'hope' as const, lang: 'da', code: 'K7WX4P' }
    const { pairs } = beside([
      { ...one, text: 'Lys i hallen!', recognised: 3 },
      { ...one, text: 'lys i  hallen', recognised: 4 },
    ])
    expect(pairs).toEqual([{ gives: { ...one, text: 'Lys i hallen!', recognised: 7 }, unbearable: null }])
  })
})

describe('promises as counts', () => {
  test('none is told under the least number, and no number that is told is under it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.constantFrom(5, 10), (made, kept, fewest) => {
        const told = promisesToTell({ made, kept: Math.min(made, kept) }, fewest)
        if (made < fewest) expect(told).toBeNull()
        else
          for (const number of [told?.made, told?.kept]) expect(number === null || Number(number) >= fewest).toBe(true)
      }),
    )
  })

  test('five; ten in a place of less than a hundred, and ten for the municipality everywhere', () => {
    expect([fewestFor('guest', 538), fewestFor('host', 95), fewestFor('employee', 538)]).toEqual([5, 10, 10])
    expect(fewestFor('resident', null)).toBe(5)
  })
})
