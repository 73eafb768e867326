import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import * as ask from './communities.queries.ts'
import {
  foundCommunity,
  seeDefinition,
  seeWithdrawal,
  writeDefinition,
  writeWithdrawalPlan,
} from './community.deeds.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const plan = { lastDay: '2029-12-31', stillMissing: 'En, der har nøglen til hallen.' }
const founding = { name: 'Nyby', residents: 120, ...plan }
const wording = { text: 'Et godt sted er et sted, hvor nogen mærker det, når du ikke kommer.', authors: 24 }
const raw = (actor: World['guest'], work: Parameters<typeof asActor<unknown>>[1]) => asActor(actor, work)

describe('every community has a withdrawal plan from the day it is created', () => {
  test('also when somebody else than the program creates it', async () => {
    await world.sql(
      `insert into community.community (id, slug, name, founded_at) values (gen_random_uuid(), 'bagdoeren', 'Bagdøren', '2027-03-01T12:00:00Z')`,
    )
    const rows = await world.sql(
      `select c.slug, p.last_day::text, p.still_missing from community.community c left join community.withdrawal_plan p on p.community_id = c.id`,
    )
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows)
      expect(row, String(row.slug)).toMatchObject({ last_day: expect.any(String), still_missing: expect.any(String) })
    expect(rows.find((row) => row.slug === 'bagdoeren')?.last_day).toBe('2030-03-01')
  })
  test('with what the municipality wrote when it founded the place', async () => {
    expect(await foundCommunity(world.amira, founding)).toEqual({ slug: 'nyby' })
    const { community, plan: born } = await seeWithdrawal(world.guest, 'nyby')
    expect(community).toMatchObject({ name: 'Nyby', residents: 120, presence: 'idea', timeZone: 'Europe/Copenhagen' })
    expect(born).toMatchObject(plan)
  })
  test('nobody can take it away', async () => {
    for (const actor of [world.guest, world.karsten, world.freja, world.amira])
      await expect(raw(actor, (tx) => tx.deleteFrom('community.withdrawal_plan').execute())).rejects.toThrow(
        /permission denied/,
      )
  })
})

describe('founding a community', () => {
  test('a guest cannot', async () =>
    expect(foundCommunity(world.guest, { ...founding, name: 'Gæsteby' })).rejects.toMatchObject({
      code: 'sign-in.needed',
    }))
  test('a host or a resident cannot', async () => {
    for (const actor of [world.freja, world.karsten])
      await expect(foundCommunity(actor, { ...founding, name: 'Min egen by' })).rejects.toMatchObject({
        code: 'not-yours',
      })
  })
  test('the database refuses them too', async () => {
    for (const actor of [world.guest, world.karsten, world.freja])
      await expect(
        raw(actor, (tx) =>
          tx
            .insertInto('community.community')
            .values({
              id: world.guest.account ?? '00000000-0000-7000-8000-000000000001',
              slug: 'kup',
              name: 'Kup',
              founded_at: new Date(),
            })
            .execute(),
        ),
      ).rejects.toThrow(/permission denied/)
  })
  test('a name is used once, also by two who press at the same time', async () => {
    const both = await Promise.all([1, 2, 3].map(() => foundCommunity(world.amira, { ...founding, name: 'Samtidig' })))
    expect(both.filter((one) => 'slug' in one)).toEqual([{ slug: 'samtidig' }])
    expect(both.filter((one) => 'problems' in one)).toHaveLength(2)
    expect(await foundCommunity(world.amira, { ...founding, name: 'SAMTIDIG' })).toEqual({
      problems: [{ field: 'name', code: 'name.taken' }],
    })
  })
  test('two names with one address get an address each', async () => {
    expect(await foundCommunity(world.amira, { ...founding, name: 'Åby' })).toEqual({ slug: 'aaby' })
    expect(await foundCommunity(world.amira, { ...founding, name: 'Aaby' })).toEqual({ slug: 'aaby-2' })
  })
  test('a new place keeps the clock of its municipality', async () => {
    await world.sql(`update municipal.municipality set time_zone = 'Atlantic/Faroe'`)
    await foundCommunity(world.amira, { ...founding, name: 'Vestby' })
    await world.sql(`update municipal.municipality set time_zone = 'Europe/Copenhagen'`)
    expect((await seeWithdrawal(world.guest, 'vestby')).community.timeZone).toBe('Atlantic/Faroe')
  })
})

describe('the community’s own definition', () => {
  test('a host and a resident word it, and every version stays', async () => {
    expect(await writeDefinition(world.freja, 'holmetofte', { text: 'Et sted, der hilser.', authors: 3 })).toBe(1)
    expect(await writeDefinition(world.karsten, 'holmetofte', wording)).toBe(2)
    const { definitions } = await seeDefinition(world.guest, 'holmetofte')
    expect(definitions.map(({ version, text, authors }) => [version, text, authors])).toEqual([
      [2, wording.text, 24],
      [1, 'Et sted, der hilser.', 3],
    ])
    expect(await asActor(world.guest, (tx) => ask.newestDefinition(tx, world.holmetofte))).toEqual(definitions[0])
  })
  test('is not written over by somebody who came from the net a minute ago, before a host or a key holder knows them', async () => {
    const account = uuid()
    await world.sql('insert into access.account (id, name) values ($1, $2)', [account, 'Ukendt'])
    await world.sql(
      `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
       values ($1, $2, $3, 'Ukendt', 'said_yes', 'tap', '2027-03-14', '2027-03-14')`,
      [uuid(), world.holmetofte, account],
    )
    const newcomer = { house: world.house, role: 'resident' as const, account }
    await expect(writeDefinition(newcomer, 'holmetofte', wording)).rejects.toMatchObject({ code: 'not-yours' })
    await expect(
      asActor(newcomer, (tx) =>
        ask.addDefinition(tx, world.holmetofte, { version: 90, ...wording, writtenAt: world.clock.now() }),
      ),
    ).rejects.toThrow(/policy/)
    await world.sql(`update community.person set known_on = '2027-03-14' where account_id = $1`, [account])
    expect((await seeDefinition(newcomer, 'holmetofte')).whyNot).toBe(null)
    await world.sql('delete from community.person where account_id = $1', [account])
  })
  test('pressing twice is one version', async () => {
    const before = (await seeDefinition(world.guest, 'holmetofte')).definitions.length
    const again = { text: 'Nu med bænke.', authors: 5 }
    await Promise.all([1, 2, 3].map(() => writeDefinition(world.freja, 'holmetofte', again)))
    expect((await seeDefinition(world.guest, 'holmetofte')).definitions).toHaveLength(before + 1)
  })
  test('two who write at once both have their version', async () => {
    const before = (await seeDefinition(world.guest, 'holmetofte')).definitions.length
    const both = [world.freja, world.karsten].map((actor, n) =>
      writeDefinition(actor, 'holmetofte', { text: `Udkast ${n}`, authors: 1 }),
    )
    expect((await Promise.all(both)).sort((a, b) => a - b)).toEqual([before + 1, before + 2])
  })
  test('an employee cannot save a definition', async () => {
    await expect(writeDefinition(world.amira, 'holmetofte', wording)).rejects.toMatchObject({
      code: 'employee.not-definition',
    })
    expect((await seeDefinition(world.amira, 'holmetofte')).whyNot).toBe('employee.not-definition')
  })
  test('an employee who lives there cannot either', async () => {
    await world.sql(`insert into access.community_role values ($1, $2, 'host')`, [
      world.amira.account,
      world.holmetofte,
    ])
    await expect(writeDefinition(world.amira, 'holmetofte', wording)).rejects.toMatchObject({
      code: 'employee.not-definition',
    })
    await world.sql('delete from access.community_role where account_id = $1', [world.amira.account])
  })
  test('a host of another community cannot, nor a guest', async () => {
    await expect(writeDefinition(world.stranger, 'holmetofte', wording)).rejects.toMatchObject({ code: 'not-yours' })
    await expect(writeDefinition(world.guest, 'holmetofte', wording)).rejects.toMatchObject({ code: 'sign-in.needed' })
  })
  test('the database refuses them too', async () => {
    const insert = (actor: World['guest']) =>
      raw(actor, (tx) => ask.addDefinition(tx, world.holmetofte, { version: 99, ...wording, writtenAt: new Date() }))
    for (const actor of [world.amira, world.guest]) await expect(insert(actor)).rejects.toThrow(/permission denied/)
    await expect(insert(world.stranger)).rejects.toThrow(/row-level security/)
  })
  test('nobody rewrites a version that stands', async () => {
    for (const actor of [world.guest, world.karsten, world.freja, world.amira]) {
      await expect(
        raw(actor, (tx) => tx.updateTable('community.definition').set({ text: 'Omskrevet' }).execute()),
      ).rejects.toThrow(/permission denied/)
      await expect(raw(actor, (tx) => tx.deleteFrom('community.definition').execute())).rejects.toThrow(
        /permission denied/,
      )
    }
  })
  test('an unknown place has none', async () => {
    for (const slug of ['findes-ikke', 'HOLMETOFTE', '', 'a\u0000b', '../etc'])
      await expect(seeDefinition(world.guest, slug)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the withdrawal plan', () => {
  test('the hosts of the place write it, and so does the municipality', async () => {
    await writeWithdrawalPlan(world.freja, 'holmetofte', plan)
    expect((await seeWithdrawal(world.guest, 'holmetofte')).plan).toMatchObject(plan)
    const later = { lastDay: '2030-06-30', stillMissing: 'En kasserer.' }
    await writeWithdrawalPlan(world.amira, 'holmetofte', later)
    expect((await seeWithdrawal(world.guest, 'holmetofte')).plan).toEqual({ ...later, writtenAt: world.clock.now() })
  })
  test('a resident, a host of another community and a guest cannot', async () => {
    await expect(writeWithdrawalPlan(world.karsten, 'holmetofte', plan)).rejects.toMatchObject({ code: 'not-yours' })
    await expect(writeWithdrawalPlan(world.stranger, 'holmetofte', plan)).rejects.toMatchObject({ code: 'not-yours' })
    await expect(writeWithdrawalPlan(world.guest, 'holmetofte', plan)).rejects.toMatchObject({ code: 'sign-in.needed' })
    // Nor by an employee who works with another place; a leader leads in all.
    await expect(writeWithdrawalPlan(world.amira, 'lyngo', plan)).rejects.toMatchObject({ code: 'not-yours' })
    world.clock.forward(61)
    expect(await asActor(world.amira, (tx) => ask.setWithdrawalPlan(tx, world.lyngo, plan, world.clock.now()))).toBe(
      false,
    )
    expect((await seeWithdrawal(world.amira, 'lyngo')).whyNot).toBe('not-yours')
    await writeWithdrawalPlan(world.helle, 'lyngo', plan)
  })
  test('the database refuses them too', async () => {
    const update = (actor: World['guest']) =>
      raw(actor, (tx) => ask.setWithdrawalPlan(tx, world.holmetofte, plan, new Date()))
    for (const actor of [world.guest, world.karsten]) await expect(update(actor)).rejects.toThrow(/permission denied/)
    expect(await update(world.stranger)).toBe(false)
    await expect(
      raw(world.amira, (tx) =>
        tx.updateTable('community.withdrawal_plan').set({ community_id: world.lyngo }).execute(),
      ),
    ).rejects.toThrow(/permission denied/)
  })
})

test('communities stand by the Danish alphabet', async () => {
  const names = (await asActor(world.guest, ask.allCommunities)).map(({ name }) => name)
  expect(names.indexOf('Holmetofte')).toBeLessThan(names.indexOf('Nyby'))
  expect(names.indexOf('Nyby')).toBeLessThan(names.indexOf('Åby'))
})
