// Who can reach whom: the parts a network falls into.
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

/** The components by breadth-first search. O(people + ties); 4 bytes of passing memory for each person. */
export function componentsOf(network: Network, away?: Away): Components {
  const { people, start, neighbour } = network
  checkAway(network, away)
  const unseen = -1
  const left = -2
  const of = new Int32Array(people).fill(unseen)
  if (away) for (let u = 0; u < people; u++) if (away[u] === 1) of[u] = left
  const queue = new Int32Array(people)
  const sizes: number[] = []
  for (let first = 0; first < people; first++) {
    if (of[first] !== unseen) continue
    const number = sizes.length
    let tail = 1
    queue[0] = first
    of[first] = number
    for (let head = 0; head < tail; head++) {
      const u = queue[head] as number
      const end = start[u + 1] as number
      for (let half = start[u] as number; half < end; half++) {
        const v = neighbour[half] as number
        if (of[v] !== unseen) continue
        of[v] = number
        queue[tail++] = v
      }
    }
    sizes.push(tail)
  }
  if (away) for (let u = 0; u < people; u++) if (away[u] === 1) of[u] = -1
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
