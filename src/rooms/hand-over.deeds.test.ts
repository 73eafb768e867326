import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SignedIn } from '../access/session.deeds.ts'
import { asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { acceptHandOver, handOverJobs, happens, proposeHandOver, stopHandOver } from './hand-over.deeds.ts'
import { look } from './looks.deeds.ts'
import { seeRoom } from './room.deeds.ts'
import { association, type Neighbour, neighbour, signedIn } from './test-room.ts'

let world: World
let guild = ''
let poul: SignedIn
let inger: SignedIn
let amira: SignedIn
let other: Neighbour

beforeAll(async () => {
  world = await makeWorld()
  other = await neighbour(world, 'Inger', 'keyholder')
})

beforeEach(async () => {
  await world.sql('alter table community.controller disable trigger handed_over')
  await world.sql(`update community.controller set kind = 'municipality', association_id = null`)
  await world.sql('alter table community.controller enable trigger handed_over')
  await world.sql('delete from community.hand_over')
  await world.sql('delete from community.association')
  world.clock.set('2027-03-14T18:00:00Z')
  guild = await association(world, 'Borgerforeningen')
  poul = await signedIn(world, world.poul)
  inger = await signedIn(world, other)
  amira = await signedIn(world, world.amira)
})

const slug = 'holmetofte'
const proposed = async (onDate = '2027-03-14') => {
  await proposeHandOver(amira, world.later, slug, { association: guild, onDate })
  return (await seeRoom(poul, slug)).open?.id ?? ''
}
const keeper = async () => (await seeRoom(world.guest, slug)).keeper
const seen = () => look(amira, slug, { reason: 'Ringer om mødet', query: '', after: '' })

describe('a hand-over', () => {
  test('happens at the second yes of two key holders, and the municipality is a guest from that moment', async () => {
    expect((await seen()).length).toBeGreaterThan(0)
    const id = await proposed()
    expect(await acceptHandOver(poul, slug, id)).toBe('waits')
    expect(await keeper()).toBeNull()
    expect(await acceptHandOver(inger, slug, id)).toBe('done')
    expect(await keeper()).toBe('Borgerforeningen')
    await expect(seen()).rejects.toMatchObject({ code: 'room.guest' })
    const room = await seeRoom(poul, slug)
    expect(room.last).toMatchObject({ association: 'Borgerforeningen', signed: 2, state: 'done' })
    expect(room.events[0]).toMatchObject({ what: 'handed_over', association: 'Borgerforeningen' })
  })

  test('is not decided by a key that came by trust yesterday: one person could otherwise make the second yes', async () => {
    const id = await proposed()
    await acceptHandOver(poul, slug, id)
    await world.sql(
      `insert into community.key_event (id, community_id, what, person_id, at) values (gen_random_uuid(), $1, 'trusted', $2, '2027-03-13')`,
      [world.holmetofte, other.person],
    )
    await expect(acceptHandOver(inger, slug, id)).rejects.toMatchObject({ code: 'key.news' })
    // Nor is a yes counted that got in by another way.
    await world.sql(`insert into community.hand_over_yes (hand_over_id, person_id, at) values ($1, $2, '2027-03-14')`, [
      id,
      other.person,
    ])
    expect(await happens(world.house, slug)).toBe(false)
    expect(await keeper()).toBeNull()
    await world.sql('delete from community.key_event')
  })

  test('with two yes waits for its day, and happens as the day begins, also before anything has written it down', async () => {
    const id = await proposed('2027-03-20')
    expect(world.later.ordered.at(-1)).toMatchObject({ name: 'hand-over', at: new Date('2027-03-19T23:00:00Z') })
    await acceptHandOver(poul, slug, id)
    expect(await acceptHandOver(inger, slug, id)).toBe('waits')
    await expect(seen()).resolves.toBeTruthy()
    world.clock.set('2027-03-19T23:00:00Z')
    amira = await signedIn(world, world.amira)
    await expect(seen()).rejects.toMatchObject({ code: 'room.guest' })
    await handOverJobs()[0]?.work(world.house, { place: slug })
    expect(await keeper()).toBe('Borgerforeningen')
    expect(await happens(world.house, slug)).toBe(false)
    world.clock.set('2027-03-14T18:00:00Z')
  })

  test('whoever opens the room first makes it so, if the night did not', async () => {
    const id = await proposed('2027-03-20')
    await acceptHandOver(poul, slug, id)
    await acceptHandOver(inger, slug, id)
    world.clock.set('2027-03-21T06:00:00Z')
    expect(await keeper()).toBe('Borgerforeningen')
  })

  test('takes two persons: the same one twice is told, and counts once', async () => {
    const id = await proposed()
    await acceptHandOver(poul, slug, id)
    await expect(acceptHandOver(poul, slug, id)).rejects.toMatchObject({ code: 'handover.said' })
    expect(await keeper()).toBeNull()
  })

  test('a yes goes with the key: who lost theirs meanwhile does not count', async () => {
    const third = await neighbour(world, 'Tredje', 'keyholder')
    const id = await proposed()
    await acceptHandOver(await signedIn(world, third), slug, id)
    await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [third.account])
    expect(await acceptHandOver(poul, slug, id)).toBe('waits')
    expect(await acceptHandOver(inger, slug, id)).toBe('done')
  })

  test('of two proposals one stands; a yes taken back, a no, and a withdrawal are heard before the day', async () => {
    const id = await proposed('2027-03-20')
    await expect(proposed('2027-03-21')).rejects.toMatchObject({ code: 'handover.open' })
    await acceptHandOver(poul, slug, id)
    await stopHandOver(poul, slug, id, 'back')
    expect((await seeRoom(poul, slug)).yes).toBe(0)
    await stopHandOver(inger, slug, id, 'no')
    await expect(acceptHandOver(poul, slug, id)).rejects.toMatchObject({ code: 'handover.over' })
    const again = await proposed('2027-03-22')
    await stopHandOver(amira, slug, again, 'withdraw')
    await expect(acceptHandOver(poul, slug, again)).rejects.toMatchObject({ code: 'handover.over' })
  })

  test('nobody takes part who may not: residents, hosts, strangers, leaders, an employee who works elsewhere', async () => {
    const id = await proposed()
    for (const who of [world.karsten, world.freja, world.stranger, world.helle, world.nadia, world.amira])
      await expect(acceptHandOver(await signedIn(world, who), slug, id)).rejects.toMatchObject({ code: 'not-yours' })
    for (const who of [world.karsten, world.freja, world.stranger, world.helle, world.mikkel])
      await expect(
        proposeHandOver(await signedIn(world, who), world.later, slug, { association: guild, onDate: '2027-04-01' }),
      ).rejects.toMatchObject({ code: 'not-yours' })
    await expect(
      proposeHandOver(amira, world.later, 'lyngo', { association: guild, onDate: '2027-04-01' }),
    ).rejects.toMatchObject({ code: 'not-yours' })
  })

  test('not to an association of the municipality’s own, and not to one of another place', async () => {
    const own = await association(world, 'Kommunens fritidsforening', true)
    await expect(
      proposeHandOver(amira, world.later, slug, { association: own, onDate: '2027-03-14' }),
    ).rejects.toMatchObject({ code: 'not-found' })
  })

  test('wants a proof of who one is within the last minutes', async () => {
    const id = await proposed()
    const old = { ...poul, session: { ...poul.session, provenAt: new Date('2027-03-14T17:00:00Z') } }
    await expect(acceptHandOver(old, slug, id)).rejects.toMatchObject({ code: 'proof.needed' })
  })

  test('the controller changes in no other way: the database refuses the program itself', async () => {
    await expect(
      world.sql(`update community.controller set kind = 'association', association_id = $1 where community_id = $2`, [
        guild,
        world.holmetofte,
      ]),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(
      asActor(poul, (tx) => tx.updateTable('community.controller').set({ association_id: guild }).execute()),
    ).rejects.toMatchObject({ code: '42501' })
  })

  test('handed over, the residents hand it on themselves: the municipality proposes nothing more', async () => {
    const id = await proposed()
    await acceptHandOver(poul, slug, id)
    await acceptHandOver(inger, slug, id)
    const next = await association(world, 'Lokalrådet')
    await expect(
      proposeHandOver(amira, world.later, slug, { association: next, onDate: '2027-03-14' }),
    ).rejects.toMatchObject({ code: 'room.guest' })
    await proposeHandOver(poul, world.later, slug, { association: next, onDate: '2027-03-14' })
    const open = (await seeRoom(inger, slug)).open?.id ?? ''
    await acceptHandOver(poul, slug, open)
    await acceptHandOver(inger, slug, open)
    expect(await keeper()).toBe('Lokalrådet')
  })
})
