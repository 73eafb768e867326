// Ledervejen in the demo: Freja, who has brought two, held a meeting and is there for Jens, has not said yes to anything yet; twelve neighbours of Holmetofte have.
import { asSystem, type House } from '../db/as-actor.ts'
import * as ask from './demo.queries.ts'

const day = 86_400_000

/** How many days ago each said yes, and to what: on paper, typed in by a key holder. Two of them call themselves leader. */
const yes = [
  { stage: 3, daysAgo: 340 },
  { stage: 4, daysAgo: 330 },
  { stage: 4, daysAgo: 310 },
  { stage: 3, daysAgo: 290 },
  { stage: 5, daysAgo: 270 },
  { stage: 3, daysAgo: 250 },
  { stage: 4, daysAgo: 220 },
  { stage: 3, daysAgo: 190 },
  { stage: 5, daysAgo: 160 },
  { stage: 3, daysAgo: 140 },
  { stage: 4, daysAgo: 120 },
  { stage: 3, daysAgo: 100 },
] as const

export async function walkTheWay(house: House, places: ReadonlyMap<string, string>): Promise<void> {
  const now = house.clock.now().getTime()
  const dateOf = (daysAgo: number) => new Date(now - daysAgo * day).toISOString().slice(0, 10)
  const place = places.get('holmetofte') ?? ''
  await asSystem(house, 'let neighbours of the demo say what they call themselves', async (tx) => {
    const people = await ask.neighboursOfAges(tx, place)
    // Of all ages by turns: the two leaders are of two.
    const steps = yes.map(({ stage, daysAgo }, at) => ({
      person: people[at] ?? '',
      stage,
      on: dateOf(daysAgo),
    }))
    await ask.addSteps(tx, steps)
    // Jens leans on Freja since last week. They have talked before: no tie of the picture is new by it.
    await ask.addCoaching(tx, place, 'Freja', 'Jens', dateOf(6))
  })
}
