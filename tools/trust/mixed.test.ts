import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../../src/test-world.ts'
import { dice } from '../attack/dice.ts'
import { mixed } from './mixed.ts'
import { plant } from './planted.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

test('of 600 pages that many people ask for at once through one pool, each is the page they get when alone', async () => {
  const found = await mixed(await plant(world), 600, dice(20270314))
  expect(found.strange).toEqual([])
  expect(found.told).toEqual([])
  expect(found.requests).toBeGreaterThanOrEqual(600)
}, 60_000)
