import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../src/test-world.ts'
import { dice } from '../attack/dice.ts'
import { handOverRace, keyRace } from './concurrency.ts'

let world: World
const chance = dice(20270314)
beforeAll(async () => {
  world = await makeWorld()
})

test('a hand-over that is accepted, refused and withdrawn at once ends in one way, with one controller', async () => {
  expect(await handOverRace(world, 20, chance)).toMatchObject({ broken: [] })
})

test('keys that go over and are given up at once: never a room without one, and each of them told', async () => {
  expect(await keyRace(world, 20, chance)).toMatchObject({ broken: [] })
})
