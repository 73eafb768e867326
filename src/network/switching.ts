// A switch for each employee: what still hangs together with any of them there or gone, answered from the employees' own ties alone.
import { type Away, awayOf, fragmentationOf, largestOf, partsWithout, reachingPairs } from './away.ts'
import type { Network } from './network.ts'

export interface Standing {
  /** How many residents hang together in the part that has most of them, now and with every employee there. */
  together: number
  togetherWithAll: number
  /** together / togetherWithAll; null where no two residents hang together with every employee there. */
  retention: number | null
  /** How many parts that hold at least one resident. */
  parts: number
  /** Residents who have ties, none of them to anybody who is there now. */
  orphans: number
  /** Pairs of residents who cannot reach each other (Borgatti 2006); 0 where there is no pair. */
  fragmentation: number
}

export interface Switchboard {
  /** Sets one employee there (true) or gone, and says how it stands. Throws a RangeError for who is no employee. */
  set(employee: number, there: boolean): Standing
  /** How it stands. */
  now(): Standing
}

/**
 * Prepares the switches: O(people + ties) once, with all employees gone at first. After that each switch costs O(the ties of the
 * employees who are there), however many residents there are: the residents' own parts are found once, and the employees who
 * are there join them (union-find by size). What it says is what `removing` says of those gone, counting residents alone.
 */
export function switchboard(network: Network, employees: ArrayLike<number>): Switchboard {
  const { people, start, neighbour } = network
  const staff: Away = awayOf(people, employees)
  const { of, sizes } = partsWithout(network, staff)
  const chosen = Int32Array.from(staff.keys()).filter((person) => staff[person])
  const residents = people - chosen.length
  /** Parts of residents first, then one place for each employee. */
  const place = new Int32Array(people).fill(-1)
  chosen.forEach((employee, i) => {
    place[employee] = sizes.length + i
  })
  const root = Int32Array.from({ length: sizes.length + chosen.length }, (_, i) => i)
  const size = new Int32Array(root.length)
  size.set(sizes)
  const there = new Uint8Array(people)
  const touched: number[] = []
  const reached: number[] = []
  const isReached = new Uint8Array(people)
  const alone = {
    largest: largestOf(sizes),
    pairs: reachingPairs(sizes),
    orphans: orphansWithout(network, staff),
  }

  function find(at: number): number {
    while (root[at] !== at) {
      root[at] = root[root[at] as number] as number
      at = root[at] as number
    }
    return at
  }
  function stand(togetherWithAll: number): Standing {
    for (const at of touched) {
      root[at] = at
      size[at] = sizes[at] ?? 0
    }
    for (const person of reached) isReached[person] = 0
    touched.length = reached.length = 0
    let [together, pairs, parts] = [alone.largest, alone.pairs, sizes.length]
    for (const employee of chosen) {
      if (!there[employee]) continue
      const own = place[employee] as number
      touched.push(own)
      for (let half = start[employee] as number; half < (start[employee + 1] as number); half++) {
        const other = neighbour[half] as number
        if (staff[other]) {
          if (!there[other]) continue
        } else if (alone.orphans.is[other] && !isReached[other]) {
          isReached[other] = 1
          reached.push(other)
        }
        const at = staff[other] ? (place[other] as number) : (of[other] as number)
        touched.push(at)
        let [one, two] = [find(own), find(at)]
        if (one === two) continue
        if ((size[one] as number) < (size[two] as number)) [one, two] = [two, one]
        const [more, fewer] = [size[one] as number, size[two] as number]
        root[two] = one
        size[one] = more + fewer
        if (more > 0 && fewer > 0) parts--
        pairs += 2 * more * fewer
        together = Math.max(together, more + fewer)
      }
    }
    return {
      together,
      togetherWithAll,
      retention: togetherWithAll < 2 ? null : together / togetherWithAll,
      parts,
      orphans: alone.orphans.count - reached.length,
      fragmentation: fragmentationOf(pairs, residents),
    }
  }

  for (const employee of chosen) there[employee] = 1
  const togetherWithAll = stand(0).together
  there.fill(0)
  return {
    now: () => stand(togetherWithAll),
    set(employee, isThere) {
      if (!staff[employee]) throw new RangeError(`${employee} is no employee`)
      there[employee] = isThere ? 1 : 0
      return stand(togetherWithAll)
    },
  }
}

/** Residents who know employees only. */
function orphansWithout({ people, start, neighbour }: Network, staff: Away) {
  const is = new Uint8Array(people)
  let count = 0
  for (let u = 0; u < people; u++) {
    if (staff[u] || start[u] === start[u + 1]) continue
    let half = start[u] as number
    while (half < (start[u + 1] as number) && staff[neighbour[half] as number]) half++
    if (half < (start[u + 1] as number)) continue
    is[u] = 1
    count++
  }
  return { is, count }
}
