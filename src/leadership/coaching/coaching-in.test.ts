import { beforeAll, expect, test } from 'vitest'
import { type Actor, asActor, asSystem } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { personOf } from '../../ties/test-ties.ts'
import { tieKinds } from '../../ties/tie.ts'
import { tiesIn } from '../../ties/ties-in.ts'
import { coachingIn } from './coaching-in.ts'

let world: World
let freja: string
let karsten: string
beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
  karsten = await personOf(world, world.karsten)
  await world.sql(
    `insert into community.coaching (community_id, coach, coachee, since) values ($1, $2, $3, '2026-12-20')`,
    [world.holmetofte, freja, karsten],
  )
})
const today = '2027-03-14'
const asked = (who: Actor, on = today) => asActor(who, (tx) => coachingIn(tx, world.holmetofte, on))

test('the two see that one leans on the other, and so does the program; no neighbour, host, key holder or stranger', async () => {
  const one = [{ coach: freja, coachee: karsten, since: '2026-12-20' }]
  expect(await asked(world.freja)).toEqual(one)
  expect(await asked(world.karsten)).toEqual(one)
  expect(await asSystem(world.house, 'test', (tx) => coachingIn(tx, world.holmetofte, today))).toEqual(one)
  for (const other of [world.poul, world.stranger]) expect(await asked(other)).toEqual([])
  expect(await asked(world.karsten, '2026-12-19')).toEqual([])
})

test('nobody of the municipality, and no guest, may ask at all', async () => {
  for (const other of [world.guest, world.amira, world.helle, world.nadia, world.mikkel])
    await expect(asked(other)).rejects.toThrow(/permission denied/)
})

test('it is a tie that weighs like a talk each quarter, as long as it lasts', async () => {
  const weight = async () =>
    (await asSystem(world.house, 'test', (tx) => tiesIn(tx, world.holmetofte, today))).weights[0]
  // Since 20 December; the second quarter begins on 20 March.
  expect(await weight()).toBeCloseTo(tieKinds.coaching * 0.5 ** (84 / 180), 5)
  await world.sql(`update community.coaching set since = '2026-12-10'`)
  expect(await weight()).toBeCloseTo(tieKinds.coaching * (0.5 ** (94 / 180) + 0.5 ** (4 / 180)), 5)
  await world.sql(`update community.coaching set ended_on = '2027-01-10'`)
  expect(await weight()).toBeCloseTo(tieKinds.coaching * 0.5 ** (94 / 180), 5)
  expect(await asked(world.karsten)).toEqual([])
})
