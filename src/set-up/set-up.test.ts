import type { Hono } from 'hono'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Visited } from '../access/visit.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { isSetUp } from './set-up.deeds.ts'
import { openSetUp, type SetUpDoor } from './set-up.ts'

let world: World
let site: Hono<Visited>
let door: SetUpDoor
beforeEach(async () => {
  world ??= await makeWorld()
  await world.sql('delete from municipal.municipality')
  await world.sql(`delete from access.account where name = 'Mikkel Krog'`)
  door = openSetUp(!(await isSetUp(world.house)))
  site = makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: null, onNetwork: null },
    development: false,
    built: '.',
    setUp: door,
    staffWay: () => 'passkey',
  })
})
const form = {
  name: 'Midtsø Kommune',
  operator: 'Mikkel Krog',
  mail: 'hjaelp@midtsoe.example',
  phone: '',
  statement: '',
  zone: 'Europe/Copenhagen',
  first: '',
}
const cookieIn = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
const post = (cookie: string, changes: Record<string, string> = {}, path = door.path) =>
  site.request(path, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, ...changes }).toString(),
  })

describe('an installation that nobody has set up', () => {
  test('says kindly that it is not ready, on every page, and nobody can be first but by the link', async () => {
    for (const path of ['/', '/in', '/c/holmetofte', '/mine', '/api/v1/communities', '/staff/people']) {
      const answer = await site.request(path)
      expect([path, answer.status]).toEqual([path, 503])
      expect(await answer.text()).toContain('Oplive er ikke klar endnu')
    }
    expect((await site.request('/health')).status).toBe(200)
    expect((await site.request('/set-up/guess')).status).toBe(404)
    expect((await post('', {}, '/set-up/guess')).status).toBe(404)
  })

  test('is set up in the browser that opened the link first, once; its first operator is in and must make a key and six digits', async () => {
    const first = await site.request(door.path)
    expect(first.status).toBe(200)
    // Another browser with the same link, such as a scanner of mails, is too late.
    expect((await site.request(door.path)).status).toBe(404)
    expect((await post('')).status).toBe(404)
    const mine = cookieIn(first)
    const wrong = await post(mine, { name: '', mail: 'ikke en mail', operator: '010190-1234', phone: '010190-1234' })
    expect(wrong.status).toBe(400)
    const text = await wrong.text()
    expect(text).toContain('value="ikke en mail"')
    for (const mend of ['Skriv navnet på kommunen', 'Skriv dit navn', 'Skriv en mailadresse', 'Skriv et telefonnummer'])
      expect(text).toContain(mend)
    const done = await post(mine)
    expect(done.status).toBe(303)
    expect(await world.sql('select name, contact_mail from municipal.municipality')).toEqual([
      { name: 'Midtsø Kommune', contact_mail: 'hjaelp@midtsoe.example' },
    ])
    const session = cookieIn(done)
    const on = await site.request('/', { headers: { cookie: session } })
    expect([on.status, on.headers.get('location')]).toEqual([303, '/staff/passkey'])
    // Nothing more can be done with the link.
    expect((await post(mine)).status).toBe(404)
    expect((await site.request(door.path, { headers: { cookie: mine } })).status).toBe(404)
    expect((await site.request('/c/holmetofte')).status).toBe(200)
    expect(await world.sql(`select what from access.audit where what = 'set-up.done'`)).not.toEqual([])
  })

  test('lives by the clock that was chosen, and has its first place with a day on which the municipality leaves', async () => {
    await world.sql(`delete from community.community where slug = 'vestby'`)
    const mine = cookieIn(await site.request(door.path))
    const place = { first: 'Vestby', 'last-day-day': '1', 'last-day-month': 'maj', 'last-day-year': '2029' }
    const wrong = await post(mine, { ...place, zone: 'Mars/Olympus' })
    expect(wrong.status).toBe(400)
    expect(await wrong.text()).toContain('Vælg det ur, I går efter')
    // A place is not founded without what is missing until the municipality can leave; what was typed stands.
    const half = await post(mine, place)
    expect(half.status).toBe(400)
    expect(await half.text()).toContain('value="Vestby"')
    const personal = await post(mine, { first: '010190-1234', mail: '0101901234@midtsoe.example' })
    expect(personal.status).toBe(400)
    const done = await post(mine, { ...place, zone: 'Atlantic/Faroe', 'still-missing': 'Vi er knap nok begyndt.' })
    expect(done.status).toBe(303)
    expect(
      await world.sql(`select c.name, c.time_zone, p.last_day::text from community.community c
        join community.withdrawal_plan p on p.community_id = c.id where c.slug = 'vestby'`),
    ).toEqual([{ name: 'Vestby', time_zone: 'Atlantic/Faroe', last_day: '2029-05-01' }])
    expect(await world.sql('select time_zone from municipal.municipality')).toEqual([{ time_zone: 'Atlantic/Faroe' }])
  })

  test('by two at once is set up by one', async () => {
    const mine = cookieIn(await site.request(door.path))
    const all = await Promise.all([post(mine), post(mine), post(mine)])
    expect(all.map(({ status }) => status).sort()).toEqual([303, 404, 404])
    expect(await world.sql(`select from access.account where name = 'Mikkel Krog'`)).toHaveLength(1)
  })

  test('has a new link at each start, of 192 bits', () => {
    const [one, two] = [openSetUp(true), openSetUp(true)]
    expect(one.path).not.toBe(two.path)
    expect(one.path.length).toBe('/set-up/'.length + 32)
    expect(openSetUp(false).enter(one.path.slice('/set-up/'.length), undefined)).toBeNull()
  })
})
