// Single points of failure: people whose leaving would cut others off, and how many (method 4.5, `cutPeople`; private to them).
import { awayOf, without } from './away.ts'
import { type Away, componentsOf } from './components.ts'
import { degree, type Network } from './network.ts'

export interface CutPerson {
  person: number
  /** How many know nobody but this person. */
  onlyContactOf: number
  /** How many could no longer reach the largest piece that is left of this person's part. */
  cutOff: number
  /** Into how many pieces that part would fall. */
  pieces: number
}

/**
 * Everybody among those who stay whose leaving would make their part fall apart (articulation points), who cuts off most first, of
 * equal ones the smallest number. One depth-first walk without recursion, O(people + ties) (Hopcroft and Tarjan 1973), with the sizes of
 * what hangs below each.
 */
export function cutPeople(network: Network, away?: Away): CutPerson[] {
  const left = away ? without(network, away) : network
  const { people, start, neighbour } = left
  const seen = new Int32Array(people)
  const low = new Int32Array(people)
  const above = new Int32Array(people).fill(-1)
  const next = start.slice(0, people)
  /** How many stand below somebody, themselves counted; what of it would be cut off; the largest piece of that; how many pieces. */
  const below = new Int32Array(people).fill(1)
  const apart = new Int32Array(people)
  const largest = new Int32Array(people)
  const pieces = new Int32Array(people)
  const order = new Int32Array(people)
  const found: CutPerson[] = []
  let time = 0
  for (let root = 0; root < people; root++) {
    if (seen[root]) continue
    const first = time
    order[time++] = root
    seen[root] = low[root] = time
    for (let at = root; at !== -1; ) {
      const half = next[at] as number
      if (half < (start[at + 1] as number)) {
        next[at] = half + 1
        const v = neighbour[half] as number
        if (seen[v]) {
          if (v !== above[at] && (seen[v] as number) < (low[at] as number)) low[at] = seen[v] as number
          continue
        }
        above[v] = at
        order[time++] = v
        seen[v] = low[v] = time
        at = v
        continue
      }
      const up = above[at] as number
      if (up !== -1) {
        const size = below[at] as number
        below[up] = (below[up] as number) + size
        if ((low[at] as number) < (low[up] as number)) low[up] = low[at] as number
        if ((low[at] as number) >= (seen[up] as number)) {
          apart[up] = (apart[up] as number) + size
          largest[up] = Math.max(largest[up] as number, size)
          pieces[up] = (pieces[up] as number) + 1
        }
      }
      at = up
    }
    const all = time - first
    for (let i = first; i < time; i++) {
      const person = order[i] as number
      const rest = all - 1 - (apart[person] as number)
      const falls = (pieces[person] as number) + (rest > 0 ? 1 : 0)
      if (falls < 2) continue
      const most = Math.max(rest, largest[person] as number)
      found.push({ person, onlyContactOf: lone(left, person), cutOff: all - 1 - most, pieces: falls })
    }
  }
  return found.sort((a, b) => b.cutOff - a.cutOff || a.person - b.person)
}

/** Those who know nobody but this person. */
function lone(network: Network, person: number): number {
  let count = 0
  for (let half = network.start[person] as number; half < (network.start[person + 1] as number); half++)
    if (degree(network, network.neighbour[half] as number) === 1) count++
  return count
}

/**
 * Who it would be, if this person left too: those who would lose their only contact, and all who could no longer reach the largest piece
 * left (of equal pieces the one with the smallest number stays). Both rising. O(people + ties). Somebody away cuts off nobody.
 */
export function behind(network: Network, away: Away, person: number): { lone: number[]; cutOff: number[] } {
  awayOf(network.people, [person])
  if (away[person]) return { lone: [], cutOff: [] }
  const left = without(network, away)
  const lone = [...left.neighbour.subarray(left.start[person], left.start[person + 1])].filter(
    (other) => degree(left, other) === 1,
  )
  const own = componentsOf(left)
  const gone = away.slice()
  gone[person] = 1
  const { of, sizes } = componentsOf(left, gone)
  let stays = -1
  const others: number[] = []
  for (let other = 0; other < network.people; other++) {
    if (gone[other] || own.of[other] !== own.of[person]) continue
    others.push(other)
    const piece = of[other] as number
    if (stays < 0 || (sizes[piece] as number) > (sizes[stays] as number)) stays = piece
  }
  return { lone, cutOff: others.filter((other) => of[other] !== stays) }
}
