import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../src/test-world.ts'
import { dice } from '../attack/dice.ts'
import { definitionRace, linkRace, meetingRace } from './races.ts'

let world: World
const chance = dice(20270314)
beforeAll(async () => {
  world = await makeWorld()
})

test('a meeting that many hands change, begin, open and close at once is in one state, with one result', async () => {
  expect(await meetingRace(world, 25, chance)).toMatchObject({ broken: [] })
}, 30_000)

test('a one-time link that many press at once lets one in', async () => {
  expect(await linkRace(world, 40, chance)).toMatchObject({ broken: [] })
})

test('definitions that are written at once are all kept, each as a version of its own', async () => {
  expect(await definitionRace(world, 20, chance)).toMatchObject({ broken: [] })
})
