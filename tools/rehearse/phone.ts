// The phones of a rehearsal: each fetches the page, answers in its own way, and knows which of its cards may be counted.
import type { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Break, type Browser, openBrowser } from './browser.ts'
import type { Chance } from './chance.ts'

/** The three answers, 1-5 each. On paper a question may be left open. */
export type Card = readonly [inf: number | null, able: number | null, cour: number | null]

/** What a phone does, and how often of a hundred. */
const ways = {
  /** Answers once and hears the thanks. */
  plain: 30,
  /** Never hears the thanks, and sends the same again. */
  'lost the thanks': 14,
  corrected: 14,
  /** The correction arrives first, and what it corrects afterwards. */
  'out of order': 8,
  'offline and back': 10,
  /** The same phone in two tabs, which send different answers at once. */
  'two tabs': 10,
  'without scripts': 7,
  'without cookies': 4,
  /** Sends while the host closes. */
  'at the last moment': 2,
  /** Answered in time, never heard the thanks, and asks again when the card has closed. */
  'heard too late': 2,
} as const
export type PhoneWay = keyof typeof ways
export type Way = PhoneWay | 'on paper'

/** Twenty late cards join the result; fewer wait. So that it can be said which are counted, there are never that many. */
const mostLate = 8
export const lateWays: readonly PhoneWay[] = ['at the last moment', 'heard too late']

/** Who does what, for a number of phones. */
export function waysOf(phones: number, chance: Chance): PhoneWay[] {
  const left = new Map<PhoneWay, number>(lateWays.map((way) => [way, mostLate]))
  return Array.from({ length: phones }, () => {
    const way = chance.weighed(ways)
    const room = left.get(way)
    if (room === undefined) return way
    left.set(way, room - 1)
    return room > 0 ? way : 'plain'
  })
}

/** What a phone knows at the end. Where several are possible, either is right, and never both. */
export interface Said {
  way: Way
  /** Null: none of it need be in the count. */
  cards: readonly (Card | null)[]
  /** A card that is not counted waits with the late ones, rather than never having arrived. */
  late: boolean
  next: { words: string } | 'nothing' | null
  who: number | null
}

/** The hall as the phones know it. */
export interface Moment {
  origin: string
  agent: Agent
  code: string
  /** Resolves when the host begins to close the card. */
  closing: Promise<void>
  /** Resolves when it is closed. */
  closed: Promise<void>
  /** How long a phone without coverage is away, at the most. */
  away: number
  tell: Telling
  /** A phone stays on the page of thanks, and waits for the result. */
  watches(chance: Chance): void
}

export interface Telling {
  page(ms: number): void
  /** An answer was acknowledged. `ms` only when its first try was. */
  heard(ms?: number): void
  again(): void
}

export class Unheard extends Error {}

const patience = 120_000

/** Sends until the server has thanked, as the outbox of the page does. Answers that are safe to repeat only. */
async function untilHeard(browser: Browser, { tell }: Moment, chance: Chance, path: string, form: URLSearchParams) {
  const began = Date.now()
  for (let wait = 200; ; wait = Math.min(wait * 2, 2000)) {
    const answer = await browser.ask('POST', path, { form, headers: { 'x-oplive-outbox': '1' } })
    if (answer?.status === 204) return tell.heard(wait === 200 ? answer.ms : undefined)
    if (answer && answer.status !== 429 && answer.status < 500)
      throw new Unheard(`POST ${shape(path)} got ${answer.status}`)
    if (Date.now() - began > patience) throw new Unheard(`POST ${shape(path)} was not acknowledged in two minutes`)
    tell.again()
    await sleep(wait * (0.5 + chance.next()))
  }
}

/** Loses the acknowledgement, wherever it is on its way. */
async function lose(browser: Browser, path: string, form: URLSearchParams, breaks: Break) {
  await browser.ask('POST', path, { form, headers: { 'x-oplive-outbox': '1' }, breaks })
}

const shape = (path: string) => path.replace(/^\/(\w)\/[^/]+/, '/$1/CODE')

const formOf = (card: Card, rev?: number): URLSearchParams => {
  const [inf, able, cour] = card.map(String) as [string, string, string]
  return new URLSearchParams({ inf, able, cour, ...(rev ? { rev: String(rev) } : {}), lang: 'da' })
}

/** Most agree; every answer comes up. */
export function someCard(chance: Chance): Card {
  const answer = () => Number(chance.weighed({ 1: 32, 2: 36, 3: 16, 4: 8, 5: 8 }))
  return [answer(), answer(), answer()]
}

/** One phone from the QR code to the thanks. `number` makes its words its own. */
export async function usePhone(way: PhoneWay, number: number, chance: Chance, moment: Moment): Promise<Said> {
  const { origin, agent, code, tell } = moment
  const browser = openBrowser(origin, agent, way !== 'without cookies')
  const path = `/m/${code}/answer`
  const first = someCard(chance)
  const second = someCard(chance)
  // All that is said is made up first: how often something was sent again must not change it.
  const saysMore = way !== 'without cookies' && chance.next() < 0.7
  const words = chance.next() < 0.6 ? `Jeg går en tur med nummer ${number}.` : null
  const nothing = words === null && chance.next() < 0.7
  const who = chance.next() < 0.7 ? chance.between(0, 5) : null
  const think = () => sleep(chance.between(20, 300))
  const send = (card: Card, rev: number) => untilHeard(browser, moment, chance, path, formOf(card, rev))
  const one = (card: Card | null, ...others: (Card | null)[]) => [card, ...others]
  const said: Said = { way, cards: [], late: false, next: null, who: null }

  await fetchPage(browser, moment, `/m/${code}`)
  await think()
  switch (way) {
    case 'plain':
      await send(first, 1)
      said.cards = one(first)
      break
    case 'lost the thanks':
      await lose(browser, path, formOf(first, 1), chance.pick(['sent', 'answered']))
      await think()
      await send(first, 1)
      said.cards = one(first)
      break
    case 'corrected':
      await send(first, 1)
      await think()
      await send(second, 2)
      said.cards = one(second)
      break
    case 'out of order':
      await send(second, 2)
      await send(first, 1)
      said.cards = one(second)
      break
    case 'offline and back':
      await sleep(moment.away * chance.next())
      await send(first, 1)
      said.cards = one(first)
      break
    case 'two tabs':
      await Promise.all([send(first, 1), send(second, 1)])
      said.cards = one(first, second)
      break
    case 'without scripts':
      await sendForm(browser, moment, chance, path, formOf(first))
      said.cards = one(first)
      break
    case 'without cookies': {
      // Each is a card of its own, so it is sent once. Without the thanks nobody knows whether it arrived.
      const answer = await browser.ask('POST', path, { form: formOf(first) })
      if (answer && answer.status !== 303 && answer.status < 500) throw new Unheard(`a plain form got ${answer.status}`)
      if (answer?.status === 303) tell.heard(answer.ms)
      said.cards = answer?.status === 303 ? one(first) : one(first, null)
      break
    }
    case 'at the last moment':
      await moment.closing
      await sleep(chance.between(0, 30))
      await send(first, 1)
      return { ...said, cards: one(first, null), late: true }
    case 'heard too late':
      await lose(browser, path, formOf(first, 1), 'answered')
      await moment.closed
      await send(first, 1)
      return { ...said, cards: one(first, null), late: true }
  }
  if (way !== 'without scripts') moment.watches(chance)
  if (!saysMore) return said

  // The page after the three answers: what will you do now?
  await fetchPage(browser, moment, `/n/${code}`)
  await think()
  const form = new URLSearchParams({ next: words ?? '', who: who === null ? '' : String(who), lang: 'da' })
  if (nothing) form.set('nothing', 'on')
  if (way === 'without scripts') await sendForm(browser, moment, chance, `/n/${code}`, form)
  else {
    form.set('rev', '1')
    await untilHeard(browser, moment, chance, `/n/${code}`, form)
  }
  return { ...said, next: words ? { words } : nothing ? 'nothing' : null, who }
}

/** Somebody who sees "no connection" tries again. */
async function fetchPage(browser: Browser, { tell }: Moment, path: string): Promise<void> {
  for (const began = Date.now(); ; await sleep(300)) {
    const answer = await browser.ask('GET', path)
    if (answer?.status === 200) return tell.page(answer.ms)
    if (answer && answer.status < 500) throw new Unheard(`GET ${shape(path)} got ${answer.status}`)
    if (Date.now() - began > patience) throw new Unheard(`GET ${shape(path)} did not come in two minutes`)
  }
}

/** A form without scripts: the button is pressed until another page comes. */
async function sendForm(browser: Browser, { tell }: Moment, chance: Chance, path: string, form: URLSearchParams) {
  for (const began = Date.now(); ; await sleep(chance.between(200, 1000))) {
    const answer = await browser.ask('POST', path, { form })
    if (answer?.status === 303) return tell.heard(answer.ms)
    if (answer && answer.status < 500) throw new Unheard(`a form to ${shape(path)} got ${answer.status}`)
    if (Date.now() - began > patience) throw new Unheard(`a form to ${shape(path)} was not taken in two minutes`)
    tell.again()
  }
}
