import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bounds } from './bounds.ts'

test('26 yes of 32 answers with 60 present could be anything from 43 to 90 percent (method 4.4)', () => {
  expect(bounds(26, 32, 60)).toEqual({ low: 26 / 60, high: 54 / 60 })
})

test('when everyone answered, the bounds are the share', () => {
  expect(bounds(16, 25, 25)).toEqual({ low: 0.64, high: 0.64 })
})

test('a list with fewer names than answers counts as all who answered', () => {
  expect(bounds(16, 25, 20)).toEqual(bounds(16, 25, 25))
  expect(bounds(16, 25, 0)).toEqual(bounds(16, 25, 25))
})

test('when nobody answered, it could be anything', () => {
  expect(bounds(0, 0, 7)).toEqual({ low: 0, high: 1 })
})

test('where nobody was, there is no share', () => {
  expect(() => bounds(0, 0, 0)).toThrow(new RangeError('Nobody was there: there is no share'))
})

test.each([
  [6, 5, 10],
  [-1, 5, 10],
  [1, -5, 10],
  [1.5, 5, 10],
  [1, 5.5, 10],
  [1, 5, 10.5],
  [1, 5, -1],
  [1, 5, Number.NaN],
])('%d yes of %d answers with %d present is no meeting', (yes, answered, attended) => {
  expect(() => bounds(yes, answered, attended)).toThrow(RangeError)
})

describe('whatever the meeting', () => {
  const meeting = fc
    .tuple(fc.nat(500), fc.nat(500), fc.nat(500))
    .map(([yes, no, silent]) => ({ yes, answered: yes + no, attended: yes + no + silent }))
    .filter(({ attended }) => attended > 0)

  test('the bounds hold every share the silent ones could have made', () => {
    fc.assert(
      fc.property(meeting, fc.nat(500), ({ yes, answered, attended }, more) => {
        const { low, high } = bounds(yes, answered, attended)
        const made = (yes + Math.min(more, attended - answered)) / attended
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(made)
        expect(high).toBeGreaterThanOrEqual(made)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('they lie apart by the share of the silent', () => {
    fc.assert(
      fc.property(meeting, ({ yes, answered, attended }) => {
        const { low, high } = bounds(yes, answered, attended)
        expect(high - low).toBeCloseTo((attended - answered) / attended, 12)
      }),
    )
  })

  test('counting the no instead of the yes mirrors them', () => {
    fc.assert(
      fc.property(meeting, ({ yes, answered, attended }) => {
        const [counted, mirrored] = [bounds(yes, answered, attended), bounds(answered - yes, answered, attended)]
        expect(counted.low).toBeCloseTo(1 - mirrored.high, 12)
        expect(counted.high).toBeCloseTo(1 - mirrored.low, 12)
      }),
    )
  })
})
