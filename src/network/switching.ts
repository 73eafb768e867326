// A switch for each employee: what still hangs together with any of them there or gone, answered from the employees' own ties alone.
import { awayOf } from './away.ts'
import { type Away, componentsOf, largestOf } from './components.ts'
import { aloneAll } from './forest.ts'
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
  /** Sets all employees. */
  setAll(there: boolean): Standing
  /** How it stands. */
  now(): Standing
}

/**
 * Prepares the switches: O(people + ties) once; all employees are gone at first. After that somebody who comes costs O(own
 * ties), and somebody who goes O(the ties of the employees still there), however many residents there are: the residents'
 * own parts are found once, and the employees who are there join them (union-find by size). What it says is what `removing` says of those
 * gone, counting residents alone.
 */
export function switchboard(network: Network, employees: ArrayLike<number>): Switchboard {
  const staff = awayOf(network.people, employees)
  const everybody = Int32Array.from(staff.keys()).filter((person) => staff[person])
  const there = new Uint8Array(network.people)
  const residents = network.people - everybody.length
  const board = joiner(network, staff, everybody)
  function setAll(isThere: boolean): void {
    board.clear()
    for (const employee of everybody) {
      there[employee] = isThere ? 1 : 0
      if (isThere) board.add(employee, there)
    }
  }
  setAll(true)
  const togetherWithAll = board.found.together
  setAll(false)
  const now = (): Standing => {
    const { together, pairs, parts, orphans } = board.found
    return {
      together,
      togetherWithAll,
      retention: togetherWithAll < 2 ? null : together / togetherWithAll,
      parts,
      orphans,
      fragmentation: residents < 2 ? 0 : 1 - pairs / (residents * (residents - 1)),
    }
  }
  return {
    now,
    setAll(isThere) {
      setAll(isThere)
      return now()
    },
    set(employee, isThere) {
      if (staff[employee] !== 1) throw new RangeError(`${employee} is no employee`)
      if ((there[employee] === 1) === isThere) return now()
      there[employee] = isThere ? 1 : 0
      if (isThere) board.add(employee, there)
      else {
        board.clear()
        for (const other of everybody) if (there[other]) board.add(other, there)
      }
      return now()
    },
  }
}

/** The residents' parts without any employee, and what employees who come in join of them. */
function joiner({ people, start, neighbour }: Network, staff: Away, everybody: Int32Array) {
  const { of, sizes } = componentsOf({ people, ties: neighbour.length / 2, start, neighbour }, staff)
  /** Parts of residents first, then one place for each employee. */
  const place = of.slice()
  everybody.forEach((employee, i) => {
    place[employee] = sizes.length + i
  })
  const root = new Int32Array(sizes.length + everybody.length)
  aloneAll(root)
  const size = new Int32Array(root.length)
  size.set(sizes)
  const onlyStaff = whoKnowsOnly(start, neighbour, staff)
  const alone = {
    together: largestOf({ count: sizes.length, of, sizes }),
    parts: sizes.length,
    /** Pairs of residents who reach each other, both ways. */
    pairs: sizes.reduce((sum, one) => sum + one * (one - 1), 0),
    orphans: onlyStaff.reduce((sum, one) => sum + one, 0),
  }
  const found = { ...alone }
  const touched: number[] = []
  const reached: number[] = []
  function find(at: number): number {
    while (root[at] !== at) {
      root[at] = root[root[at] as number] as number
      at = root[at] as number
    }
    return at
  }
  function joinParts(one: number, two: number): void {
    const [more, fewer] = [size[one] as number, size[two] as number]
    if (more < fewer) {
      joinParts(two, one)
      return
    }
    root[two] = one
    size[one] = more + fewer
    found.pairs += 2 * more * fewer
    if (fewer > 0) found.parts--
    if (more + fewer > found.together) found.together = more + fewer
  }
  return {
    found,
    clear() {
      for (const at of touched) {
        root[at] = at
        size[at] = sizes[at] ?? 0
      }
      for (const person of reached) onlyStaff[person] = 1
      touched.length = reached.length = 0
      Object.assign(found, alone)
    },
    /** Somebody comes in, with their ties to residents and to those of the employees who are there. */
    add(employee: number, there: Uint8Array) {
      const own = place[employee] as number
      touched.push(own)
      for (let half = start[employee] as number; half < (start[employee + 1] as number); half++) {
        const other = neighbour[half] as number
        if (staff[other] === 1 && there[other] !== 1) continue
        if (onlyStaff[other] === 1) {
          onlyStaff[other] = 0
          reached.push(other)
          found.orphans--
        }
        const at = place[other] as number
        touched.push(at)
        const [one, two] = [find(own), find(at)]
        if (one !== two) joinParts(one, two)
      }
    },
  }
}

/** 1 for residents who have ties, all of them to employees. */
function whoKnowsOnly(start: Int32Array, neighbour: Int32Array, staff: Away): Uint8Array {
  const only = new Uint8Array(staff.length)
  for (let u = 0; u < staff.length; u++) {
    const end = start[u + 1] as number
    let half = start[u] as number
    if (staff[u] || half === end) continue
    while (half < end && staff[neighbour[half] as number]) half++
    if (half === end) only[u] = 1
  }
  return only
}
