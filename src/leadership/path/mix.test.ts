import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AgeCount, blau, fewest, mixOf } from './mix.ts'

const age = (band: string | null, people: number, earlier: number, since: number): AgeCount => ({
  band,
  people,
  earlier,
  since,
})
const anyAges = fc.array(
  fc
    .tuple(fc.nat({ max: 30 }), fc.nat({ max: 12 }), fc.nat({ max: 12 }))
    .map(([others, earlier, since]) => age(null, others + earlier + since, earlier, since)),
  { minLength: 1, maxLength: 6 },
)
const named = anyAges.map((ages) => ages.map((one, at) => ({ ...one, band: `band ${at}` })))

describe('only the usual suspects?', () => {
  test('half of the new ones are of ages that were few among those before them', () => {
    const before = [age('60-74', 30, 7, 2), age('40-59', 20, 3, 1), age('18-24', 15, 0, 2), age('25-39', 15, 0, 1)]
    expect(mixOf(before, 538)).toEqual({ takesOn: 15, others: 'half', blend: 'some' })
    const same = [age('60-74', 30, 7, 5), age('40-59', 20, 3, 1), age('18-24', 15, 0, 0), age('25-39', 15, 0, 1)]
    expect(mixOf(same, 538).others).toBe('less')
  })
  test('of fewer than five nothing is told, and in a hamlet of fewer than ten', () => {
    expect(mixOf([age('60-74', 30, 2, 2)], 538)).toEqual({ takesOn: null, others: null, blend: null })
    const nine = [age('60-74', 30, 5, 4)]
    expect(mixOf(nine, 538).takesOn).toBe(5)
    expect(mixOf(nine, 95).takesOn).toBeNull()
  })
  test('where nobody says how old they are, the count stands alone', () => {
    expect(mixOf([age(null, 60, 8, 8)], 538)).toEqual({ takesOn: 15, others: null, blend: null })
  })
  test('Blau’s index is nothing for one age, and the same for every order', () => {
    expect(blau([7])).toBe(0)
    expect(blau([])).toBe(0)
    expect(blau([5, 5])).toBe(0.5)
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 6 }), (counts) => {
        expect(blau([...counts].reverse())).toBeCloseTo(blau(counts), 12)
        expect(blau(counts)).toBeGreaterThanOrEqual(-1e-12)
        expect(blau(counts)).toBeLessThanOrEqual(1 - 1 / Math.max(1, counts.length) + 1e-12)
      }),
    )
  })
  test('a word is told only where enough stand behind it, and one more or less of somebody is told by no number', () => {
    fc.assert(
      fc.property(named, (ages) => {
        const { takesOn, others, blend } = mixOf(ages, 538)
        const sum = (of: (one: AgeCount) => number) => ages.reduce((all, one) => all + of(one), 0)
        if (takesOn !== null) expect([takesOn % 5, takesOn >= fewest]).toEqual([0, true])
        if (others !== null)
          expect(
            Math.min(
              sum((one) => one.earlier),
              sum((one) => one.since),
            ),
          ).toBeGreaterThanOrEqual(fewest)
        if (blend !== null) expect(sum((one) => one.earlier + one.since)).toBeGreaterThanOrEqual(2 * fewest)
        // That all are of one age is said with the same word as two ages mixed: nobody's own is read out of it.
        const oneAge = ages.map((one, at) => (at === 0 ? one : { ...one, earlier: 0, since: 0 }))
        expect(['alike', null]).toContain(mixOf(oneAge, 538).blend)
      }),
    )
  })
})
