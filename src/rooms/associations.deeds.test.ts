import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import type { SignedIn } from '../access/session.deeds.ts'
import { asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import {
  addGroup,
  askIntoGroup,
  changeGroup,
  closeGroup,
  joinGroup,
  leaveGroup,
  seeGroup,
  seeGroups,
  takeOut,
} from './associations.deeds.ts'
import { association, neighbour, personIn, signedIn } from './test-room.ts'

let world: World
let poul: SignedIn
let karsten: SignedIn
let freja: SignedIn
let band = ''
const slug = 'holmetofte'
const group = (name: string, parent: string | null = null) => ({ name, kind: 'group' as const, cvr: null, parent })

beforeAll(async () => {
  world = await makeWorld()
  poul = await signedIn(world, world.poul)
  karsten = await signedIn(world, world.karsten)
  freja = await signedIn(world, world.freja)
  band = await addGroup(poul, slug, group('Spillemændene'))
})

describe('groups in levels', () => {
  test('lie four deep at most, never in themselves, and only in their own place', async () => {
    const a = await addGroup(poul, slug, group('A'))
    const b = await addGroup(poul, slug, group('B', a))
    const c = await addGroup(poul, slug, group('C', b))
    const d = await addGroup(poul, slug, group('D', c))
    await expect(addGroup(poul, slug, group('E', d))).rejects.toMatchObject({ code: 'group.levels' })
    await expect(changeGroup(poul, slug, a, 1, group('A', d))).rejects.toMatchObject({ code: 'group.levels' })
    await changeGroup(poul, slug, b, 1, group('B omdøbt', null))
    await expect(changeGroup(poul, slug, b, 1, group('B igen', null))).rejects.toMatchObject({ code: 'changed-since' })
    await closeGroup(poul, slug, b)
    expect((await seeGroups(world.guest, slug)).groups.map(({ name }) => name)).toEqual(['A', 'Spillemændene'])
  })

  test('are kept by key holders alone', async () => {
    for (const who of [karsten, freja, await signedIn(world, world.amira), await signedIn(world, world.stranger)]) {
      await expect(addGroup(who, slug, group('Ny'))).rejects.toMatchObject({ code: 'not-yours' })
      await expect(changeGroup(who, slug, band, 1, group('Andet'))).rejects.toMatchObject({ code: 'not-yours' })
      await expect(closeGroup(who, slug, band)).rejects.toMatchObject({ code: 'not-yours' })
      await expect(askIntoGroup(who, slug, band, await personIn(world, world.freja), null)).rejects.toMatchObject({
        code: 'not-yours',
      })
    }
  })

  test('one that has the room, or is about to get it, is not closed', async () => {
    const guild = await association(world, 'Borgerforeningen')
    await world.sql(
      `insert into community.hand_over (id, community_id, association_id, on_date, by_municipality, proposed_at)
      values ($1, $2, $3, '2027-04-01', true, '2027-03-14')`,
      [uuid(), world.holmetofte, guild],
    )
    await expect(closeGroup(poul, slug, guild)).rejects.toMatchObject({ code: 'group.keeps' })
  })
})

describe('being in a group', () => {
  test('is by one’s own yes, and ends in one tap; who is in it, only they and key holders see', async () => {
    await joinGroup(karsten, slug, band)
    await joinGroup(karsten, slug, band)
    expect((await seeGroup(karsten, slug, band)).people.map(({ name }) => name)).toEqual(['Karsten'])
    expect((await seeGroup(poul, slug, band)).people.map(({ name }) => name)).toEqual(['Karsten'])
    expect((await seeGroup(freja, slug, band)).people).toEqual([])
    await expect(seeGroup(await signedIn(world, world.stranger), slug, band)).rejects.toMatchObject({
      code: 'not-yours',
    })
    await leaveGroup(karsten, slug, band)
    expect((await seeGroup(poul, slug, band)).people).toEqual([])
  })

  test('shows a newcomer whom nobody knows themselves, and not the names of the others, before a key holder knows who they are', async () => {
    await joinGroup(freja, slug, band)
    const { account, person } = await neighbour(world, 'Ukendt', 'resident', { known: false })
    const newcomer = await signedIn(world, { account })
    await joinGroup(newcomer, slug, band)
    const names = async () => (await seeGroup(newcomer, slug, band)).people.map(({ name }) => name)
    expect(await names()).toEqual(['Ukendt'])
    await world.sql(`update community.person set known_on = '2027-03-14' where id = $1`, [person])
    expect(await names()).toEqual(['Freja', 'Ukendt'])
    await leaveGroup(newcomer, slug, band)
    await leaveGroup(freja, slug, band)
  })

  test('a key holder can only ask who can answer: nobody says yes for somebody else', async () => {
    const person = await personIn(world, world.freja)
    await askIntoGroup(poul, slug, band, person, 'paper')
    const seen = await seeGroup(freja, slug, band)
    expect([seen.my, seen.people]).toEqual(['asked', []])
    await expect(
      asActor(poul, (tx) =>
        sql`update community.membership set said_yes_at = now(), medium = 'paper' where person_id = ${person}`.execute(
          tx,
        ),
      ),
    ).resolves.toMatchObject({ numAffectedRows: 0n })
    await joinGroup(freja, slug, band)
    expect((await seeGroup(freja, slug, band)).my).toBe('in')
    // And nobody throws out who has said yes themselves.
    await expect(takeOut(poul, slug, band, person)).rejects.toMatchObject({ code: 'not-yours' })
    await leaveGroup(freja, slug, band)
  })

  test('who has no account says yes on paper or aloud, written down by a key holder', async () => {
    const person = uuid()
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
      values ($1, $2, 'Birthe', 'came', 'paper', '2027-03-14', '2027-03-14')`,
      [person, world.holmetofte],
    )
    await askIntoGroup(poul, slug, band, person, null)
    expect((await seeGroup(poul, slug, band)).people).toMatchObject([{ name: 'Birthe', said_yes: false, paper: true }])
    await askIntoGroup(poul, slug, band, person, 'voice')
    expect((await seeGroup(poul, slug, band)).people).toMatchObject([{ name: 'Birthe', said_yes: true }])
    await takeOut(poul, slug, band, person)
    expect((await seeGroup(poul, slug, band)).people).toEqual([])
  })
})
