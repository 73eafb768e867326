import type { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { whoIs } from './session.deeds.ts'
import {
  aBrowser,
  type Letter,
  lettersIn,
  otherThan,
  signedInBrowser,
  siteOf,
  type TestBrowser,
  withMail,
} from './test-browser.ts'
import { sessionCookie, type Visited } from './visit.ts'

let world: World
let site: Hono<Visited>
let freja: TestBrowser
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  site = siteOf(world)
  await world.sql('delete from access.mail_address')
  await world.sql('delete from access.session')
  freja = await signedInBrowser(world, site, world.freja.account)
  await lettersIn(world)
})

const firstLetter = async () => (await lettersIn(world))[0] as Letter

describe('one’s own page', () => {
  test('says who one is, where one is in, and lets one sign out a device', async () => {
    const other = await signedInBrowser(world, site, world.freja.account)
    const page = await freja.get('/me')
    expect(page.text).toContain('Du er inde som Freja')
    expect(page.text).toContain('Chrome · Android (denne maskine)')
    expect(page.text).toContain('Holmetofte : du er vært')
    expect(page.html).toContain('href="/mine"')
    const which = /name="which" value="([0-9a-f-]{36})"/.exec(page.html)?.[1] ?? ''
    // Another's device is not theirs to sign out.
    const karsten = await signedInBrowser(world, site, world.karsten.account)
    await karsten.post('/me/out', { which })
    expect((await other.get('/me')).status).toBe(200)
    expect(await freja.post('/me/out', { which })).toMatchObject({ status: 303, location: '/me?done=out' })
    expect((await other.get('/me')).status).toBe(401)
    expect((await freja.get('/me')).status).toBe(200)
  })

  test('signs out everywhere else, and here', async () => {
    const others = await Promise.all([1, 2].map(() => signedInBrowser(world, site, world.freja.account)))
    await freja.post('/me/out', { which: 'others' })
    for (const other of others) expect((await other.get('/me')).status).toBe(401)
    const cookie = freja.cookies.get(sessionCookie)
    await freja.post('/out')
    freja.cookies.set(sessionCookie, cookie ?? '')
    expect((await freja.get('/me')).status).toBe(401)
  })

  test('is there for those of the municipality too, without mail and card', async () => {
    for (const actor of [world.amira, world.helle, world.nadia, world.mikkel]) {
      const page = await (await signedInBrowser(world, site, actor.account)).get('/me')
      expect(page.status).toBe(200)
      expect(page.html).not.toContain('/me/mail')
    }
  })
})

describe('one’s mail address', () => {
  test('counts when six digits from it have come back, and not before', async () => {
    expect(await freja.post('/me/mail', { mail: 'Ny@Example.dk' })).toMatchObject({ location: '/me/mail/digits' })
    const letter = await firstLetter()
    expect(letter).toMatchObject({ to: 'ny@example.dk', link: '' })
    expect(await aBrowser(site).post('/in', { mail: 'ny@example.dk' })).toMatchObject({ status: 303 })
    expect(await lettersIn(world)).toEqual([])
    expect(await freja.post('/me/mail/digits', { digits: otherThan(letter.digits) })).toMatchObject({ status: 400 })
    // Somebody else's browser has other digits; these are of no use there.
    const karsten = await signedInBrowser(world, site, world.karsten.account)
    karsten.cookies.set('oplive_asked', freja.cookies.get('oplive_asked') ?? '')
    expect(await karsten.post('/me/mail/digits', { digits: letter.digits })).toMatchObject({ status: 410 })
    expect(await freja.post('/me/mail/digits', { digits: letter.digits })).toMatchObject({ location: '/me?done=mail' })
    expect((await freja.get('/me')).text).toContain('ny@example.dk')
    await aBrowser(site).post('/in', { mail: 'ny@example.dk' })
    expect(await firstLetter()).toMatchObject({ to: 'ny@example.dk' })
  })

  test('changed, the old one is told; removed, it is told too and opens nothing', async () => {
    await withMail(world, world.freja.account, 'gammel@example.dk')
    await freja.post('/me/mail', { mail: 'ny@example.dk' })
    await freja.post('/me/mail/digits', { digits: (await firstLetter()).digits })
    expect(await firstLetter()).toMatchObject({ to: 'gammel@example.dk', subject: 'Din mail på Oplive er ændret' })
    expect((await freja.get('/me/mail/remove')).text).toContain('ny@example.dk')
    expect(await freja.post('/me/mail/remove')).toMatchObject({ location: '/me?done=removed' })
    expect(await firstLetter()).toMatchObject({ to: 'ny@example.dk', subject: 'Din mail på Oplive er ændret' })
    await aBrowser(site).post('/in', { mail: 'ny@example.dk' })
    expect(await lettersIn(world)).toEqual([])
  })

  test('whoever has one already shows first that it is them', async () => {
    await withMail(world, world.freja.account, 'gammel@example.dk')
    world.clock.forward(0.25)
    expect(await freja.get('/me/mail')).toMatchObject({ status: 303, location: '/prove?next=%2Fme%2Fmail' })
    expect((await freja.post('/me/mail', { mail: 'tyv@example.dk' })).status).toBe(403)
    expect((await freja.post('/me/mail/remove')).status).toBe(403)
    expect(await lettersIn(world)).toEqual([])
  })

  test('those of the municipality have none here', async () => {
    const amira = await signedInBrowser(world, site, world.amira.account)
    expect((await amira.get('/me/mail')).status).toBe(404)
    expect((await amira.post('/me/mail', { mail: 'amira@example.dk' })).status).toBe(404)
  })
})

describe('showing anew who one is', () => {
  test('by the digits of a letter, and back to where one was going', async () => {
    await withMail(world, world.freja.account, 'freja@example.dk')
    world.clock.forward(0.25)
    const page = await freja.get('/prove?next=/me/mail')
    expect(page.text).toContain('Vi sender dem til f…@example.dk')
    expect(await freja.post('/prove/mail', { next: '/me/mail' })).toMatchObject({ location: '/prove/digits' })
    const letter = await firstLetter()
    expect(letter.link).toBe('')
    // These digits sign nobody in.
    expect((await freja.post('/in/sent', { digits: letter.digits })).status).toBe(410)
    expect((await freja.post('/prove/digits', { digits: otherThan(letter.digits) })).status).toBe(400)
    expect(await freja.post('/prove/digits', { digits: letter.digits })).toMatchObject({
      status: 303,
      location: '/me/mail',
    })
    expect((await freja.get('/me/mail')).status).toBe(200)
    world.clock.forward(0.25)
    expect((await freja.get('/me/mail')).status).toBe(303)
  })

  test('digits asked for by one do not prove another', async () => {
    await withMail(world, world.freja.account, 'freja@example.dk')
    await withMail(world, world.karsten.account, 'karsten@example.dk')
    const karsten = await signedInBrowser(world, site, world.karsten.account)
    world.clock.forward(0.25)
    await karsten.post('/prove/mail')
    const letter = await firstLetter()
    freja.cookies.set('oplive_asked', karsten.cookies.get('oplive_asked') ?? '')
    expect(await freja.post('/prove/digits', { digits: letter.digits })).toMatchObject({ location: '/prove' })
    expect((await freja.get('/me/mail')).status).toBe(303)
  })

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '/.//evil.example'])(
    'never leads on to %s',
    async (next) => {
      await withMail(world, world.freja.account, 'freja@example.dk')
      await freja.post('/prove/mail', { next })
      expect(await freja.post('/prove/digits', { digits: (await firstLetter()).digits })).toMatchObject({
        location: '/',
      })
      expect((await freja.get(`/prove?next=${encodeURIComponent(next)}`)).html).not.toContain('evil')
    },
  )

  test('what was posted waits in the page, word for word, and is sent from there', async () => {
    await withMail(world, world.freja.account, 'freja@example.dk')
    world.clock.forward(0.25)
    const typed = 'ny"<b>@example.dk'
    const held = await freja.post('/me/mail', { mail: typed })
    expect(held.status).toBe(403)
    expect(held.text).toContain('Det, du skrev, ligger her på siden')
    expect(held.html).toContain('action="/me/mail"')
    expect(held.html).toContain('name="mail" value="ny&quot;&lt;b&gt;@example.dk"')
    expect(held.html).toMatch(/href="\/prove\?next=%2Fprove%2Fdone" target="_blank"/)
  })
})

describe('a session', () => {
  const tokenOf = (browser: TestBrowser) => browser.cookies.get(sessionCookie)
  const endOf = async (browser: TestBrowser) => (await whoIs(world.house, tokenOf(browser)))?.session.expiresAt

  test('of a resident goes on for thirty days from the last use, and for a hundred and eighty at most', async () => {
    const began = world.clock.now().getTime()
    for (let day = 0; day < 170; day += 25) {
      expect(await endOf(freja)).toBeDefined()
      world.clock.forward(24 * 25)
    }
    const days = ((await endOf(freja))?.getTime() ?? 0) - began
    expect(days / 86_400_000).toBeGreaterThan(178)
    expect(days / 86_400_000).toBeLessThanOrEqual(180)
    world.clock.forward(24 * 6)
    expect(await endOf(freja)).toBeUndefined()
    const left = await signedInBrowser(world, site, world.freja.account)
    world.clock.forward(24 * 30 + 1)
    expect(await endOf(left)).toBeUndefined()
  })

  test('of somebody in the municipality does not go on: ten minutes before its end each page says so, and what to do', async () => {
    const amira = await signedInBrowser(world, site, world.amira.account)
    world.clock.forward(9.8)
    expect((await amira.get('/me')).text).not.toContain('minutter er du ikke inde mere')
    world.clock.forward(0.1)
    const page = await amira.get('/c/new')
    expect(page.text).toContain('Om 6 minutter er du ikke inde mere')
    expect(page.html).toMatch(/href="\/staff" target="_blank"/)
    world.clock.forward(0.2)
    // What she was writing is not lost.
    const held = await amira.post('/c/new', { name: 'Sønder Å', 'still-missing': 'En kasserer.\nOg en nøgle.' })
    expect(held.status).toBe(401)
    expect(held.text).toContain('Log ind, og send så igen')
    expect(held.html).toContain('name="still-missing" value="En kasserer.\nOg en nøgle."')
    expect(held.html).toContain('<bdi>En kasserer.\nOg en nøgle.</bdi>')
    const again = await signedInBrowser(world, site, world.amira.account)
    const sent = await again.post('/c/new', { name: 'Sønder Å', 'still-missing': 'En kasserer.\nOg en nøgle.' })
    expect(sent.status).toBe(400)
    expect(sent.html).toContain('Og en nøgle.</textarea>')
  })

  test('that is needed to look at a page leads to the way in, and back to the page', async () => {
    const page = await aBrowser(site).get('/me?x=1')
    expect(page.status).toBe(401)
    expect(page.html).toContain('href="/in?next=%2Fme%3Fx%3D1"')
  })
})
