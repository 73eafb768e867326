// Which meetings would join most people again when some are gone: each proposed after those before it were thought of as held.
import { type Away, checkAway, partsWithout } from './away.ts'
import { type Network, NotANetwork } from './network.ts'

export interface JoiningTie {
  a: number
  b: number
  /** How many hang together on the side of `a`, and of `b`, when this meeting's turn comes. */
  joins: [number, number]
  /** How many pairs of people could reach each other who could not: the product of the two. Fragmentation falls by 2 pairs / n (n - 1). */
  pairs: number
}

export interface Wishes {
  /** How many ties to propose at most. */
  howMany?: number
  /**
   * Only these, as [a, b, a, b, ...]; without it everybody with everybody, found without trying all. What stands first in the list goes
   * first among equals, so put first whom you would rather ask.
   */
  candidates?: ArrayLike<number>
  /** Whether these two may be proposed to each other; asked as late as can be. */
  mayMeet?: (a: number, b: number) => boolean
  /** In how many of the proposed ties one person may stand. With 2 any number of people can still be joined to one chain. */
  perPerson?: number
  /** How often to ask mayMeet in all, where there is no list. */
  tries?: number
}

export interface Joining {
  ties: JoiningTie[]
  /** False when `tries` ran out: better ties, or more of them, may exist. */
  complete: boolean
}

/**
 * The ties that would join most, greedily: each is the one that lets most pairs of people reach each other again, given those
 * before it (so that a list of twenty is not the same two parts twenty times). Among equals: people who stand in fewer proposals, then
 * the order of the list, or those with more ties left. Ties inside a part join nobody and are never proposed.
 * With a list: O(people + ties + howMany × candidates). Without: O(people + ties + howMany × (people + tries)).
 * The first is the best single tie; whether twenty together could do better than greedily is not searched.
 * Refuses (NotANetwork) a mask of another length and a candidate who is nobody, with the number of the pair. Pairs with somebody away are
 * left out. Nobody there, or one part only: no ties.
 */
export function tiesThatJoin(network: Network, away: Away, wishes: Wishes = {}): Joining {
  checkAway(network, away)
  const parts = partsWithout(network, away)
  const groups = groupsOf(parts.sizes)
  const { candidates } = wishes
  return candidates
    ? fromList(parts.of, groups, candidates, wishes)
    : fromAll(network, away, parts.of, groups, { ...wishes })
}

/** Parts that proposed ties have put together. */
interface Groups {
  /** The first part of each part's group, and how many people that group has. */
  of: Int32Array
  size: Int32Array
  join(one: number, other: number): void
}

function groupsOf(sizes: Int32Array): Groups {
  const of = Int32Array.from(sizes, (_, part) => part)
  const size = sizes.slice()
  return {
    of,
    size,
    join(one, other) {
      const [into, from] = [of[one] as number, of[other] as number]
      const all = (size[into] as number) + (size[from] as number)
      for (let part = 0; part < of.length; part++) {
        if (of[part] === from) of[part] = into
        if (of[part] === into) size[part] = all
      }
    },
  }
}

function fromList(
  partOf: Int32Array,
  groups: Groups,
  candidates: ArrayLike<number>,
  { howMany = 20, mayMeet = () => true, perPerson = 2 }: Wishes,
): Joining {
  const { of, size } = groups
  const { one, other, at, count } = between(partOf, candidates)
  const proposed = new Map<number, number>()
  const turns = (i: number) => {
    const pair = 2 * (at[i] as number)
    const ends = [candidates[pair] as number, candidates[pair + 1] as number] as const
    const [a, b] = [proposed.get(ends[0]) ?? 0, proposed.get(ends[1]) ?? 0]
    return { ends, sum: a + b, full: a >= perPerson || b >= perPerson }
  }
  const ties: JoiningTie[] = []
  while (ties.length < howMany) {
    let [best, bestPairs, bestTurns] = [-1, 0, 0]
    for (let i = 0; i < count; i++) {
      const [left, right] = [one[i] as number, other[i] as number]
      const pairs = (size[left] as number) * (size[right] as number)
      // Most fall short here; what follows is asked of few.
      if (pairs < bestPairs || left < 0 || of[left] === of[right]) continue
      const { ends, sum, full } = turns(i)
      if (full || (pairs === bestPairs && sum >= bestTurns)) continue
      if (!mayMeet(...ends)) {
        one[i] = -1
        continue
      }
      best = i
      bestPairs = pairs
      bestTurns = sum
      // Nothing stands before a pair of people not proposed yet, but more people joined.
    }
    if (best < 0) break
    const [a, b] = turns(best).ends
    const [left, right] = [one[best] as number, other[best] as number]
    ties.push({ a, b, joins: [size[left] as number, size[right] as number], pairs: bestPairs })
    for (const person of [a, b]) proposed.set(person, (proposed.get(person) ?? 0) + 1)
    groups.join(left, right)
  }
  return { ties, complete: true }
}

/** The candidates whose two are in different parts: these parts, and their place in the list. */
function between(partOf: Int32Array, candidates: ArrayLike<number>) {
  const pairs = candidates.length >> 1
  if (candidates.length % 2) throw new NotANetwork('shape', pairs, 'the last candidate has one end only')
  const [one, other, at] = [new Int32Array(pairs), new Int32Array(pairs), new Int32Array(pairs)]
  let count = 0
  for (let i = 0; i < pairs; i++) {
    const left = partOf[candidates[2 * i] as number]
    const right = partOf[candidates[2 * i + 1] as number]
    if (left === undefined || right === undefined)
      throw new NotANetwork('id', i, `candidate ${i}: one of the two is nobody among ${partOf.length}`)
    if (left < 0 || right < 0 || left === right) continue
    one[count] = left
    other[count] = right
    at[count++] = i
  }
  return { one, other, at, count }
}

function fromAll(
  network: Network,
  away: Away,
  partOf: Int32Array,
  groups: Groups,
  { howMany = 20, mayMeet = () => true, perPerson = 2, tries = 1_000_000 }: Wishes,
): Joining {
  const ties: JoiningTie[] = []
  const proposed = new Int32Array(network.people)
  const knows = tiesLeft(network, away)
  const members = membersOf(partOf, groups.of.length)
  /** Who of a group may still be asked, whom to ask first. */
  const asked = (group: number) => {
    const people: number[] = []
    for (let part = 0; part < groups.of.length; part++)
      if (groups.of[part] === group)
        for (const person of members(part)) if ((proposed[person] as number) < perPerson) people.push(person)
    return people.sort(
      (a, b) =>
        (proposed[a] as number) - (proposed[b] as number) || (knows[b] as number) - (knows[a] as number) || a - b,
    )
  }
  let left = tries
  while (ties.length < howMany) {
    const bySize = [...groups.of.keys()]
      .filter((part) => groups.of[part] === part)
      .sort((a, b) => (groups.size[b] as number) - (groups.size[a] as number) || a - b)
    const people = new Map<number, number[]>()
    const peopleOf = (group: number) => {
      const known = people.get(group) ?? asked(group)
      people.set(group, known)
      return known
    }
    let found: [number, number] | undefined
    let from: readonly [number, number] = [0, 0]
    for (const [i, j] of largestProducts(bySize.map((group) => groups.size[group] as number))) {
      from = [bySize[i] as number, bySize[j] as number]
      found = firstAllowed(peopleOf(from[0]), peopleOf(from[1]), (a, b) => left-- > 0 && mayMeet(a, b))
      if (found || left <= 0) break
      // A pair of parts costs a look too, where all its people stand in enough proposals.
      left--
    }
    if (!found) return { ties, complete: left > 0 || bySize.length < 2 }
    const [a, b] = found
    const joins: [number, number] = [groups.size[from[0]] as number, groups.size[from[1]] as number]
    ties.push({ a, b, joins, pairs: joins[0] * joins[1] })
    for (const person of found) proposed[person] = (proposed[person] as number) + 1
    groups.join(...from)
  }
  return { ties, complete: true }
}

/** The first two who may meet, tried so that those who stand first in both lists come first. */
function firstAllowed(
  some: number[],
  others: number[],
  may: (a: number, b: number) => boolean,
): [number, number] | undefined {
  for (let sum = 0; sum <= some.length + others.length - 2; sum++) {
    for (let i = Math.max(0, sum - others.length + 1); i <= Math.min(sum, some.length - 1); i++) {
      const pair: [number, number] = [some[i] as number, others[sum - i] as number]
      if (may(...pair)) return pair
    }
  }
  return undefined
}

/** Pairs of places in falling sizes, the largest product first, without making all pairs: a heap of the next of each row. */
function* largestProducts(sizes: number[]): Generator<[number, number]> {
  const product = ([i, j]: [number, number]) => (sizes[i] as number) * (sizes[j] as number)
  const heap: [number, number][] = []
  const above = (x: [number, number], y: [number, number]) => product(x) > product(y)
  const push = (pair: [number, number]) => {
    if (pair[1] >= sizes.length) return
    let at = heap.push(pair) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!above(heap[at] as [number, number], heap[up] as [number, number])) break
      swap(heap, at, up)
      at = up
    }
  }
  push([0, 1])
  while (heap.length > 0) {
    const pair = heap[0] as [number, number]
    const last = heap.pop() as [number, number]
    if (heap.length > 0) {
      heap[0] = last
      for (let at = 0; ; ) {
        let most = at
        for (const down of [2 * at + 1, 2 * at + 2])
          if (down < heap.length && above(heap[down] as [number, number], heap[most] as [number, number])) most = down
        if (most === at) break
        swap(heap, at, most)
        at = most
      }
    }
    yield pair
    push([pair[0], pair[1] + 1])
    if (pair[1] === pair[0] + 1) push([pair[0] + 1, pair[1] + 1])
  }
}

function swap<T>(list: T[], one: number, other: number): void {
  const kept = list[one] as T
  list[one] = list[other] as T
  list[other] = kept
}

/** The people of each part, rising. */
function membersOf(partOf: Int32Array, parts: number): (part: number) => Int32Array {
  const start = new Int32Array(parts + 1)
  for (const part of partOf) if (part >= 0) start[part + 1] = (start[part + 1] as number) + 1
  for (let part = 0; part < parts; part++) start[part + 1] = (start[part] as number) + (start[part + 1] as number)
  const place = start.slice()
  const people = new Int32Array(start[parts] as number)
  for (let person = 0; person < partOf.length; person++) {
    const part = partOf[person] as number
    if (part < 0) continue
    people[place[part] as number] = person
    place[part] = (place[part] as number) + 1
  }
  return (part) => people.subarray(start[part], start[part + 1])
}

/** How many each person knows of those who stay. */
function tiesLeft({ people, start, neighbour }: Network, away: Away): Int32Array {
  const count = new Int32Array(people)
  for (let u = 0; u < people; u++) {
    let own = 0
    for (let half = start[u] as number; half < (start[u + 1] as number); half++)
      if (!away[neighbour[half] as number]) own++
    count[u] = own
  }
  return count
}
