import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asActor } from '../db/as-actor.ts'
import { makeWorld } from '../test-world.ts'
import { ageBands, bandRows, populationFrom } from './age-bands.ts'
import { setPopulation } from './communities.queries.ts'
import { enterPopulation, seeCommunity } from './community.deeds.ts'

const people = { '0-14': 81, '15-24': 48, '25-44': 108, '45-64': 167, '65-79': 107, '80+': 27 }
const rows = ageBands.map((band) => ({ band, people: people[band], source: 'Danmarks Statistik', year: 2026 }))

describe('who lives in a place, by age', () => {
  test('it is told whole, of one source and one year, or not at all', () => {
    expect(populationFrom(rows)).toEqual({ people, source: 'Danmarks Statistik', year: 2026 })
    expect(populationFrom([])).toBeNull()
    expect(populationFrom(rows.slice(1))).toBeNull()
    expect(populationFrom(rows.map((row, place) => (place === 2 ? { ...row, year: 2025 } : row)))).toBeNull()
  })

  test('bars begin at nothing, and their lengths are to each other as the people are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 5000 }), { minLength: 6, maxLength: 6 }), (counts) => {
        const counted = Object.fromEntries(ageBands.map((band, place) => [band, counts[place] ?? 0])) as typeof people
        const told = bandRows({ people: counted, source: 'x', year: 2026 })
        const largest = Math.max(...counts)
        for (const row of told) {
          expect(row.length).toBeCloseTo(largest === 0 ? 0 : (row.people / largest) * 100)
          if (largest === 0) expect(row.percent).toBeNull()
        }
      }),
    )
  })

  test('whoever sets the program up enters it, a new count takes the place of the old, and nobody else can', async () => {
    const world = await makeWorld()
    const population = { people, source: 'Danmarks Statistik', year: 2025 }
    await enterPopulation(world.house, world.holmetofte, population)
    await enterPopulation(world.house, world.holmetofte, { ...population, year: 2026 })
    expect((await seeCommunity(world.guest, 'holmetofte')).population).toEqual({ ...population, year: 2026 })
    for (const actor of [world.guest, world.karsten, world.freja, world.amira])
      await expect(asActor(actor, (tx) => setPopulation(tx, world.holmetofte, population))).rejects.toThrow(
        /permission denied/,
      )
  })
})
