import { beforeAll, expect, test } from 'vitest'
import { asSystem } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { personOf } from '../ties/test-ties.ts'
import { countFor, tasksOf } from './measuring.queries.ts'

let world: World
let freja: string
let karsten: string
let poul: string
beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
  karsten = await personOf(world, world.karsten)
  poul = await personOf(world, world.poul)
})
const on = '2027-03-14'
const place = () => ({ id: world.holmetofte, timeZone: 'Europe/Copenhagen' })
const able = async (day = on) =>
  Object.fromEntries(
    (await asSystem(world.house, 'test', (tx) => tasksOf(tx, place(), day))).map(({ task, neighbours }) => [
      task,
      neighbours,
    ]),
  )
const twoCan = async (day = on) => (await asSystem(world.house, 'test', (tx) => countFor(tx, place(), day))).twoCan
const carries = (task: string, kind: string, person: string, since: string, ended: string | null = null) =>
  world.sql(
    `insert into community.carried_task (community_id, task, kind, person_id, since, ended_on, medium) values ($1, $2, $3, $4, $5, $6, 'tap')`,
    [world.holmetofte, task, kind, person, since, ended],
  )

test('a task that two have said they share is one that two can do, from that day and until one lays it down', async () => {
  const none = { host: 0, facilitator: 0, welcomer: 0, scribe: 0, keys: 1, contact: 0, coach: 0 }
  expect([await able(), await twoCan()]).toEqual([none, 0])
  const [contact, other] = ['0195aaaa-0000-7000-8000-000000000001', '0195aaaa-0000-7000-8000-000000000002']
  await carries(contact, 'contact', karsten, '2026-01-01')
  // What each says alone is theirs alone, and two who do not share are not two for one task.
  await carries(other, 'contact', poul, '2026-01-01')
  expect(await able()).toEqual(none)
  await carries(contact, 'contact', freja, '2027-02-01', '2027-03-20')
  expect([await able(), await twoCan()]).toEqual([{ ...none, contact: 2 }, 1])
  expect([await twoCan('2027-01-31'), await twoCan('2027-03-20')]).toEqual([0, 0])
})

test('somebody to lean on is one of the seven when there are two of them; one alone is told to nobody', async () => {
  const leans = (coach: string, coachee: string) =>
    world.sql(
      `insert into community.coaching (community_id, coach, coachee, since) values ($1, $2, $3, '2027-01-01')`,
      [world.holmetofte, coach, coachee],
    )
  await leans(freja, karsten)
  await leans(freja, poul)
  expect((await able()).coach).toBe(0)
  await leans(poul, karsten)
  expect((await able()).coach).toBe(2)
})

test('what two have done at meetings counts as before: twice each in a year, without those of the municipality', async () => {
  for (const day of ['2027-01-10', '2027-02-10']) {
    const [meeting] = await world.sql(
      `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
       values (gen_random_uuid(), $1, upper(translate(substr(md5($2), 1, 6), '01', '23')), 'house', 'Mødes', 'Hallen', 'Freja',
         $2::date + time '18:00', 'closed', $2::timestamptz, $2::timestamptz, $2::timestamptz) returning id`,
      [world.holmetofte, day],
    )
    await world.sql(
      `insert into community.meeting_role (meeting_id, role, name) values ($1, 'host', 'Freja'), ($1, 'scribe', 'Poul')`,
      [meeting?.id],
    )
  }
  expect(await able()).toMatchObject({ host: 1, scribe: 1 })
})
