import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Visited } from '../../access/visit.ts'
import { writeDefinition } from '../../communities/community.deeds.ts'
import { visitAs } from '../../communities/test-site.ts'
import { type Actor, asActor, asSystem } from '../../db/as-actor.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { agendaOf } from '../evening.queries.ts'
import { type Hall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import type { Kind } from '../meeting.ts'
import { publicRoles, rolesOf, writeAgenda } from '../plan.queries.ts'
import { agendaAsSaid, type RowSaid } from './agenda.ts'
import { seePlan, setAgenda, setRoles } from './hosting.deeds.ts'
import { hostingPages } from './hosting.page.tsx'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})
const pages = () => new Hono<Visited>().route('/', hostingPages(hall, world.later))
const as = (actor: Actor) => visitAs(world.house, actor, pages())

const aMeeting = (kind: Kind = 'listening', community = world.holmetofte, host = world.freja) =>
  planMeeting(
    host,
    { id: community, timeZone: 'Europe/Copenhagen' },
    {
      kind,
      purpose: 'Hvem tør have nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja',
      date: '2027-03-21',
      time: '19:00',
    },
  )
const idOf = async (code: string) =>
  String((await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id)
const planned = async (code: string) => (await seePlan(world.freja, code)).agenda

function agendaForm(rows: readonly RowSaid[], seen: string, pressed = 'keep') {
  const form = new URLSearchParams({ seen, do: pressed })
  for (const [before, said] of rows.entries())
    for (const [column, typed] of Object.entries(said)) {
      if (typed === true) form.set(`${column}-${before + 1}`, 'yes')
      else if (typed !== false) form.set(`${column}-${before + 1}`, typed)
    }
  return form
}
/** The mark that stands in the form. */
const markIn = (html: string) => /name="seen" value="([^"]*)"/.exec(html)?.[1] ?? 'no mark in the form'
const row = (title: string, minutes: string, more: Partial<RowSaid> = {}): RowSaid => ({
  title,
  minutes,
  inform: false,
  close: false,
  reason: '',
  ...more,
})

describe('who may', () => {
  test.each(['agenda', 'roles'])('only a host of the place comes through the %s', async (door) => {
    const code = await aMeeting()
    for (const [actor, status] of [
      [world.guest, 401],
      [world.karsten, 403],
      [world.stranger, 403],
      [world.amira, 403],
    ] as const) {
      expect((await (await as(actor)).get(`/m/${code}/${door}`)).status).toBe(status)
      expect((await (await as(actor)).post(`/m/${code}/${door}`, { host: 'Jeg' })).status).toBe(status)
    }
    expect((await (await as(world.freja)).get(`/m/${code}/${door}`)).status).toBe(200)
  })

  test('PostgreSQL itself lets nobody but its hosts write a meeting’s plan', async () => {
    const id = await idOf(await aMeeting())
    for (const actor of [world.guest, world.karsten, world.stranger, world.amira]) {
      await expect(
        asActor(actor, (tx) => writeAgenda(tx, id, [{ title: 'x', minutes: 1, kind: 'enliven', reason: null }])),
      ).rejects.toThrow(/permission denied|row-level security|duplicate key/)
      expect(await asActor(actor, (tx) => agendaOf(tx, id))).toHaveLength(7)
    }
  })

  test('all may know who hosts and leads and who is of the municipality; the rest only the hosts of the place', async () => {
    const code = await aMeeting()
    const id = await idOf(code)
    await setRoles(world.freja, code, [
      { role: 'host', name: 'Freja', municipal: false, reason: null },
      { role: 'scribe', name: 'Poul', municipal: false, reason: null },
      { role: 'timekeeper', name: 'Amira', municipal: true, reason: null },
    ])
    for (const actor of [world.guest, world.karsten, world.stranger, world.amira])
      expect((await asActor(actor, (tx) => rolesOf(tx, id))).map(({ name }) => name)).toEqual(['Freja', 'Amira'])
    expect((await asActor(world.freja, (tx) => rolesOf(tx, id))).map(({ name }) => name)).toEqual([
      'Freja',
      'Poul',
      'Amira',
    ])
    expect((await asActor(world.freja, (tx) => publicRoles(tx, id))).map(({ name }) => name)).toEqual([
      'Freja',
      'Amira',
    ])
  })
})

describe('the plan of the evening', () => {
  test('a new meeting has ninety minutes, and the page says when it ends', async () => {
    const code = await aMeeting()
    const page = await (await as(world.freja)).get(`/m/${code}/agenda`)
    expect(page.text).toContain('I alt 90 minutter. I begynder kl. 19 og slutter kl. 20.30.')
    expect(page.html).toContain('value="To og to: Hvad kan du ikke holde til, og hvad giver dig håb?"')
    const desk = await (await as(world.freja)).get(`/m/${code}/lead`)
    expect(desk.text).toContain('90 minutter, til kl. 20.30')
  })

  test('a dialogue meeting shows the community’s own words over its plan, or that there are none yet', async () => {
    const code = await aMeeting('dialogue')
    const freja = await as(world.freja)
    expect((await freja.get(`/m/${code}/agenda`)).text).toContain('I har ikke skrevet endnu')
    await writeDefinition(world.freja, 'holmetofte', { text: 'Et sted, der hilser.', authors: 9 })
    const page = await freja.get(`/m/${code}/agenda`)
    expect(page.text).toContain('Et sted, der hilser.')
    expect(page.html).toContain('value="Vi læser vores egne ord om det gode sted højt"')
  })

  test('an untouched plan follows the kind of meeting; one that somebody has worked on stays', async () => {
    const freja = await as(world.freja)
    const form = (kind: string) => ({
      kind,
      purpose: 'Hvad er et godt sted?',
      'date-day': '21',
      'date-month': 'marts',
      'date-year': '2027',
      time: '19',
      place: 'Hallen',
      host: 'Freja',
    })
    const code = await aMeeting()
    await freja.post(`/m/${code}/plan`, form('dialogue'))
    expect((await planned(code))[1]?.title).toBe('Vi læser vores egne ord om det gode sted højt')
    await setAgenda(world.freja, code, [{ title: 'Kaffe', minutes: 20, kind: 'enliven', reason: null }])
    await freja.post(`/m/${code}/plan`, form('listening'))
    expect(await planned(code)).toMatchObject([{ title: 'Kaffe' }])
  })

  test('rows are changed, added, moved and struck without a script', async () => {
    const code = await aMeeting()
    const freja = await as(world.freja)
    const send = async (rows: readonly RowSaid[], pressed?: string) =>
      freja.post(`/m/${code}/agenda`, agendaForm(rows, markIn((await freja.get(`/m/${code}/agenda`)).html), pressed))
    const rows = [...agendaAsSaid(await planned(code)), row('Vi synger 🎶', '5'), row('', '')]
    expect(await send(rows)).toMatchObject({ status: 303, location: `/m/${code}/lead` })
    expect((await planned(code)).map(({ title }) => title).at(-1)).toBe('Vi synger 🎶')
    expect(await send(agendaAsSaid(await planned(code)), 'up-8')).toMatchObject({
      status: 303,
      location: `/m/${code}/agenda#row-7`,
    })
    expect((await planned(code))[6]?.title).toBe('Vi synger 🎶')
    await send(agendaAsSaid(await planned(code)), 'away-1')
    expect(await planned(code)).toHaveLength(7)
  })

  test('more than ten minutes of information asks why, on the page and in the database', async () => {
    const code = await aMeeting()
    const freja = await as(world.freja)
    const mark = markIn((await freja.get(`/m/${code}/agenda`)).html)
    const rows = [row('Vi taler', '30'), row('Kommunen viser tal', '25', { inform: true })]
    const asked = await freja.post(`/m/${code}/agenda`, agendaForm(rows, mark))
    expect(asked.status).toBe(400)
    expect(asked.html).toContain('href="#reason-2"')
    expect(asked.html).toContain('id="reason-2"')
    expect(asked.html).toContain('value="Kommunen viser tal"')
    const id = await idOf(code)
    await expect(
      asSystem(world.house, 'go past the page', (tx) =>
        writeAgenda(tx, id, [{ title: 'Tal', minutes: 25, kind: 'inform', reason: null }]),
      ),
    ).rejects.toThrow(/check constraint/)
    const said = [rows[0] ?? row('', ''), row('Kommunen viser tal', '25', { inform: true, reason: 'Skolen lukker' })]
    expect((await freja.post(`/m/${code}/agenda`, agendaForm(said, mark))).location).toBe(`/m/${code}/lead`)
    expect((await planned(code))[1]).toMatchObject({ kind: 'inform', reason: 'Skolen lukker' })
  })

  test('information before people have talked is kept, and brings a question', async () => {
    const code = await aMeeting()
    const freja = await as(world.freja)
    const mark = markIn((await freja.get(`/m/${code}/agenda`)).html)
    const rows = [row('Formanden oplyser', '8', { inform: true }), row('Vi taler', '60')]
    expect((await freja.post(`/m/${code}/agenda`, agendaForm(rows, mark))).location).toBe(`/m/${code}/agenda`)
    const page = await freja.get(`/m/${code}/agenda`)
    expect(page.text).toContain('Kan punkt 1 vente lidt?')
    expect(page.text).toContain('Du bestemmer.')
    expect(await planned(code)).toHaveLength(2)
  })

  test('what cannot be a plan comes back as it was typed, and changes nothing', async () => {
    const code = await aMeeting()
    const freja = await as(world.freja)
    const rows = [row('<script>"', '-5'), row('مرحبا', '20'), row('', '15'), row('å'.repeat(121), '5')]
    const again = await freja.post(`/m/${code}/agenda`, agendaForm(rows, 'x'))
    expect(again.status).toBe(400)
    for (const typed of ['value="&lt;script&gt;&quot;"', 'value="-5"', 'value="مرحبا"', 'value="15"'])
      expect(again.html).toContain(typed)
    expect(again.html).toContain('å'.repeat(121))
    expect(again.text).toContain('Punkt 1: Skriv, hvor mange minutter det tager')
    expect(await planned(code)).toHaveLength(7)
    const many = Array.from({ length: 301 }, (_, n) => row(`Punkt nummer ${n}`, '1'))
    const tooMany = await freja.post(`/m/${code}/agenda`, agendaForm(many, 'x'))
    expect(tooMany.status).toBe(400)
    expect(tooMany.html).toContain('value="Punkt nummer 300"')
  })

  test('two hosts at once: the second is told, keeps what they typed, and may still decide', async () => {
    const code = await aMeeting()
    const [one, other] = [await as(world.freja), await as(world.freja)]
    const seen = markIn((await one.get(`/m/${code}/agenda`)).html)
    expect((await one.post(`/m/${code}/agenda`, agendaForm([row('Kaffe først', '30')], seen))).status).toBe(303)
    const told = await other.post(`/m/${code}/agenda`, agendaForm([row('Sang først', '20')], seen))
    expect(told.status).toBe(409)
    expect(told.text).toContain('En anden vært har rettet det imens')
    expect(told.text).toContain('Kaffe først')
    expect(told.html).toContain('value="Sang først"')
    expect(await planned(code)).toMatchObject([{ title: 'Kaffe først' }])
    const again = await other.post(`/m/${code}/agenda`, agendaForm([row('Sang først', '20')], markIn(told.html)))
    expect(again.status).toBe(303)
    expect(await planned(code)).toMatchObject([{ title: 'Sang først' }])
  })

  test('the usual ninety minutes can be looked at, and nothing is kept before the host says so', async () => {
    const code = await aMeeting()
    await setAgenda(world.freja, code, [{ title: 'Kaffe', minutes: 20, kind: 'enliven', reason: null }])
    const freja = await as(world.freja)
    const shown = await freja.post(`/m/${code}/agenda`, agendaForm([row('Kaffe', '20')], 'x', 'usual'))
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Din egen plan er ikke rørt')
    expect(await planned(code)).toMatchObject([{ title: 'Kaffe' }])
  })

  test('an evening that has begun keeps its plan, and so does a meeting that has opened', async () => {
    const code = await aMeeting()
    const id = await idOf(code)
    await world.sql('insert into community.evening (meeting_id, begun_at, agenda_since) values ($1, now(), now())', [
      id,
    ])
    const freja = await as(world.freja)
    const mark = markIn((await freja.get(`/m/${code}/agenda`)).html)
    expect(await freja.post(`/m/${code}/agenda`, agendaForm([row('Kaffe', '5')], mark))).toMatchObject({
      status: 409,
      html: 'evening.begun',
    })
    expect(await planned(code)).toHaveLength(7)
    await freja.post(`/m/${code}/open`, {})
    expect((await freja.get(`/m/${code}/roles`)).status).toBe(409)
  })
})

describe('who does what', () => {
  const anotherPlace = async (held: number) => {
    for (let n = 0; n < held; n += 1) {
      const code = await aMeeting('listening', world.lyngo, world.stranger)
      await world.sql(
        `update community.meeting set phase = 'closed', opened_at = now(), closes_by = now(), closed_at = now() where code = $1`,
        [code],
      )
    }
    return aMeeting('listening', world.lyngo, world.stranger)
  }

  test('roles are handed out by name; the host on the poster is the same', async () => {
    const code = await aMeeting()
    const freja = await as(world.freja)
    const page = await freja.get(`/m/${code}/roles`)
    expect(page.html).toMatch(/name="host"[^>]* value="Freja"/)
    const sent = await freja.post(`/m/${code}/roles`, {
      seen: markIn(page.html),
      host: 'Freja og Poul',
      facilitator: 'Karsten',
      welcomer: 'Else 🦆',
    })
    expect(sent).toMatchObject({ status: 303, location: `/m/${code}/lead` })
    expect((await hall.find(code))?.hostName).toBe('Freja og Poul')
    expect((await freja.get(`/m/${code}/lead`)).text).toContain('Mødeleder Karsten')
  })

  test('from the fourth meeting, somebody of the municipality who leads is asked why, and it is shown', async () => {
    const code = await anotherPlace(3)
    const host = await as(world.stranger)
    const page = await host.get(`/m/${code}/roles`)
    expect(page.text).toContain('I har holdt 3 møder før.')
    const form = { seen: markIn(page.html), host: 'Ø-formand', facilitator: 'Amira', 'facilitator-municipal': 'yes' }
    const asked = await host.post(`/m/${code}/roles`, form)
    expect(asked.status).toBe(400)
    expect(asked.html).toContain('href="#facilitator-reason"')
    expect(asked.html).toMatch(/name="facilitator"[^>]* value="Amira"/)
    expect((await host.post(`/m/${code}/roles`, { ...form, 'facilitator-reason': 'Vores leder er syg' })).status).toBe(
      303,
    )
    expect((await host.get(`/m/${code}/lead`)).text).toMatch(
      /Mødeleder Amira, arbejder i kommunen Hvorfor det er en fra kommunen: » ?Vores leder er syg/,
    )
    const id = await idOf(code)
    expect(await asActor(world.guest, (tx) => publicRoles(tx, id))).toMatchObject([
      { role: 'host' },
      { role: 'facilitator', name: 'Amira', municipal: true, reason: 'Vores leder er syg' },
    ])
    await expect(
      setRoles(world.stranger, code, [{ role: 'host', name: 'Amira', municipal: true, reason: null }]),
    ).rejects.toThrow(/asked why/)
  })

  test('who plans the fourth meeting with a host of the municipality is asked on the first page', async () => {
    const host = await as(world.stranger)
    const form = {
      kind: 'listening',
      purpose: 'Færgen',
      'date-day': '21',
      'date-month': '3',
      'date-year': '2027',
      time: '19',
      place: 'Skolen',
      host: 'Amira',
      'host-municipal': 'yes',
    }
    const asked = await host.post('/c/lyngo/meetings/new', form)
    expect(asked.status).toBe(400)
    expect(asked.html).toContain('href="#host-reason"')
    expect(asked.html).toMatch(/id="host-municipal"[^>]*checked/)
    const made = await host.post('/c/lyngo/meetings/new', { ...form, 'host-reason': 'Hun er født her' })
    expect(made.status).toBe(303)
    const code = made.location?.split('/')[2] ?? ''
    expect((await seePlan(world.stranger, code)).roles).toEqual([
      { role: 'host', name: 'Amira', municipal: true, reason: 'Hun er født her' },
    ])
    expect((await host.get(`/m/${code}/plan`)).html).toContain('value="Hun er født her"')
  })

  test('two hosts at once: the second is told, and what they typed stands', async () => {
    const code = await aMeeting()
    const freja = await as(world.freja)
    const seen = markIn((await freja.get(`/m/${code}/roles`)).html)
    await freja.post(`/m/${code}/roles`, { seen, host: 'Freja', scribe: 'Poul' })
    const told = await freja.post(`/m/${code}/roles`, { seen, host: 'Freja', scribe: 'Else' })
    expect(told.status).toBe(409)
    expect(told.text).toContain('Poul')
    expect(told.html).toMatch(/name="scribe"[^>]* value="Else"/)
  })
})

test('two hosts move a meeting at once: the second is told what the first wrote, and the code stays', async () => {
  const code = await aMeeting()
  const freja = await as(world.freja)
  const seen = markIn((await freja.get(`/m/${code}/plan`)).html)
  const form = {
    seen,
    kind: 'listening',
    purpose: 'Hvem tør have nøglen?',
    'date-day': '28',
    'date-month': 'marts',
    'date-year': '2027',
    time: '19',
    place: 'Skolen',
    host: 'Freja',
  }
  expect((await freja.post(`/m/${code}/plan`, form)).status).toBe(303)
  const told = await freja.post(`/m/${code}/plan`, { ...form, place: 'Kirken' })
  expect(told.status).toBe(409)
  expect(told.text).toMatch(/Sådan står det nu: .*Skolen/)
  expect(told.html).toContain('value="Kirken"')
  expect(await hall.find(code)).toMatchObject({ place: 'Skolen', code })
  expect(await world.sql('select revision from community.meeting where code = $1', [code])).toEqual([{ revision: 1 }])
})
