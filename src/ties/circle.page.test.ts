import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { personOf, talked } from './test-ties.ts'
import { tiePages } from './ties.page.tsx'
import { tiesIn } from './ties-in.ts'

let world: World
let freja: string
let karsten: string
let poul: string
let amira: string
const here = '/c/holmetofte/circle'

beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
  karsten = await personOf(world, world.karsten)
  poul = await personOf(world, world.poul)
  amira = String(world.amira.account)
})
beforeEach(async () => {
  for (const table of ['community.talk', 'municipal.talk', 'community.tie_choice', 'community.tie_confirmed'])
    await world.sql(`delete from ${table}`)
  await talked(world, freja, karsten, '2027-03-01')
  await talked(world, poul, freja, '2026-08-01')
  await talked(world, amira, karsten, '2026-12-01')
})
const as = (actor: Actor) => visitAs(world.house, actor, tiePages())
const counted = async () =>
  (await asActor(world.freja, (tx) => tiesIn(tx, world.holmetofte, '2027-03-14'))).weights.length

describe('my circle', () => {
  test('is the same on the map and on the list, with whom I could call and whom I lost touch with', async () => {
    const page = await (await as(world.freja)).get(here)
    expect(page.status).toBe(200)
    expect([...page.html.matchAll(/class="mark /g)]).toHaveLength(2)
    expect(page.text).toMatch(/De samme som liste Karsten .* Poul/)
    expect(page.text).toMatch(/ringe til i morgen\? 1 Karsten/)
    expect(page.text).toMatch(/mistet kontakten med\? 2 Poul/)
    expect(page.html).not.toContain(' style=')
    expect((await (await as(world.karsten)).get(here)).text).toContain('fra kommunen')
  })

  test('tells of nobody without ties, and is not there for a stranger, a leader, another place', async () => {
    await world.sql('delete from community.talk')
    expect((await (await as(world.freja)).get(here)).text).toContain('Her er ingen bånd endnu')
    for (const who of [world.stranger, world.helle, world.nadia, world.mikkel])
      expect((await (await as(who)).get(here)).text).toBe('not-found')
    expect((await (await as(world.freja)).get('/c/lyngo/circle')).text).toBe('not-found')
  })

  test('says that it is right, and knows it for six months', async () => {
    const site = await as(world.freja)
    expect((await site.post(`${here}/confirm`, {})).location).toBe(`${here}?done=confirmed`)
    expect((await site.get(here)).text).toContain('Du sagde den 14. marts 2027')
    await world.sql(`update community.tie_confirmed set confirmed_on = '2026-09-14'`)
    expect((await site.get(here)).text).not.toContain('Du sagde den')
  })

  test('points to two who both let themselves be asked about the same thing, and only while both do', async () => {
    const ole = String(
      (
        await world.sql(
          `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
           values (gen_random_uuid(), $1, 'Ole', 'came', 'paper', '2027-01-01', '2027-01-01') returning id`,
          [world.holmetofte],
        )
      )[0]?.id,
    )
    await talked(world, freja, ole, '2027-03-02')
    for (const [person, about] of [
      [ole, 'at bage brød'],
      [karsten, 'jeg bager til fester'],
    ]) {
      await world.sql(
        'insert into community.profile (person_id, asked_about) values ($1, $2) on conflict (person_id) do update set asked_about = $2',
        [person, about],
      )
      for (const purpose of ['contactList', 'askMe'])
        await world.sql(
          `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values (gen_random_uuid(), $1, $2, 1, 'tap', '2027-01-01')`,
          [person, purpose],
        )
    }
    const site = await as(world.freja)
    expect((await site.get(here)).text).toContain('at bage brød')
    await talked(world, ole, karsten, '2027-03-05')
    expect((await site.get(here)).text).not.toContain('at bage brød')
    await world.sql('delete from community.talk where starter = $1', [ole])
    await world.sql(
      `update community.consent set withdrawn_at = '2027-03-01' where person_id = $1 and purpose = 'askMe'`,
      [ole],
    )
    expect((await site.get(here)).text).not.toContain('at bage brød')
    await world.sql('delete from community.person where id = $1', [ole])
    expect((await site.get(here)).text).not.toContain('Ole')
  })
})

describe('each of the two decides', () => {
  test('a tie shows all that it is made of, to both', async () => {
    const page = await (await as(world.freja)).get(`${here}/${karsten}`)
    expect(page.text).toContain('I har talt sammen · 1. marts 2027')
    expect((await (await as(world.karsten)).get(`${here}/${freja}`)).text).toContain('1. marts 2027')
  })

  test('hidden, it is gone for the other and from the map, and still counts; taken back, it is there again', async () => {
    const site = await as(world.karsten)
    expect(await counted()).toBe(3)
    expect((await site.post(`${here}/${freja}`, { choice: 'hidden' })).location).toBe(`${here}?done=hidden`)
    expect((await site.get(here)).text).toContain('Skjult')
    const other = await as(world.freja)
    expect((await other.get(here)).text).not.toContain('Karsten')
    expect((await other.get(`${here}/${karsten}`)).text).toBe('not-found')
    expect((await other.post(`${here}/${karsten}`, { choice: 'removed' })).text).toBe('not-found')
    expect(await counted()).toBe(3)
    await site.post(`${here}/${freja}`, { choice: 'back' })
    expect((await other.get(here)).text).toContain('Karsten')
  })

  test('left out, it counts for nobody, also after a new talk, until who left it out takes it back', async () => {
    const site = await as(world.freja)
    await site.post(`${here}/${karsten}`, { choice: 'removed' })
    await talked(world, karsten, freja, '2027-03-13')
    expect(await counted()).toBe(2)
    expect((await (await as(world.karsten)).get(here)).text).not.toContain('Freja')
    expect((await site.get(here)).text).toContain('Tag Karsten med igen')
    await site.post(`${here}/${karsten}`, { choice: 'back' })
    expect(await counted()).toBe(3)
  })

  test('an employee sees their own ties and decides nothing; what a neighbour has left out is gone for them too', async () => {
    const site = await as(world.amira)
    expect((await site.get(here)).text).toContain('Karsten')
    expect((await site.get(here)).text).not.toContain('Freja')
    expect((await site.post(`${here}/${karsten}`, { choice: 'removed' })).text).toBe('not-found')
    expect((await site.post(`${here}/confirm`, {})).text).toBe('not-found')
    await (await as(world.karsten)).post(`${here}/${amira}`, { choice: 'removed' })
    expect((await site.get(here)).text).not.toContain('Karsten')
    expect(await counted()).toBe(2)
  })

  test('who is no tie of mine, who is nobody and what is no choice are answered alike', async () => {
    const site = await as(world.karsten)
    const nobody = '0192a000-0000-7000-8000-000000000000'
    for (const other of [poul, nobody, 'x', karsten]) {
      expect((await site.get(`${here}/${other}`)).text).toBe('not-found')
      for (const choice of ['hidden', 'removed', 'back'])
        expect((await site.post(`${here}/${other}`, { choice })).text).toBe('not-found')
    }
    expect((await site.post(`${here}/${freja}`, { choice: 'score' })).text).toBe('not-found')
    expect(await world.sql('select from community.tie_choice')).toHaveLength(0)
  })
})
