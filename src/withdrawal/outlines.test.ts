import { beforeAll, describe, expect, test } from 'vitest'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { twoYearsLater } from '../demo/demo-ties.ts'
import { makeWorld, type World } from '../test-world.ts'
import { type Laid, layWeave, talked } from '../ties/test-ties.ts'
import { measureQuarters } from './measuring.deeds.ts'
import { withdrawalPages } from './withdrawal.page.tsx'

let world: World
let laid: Laid
const path = '/c/bakken/if-we-left'
beforeAll(async () => {
  world = await makeWorld()
  laid = await layWeave(world, 'bakken', twoYearsLater())
  await world.sql(`update community.person set name = 'Hemmelig ' || name where community_id = $1`, [laid.community])
  const belongs = (account: string | null, role: string) =>
    world.sql(`insert into access.community_role (community_id, account_id, role) values ($1, $2, $3)`, [
      laid.community,
      account,
      role,
    ])
  await belongs(world.freja.account, 'resident')
  await belongs(world.poul.account, 'keyholder')
  await world.sql('insert into access.employee_community (community_id, account_id) values ($1, $2)', [
    laid.community,
    world.amira.account,
  ])
  world.clock.set('2027-04-02T03:00:00Z')
  await measureQuarters(world.house)
})
const as = (actor: Actor) => visitAs(world.house, actor, withdrawalPages())
const quarters = async () =>
  (
    await world.sql('select quarter::text from community.quarter_outline where community_id = $1 order by quarter', [
      laid.community,
    ])
  ).map(({ quarter }) => quarter)
/** The page without what stands around it. */
const page = async (actor: Actor, query = '') => {
  const { html } = await (await as(actor)).get(path + query)
  return (html.match(/<main[\s\S]*<\/main>/)?.[0] ?? '').replace(/<footer[\s\S]*/, '')
}

describe('the outline of a quarter', () => {
  test('is made once when it has ended, of the newest alone: of older ones the first ties are forgotten', async () => {
    expect(await quarters()).toEqual(['2027-01-01'])
    await measureQuarters(world.house)
    expect(await quarters()).toEqual(['2027-01-01'])
  })
  test('is the same for an employee and a leader, in fives, with numbers for names', async () => {
    const [amira, helle] = await Promise.all([page(world.amira), page(world.helle)])
    expect(amira).toBe(helle)
    expect(amira).toMatch(/Hvis vi gik i morgen, ville omkring \d+[05] af \d*[05] stadig hænge sammen/)
    expect(amira).toContain('Medarbejder 1')
    expect(amira).not.toMatch(/Hemmelig|Medarbejder 4/)
    for (const [, count] of amira.matchAll(/omkring (\d+)/g)) expect(Number(count) % 5).toBe(0)
    for (const [, people] of amira.matchAll(/<td[^>]*>(?:<[^>]*>)*omkring (\d+)/g))
      expect(Number(people)).toBeGreaterThanOrEqual(10)
  })
})

describe('an employee who asks for a name behind a mark', () => {
  const everywhere = [
    path,
    `${path}?there=0&there=1`,
    `${path}?then=2026-10-01`,
    `${path}?then=2027-01-01`,
    '/c/bakken/withdrawal',
    '/c/bakken/withdrawal/criteria',
    `${path}/out/net.gexf`,
    `${path}/out/net.graphml`,
    `${path}/out/kumu.zip`,
    `${path}/out/ties.csv`,
    `${path}/net/aaaaaaaaaaaaaaaaaaaaaa`,
    `${path}/outline/2027-01-01`,
    `${path}/outline/2027-01-01.json`,
  ]
  test('finds none on any page or in any file, nor the id of anybody', async () => {
    for (const actor of [world.amira, world.helle])
      for (const where of everywhere) {
        const { html } = await (await as(actor)).get(where)
        expect(html).not.toContain('Hemmelig')
        for (const id of laid.people) expect(html).not.toContain(id)
        // Nor what could be reckoned from: kinds, switches, single marks.
        expect(html).not.toMatch(/data-kind|data-switches|data-holding|net-window/)
      }
  })
  test('and asks again after each thing that somebody does, is answered the same to the last letter', async () => {
    const before = await page(world.amira)
    const [one, two, three] = laid.people as [string, string, string]
    // Somebody leaves a tie out, two talk who did not know each other, and somebody goes for good.
    await world.sql(
      `insert into community.tie_choice (person_id, other_person, choice, chosen_on) values ($1, $2, 'removed', '2027-04-02')`,
      [one, two],
    )
    await talked(world, two, laid.people[60] as string, '2027-04-02')
    for (const table of ['community.talk', 'municipal.talk'])
      await world.sql(`delete from ${table} where starter = $1 or other = $1`, [three])
    await world.sql('delete from community.person where id = $1', [three])
    await measureQuarters(world.house)
    for (const query of ['', '?there=0', '?then=2027-01-01']) expect(await page(world.amira, query)).toBe(before)
  })
  test('and lays one quarter on the next, finds no other where fewer than five have done something', async () => {
    for (const other of laid.people.slice(20, 23)) await talked(world, laid.people[10] as string, other, '2027-05-03')
    world.clock.set('2027-07-02T03:00:00Z')
    await world.sql(
      `delete from community.talk where held_on between '2027-04-01' and '2027-04-30' and community_id = $1`,
      [laid.community],
    )
    await measureQuarters(world.house)
    expect(await quarters()).toEqual(['2027-01-01'])
    for (const other of laid.people.slice(30, 36)) await talked(world, laid.people[10] as string, other, '2027-08-03')
    world.clock.set('2027-10-02T03:00:00Z')
    await measureQuarters(world.house)
    expect(await quarters()).toEqual(['2027-01-01', '2027-07-01'])
    expect(await page(world.amira)).toContain('Dengang og nu')
  })
  test('cannot keep a picture, throw one away, or write one', async () => {
    for (const actor of [world.amira, world.helle, world.freja])
      for (const deed of ['keep', 'let-go', 'throw-away'])
        expect((await (await as(actor)).post(`${path}/outline/2027-01-01/${deed}`, '')).status).toBe(403)
    await expect(asActor(world.amira, (tx) => tx.deleteFrom('community.quarter_outline').execute())).rejects.toThrow(
      /permission denied/,
    )
  })
})

describe('the place', () => {
  test('keeps a picture for longer than a year, and all who see it are told', async () => {
    const poul = await as(world.poul)
    expect((await poul.post(`${path}/outline/2027-01-01/keep`, '')).status).toBe(303)
    expect((await poul.post(`${path}/outline/2020-01-01/keep`, '')).status).toBe(404)
    for (const actor of [world.poul, world.freja, world.amira])
      expect(await page(actor)).toContain('Byen har valgt at gemme den')
    for (const actor of [world.freja, world.amira])
      expect((await (await as(actor)).get('/c/bakken/withdrawal')).text).toContain(
        'Byen har gemt en tegning fra 1. kvartal 2027',
      )
    expect((await poul.get(path)).html).toContain('outline/2027-01-01/let-go')
    expect((await (await as(world.freja)).get(path)).html).not.toContain('outline/2027-01-01/')
  })
  test('keeps the kept one when the others go with their year, and throws away what it likes', async () => {
    world.clock.set('2028-10-02T03:00:00Z')
    await measureQuarters(world.house)
    expect(await quarters()).toEqual(['2027-01-01'])
    expect((await (await as(world.poul)).post(`${path}/outline/2027-01-01/throw-away`, '')).status).toBe(303)
    expect(await quarters()).toEqual([])
    expect(await page(world.amira)).toContain('Der er ikke noget at vise endnu')
  })
})

describe('a place with hardly anybody', () => {
  test('no ties, one neighbour with employees alone, employees alone: a sentence, and no number that is none', async () => {
    const lay = async (slug: string, residents: number, staff: number, withStaff: [number, number][]) => {
      const { community } = await layWeave(world, slug, { residents, staff, among: [], withStaff })
      await world.sql(
        `insert into access.community_role (community_id, account_id, role) values ($1, $2, 'resident')`,
        [community, world.freja.account],
      )
    }
    await lay('tomby', 3, 0, [])
    await lay('enby', 1, 2, [
      [0, 0],
      [1, 0],
    ])
    await lay('ingenby', 0, 2, [])
    for (const slug of ['tomby', 'enby', 'ingenby']) {
      const { status, text } = await (await as(world.freja)).get(`/c/${slug}/if-we-left`)
      expect(status).toBe(200)
      expect(text).toContain('Der er ingen bånd at regne på endnu')
      expect(text).not.toMatch(/NaN|Infinity|undefined|null/)
    }
  })
})
