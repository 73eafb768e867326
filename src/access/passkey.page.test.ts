import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import type { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import type { StaffWay } from './passkey.ts'
import { aBrowser, signedInBrowser, siteOf, type TestBrowser } from './test-browser.ts'
import { countingDevice, type Device, device, type Lie } from './test-device.ts'
import type { Visited } from './visit.ts'

let world: World
let site: Hono<Visited>
let way: StaffWay = 'demo'
beforeAll(async () => {
  world = await makeWorld()
  site = siteOf(world, 'https://oplive.test', () => way)
})
beforeEach(async () => {
  way = 'demo'
  world.clock.set('2027-03-14T18:00:00Z')
  await world.sql('delete from access.passkey')
  await world.sql('delete from access.warning')
})

const accountOf = (actor: Actor) => actor.account ?? ''
const comesIn = (actor: Actor) => signedInBrowser(world, site, actor.account)

async function asked(browser: TestBrowser, purpose: 'in' | 'add' | 'prove'): Promise<string> {
  const { status, html } = await browser.post('/passkey/ask', { for: purpose })
  expect(status).toBe(200)
  return JSON.parse(html).challenge
}

async function add(browser: TestBrowser, phone: Device, lie?: Lie) {
  return browser.post('/passkey/add', { answer: phone.make(await asked(browser, 'add'), lie), next: '/me' })
}

async function show(browser: TestBrowser, phone: Device, lie?: Lie, next = '/me') {
  return browser.post('/passkey/in', { answer: phone.show(await asked(browser, 'in'), lie), next })
}

/** Karsten with a phone that has a passkey. */
async function karstensPhone(make = device): Promise<Device> {
  const phone = make(accountOf(world.karsten))
  expect((await add(await comesIn(world.karsten), phone)).location).toBe('/me')
  return phone
}
const isIn = async (browser: TestBrowser) => (await browser.get('/me')).status === 200
const warnings = () => world.sql('select what, times from access.warning')

describe('a resident', () => {
  test('adds a passkey, comes in with it where they never were, and goes on where they wanted', async () => {
    const phone = await karstensPhone()
    const elsewhere = aBrowser(site)
    const { location } = await show(elsewhere, phone, {}, '/c/holmetofte')
    expect(location).toBe('/c/holmetofte')
    const me = await elsewhere.get('/me')
    expect(me.text).toContain('Karsten')
    expect(me.text).toContain('Chrome · Android')
    expect(me.text).toContain('Den kom du ind med nu.')
  })

  test('needs not unlock the device, as those of the municipality must', async () => {
    const phone = await karstensPhone()
    expect((await show(aBrowser(site), phone, { locked: true })).status).toBe(303)
    const amira = device(accountOf(world.amira))
    const browser = await comesIn(world.amira)
    expect((await add(browser, amira, { locked: true })).status).toBe(403)
    expect((await add(browser, amira)).status).toBe(303)
    expect((await show(aBrowser(site), amira, { locked: true })).status).toBe(403)
  })

  test('proves anew with a passkey who they are, and not with that of another', async () => {
    const phone = await karstensPhone()
    const browser = await comesIn(world.karsten)
    world.clock.forward(1)
    expect((await browser.post('/passkey/ask', { for: 'add' })).status).toBe(403)
    // Pressed without a question: first shows who they are.
    expect((await browser.post('/passkey/add', { next: '/me' })).location).toBe('/prove?next=%2Fme')
    const wrong = device(accountOf(world.freja))
    expect((await add(await comesIn(world.freja), wrong)).status).toBe(303)
    const byWrong = wrong.show(await asked(browser, 'prove'))
    expect((await browser.post('/passkey/prove', { answer: byWrong })).status).toBe(403)
    const answer = phone.show(await asked(browser, 'prove'))
    expect((await browser.post('/passkey/prove', { answer, next: '/me' })).location).toBe('/me')
    await asked(browser, 'add')
  })

  test('gives it a name, and what is no name comes back as it was typed', async () => {
    const phone = await karstensPhone()
    const browser = aBrowser(site)
    await show(browser, phone)
    const path = /\/passkey\/[0-9a-f-]{36}/.exec((await browser.get('/me')).html)?.[0] ?? ''
    const long = 'x'.repeat(61)
    const again = await browser.post(`${path}/name`, { name: long })
    expect(again.status).toBe(400)
    expect(again.html).toContain(long)
    await browser.post(`${path}/name`, { name: ' <b>Min  telefon</b> ' })
    expect((await browser.get('/me')).html).toContain('&lt;b&gt;Min telefon&lt;/b&gt;')
    // Another's is not there, as nothing is.
    const other = await comesIn(world.freja)
    const nothing = await other.get('/passkey/00000000-0000-7000-8000-000000000000')
    for (const answer of [
      await other.get(path),
      await other.post(`${path}/remove`),
      await other.post(`${path}/name`, { name: 'mit' }),
    ])
      expect([answer.status, answer.html]).toEqual([404, nothing.html])
  })

  test('a passkey that is removed opens nothing, and every session it opened ends at the next request', async () => {
    const phone = await karstensPhone()
    const [one, two] = [aBrowser(site), aBrowser(site)]
    await show(one, phone)
    await show(two, phone)
    const byLink = await comesIn(world.karsten)
    const path = /\/passkey\/[0-9a-f-]{36}/.exec((await one.get('/me')).html)?.[0] ?? ''
    expect((await one.get(path)).text).toContain('Det er den, du kom ind med nu')
    expect((await byLink.post(`${path}/remove`)).location).toBe('/me#passkeys')
    expect([await isIn(one), await isIn(two), await isIn(byLink)]).toEqual([false, false, true])
    expect((await show(aBrowser(site), phone)).status).toBe(403)
  })

  test('an account that has ended has no way in by passkey either', async () => {
    const phone = device(accountOf(world.stranger))
    await add(await comesIn(world.stranger), phone)
    const browser = aBrowser(site)
    await show(browser, phone)
    await world.sql('update access.account set ended_at = $2 where id = $1', [
      world.stranger.account,
      world.clock.now(),
    ])
    expect(await isIn(browser)).toBe(false)
    expect((await show(aBrowser(site), phone)).status).toBe(403)
  })
})

describe('what is forged, altered, foreign or old opens nothing, and all of it gets the same answer', () => {
  const lies: [string, Lie][] = [
    ['of another site', { origin: 'https://oplive.test.evil.example' }],
    ['over plain http', { origin: 'http://oplive.test' }],
    ['for another name', { rpId: 'evil.example' }],
    ['with an altered signature', { altered: true }],
    ['for another question', { challenge: randomBytes(32).toString('base64url') }],
    ['of the wrong kind', { type: 'webauthn.create' }],
    ['with nobody there', { absent: true }],
    ['from inside a frame', { crossOrigin: true }],
    ['in the name of another account', { handle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['with an id that nobody has', { id: 'AAAA' }],
  ]

  test.each(lies)('shown %s', async (_, lie) => {
    const phone = await karstensPhone()
    const browser = aBrowser(site)
    const unknown = await show(aBrowser(site), device(accountOf(world.karsten)))
    const answer = await show(browser, phone, lie)
    expect([answer.status, answer.html]).toEqual([403, unknown.html])
    expect(await isIn(browser)).toBe(false)
    expect(await warnings()).toEqual([])
  })

  test.each(lies.filter(([, { altered, handle }]) => !altered && !handle))('made %s', async (_, lie) => {
    const browser = await comesIn(world.karsten)
    const kind = lie.type ? { ...lie, type: 'webauthn.get' } : lie
    const answer = await add(browser, device(accountOf(world.karsten)), kind)
    expect(answer.status).toBe(403)
    expect(await world.sql('select from access.passkey')).toEqual([])
  })

  test('shown a second time, and to a question that was put to another browser', async () => {
    const phone = await karstensPhone()
    const [mine, other] = [aBrowser(site), aBrowser(site)]
    const answer = phone.show(await asked(mine, 'in'))
    const kept = new Map(mine.cookies)
    await asked(other, 'in')
    expect((await other.post('/passkey/in', { answer })).status).toBe(403)
    expect((await aBrowser(site).post('/passkey/in', { answer })).status).toBe(409)
    expect((await mine.post('/passkey/in', { answer })).status).toBe(303)
    for (const [name, value] of kept) other.cookies.set(name, value)
    expect((await other.post('/passkey/in', { answer })).status).toBe(409)
    expect(await isIn(other)).toBe(false)
  })

  test('after five minutes, and to a question that was put for something else', async () => {
    const phone = await karstensPhone()
    const browser = aBrowser(site)
    const answer = phone.show(await asked(browser, 'in'))
    world.clock.forward(5 / 60)
    expect((await browser.post('/passkey/in', { answer })).status).toBe(409)
    const karsten = await comesIn(world.karsten)
    const proof = phone.show(await asked(karsten, 'prove'))
    karsten.cookies.set('__Host-oplive_passkey_in', karsten.cookies.get('__Host-oplive_passkey_prove') ?? '')
    expect((await karsten.post('/passkey/in', { answer: proof })).status).toBe(409)
  })

  test('a passkey that another account has brought before is not taken again', async () => {
    const phone = await karstensPhone()
    expect((await add(await comesIn(world.freja), phone)).status).toBe(409)
    expect(await world.sql('select account_id from access.passkey')).toEqual([{ account_id: world.karsten.account }])
  })

  test('a copy that counts backwards is let in nowhere, and its owner reads of it until they say so', async () => {
    const phone = await karstensPhone(countingDevice)
    const copy = phone.copy()
    await show(aBrowser(site), phone)
    await show(aBrowser(site), phone)
    const thief = aBrowser(site)
    const answer = await show(thief, copy)
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('Nøglen er måske kopieret')
    expect(await isIn(thief)).toBe(false)
    expect(await warnings()).toEqual([{ what: 'copied-passkey', times: 1 }])
    const karsten = await comesIn(world.karsten)
    const me = await karsten.get('/me')
    expect(me.text).toContain('I dag talte en af dine adgangsnøgler baglæns')
    const until = /name="until" value="([^"]+)"/.exec(me.html)?.[1] ?? ''
    expect((await (await comesIn(world.freja)).post('/passkey/told', { until })).status).toBe(303)
    expect(await warnings()).toHaveLength(1)
    expect((await karsten.post('/passkey/told', { until, next: '/me' })).location).toBe('/me')
    expect((await karsten.get('/me')).text).not.toContain('baglæns')
  })

  test('any other input is refused, and never breaks the page', async () => {
    const phone = await karstensPhone()
    const karsten = await comesIn(world.karsten)
    const encoded = fc.oneof(fc.string(), fc.base64String(), fc.constant(''))
    const answer = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          id: encoded,
          clientDataJSON: encoded,
          authenticatorData: encoded,
          signature: encoded,
          attestationObject: encoded,
        })
        .map((one) => JSON.stringify(one)),
      // Nearly right: one part of a true answer is another.
      fc
        .tuple(
          fc.constantFrom('id', 'clientDataJSON', 'authenticatorData', 'signature', 'userHandle'),
          fc.uint8Array({ maxLength: 60 }),
        )
        .map(([part, other]) =>
          JSON.stringify({ ...JSON.parse(phone.show('x')), [part]: Buffer.from(other).toString('base64url') }),
        ),
    )
    const deed = fc.constantFrom('in', 'add', 'prove')
    await fc.assert(
      fc.asyncProperty(deed, answer, fc.string(), async (purpose, said, next) => {
        const browser = purpose === 'in' ? aBrowser(site) : karsten
        await asked(browser, purpose as 'in')
        const { status } = await browser.post(`/passkey/${purpose}`, { answer: said, next })
        expect(status).toBe(403)
      }),
      { numRuns: Number(process.env.FUZZ ?? 300) },
    )
  }, 60_000)
})

test('at the door nothing is said of any account: all are asked the same', async () => {
  await karstensPhone()
  const { html } = await aBrowser(site).post('/passkey/ask', { for: 'in' })
  expect(Object.keys(JSON.parse(html))).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
})

test('on a local network over plain http no page shows a button that would not work', async () => {
  const plain = siteOf(world, null)
  const page = await plain.request('http://192.168.1.7:3000/in', { headers: { host: '192.168.1.7:3000' } })
  expect(await page.text()).not.toContain('data-passkey')
  const own = await plain.request('http://192.168.1.7:3000/passkey', { headers: { host: '192.168.1.7:3000' } })
  expect(await own.text()).toContain('på det lokale net virker adgangsnøgler ikke')
  const here = await plain.request('http://localhost:3000/in', { headers: { host: 'localhost:3000' } })
  expect(await here.text()).toContain('data-passkey="in"')
})
