// The outline of a place at the end of a quarter: groups of ten neighbours or more, in fives, and which of them know each other. Nobody is a mark
// in it, so that it may be kept when the ties are gone, and shown to those who are paid to become unnecessary. Pure.
import { awayOf, without } from '../network/away.ts'
import { componentsOf } from '../network/components.ts'
import { leiden } from '../network/leiden.ts'
import { type Network, networkFrom } from '../network/network.ts'
import type { Phase, Reason } from '../network/phase.ts'
import { rounded } from '../shares/breakdown.ts'
import type { Completeness } from '../ties/tie.ts'
import type { Reckoned } from './reckoning.ts'

/** A group of fewer is not told as one, and fewer than so many in all are no outline. */
export const leastInGroup = 10
/** Behind a line stand at least so many different neighbours. */
export const leastBehind = 5
/** Of a large group so large a share: where everybody has somebody everywhere, a few are no line. */
const shareBehind = 0.05
const behindOf = (size: number): number => Math.max(leastBehind, shareBehind * size)
/** Of an employee's own ties at most this share may go to one group: else the line would say of each of theirs where they are. */
const mostInOne = 0.75
/** More groups than this are no outline any more: then they are larger. */
const mostGroups = 24

/** All counts of people and ties in fives, all shares in percent and in fives. */
export interface Outline {
  /** How many neighbours hang together with the municipality's people, and without; null: fewer than ten. */
  together: { before: number; after: number | null }
  ties: number
  recorded: { confirmed: number; active: number }
  phase: Phase
  because: Reason
  topPercent: number
  topIsStaff: boolean
  /** The employees' share of the ways between people. */
  brokerage: number | null
  /** How many each group has that hangs together without the municipality, the largest first. */
  groups: number[]
  /** Those outside of the groups, in small circles or alone; null: fewer than ten, or nobody. */
  loose: number | null
  employees: number
  /** Between two groups, by their places. */
  lines: [number, number][]
  /** Between an employee and a group; the place after the last group is of those who are loose. */
  staffLines: [employee: number, group: number][]
}

export interface ToOutline {
  people: number
  ends: Int32Array
  hidden: Uint8Array
  /** In an order of chance: their numbers are nobody's from one quarter to the next. */
  staff: readonly number[]
  /** Of chance as well: whoever knows all ties but one cannot reckon what the groups would be. */
  seed: number
  reckoned: Pick<Reckoned, 'together' | 'ties' | 'phase' | 'brokerage'>
  recorded: Completeness
}

/** Null where too few hang together. A tie that one of the two has hidden counts in the figures, and is not in the groups. */
export function outlineOf({ people, ends, hidden, staff, seed, reckoned, recorded }: ToOutline): Outline | null {
  const { together, phase } = reckoned
  if (together.before < leastInGroup || phase.phase === null) return null
  const shown = ends.filter((_, at) => !hidden[at >> 1])
  const network = networkFrom(people, shown, undefined, { repeated: 'sum', loops: 'drop' })
  const isStaff = awayOf(people, staff)
  const { groupOf, sizes } = groupsIn(without(network, isStaff), seed)
  const loose = looseIn(network, isStaff, groupOf)
  // Where they are too few, they are drawn nowhere; their ties are not either.
  const places = loose.length >= leastInGroup ? sizes.length + 1 : sizes.length
  if (places > sizes.length) for (const person of loose) groupOf[person] = sizes.length
  const percent = (share: number) => rounded(Math.round(100 * share))
  return {
    together: {
      before: rounded(together.before),
      after: together.after < leastInGroup ? null : rounded(together.after),
    },
    ties: rounded(reckoned.ties),
    recorded: { confirmed: rounded(recorded.confirmed), active: rounded(recorded.active) },
    phase: phase.phase,
    because: phase.because,
    topPercent: percent(phase.topShare),
    topIsStaff: phase.topIsStaff,
    brokerage: reckoned.brokerage === null ? null : percent(reckoned.brokerage),
    groups: sizes.map(rounded),
    loose: places > sizes.length ? rounded(loose.length) : null,
    employees: staff.length,
    lines: linesBetween(network, isStaff, groupOf, sizes),
    staffLines: linesOfStaff(network, isStaff, staff, groupOf, [
      ...sizes,
      ...(places > sizes.length ? [loose.length] : []),
    ]),
  }
}

/** The communities of those who stay, the smallest joined with whom it knows best until each has enough. -1: in none. */
function groupsIn(network: Network, seed: number): { groupOf: Int32Array; sizes: number[] } {
  const parts = componentsOf(network)
  const communities = leiden(network, { seed })
  const inPart = (person: number) => (parts.sizes[parts.of[person] as number] as number) >= leastInGroup
  const members = new Map<number, number[]>()
  communities.of.forEach((community, person) => {
    if (!inPart(person)) return
    const those = members.get(community)
    if (those) those.push(person)
    else members.set(community, [person])
  })
  const all = [...members.values()].reduce((sum, { length }) => sum + length, 0)
  const least = Math.max(leastInGroup, Math.ceil(all / mostGroups / 2))
  const groupOf = new Int32Array(network.people).fill(-1)
  for (const [group, those] of members) for (const person of those) groupOf[person] = group
  const known = new Map([...members.keys()].map((group) => [group, new Map<number, number>()]))
  for (let u = 0; u < network.people; u++)
    for (let half = network.start[u] as number; half < (network.start[u + 1] as number); half++) {
      const [one, other] = [groupOf[u] as number, groupOf[network.neighbour[half] as number] as number]
      const near = known.get(one)
      if (near && one !== other) near.set(other, (near.get(other) ?? 0) + 1)
    }
  const size = (group: number) => members.get(group)?.length ?? 0
  for (;;) {
    // A part holds enough in all: whoever has too few knows somebody.
    const small = [...members.keys()].filter((group) => size(group) < least && (known.get(group)?.size ?? 0) > 0)
    const [smallest] = small.sort((a, b) => size(a) - size(b) || a - b)
    if (smallest === undefined) break
    const near = known.get(smallest) as Map<number, number>
    const [[into]] = [...near].sort((a, b) => b[1] - a[1] || size(a[0]) - size(b[0]) || a[0] - b[0]) as [
      [number, number],
    ]
    members.set(into, [...(members.get(into) ?? []), ...(members.get(smallest) ?? [])])
    const nearInto = known.get(into) as Map<number, number>
    for (const [other, ties] of near) {
      const back = known.get(other) as Map<number, number>
      back.delete(smallest)
      if (other === into) continue
      nearInto.set(other, (nearInto.get(other) ?? 0) + ties)
      back.set(into, (back.get(into) ?? 0) + ties)
    }
    members.delete(smallest)
    known.delete(smallest)
  }
  const groups = [...members.values()].sort((a, b) => b.length - a.length)
  groups.forEach((those, place) => {
    for (const person of those) groupOf[person] = place
  })
  return { groupOf, sizes: groups.map(({ length }) => length) }
}

/** Neighbours in no group who have a tie that is drawn. */
function looseIn({ people, start }: Network, isStaff: Uint8Array, groupOf: Int32Array): number[] {
  const loose: number[] = []
  for (let person = 0; person < people; person++)
    if (!isStaff[person] && groupOf[person] === -1 && start[person] !== start[person + 1]) loose.push(person)
  return loose
}

function linesBetween(
  network: Network,
  isStaff: Uint8Array,
  groupOf: Int32Array,
  sizes: readonly number[],
): [number, number][] {
  const groups = sizes.length
  const behind = new Map<number, Set<number>>()
  eachTie(network, (u, v) => {
    const [one, other] = [groupOf[u] as number, groupOf[v] as number]
    if (isStaff[u] || isStaff[v] || one === other || one < 0 || other < 0) return
    const key = Math.min(one, other) * groups + Math.max(one, other)
    behind.set(key, (behind.get(key) ?? new Set()).add(u).add(v))
  })
  return [...behind]
    .map(([key, people]) => ({ people: people.size, one: Math.floor(key / groups), other: key % groups }))
    .filter(({ people, one, other }) => people >= behindOf(Math.min(sizes[one] as number, sizes[other] as number)))
    .map(({ one, other }): [number, number] => [one, other])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

function linesOfStaff(
  network: Network,
  isStaff: Uint8Array,
  staff: readonly number[],
  groupOf: Int32Array,
  sizes: readonly number[],
): [number, number][] {
  const places = sizes.length
  return staff.flatMap((person, employee) => {
    const near = [...network.neighbour.subarray(network.start[person], network.start[person + 1])].filter(
      (one) => !isStaff[one],
    )
    const counts = new Int32Array(places)
    for (const one of near) {
      const group = groupOf[one] as number
      if (group >= 0) counts[group] = (counts[group] as number) + 1
    }
    return [...counts].flatMap((count, group): [number, number][] =>
      count >= behindOf(sizes[group] as number) && (places === 1 || count <= mostInOne * near.length)
        ? [[employee, group]]
        : [],
    )
  })
}

function eachTie({ people, start, neighbour }: Network, tell: (u: number, v: number) => void): void {
  for (let u = 0; u < people; u++)
    for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
      const v = neighbour[half] as number
      if (u < v) tell(u, v)
    }
}

/** An outline as it was kept: null for what this program has not written. A place may have brought it along from elsewhere. */
export function readOutline(kept: unknown): Outline | null {
  const one = kept as Outline
  const count = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
  try {
    const places = one.groups.length + (one.loose === null ? 0 : 1)
    const within = (pairs: readonly (readonly number[])[], first: number, second: number) =>
      pairs.every(([a, b]) => count(a) && count(b) && a < first && b < second)
    const counts = [one.ties, one.together.before, one.together.after ?? 0, one.recorded.confirmed, one.recorded.active]
    const fits =
      [...counts, one.topPercent, one.brokerage ?? 0, one.loose ?? 0, one.employees, ...one.groups].every(count) &&
      one.groups.length <= 4 * mostGroups &&
      within(one.lines, one.groups.length, one.groups.length) &&
      within(one.staffLines, one.employees, places) &&
      Object.hasOwn(phases, one.phase) &&
      Object.hasOwn(reasons, one.because)
    return fits ? one : null
  } catch {
    return null
  }
}

const phases: Record<Phase, true> = { scattered: true, hub: true, multi_hub: true, core_periphery: true }
const reasons: Record<Reason, true> = {
  'nobody is there': true,
  'fewer than half hang together': true,
  'nobody stands between others': true,
  'one stands between most': true,
  'a few stand between many': true,
  'fewer than half are in the core': true,
  'many carry it': true,
}
