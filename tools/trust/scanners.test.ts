import { beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../src/test-world.ts'
import { type Scanned, scannerKinds, scanners } from './scanners.ts'

const mails = Number(process.env.OPLIVE_RUNS ?? 12)

let found: Scanned
beforeAll(async () => {
  found = await scanners({ world: await makeWorld(), mails, browserEvery: 6 })
}, 60_000)

test('mail scanners use no letter up and get no session', () => {
  expect(found).toMatchObject({ spent: 0, sessions: 0 })
  expect(found.requests).toBeGreaterThan(mails * 2 * Object.keys(scannerKinds).length)
  expect(found.looks).toBe(2 * Math.ceil(mails / 6))
})

test('everybody gets in after them: by the link, by the digits, and on another device', () => {
  expect(found.gotIn).toBe(found.of)
})
