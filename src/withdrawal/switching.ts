// Who hangs together with which employees there, from the parts of the residents alone: on the server, and in the browser at each switch.
import type { Network } from '../network/network.ts'

/**
 * The parts of the residents alone, as kinds: a part of two or more is a kind of its own; neighbours who hang on nobody but the same employees
 * are one kind together. So thousands who are alone take a few numbers.
 */
export interface Kind {
  people: number
  /** Of its own, without any employee: how many hang together in it. 1 for those who are alone. */
  most: number
  /** The employees that it has a tie to, by their place in the list of them. */
  near: number[]
}

export interface Switches {
  kinds: Kind[]
  /** For each employee, the others they have a tie to. */
  staff: number[][]
}

export interface Holding {
  /** The kinds in the largest group; of equal groups the first. */
  kinds: Set<number>
  /** How many residents hang together in it. */
  people: number
}

/** How many residents have a tie at all. */
export const tiedIn = ({ kinds }: Switches): number =>
  kinds.reduce((sum, { people, most, near }) => sum + (most > 1 || near.length > 0 ? people : 0), 0)

/** By union-find over the kinds and the employees who are there. O(kinds + employees). */
export function holdingOf({ kinds, staff }: Switches, there: readonly boolean[]): Holding {
  const root = [...kinds.keys(), ...staff.map((_, at) => kinds.length + at)]
  const find = (one: number): number => {
    let at = one
    while (root[at] !== at) at = root[at] = root[root[at] as number] as number
    return at
  }
  const join = (one: number, employee: number) => {
    root[find(one)] = find(kinds.length + employee)
  }
  kinds.forEach(({ near }, kind) => {
    for (const employee of near) if (there[employee]) join(kind, employee)
  })
  staff.forEach((others, employee) => {
    if (there[employee]) for (const other of others) if (there[other]) join(kinds.length + other, employee)
  })
  const people = new Map<number, number>()
  kinds.forEach(({ people: all, most, near }, kind) => {
    const held = near.some((employee) => there[employee]) ? all : most
    people.set(find(kind), (people.get(find(kind)) ?? 0) + held)
  })
  let best = -1
  for (const [group, size] of people) if (size > (people.get(best) ?? 0)) best = group
  return { kinds: new Set([...kinds.keys()].filter((kind) => find(kind) === best)), people: people.get(best) ?? 0 }
}

/** `of` and `sizes`: the parts of the residents alone. Answers the kind of each person too, -1 for employees. */
export function kindsOf(
  network: Network,
  { of, sizes }: { of: Int32Array; sizes: ArrayLike<number> },
  staff: readonly number[],
): { switches: Switches; kindOf: Int32Array } {
  const placeOf = new Map(staff.map((person, place) => [person, place]))
  const near: (number[] | undefined)[] = []
  const others: number[][] = []
  staff.forEach((person, place) => {
    const met = network.neighbour.subarray(network.start[person], network.start[person + 1])
    others.push([...met].flatMap((one) => placeOf.get(one) ?? []))
    for (const one of met) {
      const part = of[one] as number
      if (part < 0) continue
      const list = near[part]
      if (!list) near[part] = [place]
      else if (list.at(-1) !== place) list.push(place)
    }
  })
  const kinds: Kind[] = []
  const alone = new Map<string, number>()
  const kindOfPart = Int32Array.from(sizes, (size, part) => {
    const staffNear = near[part] ?? []
    const key = staffNear.join(' ')
    const known = size === 1 ? alone.get(key) : undefined
    if (known !== undefined) {
      ;(kinds[known] as Kind).people++
      return known
    }
    if (size === 1) alone.set(key, kinds.length)
    return kinds.push({ people: size, most: size, near: staffNear }) - 1
  })
  return {
    switches: { kinds, staff: others },
    kindOf: of.map((part) => (part < 0 ? -1 : (kindOfPart[part] as number))),
  }
}

/** For the page: people, most, and the employees of each kind; then the others of each employee. */
export const switchesText = ({ kinds, staff }: Switches): string =>
  JSON.stringify([kinds.map(({ people, most, near }) => [people, most, ...near]), staff])

export function readSwitches(text: string): Switches {
  const [kinds, staff] = JSON.parse(text) as [number[][], number[][]]
  return { kinds: kinds.map(([people = 0, most = 0, ...near]) => ({ people, most, near })), staff }
}
