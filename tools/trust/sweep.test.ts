import { expect, test } from 'vitest'
import { makeWorld } from '../../src/test-world.ts'
import { dice } from '../attack/dice.ts'
import { sweep } from './sweep.ts'

test('fifty marked values go through every kind of address and every fault, and none is found in what the program says of itself', async () => {
  const swept = await sweep(await makeWorld(), 900, dice(20270314))
  expect(swept.hits).toEqual([])
  expect(swept.broken).toEqual([])
  expect(swept.sentinels).toBeGreaterThanOrEqual(50)
  expect(swept.failed).toBeGreaterThan(20)
  expect(swept.lines).toBeGreaterThan(20)
}, 60_000)
