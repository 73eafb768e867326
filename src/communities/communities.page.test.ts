import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { communityPages } from './communities.page.tsx'
import { writeDefinition } from './community.deeds.ts'
import { visitAs } from './test-site.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
const as = (actor: Actor) => visitAs(world.house, actor, communityPages())

const plan = { 'last-day-day': '1', 'last-day-month': 'maj', 'last-day-year': '2030', 'still-missing': 'En kasserer.' }
const script = '<script>alert("x")</script>'
const overridden = '\u202Esætninger\u202D'

describe('the page that founds a community', () => {
  test('an employee founds one and comes to its page', async () => {
    const amira = await as(world.amira)
    expect((await amira.get('/c/new')).text).toContain('Opret et lokalsamfund')
    expect(await amira.post('/c/new', { name: 'Sønder Å', residents: '', ...plan })).toMatchObject({
      status: 303,
      location: '/c/soender-aa',
    })
  })
  test('a guest is asked to sign in, a host is told that it is not theirs', async () => {
    expect(await (await as(world.guest)).get('/c/new')).toMatchObject({ status: 401, html: 'sign-in.needed' })
    expect(await (await as(world.guest)).post('/c/new', { name: 'Nyby', ...plan })).toMatchObject({
      status: 401,
      html: 'sign-in.needed',
    })
    expect(await (await as(world.freja)).get('/c/new')).toMatchObject({ status: 403, html: 'not-yours' })
    expect(await (await as(world.freja)).post('/c/new', { name: 'Nyby', ...plan })).toMatchObject({
      status: 403,
      html: 'not-yours',
    })
  })
  test('what is wrong comes back with what was typed and a sentence for each', async () => {
    const page = await (await as(world.amira)).post('/c/new', {
      name: script,
      residents: 'mange',
      ...plan,
      'last-day-month': 'maaj',
    })
    expect(page.status).toBe(400)
    expect(page.text).toContain('Ret: Opret et lokalsamfund')
    expect(page.text).toContain('Der er 2 ting at rette')
    expect(page.html).toContain(
      '<a href="#residents">Skriv et tal, for eksempel 538. Du kan også lade feltet stå tomt</a>',
    )
    expect(page.html).toContain('<a href="#last-day">Skriv måneden, for eksempel marts eller 3</a>')
    expect(page.html).not.toContain('<script>')
    for (const typed of [
      'value="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"',
      'value="mange"',
      'value="maaj"',
      'En kasserer.</textarea>',
    ])
      expect(page.html).toContain(typed)
  })
  test('a name that is taken is said at the name', async () => {
    const page = await (await as(world.amira)).post('/c/new', { name: 'holmetofte', ...plan })
    expect(page).toMatchObject({ status: 400 })
    expect(page.html).toContain('<a href="#name">Der er allerede et lokalsamfund med det navn.')
  })
})

describe('the page of the definition', () => {
  test('says when nothing has been written', async () =>
    expect((await (await as(world.guest)).get('/c/lyngo/definition')).text).toContain(
      'Her er ikke skrevet noget endnu',
    ))
  test('shows every version with how many wrote it, the newest first', async () => {
    await writeDefinition(world.freja, 'holmetofte', { text: 'Et sted, der hilser.', authors: 1 })
    world.clock.forward(24 * 300)
    await writeDefinition(world.karsten, 'holmetofte', { text: 'Et sted,\nder mærker det.', authors: 24 })
    const page = await (await as(world.guest)).get('/c/holmetofte/definition')
    expect(page.status).toBe(200)
    expect(page.html).toContain('”<bdi>Et sted,<br/>der mærker det.</bdi>”')
    expect(page.text).toContain('anden udgave · skrevet af 24 naboer')
    expect(page.text).toMatch(
      /Sådan har den ændret sig.*Et sted, der hilser\..*første udgave · skrevet af én nabo · søndag 14\. marts 2027/,
    )
  })
  test('those who live there find the form, others do not', async () => {
    for (const [actor, may] of [
      [world.freja, true],
      [world.karsten, true],
      [world.stranger, false],
      [world.amira, false],
      [world.guest, false],
    ] as const)
      expect((await (await as(actor)).get('/c/holmetofte/definition')).html.includes('<form')).toBe(may)
  })
  test('what a resident writes is saved as text, whatever it is', async () => {
    expect(
      await (await as(world.karsten)).post('/c/holmetofte/definition', {
        text: `${script} ${overridden}`,
        authors: '2',
      }),
    ).toMatchObject({
      status: 303,
      location: '/c/holmetofte',
    })
    const page = await (await as(world.guest)).get('/c/holmetofte/definition')
    expect(page.html).not.toContain('<script>')
    expect(page.text).toContain(script)
    expect(page.html).toContain(`${overridden}</bdi>`)
  })
  test('what is too long, missing or repeated comes back with what was typed', async () => {
    const karsten = await as(world.karsten)
    const long = `${script}${'å'.repeat(600)}`
    const page = await karsten.post('/c/holmetofte/definition', { text: long, authors: '' })
    expect(page.status).toBe(400)
    expect(page.text).toContain(long)
    expect(page.html).not.toContain('<script>')
    expect(page.text).toContain('Der er plads til 600 tegn')
    expect(page.text).toContain('Skriv, hvor mange der har været med')
    expect(await karsten.post('/c/holmetofte/definition', '')).toMatchObject({ status: 400 })
    expect((await karsten.post('/c/holmetofte/definition', 'text=a&text=b&authors=1')).text).toContain(
      'Det samme felt kom to gange',
    )
    expect((await karsten.post('/c/holmetofte/definition', 'text=a&authors=1&role=host')).text).toContain(
      'som vi ikke kender',
    )
    expect(
      (await karsten.post('/c/holmetofte/definition', { text: `a${'\u0301'.repeat(1000)}`, authors: '1' })).status,
    ).toBe(400)
  })
  test('two megabytes are too much', async () =>
    expect(
      await (await as(world.karsten)).post('/c/holmetofte/definition', { text: 'a'.repeat(2_000_000), authors: '1' }),
    ).toMatchObject({
      status: 413,
      html: 'too-large',
    }))
  test('an employee, a stranger and a guest are refused in words, also with an empty form', async () => {
    for (const [actor, status, html] of [
      [world.amira, 403, 'employee.not-definition'],
      [world.stranger, 403, 'not-yours'],
      [world.guest, 401, 'sign-in.needed'],
    ] as const)
      for (const form of [{ text: 'Vores ord', authors: '1' }, {}])
        expect(await (await as(actor)).post('/c/holmetofte/definition', form)).toMatchObject({ status, html })
  })
  test('a place that is not there is not found', async () => {
    for (const slug of ['findes-ikke', '%00', '%E0%A4%A', 'a'.repeat(3000)])
      expect((await (await as(world.guest)).get(`/c/${slug}/definition`)).status).toBe(404)
  })
})
