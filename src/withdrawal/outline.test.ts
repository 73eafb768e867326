import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hangingOnOne, twoYearsLater, type Weave } from '../demo/demo-ties.ts'
import { leastBehind, leastInGroup, type Outline, outlineOf, readOutline } from './outline.ts'
import { drawOutline } from './outline-drawing.ts'
import { reckon } from './reckoning.ts'

const recorded = { active: 0, confirmed: 0 }
interface Net {
  people: number
  ends: number[]
  staff: number[]
  hidden?: number[]
}
const outline = ({ people, ends: list, staff, hidden }: Net, seed = 1): Outline | null => {
  const ends = Int32Array.from(list)
  const reckoned = reckon({ people, ends, staff, away: staff, me: null })
  return outlineOf({
    people,
    ends,
    hidden: Uint8Array.from(hidden ?? ends.filter((_, at) => at % 2)).fill(0),
    staff,
    seed,
    reckoned,
    recorded,
  })
}
const netOf = ({ residents, staff, among, withStaff }: Weave): Net => ({
  people: residents + staff,
  staff: Array.from({ length: staff }, (_, at) => residents + at),
  ends: [...among, ...withStaff.map(([worker, one]) => [residents + worker, one])].flat(),
})

/** A place of up to 60 neighbours in circles of their own, with one to three employees who know some of them. */
const places = fc
  .record({
    residents: fc.integer({ min: 2, max: 60 }),
    staff: fc.integer({ min: 0, max: 3 }),
    talks: fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 8 })), { maxLength: 110 }),
    withStaff: fc.array(fc.tuple(fc.nat(2), fc.nat(59)), { maxLength: 60 }),
  })
  .map(
    ({ residents, staff, talks, withStaff }): Net => ({
      people: residents + staff,
      staff: Array.from({ length: staff }, (_, at) => residents + at),
      ends: [
        ...talks.map(([one, far]) => [one % residents, (one + far) % residents]),
        ...(staff > 0 ? withStaff.map(([worker, one]) => [residents + (worker % staff), one % residents]) : []),
      ]
        .filter(([a, b]) => a !== b)
        .flat(),
    }),
  )

describe('the outline of a place', () => {
  test('of a place that hangs on one employee is one crowd outside of every group', () => {
    expect(outline(netOf(hangingOnOne()))).toMatchObject({
      together: { before: 40, after: null },
      phase: 'hub',
      topIsStaff: true,
      groups: [],
      loose: 40,
      employees: 1,
      lines: [],
      staffLines: [[0, 0]],
    })
  })
  test('of the same two years later is several groups that know each other, and those who hang on the employees', () => {
    const later = outline(netOf(twoYearsLater())) as Outline
    expect(later).toMatchObject({
      together: { before: 95, after: 80 },
      phase: 'multi_hub',
      topIsStaff: false,
      loose: 20,
    })
    expect(later.groups.length).toBeGreaterThanOrEqual(3)
    expect(later.lines.length).toBeGreaterThanOrEqual(2)
  })
  test('is none where fewer than ten hang together, nor of nobody or of employees alone', () => {
    const ring = (people: number) => Array.from({ length: people }, (_, at) => [at, (at + 1) % people]).flat()
    expect(outline({ people: 9, ends: ring(9), staff: [] })).toBeNull()
    expect(outline({ people: 10, ends: ring(10), staff: [] })?.groups).toEqual([10])
    expect(outline({ people: 0, ends: [], staff: [] })).toBeNull()
    expect(outline({ people: 3, ends: ring(3), staff: [0, 1, 2] })).toBeNull()
  })
  test('holds numbers in fives, groups of ten or more, and lines between what is there', () => {
    fc.assert(
      fc.property(places, fc.nat(), (net, seed) => {
        const found = outline(net, seed)
        if (!found) return
        const { groups, loose, lines, staffLines, employees, together } = found
        for (const count of [...groups, loose ?? 10, together.before, together.after ?? 10]) {
          expect(count).toBeGreaterThanOrEqual(leastInGroup)
          expect(count % 5).toBe(0)
        }
        for (const [a, b] of lines) expect(a < b && b < groups.length).toBe(true)
        for (const [one, group] of staffLines)
          expect(one < employees && group < groups.length + (loose === null ? 0 : 1)).toBe(true)
        expect(readOutline(JSON.parse(JSON.stringify(found)))).toEqual(found)
        // And it can be drawn: everything in the box.
        const drawn = drawOutline(found)
        for (const { x, y, r } of drawn.groups)
          expect(x - r >= 0 && y - r >= 0 && x + r <= drawn.width && y + r <= drawn.height).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
  test('has no line to an employee that fewer than five stand behind, nor one that says of most of theirs where they are', () => {
    fc.assert(
      fc.property(places, (net) => {
        const found = outline(net)
        if (!found) return
        for (const [one] of found.staffLines) {
          const person = net.staff[one] as number
          const near = new Set<number>()
          for (let at = 0; at < net.ends.length; at += 2) {
            const [a, b] = [net.ends[at] as number, net.ends[at + 1] as number]
            if (a === person && b < (net.staff[0] as number)) near.add(b)
            if (b === person && a < (net.staff[0] as number)) near.add(a)
          }
          expect(near.size).toBeGreaterThanOrEqual(leastBehind)
          // Somebody of theirs is elsewhere, wherever there is an elsewhere.
          const marks = found.groups.length + (found.loose === null ? 0 : 1)
          if (marks > 1) expect(near.size).toBeGreaterThan(leastBehind)
        }
      }),
      { numRuns: 60 },
    )
  })
  test('that nobody here has written is none', () => {
    const good = outline(netOf(twoYearsLater())) as Outline
    for (const bad of [
      null,
      1,
      {},
      { ...good, groups: ['10'] },
      { ...good, lines: [[0, 99]] },
      { ...good, phase: 'toString' },
    ])
      expect(readOutline(bad)).toBeNull()
  })
})
