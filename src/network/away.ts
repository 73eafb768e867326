// Some people away: the mask of a list, and the network that is left of the others.
import { type Away, checkAway } from './components.ts'
import { type Network, NotANetwork } from './network.ts'

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
