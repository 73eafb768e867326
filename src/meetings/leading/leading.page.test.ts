import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Visited } from '../../access/visit.ts'
import { type TestSite, visitAs } from '../../communities/test-site.ts'
import type { Actor } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import type { Evening } from '../evening.ts'
import { openExitCard } from '../exit-card.deeds.ts'
import { type Hall, openHall } from '../hall.ts'
import { hallScreenPages } from '../hall-screen.page.tsx'
import { hostingPages } from '../hosting/hosting.page.tsx'
import { planMeeting } from '../meeting.deeds.ts'
import { leadState } from './lead-state.page.tsx'
import { addTheme, beginEvening, setPriority, setStage, talk } from './leading.deeds.ts'
import { leadingPages } from './leading.page.tsx'

let world: World
let hall: Hall
let freja: TestSite
let code: string
let meeting: string

const as = (actor: Actor) =>
  visitAs(world.house, actor, leadingPages(hall, world.later), hostingPages(hall, world.later), hallScreenPages(hall))

beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
  freja = await as(world.freja)
})

async function aMeeting(date = '2027-03-14') {
  code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem tør have nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja',
      date,
      time: '19:30',
    },
  )
  meeting = (await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id as string
}

beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  await aMeeting()
  await beginEvening(world.freja, hall, world.later, code)
})

async function now(): Promise<Evening> {
  hall.evenings.forget(meeting)
  const evening = await hall.evenings.of(meeting)
  if (!evening) throw new Error('the evening has begun')
  return evening
}
async function says(text: string, kind = 'hope', tag = randomUUID().replaceAll('-', '')): Promise<string> {
  const id = randomUUID()
  await world.sql(
    `insert into community.statement (id, meeting_id, kind, text, lang, medium, tag, state) values ($1, $2, $3, $4, 'da', 'phone', decode($5, 'hex'), 'shown')`,
    [id, meeting, kind, text, tag],
  )
  hall.evenings.forget(meeting)
  return id
}
const lead = (path = '') => `/m/${code}/lead${path}`
const board = (path = '') => `/m/${code}/board${path}`
const keyOf = (html: string) => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? ''

describe('who comes in', () => {
  const doors = ['/lead', '/board', '/board/changes', '/begin']
  test.each(doors)("a facilitator's link %s passed on opens for no one else", async (path) => {
    const at = `/m/${code}${path}`
    expect(await (await as(world.guest)).get(at)).toMatchObject({ status: 401, text: 'sign-in.needed' })
    for (const actor of [world.karsten, world.stranger, world.amira])
      expect((await (await as(actor)).get(at)).status).toBe(403)
    expect([200, 303]).toContain((await freja.get(at)).status)
  })

  const deeds = ['stage', 'agenda', 'talk', 'screen', 'attended', 'write', 'theme', 'rename', 'remove', 'order']
  test.each([...deeds, 'priority', 'move', 'hide', 'show', 'undo'])(
    'nobody else does "%s", and nothing is changed',
    async (deed) => {
      await addTheme(world.freja, hall, code, 'Hallen')
      const before = await now()
      const theme = before.themes[0]?.id ?? ''
      const form = {
        stage: 'say',
        place: '2',
        who: 'residents',
        show: 'code',
        theme,
        name: 'Nyt',
        kind: 'hope',
        text: 'Ord',
      }
      for (const [actor, status] of [
        [world.guest, 401],
        [world.karsten, 403],
        [world.stranger, 403],
        [world.amira, 403],
      ] as const)
        expect((await (await as(actor)).post(lead(`/${deed}`), form)).status).toBe(status)
      expect(await now()).toEqual(before)
    },
  )

  test('a code that nobody has, and a deed that does not exist, are not found', async () => {
    expect((await freja.get('/m/ZZZZZZ/board')).status).toBe(404)
    expect((await freja.post(lead('/explode'), {})).status).toBe(404)
    expect((await freja.post(lead('/stage'), { stage: 'dance' })).status).toBe(404)
    expect((await freja.post(lead('/screen'), { show: 'games' })).status).toBe(404)
    expect((await freja.post(lead('/agenda'), { place: 'two' })).status).toBe(404)
  })
})

describe('beginning', () => {
  test('before the evening this address is the desk, and from there it is begun', async () => {
    await aMeeting()
    const desk = await freja.get(lead())
    expect(desk.text).toContain('Begynd mødet')
    expect(desk.html).toContain(`action="/m/${code}/begin"`)
    expect((await freja.post(`/m/${code}/begin`, {})).location).toBe(`/m/${code}/lead`)
    const page = await freja.get(lead())
    expect(page.text).toContain('Punkt 1 af 7')
    expect(page.text).toContain('Lad folk komme ind')
  })

  test('days before, it is asked first', async () => {
    await aMeeting('2027-03-21')
    expect((await freja.get(lead())).html).toContain(`href="/m/${code}/begin"`)
    const asked = await freja.get(`/m/${code}/begin`)
    expect(asked.text).toContain('søndag 21. marts kl. 19.30')
    expect(await hall.evenings.of(meeting)).toBeNull()
  })

  test('the exit card opens without an evening too, and there is no board then', async () => {
    await aMeeting()
    expect((await freja.get(board())).status).toBe(409)
    await openExitCard(world.freja, world.later, code)
    expect((await freja.get(lead())).text).toContain('Udgangskortet er åbent')
  })
})

describe('the page of the one who leads', () => {
  test('somebody who has never led one is shown one thing to do, all the way through the evening', async () => {
    const next = async () => /Det næste (.*?) Hvem taler\?/.exec((await freja.get(lead())).text)?.[1] ?? ''
    expect(await next()).toContain('Lad folk komme ind')
    await freja.post(lead('/agenda'), { place: '2', seen: '1' })
    expect(await next()).toContain('Lad folk sige, hvad de bærer på')
    await freja.post(lead('/stage'), { stage: 'say', seen: 'welcome' })
    expect(await next()).toContain('Ingen har sagt noget endnu')
    for (const n of [1, 2, 3, 4, 5]) await says(`Håb nummer ${n}`)
    expect(await next()).toContain('5 har sagt noget')
    await freja.post(lead('/stage'), { stage: 'recognise' })
    expect(await next()).toContain('Saml ordene i temaer')
    const themes = [
      await addTheme(world.freja, hall, code, 'Hallen'),
      await addTheme(world.freja, hall, code, 'Bussen'),
    ]
    expect(await next()).toContain('Lad dem vælge')
    await freja.post(lead('/stage'), { stage: 'choose' })
    expect(await next()).toContain('Stop, når alle har sat prikker')
    await freja.post(lead('/stage'), { stage: 'rest' })
    await world.sql(`insert into community.dot_count (meeting_id, theme_id, medium, n) values ($1, $2, 'paper', 9)`, [
      meeting,
      themes[0],
    ])
    await now()
    expect(await next()).toContain('Vælg to til fire temaer')
    for (const theme of themes) await setPriority(world.freja, hall, code, theme, true)
    expect(await next()).toContain('Hvad gør du nu?')
    await freja.post(lead('/stage'), { stage: 'promise' })
    expect(await next()).toContain('Ingen aftaler er lavet endnu')
    await world.sql(
      `insert into community.commitment (id, meeting_id, name, what, medium) values (gen_random_uuid(), $1, 'Karsten', 'Henter nøglen', 'paper')`,
      [meeting],
    )
    await now()
    expect(await next()).toContain('1 aftale er lavet')
    await freja.post(lead('/agenda'), { place: '8' })
    expect(await next()).toContain('Åbn udgangskortet')
  })

  test('the clock says what is left in minutes, and goes over time without a shout', async () => {
    expect((await freja.get(lead())).text).toContain('10 minutter tilbage Slutter kl. 19.10.')
    world.clock.set('2027-03-14T18:09:30Z')
    expect((await freja.get(lead())).text).toContain('Under et minut tilbage')
    world.clock.set('2027-03-14T18:12:00Z')
    const late = await freja.get(lead())
    expect(late.text).toContain('2 minutter over tiden')
    expect(late.html).not.toMatch(/lead-clock[^>]*(wrong|warn|alert)/)
  })

  test('talk time is told as a part of all that was talked, and stands there after a reload', async () => {
    await freja.post(lead('/talk'), { who: 'residents' })
    world.clock.set('2027-03-14T18:24:00Z')
    await freja.post(lead('/talk'), { who: 'municipality' })
    world.clock.set('2027-03-14T18:42:00Z')
    const { text, html } = await freja.get(lead())
    expect(text).toContain('Kommunen taler 18 af 42 minutter · taler nu')
    expect(text).toContain('Beboerne taler 24 af 42 minutter')
    expect(html).toMatch(/class="lead-speak municipality" aria-pressed="true"/)
    await freja.post(lead('/talk'), { who: '' })
    world.clock.set('2027-03-14T19:42:00Z')
    expect((await freja.get(lead())).text).toContain('Kommunen taler 18 af 42 minutter')
  })

  test('words for somebody without a phone are put up once, however often they are sent', async () => {
    const key = keyOf((await freja.get(lead())).html)
    const form = { kind: 'unbearable', text: '  Bussen går\nklokken 17  ', 'said-lang': 'da', key, back: 'lead' }
    expect((await freja.post(lead('/write'), form)).location).toBe(`/m/${code}/lead?written=1`)
    await freja.post(lead('/write'), form)
    expect((await now()).statements).toMatchObject([{ text: 'Bussen går klokken 17', medium: 'facilitator', id: key }])
    expect((await freja.get(lead('?written=1'))).text).toContain('Det står der nu')
  })

  test.each([
    ['only spaces', '   ', 'Skriv, hvad der blev sagt'],
    ['281 characters', 'æ'.repeat(281), 'Der er plads til 280 tegn'],
    ['what looks like a CPR number', 'Ring til mig, 010203-1234', 'Det ligner et CPR-nummer'],
  ])('%s is not taken, and stands there as it was typed', async (_, text, why) => {
    const answer = await freja.post(lead('/write'), { kind: 'hope', text, 'said-lang': 'da' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain(why)
    if (text.trim()) expect(answer.html).toContain(`${text}</textarea>`)
    expect(answer.html).toMatch(/value="hope" checked/)
    expect((await now()).statements).toEqual([])
  })

  test('emoji, Arabic and 280 characters are taken as they are', async () => {
    for (const text of ['🏡💡🥘', 'نريد مكانًا نلتقي فيه', '🥘'.repeat(280)])
      expect((await freja.post(lead('/write'), { kind: 'hope', text, 'said-lang': 'da' })).status).toBe(303)
    expect((await now()).statements.map(({ text, lang }) => [text.length, lang])).toEqual([
      [6, 'da'],
      [21, 'ar'],
      [560, 'da'],
    ])
  })

  test('whoever presses on an old page is told how it is now, and what they typed is kept', async () => {
    await setStage(world.freja, hall, code, 'say')
    const answer = await freja.post(lead('/stage'), { stage: 'choose', seen: 'welcome', text: 'halvt skrevet' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('En anden nåede det først')
    expect(answer.html).toMatch(/value="say" class="lead-stage" aria-pressed="true"/)
    expect((await now()).stage).toBe('say')
  })

  test('the last deed is undone by its name, and an old one through the list', async () => {
    await freja.post(lead('/stage'), { stage: 'say' })
    await freja.post(lead('/talk'), { who: 'residents' })
    const page = await freja.get(lead())
    expect(page.text).toContain('Fortryd: hvem der taler')
    const ids = [...page.html.matchAll(/name="id" value="(\d+)"/g)].map(([, id]) => id ?? '')
    expect((await freja.post(lead('/undo'), { id: ids[1] ?? '' })).location).toContain('undone=stage')
    expect((await freja.get(lead('?undone=stage'))).text).toContain('Fortrudt: telefonerne skiftede')
    expect(await now()).toMatchObject({ stage: 'welcome', talk: { talking: 'residents' } })
    expect((await freja.get(lead('?undone=<script>'))).html).not.toContain('<script>')
  })

  test('how many are in the hall is counted while the evening is on', async () => {
    expect((await freja.post(lead('/attended'), { attended: 'mange' })).status).toBe(400)
    expect((await freja.post(lead('/attended'), { attended: '58' })).status).toBe(303)
    expect((await freja.get(lead())).text).toContain('Talt i salen 58')
  })

  test('while the exit card is open, the number of answers lives on the page', async () => {
    await openExitCard(world.freja, world.later, code)
    hall.forget()
    const page = await freja.get(lead())
    expect(page.html).toContain(`data-live="/m/${code}/stream?for=lead&amp;lang=da"`)
    expect(page.html).toContain(`/m/${code}/board`)
    const here = await hall.find(code)
    expect(here && (await leadState(hall, here, 'da'))).toContain('Ingen har svaret endnu')
  })
})

describe('the board', () => {
  const pick = (id: string, theme = '-') => `${id} ${theme}`

  test('the same words from forty stand once, and go together', async () => {
    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, n) => says(n % 2 ? 'Hallen er låst.' : 'hallen er LÅST', 'unbearable')),
    )
    const first = (await now()).statements[0]?.id ?? ''
    const page = await freja.get(board())
    expect(page.text).toContain('sagt af 40')
    expect(page.html.match(/class="board-row/g)).toHaveLength(1)
    await freja.post(lead('/theme'), { pick: pick(first), back: 'board' })
    const { themes, statements } = await now()
    expect(themes.map(({ name }) => name.toLowerCase())).toEqual([expect.stringContaining('hallen er låst')])
    expect(statements.filter(({ theme }) => theme === themes[0]?.id)).toHaveLength(ids.length)
    await freja.post(lead('/hide'), { pick: pick(first, themes[0]?.id), why: 'hurts', back: 'board' })
    expect((await now()).statements.every(({ state }) => state === 'hidden')).toBe(true)
    expect((await freja.get(board())).text).toContain('det kan såre nogen')
    await freja.post(lead('/show'), { id: first, back: 'board' })
    expect((await now()).statements.every(({ state }) => state === 'shown')).toBe(true)
  })

  test('several are ticked and put in a theme with one button, without a script', async () => {
    const [one, two, three] = [await says('En'), await says('To'), await says('Tre')]
    const theme = await addTheme(world.freja, hall, code, 'Hallen')
    const form = new URLSearchParams({ to: theme, theme: 'out', back: 'board' })
    for (const id of [one, three]) form.append('pick', pick(id))
    expect((await freja.post(lead('/move'), form)).location).toBe(`/m/${code}/board`)
    expect((await now()).statements.map(({ theme: at }) => at)).toEqual([theme, null, theme])
    await freja.post(lead('/move'), new URLSearchParams({ theme: 'out', pick: pick(three, theme), back: 'board' }))
    expect((await now()).statements.map(({ theme: at }) => at)).toEqual([theme, null, null])
    expect(two).not.toBe(one)
  })

  test('on an old page nothing is moved over another facilitator: the page comes back as it is, with the ticks still set', async () => {
    const said = await says('Der er ni, der kan bage')
    const [a, b] = [await addTheme(world.freja, hall, code, 'A'), await addTheme(world.freja, hall, code, 'B')]
    await freja.post(lead('/move'), { pick: pick(said), to: a, back: 'board' })
    const late = await freja.post(lead('/move'), { pick: pick(said), to: b, back: 'board' })
    expect(late.status).toBe(409)
    expect(late.text).toContain('En anden nåede det først')
    expect(late.html).toMatch(new RegExp(`value="${said} ${a}" checked`))
    expect((await now()).statements[0]?.theme).toBe(a)
    const made = await freja.post(lead('/theme'), { name: 'C', pick: pick(said), back: 'board' })
    expect(made.status).toBe(409)
    expect((await now()).themes.map(({ name }) => name)).toEqual(['A', 'B'])
    await freja.post(lead('/remove'), { theme: b, back: 'board' })
    const gone = await freja.post(lead('/move'), { pick: pick(said, a), to: b, back: 'board' })
    expect(gone.text).toContain('En anden har lige fjernet temaet')
  })

  test('a name that is too long, no ticks, and no reason are told, and nothing typed is lost', async () => {
    const said = await says('Ord')
    const name = 'å'.repeat(81)
    const long = await freja.post(lead('/theme'), { name, pick: pick(said), back: 'board' })
    expect(long.status).toBe(400)
    expect(long.text).toContain('Der er plads til 80 tegn')
    expect(long.html).toContain(`value="${name}"`)
    expect(long.html).toContain(`value="${said} -" checked`)
    expect((await freja.post(lead('/theme'), { name: ' ', back: 'board' })).text).toContain('Skriv et navn til temaet')
    expect((await freja.post(lead('/move'), { to: randomUUID(), back: 'board' })).text).toContain(
      'Vælg nogle ord først',
    )
    expect((await freja.post(lead('/hide'), { pick: pick(said), back: 'board' })).text).toContain('Vælg, hvorfor')
    expect((await now()).themes).toEqual([])
  })

  test('a fifth priority is told why not', async () => {
    const themes = []
    for (const name of ['A', 'B', 'C', 'D', 'E']) themes.push(await addTheme(world.freja, hall, code, name))
    for (const theme of themes.slice(0, 4)) await freja.post(lead('/priority'), { theme, on: '1', back: 'board' })
    const fifth = await freja.post(lead('/priority'), { theme: themes[4] ?? '', on: '1', back: 'board' })
    expect(fifth.status).toBe(409)
    expect(fifth.text).toContain('I har allerede valgt fire')
    expect((await freja.get(board())).text).toContain('4 valgt')
  })

  test('dots are told with how many they come from, and only when choosing is over', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Hallen')
    await setStage(world.freja, hall, code, 'choose')
    for (let phone = 0; phone < 5; phone++)
      await world.sql(
        `insert into community.dot (meeting_id, theme_id, tag, n) values ($1, $2, decode($3, 'hex'), 2)`,
        [meeting, theme, randomUUID().replaceAll('-', '')],
      )
    await world.sql(`insert into community.dot_count (meeting_id, theme_id, medium, n) values ($1, $2, 'paper', 7)`, [
      meeting,
      theme,
    ])
    await now()
    const choosing = await freja.get(board())
    expect(choosing.text).toContain('5 telefoner har sat prikker. Tallene kommer')
    expect(choosing.text).not.toContain('17 prikker')
    await freja.post(lead('/stage'), { stage: 'rest' })
    expect((await freja.get(board())).text).toContain('17 prikker: 10 fra 5 telefoner og 7 på papir')
  })

  test('too few phones: their dots are never told', async () => {
    const theme = await addTheme(world.freja, hall, code, 'Hallen')
    for (let phone = 0; phone < 4; phone++)
      await world.sql(
        `insert into community.dot (meeting_id, theme_id, tag, n) values ($1, $2, decode($3, 'hex'), 3)`,
        [meeting, theme, randomUUID().replaceAll('-', '')],
      )
    await setStage(world.freja, hall, code, 'rest')
    await now()
    const { text } = await freja.get(board())
    expect(text).toContain('For få telefoner har sat prikker')
    expect(text).not.toContain('12 prikker')
  })

  test('what is shown can be sorted by how many know it and filtered by kind, without a script', async () => {
    await says('Ingen kender det', 'hope')
    const known = await says('Mange kender det', 'unbearable')
    await world.sql(
      `insert into community.recognition (statement_id, meeting_id, tag) values ($1, $2, decode($3, 'hex'))`,
      [known, meeting, randomUUID().replaceAll('-', '')],
    )
    await now()
    const orderIn = ({ text }: { text: string }) => text.indexOf('Mange kender') < text.indexOf('Ingen kender')
    expect(orderIn(await freja.get(board()))).toBe(false)
    const sorted = await freja.get(board('?sort=known&kind=hope'))
    expect(orderIn(sorted)).toBe(true)
    expect(sorted.html).toContain('data-only="hope"')
    const moved = await freja.post(lead('/theme'), { pick: pick(known), back: 'board', look: 'known.hope' })
    expect(moved.location).toBe(`/m/${code}/board?sort=known&kind=hope`)
  })

  test('what is new comes in rows, and what was seen does not come again', async () => {
    const first = await says('Det første')
    const at = /data-at="([^"]+)"/.exec((await freja.get(board())).html)?.[1] ?? ''
    const second = await says('Det andet')
    const news = JSON.parse((await freja.get(board(`/changes?since=${at}`))).html)
    expect(news).toMatchObject({ whole: false, gone: [], rows: [{ id: second, theme: null }] })
    await world.sql(`update community.statement set state = 'withdrawn' where id = $1`, [first])
    await now()
    const later = JSON.parse((await freja.get(board(`/changes?since=${news.at}`))).html)
    expect(later).toMatchObject({ whole: false, gone: [first], rows: [] })
    const stranger = JSON.parse((await freja.get(board('/changes?since=elsewhere.12'))).html)
    expect(stranger.whole).toBe(true)
    expect(stranger.rows).toHaveLength(1)
    expect(JSON.parse((await freja.get(board(`/changes?since=${later.at}`))).html).rows).toEqual([])
  })

  test("what a writer still thinks about, or has taken back, is on nobody's board", async () => {
    await says('Vises')
    for (const state of ['asked', 'withdrawn'])
      await world.sql(
        `insert into community.statement (id, meeting_id, kind, text, lang, medium, state) values (gen_random_uuid(), $1, 'hope', $2, 'da', 'phone', $3)`,
        [meeting, `Hemmeligt ${state}`, state],
      )
    await now()
    const page = await freja.get(board())
    expect(page.text).toContain('Vises')
    expect(page.html).not.toContain('Hemmeligt')
  })

  test('a script gets a status and a sentence instead of a page', async () => {
    const said = await says('Ord')
    const site = new Hono<Visited>()
    site.use(async (c, next) => {
      c.set('visit', { house: world.house, actor: world.freja, person: null, lang: 'da', origin: 'http://oplive.test' })
      await next()
    })
    site.route('/', leadingPages(hall, world.later))
    const send = (deed: string, form: Record<string, string>) =>
      site.request(lead(deed), {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { 'x-oplive-leading': '1' },
      })
    const theme = await addTheme(world.freja, hall, code, 'Hallen')
    const done = await send('/move', { pick: pick(said), to: theme, back: 'board' })
    expect([done.status, await done.text()]).toEqual([204, ''])
    const refused = await send('/move', { pick: pick(said, theme), to: randomUUID(), back: 'board' })
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringMatching(/^En anden har lige fjernet temaet/),
    ])
    const empty = await send('/theme', { name: '', back: 'board' })
    expect([empty.status, await empty.text()]).toEqual([400, 'Skriv et navn til temaet'])
  })

  test('markup that somebody typed is read, not run', async () => {
    await says('<img src=x onerror=alert(1)>')
    await addTheme(world.freja, hall, code, '<b>Fed</b> & "citat"')
    const { html } = await freja.get(board())
    expect(html).not.toContain('<img src=x')
    expect(html).not.toContain('<b>Fed')
  })
})

describe('what is put away', () => {
  test('is still to be read, and no more to be led', async () => {
    const said = await says('Det blev sagt')
    await talk(world.freja, hall, code, 'residents')
    await world.sql('update community.evening set put_away_at = now() where meeting_id = $1', [meeting])
    await now()
    expect((await freja.get(board())).text).toContain('Det blev sagt')
    const answer = await freja.post(lead('/theme'), { pick: `${said} -`, back: 'board' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('Aftenen er lagt væk')
  })
})
