import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../../access/test-person.ts'
import type { Visited } from '../../access/visit.ts'
import type { Actor } from '../../db/as-actor.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { Refusal } from '../../refusal.ts'
import { makeWorld, type World } from '../../test-world.ts'
import { answerExitCard } from '../answering.deeds.ts'
import { closeExitCard, lateCardsWaiting, openExitCard } from '../exit-card.deeds.ts'
import { answeredSoFar, communityResult, type Hall, openHall } from '../hall.ts'
import { planMeeting } from '../meeting.deeds.ts'
import { spelled } from '../spelling.ts'
import { paperPages } from './paper.page.tsx'
import { columns } from './pile.ts'

let world: World
let hall: Hall
beforeAll(async () => {
  world = await makeWorld()
  hall = openHall(world.house)
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
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await site.request(path, init)
    return { status: answer.status, to: answer.headers.get('location'), page: await answer.text() }
  }
  return {
    get: (path: string) => ask(path),
    post: (path: string, body: URLSearchParams | string) => ask(path, { method: 'POST', body }),
  }
}

const plan = {
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Forsamlingshuset',
  hostName: 'Freja',
  date: '2027-03-14',
  time: '19:00',
} as const
const aMeeting = () => planMeeting(world.freja, { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }, plan)
const anOpenMeeting = async () => {
  const code = await aMeeting()
  await openExitCard(world.freja, world.later, code)
  return code
}
const idOf = async (code: string) =>
  String((await world.sql('select id from community.meeting where code = $1', [code]))[0]?.id)
const counted = async (code: string) => answeredSoFar(hall, await idOf(code))
const close = (code: string) => closeExitCard(world.freja, world.later, code)
const resultOf = async (code: string) => (await communityResult(hall, await idOf(code)))?.body

const aPile = (n = 1) => `3f8a1c54-9d0e-4b6f-8a21-${String(n).padStart(12, '0')}`

/** Cards as a scribe types them: [inf, able, cour, next, who]. */
type Keys = readonly [string, string, string, string, string]
function typed(
  stage: string,
  rows: { first?: readonly Keys[]; second?: readonly Keys[] },
  more: Record<string, string> = {},
) {
  const form = new URLSearchParams({ stage, pile: aPile(), do: 'done', ...more })
  for (const pass of ['first', 'second'] as const)
    for (const [place, keys] of (rows[pass] ?? []).entries())
      for (const [at, column] of columns.entries()) form.append(`${pass}-${place + 1}-${column}`, keys[at] ?? '')
  return form
}
const marks = (cards: readonly Keys[]): Keys[] =>
  cards.map(([a, b, c, next, who]) => [a, b, c, next && next !== '0' ? 'x' : next, who])
const twice = (cards: readonly Keys[], more: Record<string, string> = {}) =>
  typed('second', { first: marks(cards), second: cards }, more)
const six: readonly Keys[] = [
  ['1', '2', '3', 'Bager en kage', '3'],
  ['2', '2', '5', '0', '0'],
  ['2', '1', '2', '', ''],
  ['4', '', '2', 'Ringer til Karsten', '2'],
  ['2', '5', '1', '', '1'],
  ['1', '1', '1', '', ''],
]

describe('the poster', () => {
  test('everybody may print it; it holds the code, the short address and the picture of the yellow line', async () => {
    const code = await aMeeting()
    const poster = await as(world.guest).get(`/m/${code}/poster`)
    expect(poster.status).toBe(200)
    expect(poster.page).toContain('Svar, inden du går')
    expect(poster.page).toContain(`<span>${code.slice(0, 3)}</span><span>${code.slice(3)}</span>`)
    expect(poster.page).toContain('<b>oplive.test</b>')
    expect(poster.page).toContain('yellow-line')
    expect(poster.page).toContain('Hvem tør have nøglen?')
    expect((await as(world.guest, 'en').get(`/m/${code}/poster`)).page).toContain('Answer before you go')
  })

  test.each([
    ['a3', 'poster a3'],
    ['a4', 'poster a4'],
    ['a5', 'poster a5'],
    ['eight', 'door-card'],
    ['a0', 'poster a4'],
    ['<script>', 'poster a4'],
  ])('asked for in the size %s it is made as "%s", and its code never changes', async (size, made) => {
    const code = await aMeeting()
    const { page } = await as(world.guest).get(`/m/${code}/poster?size=${encodeURIComponent(size)}&in=nothing`)
    expect(page).toContain(`class="${made}`)
    expect(page).not.toContain('<script>')
    expect(page).toContain(spelled(code, 'da').slice(0, 3).join(' '))
    expect(page.match(/class="qr"/g)).toHaveLength(made === 'door-card' ? 8 : 1)
  })

  test('it speaks Danish, English, or both, whatever its reader speaks', async () => {
    const code = await aMeeting()
    const [danish, english] = ['Hold telefonens kamera op foran', 'Point your phone’s camera here']
    const of = async (language: string) => (await as(world.guest, 'en').get(`/m/${code}/poster?in=${language}`)).page
    expect(await of('da')).toContain(danish)
    expect(await of('da')).not.toContain(english)
    expect(await of('en')).not.toContain(danish)
    for (const words of [danish, english]) expect(await of('both')).toContain(words)
    expect(await of('both')).toContain(spelled(code, 'en').slice(3).join(' '))
  })

  test('a purpose in Arabic with turning marks, and a place with markup, stay as they were written', async () => {
    const code = await aMeeting()
    const [purpose, place] = ['من يجرؤ على حمل المفتاح؟\u202E', 'Hallen, "bagved" <b>nu</b>']
    await world.sql('update community.meeting set purpose = $2, place = $3 where code = $1', [code, purpose, place])
    hall.forget()
    for (const size of ['a4', 'eight']) {
      const { page } = await as(world.guest).get(`/m/${code}/poster?size=${size}`)
      expect(page).toContain(`<bdi>${purpose}</bdi>`)
      expect(page).toContain('Hallen, &quot;bagved&quot; &lt;b&gt;nu&lt;/b&gt;')
    }
  })

  test('a code that no meeting has gives neither poster nor cards', async () => {
    for (const path of ['poster', 'paper'])
      for (const code of ['ZZZZZZ', 'nonsense', '%00'])
        expect((await as(world.guest).get(`/m/${code}/${path}`)).status).toBe(404)
  })
})

describe('the paper card', () => {
  const cardsIn = (page: string) => page.match(/<section class="paper-card">.*?<\/section>/gs) ?? []

  test('all cards of a meeting are identical, and carry no number', async () => {
    const code = await aMeeting()
    const cards = cardsIn((await as(world.guest).get(`/m/${code}/paper/cards`)).page)
    expect(cards).toHaveLength(4)
    expect(new Set(cards).size).toBe(1)
    // Printed again, by somebody else: still the same card.
    expect(cardsIn((await as(world.freja).get(`/m/${code}/paper/cards`)).page)).toEqual(cards)
    const numbers = (cards[0] ?? '')
      .replace(/<svg.*?<\/svg>/gs, '')
      .replace(/<h\d/g, '')
      .match(/\d+/g)
    expect(numbers?.filter((number) => number !== '14' && number !== '2')).toEqual([])
  })

  test('it has exactly the items of the exit card, with four answers and "ved ikke"', async () => {
    const card = cardsIn((await as(world.guest).get(`/m/${await aMeeting()}/paper/cards`)).page)[0] ?? ''
    for (const item of [
      'Jeg havde medindflydelse på beslutningerne til mødet',
      'Efter mødet er jeg bedre i stand til at gøre en indsats i lokalsamfundet',
      'Mødet har givet mig mod på at gøre en forskel i lokalområdet',
      'Hvad gør du nu?',
      'Ikke noget lige nu',
      'vil du tage en snak med?',
    ])
      expect(card).toContain(item)
    expect(card.match(/<ul>/g)).toHaveLength(3)
    expect(
      card.match(/<ul><li>Helt enig<\/li><li>Enig<\/li><li>Uenig<\/li><li>Helt uenig<\/li><li>Ved ikke<\/li><\/ul>/g),
    ).toHaveLength(3)
    expect(card.match(/class="paper-question/g)).toHaveLength(5)
  })

  test('invariant 15: the card has no item about satisfaction', async () => {
    const code = await aMeeting()
    for (const lang of ['da', 'en'] as const)
      for (const path of ['paper', 'poster'])
        expect((await as(world.guest, lang).get(`/m/${code}/${path}`)).page).not.toMatch(
          /tilfreds|satisf|glad for|pleased/i,
        )
  })
})

describe('who may type a pile', () => {
  const doors: readonly (readonly [string, 'get' | 'post'])[] = [
    ['pile', 'get'],
    ['pile', 'post'],
    ['pile/kept?cards=6', 'get'],
  ]
  test.each(doors)('only a host of the place comes through %s (%s)', async (path, verb) => {
    const code = await anOpenMeeting()
    const asked = async (actor: Actor) => (await as(actor)[verb](`/m/${code}/${path}`, twice(six))).status
    expect(await asked(world.guest)).toBe(401)
    expect(await asked(world.karsten)).toBe(403)
    expect(await asked(world.stranger)).toBe(403)
    expect(await asked(world.amira)).toBe(403)
    expect(await counted(code)).toBe(0)
    expect(await asked(world.freja)).toBeLessThan(400)
  })

  test('before the card opens, and when its late days are over, no pile is taken', async () => {
    const code = await aMeeting()
    expect(await as(world.freja).get(`/m/${code}/pile`)).toMatchObject({ status: 409, page: 'meeting.not-open' })
    expect((await as(world.freja).post(`/m/${code}/pile`, twice(six))).status).toBe(409)
    await openExitCard(world.freja, world.later, code)
    await close(code)
    world.house.keys.destroyPhones(await idOf(code))
    expect(await as(world.freja).get(`/m/${code}/pile`)).toMatchObject({ status: 410, page: 'meeting.closed' })
    expect((await as(world.freja).post(`/m/${code}/pile`, twice(six))).status).toBe(410)
  })
})

describe('a pile', () => {
  test('each pile gets a random id of its own, and ten empty rows', async () => {
    const code = await anOpenMeeting()
    const [one, other] = [await as(world.freja).get(`/m/${code}/pile`), await as(world.freja).get(`/m/${code}/pile`)]
    const id = (page: string) => /name="pile" value="([0-9a-f-]{36})"/.exec(page)?.[1]
    expect(id(one.page)).toBeDefined()
    expect(id(one.page)).not.toBe(id(other.page))
    expect(one.page.match(/name="first-\d+-inf"/g)).toHaveLength(10)
    expect(one.page).toContain('<b>1</b> helt enig')
    expect(one.page).toContain('<b>5</b> ved ikke')
  })

  test('between the two times nothing is stored: the first goes along in the page, and the second begins empty', async () => {
    const code = await anOpenMeeting()
    const second = await as(world.freja).post(`/m/${code}/pile`, typed('first', { first: marks(six) }))
    expect(second.status).toBe(200)
    expect(second.page).toContain('Første gang var der 6 kort.')
    expect(second.page).toContain('<input type="hidden" name="first-4-inf" value="4"/>')
    expect(second.page).toMatch(/name="second-4-inf"[^>]* value=""/)
    expect(
      await world.sql('select count(*)::int as n from community.sealed_card where meeting_id = $1', [await idOf(code)]),
    ).toEqual([{ n: 0 }])
  })

  test('a pile typed twice alike is counted once, even when it is sent twice', async () => {
    const code = await anOpenMeeting()
    const send = () => as(world.freja).post(`/m/${code}/pile`, twice(six))
    expect(await send()).toMatchObject({ status: 303, to: `/m/${code}/pile/kept?cards=6` })
    await Promise.all([send(), send()])
    expect(await counted(code)).toBe(6)
    expect((await as(world.freja).get(`/m/${code}/pile/kept?cards=6`)).page).toContain('6 kort er lagt i')
    await close(code)
    expect(await resultOf(code)).toMatchObject({
      answered: 6,
      questions: { COUR: { kind: 'words', yes: 4, answered: 6 } },
    })
  })

  test('the next pile is another one', async () => {
    const code = await anOpenMeeting()
    await as(world.freja).post(`/m/${code}/pile`, twice(six))
    await as(world.freja).post(`/m/${code}/pile`, twice(six, { pile: aPile(2) }))
    expect(await counted(code)).toBe(12)
  })

  test('a pile whose totals differ is not counted, and both typings come back', async () => {
    const code = await anOpenMeeting()
    const slip: Keys[] = six.map((card, place) => (place === 2 ? ['2', '2', '2', '', ''] : card))
    const back = await as(world.freja).post(`/m/${code}/pile`, typed('second', { first: marks(six), second: slip }))
    expect(back.status).toBe(400)
    expect(back.page).toContain('Spørgsmål 2, »helt enig«: først 2, så 1')
    expect(back.page).toContain('Spørgsmål 2, »enig«: først 2, så 3')
    expect(back.page).toContain('Kort 3 er ikke ens de to gange.')
    expect(back.page).toMatch(/id="first-3-able"[^>]*type="text"[^>]* value="1"/)
    expect(back.page).toMatch(/name="second-3-able"[^>]* value="2"/)
    expect(back.page).toContain('value="Ringer til Karsten"')
    expect(back.page).toContain(`name="pile" value="${aPile()}"`)
    expect(await counted(code)).toBe(0)
    const mended = await as(world.freja).post(`/m/${code}/pile`, typed('mend', { first: marks(six), second: six }))
    expect(mended.status).toBe(303)
    expect(await counted(code)).toBe(6)
  })

  test('a card left out the second time is told', async () => {
    const code = await anOpenMeeting()
    const back = await as(world.freja).post(
      `/m/${code}/pile`,
      typed('second', { first: marks(six), second: six.slice(1) }),
    )
    expect(back.page).toContain('Antal kort: først 6, så 5')
    expect(back.page).toContain('Tallene under »Snak med« lagt sammen: først 6, så 3')
    expect(await counted(code)).toBe(0)
  })

  test('a pile may be typed the other way round the second time', async () => {
    const code = await anOpenMeeting()
    expect(
      (await as(world.freja).post(`/m/${code}/pile`, typed('second', { first: marks(six), second: six.toReversed() })))
        .status,
    ).toBe(303)
  })

  test('paper cards and phones are counted together', async () => {
    const code = await anOpenMeeting()
    hall.forget()
    const meeting = await hall.find(code)
    if (!meeting) throw new Error('the meeting is there')
    const answers = { INF: 2, ABLE: 3, COUR: 1 } as const
    await Promise.all(Array.from({ length: 6 }, () => answerExitCard(hall, meeting, null, { answers, rev: 1 })))
    await as(world.freja).post(`/m/${code}/pile`, twice(six))
    expect(await counted(code)).toBe(12)
    await close(code)
    expect(await resultOf(code)).toMatchObject({
      answered: 12,
      questions: { COUR: { kind: 'share', yes: 10, answered: 12 } },
    })
    expect((await resultOf(code))?.questions.ABLE).toMatchObject({ answered: 11 })
  })

  test('the words of the second time are kept, without the mark of the first', async () => {
    const code = await anOpenMeeting()
    const words = ['Bager', 'Cykler', 'Danser', 'Ringer', 'Synger']
    await as(world.freja).post(`/m/${code}/pile`, twice(words.map((text): Keys => ['1', '2', '3', text, ''])))
    await close(code)
    const kept = await world.sql('select text from community.next_word where meeting_id = $1 order by text', [
      await idOf(code),
    ])
    expect(kept.map((row) => row.text)).toEqual(words)
  })

  test('one card with only words is a card', async () => {
    const code = await anOpenMeeting()
    await as(world.freja).post(`/m/${code}/pile`, twice([['', '', '', 'Bager', '']]))
    expect(await counted(code)).toBe(1)
  })

  test('after closing, a pile waits among the late cards, and no shown number moves', async () => {
    const code = await anOpenMeeting()
    await as(world.freja).post(`/m/${code}/pile`, twice(six))
    await close(code)
    const before = await resultOf(code)
    expect((await as(world.freja).get(`/m/${code}/pile`)).page).toContain('sene kort')
    expect((await as(world.freja).post(`/m/${code}/pile`, twice(six.slice(0, 3), { pile: aPile(3) }))).status).toBe(303)
    expect(await lateCardsWaiting(world.freja, await idOf(code))).toBe(3)
    expect(await resultOf(code)).toEqual(before)
    expect((await as(world.freja).get(`/m/${code}/pile/kept?cards=3`)).page).toContain('sammen med andre sene kort')
    // The very same pile again, after its round was counted: nothing new.
    await as(world.freja).post(`/m/${code}/pile`, twice(six))
    expect(await lateCardsWaiting(world.freja, await idOf(code))).toBe(3)
  })

  test('whatever the cards say, the answer is the same in status, address and length', async () => {
    const code = await anOpenMeeting()
    const all = await Promise.all(
      ['1', '2', '3', '4', '5', ''].map((key, place) =>
        as(world.freja).post(`/m/${code}/pile`, twice([[key, key, key, '0', '']], { pile: aPile(20 + place) })),
      ),
    )
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1)
  })
})

describe('what cannot be a pile', () => {
  test.each([
    [['0', '1', '1', '', ''], 'Kort 2, spørgsmål 1: Tast 1 til 5'],
    [['1', '6', '1', '', ''], 'Kort 2, spørgsmål 2: Tast 1 til 5'],
    [['1', '1', 'b', '', ''], 'Kort 2, spørgsmål 3: Tast 1 til 5'],
    [['1', '1', '1', '7', ''], 'Kort 2, »Gør nu«: Tast x'],
    [['1', '1', '1', '', 'tre'], 'Kort 2, »Snak med«: Skriv et tal'],
  ] as const)('%j comes back with the card named', async (keys, message) => {
    const code = await anOpenMeeting()
    const back = await as(world.freja).post(
      `/m/${code}/pile`,
      typed('first', { first: [['1', '1', '1', 'x', ''], keys] }),
    )
    expect(back.status).toBe(400)
    expect(back.page).toContain(message)
    expect(back.page).toContain('aria-invalid="true"')
    expect(back.page).toMatch(/name="first-1-next"[^>]* value="x"/)
  })

  test('an empty pile, a strange field and a lost id each get a sentence', async () => {
    const code = await anOpenMeeting()
    const back = async (form: URLSearchParams) => {
      const { status, page } = await as(world.freja).post(`/m/${code}/pile`, form)
      expect(status).toBe(400)
      return page
    }
    expect(await back(typed('first', {}))).toContain('Tast mindst ét kort')
    expect(await back(typed('second', { first: marks(six) }))).toContain('Tast mindst ét kort')
    expect(await back(typed('first', { first: marks(six) }, { weight: '3' }))).toContain('som vi ikke kender')
    expect(await back(twice(six, { pile: 'mine' }))).toContain('som vi ikke kender')
    expect(await counted(code)).toBe(0)
  })

  test('something wrong in the hidden first time is brought into sight', async () => {
    const code = await anOpenMeeting()
    const back = await as(world.freja).post(
      `/m/${code}/pile`,
      typed('second', { first: [['8', '1', '1', '', '']], second: [['1', '1', '1', '', '']] }),
    )
    expect(back.status).toBe(400)
    expect(back.page).toMatch(/id="first-1-inf"[^>]*type="text"/)
  })

  test('words that look like a script stay words', async () => {
    const code = await anOpenMeeting()
    const back = await as(world.freja).post(
      `/m/${code}/pile`,
      typed('second', { first: marks(six), second: [['1', '1', '1', '"><script>alert(1)</script>', '']] }),
    )
    expect(back.page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
    expect(back.page).not.toContain('<script>alert')
  })

  test('sixty cards of 280 heavy letters are room enough; 2 MB are too much', async () => {
    const code = await anOpenMeeting()
    const cards = Array.from({ length: 60 }, (): Keys => ['1', '2', '3', '🌻'.repeat(280), '20'])
    expect((await as(world.freja).post(`/m/${code}/pile`, twice(cards))).status).toBe(303)
    expect(await counted(code)).toBe(60)
    expect((await as(world.freja).post(`/m/${code}/pile`, 'a'.repeat(2_000_000))).status).toBe(413)
  })
})

describe('without a script', () => {
  test('more rows keep what was typed, up to sixty', async () => {
    const code = await anOpenMeeting()
    const rows = (page: string) => page.match(/name="first-\d+-inf"/g)?.length
    const first = Array.from({ length: 10 }, (): Keys => ['', '', '', '', ''])
    first[2] = ['3', '', '', 'x', '12']
    const more = await as(world.freja).post(`/m/${code}/pile`, typed('first', { first }, { do: 'more' }))
    expect(more.status).toBe(200)
    expect(rows(more.page)).toBe(20)
    expect(more.page).toMatch(/name="first-3-who"[^>]* value="12"/)
    expect(more.page).toContain(aPile())
    const full = Array.from({ length: 60 }, (): Keys => ['1', '', '', '', ''])
    expect(
      rows((await as(world.freja).post(`/m/${code}/pile`, typed('first', { first: full }, { do: 'more' }))).page),
    ).toBe(60)
  })

  test('Enter in a field only asks for more rows: nothing is sent too early', async () => {
    const { page } = await as(world.freja).get(`/m/${await anOpenMeeting()}/pile`)
    const buttons = [...page.matchAll(/<button[^>]*value="(\w+)"/g)].map((found) => found[1])
    expect(buttons[0]).toBe('more')
  })

  test('the page that says how many were laid in believes no other number', async () => {
    const code = await anOpenMeeting()
    for (const cards of ['0', '61', 'x', ''])
      expect((await as(world.freja).get(`/m/${code}/pile/kept?cards=${cards}`)).to).toBe(`/m/${code}/pile`)
  })
})
