import { beforeAll, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../../src/test-world.ts'
import { markOf, mutants, tellStory } from './story.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

/** Seeds that have broken something once: each is told for ever. */
const once = [730]

describe('whole meetings from a seed', () => {
  test('hold what must always hold, after every step', async () => {
    for (const seed of [...once, ...Array.from({ length: 12 }, (_, n) => 1000 + n)])
      expect([seed, (await tellStory(world, seed)).faults]).toEqual([seed, []])
  }, 120_000)

  test('are the same story when they are told again', async () => {
    const first = await tellStory(world, 77)
    const again = await tellStory(world, 77)
    expect(again.trace).toEqual(first.trace)
    expect(markOf(again)).toBe(markOf(first))
    expect(markOf(await tellStory(world, 78))).not.toBe(markOf(first))
  }, 60_000)

  test.each(mutants)(
    'find a program in which there is this fault: %s',
    async (mutant) => {
      for (let seed = 1; seed <= 12; seed++) if ((await tellStory(world, seed, mutant)).faults.length > 0) return
      expect.fail('twelve seeds did not find it')
    },
    60_000,
  )
})
