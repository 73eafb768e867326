import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { remind } from './incident.deeds.ts'

let world: World
let site: ReturnType<typeof makeSite>
const incident = uuid()
const here = `/incidents/${incident}`

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
  await world.sql(
    `insert into access.mail_address (account_id, address, confirmed_on) values ($1, 'nadia@kommune.example', '2027-03-01')`,
    [world.nadia.account],
  )
})

const cookieOf = async (actor: Actor) =>
  `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`
const get = async (actor: Actor, path: string) => site.request(path, { headers: { cookie: await cookieOf(actor) } })
const post = async (actor: Actor, path: string, fields: Record<string, string> = {}) =>
  site.request(path, {
    method: 'POST',
    headers: {
      cookie: await cookieOf(actor),
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: new URLSearchParams(fields).toString(),
  })
const typed = {
  id: incident,
  what: 'En liste blev glemt i bussen',
  'noticed-day': '14',
  'noticed-month': 'marts',
  'noticed-year': '2027',
  time: '18',
  'place-holmetofte': 'yes',
  entry: 'yes',
  'kind-belong': 'yes',
}
const letters = () =>
  world.sql(`select address, kind, body from community.letter where kind = 'reminder' order by laid_at`)

describe('something has gone wrong with what is kept of people', () => {
  test('the officer writes it down, and the clock runs from when it was noticed', async () => {
    const back = await post(world.nadia, '/incidents/new', { ...typed, time: '20' })
    expect(back.status).toBe(400)
    expect(await back.text()).toContain('En liste blev glemt i bussen')
    expect((await post(world.nadia, '/incidents/new', typed)).status).toBe(303)
    const html = await (await get(world.nadia, here)).text()
    expect(html).toContain('71 timer tilbage af de 72')
    expect(html).toContain('onsdag 17. marts kl. 18')
    expect(await (await get(world.nadia, '/')).text()).toContain('Opdaget 14. marts 2027')
  })

  test('key holders of the room read it; the operator is told numbers, and nothing of what happened', async () => {
    expect(await (await get(world.poul, '/c/holmetofte/incidents')).text()).toContain('En liste blev glemt i bussen')
    const told = await (await get(world.mikkel, '/incidents')).text()
    expect(told).toContain('Holmetofte')
    expect(told).not.toContain('En liste blev glemt i bussen')
    expect((await get(world.mikkel, here)).status).toBe(404)
    for (const actor of [world.amira, world.helle, world.poul, world.karsten, world.freja]) {
      expect((await get(actor, '/incidents')).status).toBe(404)
      expect((await get(actor, here)).status).toBe(404)
      expect((await post(actor, '/incidents/new', { ...typed, id: uuid() })).status).toBe(404)
      expect((await post(actor, `${here}/close`)).status).toBe(404)
    }
    for (const actor of [world.amira, world.karsten, world.freja, world.nadia])
      expect((await get(actor, '/c/holmetofte/incidents')).status).toBe(404)
  })

  test('the officer is written to after a day and after sixty hours, once each, without a word of what happened', async () => {
    const house = { ...world.house, mail: true }
    expect(await remind(house, 'https://x')).toBe(0)
    world.clock.set('2027-03-15T17:00:00Z')
    expect(await remind(house, 'https://x')).toBe(1)
    expect(await remind(house, 'https://x')).toBe(0)
    world.clock.set('2027-03-17T05:00:00Z')
    expect(await remind(house, 'https://x')).toBe(1)
    world.clock.set('2027-03-17T19:00:00Z')
    expect(await remind(house, 'https://x')).toBe(0)
    const sent = await letters()
    expect(sent).toHaveLength(2)
    for (const { address, body } of sent) {
      expect(address).toBe('nadia@kommune.example')
      expect(body).toContain(here)
      expect(body).not.toContain('bussen')
    }
  })

  test('when the hours are over, the page says so in words', async () => {
    const html = await (await get(world.nadia, here)).text()
    expect(html).toContain('Det er 2 timer for sent')
    expect(html).toContain('De 72 timer er gået')
  })

  test('it is closed when both things are decided with a reason; every step stays', async () => {
    expect((await post(world.nadia, `${here}/close`)).status).toBe(303)
    expect(await (await get(world.nadia, here)).text()).toContain('Beslut først de to ting')
    const back = await post(world.nadia, `${here}/authority`, { 'authority-tell': 'yes', 'authority-why': '' })
    expect(back.status).toBe(400)
    for (const one of ['authority', 'people'])
      expect(
        (await post(world.nadia, `${here}/${one}`, { [`${one}-tell`]: 'yes', [`${one}-why`]: 'Navne og numre' }))
          .status,
      ).toBe(303)
    expect((await post(world.nadia, `${here}/note`, { 'note-why': 'Listen er fundet' })).status).toBe(303)
    expect((await post(world.nadia, `${here}/close`)).status).toBe(303)
    const steps = await world.sql(`select what from municipal.incident_step order by at, id`)
    expect(steps.map(({ what }) => what)).toEqual([
      'begun',
      'reminded',
      'reminded',
      'authority',
      'people',
      'note',
      'closed',
    ])
    expect(
      (await post(world.nadia, `${here}/people`, { 'people-tell': 'no', 'people-why': 'Alligevel ikke' })).status,
    ).toBe(404)
    const kept = await world.sql(`select what, facts from access.audit order by id`)
    expect(kept).toEqual([
      { what: 'incident.begun', facts: { rooms: 1, entry: true } },
      { what: 'incident.closed', facts: { authority: true, people: true } },
    ])
  })
})
