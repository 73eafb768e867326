import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DoorCounts, type DoorShare, mayCountAgain, nothingShown, publishDoor, withAttendance } from './door.ts'

const door = (notFirst: number, neighbour: number, other: number, unknown: number): DoorCounts => ({
  notFirst,
  neighbour,
  other,
  unknown,
})

describe('the door list as it is shown', () => {
  test('18 of 42 came for the first time, and neighbours brought 11 of the 18', () => {
    const { firstTimers, byNeighbour } = publishDoor(door(24, 11, 7, 0), 50)
    expect(firstTimers).toMatchObject({ kind: 'share', yes: 18, answered: 42, attended: 50, percent: 43 })
    expect(byNeighbour).toMatchObject({
      kind: 'share',
      yes: 11,
      answered: 18,
      percent: 61,
      bounds: { low: 61, high: 61 },
    })
  })

  test('unknown bringers widen the bounds: 11 of 18, and of 6 more nobody has said', () => {
    const { byNeighbour } = publishDoor(door(24, 11, 7, 6), 60)
    expect(byNeighbour).toMatchObject({ yes: 11, answered: 18, attended: 24, bounds: { low: 46, high: 71 } })
  })

  test('two whose bringer is unknown are not told apart from those who came otherwise', () => {
    expect(publishDoor(door(24, 11, 7, 2), 50).byNeighbour).toEqual({ kind: 'at-least', yes: 11, of: 20 })
  })

  test('four first-timers are fewer than five, and who brought them is not told', () => {
    expect(publishDoor(door(30, 4, 0, 0), 40)).toEqual({
      firstTimers: { kind: 'few', of: 34 },
      byNeighbour: { kind: 'too-few' },
    })
  })

  test('where nearly all came for the first time, how many brought them would tell the rest', () => {
    expect(publishDoor(door(2, 20, 9, 0), 40)).toEqual({
      firstTimers: { kind: 'most', of: 31 },
      byNeighbour: { kind: 'too-few' },
    })
  })

  test('a list of nine tells nothing', () => {
    expect(publishDoor(door(4, 3, 1, 1), 40)).toEqual(nothingShown)
  })

  test('another attendance changes the bounds and nothing else', () => {
    const before = publishDoor(door(24, 11, 7, 0), 50)
    const after = withAttendance(before, 84)
    expect(after.firstTimers).toMatchObject({ yes: 18, answered: 42, attended: 84, bounds: { low: 21, high: 71 } })
    expect(after.byNeighbour).toEqual(before.byNeighbour)
    expect(withAttendance(nothingShown, 84)).toEqual(nothingShown)
  })

  test('no list has half a person', () => {
    expect(() => publishDoor(door(1.5, 0, 0, 0), null)).toThrow(RangeError)
  })
})

describe('counting the door again', () => {
  const again = (before: DoorCounts, now: DoorCounts) => mayCountAgain(publishDoor(before, null), now)

  test('a list that was typed after the closing joins a result that had none', () => {
    expect(mayCountAgain(nothingShown, door(20, 9, 6, 0))).toBe(true)
  })

  test('one more row does not join', () => {
    expect(again(door(20, 9, 6, 0), door(21, 9, 6, 0))).toBe(false)
    expect(again(door(20, 9, 6, 0), door(20, 10, 6, 0))).toBe(false)
  })

  test('five more of one kind do not join: each of them would be known', () => {
    expect(again(door(20, 9, 6, 0), door(25, 9, 6, 0))).toBe(false)
    expect(again(door(20, 9, 6, 0), door(20, 14, 6, 0))).toBe(false)
  })

  test('five who had been before and ten who had not, five of these with a neighbour, join', () => {
    expect(again(door(20, 9, 6, 0), door(25, 14, 11, 0))).toBe(true)
  })

  test('a row that was struck or turned into another does not join', () => {
    expect(again(door(20, 9, 6, 0), door(19, 9, 6, 0))).toBe(false)
    expect(again(door(20, 9, 6, 0), door(19, 10, 6, 0))).toBe(false)
  })

  test('exact numbers do not follow on "at least": 5 of 19, then 10 of 19 with ten unknown, would tell of four', () => {
    expect(again(door(5, 5, 4, 10), door(10, 10, 9, 10))).toBe(false)
  })

  test('the list as it was may be counted again', () => {
    expect(again(door(20, 9, 6, 5), door(20, 9, 6, 5))).toBe(true)
  })
})

const cells = fc.tuple(fc.nat(14), fc.nat(14), fc.nat(14), fc.nat(14))
/** Who came later: often so many of each that they may join. */
const added = fc.oneof(
  cells,
  fc.tuple(
    ...([0, 1, 2, 3].map(() => fc.constantFrom(0, 0, 5, 6, 9)) as [
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
      fc.Arbitrary<number>,
    ]),
  ),
)
const asCounts = ([a, b, c, d]: readonly number[]) => door(a ?? 0, b ?? 0, c ?? 0, d ?? 0)

/** What the reader is certain of among worlds that look alike: a number from one to four, or a group under twenty in which all are alike. */
function breach(
  name: string,
  alike: readonly (readonly number[])[],
  group: (world: readonly number[]) => number[],
): string[] {
  const parts = alike.map(group)
  const certain = (of: (numbers: number[]) => number): number | null => {
    const first = of(parts[0] ?? [])
    return parts.every((numbers) => of(numbers) === first) ? first : null
  }
  const total = certain((numbers) => numbers.reduce((sum, n) => sum + n, 0))
  return (parts[0] ?? []).flatMap((_, at) => {
    const people = certain((numbers) => numbers[at] ?? 0)
    if (people === null) return []
    if (people >= 1 && people <= 4) return [`${name}: cell ${at} is ${people}`]
    return total !== null && total > 0 && total < 20 && people === total ? [`${name}: all ${total} are ${at}`] : []
  })
}

describe('one who knows the rules', () => {
  const shownAs = (counts: DoorCounts) => JSON.stringify(publishDoor(counts, null))

  test('reads no number from one to four and no unanimous group under twenty in one version', () => {
    const sights = new Map<string, number[][]>()
    // Every list of so many people: a sight tells how many they are, so all that look alike are among them.
    const most = 24
    const to = (n: number) => Array.from({ length: n + 1 }, (_, at) => at)
    for (const a of to(most))
      for (const b of to(most - a))
        for (const c of to(most - a - b))
          for (const d of to(most - a - b - c)) {
            const sight = shownAs(door(a, b, c, d))
            const alike = sights.get(sight) ?? []
            alike.push([a, b, c, d])
            sights.set(sight, alike)
          }
    const found = [...sights].flatMap(([sight, alike]) =>
      [
        ...breach('first time', alike, ([a = 0, b = 0, c = 0, d = 0]) => [a, b + c + d]),
        ...breach('brought', alike, ([, b = 0, c = 0, d = 0]) => [b, c, d]),
        ...breach('known', alike, ([, b = 0, c = 0]) => [b, c]),
      ].map((one) => `${one} in ${sight}`),
    )
    expect(sights.size).toBeGreaterThan(50)
    expect(found).toEqual([])
  })

  test('reads none of it from two versions, nor of those who came between them', () => {
    const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)
    /** Every list of as many people that looks like this one. */
    const alikeTo = (counts: DoorCounts): number[][] => {
      const sight = shownAs(counts)
      const total = sumOf(Object.values(counts))
      const found: number[][] = []
      for (let a = 0; a <= total; a++) {
        // How many were not first-timers decides most: where it does not fit, nothing else does.
        const { firstTimers } = publishDoor(door(a, total - a, 0, 0), null)
        if (JSON.stringify(firstTimers) !== JSON.stringify(publishDoor(counts, null).firstTimers)) continue
        for (let b = 0; a + b <= total; b++)
          for (let c = 0; a + b + c <= total; c++)
            if (shownAs(door(a, b, c, total - a - b - c)) === sight) found.push([a, b, c, total - a - b - c])
      }
      return found
    }
    type Group = readonly [name: string, parts: (one: readonly number[], two: readonly number[]) => number[]]
    const late = (one: readonly number[], two: readonly number[]) => two.map((n, at) => n - (one[at] ?? 0))
    const groups: Group[] = [
      [
        'late, first time',
        (one, two) => {
          const [a = 0, b = 0, c = 0, d = 0] = late(one, two)
          return [a, b + c + d]
        },
      ],
      ['late, brought', (one, two) => late(one, two).slice(1)],
      ['before', (one) => one.slice(1)],
      ['after', (_, two) => two.slice(1)],
    ]
    /** What would be read if nothing else could have happened. */
    const suspects = (one: readonly number[], two: readonly number[]) =>
      groups.flatMap(([name, parts]) => {
        const numbers = parts(one, two)
        const total = sumOf(numbers)
        return numbers.flatMap((people, at) => {
          const few = people >= 1 && people <= 4
          const unanimous = people > 0 && people === total && total < 20
          return few || unanimous ? [{ name, parts, at, people, total: few ? null : total }] : []
        })
      })

    let [joined, searched] = [0, 0]
    fc.assert(
      fc.property(cells, added, (start, more) => {
        const now = start.map((n, at) => n + (more[at] ?? 0))
        const shown = publishDoor(asCounts(start), null)
        // Where nothing was shown there is nothing to subtract: the version alone, as above.
        if (shown.firstTimers.kind === 'too-few' || !mayCountAgain(shown, asCounts(now))) return
        joined++
        let left = suspects(start, now)
        if (left.length === 0) return
        searched++
        // Every way in which two lists may have gone that look like these two; lists only grow, and the reader knows it.
        const seconds = alikeTo(asCounts(now)).filter((two) => mayCountAgain(shown, asCounts(two)))
        for (const one of alikeTo(asCounts(start)))
          for (const two of seconds) {
            if (left.length === 0) return
            if (two.some((n, at) => n < (one[at] ?? 0))) continue
            left = left.filter(({ parts, at, people, total }) => {
              const numbers = parts(one, two)
              return numbers[at] === people && (total === null || sumOf(numbers) === total)
            })
          }
        expect(left.map(({ name, at, people }) => `${name}: cell ${at} is ${people}`)).toEqual([])
      }),
      { numRuns: 800 },
    )
    expect(joined).toBeGreaterThan(20)
    expect(searched).toBeGreaterThan(5)
  }, 120_000)

  test('sees the same of the community as of the municipality: every number shown is ten people or more, five on each side', () => {
    fc.assert(
      fc.property(cells, fc.option(fc.nat(80)), (counts, attended) => {
        const { firstTimers, byNeighbour } = publishDoor(asCounts(counts), attended)
        for (const share of [firstTimers, byNeighbour] satisfies DoorShare[]) {
          if (share.kind === 'share') {
            expect(share.yes).toBeGreaterThanOrEqual(5)
            expect(share.answered - share.yes).toBeGreaterThanOrEqual(5)
          } else if (share.kind !== 'too-few') expect(share.of).toBeGreaterThanOrEqual(10)
        }
      }),
    )
  })
})
