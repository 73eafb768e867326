import { beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../src/test-world.ts'
import { plant } from './planted.ts'
import { type Revoked, revoked } from './revoked.ts'

let found: Revoked[]
beforeAll(async () => {
  found = await revoked(await plant(await makeWorld()))
}, 60_000)

test('a right that is taken opens nothing at the next request, on no page, file or feed', () => {
  expect(found.filter(({ still }) => still.length > 0)).toEqual([])
})

test('each of these rights opened something before', () => {
  expect(found.filter(({ open }) => open === 0)).toEqual([])
})
