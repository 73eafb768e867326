import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { netBytes, readNet } from './net-bytes.ts'
import { closest, zoomed } from './view.ts'

describe('the people behind the marks', () => {
  const place = fc.double({ min: 0, max: 5000, noNaN: true })
  test('come back as they were, in the order of their marks, with each tie that is not hidden', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.integer({ min: -1, max: 300 }), place, place), { minLength: 2, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(39), fc.nat(39), fc.boolean()), { maxLength: 60 }),
        (people, drawn) => {
          const ties = drawn.filter(([a, b]) => a !== b && a < people.length && b < people.length)
          const at = Float32Array.from(people.flatMap(([, , x, y]) => [x, y]))
          const net = readNet(
            netBytes({
              marks: 5,
              at,
              markOf: Int32Array.from(people, ([mark]) => mark),
              kindOf: Int32Array.from(people, ([, kind]) => kind),
              ends: Int32Array.from(ties.flatMap((tie) => tie.slice(0, 2) as number[])),
              hidden: Uint8Array.from(ties, ([, , hidden]) => Number(hidden)),
              staff: [1],
              me: 0,
            }),
          )
          const told = (mark: unknown, kind: unknown, x = 0, y = 0) =>
            `${mark} ${kind} ${Math.round(10 * x)} ${Math.round(10 * y)}`
          const before = people.map(([mark, kind], one) => told(mark, kind, at[2 * one], at[2 * one + 1]))
          const after = people.map((_, one) =>
            told(net.markOf[one], net.kindOf[one], net.at[2 * one], net.at[2 * one + 1]),
          )
          expect(after.toSorted()).toEqual(before.toSorted())
          expect([...net.markOf]).toEqual([...net.markOf].sort())
          expect([after[net.me as number], after[net.staff[0] as number]]).toEqual([before[0], before[1]])
          const pairs = (ends: ArrayLike<number>, names: string[]) =>
            Array.from({ length: ends.length / 2 }, (_, tie) =>
              [names[ends[2 * tie] as number], names[ends[2 * tie + 1] as number]].sort().join(' – '),
            ).sort()
          const shown = ties.filter(([, , hidden]) => !hidden).flatMap((tie) => tie.slice(0, 2) as number[])
          expect(pairs(net.ends, after)).toEqual(pairs(shown, before))
        },
      ),
      { numRuns: 60 },
    )
  })
  test('are not read from half a file', () => {
    const bytes = netBytes({
      ...{ marks: 1, at: new Float32Array(4), markOf: new Int32Array(2), kindOf: new Int32Array(2) },
      ...{ ends: Int32Array.from([0, 1]), hidden: new Uint8Array(1), staff: [], me: null },
    })
    expect(readNet(bytes).me).toBeNull()
    expect(() => readNet(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError)
  })
})

describe('going closer', () => {
  const whole = { x: 0, y: 0, w: 1000, h: 600 }
  test('never leaves the drawing, never goes further than it may, and keeps its shape', () => {
    const step = fc.record({
      times: fc.double({ min: 0.1, max: 10, noNaN: true }),
      x: fc.double({ min: -200, max: 1200, noNaN: true }),
      y: fc.double({ min: -200, max: 800, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const view = steps.reduce((now, { times, x, y }) => zoomed(now, whole, times, { x, y }), whole)
        expect(view.x).toBeGreaterThanOrEqual(0)
        expect(view.x + view.w).toBeLessThanOrEqual(whole.w + 1e-6)
        expect(view.y).toBeGreaterThanOrEqual(0)
        expect(view.y + view.h).toBeLessThanOrEqual(whole.h + 1e-6)
        expect(view.w).toBeGreaterThanOrEqual(whole.w / closest - 1e-6)
        expect(view.h / view.w).toBeCloseTo(0.6, 9)
      }),
      { numRuns: 60 },
    )
  })
  test('keeps the point between the fingers where it is', () => {
    const view = zoomed(whole, whole, 4, { x: 400, y: 150 })
    expect([(400 - view.x) / view.w, (150 - view.y) / view.h]).toEqual([0.4, 0.25])
  })
})
