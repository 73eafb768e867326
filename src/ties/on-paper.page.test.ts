import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { personOf, talked } from './test-ties.ts'
import { tiePages } from './ties.page.tsx'
import { tiesIn } from './ties-in.ts'

let world: World
let birthe: string
let karsten: string
beforeAll(async () => {
  world = await makeWorld()
  karsten = await personOf(world, world.karsten)
  const [row] = await world.sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
     values (gen_random_uuid(), $1, 'Birthe Ågård', 'came', 'paper', '2027-01-01', '2027-01-01') returning id`,
    [world.holmetofte],
  )
  birthe = String(row?.id)
})
beforeEach(async () => {
  await world.sql('delete from community.talk')
  await world.sql('delete from community.tie_choice')
})
const as = (actor: Actor) => visitAs(world.house, actor, tiePages())
const door = () => `/c/holmetofte/people/${birthe}/ties`
const counted = async () =>
  (await asActor(world.freja, (tx) => tiesIn(tx, world.holmetofte, '2027-03-14'))).weights.length

describe('somebody without a phone decides too', () => {
  test('a key holder writes down what she wants, and it counts as if she had pressed it', async () => {
    await talked(world, karsten, birthe, '2027-03-01')
    const site = await as(world.poul)
    expect((await site.get(door())).text).toContain('Bånd, som Birthe Ågård vil bestemme over')
    expect((await site.post(door(), { name: ' karsten', choice: 'removed' })).location).toBe(`${door()}?done=yes`)
    expect(await counted()).toBe(0)
    await site.post(door(), { name: 'Karsten', choice: 'hidden' })
    expect(await counted()).toBe(1)
    await site.post(door(), { name: 'Amira', choice: 'removed' })
    await site.post(door(), { name: 'Karsten', choice: 'back' })
    expect(await world.sql('select other_account from community.tie_choice')).toEqual([
      { other_account: world.amira.account },
    ])
  })

  test('the key holder hears the same whether there is a tie or not, and sees nobody', async () => {
    const site = await as(world.poul)
    const without = await site.post(door(), { name: 'Karsten', choice: 'hidden' })
    await world.sql('delete from community.tie_choice')
    await talked(world, karsten, birthe, '2027-03-01')
    const tied = await site.post(door(), { name: 'Karsten', choice: 'hidden' })
    expect([without.status, without.location]).toEqual([tied.status, tied.location])
    expect((await site.get(`${door()}?done=yes`)).text).not.toContain('Karsten')
  })

  test('a name that nobody has, no name, no choice: the same page with what was typed', async () => {
    const site = await as(world.poul)
    for (const form of [
      { name: 'Ingen Her', choice: 'hidden' },
      { name: '', choice: 'hidden' },
      { name: 'Karsten', choice: 'score' },
    ]) {
      const page = await site.post(door(), form)
      expect(page.status).toBe(400)
      expect(page.html).toContain(`value="${form.name}"`)
    }
    expect(await world.sql('select from community.tie_choice')).toHaveLength(0)
  })

  test('not by a host, a stranger, an employee; and not for somebody who has an account', async () => {
    for (const who of [world.freja, world.karsten, world.stranger, world.amira, world.helle]) {
      expect((await (await as(who)).get(door())).status).toBeGreaterThanOrEqual(400)
      expect((await (await as(who)).post(door(), { name: 'Karsten', choice: 'hidden' })).status).toBeGreaterThanOrEqual(
        400,
      )
    }
    const site = await as(world.poul)
    expect((await site.get(`/c/holmetofte/people/${karsten}/ties`)).text).toBe('not-found')
    expect(await world.sql('select from community.tie_choice')).toHaveLength(0)
  })
})
