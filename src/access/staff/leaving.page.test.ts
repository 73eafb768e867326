import { describe, expect, test } from 'vitest'
import { aBrowser, signedInBrowser, type TestBrowser } from '../test-browser.ts'
import {
  accounts,
  byOidc,
  bySaml,
  idp,
  isIn,
  lines,
  op,
  origin,
  raiseStaffSite,
  refused,
  site,
  told,
  withRoles,
  world,
} from './test-staff-site.ts'

raiseStaffSite()

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
