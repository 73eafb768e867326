import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wilson } from './wilson.ts'

test.each([
  [16, 25, 45, 80],
  [20, 25, 61, 91],
  [45, 50, 79, 96],
  [32, 50, 50, 76],
  [40, 50, 67, 89],
  [26, 32, 65, 91],
  [8, 10, 49, 94],
  [10, 10, 72, 100],
  [0, 10, 0, 28],
  [5, 5, 57, 100],
])('%i of %i lies between %i and %i percent (method 4.4)', (yes, of, low, high) => {
  const interval = wilson(yes, of)
  expect([Math.round(100 * interval.low), Math.round(100 * interval.high)]).toEqual([low, high])
})

test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lies between %f and %f (the score interval of Newcombe 1998, 17:857-872)', (yes, of, low, high) => {
  expect(wilson(yes, of).low).toBeCloseTo(low, 4)
  expect(wilson(yes, of).high).toBeCloseTo(high, 4)
})

test.each([
  [0, 0],
  [6, 5],
  [-1, 5],
  [0, -5],
  [1.5, 5],
  [1, 5.5],
  [Number.NaN, 5],
  [1, Number.POSITIVE_INFINITY],
])('%d of %d is not a share', (yes, of) => {
  expect(() => wilson(yes, of)).toThrow(RangeError)
})

test('nobody is nobody: the words say so', () => {
  expect(() => wilson(0, 0)).toThrow('Nobody answered')
})

describe('whatever the group', () => {
  const group = fc
    .integer({ min: 1, max: 20_000 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)))

  test('the interval holds the share and stays between none and all', () => {
    fc.assert(
      fc.property(group, ([yes, of]) => {
        const { low, high } = wilson(yes, of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(yes / of)
        expect(high).toBeGreaterThanOrEqual(yes / of)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThan(high)
      }),
    )
  })

  test('it is the formula of method 4.4', () => {
    fc.assert(
      fc.property(group, ([yes, of]) => {
        const [p, zz] = [yes / of, 1.96 ** 2]
        const centre = (p + zz / (2 * of)) / (1 + zz / of)
        const half = (1.96 / (1 + zz / of)) * Math.sqrt((p * (1 - p)) / of + zz / (4 * of * of))
        expect(wilson(yes, of).low).toBeCloseTo(centre - half, 12)
        expect(wilson(yes, of).high).toBeCloseTo(centre + half, 12)
      }),
    )
  })

  test('counting the no instead of the yes mirrors it', () => {
    fc.assert(
      fc.property(group, ([yes, of]) => {
        const mirrored = wilson(of - yes, of)
        expect(wilson(yes, of).low).toBeCloseTo(1 - mirrored.high, 14)
        expect(wilson(yes, of).high).toBe(1 - mirrored.low)
      }),
    )
  })

  test('nobody starts at exactly none, and everyone ends at exactly all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (of) => {
        expect(wilson(0, of).low).toBe(0)
        expect(wilson(of, of).high).toBe(1)
      }),
    )
  })

  test('the same share in a larger group is surer', () => {
    fc.assert(
      fc.property(group, fc.integer({ min: 2, max: 20 }), ([yes, of], times) => {
        const [small, large] = [wilson(yes, of), wilson(times * yes, times * of)]
        expect(large.high - large.low).toBeLessThan(small.high - small.low)
      }),
    )
  })

  test('one more yes moves both ends up', () => {
    fc.assert(
      fc.property(
        group.filter(([yes, of]) => yes < of),
        ([yes, of]) => {
          const [fewer, more] = [wilson(yes, of), wilson(yes + 1, of)]
          expect(more.low).toBeGreaterThan(fewer.low)
          expect(more.high).toBeGreaterThan(fewer.high)
        },
      ),
    )
  })
})
