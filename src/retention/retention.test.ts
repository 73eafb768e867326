import type { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import { ruleCodes, ruleOf } from '../data-map/retention-rules.ts'
import type { Actor } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { isNightRule, nightRules, runNight, tryNight } from './retention.deeds.ts'
import { keptLongEnough, nightOf, readStillToken, stillToken } from './retention.ts'

let world: World
let site: Hono<Visited>
const origin = 'https://oplive.example.dk'
beforeAll(async () => {
  world = await makeWorld()
  site = makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
  })
})
const night = () => runNight(world.house, origin)
const cookieOf = async (actor: Actor) =>
  `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`
async function birthe(active: string, { mail = null as string | null, wish = 'paper', place = world.holmetofte } = {}) {
  const id = uuid()
  await world.sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on, contact_wish, mail)
     values ($1, $2, 'Birthe', 'said_yes', 'paper', $3, $3, $4, $5)`,
    [id, place, active, wish, mail],
  )
  return id
}
const isHere = async (id: string) => (await world.sql('select from community.person where id = $1', [id])).length === 1

describe('the night', () => {
  test('carries out every rule of the register that is its own, and no other', () => {
    expect([...nightRules].sort()).toEqual(ruleCodes.filter((code) => ruleOf(code).by === 'night').sort())
    expect(ruleCodes.filter(isNightRule).sort()).toEqual([...nightRules].sort())
  })
  test('begins at three by the clock of the place, and counts months by the calendar', () => {
    expect(nightOf(new Date('2027-03-14T01:59:00Z'), 'Europe/Copenhagen')).toBe('2027-03-13')
    expect(nightOf(new Date('2027-03-14T02:00:00Z'), 'Europe/Copenhagen')).toBe('2027-03-14')
    const at = (iso: string) => keptLongEnough(new Date(iso), { n: 24, unit: 'month' }).toISOString()
    expect(at('2028-02-29T03:00:00Z')).toBe('2026-02-28T03:00:00.000Z')
    expect(keptLongEnough(new Date('2027-03-31T03:00:00Z'), { n: 1, unit: 'month' }).toISOString()).toBe(
      '2027-02-28T03:00:00.000Z',
    )
  })
  test('forgets what was laid down, ended or said of a helper two years ago, and keeps what still is', async () => {
    const [freja, karsten] = (
      await world.sql('select p.id from community.person p where account_id = any ($1) order by name', [
        [world.freja.account, world.karsten.account],
      ])
    ).map(({ id }) => id)
    const carries = (ended: string | null) =>
      world.sql(
        `insert into community.carried_task (community_id, task, kind, person_id, since, ended_on, medium)
         values ($1, gen_random_uuid(), 'chair', $2, '2020-01-01', $3, 'tap')`,
        [world.holmetofte, freja, ended],
      )
    const leans = (coach: unknown, coachee: unknown, ended: string | null) =>
      world.sql(
        `insert into community.coaching (community_id, coach, coachee, since, ended_on) values ($1, $2, $3, '2020-01-01', $4)`,
        [world.holmetofte, coach, coachee, ended],
      )
    const helped = (by: unknown, about: unknown, on: string) =>
      world.sql('insert into community.helper_mark (by_person, about, made_on) values ($1, $2, $3)', [by, about, on])
    await Promise.all([carries('2025-03-13'), carries('2025-03-15'), carries(null)])
    await Promise.all([leans(freja, karsten, '2025-03-13'), leans(karsten, freja, null)])
    await Promise.all([helped(freja, karsten, '2025-03-13'), helped(karsten, freja, '2025-03-15')])
    expect(await tryNight(world.house)).toMatchObject({ shared: 3 })
    await night()
    for (const [table, left] of [
      ['carried_task', 2],
      ['coaching', 1],
      ['helper_mark', 1],
    ])
      expect([table, (await world.sql(`select from community.${table}`)).length]).toEqual([table, left])
  })
  test('asks whom nobody has seen for two years, forgets who does not answer in thirty days, and keeps who does', async () => {
    const [silent, answers, seen] = [
      await birthe('2027-03-01', { mail: 'birthe@example.dk', wish: 'mail' }),
      await birthe('2027-03-01'),
      await birthe('2028-09-01'),
    ]
    for (const account of [world.freja, world.karsten, world.poul, world.stranger])
      await world.sql(`update community.person set active_on = '2029-01-01' where account_id = $1`, [account.account])
    world.clock.set('2029-03-01T04:00:00Z')
    await night()
    expect(await world.sql('select from community.still_question')).toHaveLength(0)
    world.clock.set('2029-03-02T04:00:00Z')
    await night()
    expect(await world.sql('select until from community.still_question')).toEqual([
      { until: '2029-04-01' },
      { until: '2029-04-01' },
    ])
    const [letter] = await world.sql(`select address, body from community.letter where kind = 'still'`)
    expect(letter?.address).toBe('birthe@example.dk')
    const link = /\/still\/[\w-]{43}/.exec(String(letter?.body))?.[0] ?? ''
    // The link alone answers nothing.
    expect((await site.request(link)).status).toBe(200)
    expect(await world.sql('select from community.still_question')).toHaveLength(2)
    // One without mail says it to who has the key.
    const cookie = await cookieOf(world.poul)
    const list = await (await site.request('/c/holmetofte/still', { headers: { cookie } })).text()
    expect(list).toContain(`/c/holmetofte/still/${answers}`)
    expect((await site.request(`/c/holmetofte/still/${answers}`, { method: 'POST', headers: { cookie } })).status).toBe(
      303,
    )
    for (const actor of [world.freja, world.stranger, world.amira]) {
      const other = await cookieOf(actor)
      expect(
        (await site.request(`/c/holmetofte/still/${silent}`, { method: 'POST', headers: { cookie: other } })).status,
      ).toBe(404)
    }
    world.clock.set('2029-04-01T22:00:00Z')
    await night()
    expect(await isHere(silent)).toBe(true)
    world.clock.set('2029-04-02T04:00:00Z')
    const run = await night()
    expect(run?.counts.inactive).toBe(1)
    expect([await isHere(silent), await isHere(answers), await isHere(seen)]).toEqual([false, true, true])
    expect((await site.request(link)).status).toBe(404)
  })
  test('leaves somebody whose link is pressed', async () => {
    const id = await birthe('2027-03-01', { mail: 'oksana@example.dk', wish: 'mail' })
    world.clock.set('2029-05-02T04:00:00Z')
    await night()
    const path = `/still/${stillToken(world.house.keys.houseSecret(), id)}`
    expect((await site.request(path, { method: 'POST' })).status).toBe(200)
    expect((await site.request(path, { method: 'POST' })).status).toBe(404)
    expect(readStillToken(Buffer.alloc(32, 9), path.slice('/still/'.length))).toBeNull()
    expect(await world.sql('select active_on from community.person where id = $1', [id])).toEqual([
      { active_on: '2029-05-02' },
    ])
  })
  test('is done once, however often it is called and by however many, and tells of it in numbers', async () => {
    world.clock.set('2029-06-02T04:00:00Z')
    const all = await Promise.all([night(), night(), night()])
    expect(all.filter((run) => run !== null).length).toBeLessThanOrEqual(1)
    while (
      (await world.sql(`select from community.retention_run where day = '2029-06-02' and ended_at is not null`))
        .length === 0
    )
      await night()
    expect(await night()).toBeNull()
    const audit = await world.sql(
      `select facts from access.audit where what = 'retention.run' and facts ->> 'day' = '2029-06-02'`,
    )
    expect(audit).toHaveLength(1)
    for (const [actor, status] of [
      [world.nadia, 200],
      [world.mikkel, 200],
      [world.amira, 403],
      [world.poul, 403],
    ] as const)
      expect((await site.request('/retention', { headers: { cookie: await cookieOf(actor) } })).status).toBe(status)
  })
  test('takes names, promises and numbers of a meeting when their time is over, and leaves what was counted', async () => {
    world.clock.set('2030-01-10T12:00:00Z')
    const code = await planMeeting(
      world.freja,
      { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
      { kind: 'listening', purpose: 'x', place: 'Hallen', hostName: 'Freja Madsen', date: '2030-01-12', time: '19:00' },
    )
    const meeting = (await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id
    await world.sql(
      `insert into community.arrival (meeting_id, medium, name, first_time, brought_by, bringer) values ($1, 'host', 'Birthe', true, 'neighbour', 'Freja')`,
      [meeting],
    )
    await world.sql(
      `insert into community.commitment (id, meeting_id, name, what, telephone, by_when, medium) values ($1, $2, 'Jens', 'kage', '12345678', '2030-03-01', 'paper')`,
      [uuid(), meeting],
    )
    const telephone = async () =>
      (await world.sql('select telephone from community.commitment where meeting_id = $1', [meeting]))[0]?.telephone
    world.clock.set('2030-03-31T04:00:00Z')
    await night()
    expect(await telephone()).toBe('12345678')
    world.clock.set('2030-04-02T04:00:00Z')
    await night()
    expect(await telephone()).toBeNull()
    const names = async () =>
      (
        await world.sql('select name, bringer, first_time, brought_by from community.arrival where meeting_id = $1', [
          meeting,
        ])
      )[0]
    world.clock.set('2032-01-12T12:00:00Z')
    await night()
    expect(await names()).toMatchObject({ name: 'Birthe' })
    world.clock.set('2032-01-13T12:00:00Z')
    expect((await tryNight(world.house)).attendance).toBeGreaterThan(0)
    expect(await names()).toMatchObject({ name: 'Birthe' })
    await night()
    expect(await names()).toEqual({ name: null, bringer: null, first_time: true, brought_by: 'neighbour' })
    expect(await telephone()).toBeUndefined()
    expect((await world.sql('select host_name from community.meeting where id = $1', [meeting]))[0]?.host_name).toBe(
      'En nabo',
    )
  })
  test('whoever comes in, is at a meeting or promises something shows life', async () => {
    world.clock.set('2033-01-10T12:00:00Z')
    await cookieOf(world.karsten)
    expect(
      (await world.sql('select active_on from community.person where account_id = $1', [world.karsten.account]))[0]
        ?.active_on,
    ).toBe('2033-01-10')
  })
})
