import { expect, test } from 'vitest'
import { dice } from '../attack/dice.ts'
import { stolenDisk } from './stolen-disk.ts'

test('whoever takes the disk, the backups and the configuration reads no sentence of Min bog, and the printed sheet opens it again', {
  timeout: 60_000,
}, async () => {
  const found = await stolenDisk({ sentences: 60, drills: 6, chance: dice(Number(process.env.SEED ?? 20270314)) })
  expect(found).toMatchObject({ readable: 0, of: 60, recovered: 6, drills: 6, faults: [] })
  expect(found.bytes).toBeGreaterThan(10_000_000)
  expect(found.tried).toBeGreaterThan(1000)
})
