// Whether those whom somebody knows know each other.
import type { Network } from './network.ts'

export interface Clustering {
  /** people long: in how many triangles each person is. */
  readonly triangles: Int32Array
  /** people long, 0 to 1: the share of pairs among a person's neighbours who know each other; 0 with fewer than two neighbours. */
  readonly local: Float64Array
  /** The mean of `local` over everybody (Watts & Strogatz 1998, Nature 393:440). 0 where there is nobody. */
  readonly mean: number
  /** Of all pairs with a neighbour in common, the share who know each other (Newman et al. 2001). 0 where there is no such pair. */
  readonly transitivity: number
}

/**
 * Each triangle is found once, from the one of its three who knows fewest (Schank & Wagner 2005; O(ties^1.5)). Ties count as
 * one, whatever they weigh. 4 bytes of passing memory for each tie and 8 for each person.
 */
export function clustering(network: Network): Clustering {
  const { people, start } = network
  const triangles = trianglesIn(network)
  const local = new Float64Array(people)
  let [sum, closed, pairs] = [0, 0, 0]
  for (let u = 0; u < people; u++) {
    const known = (start[u + 1] as number) - (start[u] as number)
    if (known < 2) continue
    const own = (known * (known - 1)) / 2
    const share = (triangles[u] as number) / own
    local[u] = share
    sum += share
    closed += triangles[u] as number
    pairs += own
  }
  return { triangles, local, mean: people === 0 ? 0 : sum / people, transitivity: pairs === 0 ? 0 : closed / pairs }
}

function trianglesIn(network: Network): Int32Array {
  const { people } = network
  const { start, neighbour } = towardThoseWhoKnowMore(network)
  const triangles = new Int32Array(people)
  const markedBy = new Int32Array(people).fill(-1)
  for (let u = 0; u < people; u++) {
    const [from, end] = [start[u] as number, start[u + 1] as number]
    for (let half = from; half < end; half++) markedBy[neighbour[half] as number] = u
    for (let half = from; half < end; half++) {
      const v = neighbour[half] as number
      const endV = start[v + 1] as number
      for (let other = start[v] as number; other < endV; other++) {
        const w = neighbour[other] as number
        if (markedBy[w] !== u) continue
        triangles[u] = (triangles[u] as number) + 1
        triangles[v] = (triangles[v] as number) + 1
        triangles[w] = (triangles[w] as number) + 1
      }
    }
  }
  return triangles
}

/** Each tie once, in the row of whoever knows fewer people; between equals, of the lower number. */
function towardThoseWhoKnowMore({ people, ties, start, neighbour }: Network) {
  const onward = new Int32Array(people + 1)
  const to = new Int32Array(ties)
  let at = 0
  for (let u = 0; u < people; u++) {
    const [from, end] = [start[u] as number, start[u + 1] as number]
    for (let half = from; half < end; half++) {
      const v = neighbour[half] as number
      const more = (start[v + 1] as number) - (start[v] as number) - (end - from)
      if (more > 0 || (more === 0 && v > u)) to[at++] = v
    }
    onward[u + 1] = at
  }
  return { start: onward, neighbour: to }
}
