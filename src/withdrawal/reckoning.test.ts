import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { picture } from './drawing.ts'
import { type Asked, reckon } from './reckoning.ts'

const asked = (people: number, pairs: number[][], staff: number[], more: Partial<Asked> = {}): Asked => ({
  people,
  ends: Int32Array.from(pairs.flat()),
  staff,
  away: staff,
  me: null,
  ...more,
})

describe('if we went tomorrow', () => {
  // 0 is the employee. 1-2-3 know each other, 4-5 know each other, 6 knows the employee alone.
  const pairs = [
    [0, 1],
    [0, 4],
    [0, 6],
    [1, 2],
    [2, 3],
    [1, 3],
    [4, 5],
  ]
  test('three of six still hang together, one would know nobody, and the talk across would join three and two', () => {
    const said = reckon(asked(7, pairs, [0]))
    expect(said).toMatchObject({ residents: 6, ties: 7, together: { before: 6, after: 3 }, retention: 0.5, orphans: 1 })
    expect(said.talk?.joins.toSorted()).toEqual([2, 3])
    expect(said.parts).toEqual([3, 2])
    expect(said.band?.low).toBeLessThanOrEqual(said.band?.high ?? 0)
  })
  test('with the employee there, nothing falls apart and nobody needs to be joined', () => {
    expect(reckon(asked(7, pairs, [0], { away: [] }))).toMatchObject({
      together: { before: 6, after: 6 },
      retention: 1,
      orphans: 0,
      talk: null,
    })
  })
  test('only the one who asks is told that they would be alone, or that others hang on them', () => {
    expect(reckon(asked(7, pairs, [0], { me: 6 }))).toMatchObject({ meOrphan: true, onMe: 0 })
    const line = [
      [1, 2],
      [2, 3],
      [0, 1],
    ]
    expect(reckon(asked(4, line, [0], { me: 2 }))).toMatchObject({ meOrphan: false, onMe: 2, cutPeople: 1 })
    expect(reckon(asked(4, line, [0], { me: 1 }))).toMatchObject({ onMe: 0, cutPeople: 1 })
  })
  test('no ties, one person, only employees: null and nought, never a NaN', () => {
    for (const one of [asked(0, [], []), asked(1, [], []), asked(1, [], [0]), asked(2, [[0, 1]], [0, 1])]) {
      const said = reckon(one)
      expect(said.retention).toBeNull()
      expect(JSON.stringify(said)).not.toContain('NaN')
      for (const figure of [said.residents, said.orphans, said.together.before, said.together.after])
        expect(figure).toBeGreaterThanOrEqual(0)
    }
  })
  test('retention lies between nought and one, and who stays never hangs together in a larger part than before', () => {
    const net = fc.integer({ min: 1, max: 24 }).chain((people) =>
      fc.record({
        people: fc.constant(people),
        pairs: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(people - 1)), { maxLength: 60 }),
        staff: fc.uniqueArray(fc.nat(people - 1), { maxLength: 5 }),
        some: fc.nat(5),
      }),
    )
    fc.assert(
      fc.property(net, ({ people, pairs, staff, some }) => {
        const away = staff.slice(0, some)
        const said = reckon(
          asked(
            people,
            pairs.map((pair) => [...pair]),
            staff,
            { away },
          ),
        )
        expect(said.together.after).toBeLessThanOrEqual(said.together.before)
        if (said.retention !== null) {
          expect(said.retention).toBeGreaterThanOrEqual(0)
          expect(said.retention).toBeLessThanOrEqual(1)
        }
        if (away.length === 0) expect(said.orphans).toBe(0)
        expect(said.orphans).toBeLessThanOrEqual(said.residents)
      }),
      { numRuns: 60 },
    )
  })
  test('an employee’s reach is with how many residents they have a tie', () => {
    const ends = Int32Array.from([0, 1, 0, 2, 0, 3])
    expect(picture({ people: 4, ends, hidden: new Uint8Array(3), staff: [0, 3], me: null }).reach).toEqual([2, 0])
  })
})
