import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { came } from './mobilisation.ts'
import { countInterval, gammaQuantile, percentile, reproduction } from './reproduction.ts'

describe('the exact interval of a count (Garwood 1936)', () => {
  test.each([
    [0, 0, 3.68888],
    [1, 0.02532, 5.57164],
    [2, 0.24221, 7.22469],
    [10, 4.79539, 18.39036],
    [100, 81.36397, 121.62679],
  ])('%d counted could be %d to %d', (count, low, high) => {
    const interval = countInterval(count, 1)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  test('holds for a hundred thousand as the normal approximation says', () => {
    expect(gammaQuantile(100_000, 0.975) / (100_000 + 1.96 * Math.sqrt(100_000))).toBeCloseTo(1, 4)
    expect(gammaQuantile(1, 0.5)).toBeCloseTo(Math.LN2, 12)
  })
})

describe('reproduction', () => {
  // 0 to 3 came by themselves; 4, 5 and 6 were brought: 4 after 10 days, 5 after 90, 6 after 91; 7 by 3, who is too young to count.
  const broughtBy = [came.self, came.self, came.self, came.self, 0, 0, 1, 3]
  const firstDay = [0, 0, 10, 200, 10, 90, 91, 210]
  const staff = new Uint8Array(8)

  test('counts whom those brought within 90 days who came at least 90 days ago, by hand', () => {
    const found = reproduction({ broughtBy, staff }, firstDay, 181)
    // On day 181 the parents are 0, 1, 2, 4, 5 and 6 (who came on day 91); 3 and 7 have not come.
    expect(found).toMatchObject({ parents: 6, younger: 0, children: 2, estimate: 2 / 6 })
    expect(found.byCount?.low).toBeCloseTo(0.24221 / 6, 5)
    expect(found.byCount?.high).toBeCloseTo(7.22469 / 6, 5)
  })

  test('whoever came less than 90 days ago is not held to have brought nobody', () => {
    expect(reproduction({ broughtBy, staff }, firstDay, 210)).toMatchObject({ parents: 6, younger: 2, children: 2 })
    expect(reproduction({ broughtBy, staff }, firstDay, 300)).toMatchObject({ parents: 8, younger: 0, children: 3 })
  })

  test('is the same to the last bit whatever numbers people have', () => {
    const turned = [...broughtBy.keys()].toReversed()
    const renamed = turned.map((person) => {
      const by = broughtBy[person] as number
      return by < 0 ? by : turned.indexOf(by)
    })
    const days = turned.map((person) => firstDay[person] as number)
    expect(reproduction({ broughtBy: renamed, staff }, days, 300)).toEqual(
      reproduction({ broughtBy, staff }, firstDay, 300),
    )
  })

  test('employees are neither parents nor children', () => {
    const employees = Uint8Array.of(1, 0, 0, 0, 0, 1, 0, 0)
    expect(reproduction({ broughtBy, staff: employees }, firstDay, 300)).toMatchObject({ parents: 6, children: 1 })
  })

  test('when nobody has been there for 90 days there is no estimate, not a zero', () => {
    const none = { estimate: null, interval: null, parents: 0 }
    expect(reproduction({ broughtBy, staff }, firstDay, 30)).toMatchObject({ ...none, younger: 4 })
    expect(reproduction({ broughtBy: [], staff: [] }, [], 30)).toMatchObject({ ...none, younger: 0 })
    const never = new Float64Array(8).fill(Number.NaN)
    expect(reproduction({ broughtBy, staff }, never, 300)).toMatchObject({ ...none, younger: 0 })
    expect(() => reproduction({ broughtBy, staff }, [1], 30)).toThrow(RangeError)
  })

  test('one who brought forty makes the interval wider than forty who brought one each', () => {
    const parents = Array.from({ length: 100 }, () => came.self as number)
    const day = (person: number) => (person < 100 ? 0 : 5)
    const byOne = [...parents, ...Array.from({ length: 40 }, () => 0)]
    const byForty = [...parents, ...Array.from({ length: 40 }, (_, i) => i)]
    const of = (by: number[]) =>
      reproduction(
        { broughtBy: by, staff: new Uint8Array(140) },
        by.map((_, i) => day(i)),
        92,
      )
    expect(of(byOne)).toMatchObject({ parents: 100, children: 40 })
    expect(of(byOne).interval?.low).toBe(0)
    expect(of(byOne).interval?.high).toBeGreaterThan(0.9)
    expect(of(byForty).interval).toEqual(of(byForty).byCount)
  })

  test('the same seed draws the same, and the interval holds the estimate, whoever brought whom', () => {
    const chains = fc.array(fc.tuple(fc.integer({ min: -4, max: 11 }), fc.nat(300)), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(chains, fc.nat(400), (people, today) => {
        const arrivals = { broughtBy: people.map(([by]) => by), staff: new Uint8Array(12) }
        const days = people.map(([, day]) => day)
        const found = reproduction(arrivals, days, today, { draws: 50 })
        expect(reproduction(arrivals, days, today, { draws: 50 })).toEqual(found)
        if (found.parents === 0) return
        expect(found.interval?.low).toBeLessThanOrEqual(found.children / found.parents)
        expect(found.interval?.high).toBeGreaterThanOrEqual(found.children / found.parents)
      }),
    )
  })
})

test('a percentile between two values lies between them', () => {
  expect(percentile(Float64Array.of(1, 2, 4), 0.5)).toBe(2)
  expect(percentile(Float64Array.of(1, 2, 4), 0.75)).toBe(3)
  expect(percentile(Float64Array.of(7), 0.1)).toBe(7)
})
