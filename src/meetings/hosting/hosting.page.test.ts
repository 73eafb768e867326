import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../../access/test-person.ts'
import type { Visited } from '../../access/visit.ts'
import type { Actor } from '../../db/as-actor.ts'
import { Refusal } from '../../refusal.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { answerExitCard, sayNext } from '../answering.deeds.ts'
import { closeExitCard, openExitCard } from '../exit-card.deeds.ts'
import { communityResult, type Hall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { hostingPages } from './hosting.page.tsx'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})

/** The pages as somebody sees them. */
function as(actor: Actor, name = 'Freja') {
  const site = new Hono<Visited>()
  site.use(async (c, next) => {
    const person = signedIn(actor, name)
    c.set('visit', { house: world.house, actor, person, lang: 'da', origin: 'https://oplive.test' })
    await next()
  })
  site.route('/', hostingPages(hall, world.later))
  site.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.code, error.status)
    throw error
  })
  const ask = async (path: string, form?: Record<string, string> | string) => {
    const init =
      form === undefined ? {} : { method: 'POST', body: typeof form === 'string' ? form : new URLSearchParams(form) }
    const answer = await site.request(path, init)
    return { status: answer.status, to: answer.headers.get('location'), page: await answer.text() }
  }
  return {
    get: (path: string) => ask(path),
    post: (path: string, form: Record<string, string> | string = {}) => ask(path, form),
  }
}

const plan = {
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja',
  date: '2027-03-14',
  time: '19:30',
} as const
const aMeeting = (changes: Partial<typeof plan | { date: string }> = {}) =>
  planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, { ...plan, ...changes })
const anOpenMeeting = async () => {
  const code = await aMeeting()
  await openExitCard(world.freja, world.later, code)
  return code
}

const typed = {
  kind: 'dialogue',
  purpose: 'Hvad er et godt sted?',
  'date-day': '21',
  'date-month': 'marts',
  'date-year': '2027',
  time: '19',
  place: 'Hallen',
  host: 'Freja og Poul',
}

const meetingOf = async (code: string) =>
  (await world.sql('select * from community.meeting where code = $1', [code]))[0] as Record<string, unknown>

async function answers(code: string, count: number, words: readonly string[] = []) {
  hall.forget()
  const meeting = await hall.find(code)
  if (!meeting) throw new Error('the meeting is there')
  const answer = { answers: { INF: 2, ABLE: 2, COUR: 2 } as const, rev: 1 }
  await Promise.all([
    ...Array.from({ length: count }, () => answerExitCard(hall, meeting, null, answer)),
    ...words.map((text) => sayNext(hall, meeting, null, { next: { kind: 'words', text }, who: null, rev: 1 })),
  ])
}

describe('who may', () => {
  const doors: readonly (readonly ['get' | 'post', string])[] = [
    ['get', '/c/holmetofte/meetings/new'],
    ['post', '/c/holmetofte/meetings/new'],
    ['get', '/m/CODE/lead'],
    ['get', '/m/CODE/plan'],
    ['post', '/m/CODE/plan'],
    ['get', '/m/CODE/open'],
    ['post', '/m/CODE/open'],
    ['get', '/m/CODE/close'],
    ['post', '/m/CODE/close'],
    ['post', '/m/CODE/attended'],
  ]
  test.each(doors)('only a host of the place comes through %s %s', async (verb, path) => {
    const at = path.replace('CODE', await aMeeting())
    const asked = async (actor: Actor) => (await as(actor)[verb](at, verb === 'post' ? typed : undefined)).status
    expect(await asked(world.guest)).toBe(401)
    expect(await asked(world.karsten)).toBe(403)
    expect(await asked(world.stranger)).toBe(403)
    expect(await asked(world.amira)).toBe(403)
    expect([401, 403]).not.toContain(await asked(world.freja))
  })

  test('what was refused has changed nothing', async () => {
    const code = await aMeeting()
    for (const actor of [world.guest, world.karsten, world.stranger, world.amira])
      for (const door of ['plan', 'open', 'attended'])
        await as(actor).post(`/m/${code}/${door}`, door === 'plan' ? typed : { attended: '3' })
    expect(await meetingOf(code)).toMatchObject({ phase: 'planned', purpose: plan.purpose, attended: null })
  })

  test('a place and a code that nobody has are not found', async () => {
    expect((await as(world.freja).get('/c/nowhere/meetings/new')).status).toBe(404)
    expect((await as(world.freja).get('/m/ZZZZZZ/lead')).status).toBe(404)
    expect((await as(world.freja).get('/m/0O1I/lead')).status).toBe(404)
  })
})

describe('planning', () => {
  test('a host plans a meeting, and stands at its desk', async () => {
    const asked = await as(world.freja).get('/c/holmetofte/meetings/new')
    expect(asked.page).toContain('value="Freja"')
    expect(asked.page).not.toContain(' checked')
    const planned = await as(world.freja).post('/c/holmetofte/meetings/new', typed)
    expect(planned.status).toBe(303)
    const code = /^\/m\/([2-9A-HJ-NP-Z]{6})\/lead$/.exec(planned.to ?? '')?.[1] ?? ''
    expect(await meetingOf(code)).toMatchObject({ kind: 'dialogue', phase: 'planned', host_name: 'Freja og Poul' })
    const desk = await as(world.freja).get(`/m/${code}/lead`)
    expect(desk.page).toContain('Hvad er et godt sted?')
    expect(desk.page).toContain('Søndag 21. marts kl. 19')
  })

  test('on the night of daylight saving the clock has moved on, and the desk says so', async () => {
    const night = { ...typed, 'date-day': '28', time: '2.30' }
    const { to } = await as(world.freja).post('/c/holmetofte/meetings/new', night)
    expect((await meetingOf(to?.split('/')[2] ?? '')).starts_at).toEqual(new Date('2027-03-28T01:30:00Z'))
    expect((await as(world.freja).get(to ?? '')).page).toContain('Søndag 28. marts kl. 3.30')
  })

  test('in the hour that comes twice, the first is meant', async () => {
    const night = { ...typed, 'date-day': '31', 'date-month': 'oktober', time: '2.30' }
    const { to } = await as(world.freja).post('/c/holmetofte/meetings/new', night)
    expect((await meetingOf(to?.split('/')[2] ?? '')).starts_at).toEqual(new Date('2027-10-31T00:30:00Z'))
  })

  test('what cannot be a plan comes back with what was typed, and plans nothing', async () => {
    const before = await world.sql('select count(*)::int as n from community.meeting')
    const wrong = { ...typed, 'date-day': '3', purpose: '<script>"alert"</script>', place: '' }
    const again = await as(world.freja).post('/c/holmetofte/meetings/new', wrong)
    expect(again.status).toBe(400)
    expect(again.page).toContain('<title>Ret: Planlæg et møde')
    expect(again.page).toContain('href="#date">Den dag er gået. Skriv en dag, der kommer</a>')
    expect(again.page).toContain('href="#place">Skriv, hvor I mødes</a>')
    expect(again.page).toContain('value="&lt;script&gt;&quot;alert&quot;&lt;/script&gt;"')
    expect(again.page).not.toContain('<script>"')
    expect(again.page).toMatch(/value="dialogue" checked/)
    expect(await world.sql('select count(*)::int as n from community.meeting')).toEqual(before)
  })

  test('today is the day of the place, not of the server', async () => {
    // 23.30 in London is past midnight in Holmetofte.
    world.clock.set('2027-03-14T23:30:00Z')
    const yesterday = { ...typed, 'date-day': '14' }
    expect((await as(world.freja).post('/c/holmetofte/meetings/new', yesterday)).status).toBe(400)
    world.clock.set('2027-03-14T18:00:00Z')
    expect((await as(world.freja).post('/c/holmetofte/meetings/new', yesterday)).status).toBe(303)
  })

  test('a form of 2 MB is too large', async () => {
    const huge = { ...typed, purpose: 'å'.repeat(1_000_000) }
    expect(await as(world.freja).post('/c/holmetofte/meetings/new', huge)).toMatchObject({ status: 413 })
    expect(await as(world.freja).post(`/m/${await aMeeting()}/plan`, huge)).toMatchObject({ status: 413 })
  })
})

describe('changing the plan', () => {
  test('place and time change, the code stays', async () => {
    const code = await aMeeting()
    expect((await hall.find(code))?.place).toBe('Forsamlingshuset')
    const form = await as(world.freja).get(`/m/${code}/plan`)
    expect(form.page).toMatch(/name="date-month"[^>]* value="marts"/)
    expect(form.page).toMatch(/name="time"[^>]* value="19.30"/)
    expect((await as(world.freja).post(`/m/${code}/plan`, typed)).to).toBe(`/m/${code}/lead`)
    expect(await meetingOf(code)).toMatchObject({ place: 'Hallen', starts_at: new Date('2027-03-21T18:00:00Z') })
    // The poster, the phones and the screen see it too.
    expect((await hall.find(code))?.place).toBe('Hallen')
  })

  test('a meeting that has opened keeps its plan', async () => {
    const code = await anOpenMeeting()
    expect(await as(world.freja).get(`/m/${code}/plan`)).toMatchObject({ status: 409, page: 'meeting.not-planned' })
    expect((await as(world.freja).post(`/m/${code}/plan`, typed)).status).toBe(409)
    expect(await meetingOf(code)).toMatchObject({ place: 'Forsamlingshuset' })
  })

  test('what cannot be a plan changes nothing', async () => {
    const code = await aMeeting()
    const again = await as(world.freja).post(`/m/${code}/plan`, { ...typed, time: 'om aftenen' })
    expect(again.status).toBe(400)
    expect(again.page).toContain('value="om aftenen"')
    expect(await meetingOf(code)).toMatchObject({ place: 'Forsamlingshuset' })
  })
})

describe('the desk', () => {
  test('before the meeting it leads to the poster, the cards and the screen, and opens the card', async () => {
    const code = await aMeeting()
    const desk = (await as(world.freja).get(`/m/${code.toLowerCase()}/lead`)).page
    for (const path of ['poster', 'paper', 'screen', 'plan']) expect(desk).toContain(`href="/m/${code}/${path}"`)
    expect(desk).toContain(`action="/m/${code}/open"`)
    expect(desk).toContain('oplive.test')
    expect(desk.match(/class="button"/g)).toHaveLength(1)
    expect((await as(world.freja).post(`/m/${code}/open`)).to).toBe(`/m/${code}/lead`)
    expect(await meetingOf(code)).toMatchObject({ phase: 'open' })
    expect((await hall.find(code))?.life.phase).toBe('open')
  })

  test('days before the meeting, opening is asked twice: the card closes after twelve hours', async () => {
    const code = await aMeeting({ date: '2027-03-21' })
    const desk = (await as(world.freja).get(`/m/${code}/lead`)).page
    expect(desk).not.toContain(`action="/m/${code}/open"`)
    expect(desk).toContain(`href="/m/${code}/open"`)
    const asked = (await as(world.freja).get(`/m/${code}/open`)).page
    expect(asked).toContain('Mødet er først søndag 21. marts kl. 19.30')
    expect(asked).toContain('lukker kortet senest mandag 15. marts kl. 7')
    expect(asked).toContain(`action="/m/${code}/open"`)
    expect(await meetingOf(code)).toMatchObject({ phase: 'planned' })
  })

  test('pressed twice, the card is opened once and closed once', async () => {
    const code = await aMeeting()
    const freja = as(world.freja)
    const both = (door: string) => Promise.all([freja.post(`/m/${code}/${door}`), freja.post(`/m/${code}/${door}`)])
    expect((await both('open')).map((one) => one.status)).toEqual([303, 303])
    expect((await both('close')).map((one) => one.status)).toEqual([303, 303])
    expect(await meetingOf(code)).toMatchObject({ phase: 'closed' })
    expect(
      await world.sql(
        `select count(*)::int as n from community.result where audience = 'community' and meeting_id = $1`,
        [(await meetingOf(code)).id],
      ),
    ).toEqual([{ n: 1 }])
    expect((await freja.post(`/m/${code}/open`)).to).toBe(`/m/${code}/lead`)
    expect((await freja.get(`/m/${code}/close`)).to).toBe(`/m/${code}/lead`)
  })

  test('while the card is open it tells how many have answered, and of how many', async () => {
    const code = await anOpenMeeting()
    const freja = as(world.freja)
    expect((await freja.get(`/m/${code}/lead`)).page).toContain('Ingen har svaret endnu')
    await answers(code, 3)
    expect((await freja.get(`/m/${code}/lead`)).page).toContain('3 har svaret')
    expect((await freja.post(`/m/${code}/attended`, { attended: '58' })).to).toBe(`/m/${code}/lead`)
    expect((await freja.get(`/m/${code}/lead`)).page).toContain('3 af 58 har svaret')
  })

  test('before it closes, it asks for the paper cards, and says what becomes of late ones', async () => {
    const code = await anOpenMeeting()
    const asked = (await as(world.freja).get(`/m/${code}/close`)).page
    expect(asked).toContain('Er alle papirkort tastet?')
    expect(asked).toContain('Kort, der kommer senere, kommer først med, når der er tyve af dem.')
    expect(asked).toContain(`href="/m/${code}/pile"`)
    expect(await meetingOf(code)).toMatchObject({ phase: 'open' })
  })

  test.each(['', 'mange', '-1', '20001', '1e9'])(
    '"%s" is not a number of people: it comes back with a sentence',
    async (said) => {
      const code = await anOpenMeeting()
      const again = await as(world.freja).post(`/m/${code}/attended`, { attended: said })
      expect(again.status).toBe(400)
      expect(again.page).toContain('href="#attended"')
      expect(again.page).toContain(`value="${said}"`)
      expect(await meetingOf(code)).toMatchObject({ attended: null })
    },
  )

  test('nobody is counted at a meeting that has not opened', async () => {
    const code = await aMeeting()
    expect((await as(world.freja).post(`/m/${code}/attended`, { attended: '5' })).status).toBe(409)
  })

  test('after closing, another attendance freezes the result anew', async () => {
    const code = await anOpenMeeting()
    await answers(code, 12)
    await closeExitCard(world.freja, world.later, code)
    const { id } = await meetingOf(code)
    expect((await communityResult(hall, String(id)))?.body).toMatchObject({ attended: null, answered: 12 })
    await as(world.freja).post(`/m/${code}/attended`, { attended: '58' })
    expect(await communityResult(hall, String(id))).toMatchObject({ version: 2, body: { attended: 58 } })
    await as(world.freja).post(`/m/${code}/attended`, { attended: '8' })
    expect((await as(world.freja).get(`/m/${code}/lead`)).page).toContain('Så siger vi, at der var 12.')
  })

  test('four wrote what they do now: the host reads none of it; five wrote, and the host reads them by the alphabet', async () => {
    const four = await anOpenMeeting()
    await answers(four, 6, ['Bager', 'Cykler', 'Danser', 'Ænder noget'])
    await closeExitCard(world.freja, world.later, four)
    const hidden = (await as(world.freja).get(`/m/${four}/lead`)).page
    expect(hidden).toContain('når mindst fem har skrevet')
    expect(hidden).not.toContain('Bager')

    const five = await anOpenMeeting()
    await answers(five, 6, ['Ænder noget', 'Bager <b>kage</b>', 'Cykler', 'Danser', 'Ringer til Karsten'])
    await closeExitCard(world.freja, world.later, five)
    const shown = (await as(world.freja).get(`/m/${five}/lead`)).page
    expect(shown).toContain('<bdi>Bager &lt;b&gt;kage&lt;/b&gt;</bdi>')
    expect(shown.indexOf('Ringer til Karsten')).toBeLessThan(shown.indexOf('Ænder noget'))
  })

  test('late cards that wait are told, and that they come along no more once the late days are over', async () => {
    const code = await anOpenMeeting()
    await closeExitCard(world.freja, world.later, code)
    const desk = async () => (await as(world.freja).get(`/m/${code}/lead`)).page
    expect(await desk()).toContain('Ingen sene kort venter')
    expect(await desk()).toContain('til sidst, søndag 21. marts')
    world.house.keys.destroyPhones(String((await meetingOf(code)).id))
    expect(await desk()).toContain('Der kan ikke komme flere kort med')
    expect(await desk()).not.toContain('/pile')
  })
})
