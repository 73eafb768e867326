// The doors of paper: the poster, the cards to print, and the scribe's page where a pile is typed in.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { notKept } from '../../door.ts'
import { refuse } from '../../refusal.ts'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { blankSheetPages } from './blank-sheets.page.tsx'
import { doorListPages } from './door-list.page.tsx'
import { layPile, lookAtKept, meetingForScribe } from './pile.deeds.ts'
import { keptPage, type PilePageProps, pilePage, rowsFor } from './pile.page.tsx'
import {
  cardsThatDiffer,
  differences,
  mostCards,
  type PileForm,
  type PileProblem,
  readPile,
  type Stage,
  type Typed,
} from './pile.ts'
import { posterPage, readPoster } from './poster.page.tsx'
import { scribePages } from './scribe.page.tsx'
import { cardsPage } from './sheets.page.tsx'

/** Sixty cards typed twice, each with 280 characters that take twelve bytes in a form. */
const largestPile = 512 * 1024

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')

export function paperPages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.route('/', blankSheetPages(hall))
  pages.route('/', scribePages(hall))
  pages.route('/', doorListPages(hall))
  const meetingOf = async (c: Context<Visited>): Promise<MeetingHere> =>
    (await hall.find(codeOf(c))) ?? refuse('code.unknown')

  pages.get('/m/:code/poster', async (c) => {
    const { lang, origin } = c.get('visit')
    const wanted = readPoster(c.req.query('size'), c.req.query('in'), lang)
    return c.html(posterPage(await meetingOf(c), lang, origin, wanted), 200, notKept)
  })

  pages.get('/m/:code/paper/cards', async (c) => {
    return c.html(cardsPage(await meetingOf(c), c.get('visit').lang), 200, notKept)
  })

  pages.get('/m/:code/pile', async (c) => {
    const { actor, lang } = c.get('visit')
    const meeting = await meetingForScribe(actor, codeOf(c))
    const page = pilePage({
      lang,
      meeting,
      stage: 'first',
      pile: randomUUID(),
      first: [],
      second: [],
      rows: rowsFor(0),
    })
    return c.html(page, 200, notKept)
  })

  pages.post('/m/:code/pile', bodyLimit({ maxSize: largestPile, onError: () => refuse('too-large') }), async (c) => {
    const { actor, lang } = c.get('visit')
    const meeting = await meetingForScribe(actor, codeOf(c))
    const form = readPile(new URLSearchParams(await c.req.text()))
    const pile = form.pile ?? randomUUID()
    const show = (status: 200 | 400, stage: Stage, more: Partial<PilePageProps> = {}) => {
      const said = { first: form.first.rows, second: form.second.rows }
      const rows = rowsOn(stage, form)
      return c.html(pilePage({ lang, meeting, stage, pile, ...said, rows, ...more }), status, notKept)
    }

    if (form.wanted !== 'done') return show(200, form.stage)
    const problems = problemsOf(form)
    if (problems.length > 0) {
      // What is wrong must be seen to be mended, also when it stands in the first time.
      const stage = form.stage === 'second' && problems.some((one) => one.pass === 'first') ? 'mend' : form.stage
      return show(400, stage, { problems })
    }
    if (form.stage === 'first') return show(200, 'second')
    const [first, second] = [form.first.cards.map((one) => one.card), form.second.cards.map((one) => one.card)]
    const differ = differences(first, second)
    if (differ.length > 0) {
      const pairs = cardsThatDiffer(form.first.cards, form.second.cards)
      return show(400, 'mend', { compared: { differences: differ, pairs } })
    }
    await layPile(actor, hall, meeting.code, pile, second)
    return c.redirect(`/m/${meeting.code}/pile/kept?cards=${second.length}`, 303)
  })

  pages.get('/m/:code/pile/kept', async (c) => {
    const { actor, lang } = c.get('visit')
    const { meeting, answered } = await lookAtKept(actor, hall, codeOf(c))
    const cards = Number(c.req.query('cards'))
    if (!Number.isInteger(cards) || cards < 1 || cards > mostCards) return c.redirect(`/m/${meeting.code}/pile`, 303)
    return c.html(keptPage(lang, meeting, cards, answered), 200, notKept)
  })

  return pages
}

/** How many rows there must be. The second time begins with as many as the first had. */
function rowsOn(stage: Stage, { first, second, wanted }: PileForm): number {
  const count = ({ rows, shown }: Typed) => (wanted === 'more' ? shown : rows.length)
  const most =
    stage === 'first' ? count(first) : Math.max(first.rows.length, count(second), stage === 'mend' ? count(first) : 0)
  return rowsFor(most, wanted === 'more')
}

/** What must be mended before the pile can go on. */
function problemsOf({ stage, first, second, pile, strange }: PileForm): PileProblem[] {
  const here = stage === 'first' ? [first] : [first, second]
  const pass = stage === 'first' ? 'first' : 'second'
  const problems = here.flatMap((typed) => typed.problems)
  const at = { pass, row: 1, column: 'inf' } as const
  if (strange || pile === null) problems.push({ ...at, code: 'strange' })
  if (first.cards.length === 0) problems.push({ ...at, pass: 'first', code: 'none' })
  else if (stage !== 'first' && second.cards.length === 0) problems.push({ ...at, code: 'none' })
  return problems
}
