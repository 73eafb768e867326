// The door of the hall: what many phones ask for in the same minute, answered straight on Node's own server.
// Pages here are made once for each meeting, phase and language; an answer is one commit shared with those who came at the same time.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type SignedIn, whoIs } from '../access/session.deeds.ts'
import { langOf, originOf, sessionIn, type Whereabouts } from '../access/visit.ts'
import { guestIn, isMunicipal } from '../db/as-actor.ts'
import { cookieOf, cookieText, headOf, isForeign, pageHeads, readForm, send, strictTransport } from '../door.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Refusal, refuse } from '../refusal.ts'
import { refusalPage, type Way } from '../ui/refusal.tsx'
import { answerExitCard, sayNext } from './answering.deeds.ts'
import { meetingToHost } from './exit-card.deeds.ts'
import { type Again, cardPage, nextPage, otherPhasePage, thanksPage, waitingState } from './exit-card.page.tsx'
import { type Problem, readCard, readNext } from './exit-card.ts'
import { deviceCookie, type Guessing } from './guessing.ts'
import { communityResult, type Hall, type MeetingInHall } from './hall.ts'
import { screenState } from './hall-screen.page.tsx'
import type { Draw, Live, Right, Watching } from './live.ts'
import { lateDays } from './meeting.ts'
import { codeLength, readCode } from './meeting-code.ts'
import { issueToken, readToken } from './phone-token.ts'
import { laterState, resultState } from './result.page.tsx'
import { words } from './words.ts'

/** Answers the request, or says that it is for another door. */
export type HallDoor = (req: IncomingMessage, res: ServerResponse) => boolean

/** Pages that are made once for a meeting as it is now: when the meeting changes, it is another object and they are gone. */
type Pages = WeakMap<MeetingInHall, Map<string, Prebuilt>>

interface Prebuilt {
  raw: Buffer
  gzip: Buffer
  br: Buffer
  /** What stands over each of them. */
  heads: Record<'raw' | 'gzip' | 'br', string[]>
}

/** What a script of the card sends along: it wants a status, not a page. */
const outboxHead = 'x-oplive-outbox'

const cookies = { card: (code: string) => `/m/${code}`, next: (code: string) => `/n/${code}` }
type CookieName = keyof typeof cookies

/** `/m/` and a code. */
const plainCard = 3 + codeLength

const doors: Record<string, Record<string, 'card' | 'answer' | 'thanks' | 'stream' | 'next' | 'sayNext'>> = {
  GET: { m: 'card', 'm/thanks': 'thanks', 'm/stream': 'stream', n: 'next' },
  POST: { 'm/answer': 'answer', n: 'sayNext' },
}

/**
 * The whole state of a meeting, as phones and screens watch it. `drawEvening` draws what phones see before the exit card opens, and
 * what the one who leads sees at any time.
 */
export const drawMeeting =
  (hall: Hall, drawEvening: Draw): Draw =>
  async (meeting, view) => {
    const { watching, lang, origin, employee } = view
    if (watching === 'lead' || (watching === 'phone' && meeting.life.phase === 'planned'))
      return drawEvening(meeting, view)
    if (employee && meeting.life.phase === 'closed') {
      // The wall has no other heading.
      return laterState(meeting, lang, watching === 'screen' ? 'h1' : 'h2')
    }
    if (watching === 'screen') return screenState(hall, meeting, lang, origin)
    const result = meeting.life.phase === 'closed' ? await communityResult(hall, meeting.id) : null
    return result ? resultState(lang, meeting, result.body) : waitingState(lang)
  }

export interface HallDoorParts {
  hall: Hall
  live: Live
  guessing: Guessing
  where: Whereabouts
  draw: Draw
  /** The rest of the house: what is planned or going on, before the exit card opens, is the evening's own page. */
  elsewhere(req: IncomingMessage, res: ServerResponse): void
}

export function hallDoor({ hall, live, guessing, where, draw, elsewhere }: HallDoorParts): HallDoor {
  const { origin } = where
  const built: Pages = new WeakMap()
  const secure = origin?.startsWith('https:') ?? false

  function once(meeting: MeetingInHall, name: string, lang: Lang, make: () => string): Prebuilt {
    const pages = built.get(meeting) ?? new Map<string, Prebuilt>()
    built.set(meeting, pages)
    const key = `${name} ${lang}`
    const known = pages.get(key)
    if (known) return known
    const raw = Buffer.from(make())
    const gzip = gzipSync(raw, { level: 9 })
    const br = brotliCompressSync(raw)
    const over = (bytes: Buffer, encoding?: string) =>
      pageHeads(bytes, {
        vary: 'accept-encoding, cookie',
        ...(encoding ? { 'content-encoding': encoding } : {}),
        ...(secure ? strictTransport : {}),
      })
    const page = { raw, gzip, br, heads: { raw: over(raw), gzip: over(gzip, 'gzip'), br: over(br, 'br') } }
    pages.set(key, page)
    return page
  }

  const newCookie = (meeting: MeetingInHall, name: CookieName, token: string): string =>
    cookieText({ name, value: token, path: cookies[name](meeting.code), seconds: (lateDays + 1) * 86_400, secure })

  /** Somebody of the municipality who is signed in: the community sees its result before they do. */
  async function isEmployee(req: IncomingMessage): Promise<boolean> {
    const person = await personOf(req)
    return person !== null && isMunicipal(person)
  }

  async function personOf(req: IncomingMessage): Promise<SignedIn | null> {
    const session = sessionIn(req.headers.cookie, origin)
    return session === undefined ? null : whoIs(hall.house, session)
  }

  /** By whose right a stream stays open; none for whoever is not signed in, and sees what all see. */
  async function rightOf(req: IncomingMessage, meeting: MeetingInHall, watching: Watching): Promise<Right | undefined> {
    const person = await personOf(req)
    if (!person) return undefined
    const still = async () => {
      const now = await personOf(req)
      // Who has gone into the municipality's service meanwhile, or out of it, sees another state.
      if (!now || isMunicipal(now) !== isMunicipal(person)) return false
      return (
        watching !== 'lead' ||
        mustLead(req, meeting).then(
          () => true,
          () => false,
        )
      )
    }
    return { account: person.account, until: person.session.expiresAt, still }
  }

  /** The phone's token for this meeting and purpose. A phone without one gets it while the card is open, and only then. */
  function tokenOf(
    req: IncomingMessage,
    meeting: MeetingInHall,
    name: CookieName,
  ): { token: Buffer | null; fresh: string | null } {
    if (!meeting.phones) return { token: null, fresh: null }
    const token = readToken(meeting.phones, cookieOf(req.headers.cookie, name))
    if (token || meeting.life.phase !== 'open') return { token, fresh: null }
    const text = issueToken(meeting.phones)
    return { token: readToken(meeting.phones, text), fresh: newCookie(meeting, name, text) }
  }

  function sendBuilt(req: IncomingMessage, res: ServerResponse, status: number, page: Prebuilt, cookie: string | null) {
    const accepts = req.headers['accept-encoding'] ?? ''
    const form = accepts.includes('br') ? 'br' : accepts.includes('gzip') ? 'gzip' : 'raw'
    const heads = page.heads[form]
    res.writeHead(status, cookie ? [...heads, 'set-cookie', cookie] : heads)
    res.end(page[form])
  }

  async function meetingAt(req: IncomingMessage, res: ServerResponse, typed: string): Promise<MeetingInHall> {
    const code = readCode(typed)
    const meeting = code ? await hall.find(code) : null
    if (meeting) return meeting
    const { device } = await guessing.wrong(cookieOf(req.headers.cookie, deviceCookie))
    if (device)
      res.setHeader('set-cookie', cookieText({ name: deviceCookie, value: device, path: '/', seconds: 3600, secure }))
    refuse('code.unknown')
  }

  async function showCard(req: IncomingMessage, res: ServerResponse, meeting: MeetingInHall, lang: Lang) {
    if (meeting.life.phase === 'open')
      return sendBuilt(
        req,
        res,
        200,
        once(meeting, 'card', lang, () => cardPage(meeting, lang)),
        tokenOf(req, meeting, 'card').fresh,
      )
    if (meeting.life.phase === 'planned') return elsewhere(req, res)
    sendBuilt(
      req,
      res,
      410,
      once(meeting, 'other', lang, () => otherPhasePage(meeting, lang)),
      null,
    )
  }

  const toEvening = (res: ServerResponse, { code }: MeetingInHall, lang: Lang) =>
    send(res, 303, '', { location: `/m/${code}?lang=${lang}` })

  /** The page of the one who leads is for hosts of the place. */
  async function mustLead(req: IncomingMessage, meeting: MeetingInHall): Promise<void> {
    const person = await personOf(req)
    await meetingToHost(
      person ? { house: hall.house, role: person.role, account: person.account } : guestIn(hall.house),
      meeting.code,
    )
  }

  async function takeAnswer(req: IncomingMessage, res: ServerResponse, meeting: MeetingInHall) {
    const { token, fresh } = tokenOf(req, meeting, 'card')
    await take(req, res, {
      again: (lang, again) => cardPage(meeting, lang, again),
      cookie: fresh,
      onward: (lang) => `/n/${meeting.code}?lang=${lang}`,
      work: async (form) => {
        const card = readCard(form)
        if (!card.ok) return card.problems
        await answerExitCard(hall, meeting, token, card.value)
        return []
      },
    })
  }

  async function takeNext(req: IncomingMessage, res: ServerResponse, meeting: MeetingInHall) {
    const { token, fresh } = tokenOf(req, meeting, 'next')
    await take(req, res, {
      again: (lang, again) => nextPage(meeting, lang, again),
      cookie: fresh,
      onward: (lang) => `/m/${meeting.code}/thanks?lang=${lang}`,
      work: async (form) => {
        const said = readNext(form)
        if (!said.ok) return said.problems
        await sayNext(hall, meeting, token, said.value)
        return []
      },
    })
  }

  interface Taking {
    work(form: URLSearchParams): Promise<readonly Problem[]>
    again(lang: Lang, again: Again): string
    onward(lang: Lang): string
    cookie: string | null
  }

  /** Takes a posted form. Whatever was answered, the same status, the same target and the same length go back. */
  async function take(req: IncomingMessage, res: ServerResponse, { work, again, onward, cookie }: Taking) {
    const forScript = req.headers[outboxHead] !== undefined
    if (isForeign(headOf(req), origin)) refuse('foreign-post')
    const form = await readForm(req)
    const lang = langOf(form.get('lang'), req.headers.cookie)
    const headers = cookie ? { 'set-cookie': cookie } : {}
    let problems: readonly (Problem | { field: string; code: 'busy' })[]
    try {
      problems = await work(form)
    } catch (error) {
      if (error instanceof Refusal) throw error
      hall.house.log.fail('request.failed', error)
      problems = [{ field: '', code: 'busy' }]
    }
    if (problems.length === 0) {
      if (forScript) return send(res, 204, '', headers)
      return send(res, 303, '', { ...headers, location: onward(lang) })
    }
    const status = problems.some((problem) => problem.code === 'busy') ? 503 : 400
    if (forScript) return send(res, status, '', headers)
    send(res, status, again(lang, { problems: problems as readonly Problem[], said: form }), headers)
  }

  async function answer(
    door: (typeof doors)[string][string],
    req: IncomingMessage,
    res: ServerResponse,
    query: URLSearchParams,
    typed: string,
  ): Promise<void> {
    const meeting = await meetingAt(req, res, typed)
    const lang = langOf(query.get('lang'), req.headers.cookie)
    // Cookies belong to the code as it is written: whoever typed it in small letters goes on to that address.
    if (typed !== meeting.code && (req.method === 'GET' || req.method === 'HEAD'))
      return send(res, 308, '', {
        location: (req.url ?? '').replace(/^(\/[mn]\/)[^/?]+/, `$1${meeting.code}`),
      })
    switch (door) {
      case 'card':
        return showCard(req, res, meeting, lang)
      case 'answer':
        return takeAnswer(req, res, meeting)
      case 'next': {
        if (meeting.life.phase === 'planned') return toEvening(res, meeting, lang)
        return sendBuilt(
          req,
          res,
          200,
          once(meeting, 'next', lang, () => nextPage(meeting, lang)),
          tokenOf(req, meeting, 'next').fresh,
        )
      }
      case 'sayNext':
        return takeNext(req, res, meeting)
      case 'thanks': {
        if (meeting.life.phase === 'planned') return toEvening(res, meeting, lang)
        if (await isEmployee(req)) return send(res, 303, '', { location: `/m/${meeting.code}/result?lang=${lang}` })
        const state = await draw(meeting, { watching: 'phone', lang, origin: '' })
        return sendBuilt(
          req,
          res,
          200,
          once(meeting, 'thanks', lang, () => thanksPage(meeting, lang, state)),
          null,
        )
      }
      case 'stream': {
        if (req.method === 'HEAD') return void res.writeHead(200, { 'content-type': 'text/event-stream' }).end()
        const watching = watchingOf(query.get('for'))
        if (watching === 'lead') await mustLead(req, meeting)
        const shown = watching === 'screen' ? originOf(headOf(req), where) : ''
        return live.watch(
          res,
          meeting,
          { watching, lang, origin: shown, employee: await isEmployee(req) },
          await rightOf(req, meeting, watching),
        )
      }
    }
  }

  /** Where to go from a refusal that belongs to a meeting. */
  function wayFrom(code: string, lang: Lang, path: string): Way | undefined {
    if (code !== 'meeting.closed' && code !== 'card.counted') return undefined
    return { href: `/m/${path}/result?lang=${lang}`, label: words(lang)('phase.toResult') }
  }

  return (req, res) => {
    const target = req.url ?? '/'
    // What a hall asks for most, straight away: the open card, by its address as it stands in the QR code.
    if (req.method === 'GET' && target.length === plainCard && target.startsWith('/m/')) {
      const meeting = hall.here(target.slice(3))
      if (meeting?.life.phase === 'open') {
        const lang = langOf(null, req.headers.cookie)
        try {
          sendBuilt(
            req,
            res,
            200,
            once(meeting, 'card', lang, () => cardPage(meeting, lang)),
            tokenOf(req, meeting, 'card').fresh,
          )
        } catch (error) {
          // Nobody stands behind this to catch it: one page that breaks must not end the whole evening.
          hall.house.log.fail('request.failed', error)
          if (!res.headersSent) send(res, 503, refusalPage(lang, 'busy'))
        }
        return true
      }
    }
    const parts = /^\/([mn])\/([^/?]{1,40})(?:\/(\w+))?\/?(?:\?|$)/.exec(target)
    const method = req.method === 'HEAD' ? 'GET' : (req.method ?? '')
    const [, room = '', typed = '', rest] = parts ?? []
    const door = doors[method]?.[rest ? `${room}/${rest}` : room]
    if (!door) return false
    const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?')) : '')
    answer(door, req, res, query, decode(typed)).catch((error: unknown) => {
      if (res.headersSent) return res.destroy()
      // The phone lost its coverage half-way: it will send again, and nothing is said of it anywhere.
      if (req.destroyed && !(error instanceof Refusal)) return
      const code = error instanceof Refusal ? error.code : 'busy'
      if (!(error instanceof Refusal)) hall.house.log.fail('request.failed', error)
      const lang = langOf(query.get('lang'), req.headers.cookie)
      const status = error instanceof Refusal ? error.status : 503
      send(
        res,
        status,
        req.headers[outboxHead] === undefined ? refusalPage(lang, code, wayFrom(code, lang, decode(typed))) : '',
      )
    })
    return true
  }
}

const watchingOf = (text: string | null): Watching => (text === 'screen' || text === 'lead' ? text : 'phone')

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
