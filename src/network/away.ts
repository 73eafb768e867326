// A network with some of its people away: who is away, what is left, and the parts it falls into.
import { type Network, NotANetwork } from './network.ts'

/** As long as there are people: 1 for those who are away, 0 for those who stay. */
export type Away = Uint8Array

/** The mask of a list of people. O(people). Refuses (NotANetwork 'id', with the place in the list) whoever is nobody. */
export function awayOf(people: number, list: ArrayLike<number>): Away {
  const away = new Uint8Array(people)
  for (let at = 0; at < list.length; at++) {
    const person = list[at] as number
    if (!(Number.isInteger(person) && person >= 0 && person < people))
      throw new NotANetwork('id', at, `place ${at}: ${person} is nobody among ${people}`)
    away[person] = 1
  }
  return away
}

/** Refuses (NotANetwork 'shape') a mask of another length than the network has people. */
export function checkAway(network: Network, away: Away): void {
  if (away.length !== network.people)
    throw new NotANetwork('shape', -1, `a mask of ${away.length} for ${network.people} people`)
}

/**
 * The network of those who stay, numbered as before: those away are still counted as people, but know nobody.
 * Ties among the others stay as they are (method 9, 6). O(people + ties); the network given is not changed.
 */
export function without(network: Network, away: Away): Network {
  checkAway(network, away)
  const { people, start, neighbour, weight } = network
  const kept = new Int32Array(people + 1)
  for (let u = 0; u < people; u++) {
    let count = 0
    if (!away[u])
      for (let half = start[u] as number; half < (start[u + 1] as number); half++)
        if (!away[neighbour[half] as number]) count++
    kept[u + 1] = (kept[u] as number) + count
  }
  const halves = kept[people] as number
  const left = new Int32Array(halves)
  const weights = weight && new Float64Array(halves)
  let at = 0
  for (let u = 0; u < people; u++) {
    if (away[u]) continue
    for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
      const v = neighbour[half] as number
      if (away[v]) continue
      if (weight && weights) weights[at] = weight[half] as number
      left[at++] = v
    }
  }
  return { people, ties: halves / 2, start: kept, neighbour: left, ...(weights && { weight: weights }) }
}

/** Parts are numbered from 0, in the order of their smallest person. */
export interface Parts {
  /** For each person the number of their part; -1 for those away. */
  of: Int32Array
  /** How many people each part has. */
  sizes: Int32Array
}

/**
 * The parts that those who stay fall into. O(people + ties), 4 bytes a person besides the answer.
 * Afforest (Sutton, Ben-Nun and Barak 2018): two ties of each person first; where most then hang together already, the other ties
 * of that great part need no look. The union is by the smaller number.
 */
export function partsWithout(network: Network, away?: Away): Parts {
  if (away) checkAway(network, away)
  const { people, start, neighbour } = network
  const gone = away ?? new Uint8Array(people)
  const root = new Int32Array(people)
  for (let u = 0; u < people; u++) root[u] = u
  for (let turn = 0; turn < 2; turn++) {
    for (let u = 0; u < people; u++) {
      const half = (start[u] as number) + turn
      if (half >= (start[u + 1] as number) || gone[u]) continue
      const v = neighbour[half] as number
      if (!gone[v]) join(root, u, v)
    }
  }
  flatten(root)
  const great = mostFrequent(root)
  for (let u = 0; u < people; u++) {
    if (gone[u] || root[u] === great) continue
    for (let half = (start[u] as number) + 2; half < (start[u + 1] as number); half++) {
      const v = neighbour[half] as number
      if (!gone[v]) join(root, u, v)
    }
  }
  return numbered(root, gone)
}

/** Puts two under one root, the smaller number. A root is its own; every other points to a smaller number. */
export function join(root: Int32Array, a: number, b: number): void {
  let x = root[a] as number
  let y = root[b] as number
  while (x !== y) {
    if (x < y) {
      const above = root[y] as number
      if (above === y) {
        root[y] = x
        return
      }
      root[y] = x < above ? x : above
      // Whoever was above must still be joined with x.
      y = above
    } else {
      const above = root[x] as number
      if (above === x) {
        root[x] = y
        return
      }
      root[x] = y < above ? y : above
      x = above
    }
  }
}

/** Everybody points to their root. One pass: whoever is pointed to has a smaller number and points there already. */
export function flatten(root: Int32Array): void {
  for (let u = 0; u < root.length; u++) root[u] = root[root[u] as number] as number
}

/** The root met most often among some thousand people, evenly picked. */
function mostFrequent(root: Int32Array): number {
  const seen = new Map<number, number>()
  const step = Math.max(1, Math.floor(root.length / 1024))
  let best = -1
  for (let u = 0; u < root.length; u += step) {
    const one = root[u] as number
    const count = (seen.get(one) ?? 0) + 1
    seen.set(one, count)
    if (best === -1 || count > (seen.get(best) as number)) best = one
  }
  return best
}

function numbered(root: Int32Array, gone: Away): Parts {
  const of = root
  const sizes: number[] = []
  for (let u = 0; u < root.length; u++) {
    if (gone[u]) {
      of[u] = -1
      continue
    }
    const above = root[u] as number
    const part = above === u ? sizes.length : (of[above] as number)
    of[u] = part
    sizes[part] = (sizes[part] ?? 0) + 1
  }
  return { of, sizes: Int32Array.from(sizes) }
}

/** Pairs of people of one part, both ways: the sum of s (s - 1). */
export function reachingPairs(sizes: ArrayLike<number>): number {
  let sum = 0
  for (let part = 0; part < sizes.length; part++) sum += (sizes[part] as number) * ((sizes[part] as number) - 1)
  return sum
}

/** The share of pairs of n people who cannot reach each other: 1 - pairs / n (n - 1) (Borgatti 2006). 0 where there is no pair. */
export const fragmentationOf = (pairs: number, n: number): number => (n < 2 ? 0 : 1 - pairs / (n * (n - 1)))

export const largestOf = (sizes: ArrayLike<number>): number => {
  let most = 0
  for (let part = 0; part < sizes.length; part++) most = Math.max(most, sizes[part] as number)
  return most
}
