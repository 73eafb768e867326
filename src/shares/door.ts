// The door list as it may be shown: how many came for the first time, how many of them a neighbour brought, and when it may be counted anew.
import { checkCount } from './group.ts'
import { publish, type Share } from './published.ts'

/** People on the door list who have said whether it was their first time. Who has not said is in none of them. */
export interface DoorCounts {
  readonly notFirst: number
  /** First-timers, by who brought them. */
  readonly neighbour: number
  /** An association, the municipality, or nobody. */
  readonly other: number
  /** First-timers of whom nobody has said who brought them. */
  readonly unknown: number
}

/** A breakdown of people in a room: each cell is none or five or more, or it stays unknown (method 4.4). */
export type DoorShare =
  | { readonly kind: 'too-few' }
  /** Fewer than five, nobody among them, of so many. */
  | { readonly kind: 'few'; readonly of: number }
  /** All, or all but fewer than five, of so many. */
  | { readonly kind: 'most'; readonly of: number }
  /** Known of so many; of the others not all have said, and how many is not told. */
  | { readonly kind: 'at-least'; readonly yes: number; readonly of: number }
  | Share

export interface DoorShown {
  /** Of those who have said it; bounds over all who were there. */
  readonly firstTimers: DoorShare
  /** Of the first-timers of whom it is known; bounds over all first-timers. */
  readonly byNeighbour: DoorShare
}

/** No number of people from one to this, less one, is told. */
const cell = 5
/** Two cells that are both told. */
const smallest = 2 * cell

const tooFew = { kind: 'too-few' } as const
/** Before a door list was counted. */
export const nothingShown: DoorShown = { firstTimers: tooFew, byNeighbour: tooFew }
const told = (people: number): boolean => people === 0 || people >= cell

/**
 * What may be shown of a door list; the same to the community and to the municipality, so that neither view says more than the other.
 * Throws RangeError on numbers that no list can give.
 *
 * Source: method 4.4 (breakdowns: every cell five or more, and a second one hidden with the first) and 4.6 (share brought by neighbours).
 */
export function publishDoor(counts: DoorCounts, attended: number | null): DoorShown {
  for (const people of Object.values(counts)) checkCount(people)
  const { notFirst, neighbour, other, unknown } = counts
  const first = neighbour + other + unknown
  const firstTimers = shareOf(first, notFirst, attended)
  // Where the number of first-timers is not told, nothing may tell it.
  return { firstTimers, byNeighbour: firstTimers.kind === 'share' ? broughtBy(neighbour, other, unknown) : tooFew }
}

/** The same people, of another number of those who were there. */
export function withAttendance({ firstTimers, byNeighbour }: DoorShown, attended: number | null): DoorShown {
  if (firstTimers.kind !== 'share') return { firstTimers, byNeighbour }
  const { yes, answered } = firstTimers
  return { firstTimers: shareOf(yes, answered - yes, attended), byNeighbour }
}

function shareOf(yes: number, no: number, attended: number | null): DoorShare {
  const of = yes + no
  if (of < smallest) return tooFew
  if (yes < cell) return { kind: 'few', of }
  if (no < cell) return { kind: 'most', of }
  return publish({ yes, answered: of, attended, audience: 'municipality' }) as Share
}

function broughtBy(neighbour: number, other: number, unknown: number): DoorShare {
  const of = neighbour + other + unknown
  if (of < smallest) return tooFew
  if (neighbour < cell) return { kind: 'few', of }
  if (other + unknown < cell) return { kind: 'most', of }
  if (other >= cell && told(unknown)) return shareOf(neighbour, other, of)
  return { kind: 'at-least', yes: neighbour, of }
}

/**
 * May the door list as it is now take the place of the version that is shown? Asked when a host presses "Gør op igen", and all of it
 * joins or nothing does. Throws RangeError on numbers that no list can give.
 *
 * Guaranteed, to one who sees both versions, knows these rules, and knows that lists only grow: in each of the two shares that was shown,
 * the difference is nobody, or five or more on each side. So no number from one to four, and no group under twenty in which all are alike,
 * can be read from two versions that cannot be read from one. Where a version said only "fewer than five", each number it may stand for
 * must allow it: what decides is what is shown anyway (simulatable, as in `release`). What was not shown cannot be subtracted.
 */
export function mayCountAgain(shown: DoorShown, now: DoorCounts): boolean {
  const next = publishDoor(now, null)
  const first = now.neighbour + now.other + now.unknown
  const { firstTimers, byNeighbour } = shown
  if (!grows(firstTimers, next.firstTimers, { yes: first, of: first + now.notFirst }, answeredOf)) return false
  if (!grows(byNeighbour, next.byNeighbour, { yes: now.neighbour, of: first }, thereOf)) return false
  // Exact numbers now would tell what "at least" kept to itself then: that fewer than five came otherwise, or are unknown.
  if (byNeighbour.kind === 'at-least' && next.byNeighbour.kind === 'share') return false
  if (byNeighbour.kind !== 'share' || next.byNeighbour.kind !== 'share') return true
  const [before, after] = [byNeighbour, next.byNeighbour]
  const otherOf = ({ answered, yes }: Share) => answered - yes
  const unknownOf = (share: Share) => thereOf(share) - share.answered
  return told(otherOf(after) - otherOf(before)) && told(unknownOf(after) - unknownOf(before))
}

type Base = (share: Share) => number
const answeredOf: Base = ({ answered }) => answered
/** Of first-timers, also those of whom it is not known who brought them. */
const thereOf: Base = ({ attended, answered }) => attended ?? answered

function grows(before: DoorShare, after: DoorShare, now: { yes: number; of: number }, base: Base): boolean {
  if (before.kind === 'too-few') return true
  const more = now.of - (before.kind === 'share' ? base(before) : before.of)
  if (more === 0) return isSame(before, after)
  if (more < cell) return false
  // Still fewer than five, or still all but fewer than five: how many joined them is as unknown as they are.
  if (before.kind === after.kind && (before.kind === 'few' || before.kind === 'most')) return true
  return readings(before).every((yes) => now.yes - yes >= cell && more - (now.yes - yes) >= cell)
}

/** Every number that may stand behind what is shown. */
function readings(share: Exclude<DoorShare, { kind: 'too-few' }>): number[] {
  const from = (low: number) => Array.from({ length: cell }, (_, step) => low + step)
  switch (share.kind) {
    case 'few':
      return from(0)
    case 'most':
      return from(share.of - cell + 1)
    default:
      return [share.yes]
  }
}

/** Shown alike: the same people of the same people. */
function isSame(one: DoorShare, other: DoorShare): boolean {
  const bare = (share: DoorShare) => {
    if (share.kind !== 'share') return JSON.stringify(share)
    return `${share.yes} ${share.answered}`
  }
  return bare(one) === bare(other)
}
