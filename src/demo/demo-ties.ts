// Who has talked with whom, made up: a village that hangs on one employee, the same kind two years later, and a crowd for measuring.
import { v7 as uuid } from 'uuid'
import { asSystem, type House } from '../db/as-actor.ts'
import * as ask from './demo.queries.ts'

/** Residents are 0 to residents - 1, employees 0 to staff - 1. */
export interface Weave {
  residents: number
  staff: number
  /** Talks between two residents. */
  among: [number, number][]
  /** Talks of an employee with a resident: [employee, resident]. */
  withStaff: [number, number][]
}

/** A village where one employee has talked with everybody, and hardly anybody with each other: 41 hang together through her, 6 without. */
export function hangingOnOne(): Weave {
  const residents = 41
  const among: [number, number][] = []
  for (let i = 1; i < 6; i++) among.push([0, i])
  among.push([1, 2], [10, 11], [12, 13], [20, 21])
  return { residents, staff: 1, among, withStaff: Array.from({ length: residents }, (_, i) => [0, i]) }
}

/**
 * Two years later: five neighbours that others gather round, and two employees at the edge. 96 residents hang together; without the employees 78
 * still do, 10 have nobody left, and 8 sit in three small groups by themselves.
 */
export function twoYearsLater(): Weave {
  const [core, alone, apart] = [78, 10, 8]
  const hubs = 5
  const among: [number, number][] = []
  // The five meet often.
  for (let round = 0; round < 3; round++) for (let i = 0; i < hubs; i++) among.push([i, (i + 1) % hubs])
  among.push([0, 2], [1, 3])
  // Each belongs to one of the five; most know the next in the row as well, and some a second of the five.
  for (let i = hubs; i < core; i++) {
    among.push([i % hubs, i])
    if (i + hubs < core && i % 3 !== 0) among.push([i, i + hubs])
    if (i % 4 === 0) among.push([(i + 1) % hubs, i])
  }
  const first = core + alone
  among.push(
    [first, first + 1],
    [first + 1, first + 2],
    [first + 3, first + 4],
    [first + 3, first + 5],
    [first + 6, first + 7],
  )
  const withStaff: [number, number][] = []
  for (let i = core; i < core + alone; i++) withStaff.push([i % 2, i])
  withStaff.push([0, first], [1, first + 3], [0, first + 6], [0, 0], [0, 1], [1, 2], [1, 3], [0, 17], [1, 23], [0, 41])
  return { residents: core + alone + apart, staff: 2, among, withStaff }
}

/** So many residents with about so many ties, and employees who are hubs; the same for the same seed. */
export function crowd(residents: number, ties: number, staff: number, seed = 1): Weave {
  let state = seed
  // A linear congruential generator: the figures of Numerical Recipes. Good enough to scatter people.
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const seen = new Set<number>()
  const among: [number, number][] = []
  const withStaff: [number, number][] = []
  const share = Math.floor(ties / 20)
  for (let i = 0; i < share && staff > 0; i++) {
    const [worker, resident] = [below(staff), below(residents)]
    const key = -1 - (worker * residents + resident)
    if (!seen.has(key)) withStaff.push([worker, resident])
    seen.add(key)
  }
  for (let tries = 0; among.length + withStaff.length < ties && tries < ties * 4; tries++) {
    const a = below(residents)
    // Most know those who live nearby.
    const b = tries % 5 === 0 ? below(residents) : (a + 1 + below(12)) % residents
    const key = Math.min(a, b) * residents + Math.max(a, b)
    if (a !== b && !seen.has(key)) among.push([a, b])
    seen.add(key)
  }
  return { residents, staff, among, withStaff }
}

/** On which day, before `today`, the talk of this number was held: over eleven months, the last ones a week ago. */
export const heldOn = (place: number, today: string): string =>
  new Date(Date.parse(today) - (7 + ((place * 37) % 330)) * 86_400_000).toISOString().slice(0, 10)

/** Who works in the places of the demo beside those who can sign in, and with which. */
const colleague = { name: 'Lone Friis', works: 'holmetofte' }

/**
 * Holmetofte as it is two years later, where Freja and Karsten are two of the five that others gather round; and Nørre Askelund, which still hangs
 * on one employee. `places` are the communities by slug.
 */
export async function layDemoTies(house: House, places: ReadonlyMap<string, string>): Promise<void> {
  const lone = uuid()
  const laid = await asSystem(house, 'find who has talked in the demo', async (tx) => {
    await ask.addAccount(tx, { id: lone, name: colleague.name, municipalRole: 'employee' })
    await ask.addWork(tx, lone, places.get(colleague.works) ?? '')
    const amira = await ask.employeeOf(tx, 'Amira Haddad')
    const inPlace = async (slug: string, weave: Weave, staff: string[]) => {
      const community = places.get(slug) ?? ''
      return {
        community,
        weave,
        who: { people: await ask.peopleIn(tx, community, ['Oksana', 'Freja', 'Karsten', 'Jens']), staff },
      }
    }
    return [
      await inPlace('holmetofte', twoYearsLater(), [amira, lone]),
      await inPlace('noerre-askelund', hangingOnOne(), [amira]),
    ]
  })
  for (const { community, weave, who } of laid) await layTies(house, community, weave, who)
  // Two whom Freja knows, and who do not know each other: both bake, and both like to be asked.
  const [bakers] = laid
  const today = house.clock.now().toISOString().slice(0, 10)
  await asSystem(house, 'let two of the demo be asked about what they can', async (tx) => {
    await ask.letBeAsked(tx, bakers?.who.people[10] ?? '', 'at bage rugbrød', today)
    await ask.letBeAsked(tx, bakers?.who.people[20] ?? '', 'jeg bager rugbrødet til fællesspisning', today)
  })
}

/** Lays the talks of a weave into a place, between these people and these accounts of employees. One statement for each kind. */
export async function layTies(
  house: House,
  community: string,
  { among, withStaff }: Weave,
  who: { people: readonly string[]; staff: readonly string[] },
): Promise<void> {
  const today = house.clock.now().toISOString().slice(0, 10)
  const talk = (starter: string | undefined, other: string | undefined, place: number): ask.Talked => {
    if (!starter || !other) throw new Error('everybody of the weave is there')
    return { id: uuid(), starter, other, on: heldOn(place, today) }
  }
  const residents = among.map(([a, b], place) => talk(who.people[a], who.people[b], place))
  const employees = withStaff.map(([worker, b], place) => talk(who.staff[worker], who.people[b], place))
  await asSystem(house, 'lay talks that were held into the demo', async (tx) => {
    await ask.addTalks(tx, 'community', community, residents)
    await ask.addTalks(tx, 'municipal', community, employees)
  })
}
