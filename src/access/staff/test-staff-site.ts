// The whole site with staff sign-in set up both ways, for tests: a real OpenID provider, a real SAML provider, and browsers that walk between them.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { jsonLog } from '../../log.ts'
import { watchGuessing } from '../../meetings/guessing.ts'
import { openHall } from '../../meetings/hall.ts'
import { makeSite } from '../../site.tsx'
import { makeWorld, type World } from '../../test-world.ts'
import { aBrowser, type TestBrowser } from '../test-browser.ts'
import type { Visited } from '../visit.ts'
import { attributeNames } from './saml-names.ts'
import { openStaffDoor, type StaffDoor } from './staff-door.ts'
import { makeIdp, privilegesOf, type Saying, type TestIdp } from './test-idp.ts'
import { clientId, clientSecret, startOp, type TestOp, Walker } from './test-op.ts'

export let world: World
export let op: TestOp
export let idp: TestIdp
export let door: StaffDoor
export let site: Hono<Visited>
export let origin: string
export const told: string[] = []
export const lines: string[] = []

export const siteWith = (staff: StaffDoor, home: string) =>
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

/** Raises it all before the first test of a file, and puts it away after the last. */
export function raiseStaffSite(): void {
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
}

export const isIn = async (browser: TestBrowser) => (await browser.get('/staff/out')).location === '/me'
export const accounts = async (name: string) =>
  world.sql(
    `select a.id, a.name, a.municipal_role as role, a.ended_at is not null as ended,
      array(select c.slug from access.employee_community e join community.community c on c.id = e.community_id where e.account_id = a.id order by 1) as places
     from access.account a where a.name = $1 order by a.id`,
    [name],
  )

/** Through the OpenID provider, and back. */
export async function byOidc(browser = aBrowser(site), walker = new Walker(op.issuer), from = '/oidc/start') {
  const { location } = await browser.get(from)
  const { left } = await walker.go(location ?? '')
  const path = left?.slice(origin.length) ?? ''
  return { browser, walker, path, answer: await browser.get(path) }
}

/** What the identity provider's page makes the browser send: from another site. */
export async function sendForm(browser: TestBrowser, path: string, form: Record<string, string>) {
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

export async function askSaml(browser = aBrowser(site), from = '/saml/start') {
  const address = (await browser.get(from)).location ?? ''
  return {
    browser,
    requestId: await idp.readRequest(address),
    relay: new URL(address).searchParams.get('RelayState') ?? '',
    address,
  }
}

/** Through the SAML provider, and back. */
export async function bySaml(over: Partial<Saying> = {}, browser = aBrowser(site), from = '/saml/start') {
  const asked = await askSaml(browser, from)
  const form = {
    SAMLResponse: await idp.answer(idp.saying(asked.requestId, world.clock.now(), over)),
    RelayState: asked.relay,
  }
  return { browser, form, answer: await sendForm(browser, '/saml/acs', form) }
}
export const withRoles = (roles: string[], places: string[] = [], name = 'Amira Said') => ({
  attributes: { [attributeNames.name[0]]: [name], [attributeNames.privileges[0]]: [privilegesOf(roles, places)] },
})

export const refused = 'Det lykkedes ikke at logge ind'
