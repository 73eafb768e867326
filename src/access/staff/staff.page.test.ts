import { describe, expect, test } from 'vitest'
import { protectingHeaders } from '../../door.ts'
import { aBrowser } from '../test-browser.ts'
import { attributeNames } from './saml-names.ts'
import { openStaffDoor } from './staff-door.ts'
import { privilegesOf } from './test-idp.ts'
import { clientId, clientSecret } from './test-op.ts'
import {
  accounts,
  askSaml,
  byOidc,
  bySaml,
  door,
  idp,
  isIn,
  lines,
  op,
  origin,
  raiseStaffSite,
  refused,
  sendForm,
  site,
  siteWith,
  withRoles,
  world,
} from './test-staff-site.ts'

raiseStaffSite()

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
