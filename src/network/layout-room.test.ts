import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inRings, inRows, pushApart, spaceOut } from './layout-room.ts'
import type { Places } from './layout-stress.ts'

const sizes = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 40 })
  .map((all) => Float64Array.from(all))

function overlap({ x, y }: Places, radius: Float64Array): number {
  let worst = -Infinity
  for (let a = 0; a < radius.length; a++)
    for (let b = 0; b < a; b++) {
      const apart = Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0))
      worst = Math.max(worst, (radius[a] ?? 0) + (radius[b] ?? 0) - apart)
    }
  return worst
}

test('circles that all lay in one place come apart, the large one least', () => {
  fc.assert(
    fc.property(sizes, (radius) => {
      const at = { x: new Float64Array(radius.length), y: new Float64Array(radius.length) }
      pushApart(at, radius, 1)
      expect(overlap(at, radius)).toBeLessThan(0)
    }),
  )
  const at = { x: Float64Array.of(0, 1), y: Float64Array.of(0, 0) }
  pushApart(at, Float64Array.of(10, 1), 0.5)
  expect(Math.abs(at.x[0] ?? 0)).toBeLessThan(0.02 * Math.abs((at.x[1] ?? 0) - 1))
})

test('circles that do not lie on each other stay where they are', () => {
  const at = { x: Float64Array.of(0, 10, 5), y: Float64Array.of(0, 0, 10) }
  pushApart(at, Float64Array.of(4, 4, 4), 1)
  expect(at).toEqual({ x: Float64Array.of(0, 10, 5), y: Float64Array.of(0, 0, 10) })
})

test('in rings no circle lies on another, and the largest is in the middle', () => {
  fc.assert(
    fc.property(sizes, (radius) => {
      const at = inRings(radius, 1)
      expect(overlap(at, radius)).toBeLessThan(0)
      const largest = radius.indexOf(Math.max(...radius))
      expect([at.x[largest], at.y[largest]]).toEqual([0, 0])
    }),
  )
})

describe('rows', () => {
  test('no box lies on another', () => {
    fc.assert(
      fc.property(sizes, (wide) => {
        const high = wide.toReversed()
        const { x, y } = inRows(wide, high, 1)
        for (let a = 0; a < wide.length; a++)
          for (let b = 0; b < a; b++) {
            const across = Math.abs((x[a] ?? 0) - (x[b] ?? 0)) - (wide[a] ?? 0) - (wide[b] ?? 0)
            const down = Math.abs((y[a] ?? 0) - (y[b] ?? 0)) - (high[a] ?? 0) - (high[b] ?? 0)
            expect(Math.max(across, down)).toBeGreaterThan(0.99)
          }
      }),
    )
  })

  test('small ones lie below the large one, no wider than it', () => {
    const { x, y } = inRows(
      Float64Array.of(0.5, 10, ...new Array<number>(30).fill(0.5)),
      Float64Array.of(0.5, 6, ...new Array<number>(30).fill(0.5)),
      0.5,
    )
    expect(y.filter((place) => place > 12)).toHaveLength(31)
    expect(Math.max(...x.map(Math.abs))).toBeLessThan(10)
  })
})

test('marks come apart until the gap is there, and the distance that is left is told', () => {
  const place = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { minLength: 2, maxLength: 30 }), (places) => {
      const at = { x: Float64Array.from(places, ([x]) => x), y: Float64Array.from(places, ([, y]) => y) }
      const told = spaceOut(at, 0.5, 500)
      expect(told).toBeGreaterThan(0.48)
      expect(overlap(at, new Float64Array(places.length).fill(told / 2))).toBeLessThan(1e-9)
    }),
  )
  expect(spaceOut({ x: Float64Array.of(0, 3), y: Float64Array.of(0, 4) }, 9, 0)).toBe(5)
})
