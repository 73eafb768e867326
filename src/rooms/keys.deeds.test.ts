import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SignedIn } from '../access/session.deeds.ts'
import { makeWorld, type World } from '../test-world.ts'
import { approveTransfer, giveUpKey, nameKeyHolder, proposeTransfer, stopChange, takeKey } from './keys.deeds.ts'
import { seeKeys, seeTrust } from './room.deeds.ts'
import { holders, type Neighbour, neighbour, personIn, signedIn } from './test-room.ts'
import { giveTrust, keepRooms, setRule, takeTrustBack } from './trust.deeds.ts'

let world: World
let poul: SignedIn
let inger: Neighbour
let else_: Neighbour
const slug = 'holmetofte'

beforeAll(async () => {
  world = await makeWorld()
  await world.sql(`update community.person set joined_on = '2026-01-01'`)
  inger = await neighbour(world, 'Inger', 'keyholder')
  else_ = await neighbour(world, 'Else')
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  await world.sql('delete from community.key_change')
  await world.sql('delete from community.trust')
  await world.sql('delete from community.key_rule')
  await world.sql(`update access.community_role set role = 'resident' where role = 'keyholder' and community_id = $1`, [
    world.holmetofte,
  ])
  await world.sql(`update access.community_role set role = 'keyholder' where account_id in ($1, $2)`, [
    world.poul.account,
    inger.account,
  ])
  poul = await signedIn(world, world.poul)
})
const as = (actor: { account: string | null }) => signedIn(world, actor)
const change = async () => (await seeKeys(await as(world.poul), slug, '')).changes[0]?.id ?? ''
const openTo = async (person: string) =>
  String(
    (await world.sql(`select id from community.key_change where to_person = $1 and state = 'open'`, [person]))[0]?.id,
  )

describe('a key that goes over', () => {
  test('takes one who proposes, another who agrees, and the yes of who takes it', async () => {
    await proposeTransfer(poul, slug, { from: poul.account && (await personIn(world, world.poul)), to: else_.person })
    const id = await change()
    expect(await takeKey(await as(else_), slug, id)).toBe('waits')
    expect(await holders(world)).toEqual(['Inger', 'Poul'])
    expect(await approveTransfer(await as(inger), slug, id)).toBe('done')
    expect(await holders(world)).toEqual(['Else', 'Inger'])
    const { events } = await seeKeys(await as(inger), slug, '')
    expect(events[0]).toMatchObject({ what: 'transferred', person: else_.person })
  })

  test('not by its proposer alone, not by the one who takes it, not by a host or a stranger', async () => {
    await proposeTransfer(poul, slug, { from: inger.person, to: else_.person })
    const id = await change()
    for (const who of [world.poul, else_, world.freja, world.karsten, world.stranger, world.amira])
      await expect(approveTransfer(await as(who), slug, id)).rejects.toMatchObject({ code: 'not-yours' })
    await expect(takeKey(await as(world.karsten), slug, id)).rejects.toMatchObject({ code: 'key.over' })
    expect(await holders(world)).toEqual(['Inger', 'Poul'])
  })

  test('where there is one key, two trusted members agree', async () => {
    await giveUpKey(await as(inger), slug)
    const [a, b, c] = [await neighbour(world, 'A'), await neighbour(world, 'B'), await neighbour(world, 'C')]
    for (const one of [a, b])
      await world.sql(`insert into community.trust values ($1, $2, '2027-01-01')`, [inger.person, one.person])
    await proposeTransfer(poul, slug, { from: await personIn(world, world.poul), to: else_.person })
    const id = await change()
    await takeKey(await as(else_), slug, id)
    await expect(approveTransfer(await as(c), slug, id)).rejects.toMatchObject({ code: 'not-yours' })
    expect(await approveTransfer(await as(a), slug, id)).toBe('waits')
    await expect(approveTransfer(await as(a), slug, id)).rejects.toMatchObject({ code: 'key.said' })
    expect(await approveTransfer(await as(b), slug, id)).toBe('done')
    expect(await holders(world)).toEqual(['Else'])
  })

  test('not by one who has made the second one: a key that came by trust is news for thirty days, and decides nothing about others', async () => {
    await setRule(poul, slug, { trusts: 1, days: 0 })
    const puppet = await neighbour(world, 'Dukke', 'resident', { joined: '2027-03-14' })
    await world.sql(`insert into community.trust values ($1, $2, '2027-03-14')`, [
      await personIn(world, world.poul),
      puppet.person,
    ])
    await keepRooms(world.house)
    expect(await takeKey(await as(puppet), slug, await openTo(puppet.person))).toBe('done')
    const friend = await neighbour(world, 'Ven')
    await proposeTransfer(poul, slug, { from: inger.person, to: friend.person })
    const id = await openTo(friend.person)
    await expect(approveTransfer(await as(puppet), slug, id)).rejects.toMatchObject({ code: 'key.news' })
    await stopChange(poul, slug, id)
    await expect(
      proposeTransfer(await as(puppet), slug, { from: inger.person, to: friend.person }),
    ).rejects.toMatchObject({ code: 'key.news' })
    // Their own key they give on as everybody does; and in thirty days all have read of it.
    await proposeTransfer(await as(puppet), slug, { from: puppet.person, to: friend.person })
    await stopChange(poul, slug, await openTo(friend.person))
    world.clock.set('2027-04-14T18:00:00Z')
    await proposeTransfer(await as(world.poul), slug, { from: inger.person, to: friend.person })
    expect(await approveTransfer(await as(puppet), slug, await openTo(friend.person))).toBe('waits')
    await world.sql('delete from community.key_event where person_id = $1', [puppet.person])
    await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [puppet.account])
  })

  test('nothing comes of it when the one who proposed it has lost theirs meanwhile', async () => {
    await proposeTransfer(poul, slug, { from: inger.person, to: else_.person })
    const id = await change()
    await approveTransfer(await as(inger), slug, id)
    await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [world.poul.account])
    await expect(takeKey(await as(else_), slug, id)).rejects.toMatchObject({ code: 'key.over' })
    expect(await holders(world)).toEqual(['Inger'])
  })

  test('one says no, or it is withdrawn, and nobody is asked twice at once', async () => {
    await proposeTransfer(poul, slug, { from: inger.person, to: else_.person })
    await expect(proposeTransfer(poul, slug, { from: inger.person, to: else_.person })).rejects.toMatchObject({
      code: 'key.asked',
    })
    await stopChange(await as(else_), slug, await change())
    await proposeTransfer(poul, slug, { from: inger.person, to: else_.person })
    await stopChange(await as(inger), slug, await change())
    expect(await change()).toBe('')
  })

  test('given up by oneself, but never the last; who hosted before still hosts', async () => {
    await world.sql(`update access.community_role set hosted = true where account_id = $1`, [inger.account])
    await giveUpKey(await as(inger), slug)
    expect((await as(inger)).role).toBe('host')
    await expect(giveUpKey(poul, slug)).rejects.toMatchObject({ code: 'key.last' })
    await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [inger.account])
  })
})

describe('the first two', () => {
  test('are named by an employee who works with the place, and say yes themselves; never a third', async () => {
    await world.sql(
      `update access.community_role set role = 'resident' where role = 'keyholder' and community_id = $1`,
      [world.holmetofte],
    )
    const amira = await as(world.amira)
    const third = await neighbour(world, 'Tredje')
    await nameKeyHolder(amira, slug, else_.person)
    await nameKeyHolder(amira, slug, inger.person)
    await expect(nameKeyHolder(amira, slug, third.person)).rejects.toMatchObject({ code: 'key.enough' })
    expect(await holders(world)).toEqual([])
    await takeKey(await as(else_), slug, await openTo(else_.person))
    await takeKey(await as(inger), slug, await openTo(inger.person))
    expect(await holders(world)).toEqual(['Else', 'Inger'])
    await expect(nameKeyHolder(amira, slug, third.person)).rejects.toMatchObject({ code: 'key.enough' })
  })

  test('not by a leader, a neighbour, or an employee of elsewhere; and nobody without an account of their own', async () => {
    for (const who of [world.helle, world.nadia, world.karsten, world.poul])
      await expect(nameKeyHolder(await as(who), slug, else_.person)).rejects.toMatchObject({ code: 'not-yours' })
    await expect(nameKeyHolder(await as(world.amira), 'lyngo', else_.person)).rejects.toMatchObject({
      code: 'not-yours',
    })
  })
})

describe('trust', () => {
  test('of as many as the rule says makes a newcomer a key holder, by their own yes', async () => {
    await setRule(poul, slug, { trusts: 2, days: 30 })
    await giveTrust(poul, slug, inger.person)
    const newcomer = await neighbour(world, 'Ny', 'resident', { joined: '2027-02-01' })
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values (gen_random_uuid(), $1, 'contactList', 1, 'tap', '2027-02-01')`,
      [newcomer.person],
    )
    await giveTrust(poul, slug, newcomer.person)
    expect(await openTo(newcomer.person)).toBe('undefined')
    await giveTrust(await as(inger), slug, newcomer.person)
    expect(await takeKey(await as(newcomer), slug, await openTo(newcomer.person))).toBe('done')
    expect(await holders(world)).toContain('Ny')
  })

  test('of strangers to each other’s own makes nobody a key holder, however many and however long they wait', async () => {
    const ring: Neighbour[] = []
    for (const name of ['R1', 'R2', 'R3', 'R4', 'R5'])
      ring.push(await neighbour(world, name, 'resident', { joined: '2026-01-01', known: false }))
    const [heir] = ring
    if (!heir) return
    for (const one of ring.slice(1))
      await world.sql(`insert into community.trust values ($1, $2, '2026-02-01')`, [one.person, heir.person])
    await keepRooms(world.house)
    expect(await openTo(heir.person)).toBe('undefined')
    // Known by a key holder, their word counts as everybody's.
    await world.sql(`update community.person set known_on = '2027-03-01' where name in ('R2', 'R3', 'R4')`)
    await keepRooms(world.house)
    expect(await openTo(heir.person)).not.toBe('undefined')
  })

  test('is said of neighbours one may know of: a newcomer nobody knows is told who holds a key, and no other name', async () => {
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values (gen_random_uuid(), $1, 'contactList', 1, 'tap', '2027-02-01') on conflict do nothing`,
      [else_.person],
    )
    const newcomer = await neighbour(world, 'Ukendt', 'resident', { known: false })
    const names = async () => (await seeTrust(await as(newcomer), slug)).known.map(({ name }) => name)
    expect(await names()).toEqual(['Inger', 'Poul'])
    await world.sql(`update community.person set known_on = '2027-03-14' where id = $1`, [newcomer.person])
    expect(await names()).toContain('Else')
  })

  test('taken back before the yes, it opens nothing', async () => {
    await setRule(poul, slug, { trusts: 1, days: 30 })
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values (gen_random_uuid(), $1, 'contactList', 1, 'tap', '2027-02-01') on conflict do nothing`,
      [else_.person],
    )
    await giveTrust(poul, slug, else_.person)
    await takeTrustBack(poul, slug, else_.person)
    await expect(takeKey(await as(else_), slug, await openTo(else_.person))).rejects.toMatchObject({ code: 'key.over' })
  })

  test('one does not trust whom one cannot know of, and nobody reads who trusts whom', async () => {
    const hidden = await neighbour(world, 'Skjult')
    await expect(giveTrust(poul, slug, hidden.person)).rejects.toMatchObject({ code: 'not-found' })
    await expect(setRule(await as(world.freja), slug, { trusts: 1, days: 0 })).rejects.toMatchObject({
      code: 'not-yours',
    })
  })
})

describe('when nobody looks after the room', () => {
  test('the one who has been here longest is asked, then the next; the key goes over at their yes, with notice to all', async () => {
    await world.sql('delete from community.person where name not in ($1, $2) and community_id = $3', [
      'Poul',
      'Inger',
      world.holmetofte,
    ])
    const oldest = await neighbour(world, 'Ældst', 'resident', { joined: '2020-01-01' })
    const next = await neighbour(world, 'Næste', 'resident', { joined: '2021-01-01' })
    await world.sql(`update community.person set active_on = '2026-01-01' where name in ('Poul', 'Inger')`)
    await world.sql(`delete from access.session`)
    await keepRooms(world.house)
    await keepRooms(world.house)
    const first = await openTo(oldest.person)
    expect(first).not.toBe('undefined')
    world.clock.set('2027-03-29T18:00:00Z')
    await keepRooms(world.house)
    await expect(takeKey(await as(oldest), slug, first)).rejects.toMatchObject({ code: 'key.over' })
    expect(await takeKey(await as(next), slug, await openTo(next.person))).toBe('done')
    expect(await holders(world)).toContain('Næste')
    const { events } = await seeKeys(await as(next), slug, '')
    expect(events.map(({ what }) => what).slice(0, 3)).toEqual(['inherited', 'asked', 'asked'])
    await keepRooms(world.house)
    expect((await world.sql(`select from community.key_change where state = 'open'`)).length).toBe(0)
  })
})

describe('a room that nobody looks after', () => {
  const leave = async () => {
    await world.sql('delete from access.session')
    await world.sql(`update community.person set active_on = '2026-01-01' where community_id = $1`, [world.holmetofte])
  }

  test('does not go to somebody who came yesterday and whom nobody knows', async () => {
    await leave()
    const fresh = await neighbour(world, 'I går', 'resident', { joined: '2027-03-13', known: false })
    await keepRooms(world.house)
    expect(await openTo(fresh.person)).toBe('undefined')
  })

  test('does not go to the heir when somebody with a key has come back before the yes', async () => {
    await leave()
    const heir = await neighbour(world, 'Arving', 'resident', { joined: '2019-01-01' })
    await keepRooms(world.house)
    const id = await openTo(heir.person)
    expect(id).not.toBe('undefined')
    await as(world.poul)
    await expect(takeKey(await as(heir), slug, id)).rejects.toMatchObject({ code: 'key.over' })
  })
})

test('what has happened to the keys is added to, and never changed', async () => {
  for (const verb of ["update community.key_event set what = 'named'", 'delete from community.key_event'])
    await expect(
      world.house.db.transaction().execute(async (tx) => {
        const { sql } = await import('kysely')
        await sql`select set_config('role', 'oplive_system', true)`.execute(tx)
        await sql.raw(verb).execute(tx)
      }),
    ).rejects.toMatchObject({ code: '42501' })
})
