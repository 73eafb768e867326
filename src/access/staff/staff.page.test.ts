import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { protectingHeaders } from '../../door.ts'
import { jsonLog } from '../../log.ts'
import { watchGuessing } from '../../meetings/guessing.ts'
import { openHall } from '../../meetings/hall.ts'
import { makeSite } from '../../site.tsx'
import { makeWorld, type World } from '../../test-world.ts'
import { aBrowser, signedInBrowser, type TestBrowser } from '../test-browser.ts'
import type { Visited } from '../visit.ts'
import { attributeNames } from './saml-names.ts'
import { openStaffDoor, type StaffDoor } from './staff-door.ts'
import { makeIdp, privilegesOf, type Saying, type TestIdp } from './test-idp.ts'
import { clientId, clientSecret, startOp, type TestOp, Walker } from './test-op.ts'

let world: World
let op: TestOp
let idp: TestIdp
let door: StaffDoor
let site: Hono<Visited>
let origin: string
const told: string[] = []
const lines: string[] = []

const siteWith = (staff: StaffDoor, home: string) =>
  makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin: home, onNetwork: null },
    staff,
    development: false,
    built: '.',
  })

/** Where the OpenID provider sends its sign-outs: handed on to the site, as a proxy would. */
const post = createServer((req, res) => {
  let body = ''
  req.on('data', (part) => (body += part))
  req.on('end', async () => {
    told.push(body)
    const answer = await site.request(req.url ?? '', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    res.writeHead(answer.status).end()
  })
})

beforeAll(async () => {
  world = await makeWorld(new Date().toISOString())
  world.house.log = jsonLog((line) => lines.push(line))
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(post.address() as AddressInfo).port}`
  op = await startOp(origin)
  door = openStaffDoor(
    world.house,
    {
      oidc: {
        issuer: op.issuer,
        clientId,
        clientSecret,
        scope: 'openid profile',
        rolesClaim: 'roles',
        communitiesClaim: 'oplive_communities',
      },
      saml: { metadataFile: null, cvr: '12345678' },
      assurance: { least: 'substantial', asked: false },
    },
    origin,
  )
  site = siteWith(door, origin)
  const ours = await door.ourSaml()
  if (!ours) throw new Error('there is an origin')
  idp = await makeIdp({ origin, pair: ours.pair })
  await world.sql(`insert into access.identity_provider (metadata, put_in_on) values ($1, '2027-01-01')`, [
    idp.metadata,
  ])
})
afterAll(async () => {
  post.close()
  await op.close()
})
beforeEach(() => {
  op.subject = 'amira'
  op.claims = { name: 'Amira Said', roles: ['oplive_employee'], oplive_communities: ['holmetofte'] }
  lines.length = 0
})

const isIn = async (browser: TestBrowser) => (await browser.get('/staff/out')).location === '/me'
const accounts = async (name: string) =>
  world.sql(
    `select a.id, a.name, a.municipal_role as role, a.ended_at is not null as ended,
      array(select c.slug from access.employee_community e join community.community c on c.id = e.community_id where e.account_id = a.id order by 1) as places
     from access.account a where a.name = $1 order by a.id`,
    [name],
  )

/** Through the OpenID provider, and back. */
async function byOidc(browser = aBrowser(site), walker = new Walker(op.issuer), from = '/oidc/start') {
  const { location } = await browser.get(from)
  const { left } = await walker.go(location ?? '')
  const path = left?.slice(origin.length) ?? ''
  return { browser, walker, path, answer: await browser.get(path) }
}

/** What the identity provider's page makes the browser send: from another site. */
async function sendForm(browser: TestBrowser, path: string, form: Record<string, string>) {
  const answer = await site.request(path, {
    method: 'POST',
    body: String(new URLSearchParams(form)),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      origin: 'https://idp.midtsoe.dk',
      'sec-fetch-site': 'cross-site',
    },
  })
  for (const text of answer.headers.getSetCookie()) {
    const [, name = '', value = '', seconds = ''] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(text) ?? []
    if (value && seconds !== '0') browser.cookies.set(name, value)
    else browser.cookies.delete(name)
  }
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    html: await answer.text(),
    headers: answer.headers,
  }
}

async function askSaml(browser = aBrowser(site), from = '/saml/start') {
  const address = (await browser.get(from)).location ?? ''
  return {
    browser,
    requestId: await idp.readRequest(address),
    relay: new URL(address).searchParams.get('RelayState') ?? '',
    address,
  }
}

/** Through the SAML provider, and back. */
async function bySaml(over: Partial<Saying> = {}, browser = aBrowser(site), from = '/saml/start') {
  const asked = await askSaml(browser, from)
  const form = {
    SAMLResponse: await idp.answer(idp.saying(asked.requestId, world.clock.now(), over)),
    RelayState: asked.relay,
  }
  return { browser, form, answer: await sendForm(browser, '/saml/acs', form) }
}
const withRoles = (roles: string[], places: string[] = [], name = 'Amira Said') => ({
  attributes: { [attributeNames.name[0]]: [name], [attributeNames.privileges[0]]: [privilegesOf(roles, places)] },
})

const refused = 'Det lykkedes ikke at logge ind'

describe('the way in', () => {
  test("the page shows the ways there are, and where nothing is set up, the house's own", async () => {
    const page = await aBrowser(site).get('/staff?next=/c/holmetofte')
    expect(page.html).toContain('href="/oidc/start?next=%2Fc%2Fholmetofte"')
    expect(page.html).toContain('href="/saml/start?next=%2Fc%2Fholmetofte"')
    const none = {
      oidc: null,
      saml: { metadataFile: null, cvr: null },
      assurance: { least: 'substantial' as const, asked: false },
    }
    const bare = aBrowser(siteWith(openStaffDoor(world.house, none, null), origin))
    const alone = await bare.get('/staff')
    expect([
      alone.html.includes('/oidc/start'),
      alone.html.includes('/saml/start'),
      alone.html.includes('/passkey'),
    ]).toEqual([false, false, true])
    expect([
      (await bare.get('/oidc/start')).status,
      (await bare.get('/saml/start')).status,
      (await bare.get('/saml/metadata')).status,
    ]).toEqual([404, 404, 404])
  })

  test('by OpenID Connect somebody is in, on the page they were on their way to, for ten hours', async () => {
    const { browser, answer } = await byOidc(undefined, undefined, '/oidc/start?next=/c/holmetofte')
    expect([answer.status, answer.location, await isIn(browser)]).toEqual([303, '/c/holmetofte', true])
    expect(await accounts('Amira Said')).toMatchObject([{ role: 'employee', places: ['holmetofte'] }])
    world.clock.forward(10.01)
    expect(await isIn(browser)).toBe(false)
    world.clock.set(new Date().toISOString())
  })

  test("by SAML somebody is in, through a form that comes from the provider's own site", async () => {
    const { browser, answer } = await bySaml({ nameId: 'bo', ...withRoles(['oplive_employee'], ['lyngo'], 'Bo') })
    expect([answer.status, answer.location, await isIn(browser)]).toEqual([303, '/', true])
    expect(await accounts('Bo')).toMatchObject([{ role: 'employee', places: ['lyngo'] }])
  })

  test('no other form from elsewhere is let in', async () => {
    for (const path of ['/staff/role', '/staff/provider', '/out', '/saml/metadata'])
      expect((await sendForm(aBrowser(site), path, {})).html).toContain('Det kom fra et andet sted')
  })

  test('what the identity provider says today holds: name, role and communities follow, in the same account', async () => {
    await bySaml({ nameId: 'cille', ...withRoles(['oplive_employee'], ['holmetofte'], 'Cille') })
    const [before] = await accounts('Cille')
    const { browser } = await bySaml({
      nameId: 'cille',
      ...withRoles(['oplive_employee'], ['lyngo', 'Holmetofte'], 'Cille Ny'),
    })
    expect(await accounts('Cille Ny')).toMatchObject([{ id: before?.id, places: ['holmetofte', 'lyngo'] }])
    const leader = await bySaml({ nameId: 'cille', ...withRoles(['oplive_leader'], [], 'Cille Ny') })
    expect(await accounts('Cille Ny')).toMatchObject([{ id: before?.id, role: 'leader', places: [] }])
    expect([await isIn(browser), await isIn(leader.browser)]).toEqual([false, true])
  })

  test('somebody who comes in for the first time in two browsers at once is one person', async () => {
    const rights = { nameId: 'per', ...withRoles(['oplive_employee'], ['holmetofte'], 'Per') }
    const both = await Promise.all([bySaml(rights), bySaml(rights)])
    expect(both.map(({ answer }) => answer.status)).toEqual([303, 303])
    expect(await accounts('Per')).toHaveLength(1)
  })

  test('without a role no account is made, and one that was there is out at once', async () => {
    const { browser } = await bySaml({ nameId: 'dan', ...withRoles(['oplive_employee'], [], 'Dan') })
    expect(await isIn(browser)).toBe(true)
    const { answer } = await bySaml({ nameId: 'dan', ...withRoles([], [], 'Dan') })
    expect([answer.status, answer.html.includes('Du har ikke adgang endnu'), await isIn(browser)]).toEqual([
      403,
      true,
      false,
    ])
    expect((await bySaml({ nameId: 'nobody', ...withRoles(['other'], [], 'Nobody') })).answer.status).toBe(403)
    expect(await accounts('Nobody')).toEqual([])
    expect(
      (
        await bySaml({
          nameId: 'abroad',
          attributes: { [attributeNames.privileges[0]]: [privilegesOf(['oplive_operator'], [], '87654321')] },
        })
      ).answer.status,
    ).toBe(403)
  })

  test('several roles: they choose one, and are in as that one', async () => {
    const { browser, answer } = await bySaml({
      nameId: 'eva',
      ...withRoles(['oplive_employee', 'oplive_operator'], [], 'Eva'),
    })
    expect(answer.location).toBe('/staff/role?lang=da')
    const page = await browser.get('/staff/role')
    expect([
      page.text.includes('Medarbejder'),
      page.text.includes('Drift'),
      page.text.includes('Databeskytter'),
    ]).toEqual([true, true, false])
    expect((await browser.post('/staff/role', {})).status).toBe(400)
    expect((await browser.post('/staff/role', { role: 'officer' })).status).toBe(400)
    expect(await isIn(browser)).toBe(false)
    expect((await browser.post('/staff/role', { role: 'operator' })).location).toBe('/')
    expect(await accounts('Eva')).toMatchObject([{ role: 'operator' }])
    expect((await browser.post('/staff/role', { role: 'employee' })).status).toBe(410)
    expect((await aBrowser(site).get('/staff/role')).location).toBe('/staff')
  })

  test('a person of whom it is not sure enough is told so, and is not in', async () => {
    const { answer, browser } = await bySaml({
      nameId: 'finn',
      attributes: { ...withRoles(['oplive_employee'], [], 'Finn').attributes, [attributeNames.assurance[0]]: ['Low'] },
    })
    expect([answer.status, answer.html.includes('Log ind på en mere sikker måde'), await isIn(browser)]).toEqual([
      403,
      true,
      false,
    ])
    op.claims = { ...op.claims, loa: 'Low' }
    expect((await byOidc()).answer.status).toBe(403)
  })

  test('whoever is in already is asked to sign in afresh, and has then proved who they are', async () => {
    const { browser } = await bySaml({ nameId: 'gry', ...withRoles(['oplive_operator'], [], 'Gry') })
    world.clock.forward(0.5)
    expect((await browser.get('/staff/provider')).location).toContain('/prove')
    const old = await bySaml(
      { nameId: 'gry', ...withRoles(['oplive_operator'], [], 'Gry'), signedInAgo: 3600 },
      browser,
    )
    expect(old.answer.html).toContain(refused)
    const { answer } = await bySaml(
      { nameId: 'gry', ...withRoles(['oplive_operator'], [], 'Gry') },
      browser,
      '/saml/start?next=/staff/provider',
    )
    expect([answer.location, (await browser.get('/staff/provider')).status]).toEqual(['/staff/provider', 200])
    world.clock.set(new Date().toISOString())
  })
})

describe('one sentence for all that will not do', () => {
  const isRefused = (answer: { status: number; html: string }) => [answer.status, answer.html.includes(refused)]

  test('an assertion that comes twice: to the same browser, or to one that asked for it', async () => {
    const { browser, form, answer } = await bySaml({ nameId: 'hans', ...withRoles(['oplive_employee'], [], 'Hans') })
    expect(answer.status).toBe(303)
    expect(isRefused(await sendForm(browser, '/saml/acs', form))).toEqual([400, true])
    const asked = await askSaml()
    const saying = idp.saying(asked.requestId, world.clock.now(), { nameId: 'hans' })
    const once = { SAMLResponse: await idp.answer(saying), RelayState: asked.relay }
    const cookies = new Map(asked.browser.cookies)
    expect((await sendForm(asked.browser, '/saml/acs', once)).status).toBe(303)
    for (const [name, value] of cookies) asked.browser.cookies.set(name, value)
    expect(isRefused(await sendForm(asked.browser, '/saml/acs', once))).toEqual([400, true])
    expect(lines.filter((line) => line.includes('saml seen-before'))).toHaveLength(1)
  })

  test('another browser, nobody who asked, another state, an altered cookie, a late answer', async () => {
    const asked = await askSaml()
    const form = {
      SAMLResponse: await idp.answer(idp.saying(asked.requestId, world.clock.now())),
      RelayState: asked.relay,
    }
    const pages = [
      await sendForm(aBrowser(site), '/saml/acs', form),
      await sendForm((await askSaml()).browser, '/saml/acs', form),
      await sendForm((await askSaml(asked.browser)).browser, '/saml/acs', { ...form, RelayState: 'other' }),
    ]
    const altered = (await askSaml()).browser
    for (const [name, value] of altered.cookies) altered.cookies.set(name, `A${value.slice(1)}`)
    pages.push(await sendForm(altered, '/saml/acs', form))
    const late = await askSaml()
    world.clock.forward(0.3)
    pages.push(
      await sendForm(late.browser, '/saml/acs', {
        SAMLResponse: await idp.answer(idp.saying(late.requestId, world.clock.now())),
        RelayState: late.relay,
      }),
    )
    world.clock.set(new Date().toISOString())
    for (const page of pages) expect(isRefused(page)).toEqual([400, true])
    // Byte for byte: nothing is told by which of them it was.
    expect(new Set(pages.map(({ html }) => html)).size).toBe(1)
  })

  test('by OpenID Connect: a code twice, another browser, an error, nothing; and the page is the same', async () => {
    const { browser, path } = await byOidc()
    const other = await byOidc()
    const pages = [
      await browser.get(path),
      await aBrowser(site).get(other.path),
      await aBrowser(site).get('/oidc/back'),
      await (await startedOidc()).get('/oidc/back?error=access_denied&error_description=%3Cb%3E'),
      await (await startedOidc()).get(other.path),
    ]
    for (const page of pages) expect(isRefused(page)).toEqual([400, true])
    expect(new Set(pages.map(({ html }) => html)).size).toBe(1)
  })
  const startedOidc = async () => {
    const browser = aBrowser(site)
    await browser.get('/oidc/start')
    return browser
  }

  test('what is too large', async () => {
    const { browser, relay } = await askSaml()
    expect(
      isRefused(await sendForm(browser, '/saml/acs', { SAMLResponse: 'A'.repeat(800_000), RelayState: relay })),
    ).toEqual([400, true])
    const next = await askSaml()
    expect(
      isRefused(
        await sendForm(next.browser, '/saml/acs', { SAMLResponse: 'A'.repeat(300_000), RelayState: next.relay }),
      ),
    ).toEqual([400, true])
  })

  test('the log has one line for each, with no name and nothing of what was sent', async () => {
    const { browser, relay } = await askSaml()
    await sendForm(browser, '/saml/acs', {
      SAMLResponse: Buffer.from('<Sentinel/>').toString('base64'),
      RelayState: relay,
    })
    expect(lines).toHaveLength(1)
    const { time: _, ...line } = JSON.parse(lines[0] ?? '')
    expect(line).toEqual({ level: 'info', event: 'sign-in.refused', error: 'saml unreadable' })
  })

  test("a provider that does not answer is said to be away, and it is nobody's fault", async () => {
    const away = openStaffDoor(
      world.house,
      {
        oidc: {
          issuer: 'http://127.0.0.1:9',
          clientId,
          clientSecret,
          scope: 'openid',
          rolesClaim: 'roles',
          communitiesClaim: 'x',
        },
        saml: { metadataFile: null, cvr: null },
        assurance: { least: 'substantial', asked: false },
      },
      origin,
    )
    const page = await aBrowser(siteWith(away, origin)).get('/oidc/start')
    expect([page.status, page.text.includes('Kommunens indgang svarer ikke')]).toEqual([503, true])
  })
})

describe('signing out, from either side', () => {
  test('the OpenID provider ends a session, and here it is over in the same moment; another of the same person goes on', async () => {
    const first = await byOidc()
    const second = await byOidc()
    expect([await isIn(first.browser), await isIn(second.browser)]).toEqual([true, true])
    await first.walker.signOut()
    expect([await isIn(first.browser), await isIn(second.browser)]).toEqual([false, true])
    const again = await site.request('/oidc/logout', {
      method: 'POST',
      body: told.at(-1) ?? '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect([again.status, lines.some((line) => line.includes('oidc seen-before'))]).toEqual([400, true])
    const forged = await site.request('/oidc/logout', { method: 'POST', body: 'logout_token=a.b.c' })
    expect([forged.status, await isIn(second.browser)]).toEqual([400, true])
  })

  test("the SAML provider ends a session or all of somebody's, and gets its answer; a forged sign-out ends nothing", async () => {
    const rights = withRoles(['oplive_employee'], [], 'Ida')
    const [one, two] = [
      await bySaml({ nameId: 'ida', sessionIndex: 's1', ...rights }),
      await bySaml({ nameId: 'ida', sessionIndex: 's2', ...rights }),
    ]
    const here = (address: string) => address.slice(origin.length)
    const forged = here(idp.signOut('ida', 's1')).replace(/Signature=[^&]{8}/, 'Signature=AAAAAAAA')
    expect((await aBrowser(site).get(forged)).html).toContain(refused)
    expect([await isIn(one.browser), await isIn(two.browser)]).toEqual([true, true])
    const back = new URL((await one.browser.get(here(idp.signOut('ida', 's1')))).location ?? '')
    expect([
      back.origin + back.pathname,
      back.searchParams.has('SAMLResponse'),
      back.searchParams.has('Signature'),
    ]).toEqual(['https://idp.midtsoe.dk/out', true, true])
    expect([await isIn(one.browser), await isIn(two.browser)]).toEqual([false, true])
    await aBrowser(site).get(here(idp.signOut('somebody else', 's2')))
    expect(await isIn(two.browser)).toBe(true)
    await aBrowser(site).get(here(idp.signOut('ida', '')))
    expect(await isIn(two.browser)).toBe(false)
  })

  test('who signs out here is offered to be out there as well', async () => {
    const { browser } = await bySaml({ nameId: 'jens', ...withRoles(['oplive_employee'], [], 'Jens') })
    const out = await browser.post('/out')
    expect(out.location).toBe('/staff/out')
    expect((await browser.get('/staff/out')).text).toContain('Log også ud hos kommunen')
    const there = new URL((await browser.get('/staff/out/there')).location ?? '')
    expect([there.pathname, there.searchParams.has('SAMLRequest'), there.searchParams.has('Signature')]).toEqual([
      '/out',
      true,
      true,
    ])
    expect((await browser.get('/saml/slo?SAMLResponse=x')).location).toBe('/staff/out')
    const { browser: other } = await byOidc()
    await other.post('/out')
    expect((await other.get('/staff/out/there')).location).toContain(`${op.issuer}/session/end`)
  })
})

describe('who leaves loses access at the next request', () => {
  test('closed is closed on every machine, also when the identity provider still says yes, until an operator opens it', async () => {
    const rights = { nameId: 'kim', ...withRoles(['oplive_employee'], ['holmetofte'], 'Kim') }
    const [one, two] = [await bySaml(rights), await bySaml(rights)]
    const [{ id }] = (await accounts('Kim')) as [{ id: string }]
    const [helle, mikkel] = [
      await signedInBrowser(world, site, world.helle.account),
      await signedInBrowser(world, site, world.mikkel.account),
    ]
    const page = await helle.get('/staff/people')
    expect([
      page.text.includes('Kim'),
      page.text.includes('Holmetofte'),
      page.text.includes('Med fælleskommunal adgang, i dag'),
      page.text.includes('Freja'),
    ]).toEqual([true, true, true, false])
    expect((await helle.post(`/staff/people/${id}/close`)).location).toBe('/staff/people?done=closed')
    expect([await isIn(one.browser), await isIn(two.browser)]).toEqual([false, false])
    const again = await bySaml(rights)
    expect([
      again.answer.status,
      again.answer.html.includes('Din adgang er lukket'),
      await isIn(again.browser),
    ]).toEqual([403, true, false])
    expect((await helle.post(`/staff/people/${id}/open`)).status).toBe(404)
    expect((await mikkel.post(`/staff/people/${id}/open`)).location).toBe('/staff/people?done=opened')
    expect((await bySaml(rights)).answer.status).toBe(303)
  })

  test('closed, and then without a role at the provider: an operator still finds it, and opens it', async () => {
    const rights = { nameId: 'ole', ...withRoles(['oplive_employee'], [], 'Ole') }
    await bySaml(rights)
    const [{ id }] = (await accounts('Ole')) as [{ id: string }]
    const mikkel = await signedInBrowser(world, site, world.mikkel.account)
    await mikkel.post(`/staff/people/${id}/close`)
    await bySaml({ nameId: 'ole', ...withRoles([], [], 'Ole') })
    expect((await mikkel.get('/staff/people')).html).toContain(`/staff/people/${id}/open`)
    await mikkel.post(`/staff/people/${id}/open`)
    expect((await bySaml(rights)).answer.status).toBe(303)
  })

  test('a leader closes for employees and leaders; the operator for all but themselves; nobody else sees the page', async () => {
    const [helle, mikkel] = [
      await signedInBrowser(world, site, world.helle.account),
      await signedInBrowser(world, site, world.mikkel.account),
    ]
    const close = async (browser: TestBrowser, account: string | null) =>
      (await browser.post(`/staff/people/${account}/close`)).status
    expect(await close(helle, world.mikkel.account)).toBe(404)
    expect(await close(helle, world.nadia.account)).toBe(404)
    expect(await close(helle, world.helle.account)).toBe(404)
    expect(await close(mikkel, world.mikkel.account)).toBe(404)
    expect(await close(mikkel, world.freja.account)).toBe(404)
    expect(await close(mikkel, '00000000-0000-7000-8000-000000000000')).toBe(404)
    expect(await close(mikkel, 'x')).toBe(404)
    for (const actor of [world.freja, world.amira, world.nadia]) {
      const browser = await signedInBrowser(world, site, actor.account)
      expect([
        (await browser.get('/staff/people')).status,
        await close(browser, world.amira.account),
        (await browser.get('/staff/provider')).status,
      ]).toEqual([404, 404, 404])
    }
    expect((await aBrowser(site).get('/staff/people')).status).toBe(401)
    expect(await close(mikkel, world.nadia.account)).toBe(303)
  })
})

describe("the municipality's own sign-in is put in by an operator", () => {
  test('our file is read by theirs; theirs is put in, shown with what to compare, and taken out', async () => {
    const ours = await site.request('/saml/metadata')
    expect([
      ours.status,
      ours.headers.get('content-type'),
      (await ours.text()).includes(`entityID="${origin}/saml/metadata"`),
    ]).toEqual([200, 'application/samlmetadata+xml; charset=utf-8', true])
    const mikkel = await signedInBrowser(world, site, world.mikkel.account)
    expect((await mikkel.post('/staff/provider/out')).location).toBe('/staff/provider?done=takenOut')
    expect([
      (await aBrowser(site).get('/saml/start')).status,
      (await aBrowser(site).get('/staff')).html.includes('/saml/start'),
    ]).toEqual([404, false])
    const wrong = await mikkel.post('/staff/provider', { text: '<hemmelig&' })
    expect([
      wrong.status,
      wrong.text.includes('Filen kan ikke læses'),
      wrong.html.includes('&lt;hemmelig&amp;'),
    ]).toEqual([400, true, true])
    expect((await mikkel.post('/staff/provider', {})).text).toContain('Vælg en fil, eller sæt teksten ind')
    expect((await mikkel.post('/staff/provider', { text: `\n${idp.metadata}\n` })).location).toBe(
      '/staff/provider?done=putIn',
    )
    const page = await mikkel.get('/staff/provider')
    const print = idp.pair.certificate.fingerprint256.replaceAll(':', '').match(/.{4}/g)?.join(' ') ?? ''
    expect([page.text.includes('https://idp.midtsoe.dk/saml'), page.text.includes(print)]).toEqual([true, true])
    expect((await bySaml({ nameId: 'lis', ...withRoles(['oplive_employee'], [], 'Lis') })).answer.status).toBe(303)
  })

  test('whose proof has run out meanwhile shows it anew, and what was brought waits in the page', async () => {
    const mikkel = await signedInBrowser(world, site, world.mikkel.account)
    world.clock.forward(0.5)
    const page = await mikkel.post('/staff/provider', { text: '<waits/>' })
    expect([page.status, page.html.includes('&lt;waits/&gt;'), page.html.includes('href="/prove?next=')]).toEqual([
      403,
      true,
      true,
    ])
    expect((await mikkel.post('/staff/provider/out')).status).toBe(403)
    world.clock.set(new Date().toISOString())
  })

  test('a file that is chosen is read as one that is pasted', async () => {
    const mikkel = await signedInBrowser(world, site, world.mikkel.account)
    const body = new FormData()
    body.set('file', new File([idp.metadata], 'idp.xml'))
    body.set('text', '')
    const cookie = [...mikkel.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await site.request('/staff/provider', { method: 'POST', body, headers: { cookie } })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/staff/provider?done=putIn'])
  })
})

test("over https what the browser keeps comes back from the provider's form, and from nowhere over an open line", async () => {
  const https = siteWith({ ...door, origin: 'https://oplive.midtsoe.dk' }, 'https://oplive.midtsoe.dk')
  const { headers } = await aBrowser(https).get('/saml/start')
  expect(headers.getSetCookie().find((text) => text.includes('saml'))).toMatch(
    /^__Host-oplive_saml=[\w-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=None; Secure$/,
  )
  const oidc = await aBrowser(https).get('/oidc/start')
  expect(oidc.headers.getSetCookie().find((text) => text.includes('oidc'))).toMatch(
    /^__Host-oplive_oidc=[\w-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/,
  )
  expect(oidc.headers.get('content-security-policy')).toBe(protectingHeaders['content-security-policy'])
})

test('what was taken is forgotten when it is too old to come again', async () => {
  world.clock.forward(1)
  await bySaml({ nameId: 'mia', ...withRoles(['oplive_employee'], [], 'Mia') })
  expect(await world.sql('select count(*)::int as n from access.spent_assertion')).toEqual([{ n: 1 }])
  world.clock.set(new Date().toISOString())
})
