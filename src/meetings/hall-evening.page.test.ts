import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { type Hall, openHall } from './hall.ts'
import { screenState } from './hall-screen.page.tsx'
import { planMeeting } from './meeting.deeds.ts'

let world: World
let hall: Hall
let code: string
let meeting: string

beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
})
beforeEach(async () => {
  code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: 'Hvem tør have nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja',
      date: '2027-03-14',
      time: '19:30',
    },
  )
  meeting = (await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id as string
})

const begin = (stage: string, more: Record<string, unknown> = {}) =>
  world.sql(
    `insert into community.evening (meeting_id, stage, begun_at, agenda_since, screen, screen_page, residents_ms, municipality_ms)
     values ($1, $2, $3, $3, $4, $5, $6, $7)`,
    [
      meeting,
      stage,
      world.clock.now(),
      more.screen ?? 'follow',
      more.page ?? null,
      more.residents ?? 0,
      more.municipality ?? 0,
    ],
  )
const says = (text: string, kind = 'hope', state = 'shown') =>
  world.sql(
    `insert into community.statement (id, meeting_id, kind, text, lang, medium, tag, state, hidden_why)
     values (gen_random_uuid(), $1, $2, $3, 'da', 'phone', decode($4, 'hex'), $5, $6)`,
    [meeting, kind, text, randomUUID().replaceAll('-', ''), state, state === 'hidden' ? 'hurts' : null],
  )
const theme = async (name: string, paper = 0, priority = false) => {
  const id = randomUUID()
  await world.sql('insert into community.theme (id, meeting_id, name, place, priority) values ($1, $2, $3, 1, $4)', [
    id,
    meeting,
    name,
    priority,
  ])
  if (paper)
    await world.sql(`insert into community.dot_count (meeting_id, theme_id, medium, n) values ($1, $2, 'paper', $3)`, [
      meeting,
      id,
      paper,
    ])
  return id
}
const dots = async (id: string, phones: number) => {
  for (let n = 0; n < phones; n++)
    await world.sql(`insert into community.dot (meeting_id, theme_id, tag, n) values ($1, $2, decode($3, 'hex'), 3)`, [
      meeting,
      id,
      randomUUID().replaceAll('-', ''),
    ])
}
async function screen(lang: 'da' | 'en' = 'da'): Promise<string> {
  hall.forget()
  hall.evenings.forget()
  const here = await hall.find(code)
  if (!here) throw new Error('the meeting is there')
  return screenState(hall, here, lang, 'https://oplive.test')
}
const read = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('the hall screen in the evening', () => {
  test('the code is large until people are in, with how many are here', async () => {
    await begin('welcome')
    expect(read(await screen())).not.toContain('er her')
    await world.sql(`insert into community.arrival (meeting_id, medium) values ($1, 'paper'), ($1, 'paper')`, [meeting])
    const html = await screen()
    expect(html).toContain('class="hall-code"')
    expect(read(html)).toContain('2 er her')
  })

  test('words wait for five voices, and until then the code stays large', async () => {
    await begin('say')
    for (const n of [1, 2, 3]) await says(`Hemmeligt håb ${n}`)
    const html = await screen()
    expect(read(html)).toContain('3 har sagt noget. Ordene kommer, når fem har.')
    expect(html).not.toContain('Hemmeligt')
    expect(html).toContain('class="hall-code"')
  })

  test('what is unbearable waits for a hope, then stands beside it; the code stays in the corner', async () => {
    await begin('say')
    for (const n of [1, 2, 3, 4, 5]) await says(`Uden bus ${n}`, 'unbearable')
    const alone = await screen()
    expect(alone).not.toContain('Uden bus')
    expect(read(alone)).toContain('5 har fortalt om noget ubærligt')
    await says('Ét langt bord', 'hope')
    const html = await screen()
    for (const page of html.split('class="hall-page').slice(1))
      if (page.includes('Uden bus')) expect(page).toContain('Ét langt bord')
    expect(html).toContain('class="hall-late"')
    expect(read(html)).toContain('6 har sagt noget')
  })

  test('what was taken down, taken back or is still thought about is on no screen', async () => {
    await begin('recognise')
    for (const n of [1, 2, 3, 4, 5]) await says(`Håb ${n}`)
    for (const state of ['hidden', 'withdrawn', 'asked']) await says(`Skjult ${state}`, 'hope', state)
    expect(await screen()).not.toContain('Skjult')
  })

  test('forty who say the same are told once', async () => {
    await begin('recognise')
    await Promise.all(Array.from({ length: 40 }, () => says('Hallen er åben')))
    const html = await screen()
    expect(html.match(/data-said/g)).toHaveLength(1)
    expect(read(html)).toContain('sagt af 40')
  })

  test('Arabic, emoji, long words and markup stand as they were said', async () => {
    await begin('say')
    for (const text of ['نريد مكانًا نلتقي فيه', '🏡💡', 'Forsamlingshusbestyrelsesmedlem', '<script>x</script>', 'Fem'])
      await says(text)
    const html = await screen()
    expect(html).toContain('dir="auto"')
    expect(html).toContain('نريد مكانًا نلتقي فيه')
    expect(html).toContain('Forsamlingshusbestyrelsesmedlem')
    expect(html).not.toContain('<script>')
  })

  test('a page that somebody holds stays, and one too far is the last', async () => {
    await begin('say', { page: 2 })
    for (let n = 1; n <= 9; n++) await says(`Håb nummer ${n}`)
    const html = await screen()
    expect(html.match(/class="hall-page/g)).toHaveLength(2)
    expect(read(html)).toContain('side 2 af 3')
    expect(html).toContain('nummer 4')
    expect(html).not.toContain('nummer 1<')
    await world.sql('update community.evening set screen_page = 99 where meeting_id = $1', [meeting])
    expect(await screen()).toContain('nummer 9')
  })

  test('while people choose, nobody sees how many dots a theme has', async () => {
    await begin('choose')
    await dots(await theme('Lys i hallen', 7), 6)
    for (const show of ['follow', 'dots', 'themes']) {
      await world.sql('update community.evening set screen = $2 where meeting_id = $1', [meeting, show])
      const text = read(await screen())
      expect(text).toContain('Lys i hallen')
      expect(text).toContain('6 telefoner har sat prikker')
      expect(text).not.toMatch(/\b(18|25|7) prik/)
    }
  })

  test('when choosing is over, dots are told with their base', async () => {
    await begin('rest')
    await dots(await theme('Lys i hallen', 7, true), 6)
    const text = read(await screen())
    expect(text).toContain('25 prikker')
    expect(text).toContain('prikker fra 6 telefoner og 7 på papir')
    expect(text).toContain('Det tager vi fat på')
  })

  test('dots of four phones are never told', async () => {
    await begin('rest')
    await dots(await theme('Lys i hallen'), 4)
    const text = read(await screen())
    expect(text).toContain('Så få telefoner har sat prikker')
    expect(text).not.toContain('12 prik')
  })

  test('talk time is told in minutes of all minutes', async () => {
    await begin('rest', { screen: 'talk', residents: 24 * 60_000, municipality: 18 * 60_000 })
    expect(read(await screen())).toContain('Kommunen har talt i 18 af 42 minutter.')
    await world.sql('update community.evening set residents_ms = 0, municipality_ms = 0 where meeting_id = $1', [
      meeting,
    ])
    expect(read(await screen())).toContain('Uret begynder, når den første taler.')
  })

  test('promises are counted, and none of them is shown before it is read aloud', async () => {
    await begin('promise')
    await world.sql(
      `insert into community.commitment (id, meeting_id, name, what, medium) values (gen_random_uuid(), $1, 'Karsten', 'Henter nøglen', 'paper')`,
      [meeting],
    )
    const html = await screen()
    expect(read(html)).toContain('1 aftale er lavet')
    expect(html).not.toContain('Karsten')
    expect(read(await screen('en'))).toContain('1 promise is made')
  })
})
