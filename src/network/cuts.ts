// The people and the ties that a network falls apart without, found together with its components in one walk.
import { type Away, type Components, checkAway } from './components.ts'
import { endsOf, type Network, networkFrom } from './network.ts'

export interface Cuts {
  readonly components: Components
  /** people long: 1 for each whose leaving would part others who can reach each other (articulation points). */
  readonly cutPeople: Uint8Array
  readonly cutPeopleCount: number
  /** The ties without which two people could no longer reach each other: pairs [a, b, ...], a < b, rising (bridges). */
  readonly bridges: Int32Array
}

/**
 * Components, articulation points and bridges in one depth-first walk without recursion (Hopcroft & Tarjan 1973, Communications
 * of the ACM 16:372; bridges as in Tarjan 1974). O(people + ties); 16 bytes of passing memory for each person. How low a person
 * reaches is needed only while the walk stands on them, so it lies on the path and not with the people: the walk then reaches
 * into memory at random once for each half of a tie.
 */
export function cutsOf(network: Network, away?: Away): Cuts {
  const { people, start, neighbour } = network
  checkAway(network, away)
  const outOfReach = people + 1
  /** The order in which people are met, from 1; 0 not yet. */
  const met = new Int32Array(people)
  if (away) for (let u = 0; u < people; u++) if (away[u] === 1) met[u] = outOfReach
  const of = new Int32Array(people).fill(-1)
  const cutPeople = new Uint8Array(people)
  const sizes: number[] = []
  const bridges: number[] = []
  const path = new Int32Array(people)
  const lowest = new Int32Array(people)
  const resume = new Int32Array(people)
  let clock = 0
  let cutPeopleCount = 0

  for (let first = 0; first < people; first++) {
    if (met[first] !== 0) continue
    const component = sizes.length
    const before = clock
    let depth = 0
    let branches = 0
    let parent = -1
    let u = first
    let metU = ++clock
    let low = metU
    let half = start[u] as number
    let end = start[u + 1] as number
    met[u] = metU
    of[u] = component
    for (;;) {
      if (half < end) {
        const v = neighbour[half++] as number
        const metV = met[v] as number
        if (metV === 0) {
          path[depth] = u
          lowest[depth] = low
          resume[depth++] = half
          parent = u
          u = v
          metU = ++clock
          low = metU
          half = start[v] as number
          end = start[v + 1] as number
          met[v] = metU
          of[v] = component
        } else if (metV < low && v !== parent) low = metV
        continue
      }
      if (depth === 0) break
      const child = u
      const lowChild = low
      u = path[--depth] as number
      metU = met[u] as number
      low = lowest[depth] as number
      half = resume[depth] as number
      end = start[u + 1] as number
      parent = depth === 0 ? -1 : (path[depth - 1] as number)
      if (lowChild > metU) bridges.push(u, child)
      if (depth === 0) branches++
      else if (lowChild >= metU && cutPeople[u] === 0) {
        cutPeople[u] = 1
        cutPeopleCount++
      }
      if (lowChild < low) low = lowChild
    }
    if (branches > 1) {
      cutPeople[first] = 1
      cutPeopleCount++
    }
    sizes.push(clock - before)
  }
  return {
    components: { count: sizes.length, of, sizes: Int32Array.from(sizes) },
    cutPeople,
    cutPeopleCount,
    bridges: endsOf(networkFrom(people, bridges)),
  }
}
