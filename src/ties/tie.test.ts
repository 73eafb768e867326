import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countsOn, halfLife, monthsBefore, readTies, type TieKind, tieKinds, weightOf, weightOfOne } from './tie.ts'

const kinds = Object.keys(tieKinds) as TieKind[]
const dayAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
const anyDay = fc.integer({ min: 0, max: 4000 }).map((days) => dayAfter('2024-01-01', days))
const anySource = fc.record({ kind: fc.constantFrom(...kinds), on: anyDay })

describe('what a tie weighs', () => {
  test('a talk held today weighs one; 180 days later half of it, to the last digit', () => {
    expect(weightOfOne({ kind: 'talk', on: '2027-03-14' }, '2027-03-14')).toBe(1)
    expect(weightOfOne({ kind: 'talk', on: '2027-03-14' }, dayAfter('2027-03-14', halfLife))).toBe(0.5)
    expect(weightOfOne({ kind: 'team', on: '2027-03-14' }, dayAfter('2027-03-14', halfLife))).toBe(0.25)
  })

  test('at every age, 180 days more make half, as long as it counts', () => {
    fc.assert(
      fc.property(anySource, fc.integer({ min: 0, max: 180 }), (source, age) => {
        const [now, later] = [dayAfter(source.on, age), dayAfter(source.on, age + halfLife)]
        expect(weightOfOne(source, later)).toBeCloseTo(weightOfOne(source, now) / 2, 12)
      }),
    )
  })

  test('it falls with every day, is never negative, and nothing when it has not happened or is a year old', () => {
    fc.assert(
      fc.property(anySource, fc.integer({ min: -500, max: 800 }), (source, age) => {
        const [now, next] = [dayAfter(source.on, age), dayAfter(source.on, age + 1)]
        const weight = weightOfOne(source, now)
        expect(weight).toBeGreaterThanOrEqual(0)
        expect(weight > 0).toBe(countsOn(source, now))
        if (age < 0 || age >= 366) expect(weight).toBe(0)
        if (weight > 0) expect(weightOfOne(source, next)).toBeLessThan(weight)
      }),
    )
  })

  test('a tie weighs the sum of what made it: one thing more never makes it lighter, and the order does not matter', () => {
    fc.assert(
      fc.property(fc.array(anySource, { maxLength: 12 }), anySource, anyDay, (sources, more, on) => {
        const weight = weightOf(sources, on)
        expect(weightOf([...sources, more], on)).toBeGreaterThanOrEqual(weight)
        expect(weightOf([...sources].reverse(), on)).toBeCloseTo(weight, 10)
      }),
    )
  })

  test('twelve months back lands on the same day, or on the last of the month', () => {
    expect(monthsBefore('2027-03-14', 12)).toBe('2026-03-14')
    expect(monthsBefore('2028-02-29', 12)).toBe('2027-02-28')
    expect(monthsBefore('2027-08-31', 6)).toBe('2027-02-28')
    expect(monthsBefore('2027-01-10', 1)).toBe('2026-12-10')
  })
})

describe('ties as the database sends them', () => {
  const sent = Buffer.alloc(26)
  sent.writeInt32BE(3, 0)
  sent.writeInt32BE(7, 4)
  sent.writeFloatBE(1.5, 8)
  sent.writeInt32BE(0, 13)
  sent.writeInt32BE(7, 17)
  sent.writeFloatBE(0.25, 21)
  sent.writeUInt8(1, 25)
  const all = { people: 9, ties: sent, staff: [{ at: 7, name: 'Amira' }], me: 3 }

  test('only those with a tie have a number, the employees and oneself among them', () => {
    const { people, ends, weights, hidden, staff, me } = readTies(all)
    expect([people, [...ends], [...weights], [...hidden]]).toEqual([3, [1, 2, 0, 2], [1.5, 0.25], [0, 1]])
    expect([staff, me]).toEqual([[{ at: 2, name: 'Amira' }], 1])
  })

  test('an employee without a tie is not among them, nor oneself', () => {
    const { staff, me } = readTies({ ...all, staff: [{ at: 8, name: 'Lone' }], me: 1 })
    expect([staff, me]).toEqual([[], null])
    expect(readTies({ ...all, people: 0, ties: Buffer.alloc(0), me: null })).toMatchObject({
      people: 0,
      me: null,
      staff: [],
    })
  })

  test('half a tie is an error', () => {
    expect(() => readTies({ ...all, ties: sent.subarray(0, 20) })).toThrow('half a tie')
  })
})
