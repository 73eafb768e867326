import { Hono } from 'hono'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { asVisit, sessionCookie, type Visited } from '../access/visit.ts'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { longFiles, minePages } from './mine.page.tsx'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const as = (actor: Actor) => visitAs(world.house, actor, minePages())
const personOf = async (actor: Actor): Promise<string> =>
  String((await world.sql('select id from community.person where account_id = $1', [actor.account]))[0]?.id)

describe('seen', () => {
  test('each sees what is kept of them, why, how long and who can see it; a guest is asked to sign in', async () => {
    const { status, text } = await (await as(world.karsten)).get('/mine')
    expect(status).toBe(200)
    for (const part of [
      'Mine oplysninger',
      'Byens rum: Holmetofte',
      'Hvem du er her',
      'Karsten',
      'Ingen har kigget',
      'Hvor længe',
      'Det kan ingen finde',
    ])
      expect(text).toContain(part)
    expect(text).toContain('Midtsø Kommune passer på rummet')
    expect(text).not.toContain('Freja')
    expect((await (await as(world.guest)).get('/mine')).status).toBe(401)
  })

  test('who looked, when and why is read by the one they looked at, and by nobody else', async () => {
    const look = crypto.randomUUID()
    await world.sql(
      `insert into community.look (id, community_id, account_id, looker, what, reason, at) values ($1, $2, $3, 'Amira', 'find', 'Ringe om hallen', '2027-03-10T12:30:00Z')`,
      [look, world.holmetofte, world.amira.account],
    )
    await world.sql('insert into community.looked_at (look_id, person_id) values ($1, $2)', [
      look,
      await personOf(world.karsten),
    ])
    const { text } = await (await as(world.karsten)).get('/mine')
    expect(text).toContain('Amira fra kommunen · onsdag 10. marts 2027 kl. 13.30')
    expect(text).toContain('Ringe om hallen')
    expect((await (await as(world.freja)).get('/mine')).text).toContain('Ingen har kigget')
    expect((await (await as(world.amira)).get('/mine')).text).toContain('Når du har kigget')
  })

  test('whoever works for the municipality sees what it keeps of them, and cannot delete it here', async () => {
    const amira = await as(world.amira)
    const { text, html } = await amira.get('/mine')
    expect(text).toContain('Byer, du arbejder sammen med')
    expect(text).toContain('Medarbejder')
    expect(html).not.toContain('/mine/delete')
    for (const path of ['/mine/delete', '/mine/delete/all', '/mine/name'])
      expect((await amira.get(path)).status).toBe(404)
    expect((await amira.post('/mine/delete/all', {})).status).toBe(404)
  })
})

describe('corrected and deleted singly', () => {
  test('one says what one is called; what is wrong comes back as it was typed', async () => {
    const karsten = await as(world.karsten)
    const wrong = await karsten.post('/mine/name', { name: 'Karsten 010203-1234' })
    expect(wrong.status).toBe(400)
    expect(wrong.html).toContain('value="Karsten 010203-1234"')
    expect((await karsten.post('/mine/name', { name: ' ' })).status).toBe(400)
    expect((await karsten.post('/mine/name', { name: '  Karsten   fra hallen ' })).location).toBe('/mine')
    expect((await karsten.get('/mine')).text).toContain('Karsten fra hallen')
  })

  test('one thing is deleted after one more question; another’s is as one that is not there', async () => {
    await world.sql(
      `insert into community.profile (person_id, age_band, asked_about) values ($1, '40-59', 'Fodbold')`,
      [await personOf(world.karsten)],
    )
    const path = `/mine/one/profile/${await personOf(world.karsten)}`
    const karsten = await as(world.karsten)
    expect((await karsten.get('/mine')).html).toContain(path)
    expect((await karsten.get(path)).text).toContain('Fodbold')
    const freja = await as(world.freja)
    const foreign = await freja.get(path)
    const nothing = await freja.get(`/mine/one/profile/${crypto.randomUUID()}`)
    expect([foreign.status, foreign.html]).toEqual([404, nothing.html])
    expect((await freja.post(path, {})).status).toBe(404)
    expect((await karsten.post(path, {})).location).toBe('/mine')
    expect(await world.sql('select * from community.profile')).toEqual([])
    for (const bad of ['/mine/one/person/x', '/mine/one/nothing/x', '/mine/one/profile/%00'])
      expect((await karsten.get(bad)).status).toBe(404)
  })
})

/** What an employee of the place is shown when they look at its people. */
const found = (): Promise<string[]> =>
  asActor(world.amira, async (tx) => {
    const { rows } = await sql<{
      name: string
    }>`select name from community.look_at_people(${crypto.randomUUID()}, ${world.holmetofte},
      'Planlægger et møde', null, null)`.execute(tx)
    return rows.map(({ name }) => name)
  })

describe('taken along', () => {
  test('the files are whole, saved under the day, and kept by no browser; whoever only asks about one holds nothing up', async () => {
    const token = await signIn(world.house, await makeLink(world.house, String(world.karsten.account)))
    const site = new Hono<Visited>()
    site.use(asVisit(world.house, { origin: 'http://oplive.test', onNetwork: null }, longFiles))
    site.route('/', minePages())
    const ask = (path: string, method = 'GET') =>
      site.request(path, { method, headers: { cookie: `${sessionCookie}=${token}` } })
    for (let times = 0; times < 4; times += 1) expect((await ask('/mine/export.json', 'HEAD')).status).toBe(200)
    const json = await ask('/mine/export.json')
    expect(Object.fromEntries(json.headers)).toMatchObject({
      'content-disposition': 'attachment; filename="oplive-2027-03-14.json"',
      'cache-control': 'no-store',
    })
    expect(await json.json()).toMatchObject({ responsible: 'Midtsø Kommune' })
    expect(await (await ask('/mine/export.csv?lang=en')).text()).toContain('Room;Place;What')
    expect((await site.request('/mine/export.json')).status).not.toBe(200)
  })
})

describe('saying no', () => {
  test('it goes to who is responsible, is answered once, and the person reads the answer; meanwhile nobody of the municipality finds them', async () => {
    const karsten = await as(world.karsten)
    const text = 'Jeg vil ikke stå på listen over naboer'
    expect((await karsten.post('/mine/object', { about: '', text: '' })).status).toBe(400)
    const cpr = await karsten.post('/mine/object', { about: 'holmetofte', text: 'Ring 010203-1234' })
    expect([cpr.status, cpr.html.includes('Ring 010203-1234')]).toEqual([400, true])
    const id = crypto.randomUUID()
    for (let twice = 0; twice < 2; twice += 1)
      expect((await karsten.post('/mine/object', { id, about: 'holmetofte', text })).location).toBe(
        '/mine/object?sent=1',
      )
    expect((await karsten.get('/mine/object?sent=1')).text).toContain('senest 14. april 2027')
    expect((await karsten.post('/mine/object', { about: 'lyngo', text })).status).toBe(400)

    expect(await found()).not.toContain('Karsten')
    const nadia = await as(world.nadia)
    const desk = await nadia.get('/objections')
    expect(desk.text).toContain('Svar senest 14. april 2027')
    expect(desk.text).toContain('Hvem har ansvaret for hvad')
    // The municipality answers for now, so the key holder does not.
    expect((await (await as(world.poul)).get('/objections')).text).toContain('Ingen venter på svar')
    expect((await (await as(world.poul)).get(`/objections/${id}`)).status).toBe(404)
    for (const other of [world.freja, world.karsten, world.amira, world.helle, world.mikkel])
      expect((await (await as(other)).get('/objections')).status).toBe(404)
    expect((await nadia.post(`/objections/${id}`, { text: '' })).status).toBe(400)
    expect((await nadia.post(`/objections/${id}`, { text: 'Det gør vi. Du står der ikke mere.' })).location).toBe(
      '/objections?done=1',
    )
    const late = await nadia.post(`/objections/${id}`, { text: 'Noget andet' })
    expect([late.status, late.html.includes('Noget andet')]).toEqual([409, true])
    expect((await karsten.get('/mine/object')).text).toContain('Du står der ikke mere')
    expect(await found()).toContain('Karsten')
  })

  test('where an association is responsible its key holders answer, and the officer sees that it lies there', async () => {
    const [association] = await world.sql(
      `insert into community.association (id, community_id, kind, name, made_on) values (gen_random_uuid(), $1, 'association', 'Borgerforeningen', '2027-01-01') returning id`,
      [world.holmetofte],
    )
    await world.sql('alter table community.controller disable trigger user')
    await world.sql(
      `update community.controller set kind = 'association', association_id = $1 where community_id = $2`,
      [association?.id, world.holmetofte],
    )
    const id = crypto.randomUUID()
    await (await as(world.freja)).post('/mine/object', { id, about: 'holmetofte', text: 'Ring ikke til mig' })
    expect((await (await as(world.poul)).get('/objections')).text).toContain('Freja · Holmetofte')
    const officer = await (await as(world.nadia)).get('/objections')
    expect(officer.text).toContain('Borgerforeningen')
    expect(officer.text).not.toContain('Freja')
    expect((await (await as(world.nadia)).get(`/objections/${id}`)).status).toBe(404)
    expect((await (await as(world.poul)).post(`/objections/${id}`, { text: 'Det lader vi være med' })).status).toBe(303)
  })
})
