import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { asVisit, type Visited } from '../../access/visit.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { invite } from '../coming/coming.deeds.ts'
import { openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { keepingPages, madeCookie } from './keeping.page.tsx'
import { madeHere, readMadeHere } from './made-here.ts'

let world: World
let secret = ''
let site: Hono<Visited>
beforeAll(async () => {
  world = await makeWorld()
  const hall = openHall(world.house)
  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    { kind: 'listening', purpose: 'Nøglen', place: 'Hallen', hostName: 'Freja', date: '2027-03-20', time: '19:00' },
  )
  const meeting = (await hall.find(code)) ?? expect.fail()
  const made = await invite(hall, meeting, { name: 'Karsten', key: randomBytes(16).toString('base64url') })
  secret = made?.secret ?? expect.fail()
  site = new Hono<Visited>()
  site.use(asVisit(world.house, { origin: null, onNetwork: null }))
  site.route('/', keepingPages(hall))
})
const shownTo = async (cookie: string) =>
  (await site.request('/c/holmetofte/join', { headers: { cookie: `${madeCookie}=${cookie}` } })).text()

describe('an invitation', () => {
  test('is kept by the browser that made it, and by nobody to whom its link was handed on', async () => {
    const empty = await shownTo('')
    expect(await shownTo(madeHere(world.house, secret))).toContain('Karsten')
    const bare = (html: string) => html.replace(/name="key" value="[^"]*"/, '')
    for (const tried of [secret, `${secret}${'A'.repeat(22)}`, `${secret}${secret}`])
      expect(bare(await shownTo(tried))).toBe(bare(empty))
  })

  test('cannot be claimed by somebody who alters one letter of what their own browser keeps', () => {
    const own = madeHere(world.house, secret)
    expect(readMadeHere(world.house, own)).toBe(secret)
    for (let at = 0; at < own.length; at++) {
      const altered = `${own.slice(0, at)}${own[at] === 'x' ? 'y' : 'x'}${own.slice(at + 1)}`
      expect(readMadeHere(world.house, altered)).toBeUndefined()
    }
    for (const text of ['', 'ø'.repeat(44), own.slice(1), `${own}x`])
      expect(readMadeHere(world.house, text)).toBeUndefined()
  })
})
