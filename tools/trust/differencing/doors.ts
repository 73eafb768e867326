// The door lists of the villages' meetings, as they are shown and counted again, read by the one who subtracts.
import { type DoorCounts, type DoorShare, mayCountAgain, publishDoor } from '../../../src/shares/door.ts'
import { CROWD } from '../../../src/shares/published.ts'
import type { Dice } from '../../attack/dice.ts'
import { anything, type Fact, Solver } from './solver.ts'

// The four cells of the first version, then what joined each of them in the second.
const cells = ['notFirst', 'neighbour', 'other', 'unknown'] as const
const everybody = [0, 1, 2, 3]
const first = [1, 2, 3]

export interface DoorsSeen {
  cells: number
  found: string[]
}

/** `careless`, for the control: every list is counted again as it is, exactly. */
export function watchDoor(dice: Dice, careless = false): DoorsSeen {
  const some = () => (dice.happens(0.5) ? dice.below(6) : dice.below(40))
  const counts: DoorCounts = { notFirst: some(), neighbour: some(), other: some(), unknown: some() }
  const more = () => (dice.happens(0.6) ? dice.below(3) : dice.below(14))
  const joined: DoorCounts = { notFirst: more(), neighbour: more(), other: more(), unknown: more() }
  const after = Object.fromEntries(cells.map((cell) => [cell, counts[cell] + joined[cell]])) as unknown as DoorCounts
  const again = careless || mayCountAgain(publishDoor(counts, null), after)
  const facts = careless
    ? [...exactly(counts, 1), ...exactly(after, 2)]
    : [...told(counts, 1), ...(again ? told(after, 2) : [])]
  const solver = new Solver(8, facts)
  const truths = [...cells.map((cell) => counts[cell]), ...cells.map((cell) => joined[cell])]
  const found: string[] = []
  for (const [at, truth] of truths.entries()) {
    const { low, high } = solver.bounds({ plus: [at] })
    if (low >= 1 && high <= 4)
      found.push(`${low === high ? low : `${low} to ${high}`} ${cells[at % 4]}, truly ${truth}`)
  }
  for (const [whole, parts] of [
    [everybody, everybody],
    [first, first],
  ] as const)
    for (const version of [0, 4]) {
      const sum = { plus: whole.map((one) => one + version) }
      const size = solver.bounds(sum)
      if (size.high >= CROWD || size.low === 0) continue
      for (const one of parts) {
        const others = sum.plus.filter((cell) => cell !== one + version)
        if (!solver.may({ plus: others }, 1, anything)) found.push(`all of ${size.high} are ${cells[one]}`)
      }
    }
  return { cells: truths.length, found }
}

const versions = (plus: readonly number[], version: 1 | 2): readonly number[] =>
  version === 1 ? plus : [...plus, ...plus.map((one) => one + 4)]

function exactly(counts: DoorCounts, version: 1 | 2): Fact[] {
  return cells.map((cell, at) => ({ plus: versions([at], version), low: counts[cell], high: counts[cell] }))
}

function told(counts: DoorCounts, version: 1 | 2): Fact[] {
  const shown = publishDoor(counts, null)
  return [...facts(shown.firstTimers, first, everybody, version), ...facts(shown.byNeighbour, [1], first, version, [3])]
}

/** `yes` of `of`; who is `unknown` is in neither. */
function facts(
  share: DoorShare,
  yes: readonly number[],
  of: readonly number[],
  version: 1 | 2,
  unknown: readonly number[] = [],
): Fact[] {
  const fact = (plus: readonly number[], low: number, high: number): Fact => ({
    plus: versions(plus, version),
    low,
    high,
  })
  const no = of.filter((one) => !yes.includes(one))
  switch (share.kind) {
    case 'few':
      return [fact(of, share.of, share.of), fact(yes, 0, 4)]
    case 'most':
      return [fact(of, share.of, share.of), fact(no, 0, 4)]
    case 'at-least':
      return [fact(of, share.of, share.of), fact(yes, share.yes, share.yes)]
    case 'share': {
      const known = of.filter((one) => !unknown.includes(one))
      const all = fact(known, share.answered, share.answered)
      const there = unknown.length > 0 && share.attended !== null ? [fact(of, share.attended, share.attended)] : []
      return [all, fact(yes, share.yes, share.yes), ...there]
    }
    default:
      return []
  }
}
