import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { cardFor } from './card.queries.ts'
import { aBrowser, lettersIn, signedInBrowser, siteOf, type TestBrowser, withMail } from './test-browser.ts'
import type { Visited } from './visit.ts'

let world: World
let site: Hono<Visited>
let poul: TestBrowser
beforeAll(async () => {
  world = await makeWorld()
})
beforeEach(async () => {
  site = siteOf(world)
  poul = await signedInBrowser(world, site, world.poul.account)
})

/** Somebody of Holmetofte who came, and has no account. */
async function onPaper(name: string, community = world.holmetofte): Promise<string> {
  const id = randomUUID()
  await world.sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
     values ($1, $2, $3, 'came', 'paper', '2027-01-01', '2027-01-01')`,
    [id, community, name],
  )
  return id
}
const personOf = async (account: string | null) =>
  String((await world.sql('select id from community.person where account_id = $1', [account]))[0]?.id)
const pathOf = (person: string, place = 'holmetofte') => `/c/${place}/people/${person}/card`

/** What stands on the card. */
const readCode = (html: string) =>
  [...html.matchAll(/<span>([2-9A-HJ-NP-Z]{4})<\/span>/g)].map(([, group]) => group).join('-')

async function give(person: string, by = poul) {
  const page = await by.get(pathOf(person))
  const seen = /name="seen" value="(\d+)"/.exec(page.html)?.[1] ?? ''
  const card = await by.post(pathOf(person), { seen })
  return { page, card, code: readCode(card.html) }
}

describe('a printed card', () => {
  test('is given by a key holder to somebody on paper, shown once, and lets them in', async () => {
    const birthe = await onPaper('Birthe')
    const { page, card, code } = await give(birthe)
    expect(page.text).toContain('Et kort til Birthe')
    expect(page.text).not.toContain('virker ikke mere')
    expect(card.status).toBe(200)
    expect(card.headers.get('cache-control')).toBe('no-store')
    expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/)
    // It stands nowhere else: neither in the database nor on any page.
    const kept = JSON.stringify(await world.sql('select public_part, secret_hash::text from access.card'))
    for (const group of code.split('-').slice(1)) expect(kept).not.toContain(group)
    expect((await poul.get(pathOf(birthe))).html).not.toContain(code.slice(5, 9))

    const phone = aBrowser(site)
    expect(await phone.post('/card', { card: ` ${code.toLowerCase().replaceAll('-', '  ')} ` })).toMatchObject({
      status: 303,
      location: '/',
    })
    const me = await phone.get('/me')
    expect(me.text).toContain('Du er inde som Birthe')
    expect(me.text).toContain('Fra Poul i Holmetofte, i dag')
    expect(me.text).toContain('Sidst brugt i dag')
    expect(me.text).toContain('Holmetofte : du bor her')
    expect(me.text).toContain('Senest i dag, med kort')
  })

  test('lost: the new one kills the old and signs out who was in by it', async () => {
    const birthe = await onPaper('Birthe')
    const old = await give(birthe)
    const phone = aBrowser(site)
    await phone.post('/card', { card: old.code })
    world.clock.forward(24)
    poul = await signedInBrowser(world, site, world.poul.account)
    const { page, code } = await give(birthe)
    expect(page.text).toContain('Birthe har et kort fra i går. Det virker ikke mere, når du laver et nyt')
    expect((await phone.get('/me')).status).toBe(401)
    expect((await phone.post('/card', { card: old.code })).status).toBe(400)
    expect((await phone.post('/card', { card: code })).status).toBe(303)
  })

  test('lost: its owner closes it, and who else is in by it is out', async () => {
    const birthe = await onPaper('Birthe')
    const { code } = await give(birthe)
    const [hers, thief] = [aBrowser(site), aBrowser(site)]
    for (const browser of [hers, thief]) await browser.post('/card', { card: code })
    expect((await hers.get('/me/card')).text).toContain('Er dit kort væk?')
    expect(await hers.post('/me/card')).toMatchObject({ status: 303, location: '/me?done=card' })
    expect((await hers.get('/me?done=card')).text).toContain('Kortet er lukket')
    expect((await thief.get('/me')).status).toBe(401)
    expect((await thief.post('/card', { card: code })).status).toBe(400)
    expect((await thief.post('/me/card')).status).toBe(401)
  })

  test('made twice from one page, or by two at once, is one card: the other is told', async () => {
    const birthe = await onPaper('Birthe')
    const both = await Promise.all([poul.post(pathOf(birthe), { seen: '0' }), poul.post(pathOf(birthe), { seen: '0' })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    // Reloaded by accident, it makes no new one, and the printed one lives.
    expect(await poul.post(pathOf(birthe), { seen: '0' })).toMatchObject({ status: 409 })
    const code = both.map(({ html }) => readCode(html)).find(Boolean) ?? ''
    expect(await aBrowser(site).post('/card', { card: code })).toMatchObject({ status: 303 })
  })

  test('its code goes into no page by the address: what stands behind the # is not sent, and nothing else is read', async () => {
    const { code } = await give(await onPaper('Birthe'))
    expect((await aBrowser(site).get(`/card?card=${code}`)).html).not.toContain(code)
  })
})

describe('who may give a card, and to whom', () => {
  test('nobody but a key holder of the same place finds the page: not yours and not there are the same', async () => {
    const birthe = await onPaper('Birthe')
    const nothing = await poul.get(pathOf(randomUUID()))
    expect(nothing.status).toBe(404)
    const far = await onPaper('Fjern', world.lyngo)
    expect(await poul.get(pathOf(far, 'lyngo'))).toMatchObject({ status: 404, html: nothing.html })
    expect(await poul.get(pathOf(far))).toMatchObject({ status: 404, html: nothing.html })
    expect(await poul.post(pathOf(far), { seen: '0' })).toMatchObject({ status: 404, html: nothing.html })
    expect(await poul.get(pathOf('1 or 1=1'))).toMatchObject({ status: 404, html: nothing.html })
    for (const actor of [world.freja, world.karsten, world.stranger, world.amira, world.helle, world.mikkel]) {
      const browser = await signedInBrowser(world, site, actor.account)
      expect(await browser.get(pathOf(birthe))).toMatchObject({ status: 404, html: nothing.html })
      expect(await browser.post(pathOf(birthe), { seen: '0' })).toMatchObject({ status: 404, html: nothing.html })
    }
    expect((await aBrowser(site).get(pathOf(birthe))).status).toBe(401)
  })

  test('not in the name of somebody who has a way in of their own', async () => {
    await withMail(world, world.karsten.account, 'karsten@example.dk')
    const person = await personOf(world.karsten.account)
    expect((await poul.get(pathOf(person))).text).toContain('Karsten logger ind med mail')
    expect(await poul.post(pathOf(person), { seen: '0' })).toMatchObject({ status: 403 })
    await world.sql('delete from access.mail_address')
    await world.sql(
      `insert into access.passkey (id, account_id, credential_id, public_key, counter, name, made_on)
       values (gen_random_uuid(), $1, '\\x00112233445566778899aabbccddeeff', '\\x00112233445566778899aabbccddeeff', 0, 'Telefon', '2027-01-01')`,
      [world.karsten.account],
    )
    expect(await poul.post(pathOf(person), { seen: '0' })).toMatchObject({ status: 403 })
    await world.sql('delete from access.passkey')
    expect((await poul.post(pathOf(person), { seen: '0' })).status).toBe(200)
    // Who has had a card from here gets a new one when it is lost, whatever other way they have found since.
    await withMail(world, world.karsten.account, 'karsten@example.dk')
    expect((await poul.post(pathOf(person), { seen: '1' })).status).toBe(200)
    await world.sql('delete from access.mail_address')
  })

  test('not in the name of another who holds a key: two who hold keys are two', async () => {
    const inger = await onPaper('Inger')
    const { code } = await give(inger)
    const account = (await world.sql('select account_id from community.person where id = $1', [inger]))[0]?.account_id
    await world.sql(`update access.community_role set role = 'keyholder' where account_id = $1`, [account])
    expect((await poul.get(pathOf(inger))).text).toContain('To med nøgle skal være to')
    expect(await poul.post(pathOf(inger), { seen: '1' })).toMatchObject({ status: 403 })
    // Her own she may renew herself.
    const hers = aBrowser(site)
    await hers.post('/card', { card: code })
    expect((await give(inger, hers)).card.status).toBe(200)
  })

  test('not in the name of somebody of the municipality, nor of somebody who belongs elsewhere and got their card there', async () => {
    const amira = randomUUID()
    const both = randomUUID()
    const sql = `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
      values ($1, $2, $3, 'X', 'came', 'paper', '2027-01-01', '2027-01-01')`
    await world.sql(sql, [amira, world.holmetofte, world.amira.account])
    await world.sql(sql, [both, world.holmetofte, world.stranger.account])
    const as = (person: string) => asActor(world.poul, (tx) => cardFor(tx, 'holmetofte', person))
    expect(await as(amira)).toMatchObject({ verdict: 'not-here' })
    expect(await as(both)).toMatchObject({ verdict: 'elsewhere' })
    for (const person of [amira, both]) expect((await poul.post(pathOf(person), { seen: '0' })).status).toBe(403)
  })

  test('a key holder shows first that it is them; the page leads there and back', async () => {
    const birthe = await onPaper('Birthe')
    world.clock.forward(0.25)
    expect(await poul.get(pathOf(birthe))).toMatchObject({
      status: 303,
      location: `/prove?next=${encodeURIComponent(pathOf(birthe))}`,
    })
    const refused = await poul.post(pathOf(birthe), { seen: '0' })
    expect(refused.status).toBe(403)
    expect(refused.html).toContain('name="seen" value="0"')
    expect(
      await world.sql('select 1 from access.card k join community.person p using (account_id) where p.id = $1', [
        birthe,
      ]),
    ).toEqual([])
  })
})

describe('guessing at a card', () => {
  test('is slowed for that card, and the owner is told; the right card still gets in', async () => {
    const { code } = await give(await onPaper('Birthe'))
    const wrong = (n: number) => `${code.slice(0, 15)}${'23456789'[n]}234`
    const thief = aBrowser(site)
    for (let i = 0; i < 5; i++) expect((await thief.post('/card', { card: wrong(i) })).status).toBe(400)
    const began = performance.now()
    const told = await thief.post('/card', { card: wrong(6) })
    expect(told.status).toBe(429)
    expect(told.text).toContain('Vent et øjeblik')
    expect(performance.now() - began).toBeGreaterThan(1_900)
    const phone = aBrowser(site)
    expect((await phone.post('/card', { card: code })).status).toBe(303)
    await lettersIn(world)
    expect((await phone.get('/me')).text).toContain('I dag: 6 forkerte forsøg med kort')
    // A quarter of an hour later it is forgotten.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 901_000 })
    try {
      expect((await thief.post('/card', { card: wrong(1) })).status).toBe(400)
    } finally {
      vi.useRealTimers()
    }
  }, 20_000)

  test('letters that find no card are answered like a wrong one, in the same time', async () => {
    const { code } = await give(await onPaper('Birthe'))
    const tries = { known: [] as number[], unknown: [] as number[] }
    const pages = new Set<string>()
    const rest = code.slice(4, -1)
    for (let i = 0; i < 4; i++)
      for (const [which, letters] of [
        ['known', code.slice(0, 4)],
        ['unknown', 'ZZZZ'],
      ] as const) {
        const began = performance.now()
        const page = await aBrowser(site).post('/card', { card: `${letters}${rest}${'2345'[i]}` })
        tries[which].push(performance.now() - began)
        if (page.status === 400) pages.add(page.html.replace(/value="[\w-]*"/, ''))
      }
    expect(pages.size).toBe(1)
    const least = (all: number[]) => Math.min(...all)
    console.info(
      `POST /card, wrong: ${least(tries.known).toFixed(1)} ms known, ${least(tries.unknown).toFixed(1)} ms unknown`,
    )
    expect(least(tries.known)).toBeLessThan(300)
  })

  test.each([
    ['', 'Skriv de 16 tegn fra dit kort'],
    ['ABCD EFGH', 'Et kort har 16 tegn. Du har skrevet 8.'],
    ['ABCD-EFGH-JKLM-NPQÆ', 'Der er et tegn, som ikke står på noget kort'],
  ])('%j is no card: it comes back with what was typed', async (card, said) => {
    const page = await aBrowser(site).post('/card', { card, next: '/c/holmetofte' })
    expect(page.status).toBe(400)
    expect(page.text).toContain(said)
    expect(page.html).toContain(`value="${card}"`)
    expect(page.html).toContain('value="/c/holmetofte"')
  })
})

test('who has ended, or now works for the municipality, does not get in by an old card', async () => {
  const birthe = await onPaper('Birthe')
  const { code } = await give(birthe)
  const account = (await world.sql('select account_id from community.person where id = $1', [birthe]))[0]?.account_id
  await world.sql(`update access.account set municipal_role = 'employee' where id = $1`, [account])
  expect((await aBrowser(site).post('/card', { card: code })).status).toBe(400)
  await world.sql(`update access.account set municipal_role = null, ended_at = now() where id = $1`, [account])
  expect((await aBrowser(site).post('/card', { card: code })).status).toBe(400)
})
