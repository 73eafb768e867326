// Blocks: circles of people whom no single leaving can tear apart, and the tree in which they hang together at cut people.
import type { Network } from './network.ts'

/** Each tie lies in one block; a person in as many as would be left apart without them. Who knows nobody is in none. */
export interface Blocks {
  count: number
  /**
   * count + 1 long: the people of block b are member[start[b]] up to, but not with, member[start[b + 1]]. The first of them is the
   * one the others hang on, seen from the first person of the component; blocks that hang on a block come before it.
   */
  start: Int32Array
  member: Int32Array
  /** people + 1 long: the blocks of person u are blockOf[startOf[u]] up to, but not with, blockOf[startOf[u + 1]]. */
  startOf: Int32Array
  blockOf: Int32Array
}

/** How many blocks meet in this person: a cut person has two or more. */
export const blocksAt = ({ startOf }: Blocks, person: number): number =>
  (startOf[person + 1] as number) - (startOf[person] as number)

/** The blocks of a network, by one depth-first walk without recursion: O(people + ties) (Hopcroft and Tarjan 1973). */
export function blocksOf({ people, start, neighbour }: Network): Blocks {
  const seen = new Int32Array(people)
  const low = new Int32Array(people)
  const above = new Int32Array(people).fill(-1)
  const next = start.slice(0, people)
  /** Who has been met and is in no block yet with those above. */
  const waiting = new Int32Array(people)
  // A block takes everybody but its uppermost from those waiting: at most 2 people in all.
  const member = new Int32Array(2 * people)
  const starts: number[] = [0]
  let [time, wait, filled] = [0, 0, 0]
  for (let root = 0; root < people; root++) {
    if (seen[root]) continue
    seen[root] = low[root] = ++time
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
        seen[v] = low[v] = ++time
        waiting[wait++] = v
        at = v
        continue
      }
      const up = above[at] as number
      if (up !== -1) {
        if ((low[at] as number) < (low[up] as number)) low[up] = low[at] as number
        if ((low[at] as number) >= (seen[up] as number)) {
          member[filled++] = up
          for (let one = -1; one !== at; ) {
            one = waiting[--wait] as number
            member[filled++] = one
          }
          starts.push(filled)
        }
      }
      at = up
    }
  }
  return { ...turned(people, starts, member.slice(0, filled)), count: starts.length - 1 }
}

function turned(people: number, starts: number[], member: Int32Array) {
  const startOf = new Int32Array(people + 1)
  for (const person of member) startOf[person + 1] = (startOf[person + 1] as number) + 1
  for (let u = 0; u < people; u++) startOf[u + 1] = (startOf[u] as number) + (startOf[u + 1] as number)
  const place = startOf.slice()
  const blockOf = new Int32Array(member.length)
  for (let block = 0; block < starts.length - 1; block++) {
    for (let at = starts[block] as number; at < (starts[block + 1] as number); at++) {
      const person = member[at] as number
      blockOf[place[person] as number] = block
      place[person] = (place[person] as number) + 1
    }
  }
  return { start: Int32Array.from(starts), member, startOf, blockOf }
}
