// What the program says about an evening in its log, when all goes well and when the database is gone: never who, never what.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jsonLog } from '../log.ts'
import { makeWorld, type World } from '../test-world.ts'
import { closeExitCard, openExitCard } from './exit-card.deeds.ts'
import { watchGuessing } from './guessing.ts'
import { openHall } from './hall.ts'
import { drawMeeting, hallDoor } from './hall-door.page.ts'
import { drawEvening } from './leading/draw-evening.ts'
import { goLive } from './live.ts'
import { planMeeting } from './meeting.deeds.ts'

let world: World
const lines: string[] = []
let address = ''
let stop = async () => {}
beforeAll(async () => {
  world = await makeWorld()
  world.house.log = jsonLog((line) => lines.push(line))
  const hall = openHall(world.house)
  const live = await goLive(hall, drawMeeting(hall, drawEvening(hall)), world.connections.listener)
  const door = hallDoor({
    hall,
    live,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    draw: drawMeeting(hall, drawEvening(hall)),
    elsewhere: () => {},
  })
  const server = createServer((req, res) => {
    if (!door(req, res)) res.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  stop = async () => {
    await live.stop()
    server.closeAllConnections()
    server.close()
  }
})
afterAll(() => stop())

const plan = {
  kind: 'listening',
  purpose: 'Sentinel-formål',
  place: 'Sentinel-sted',
  hostName: 'Sentinel-vært',
  date: '2027-03-14',
  time: '19:00',
} as const

test('fifty marked values go through every route and every error, and none is found in the log', async () => {
  const code = await planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)
  await openExitCard(world.freja, world.later, code)
  const marked = [code, '127.0.0.1', 'Sentinel', 'oplive_device', String(world.freja.account)]
  const post = (path: string, body: string, cookie = '') =>
    fetch(`${address}${path}`, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Sentinel-phone' },
    })

  for (let i = 0; i < 12; i++) {
    const page = await fetch(`${address}/m/${code}`, { headers: { 'user-agent': 'Sentinel-phone' } })
    const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    marked.push(cookie.split('=')[1] ?? 'no cookie')
    await post(`/m/${code}/answer`, `inf=${(i % 5) + 1}&able=1&cour=5`, cookie)
    await post(`/n/${code}`, `next=Sentinel-løfte-${i}&who=17`)
  }
  await post(`/m/${code}/answer`, 'inf=Sentinel-svar')
  await post(`/n/${code}`, `next=${'Sentinel'.repeat(100)}`)
  await fetch(`${address}/m/SENTIN`)
  await fetch(`${address}/n/${code}?Sentinel=1`)
  await closeExitCard(world.freja, world.later, code)
  await fetch(`${address}/m/${code}/thanks`)

  // The database throws everybody out in the middle of it all, and its errors repeat what they were given.
  const again = await planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)
  marked.push(again)
  await openExitCard(world.freja, world.later, again)
  await fetch(`${address}/m/${again}`)
  await world.sql(`alter function community.keep_cards rename to keep_cards_gone`)
  const refused = await post(`/m/${again}/answer`, 'inf=1&able=1&cour=1')
  await world.sql(`alter function community.keep_cards_gone rename to keep_cards`)
  expect(refused.status).toBe(503)
  expect(await refused.text()).toContain('Dit svar er ikke gemt endnu')

  const log = lines.join('')
  expect(lines.length).toBeGreaterThan(0)
  expect(log).toContain('request.failed')
  expect(marked.filter((value) => log.includes(value))).toEqual([])
})

test('PostgreSQL keeps no statement, no time of a commit and no answer of the evening', async () => {
  const [settings] =
    await world.sql(`select current_setting('log_statement') as statement, current_setting('log_min_duration_statement') as duration,
    current_setting('log_parameter_max_length') as parameters, current_setting('log_parameter_max_length_on_error') as on_error, current_setting('track_commit_timestamp') as commits`)
  expect(settings).toEqual({ statement: 'none', duration: '-1', parameters: '0', on_error: '0', commits: 'off' })
})
