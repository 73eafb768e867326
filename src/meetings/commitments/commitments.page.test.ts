import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signedIn } from '../../access/test-person.ts'
import type { Visited } from '../../access/visit.ts'
import { type Actor, asActor } from '../../db/as-actor.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Refusal } from '../../refusal.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { closeExitCard, openExitCard } from '../exit-card.deeds.ts'
import { type Hall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { promisedHere, writeCommitment } from './commitments.deeds.ts'
import { commitmentPages } from './commitments.page.tsx'
import * as ask from './commitments.queries.ts'

let world: World
let hall: Hall
let code: string
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})

const plan = {
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja',
  date: '2027-03-14',
  time: '19:30',
} as const
const aMeeting = () => planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)
const idOf = async (of = code) =>
  String((await world.sql('select id from community.meeting where code = $1', [of]))[0]?.id)
/** A meeting that has begun. */
async function anEvening(): Promise<string> {
  const made = await aMeeting()
  await world.sql(
    `insert into community.evening (meeting_id, begun_at, agenda_since) values ($1, '2027-03-14T18:30:00Z', '2027-03-14T18:30:00Z')`,
    [await idOf(made)],
  )
  hall.forget()
  return made
}

beforeEach(async () => {
  world.clock.set('2027-03-14T18:40:00Z')
  code = await anEvening()
})

/** The pages as somebody sees them. */
function as(actor: Actor, lang: Lang = 'da') {
  const site = new Hono<Visited>()
  site.use(async (c, next) => {
    const person = signedIn(actor)
    c.set('visit', { house: world.house, actor, person, lang, origin: 'https://oplive.test' })
    await next()
  })
  site.route('/', commitmentPages(hall))
  site.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.code, error.status)
    throw error
  })
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await site.request(path, init)
    return {
      status: answer.status,
      to: answer.headers.get('location') ?? '',
      cookie: answer.headers.get('set-cookie') ?? '',
      page: await answer.text(),
    }
  }
  return {
    get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
    post: (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      send(path, { method: 'POST', body: new URLSearchParams(form), headers }),
  }
}

const cake = (more: Record<string, string> = {}) => ({
  what: 'Bager kage til den 4.',
  'when-day': '4. maj',
  whom: 'Birthe',
  name: 'Ida',
  telephone: '12 34 56 78',
  key: randomUUID(),
  lang: 'da',
  ...more,
})
const rows = async () => world.sql('select * from community.commitment where meeting_id = $1', [await idOf()])
/** Somebody in the hall promises; answers the address of their own page. */
async function promised(more: Record<string, string> = {}): Promise<string> {
  const { to } = await as(world.guest).post(`/m/${code}/commit`, cake(more))
  return to.replace(/\?.*/, '')
}

describe('a guest in the hall', () => {
  test('promises something, and comes to a page of their own', async () => {
    const { status, to, cookie } = await as(world.guest).post(`/m/${code}/commit`, cake())
    expect(status).toBe(303)
    expect(to).toMatch(/^\/g\/[\w-]{32}\?lang=da$/)
    expect(cookie).toContain(`Path=/m/${code}/promised;`)
    const { page } = await as(world.guest).get(to)
    expect(page).toContain('Bager kage til den 4.')
    expect(page).toContain('4. maj 2027')
    const [row] = await rows()
    expect(row).toMatchObject({ name: 'Ida', medium: 'phone', state: 'made', rev: 1 })
    // The secret itself is nowhere in the house.
    expect(JSON.stringify(row)).not.toContain(to.slice(3, 35))
  })

  test('who sends the same form twice has promised once, and comes to the same page', async () => {
    const form = cake()
    const first = await as(world.guest).post(`/m/${code}/commit`, form)
    const second = await as(world.guest).post(`/m/${code}/commit`, form)
    expect(second.to).toBe(first.to)
    expect(await rows()).toHaveLength(1)
  })

  test('who goes back in the same form and promises something else has promised both', async () => {
    const form = cake()
    const first = await as(world.guest).post(`/m/${code}/commit`, form)
    const second = await as(world.guest).post(`/m/${code}/commit`, { ...form, name: 'Ole', what: 'Låner trailer ud' })
    expect(second.to).not.toBe(first.to)
    expect(await rows()).toHaveLength(2)
  })

  test('a promise from the outbox is answered with a status, and the phone finds its page afterwards', async () => {
    const guest = as(world.guest)
    const sent = await guest.post(`/m/${code}/commit`, cake(), { 'x-oplive-outbox': '1' })
    expect([sent.status, sent.page]).toEqual([204, ''])
    const { to } = await guest.get(`/m/${code}/promised`, { cookie: sent.cookie.split(';')[0] ?? '' })
    expect((await guest.get(to)).page).toContain('Bager kage')
    expect((await guest.post(`/m/${code}/commit`, cake({ what: '' }), { 'x-oplive-outbox': '1' })).status).toBe(400)
    expect((await guest.get(`/m/${code}/promised`)).to).toBe(`/m/${code}`)
  })

  test('what has to be mended comes back as it was typed', async () => {
    const { status, page } = await as(world.guest).post(`/m/${code}/commit`, cake({ 'when-day': 'snart', name: '' }))
    expect(status).toBe(400)
    expect(page).toContain('Bager kage til den 4.')
    expect(page).toContain('value="snart"')
    expect(page).toContain('Skriv et fornavn, så vi kan læse aftalen op')
    expect(await rows()).toHaveLength(0)
  })

  test('a CPR number is never kept', async () => {
    const { status } = await as(world.guest).post(`/m/${code}/commit`, cake({ what: 'Ring til 010203-1234' }))
    expect(status).toBe(400)
    expect(await rows()).toHaveLength(0)
  })

  test('may promise until the late days of the card are over, and not before the evening', async () => {
    await openExitCard(world.freja, world.later, code)
    hall.forget()
    expect((await as(world.guest).post(`/m/${code}/commit`, cake())).status).toBe(303)
    await closeExitCard(world.freja, world.later, code)
    hall.forget()
    world.clock.forward(24 * 6)
    expect((await as(world.guest).post(`/m/${code}/commit`, cake())).status).toBe(303)
    world.clock.forward(25)
    expect((await as(world.guest).post(`/m/${code}/commit`, cake())).page).toBe('meeting.closed')
    code = await aMeeting()
    expect((await as(world.guest).post(`/m/${code}/commit`, cake())).page).toBe('meeting.not-open')
    expect((await as(world.guest).get(`/m/${code}/commit`)).to).toBe(`/m/${code}`)
  })

  test('cannot see the list, nor anybody else’s promise', async () => {
    await promised()
    const id = String((await rows())[0]?.id)
    for (const path of ['', '/new', `/${id}`, `/${id}/change`, `/${id}/back`])
      expect((await as(world.guest).get(`/m/${code}/list${path}`)).page).toBe('sign-in.needed')
    expect(await asActor(world.guest, async (tx) => ask.promisedAt(tx, await idOf())).catch(() => 'no')).toBe('no')
  })
})

describe('with the link of one’s own', () => {
  const seen = (page: string) => /name="seen" value="(\d+)"/.exec(page)?.[1] ?? ''

  test('it is changed, and its day may stay though it is gone', async () => {
    const own = await promised()
    world.clock.set('2027-05-10T10:00:00Z')
    const { page } = await as(world.guest).get(`${own}/change`)
    const { status } = await as(world.guest).post(`${own}/change`, {
      ...cake({ what: 'Bager to kager', 'when-day': '4', 'when-month': '5', 'when-year': '2027' }),
      seen: seen(page),
    })
    expect(status).toBe(303)
    expect((await as(world.guest).get(own)).page).toContain('Bager to kager')
  })

  test('after the day it asks how it went, and never that anything is late', async () => {
    const own = await promised()
    expect((await as(world.guest).get(own)).page).not.toContain('Vi lader det ligge')
    world.clock.set('2027-05-05T10:00:00Z')
    const { page } = await as(world.guest).get(own)
    for (const words of [
      'Hvordan gik det?',
      'Jeg gjorde det',
      'Ikke endnu',
      'Jeg har aftalt en ny dag',
      'Vi lader det ligge',
    ])
      expect(page).toContain(words)
    expect(page).not.toMatch(/overskred|forsinket|for sent|class="chip ember|wrong/)
    await as(world.guest).post(own, {
      went: 'renegotiated',
      'when-day': '1. juni',
      how: 'Ovnen gik i stykker',
      seen: '1',
    })
    expect((await rows())[0]).toMatchObject({ state: 'renegotiated', how: 'Ovnen gik i stykker', rev: 2 })
    expect((await as(world.guest).get(own)).page).toContain('1. juni 2027')
  })

  test('changed meanwhile, it is shown as it is now, and what was typed stays', async () => {
    const own = await promised()
    await as(world.guest).post(own, { went: 'kept', seen: '1' })
    const { status, page } = await as(world.guest).post(own, { went: 'made', how: 'Næste uge', seen: '1' })
    expect(status).toBe(409)
    expect(page).toContain('Aftalen er ændret imens')
    expect(page).toContain('Det er gjort')
    expect(page).toContain('Næste uge')
    expect((await as(world.guest).post(own, { went: 'made', how: 'Næste uge', seen: seen(page) })).status).toBe(303)
    expect((await rows())[0]).toMatchObject({ state: 'made', how: 'Næste uge' })
  })

  test('taken back it is gone, and its link answers as one that never was', async () => {
    const own = await promised()
    expect((await as(world.guest).get(`${own}/back`)).page).toContain('Ja, tag den tilbage')
    const { page } = await as(world.guest).post(`${own}/back`)
    expect(page).toContain('Aftalen er taget tilbage')
    expect(await rows()).toHaveLength(0)
    const gone = await as(world.guest).get(own)
    const never = await as(world.guest).get(`/g/${'x'.repeat(32)}`)
    const odd = await as(world.guest).get('/g/1')
    for (const answer of [never, odd]) expect(answer).toEqual(gone)
    expect(gone).toMatchObject({ status: 404, page: 'commitment.unknown' })
  })
})

describe('a host of the place', () => {
  test('reads all aloud but those who were released', async () => {
    await promised()
    const other = await promised({ name: 'Ole', what: 'Kører Birthe hjem' })
    await as(world.guest).post(other, { went: 'released', seen: '1' })
    const { page } = await as(world.freja).get(`/m/${code}/list`)
    expect(page).toContain('1 aftale at læse op')
    expect(page).toContain('Bager kage')
    expect(page).not.toContain('Kører Birthe hjem')
  })

  test('telephones from the list: whose day has come first, with the number to press', async () => {
    await promised()
    await promised({ name: 'Ole', 'when-day': '', telephone: '' })
    await promised({ name: 'Per', 'when-day': '1. juli' })
    world.clock.set('2027-05-04T10:00:00Z')
    const { page } = await as(world.freja).get(`/m/${code}/list?view=calls`)
    expect(page.indexOf('Nu kan du spørge 1')).toBeGreaterThan(0)
    expect(page.indexOf('Ida')).toBeLessThan(page.indexOf('Ole'))
    expect(page.indexOf('Ole')).toBeLessThan(page.indexOf('Per'))
    expect(page).toContain('href="tel:12345678"')
    const id = String((await rows()).find(({ name }) => name === 'Ida')?.id)
    const { to } = await as(world.freja).post(`/m/${code}/list/${id}`, { went: 'kept', seen: '1', how: '' })
    expect(to).toBe(`/m/${code}/list?view=calls#c-${id}`)
    expect((await as(world.freja).get(`/m/${code}/list?view=calls`)).page).toContain('1 har fortalt det')
  })

  test('once the card is closed, the list is the one to telephone from', async () => {
    await promised()
    expect((await as(world.freja).get(`/m/${code}/list`)).page).toContain('Læs op til sidst')
    await openExitCard(world.freja, world.later, code)
    await closeExitCard(world.freja, world.later, code)
    expect((await as(world.freja).get(`/m/${code}/list`)).page).toContain('Ring og spørg')
  })

  test('writes one down for somebody without a phone, once though it is sent twice', async () => {
    const form = { ...cake({ name: 'Birthe' }), id: randomUUID() }
    expect((await as(world.freja).post(`/m/${code}/list/new`, form)).to).toContain('written=1')
    await as(world.freja).post(`/m/${code}/list/new`, form)
    expect(await rows()).toMatchObject([{ name: 'Birthe', medium: 'facilitator', secret_hash: null }])
    expect((await as(world.freja).post(`/m/${code}/list/new`, { ...form, what: '' })).status).toBe(400)
  })

  test('changes and strikes it; two hosts at once do not overwrite each other', async () => {
    const id = await writeCommitment(world.freja, hall, code, {
      name: 'Birthe',
      what: 'Kage',
      byWhen: null,
      toWhom: null,
      telephone: null,
      medium: 'paper',
    })
    const path = `/m/${code}/list/${id}`
    expect((await as(world.freja).post(`${path}/change`, { ...cake({ what: 'To kager' }), seen: '1' })).status).toBe(
      303,
    )
    const late = await as(world.freja).post(`${path}/change`, { ...cake({ what: 'Tre kager' }), seen: '1' })
    expect(late.status).toBe(409)
    expect(late.page).toContain('To kager')
    expect(late.page).toContain('Tre kager')
    expect((await rows())[0]?.what).toBe('To kager')
    expect((await as(world.freja).post(`${path}/back`)).status).toBe(303)
    expect(await rows()).toHaveLength(0)
    expect((await as(world.freja).get(path)).page).toBe('commitment.unknown')
  })
})

describe('nobody else', () => {
  test.each([
    ['a resident', () => world.karsten],
    ['a host elsewhere', () => world.stranger],
    ['an employee', () => world.amira],
  ])('%s cannot see, write, change or strike', async (_who, actor) => {
    await promised()
    const id = String((await rows())[0]?.id)
    const they = as(actor())
    for (const path of ['', '/new', `/${id}`]) expect((await they.get(`/m/${code}/list${path}`)).page).toBe('not-yours')
    for (const path of ['/new', `/${id}`, `/${id}/change`, `/${id}/back`])
      expect((await they.post(`/m/${code}/list${path}`, { ...cake(), went: 'kept', seen: '1' })).page).toBe('not-yours')
    // Past the page, the policies say the same.
    const meeting = await idOf()
    const seen = await asActor(actor(), (tx) => ask.promisedAt(tx, meeting)).catch(() => [])
    expect(seen).toEqual([])
    expect(await asActor(actor(), (tx) => ask.strike(tx, id)).catch(() => false)).toBe(false)
    expect(await rows()).toHaveLength(1)
  })

  test('a host elsewhere cannot reach it through their own meeting', async () => {
    await promised()
    const id = String((await rows())[0]?.id)
    const theirs = await planMeeting(world.stranger, { id: world.lyngo, timeZone: 'Europe/Copenhagen' }, plan)
    expect((await as(world.stranger).get(`/m/${theirs}/list/${id}`)).page).toBe('commitment.unknown')
    expect((await promisedHere(world.stranger, theirs)).commitments).toEqual([])
  })

  test('a host cannot write in a phone’s name', async () => {
    const meeting = await idOf()
    const forged = { id: randomUUID(), meeting, name: 'Ida', what: 'Kage', byWhen: null, toWhom: null, telephone: null }
    await expect(
      asActor(world.freja, (tx) => ask.keepPromise(tx, { ...forged, secretHash: Buffer.alloc(32) })),
    ).rejects.toThrow(/permission denied/)
  })
})
