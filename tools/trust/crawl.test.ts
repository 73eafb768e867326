import { beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../src/test-world.ts'
import { dice } from '../attack/dice.ts'
import { type Crawled, crawl } from './crawl.ts'
import { plant } from './planted.ts'

let found: Crawled
beforeAll(async () => {
  const one = dice(20270314)
  found = await crawl(await plant(await makeWorld()), 900, () => one.next())
}, 60_000)

test('what belongs to another place or person is told to nobody from elsewhere, at any address', () => {
  expect(found.told).toEqual([])
})

test('not yours and not there are the same answer, byte for byte', () => {
  expect(found.apart).toEqual([])
})

test('no address breaks', () => {
  expect(found.broken).toEqual([])
  expect(found.tried).toBeGreaterThan(500)
})
