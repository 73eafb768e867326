import type { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asSystem } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import type { StaffWay } from './passkey.ts'
import { digitsAt, openSecret } from './second-factor.ts'
import { addSession } from './session.deeds.ts'
import { aBrowser, otherThan, signedInBrowser, siteOf, type TestBrowser } from './test-browser.ts'
import { type Device, device } from './test-device.ts'
import type { Visited } from './visit.ts'

let world: World
let site: Hono<Visited>
let way: StaffWay
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  way = 'passkey'
  world.clock.set('2027-03-14T18:00:00Z')
  // A new house, which has counted no wrong digits yet.
  site = siteOf(world, 'https://oplive.test', () => way)
  for (const table of ['passkey', 'second_factor', 'recovery_code', 'warning', 'session'])
    await world.sql(`delete from access.${table}`)
})

const halfMinutes = (count: number) => world.clock.forward(count / 120)

async function asked(browser: TestBrowser, purpose: string): Promise<string> {
  return JSON.parse((await browser.post('/passkey/ask', { for: purpose })).html).challenge
}

/** What Amira's phone says now. */
async function digits(account = world.amira.account): Promise<string> {
  const [row] = await world.sql('select secret from access.second_factor where account_id = $1', [account])
  const secret = openSecret(world.house.keys.houseSecret(), account ?? '', row?.secret as Buffer)
  if (!secret) throw new Error('the secret opens')
  return digitsAt(secret, world.clock.now())
}

async function addTo(browser: TestBrowser, phone: Device) {
  return browser.post('/passkey/add', { answer: phone.make(await asked(browser, 'add')), next: '/staff/passkey' })
}

/** Amira with both, by the operator's link. */
async function equipped(): Promise<{ phone: Device; codes: string[]; browser: TestBrowser }> {
  const browser = await signedInBrowser(world, site, world.amira.account)
  const phone = device(world.amira.account ?? '')
  await addTo(browser, phone)
  await browser.post('/staff/passkey/begin')
  const done = await browser.post('/staff/passkey/confirm', { digits: await digits() })
  const codes = [...done.html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code = '']) => code)
  expect(codes).toHaveLength(10)
  halfMinutes(1)
  return { phone, codes, browser }
}

/** Shows the passkey in a new browser; the digits are still asked for. */
async function waiting(phone: Device, next = '/c/holmetofte'): Promise<TestBrowser> {
  const browser = aBrowser(site)
  const answer = phone.show(await asked(browser, 'in'))
  const { location } = await browser.post('/passkey/in', { answer, next })
  expect(location).toBe(`/passkey/digits?next=${encodeURIComponent(next)}`)
  return browser
}

const isIn = async (browser: TestBrowser) => (await browser.get('/me')).status === 200
const told = async () => (await world.sql('select what from access.warning')).map(({ what }) => what)

describe('who works for the municipality, where it has no sign-in of its own', () => {
  test('comes by a link from the terminal and sees one page only, until passkey and digits are there', async () => {
    const browser = await signedInBrowser(world, site, world.amira.account)
    for (const path of ['/', '/me', '/c/holmetofte', '/c/new', '/nothing'])
      expect((await browser.get(path)).location).toMatch(/^\/staff\/passkey/)
    expect((await browser.post('/c/new', { name: 'x' })).status).toBe(403)
    expect((await browser.get('/c/holmetofte', 'HEAD')).location).toBe('/staff/passkey?next=%2Fc%2Fholmetofte')
    const first = await browser.get('/staff/passkey')
    expect(first.text).toContain('To ting, før vi lukker op')
    expect(first.html).not.toContain('/staff/passkey/begin')
    // The second step cannot be taken first.
    await browser.post('/staff/passkey/begin')
    expect((await browser.post('/staff/passkey/confirm', { digits: await digits() })).status).toBe(403)

    await addTo(browser, device(world.amira.account ?? ''))
    expect((await browser.get('/me')).status).toBe(303)
    const second = await browser.get('/staff/passkey')
    expect(second.html).toContain('class="qr"')
    const wrong = await browser.post('/staff/passkey/confirm', { digits: otherThan(await digits()) })
    expect(wrong.status).toBe(400)
    halfMinutes(1)
    const done = await browser.post('/staff/passkey/confirm', { digits: await digits(), next: '/c/holmetofte' })
    expect(done.html).toContain('href="/c/holmetofte"')
    expect(await isIn(browser)).toBe(true)
    // The secret is shown to nobody any more, and neither are the codes.
    const after = await browser.get('/staff/passkey')
    expect(after.html).not.toContain('class="qr"')
    expect(after.html).not.toContain('<code>')
    expect(after.text).toContain('Du har 10 koder tilbage på arket.')
  })

  test('comes in by passkey and then six digits, and goes on where they wanted; nothing says who it is before', async () => {
    const { phone } = await equipped()
    const browser = await waiting(phone)
    expect(await isIn(browser)).toBe(false)
    const page = await browser.get('/passkey/digits?next=%2Fc%2Fholmetofte')
    expect(page.text).not.toContain('Amira')
    const { location } = await browser.post('/passkey/digits', { digits: await digits(), next: '/c/holmetofte' })
    expect(location).toBe('/c/holmetofte')
    expect(await isIn(browser)).toBe(true)
  })

  test('digits work once, also when they are still of now, and in another browser', async () => {
    const { phone } = await equipped()
    const [one, two] = [await waiting(phone), await waiting(phone)]
    const now = await digits()
    expect((await one.post('/passkey/digits', { digits: now })).status).toBe(303)
    expect((await two.post('/passkey/digits', { digits: now })).status).toBe(400)
    // Older ones that were never used do not work after newer ones.
    halfMinutes(-1)
    const before = await digits()
    halfMinutes(1)
    expect((await two.post('/passkey/digits', { digits: before })).status).toBe(400)
    halfMinutes(1)
    expect((await two.post('/passkey/digits', { digits: await digits() })).status).toBe(303)
  })

  test('of two who come with the same digits at once, one gets in', async () => {
    const { phone, codes } = await equipped()
    const browsers = await Promise.all([waiting(phone), waiting(phone), waiting(phone)])
    const now = await digits()
    const all = await Promise.all(browsers.map((one) => one.post('/passkey/digits', { digits: now })))
    expect(all.map(({ status }) => status).sort()).toEqual([303, 400, 400])
    const late = await Promise.all([waiting(phone), waiting(phone)])
    const paper = await Promise.all(late.map((one) => one.post('/passkey/digits', { paper: codes[3] ?? '' })))
    expect(paper.map(({ status }) => status).sort()).toEqual([303, 400])
  })

  test('five wrong digits and they wait, with right ones too; what was typed comes back, and the owner reads of it', async () => {
    const { phone, browser: inside } = await equipped()
    const browser = await waiting(phone)
    const wrong = otherThan(await digits(), 500_000)
    for (let time = 0; time < 5; time++) {
      const again = await browser.post('/passkey/digits', { digits: wrong })
      expect([again.status, again.html.includes(`value="${wrong}"`)]).toEqual([400, true])
    }
    expect(await told()).toEqual(['wrong-digits'])
    for (const tried of [wrong, await digits()])
      expect((await browser.post('/passkey/digits', { digits: tried })).status).toBe(429)
    expect((await inside.get('/me')).text).toContain('skrev nogen forkerte tal mange gange')
  })

  test('who has lost the phone comes in with a code from the paper, once, and reads of it', async () => {
    const { phone, codes } = await equipped()
    const browser = await waiting(phone)
    expect((await browser.post('/passkey/digits', { paper: codes[0]?.toLowerCase() ?? '' })).status).toBe(303)
    expect((await browser.get('/me')).text).toContain('kom nogen ind med en kode fra dit ark')
    expect((await (await waiting(phone)).post('/passkey/digits', { paper: codes[0] ?? '' })).status).toBe(400)
    expect((await browser.get('/staff/passkey')).text).toContain('Du har 9 koder tilbage')
    // A new sheet: the old one is worth nothing.
    expect((await browser.post('/staff/passkey/codes')).html).toContain('recovery-codes')
    expect((await (await waiting(phone)).post('/passkey/digits', { paper: codes[1] ?? '' })).status).toBe(400)
  })

  test('who has lost phone and paper begins anew by the operator’s link; sessions with the old digits owe them again', async () => {
    const { browser: before } = await equipped()
    const browser = await signedInBrowser(world, site, world.amira.account)
    expect((await browser.get('/me')).status).toBe(303)
    expect((await browser.get('/staff/passkey')).html).toContain('/staff/passkey/show')
    expect((await browser.post('/staff/passkey/restart')).status).toBe(303)
    expect((await before.get('/me')).status).toBe(303)
    await browser.post('/staff/passkey/begin')
    expect((await browser.post('/staff/passkey/confirm', { digits: await digits() })).status).toBe(200)
    expect((await browser.get('/me')).text).toContain('dine seks tal begyndt forfra')
  })

  test('a session by mail alone sets nothing up, shows no digits and adds no passkey', async () => {
    await equipped()
    const mine = aBrowser(site)
    const token = await asSystem(world.house, 'a session by mail', (tx) =>
      addSession(tx, world.house, { account: world.amira.account ?? '', via: 'mail' }),
    )
    mine.cookies.set('__Host-oplive', token)
    expect((await mine.get('/staff/passkey')).text).toContain('Kom ind med din adgangsnøgle')
    expect((await mine.post('/passkey/ask', { for: 'add' })).status).toBe(403)
    for (const deed of ['begin', 'confirm', 'show', 'codes', 'restart'])
      expect((await mine.post(`/staff/passkey/${deed}`, { digits: await digits() })).status).toBe(403)
    expect((await mine.get('/me')).status).toBe(303)
  })

  test('whose access has ended has no use of the digits that are still asked for', async () => {
    const { phone } = await equipped()
    const browser = await waiting(phone)
    await world.sql('update access.account set ended_at = $2 where id = $1', [world.amira.account, world.clock.now()])
    expect((await browser.post('/passkey/digits', { digits: await digits() })).status).toBe(403)
    await world.sql('update access.account set ended_at = null where id = $1', [world.amira.account])
  })

  test('neither does somebody whose passkey was taken away meanwhile, or whose five minutes are over', async () => {
    const { phone } = await equipped()
    const [one, two] = [await waiting(phone), await waiting(phone)]
    world.clock.forward(5 / 60)
    expect((await one.post('/passkey/digits', { digits: await digits() })).status).toBe(409)
    expect((await two.get('/passkey/digits')).location).toBe('/passkey')
    const three = await waiting(phone)
    await world.sql('delete from access.passkey')
    expect((await three.post('/passkey/digits', { digits: await digits() })).status).toBe(403)
  })
})

test('where the municipality signs its people in itself, no passkey goes past that', async () => {
  const { phone } = await equipped()
  way = 'municipal'
  const browser = aBrowser(site)
  const answer = phone.show(await asked(browser, 'in'))
  expect((await browser.post('/passkey/in', { answer })).status).toBe(403)
})

test('in the demo a link from the terminal opens everything, and passkey and digits can be tried', async () => {
  way = 'demo'
  const browser = await signedInBrowser(world, site, world.helle.account)
  expect(await isIn(browser)).toBe(true)
  expect((await browser.get('/staff/passkey')).text).toContain('I demoen kan du prøve det')
})

test('for residents there is no such page, and they owe nothing', async () => {
  const browser = await signedInBrowser(world, site, world.karsten.account)
  expect(await isIn(browser)).toBe(true)
  expect((await browser.get('/staff/passkey')).status).toBe(404)
  for (const deed of ['begin', 'confirm', 'show', 'codes', 'restart'])
    expect((await browser.post(`/staff/passkey/${deed}`, { digits: '123456' })).status).toBe(404)
})

test('on a local network over plain http the operator’s link and six digits are enough, for there are no passkeys', async () => {
  site = siteOf(world, null, () => way)
  const browser = await signedInBrowser(world, site, world.nadia.account)
  expect((await browser.get('/staff/passkey')).text).toContain('på det lokale net virker adgangsnøgler ikke')
  await browser.post('/staff/passkey/begin')
  const done = await browser.post('/staff/passkey/confirm', { digits: await digits(world.nadia.account) })
  expect(done.status).toBe(200)
  expect(await isIn(browser)).toBe(true)
})
