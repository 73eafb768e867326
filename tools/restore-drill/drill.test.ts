import { expect, inject, test } from 'vitest'
import { makeWorld } from '../../src/test-world.ts'
import { drill } from './drill.ts'
import { notOneMoment } from './one-moment.ts'
import type { Done } from './writing.ts'

test('backups made while eight write are each one moment of it, who left stays gone, and what is not whole is refused', async () => {
  const world = await makeWorld()
  const found = await drill(world, inject('ownerUrl'), { rounds: 2, damaged: 5, folderEvery: 0, seed: 5 })
  expect(found.faults).toEqual([])
  expect([found.rounds, found.damaged, found.refused]).toEqual([2, 5, 5])
  expect(found.seen).toBeGreaterThan(20)
}, 60_000)

test('a copy that has the later and not the earlier, or half of what somebody said yes to, is no one moment', async () => {
  const world = await makeWorld()
  const karsten = String((await world.sql(`select id from community.person where name = 'Karsten'`))[0]?.id)
  const deeds: Done[] = [
    { kind: 'promise', mark: 'never came', began: 2, thanked: 3 },
    { kind: 'yes', mark: karsten, began: 4, thanked: 5 },
  ]
  const torn = await notOneMoment(world.ownerUrl, deeds, { from: 1, to: 9, leftSince: false })
  expect(torn.faults).toEqual([expect.stringMatching(/^yes .* is in it, and promise never came/)])
  await world.sql(`update community.person set name = 'Beboer 1' where name = 'Karsten'`)
  expect((await notOneMoment(world.ownerUrl, [], { from: 1, to: 9, leftSince: false })).faults).toEqual([
    expect.stringMatching(/half/),
  ])
})
