import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import type { Actor } from '../db/as-actor.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { forgetOldKeys } from './api-key.deeds.ts'
import { openApi } from './open-api.ts'
import { tellAll } from './webhook.deeds.ts'
import { secretOf, signed } from './webhook.ts'

let world: World
let site: Hono<Visited>
let meeting = ''
const cookies = new Map<Actor, string>()
const cookieOf = async (actor: Actor) => {
  const known = cookies.get(actor)
  if (known) return known
  const cookie = `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`
  cookies.set(actor, cookie)
  return cookie
}
const aMeeting = (purpose: string) =>
  planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    { kind: 'listening', purpose, place: 'Hallen', hostName: 'Freja', date: '2027-03-14', time: '19:00' },
  )

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
  await aMeeting('=HVEM()')
  meeting = String((await world.sql('select id from community.meeting'))[0]?.id)
})

const post = async (actor: Actor, path: string, form: Record<string, string> = {}) =>
  site.request(path, {
    method: 'POST',
    headers: { cookie: await cookieOf(actor), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
async function aKey(actor: Actor, as: string): Promise<string> {
  const answer = await post(actor, '/me/api', { name: 'Byens hjemmeside', as })
  return /oplive_[\w-]{43}/.exec(await answer.text())?.[0] ?? `none (${answer.status})`
}
const get = (path: string, key?: string, cookie?: string) =>
  site.request(path, { headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...(cookie ? { cookie } : {}) } })

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const api = openApi('https://oplive.example.dk')
ajv.addSchema({ ...api, $id: 'api' })

/** The answer, held against the description. */
async function answered(template: string, path: string, key?: string): Promise<unknown> {
  const answer = await get(path, key)
  expect([path, answer.status]).toEqual([path, 200])
  const body: unknown = await answer.json()
  const pointer = `api#/paths/${template.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/get/responses/200/content/application~1json/schema`
  const fits = ajv.getSchema(pointer)
  expect(fits?.(body) ? [] : fits?.errors).toEqual([])
  return body
}

describe('other programs read what their owner may read', () => {
  test('every path of the description answers as the description says, and no path is missing from it', async () => {
    const [keyholder, employee] = [await aKey(world.poul, 'holmetofte:keyholder'), await aKey(world.amira, ':employee')]
    const keys: Record<string, string | undefined> = {
      '/communities/{slug}/contacts': keyholder,
      '/communities/{slug}/numbers': keyholder,
      '/numbers': employee,
    }
    for (const template of Object.keys(api.paths))
      await answered(
        template,
        `/api/v1${template.replace('{slug}', 'holmetofte').replace('{id}', meeting)}`,
        keys[template],
      )
    const routes = site.routes
      .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/v1/'))
      .map(({ path }) => path.slice('/api/v1'.length).replace(/:(\w+)/g, '{$1}'))
    expect(new Set(routes)).toEqual(new Set(Object.keys(api.paths)))
    expect(await (await get('/api/v1')).json()).toMatchObject({ openapi: '3.1.0' })
  })

  test('without a key they read what everybody sees, and nothing more', async () => {
    expect((await get('/api/v1/communities/holmetofte/meetings')).status).toBe(200)
    for (const path of ['/numbers', '/communities/holmetofte/contacts', '/communities/holmetofte/numbers'])
      expect([path, (await get(`/api/v1${path}`)).status]).toEqual([path, 401])
    const text = await (await get('/api/v1/communities/holmetofte/meetings')).text()
    expect(text).not.toMatch(/"code"/)
  })

  test('a key reads in its own place alone; elsewhere it is nobody', async () => {
    const key = await aKey(world.poul, 'holmetofte:resident')
    expect((await get('/api/v1/communities/holmetofte/contacts', key)).status).toBe(200)
    for (const path of ['/communities/lyngo/contacts', '/communities/lyngo/numbers'])
      expect((await get(`/api/v1${path}`, key)).status).toBe(404)
    expect((await get('/api/v1/communities/lyngo', key)).status).toBe(200)
    expect((await get('/api/v1/numbers', key)).status).toBe(403)
  })

  test('a key is made for no more than one is, and only by who has shown who they are', async () => {
    expect(await aKey(world.karsten, 'holmetofte:host')).toBe('none (400)')
    expect(await aKey(world.karsten, 'lyngo:resident')).toBe('none (400)')
    expect(await aKey(world.karsten, ':employee')).toBe('none (400)')
    await world.sql('update access.session set proven_at = null')
    const refused = await post(world.karsten, '/me/api', { name: 'x', as: 'holmetofte:resident' })
    expect(refused.status).toBe(403)
    await world.sql('update access.session set proven_at = $1', [world.clock.now()])
  })

  test('a right that is lost is lost to the key at once', async () => {
    const key = await aKey(world.karsten, 'holmetofte:resident')
    const path = '/api/v1/communities/holmetofte/numbers'
    expect((await get(path, key)).status).toBe(200)
    await world.sql('delete from access.community_role where account_id = $1', [world.karsten.account])
    expect((await get(path, key)).status).toBe(401)
    await world.sql(`insert into access.community_role (account_id, community_id, role) values ($1, $2, 'resident')`, [
      world.karsten.account,
      world.holmetofte,
    ])
    expect((await get(path, key)).status).toBe(200)
    await world.sql('update access.account set ended_at = now() where id = $1', [world.karsten.account])
    expect((await get(path, key)).status).toBe(401)
    await world.sql('update access.account set ended_at = null where id = $1', [world.karsten.account])
    const page = await (await get('/me/api', undefined, await cookieOf(world.karsten))).text()
    const id = /\/me\/api\/([0-9a-f-]{36})\/drop/.exec(page)?.[1]
    expect((await post(world.poul, `/me/api/${id}/drop`)).status).toBe(404)
    expect((await post(world.karsten, `/me/api/${id}/drop`)).status).toBe(303)
    expect((await get(path, key)).status).toBe(401)
  })

  test('a key runs out, and is forgotten', async () => {
    const key = await aKey(world.amira, ':employee')
    const before = world.clock.now().toISOString()
    world.clock.set(new Date(world.clock.now().getTime() + 31 * 86_400_000).toISOString())
    expect((await get('/api/v1/numbers', key)).status).toBe(401)
    await forgetOldKeys(world.house)
    expect(await world.sql(`select from access.api_key where as_role = 'employee'`)).toEqual([])
    world.clock.set(before)
    cookies.clear()
  })

  test('a foreign key and a key that is none get the same, and say nothing of what is there', async () => {
    const texts = new Set<string>()
    for (const key of [`oplive_${'A'.repeat(43)}`, 'x', 'oplive_']) {
      const answer = await get('/api/v1/communities', key)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
      texts.add(await answer.text())
    }
    expect(texts.size).toBe(1)
  })

  test('a spreadsheet finds no formula in a list', async () => {
    const answer = await get('/api/v1/communities/holmetofte/meetings?format=csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const bytes = Buffer.from(await answer.arrayBuffer())
    const text = bytes.toString()
    expect(text.startsWith('\uFEFFid;kind;purpose;')).toBe(true)
    expect(text).toContain(";'=HVEM();")
  })

  test('what somebody may take along stands on one page', async () => {
    const guest = await (await get('/c/holmetofte/data')).text()
    expect(guest).toContain('/api/v1/communities/holmetofte/meetings?format=csv')
    expect(guest).not.toContain('contacts')
    const member = await (await get('/c/holmetofte/data', undefined, await cookieOf(world.poul))).text()
    expect(member).toContain('/api/v1/communities/holmetofte/contacts?format=csv')
  })
})

describe('another program is told of meetings', () => {
  let receiver: Server
  const heard: { headers: Record<string, string | string[] | undefined>; body: string }[] = []
  let answerWith = 204
  beforeAll(async () => {
    receiver = createServer((req, res) => {
      let body = ''
      req.on('data', (part: Buffer) => {
        body += part
      })
      req.on('end', () => {
        heard.push({ headers: req.headers, body })
        res.writeHead(answerWith, { location: 'http://127.0.0.1:1/' }).end()
      })
    }).listen(0, '127.0.0.1')
    await new Promise((up) => receiver.once('listening', up))
  })
  afterAll(() => new Promise((down) => receiver.close(down)))
  const tell = () => tellAll(world.house, 'https://oplive.example.dk', { anywhere: true })
  /** Through the form an address of this machine is never taken; the receiver of this test stands on it. */
  async function aWebhook(): Promise<string> {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
    await world.sql('delete from community.webhook')
    const rows = await world.sql(
      `insert into community.webhook (id, community_id, url, made_on) values (gen_random_uuid(), $1, $2, '2027-03-01') returning id`,
      [world.holmetofte, url],
    )
    heard.splice(0)
    return String(rows[0]?.id)
  }

  test('when one is planned and when it is changed, signed, and without the code or any number', async () => {
    const id = await aWebhook()
    const code = await aMeeting('Lys i hallen')
    await world.sql(`update community.meeting set place = 'Kroen' where code = $1`, [code])
    // What is not of its public face is no news.
    await world.sql('update community.meeting set attended = 40 where code = $1', [code])
    // Changed behind the program, so by another clock.
    await world.sql('update community.webhook_call set not_before = $1, laid_at = $1', [world.clock.now()])
    expect(await tell()).toEqual({ told: 2, failed: 0 })
    const events = heard.map(({ body }) => JSON.parse(body))
    expect(events.map(({ type }) => type).sort()).toEqual(['meeting.changed', 'meeting.planned'])
    const fits = ajv.getSchema('api#/webhooks/meeting.planned/post/requestBody/content/application~1json/schema')
    const planned = events.find(({ type }) => type === 'meeting.planned')
    expect(fits?.(planned) ? [] : fits?.errors).toEqual([])
    for (const { headers, body } of heard) {
      expect(body).not.toContain(code)
      const at = new Date(Number(headers['webhook-timestamp']) * 1000)
      expect(
        signed(secretOf(world.house.keys.houseSecret(), id), String(headers['webhook-id']), at, body),
      ).toMatchObject({
        'webhook-signature': headers['webhook-signature'],
      })
    }
    expect(await tell()).toEqual({ told: 0, failed: 0 })
  })

  test('again when it did not arrive, as the same event, and never twice when it did', async () => {
    await aWebhook()
    answerWith = 302
    await aMeeting('Bussen')
    expect(await tell()).toEqual({ told: 0, failed: 1 })
    expect(await tell()).toEqual({ told: 0, failed: 0 })
    world.clock.set(new Date(world.clock.now().getTime() + 61_000).toISOString())
    answerWith = 200
    expect(await Promise.all([tell(), tell()])).toEqual(
      expect.arrayContaining([
        { told: 1, failed: 0 },
        { told: 0, failed: 0 },
      ]),
    )
    expect(heard).toHaveLength(2)
    expect(heard[0]?.headers['webhook-id']).toBe(heard[1]?.headers['webhook-id'])
  })

  test('no longer when nothing has arrived for five days, until its key holder says so', async () => {
    const id = await aWebhook()
    answerWith = 500
    for (let day = 0; day < 7; day++) {
      await aMeeting(`Dag ${day}`)
      await tell()
      world.clock.set(new Date(world.clock.now().getTime() + 86_400_000).toISOString())
    }
    const state = () => world.sql('select stopped_on, last_answer from community.webhook')
    expect(await state()).toMatchObject([{ stopped_on: expect.any(String), last_answer: '500' }])
    const before = heard.length
    await aMeeting('Ingen hører det')
    await tell()
    expect(heard).toHaveLength(before)
    cookies.clear()
    answerWith = 200
    for (const actor of [world.freja, world.karsten, world.stranger, world.amira])
      expect((await post(actor, `/c/holmetofte/webhooks/${id}/again`)).status).toBe(404)
    expect((await post(world.poul, `/c/holmetofte/webhooks/${id}/again`)).status).toBe(303)
    await aMeeting('Nu igen')
    expect((await tell()).told).toBeGreaterThan(0)
  })

  test('at an address that its key holder gave, and nobody else can give or see', async () => {
    await world.sql('delete from community.webhook')
    const path = '/c/holmetofte/webhooks'
    expect((await post(world.poul, path, { url: 'https://hooks.example.dk/a' })).status).toBe(303)
    expect((await post(world.poul, path, { url: 'https://hooks.example.dk/a' })).status).toBe(400)
    expect((await post(world.poul, path, { url: 'https://192.168.1.1/' })).status).toBe(400)
    const own = await (await get(path, undefined, await cookieOf(world.poul))).text()
    expect(own).toMatch(/whsec_[\w+/=]{40,}/)
    for (const actor of [world.freja, world.karsten, world.stranger, world.amira, world.mikkel]) {
      expect((await get(path, undefined, await cookieOf(actor))).status).toBe(404)
      expect((await post(actor, path, { url: 'https://hooks.example.dk/b' })).status).toBe(404)
    }
  })
})
