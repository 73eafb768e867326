// Which meetings would join most people again when some are gone: each proposed after those before it were thought of as held.
import { type Away, checkAway, componentsOf } from './components.ts'
import { Asked, firstAllowed, largestProducts } from './joining-search.ts'
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
 * With a list: O(people + ties + candidates) and what each turn looks at, at worst all candidates. Without: O(people + ties + howMany × (people + tries)).
 * The first is the best single tie; whether twenty together could do better than greedily is not searched.
 * Refuses (NotANetwork) a mask of another length and a candidate who is nobody, with the number of the pair. Pairs with somebody away are
 * left out. Nobody there, or one part only: no ties.
 */
export function tiesThatJoin(network: Network, away: Away, wishes: Wishes = {}): Joining {
  checkAway(network, away)
  const parts = componentsOf(network, away)
  const groups = groupsOf(parts.sizes)
  const { candidates } = wishes
  return candidates
    ? fromList(parts.of, groups, candidates, wishes)
    : fromAll(network, away, parts.of, groups, { ...wishes })
}

/** Parts that proposed ties have put together. */
interface Groups {
  /** For each part the first part of its group, which names the group. */
  of: Int32Array
  /** By name: how many people a group has, and its parts. */
  size: Int32Array
  parts: number[][]
  /** The names, the largest group first. */
  falling: number[]
  join(one: number, other: number): void
}

function groupsOf(sizes: Int32Array): Groups {
  const of = Int32Array.from(sizes.keys())
  const size = sizes.slice()
  const parts = Array.from(of, (part) => [part])
  const before = (a: number, b: number) => (size[b] as number) - (size[a] as number) || a - b
  const falling = [...of].sort(before)
  return {
    of,
    size,
    parts,
    falling,
    join(one, other) {
      const [into, from] = [of[one] as number, of[other] as number]
      for (const part of parts[from] ?? []) of[part] = into
      parts[into]?.push(...(parts[from] ?? []))
      size[into] = (size[into] as number) + (size[from] as number)
      for (const name of [into, from]) falling.splice(falling.indexOf(name), 1)
      const place = falling.findIndex((name) => before(into, name) < 0)
      falling.splice(place < 0 ? falling.length : place, 0, into)
    },
  }
}

/**
 * From the largest group on, each group's candidates are looked at, until no two groups left could join as many as the best so far:
 * so most candidates are looked at once, when they are sorted by their parts, and few in each turn.
 */
function fromList(
  partOf: Int32Array,
  groups: Groups,
  candidates: ArrayLike<number>,
  { howMany = 20, mayMeet = () => true, perPerson = 2 }: Wishes,
): Joining {
  const { of, size, parts, falling } = groups
  const { start, beside, which } = byParts(partOf, size.length, candidates)
  const proposed = new Int32Array(partOf.length)
  const refused = new Uint8Array(candidates.length / 2)
  const turns = (i: number) =>
    (proposed[candidates[2 * i] as number] as number) + (proposed[candidates[2 * i + 1] as number] as number)
  function mayBe(i: number): boolean {
    const [a, b] = [candidates[2 * i] as number, candidates[2 * i + 1] as number]
    if (refused[i] || (proposed[a] as number) >= perPerson || (proposed[b] as number) >= perPerson) return false
    if (mayMeet(a, b)) return true
    refused[i] = 1
    return false
  }
  const ties: JoiningTie[] = []
  while (ties.length < howMany) {
    let best = -1
    let bestPairs = 1
    for (let place = 0; place + 1 < falling.length; place++) {
      const group = falling[place] as number
      const own = size[group] as number
      // What joins this group with a larger one has been seen.
      if (own * (size[falling[place + 1] as number] as number) < bestPairs) break
      for (const part of parts[group] ?? []) {
        for (let at = start[part] as number; at < (start[part + 1] as number); at++) {
          const other = of[beside[at] as number] as number
          const pairs = own * (size[other] as number)
          if (pairs < bestPairs || other === group) continue
          const i = which[at] as number
          if (best >= 0 && pairs === bestPairs && (turns(i) - turns(best) || i - best) >= 0) continue
          if (!mayBe(i)) continue
          best = i
          bestPairs = pairs
        }
      }
    }
    if (best < 0) break
    const [a, b] = [candidates[2 * best] as number, candidates[2 * best + 1] as number]
    const [left, right] = [of[partOf[a] as number] as number, of[partOf[b] as number] as number]
    ties.push({ a, b, joins: [size[left] as number, size[right] as number], pairs: bestPairs })
    for (const person of [a, b]) proposed[person] = (proposed[person] as number) + 1
    groups.join(left, right)
  }
  return { ties, complete: true }
}

/** The candidates between two parts, in compressed rows by part: each stands with both, in the order of the list. */
function byParts(partOf: Int32Array, parts: number, candidates: ArrayLike<number>) {
  const pairs = candidates.length >> 1
  if (candidates.length % 2) throw new NotANetwork('shape', pairs, 'the last candidate has one end only')
  const ends = new Int32Array(2 * pairs)
  const start = new Int32Array(parts + 1)
  for (let i = 0; i < pairs; i++) {
    const left = partOf[candidates[2 * i] as number]
    const right = partOf[candidates[2 * i + 1] as number]
    if (left === undefined || right === undefined)
      throw new NotANetwork('id', i, `candidate ${i}: one of the two is nobody among ${partOf.length}`)
    ends[2 * i] = -1
    if (left < 0 || right < 0 || left === right) continue
    ends[2 * i] = left
    ends[2 * i + 1] = right
    start[left + 1] = (start[left + 1] as number) + 1
    start[right + 1] = (start[right + 1] as number) + 1
  }
  for (let part = 0; part < parts; part++) start[part + 1] = (start[part] as number) + (start[part + 1] as number)
  const place = start.slice()
  const [beside, which] = [new Int32Array(start[parts] as number), new Int32Array(start[parts] as number)]
  for (let i = 0; i < pairs; i++) {
    const left = ends[2 * i] as number
    if (left < 0) continue
    const right = ends[2 * i + 1] as number
    const [atLeft, atRight] = [place[left] as number, place[right] as number]
    place[left] = atLeft + 1
    place[right] = atRight + 1
    beside[atLeft] = right
    beside[atRight] = left
    which[atLeft] = which[atRight] = i
  }
  return { start, beside, which }
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
  const first = (a: number, b: number) =>
    (proposed[a] as number) - (proposed[b] as number) || (knows[b] as number) - (knows[a] as number) || a - b
  let left = tries
  while (ties.length < howMany) {
    const bySize = groups.falling.slice()
    const peopleOf = remembered((group) => new Asked(members, groups.parts[group] ?? [], proposed, perPerson, first))
    let found: readonly [number, number] | undefined
    let from: readonly [number, number] = [0, 0]
    for (const [i, j] of largestProducts(bySize.map((group) => groups.size[group] as number))) {
      from = [bySize[i] as number, bySize[j] as number]
      found = firstAllowed(
        peopleOf(from[0]),
        peopleOf(from[1]),
        (a, b) => left-- > 0 && mayMeet(a, b),
        () => left > 0,
      )
      // A pair of parts costs a look too, where all its people stand in enough proposals.
      if (found || left-- <= 0) break
    }
    if (!found) return { ties, complete: left > 0 }
    const [a, b] = found
    const joins: [number, number] = [groups.size[from[0]] as number, groups.size[from[1]] as number]
    ties.push({ a, b, joins, pairs: joins[0] * joins[1] })
    for (const person of found) proposed[person] = (proposed[person] as number) + 1
    groups.join(...from)
  }
  return { ties, complete: true }
}

function remembered<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
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
