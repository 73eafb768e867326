import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newcombe } from './newcombe.ts'

test('from 8 of 20 to 14 of 22 is 24 points up, between 6 down and 48 up: it cannot be decided (method 4.4)', () => {
  const { difference, low, high } = newcombe({ yes: 8, of: 20 }, { yes: 14, of: 22 })
  expect([difference, low, high].map((fraction) => Math.round(100 * fraction))).toEqual([24, -6, 48])
})

test.each([
  [48, 80, 56, 70, 0.2, 0.0524, 0.3339],
  [3, 10, 9, 10, 0.6, 0.1705, 0.809],
  [2, 7, 6, 7, 0.5714, 0.0582, 0.8062],
  [0, 29, 5, 56, 0.0893, -0.0381, 0.1926],
  [0, 20, 0, 10, 0, -0.1611, 0.2775],
  [0, 10, 0, 10, 0, -0.2775, 0.2775],
  [0, 20, 10, 10, 1, 0.6791, 1],
  [0, 10, 10, 10, 1, 0.6075, 1],
])('from %i/%i to %i/%i is %f, between %f and %f (Newcombe 1998, table II, method 10)', (k, n, l, m, d, low, high) => {
  const found = newcombe({ yes: k, of: n }, { yes: l, of: m })
  // The paper's z is 1.95996, so the fourth decimal may round the other way.
  expect(Math.abs(found.difference - d)).toBeLessThan(0.0001)
  expect(Math.abs(found.low - low)).toBeLessThan(0.0001)
  expect(Math.abs(found.high - high)).toBeLessThan(0.0001)
})

test('nobody has no share to compare with', () => {
  expect(() => newcombe({ yes: 0, of: 0 }, { yes: 14, of: 22 })).toThrow(RangeError)
  expect(() => newcombe({ yes: 8, of: 20 }, { yes: 23, of: 22 })).toThrow(RangeError)
})

describe('whatever the two groups', () => {
  const group = fc
    .integer({ min: 1, max: 500 })
    .chain((of) => fc.record({ yes: fc.integer({ min: 0, max: of }), of: fc.constant(of) }))

  test('the interval holds the difference and stays between all down and all up', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const { difference, low, high } = newcombe(first, second)
        expect(low).toBeGreaterThanOrEqual(-1)
        expect(low).toBeLessThanOrEqual(difference)
        expect(high).toBeGreaterThanOrEqual(difference)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('looking back instead of forward turns the sign', () => {
    fc.assert(
      fc.property(group, group, (first, second) => {
        const [forth, back] = [newcombe(first, second), newcombe(second, first)]
        expect(forth.difference).toBeCloseTo(-back.difference, 12)
        expect(forth.low).toBeCloseTo(-back.high, 12)
        expect(forth.high).toBeCloseTo(-back.low, 12)
      }),
    )
  })

  test('a group compared with itself cannot be told apart', () => {
    fc.assert(
      fc.property(group, (group) => {
        const { difference, low, high } = newcombe(group, group)
        expect(difference).toBe(0)
        expect(low).toBeLessThan(0)
        expect(high).toBeGreaterThan(0)
      }),
    )
  })
})
