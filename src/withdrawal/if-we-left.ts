// The rules of the page Hvis vi gik i morgen: who holds together with which employees there, and what the municipality may be told.
import type { Switches } from './reckoning.ts'

/** Fewer residents than this who hang together are told to the municipality as nothing. */
export const fewestForMunicipality = 10

/** The parts that are in the largest group when these employees are there; of equal ones the first. */
export function holdingOf({ sizes, staff }: Pick<Switches, 'sizes' | 'staff'>, there: readonly boolean[]): Set<number> {
  const root = [...sizes.keys(), ...staff.map((_, at) => sizes.length + at)]
  const find = (one: number): number => {
    let at = one
    while (root[at] !== at) at = root[at] = root[root[at] as number] as number
    return at
  }
  staff.forEach(({ parts, staff: others }, at) => {
    if (!there[at]) return
    const near = [...parts, ...others.filter((other) => there[other]).map((other) => sizes.length + other)]
    for (const one of near) root[find(one)] = find(sizes.length + at)
  })
  const people = new Map<number, number>()
  sizes.forEach((size, part) => {
    people.set(find(part), (people.get(find(part)) ?? 0) + size)
  })
  let best = -1
  for (const [group, size] of people) if (size > (people.get(best) ?? 0)) best = group
  return new Set([...sizes.keys()].filter((part) => find(part) === best))
}

/** Which employees are there, from the address: `?there=0&there=2`. What is no number is nobody. */
export const readThere = (query: readonly string[]): number[] =>
  query.filter((one) => /^\d{1,3}$/.test(one)).map(Number)
