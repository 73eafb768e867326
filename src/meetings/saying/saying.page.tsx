// The doors of the phone during the evening: its page by stage, own words, everybody's words, and what it sends.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { cookieOf, cookieText, largestForm, notKept } from '../../door.ts'
import { isLang, type Lang } from '../../i18n/catalogue.ts'
import { Refusal, refuse } from '../../refusal.ts'
import { beforePage } from '../coming/before.page.tsx'
import { type Evening, eveningDays } from '../evening.ts'
import { issueEveningToken, readEveningToken } from '../evening-token.ts'
import { otherPhasePage } from '../exit-card.page.tsx'
import type { Hall, MeetingInHall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import { type EveningPageProps, emptyPage, eveningPage, overPage, type Phone, toldOf } from './evening.page.tsx'
import { minePage } from './mine.page.tsx'
import type { Again } from './phone.page.tsx'
import { pictureOf } from './phone-state.page.tsx'
import { refusedPage } from './refused.page.tsx'
import {
  arrivalOf,
  arrive,
  bringBack,
  changeStatement,
  decideToShow,
  doneBy,
  ownWords,
  putDots,
  recognise,
  sayStatement,
  takeBack,
} from './saying.deeds.ts'
import { isId, type Read, readButton, readDoor, readDots, readSaid, type SayingProblem } from './saying.ts'
import { beginsAt, partsOf } from './wall-part.ts'
import { wordsPage } from './words.page.tsx'

/** What a script sends along: it wants a status, not a page. */
const outboxHead = 'x-oplive-outbox'
/** Where a script leads the person who has sent this, when it is not where its form says. */
const onwardHead = 'x-oplive-to'
/** The page that the phone keeps for when there is no net, in the place of this one. */
const keepHead = 'x-oplive-keep'

type CookieName = 'evening' | 'door'

/** One who asks for a page of an evening: in which language, of which meeting, by which phone. */
interface Comer {
  c: Context<Visited>
  lang: Lang
  meeting: MeetingInHall
  token: Buffer | null
  doorToken: Buffer | null
}

/** One who gets a page drawn; who only sends something does not wait for the whole evening to be asked for. */
interface Here extends Comer {
  evening: Evening | null
}

type What = 'say' | 'back' | 'know' | 'dots' | 'door'

/** What becomes of a posted form. */
type Outcome = { to: string /** Also when a script sent it. */; always?: boolean } | { again: readonly SayingProblem[] }

export function sayingPages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use(
    '/m/:code/:what{say|back|show|know|dots|door}',
    bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') }),
  )

  // --- Pages

  // Cookies belong to the code as it is written: whoever typed it in small letters goes on to that address.
  pages.get('/m/:code/:what{mine|words|empty}', async (c, next) => {
    const typed = c.req.param('code')
    const code = readCode(typed)
    if (!code || code === typed) return next()
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(pathname.replace(/^\/m\/[^/]+/, `/m/${code}`) + search, 308)
  })

  pages.get('/m/:code', async (c) => {
    const here = await comeIn(c)
    const { lang, meeting, evening } = here
    if (meeting.life.phase !== 'planned') return c.html(otherPhasePage(meeting, lang), 410, notKept)
    if (!evening) return beforePage(c, hall, meeting)
    if (evening.putAwayAt) return c.html(overPage(lang, meeting), 200, notKept)
    giveTokens(here)
    c.header(keepHead, `/m/${meeting.code}/empty?lang=${lang}`)
    const told = toldOf.find((one) => one === c.req.query('told'))
    return c.html(
      eveningPage({ ...(await propsOf(here, evening)), told, skipped: c.req.query('skip') !== undefined }),
      200,
      notKept,
    )
  })

  pages.get('/m/:code/empty', async (c) => {
    const { lang, meeting } = await comeIn(c)
    return c.html(emptyPage(lang, meeting), 200, notKept)
  })

  pages.get('/m/:code/words', async (c) => {
    const here = await comeIn(c)
    const { lang, meeting, evening } = here
    if (!evening) return c.redirect(`/m/${meeting.code}?lang=${lang}`, 303)
    const { phone, part } = await propsOf(here, evening)
    return c.html(wordsPage({ lang, meeting, evening, part, ...phone }), 200, notKept)
  })

  pages.get('/m/:code/mine', async (c) => {
    const here = await comeIn(c)
    if (!here.evening) return c.redirect(`/m/${here.meeting.code}?lang=${here.lang}`, 303)
    giveTokens(here)
    return c.html(await mine(here, c.req.query('change')), 200, notKept)
  })

  // --- What a phone sends

  pages.post('/m/:code/say', (c) =>
    take(c, 'say', async (here, form) => {
      const read = readSaid(form)
      if (!read.ok) return { again: read.problems }
      const token = tokenOf(here)
      const { id, ...said } = read.value
      const { code } = here.meeting
      const mineAt = `/m/${code}/mine?lang=${here.lang}`
      if (id) {
        const changed = await changeStatement(hall, here.meeting, token, id, said)
        return { to: `${mineAt}#w-${changed.id}` }
      }
      const kept = await sayStatement(hall, here.meeting, token, said)
      // Somebody has to look at it again: that is where the person goes now.
      if (kept.state === 'asked') return { to: `${mineAt}#w-${kept.id}`, always: true }
      return { to: here.meeting.life.phase === 'planned' ? `/m/${code}?lang=${here.lang}&told=said` : mineAt }
    }),
  )

  pages.post('/m/:code/back', (c) =>
    take(c, 'back', async (here, form) => {
      const read = readId(readButton(form, ['id', 'undo']), 'id')
      if (!read.ok) return { again: read.problems }
      const { id, fields } = read.value
      const deed = fields.has('undo') ? bringBack : takeBack
      await deed(hall, here.meeting, tokenOf(here), id)
      return { to: `/m/${here.meeting.code}/mine?lang=${here.lang}#w-${id}` }
    }),
  )

  pages.post('/m/:code/show', (c) =>
    take(c, 'back', async (here, form) => {
      const read = readId(readButton(form, ['id']), 'id')
      if (!read.ok) return { again: read.problems }
      await decideToShow(hall, here.meeting, tokenOf(here), read.value.id)
      return { to: `/m/${here.meeting.code}/mine?lang=${here.lang}#w-${read.value.id}` }
    }),
  )

  pages.post('/m/:code/know', (c) =>
    take(c, 'know', async (here, form) => {
      const read = readId(readButton(form, ['statement', 'yes', 'at']), 'statement')
      if (!read.ok) return { again: read.problems }
      const { id, fields } = read.value
      const yes = fields.get('yes')
      if (yes !== '1' && yes !== '0') return { again: [{ field: '', code: 'foreign' }] }
      await recognise(hall, here.meeting, tokenOf(here), id, yes === '1')
      const [, page, part] = /^([mw])(\d{1,3})$/.exec(fields.get('at') ?? '') ?? []
      const path = page === 'm' && here.meeting.life.phase === 'planned' ? '' : '/words'
      return { to: `/m/${here.meeting.code}${path}?lang=${here.lang}${part ? `&part=${part}` : ''}#w-${id}` }
    }),
  )

  pages.post('/m/:code/dots', (c) =>
    take(c, 'dots', async (here, form) => {
      const read = readDots(form)
      if (!read.ok) return { again: read.problems }
      await putDots(hall, here.meeting, tokenOf(here), read.value)
      return { to: `/m/${here.meeting.code}?lang=${here.lang}&told=dots` }
    }),
  )

  pages.post('/m/:code/door', (c) =>
    take(c, 'door', async (here, form) => {
      const read = readDoor(form)
      if (!read.ok) return { again: read.problems }
      await arrive(hall, here.meeting, tokenOf(here, 'door'), read.value)
      return { to: `/m/${here.meeting.code}?lang=${here.lang}&told=door` }
    }),
  )

  // --- Coming in

  async function come(c: Context<Visited>, lang: Lang): Promise<Comer> {
    const typed = c.req.param('code') ?? ''
    const meeting = (await hall.find(readCode(typed) ?? refuse('code.unknown'))) ?? refuse('code.unknown')
    const cookie = c.req.header('cookie')
    const read = (name: CookieName) => readEveningToken(hall.house, meeting.id, name, cookieOf(cookie, name))
    return { c, lang, meeting, token: read('evening'), doorToken: read('door') }
  }

  /** Before it has begun nothing is asked; afterwards it is asked once for all who watch. */
  async function withEvening(comer: Comer): Promise<Here> {
    return { ...comer, evening: comer.meeting.stage ? await hall.evenings.of(comer.meeting.id) : null }
  }

  const comeIn = async (c: Context<Visited>): Promise<Here> => withEvening(await come(c, c.get('visit').lang))

  function give(here: Comer, name: CookieName): Buffer | null {
    const text = issueEveningToken(hall.house, here.meeting.id, name)
    here.c.header(
      'set-cookie',
      cookieText({
        name,
        value: text,
        path: `/m/${here.meeting.code}`,
        seconds: eveningDays * 86_400,
        secure: here.c.get('visit').origin.startsWith('https:'),
      }),
      { append: true },
    )
    return readEveningToken(hall.house, here.meeting.id, name, text)
  }

  /** A phone that comes while the evening is on gets its tokens: one for what it says, one for the door list. */
  function giveTokens(here: Here): void {
    if (!here.evening || here.evening.putAwayAt || here.meeting.life.phase !== 'planned') return
    here.token ??= give(here, 'evening')
    here.doorToken ??= give(here, 'door')
  }

  /** The phone's token; one that keeps no cookies gets a new one each time while the evening is on. */
  function tokenOf(here: Comer, name: CookieName = 'evening'): Buffer {
    if (!here.meeting.stage) refuse('evening.not-begun')
    const known = name === 'door' ? here.doorToken : here.token
    if (known) return known
    if (here.meeting.life.phase !== 'planned') refuse('meeting.closed')
    return give(here, name) ?? refuse('busy')
  }

  // --- Drawing

  /** What a page of the evening is drawn from. A phone that has never been here has done nothing, and nothing is asked. */
  async function propsOf(here: Here, evening: Evening): Promise<EveningPageProps> {
    const { c, lang, meeting, token, doorToken } = here
    const came = cookieOf(c.req.header('cookie'), 'evening') !== undefined
    const [done, arrived] = await Promise.all([
      token && came ? doneBy(hall, meeting, token) : null,
      doorToken && came && evening.stage === 'welcome' ? arrivalOf(hall, meeting, doorToken) : null,
    ])
    const phone: Phone = {
      own: new Set(done?.own.map(({ id }) => id)),
      asked: done?.own.filter(({ state }) => state === 'asked').length ?? 0,
      known: new Set(done?.known),
      dots: new Map(done?.dots),
      arrived,
    }
    const asked = c.req.query('part')
    const parts = partsOf({ length: pictureOf(evening).words })
    return { lang, meeting, evening, phone, part: asked ? Number(asked) || 0 : beginsAt(parts, token) }
  }

  async function mine(here: Here, change: string | undefined, again?: Again) {
    const { lang, meeting, evening, token } = here
    const own = token ? await ownWords(hall, meeting, token) : []
    return minePage({ lang, meeting, evening, own, change, again })
  }

  // --- Taking

  /** Takes a posted form: a script gets a status, a person gets a page, and what was typed is in it when it is not kept. */
  async function take(
    c: Context<Visited>,
    what: What,
    work: (here: Comer, form: URLSearchParams) => Promise<Outcome>,
  ): Promise<Response> {
    const form = new URLSearchParams(await c.req.text())
    const said = form.get('lang')
    const comer = await come(c, isLang(said) ? said : c.get('visit').lang)
    const forScript = c.req.header(outboxHead) !== undefined
    const nothing = (status: 204 | 400 | 403 | 404 | 409 | 410 | 503) => c.body(null, status, notKept)
    const outcome = await work(comer, form).catch((error: unknown): Outcome | Refusal => {
      if (error instanceof Refusal) {
        if (error.code === 'words.cpr') return { again: [{ field: 'text', code: 'cpr' }] }
        if (error.code === 'dots.too-many') return { again: [{ field: '', code: 'too-many' }] }
        return error
      }
      hall.house.log.fail('request.failed', error)
      return { again: [{ field: '', code: 'busy' }] }
    })
    if (outcome instanceof Refusal) {
      if (forScript) return nothing(outcome.status as 409)
      return c.html(refusedPage(comer, outcome.code, form.get('text')), outcome.status, notKept)
    }
    if ('to' in outcome) {
      if (!forScript) return c.redirect(outcome.to, 303)
      if (outcome.always) c.header(onwardHead, outcome.to)
      return nothing(204)
    }
    const status = outcome.again.some(({ code }) => code === 'busy') ? 503 : 400
    if (forScript) return nothing(status)
    const page = await drawAgain(comer, what, { problems: outcome.again, said: form }).catch(() =>
      refusedPage(comer, 'busy', form.get('text')),
    )
    return c.html(page, status, notKept)
  }

  /** The page that a form came from, with what was typed and what is to be mended. */
  async function drawAgain(comer: Comer, what: What, again: Again): Promise<string> {
    const here = await withEvening(comer)
    const id = again.said.get('id')
    if (what === 'say' && id !== null && isId(id)) return mine(here, id, again)
    if (!here.evening || what === 'back' || what === 'know') {
      const busy = again.problems.some(({ code }) => code === 'busy')
      return refusedPage(here, busy ? 'busy' : 'statement.gone', again.said.get('text'))
    }
    return eveningPage({ ...(await propsOf(here, here.evening)), again: { ...again, form: what } })
  }

  return pages
}

/** A form of one button that is about one statement. */
function readId(
  read: Read<Map<string, string>>,
  field: string,
): Read<{ id: string; fields: ReadonlyMap<string, string> }> {
  if (!read.ok) return read
  const id = read.value.get(field) ?? ''
  if (!isId(id)) return { ok: false, problems: [{ field: '', code: 'foreign' }] }
  return { ok: true, value: { id, fields: read.value } }
}
