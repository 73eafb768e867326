// Who can reach whom: the parts a network falls into.
import { aloneAll, flatten, join } from './forest.ts'
import { type Network, NotANetwork } from './network.ts'

/** The parts of a network, numbered by their first person. */
export interface Components {
  readonly count: number
  /** people long: the number of each person's component; -1 for those who are away. */
  readonly of: Int32Array
  /** count long: how many people each component has. */
  readonly sizes: Int32Array
}

/**
 * Some people out of the network while a measure is taken: people long, 1 for each who is away, 0 for each who is there.
 * They and their ties are as if they had never been; nobody is numbered anew.
 */
export type Away = Uint8Array

/**
 * The components by Afforest (Sutton, Ben-Nun & Barak 2018): two ties of each person first; where most then hang together already, the
 * other ties of that great component need no look. O(people + ties) but for an inverse Ackermann function; no passing memory
 * beside the answer. At 1,000,000 shuffled people half the time of a breadth-first search, which waits for every row.
 */
export function componentsOf(network: Network, away?: Away): Components {
  checkAway(network, away)
  const { people, start, neighbour } = network
  const gone = away ?? new Uint8Array(people)
  const root = new Int32Array(people)
  aloneAll(root)
  for (let turn = 0; turn < 2; turn++) {
    for (let u = 0; u < people; u++) {
      const half = (start[u] as number) + turn
      if (half >= (start[u + 1] as number) || gone[u] === 1) continue
      const v = neighbour[half] as number
      if (gone[v] === 0) join(root, u, v)
    }
  }
  flatten(root)
  const great = mostFrequent(root)
  for (let u = 0; u < people; u++) {
    if (gone[u] === 1 || root[u] === great) continue
    const end = start[u + 1] as number
    for (let half = (start[u] as number) + 2; half < end; half++) {
      const v = neighbour[half] as number
      if (gone[v] === 0) join(root, u, v)
    }
  }
  return numbered(root, gone)
}

/** The root met most often among some thousand people, evenly picked. */
function mostFrequent(root: Int32Array): number {
  const seen = new Map<number, number>()
  const step = Math.max(1, Math.floor(root.length / 1024))
  let [best, most] = [-1, 0]
  for (let u = 0; u < root.length; u += step) {
    const one = root[u] as number
    const count = (seen.get(one) ?? 0) + 1
    seen.set(one, count)
    if (count > most) [best, most] = [one, count]
  }
  return best
}

/** Turns roots, which are the smallest of their component, into numbers of components. */
function numbered(root: Int32Array, gone: Away): Components {
  const of = root
  const sizes: number[] = []
  for (let u = 0; u < root.length; u++) {
    if (gone[u] === 1) {
      of[u] = -1
      continue
    }
    const above = root[u] as number
    const number = above === u ? sizes.length : (of[above] as number)
    of[u] = number
    sizes[number] = (sizes[number] ?? 0) + 1
  }
  return { count: sizes.length, of, sizes: Int32Array.from(sizes) }
}

/** The number of people in the largest component; 0 where nobody is left. */
export function largestOf({ sizes }: Components): number {
  let largest = 0
  for (const size of sizes) if (size > largest) largest = size
  return largest
}

/**
 * Fragmentation: the share of all pairs of people who cannot reach each other, 0 to 1 (Borgatti 2006, Computational and
 * Mathematical Organization Theory 12:21, his F). 0 where there is no pair. O(components).
 */
export function fragmentation({ sizes }: Components): number {
  let people = 0
  let joined = 0
  for (const size of sizes) {
    people += size
    joined += size * (size - 1)
  }
  return people < 2 ? 0 : 1 - joined / (people * (people - 1))
}

/** Throws unless the list is one place long for each person, holding 0 and 1 only. */
export function checkAway({ people }: Network, away: Away | undefined): void {
  if (!away) return
  if (away.length !== people)
    throw new NotANetwork('shape', -1, `${people} people have ${away.length} places in the list`)
  for (let u = 0; u < people; u++)
    if ((away[u] as number) > 1)
      throw new NotANetwork('id', u, `place ${u} of the list holds ${away[u]}, neither 0 nor 1`)
}
