// How deep in the network people are: the k-cores.
import { type Away, checkAway } from './components.ts'
import type { Network } from './network.ts'

/**
 * people long: the largest k for which the person is in the k-core, the people who each know at least k of the others in it
 * (Seidman 1983, Social Networks 5:269). 0 for people without ties and for those who are away.
 *
 * Peeled from the outside, layer by layer (Batagelj & Zaversnik 2003, without their sorted order): each k looks at those who
 * are left, and the sum of those over all k is the sum of the core numbers, never more than 2 × ties. So O(people + ties),
 * 8 bytes of passing memory for each person, and one place in memory at random for each half of a tie.
 */
export function coresOf(network: Network, away?: Away): Int32Array {
  const { people, start, neighbour } = network
  checkAway(network, away)
  const core = new Int32Array(people)
  for (let u = 0; u < people; u++) core[u] = (start[u + 1] as number) - (start[u] as number)
  // Whoever is away is the first to be peeled, and takes their ties along.
  if (away) for (let u = 0; u < people; u++) if (away[u] === 1) core[u] = 0
  const left = new Int32Array(people)
  for (let u = 0; u < people; u++) left[u] = u
  const peeled = new Int32Array(people)
  let leftCount = people
  let tail = 0
  for (let k = 0; leftCount > 0; k++) {
    let head = tail
    let kept = 0
    for (let i = 0; i < leftCount; i++) {
      const u = left[i] as number
      const known = core[u] as number
      if (known > k) left[kept++] = u
      else if (known === k) peeled[tail++] = u
    }
    leftCount = kept
    for (; head < tail; head++) {
      const u = peeled[head] as number
      const end = start[u + 1] as number
      for (let half = start[u] as number; half < end; half++) {
        const v = neighbour[half] as number
        const known = core[v] as number
        if (known <= k) continue
        core[v] = known - 1
        if (known - 1 === k) peeled[tail++] = v
      }
    }
  }
  return core
}
