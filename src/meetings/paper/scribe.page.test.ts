import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signedIn } from '../../access/test-person.ts'
import type { Visited } from '../../access/visit.ts'
import { type Actor, asActor } from '../../db/as-actor.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Refusal } from '../../refusal.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { openExitCard } from '../exit-card.deeds.ts'
import { type Hall, openHall } from '../hall.ts'
import { addTheme, beginEvening, moveStatements } from '../leading/leading.deeds.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { paperPages } from './paper.page.tsx'
import * as ask from './paper.queries.ts'
import { columnsOf, fieldName, type Section } from './scribe.ts'

let world: World
let hall: Hall
let code: string
let meeting: string
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
const idOf = async (of: string) =>
  String((await world.sql('select id from community.meeting where code = $1', [of]))[0]?.id)

beforeEach(async () => {
  code = await aMeeting()
  meeting = await idOf(code)
  await beginEvening(world.freja, hall, world.later, code)
})

/** The pages as somebody sees them. */
function as(actor: Actor, lang: Lang = 'da') {
  const site = new Hono<Visited>()
  site.use(async (c, next) => {
    const person = signedIn(actor)
    c.set('visit', { house: world.house, actor, person, lang, origin: 'https://oplive.test' })
    await next()
  })
  site.route('/', paperPages(hall))
  site.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.code, error.status)
    throw error
  })
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await site.request(path, init)
    return { status: answer.status, to: answer.headers.get('location') ?? '', page: await answer.text() }
  }
  return {
    get: (path: string) => send(path),
    post: (path: string, form: Record<string, string> | URLSearchParams = {}, byScript = false) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(form),
        ...(byScript && { headers: { 'x-oplive-outbox': '1' } }),
      }),
  }
}

function typed(section: Section, rows: readonly (readonly string[])[]): URLSearchParams {
  const form = new URLSearchParams({ lang: 'da' })
  rows.forEach((cells, place) => {
    form.set(fieldName(section, place + 1, 'id'), randomUUID())
    columnsOf[section].forEach((column, at) => {
      form.set(fieldName(section, place + 1, column), cells[at] ?? '')
    })
  })
  return form
}
const send = (section: Section, form: URLSearchParams, actor = world.freja, byScript = false) =>
  as(actor).post(`/m/${code}/scribe/${section}`, form, byScript)
const count = async (table: string) =>
  Number((await world.sql(`select count(*) from community.${table} where meeting_id = $1`, [meeting]))[0]?.count)
const evening = async () => {
  hall.evenings.forget(meeting)
  const now = await hall.evenings.of(meeting)
  if (!now) throw new Error('the evening has begun')
  return now
}

describe('a scribe types from paper', () => {
  test('the door list, forty at four times ten, without any script', async () => {
    for (const _ of [1, 2, 3, 4]) {
      const { status, to } = await send(
        'door',
        typed(
          'door',
          Array.from({ length: 10 }, (_, at) => [`Nabo ${at}`, at % 2 ? 'f' : 'n', 'Freja']),
        ),
      )
      expect(status).toBe(303)
      expect(to).toMatch(/saved=door&ids=.*#door$/)
    }
    expect((await evening()).here).toBe(40)
    const { page } = await as(world.freja).get(`/m/${code}/doorlist`)
    expect(page).toContain('40 er på listen')
    expect(page).toContain('20 af de 40, der svarede, er her for første gang.')
    expect(page).toContain('40 med en nabo')
  })

  test('slips, which count as voices and stand on the wall', async () => {
    await send(
      'words',
      typed('words', [
        ['unbearable', 'Mørket på stien'],
        ['', 'Bussen, der ikke kommer'],
        ['hope', 'De unge'],
      ]),
    )
    const { voices, statements } = await evening()
    expect(voices).toBe(3)
    expect(statements.map(({ kind, medium, state }) => [kind, medium, state])).toEqual([
      ['unbearable', 'paper', 'shown'],
      ['unbearable', 'paper', 'shown'],
      ['hope', 'paper', 'shown'],
    ])
  })

  test('promises, with their day in one field', async () => {
    await send('promises', typed('promises', [['Birthe', 'Kage den 4.', '4. maj', 'Freja', '12345678']]))
    const [row] = await world.sql(`select *, by_when::text as day from community.commitment where meeting_id = $1`, [
      meeting,
    ])
    expect(row).toMatchObject({ name: 'Birthe', day: '2027-05-04', medium: 'paper', secret_hash: null })
  })

  test.each([
    ['door', ['Ida', 'f', 'Freja'], 'arrival'],
    ['words', ['hope', 'De unge'], 'statement'],
    ['promises', ['Ida', 'Bager kage'], 'commitment'],
  ] as const)('rows of %s that are sent twice are the same rows', async (section, row, table) => {
    const form = typed(section, [row])
    expect((await send(section, form, world.freja, true)).status).toBe(204)
    expect((await send(section, form, world.freja, true)).status).toBe(204)
    expect((await send(section, form)).status).toBe(303)
    expect(await count(table)).toBe(1)
    if (table === 'statement') expect((await evening()).voices).toBe(1)
  })

  test('with one row wrong, nothing is saved and everything stands there again', async () => {
    const form = typed('door', [
      ['Ida', 'f', 'Freja'],
      ['Ole', 'q', 'Borgerforeningen'],
    ])
    const { status, page } = await send('door', form)
    expect(status).toBe(400)
    for (const words of [
      'value="Ida"',
      'value="Borgerforeningen"',
      'Række 2: Skriv f for første gang, eller n for nej',
    ])
      expect(page).toContain(words)
    expect(page).toContain(form.get('door-1-id') ?? '?')
    expect(await count('arrival')).toBe(0)
  })

  test('to a script, what is wrong is told by field, in words', async () => {
    const { status, page } = await send('words', typed('words', [['hope', 'ring til 010203-1234']]), world.freja, true)
    expect(status).toBe(400)
    expect(JSON.parse(page)).toEqual([
      { column: 'text', message: 'Det ligner et CPR-nummer. Tag det ud, så det ikke bliver gemt' },
    ])
    expect(await count('statement')).toBe(0)
  })

  test('a form without anything in it says so', async () => {
    expect((await send('door', typed('door', [[], []]))).page).toContain('Skriv noget i rækken')
  })

  test.each([
    [
      'door',
      [
        ['Ida', 'f', 'Freja'],
        ['Ole', 'n', 'kommunen'],
      ],
      'value="kommunen"',
      'arrival',
    ],
    [
      'promises',
      [
        ['Ida', 'Kage'],
        ['Ole', 'Kører'],
      ],
      'value="Kører"',
      'commitment',
    ],
  ] as const)(
    'the last row of %s is taken back, and stands there to be mended',
    async (section, rows, words, table) => {
      const { to } = await send(section, typed(section, rows))
      const ids = /ids=([^#]+)/.exec(to)?.[1] ?? ''
      const { page } = await as(world.freja).post(`/m/${code}/scribe/undo`, { section, ids, lang: 'da' })
      expect(page).toContain(words)
      expect(page).toContain('Rækken er taget tilbage')
      expect(page).not.toContain(ids.split(',')[1])
      expect(await count(table)).toBe(1)
    },
  )

  test('a slip is taken back as a facilitator would undo it, and its voice with it', async () => {
    const form = typed('words', [['hope', 'Slåfejl']])
    await send('words', form)
    const ids = form.get('words-1-id') ?? ''
    const { page } = await as(world.freja).post(`/m/${code}/scribe/undo`, { section: 'words', ids, lang: 'da' })
    expect(page).toContain('value="Slåfejl"')
    const { voices, statements } = await evening()
    expect([voices, statements.length]).toEqual([0, 0])
  })

  test('a slip that a facilitator has moved is not taken from under their hand', async () => {
    const form = typed('words', [['hope', 'Lys i hallen']])
    await send('words', form)
    const id = form.get('words-1-id') ?? ''
    await moveStatements(world.freja, hall, code, [id], await addTheme(world.freja, hall, code, 'Lys'))
    expect((await as(world.freja).post(`/m/${code}/scribe/undo`, { section: 'words', ids: id }, true)).status).toBe(409)
    expect((await evening()).statements).toHaveLength(1)
  })

  test('before the evening has begun the door list can be typed, and slips wait', async () => {
    code = await aMeeting()
    meeting = await idOf(code)
    expect((await as(world.freja).get(`/m/${code}/scribe`)).page).toContain(
      'Sedlerne kan skrives ind, når mødet er begyndt.',
    )
    expect((await send('door', typed('door', [['Ida', 'f', '']]))).status).toBe(303)
    expect((await send('words', typed('words', [['hope', 'Lys']]))).page).toBe('evening.not-begun')
  })

  test('somebody’s own writing cannot become part of the page', async () => {
    await send('door', typed('door', [['<b>Ida', 'f', '"><script>']]))
    const { page } = await as(world.freja).get(`/m/${code}/doorlist`)
    expect(page).toContain('&lt;b&gt;Ida')
    expect(page).not.toContain('<script>')
  })
})

describe('dots counted on the wall', () => {
  const field = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
  async function formOf(theme: string, n: string) {
    const { page } = await as(world.freja).get(`/m/${code}/scribe`)
    return {
      [`dot-${theme}`]: n,
      [`seen-${theme}`]: field(page, `seen-${theme}`),
      [`was-${theme}`]: field(page, `was-${theme}`),
    }
  }
  const type = (form: Record<string, string>) => as(world.freja).post(`/m/${code}/scribe/dots`, form)
  const dots = async () => (await evening()).themes.map(({ paperDots }) => paperDots)

  test('are typed as totals, and corrected', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Lys i hallen')
    expect((await type(await formOf(theme, '23'))).status).toBe(303)
    expect(await dots()).toEqual([23])
    expect((await type(await formOf(theme, '24'))).status).toBe(303)
    expect(await dots()).toEqual([24])
  })

  test('two scribes at once do not overwrite each other', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Lys i hallen')
    const [one, other] = [await formOf(theme, '23'), await formOf(theme, '32')]
    await type(one)
    const { status, page } = await type(other)
    expect(status).toBe(409)
    expect(page).toContain('En anden har skrevet 23 imens')
    expect(page).toContain('value="32"')
    expect(await dots()).toEqual([23])
    // Who has looked again may.
    const again = { [`dot-${theme}`]: '32', [`seen-${theme}`]: field(page, `seen-${theme}`), [`was-${theme}`]: '23' }
    expect((await type(again)).status).toBe(303)
    expect(await dots()).toEqual([32])
    expect((await type(one)).status).toBe(409)
  })

  test('the same number twice is no quarrel', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Lys i hallen')
    const form = await formOf(theme, '23')
    await type(form)
    expect((await type(form)).status).toBe(303)
  })

  test('a theme of another meeting is left alone', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Lys i hallen')
    code = await aMeeting()
    await beginEvening(world.freja, hall, world.later, code)
    await type({ [`dot-${theme}`]: '9', [`seen-${theme}`]: '0', [`was-${theme}`]: '' })
    expect(await world.sql('select * from community.dot_count where theme_id = $1', [theme])).toEqual([])
  })

  test('what is no number is asked about, and stays as it was typed', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Lys i hallen')
    const { status, page } = await type(await formOf(theme, 'mange'))
    expect(status).toBe(400)
    expect(page).toContain('value="mange"')
  })
})

describe('the door list', () => {
  const add = (form: Record<string, string>, actor = world.freja) =>
    as(actor).post(`/m/${code}/doorlist/add`, {
      name: 'Birthe',
      first: 'f',
      bringer: 'Freja',
      id: randomUUID(),
      ...form,
    })
  const rows = () => world.sql('select * from community.arrival where meeting_id = $1', [meeting])

  test('takes somebody a host writes on, once though it is sent twice', async () => {
    const id = randomUUID()
    await add({ id })
    await add({ id })
    expect(await rows()).toMatchObject([
      { id, name: 'Birthe', first_time: true, brought_by: 'neighbour', bringer: 'Freja', medium: 'host' },
    ])
    expect((await add({ name: '', first: '', bringer: '' })).status).toBe(400)
  })

  test('is corrected and struck; two hosts at once do not overwrite each other', async () => {
    await add({})
    const path = `/m/${code}/doorlist/${(await rows())[0]?.id}`
    const host = as(world.freja)
    expect((await host.get(path)).page).toContain('value="Birthe"')
    expect((await host.post(path, { name: 'Birthe H', first: 'n', bringer: 'kommunen', seen: '1' })).status).toBe(303)
    expect(await rows()).toMatchObject([{ name: 'Birthe H', first_time: false, brought_by: 'municipality', rev: 2 }])
    const late = await host.post(path, { name: 'Grethe', first: 'f', bringer: '', seen: '1' })
    expect(late.status).toBe(409)
    expect(late.page).toContain('Birthe H')
    expect(late.page).toContain('value="Grethe"')
    expect((await host.post(`${path}/strike`)).status).toBe(303)
    expect((await host.post(`${path}/strike`)).status).toBe(303)
    expect(await rows()).toEqual([])
  })

  test('offers its number as how many were there, and says when that is so', async () => {
    await add({})
    await add({ name: 'Ole' })
    expect((await as(world.freja).get(`/m/${code}/doorlist`)).page).toContain('Sig, at vi er 2 i alt')
    expect((await as(world.freja).post(`/m/${code}/doorlist/attended`)).status).toBe(303)
    expect((await world.sql('select attended from community.meeting where id = $1', [meeting]))[0]?.attended).toBe(2)
    expect((await as(world.freja).get(`/m/${code}/doorlist`)).page).toContain('2 i alt')
  })
})

describe('paper for the tables', () => {
  test('anybody may print it, and it says how much of each', async () => {
    const guest = as(world.guest)
    const { page } = await guest.get(`/m/${code}/paper?people=60`)
    for (const words of ['Dørliste', 'Sedler', 'Temaer til prikker', 'Aftalekort', 'Udgangskort', '30 ark', '15 ark'])
      expect(page).toContain(words)
    for (const sheet of ['door', 'words', 'dots', 'promises', 'cards'])
      expect((await guest.get(`/m/${code}/paper/${sheet}`)).status).toBe(200)
  })

  test('the four kinds of slips lie on one sheet: the unbearable never without hope', async () => {
    const { page } = await as(world.guest).get(`/m/${code}/paper/words`)
    for (const kind of ['Det ubærlige', 'Det skal være anderledes', 'Det har vi', 'Håbet']) expect(page).toContain(kind)
  })

  test('themes hang with their names, and empty ones as long as there are none', async () => {
    const before = await as(world.guest).get(`/m/${code}/paper/dots`)
    expect(before.page.match(/class="dot-sheet"/g)).toHaveLength(4)
    await addTheme(world.freja, hall, code, 'Lys i hallen')
    const after = await as(world.guest).get(`/m/${code}/paper/dots`)
    expect(after.page).toContain('Lys i hallen')
    expect(after.page.match(/class="dot-sheet"/g)).toHaveLength(1)
  })
})

describe('nobody else', () => {
  test.each([
    ['a guest', () => world.guest, 'sign-in.needed'],
    ['a resident', () => world.karsten, 'not-yours'],
    ['a host elsewhere', () => world.stranger, 'not-yours'],
    ['an employee', () => world.amira, 'not-yours'],
  ])('%s cannot see the door list or write for the meeting', async (_who, who, no) => {
    await as(world.freja).post(`/m/${code}/doorlist/add`, { name: 'Birthe', id: randomUUID() })
    const id = String((await world.sql('select id from community.arrival where meeting_id = $1', [meeting]))[0]?.id)
    const they = as(who())
    for (const path of ['scribe', 'doorlist', `doorlist/${id}`])
      expect((await they.get(`/m/${code}/${path}`)).page).toBe(no)
    for (const path of [
      'scribe/door',
      'scribe/words',
      'scribe/promises',
      'scribe/dots',
      'scribe/undo',
      'doorlist/add',
      'doorlist/attended',
      `doorlist/${id}`,
      `doorlist/${id}/strike`,
    ]) {
      const form = path === 'scribe/undo' ? { section: 'door', ids: id } : typed('door', [['Ida', 'f', '']])
      expect((await they.post(`/m/${code}/${path}`, form)).page).toBe(no)
    }
    // Past the page, the policies say the same.
    const seen = await asActor(who(), (tx) => ask.arrivalsOf(tx, meeting)).catch(() => [])
    expect(seen).toEqual([])
    const arrived = { name: 'Ida', firstTime: null, broughtBy: 'unknown', bringer: null } as const
    await expect(asActor(who(), (tx) => ask.addArrival(tx, meeting, randomUUID(), 'host', arrived))).rejects.toThrow()
    expect(await asActor(who(), (tx) => ask.strikeArrival(tx, meeting, id)).catch(() => false)).toBe(false)
    expect(await count('arrival')).toBe(1)
  })

  test('a host cannot count dots in the phones’ name', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Lys')
    await expect(
      asActor(world.freja, (tx) =>
        tx
          .insertInto('community.dot_count')
          .values({ meeting_id: meeting, theme_id: theme, medium: 'phone', n: 99 })
          .execute(),
      ),
    ).rejects.toThrow(/row-level security/)
  })

  test('everything can still be typed while the exit card is open', async () => {
    await openExitCard(world.freja, world.later, code)
    hall.forget()
    expect((await send('door', typed('door', [['Ida', 'f', '']]))).status).toBe(303)
    expect((await send('words', typed('words', [['hope', 'Lys']]))).status).toBe(303)
    expect((await send('promises', typed('promises', [['Ida', 'Kage']]))).status).toBe(303)
  })
})
