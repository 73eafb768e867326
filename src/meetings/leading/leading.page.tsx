// The doors of leading: the page while the evening is on, the board of themes, and each deed as a form that can be posted.
import { randomBytes, randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { sayDayAndTime } from '../../communities/times.ts'
import { notKept } from '../../door.ts'
import { lookOver } from '../../hints.ts'
import type { LaterWork } from '../../jobs/jobs.ts'
import { Refusal, refuse } from '../../refusal.ts'
import type { Problem } from '../../ui/forms.tsx'
import {
  type Evening,
  isStage,
  isStatementKind,
  type ScreenShow,
  type Speaker,
  type StatementKind,
} from '../evening.ts'
import { countAttendance, meetingToHost } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import { readAttended } from '../hosting/desk.ts'
import { readCode } from '../meeting-code.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { boardPage, type Look, lookAs, RowItem, sayPriorities, ThemeHead } from './board.page.tsx'
import { boardMemory, boardOf, type Row, readPicks } from './board.ts'
import { beginPage, leadPage, type Told, Undo, undoWords } from './lead.page.tsx'
import {
  addTheme,
  beginEvening,
  goToItem,
  hideStatement,
  moveStatements,
  orderTheme,
  removeTheme,
  renameTheme,
  setPriority,
  setScreen,
  setStage,
  showAgain,
  talk,
  undoOne,
  whatWasDone,
  writeStatement,
} from './leading.deeds.ts'
import { isDeed, isHiddenReason, readThemeName, readWritten } from './leading.ts'
import { words } from './words.ts'

/** A tick for each of a thousand statements is a large form. */
const largestPick = 200_000
const large = bodyLimit({ maxSize: largestPick, onError: () => refuse('too-large') })
/** What a script of these pages sends along: it wants a status and a sentence, not a page. */
const scriptHead = 'x-oplive-leading'

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

interface Here {
  meeting: MeetingHere
  evening: Evening
}

/** Why a deed was not done, as something to mend in its form. */
class ToMend extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super('to mend')
    this.problems = problems
  }
}

export function leadingPages(hall: Hall, later: LaterWork): Hono<Visited> {
  const pages = new Hono<Visited>()
  const memory = boardMemory(randomBytes(6).toString('base64url'))
  pages.use('/m/:code/:what{begin|lead|board}', large)
  pages.use('/m/:code/lead/:deed', large)

  /** The meeting and its evening, if the one who asks hosts it and it has begun. */
  async function here(c: Context<Visited>): Promise<Here | null> {
    const meeting = await meetingToHost(c.get('visit').actor, codeOf(c))
    const evening = await hall.evenings.of(meeting.id)
    return evening ? { meeting, evening } : null
  }

  // --- Beginning

  pages.get('/m/:code/begin', async (c) => {
    const { actor, house, lang } = c.get('visit')
    const meeting = await meetingToHost(actor, codeOf(c))
    const now = house.clock.now()
    if (meeting.life.phase !== 'planned' || (await hall.evenings.of(meeting.id)))
      return c.redirect(`/m/${meeting.code}/lead`, 303)
    const when = sayDayAndTime(meeting.startsAt, meeting.community.timeZone, lang, now)
    return c.html(beginPage(lang, meeting, when), 200, notKept)
  })

  pages.post('/m/:code/begin', async (c) => {
    const code = codeOf(c)
    await beginEvening(c.get('visit').actor, hall, later, code)
    return c.redirect(`/m/${code}/lead`, 303)
  })

  // --- The page of the one who leads. Before and after the evening this address is the host's desk.

  async function showLead(c: Context<Visited>, { meeting, evening }: Here, more: More = {}) {
    const { actor, house, lang } = c.get('visit')
    const done = await whatWasDone(actor, meeting.id)
    const { status = 200, ...rest } = more
    const page = leadPage({ lang, meeting, evening, done, now: house.clock.now(), key: randomUUID(), ...rest })
    return c.html(page, status, notKept)
  }

  pages.get('/m/:code/lead', async (c, next) => {
    const found = await here(c)
    if (found?.meeting.life.phase !== 'planned') return next()
    const { lang } = c.get('visit')
    const undone = c.req.query('undone')
    const say = words(lang)
    const told: Told | undefined = isDeed(undone)
      ? { kind: 'ok', title: say('undo.done', { what: undoWords(lang, undone) }) }
      : c.req.query('written')
        ? { kind: 'ok', title: say('write.done') }
        : undefined
    return showLead(c, found, { told })
  })

  // --- The board

  const lookOf = (c: Context<Visited>, said?: URLSearchParams): Look => {
    const [sort, only] = said?.get('look')?.split('.') ?? [c.req.query('sort'), c.req.query('kind')]
    return { sort: sort === 'known' ? 'known' : 'said', only: isStatementKind(only) ? (only as StatementKind) : null }
  }

  /** What has changed on the board since the number that is given. */
  function changes(c: Context<Visited>, { meeting, evening }: Here, since: string | null) {
    const { lang } = c.get('visit')
    const path = `/m/${meeting.code}`
    const board = boardOf(evening)
    const draw = (row: Row) => String(<RowItem lang={lang} path={path} row={row} />)
    return { board, path, ...memory.since(`${meeting.id} ${lang}`, since, board.rows, draw) }
  }

  async function showBoard(c: Context<Visited>, found: Here, more: More = {}) {
    const { actor, lang } = c.get('visit')
    const { meeting, evening } = found
    const { status = 200, said, ...rest } = more
    const { at } = changes(c, found, null)
    const look = lookOf(c, said)
    const done = await whatWasDone(actor, meeting.id)
    return c.html(boardPage({ lang, meeting, evening, done, look, at, said, ...rest }), status, notKept)
  }

  pages.get('/m/:code/board', async (c) => {
    const found = (await here(c)) ?? refuse('evening.not-begun')
    const undone = c.req.query('undone')
    const { lang } = c.get('visit')
    const told: Told | undefined = isDeed(undone)
      ? { kind: 'ok', title: words(lang)('undo.done', { what: undoWords(lang, undone) }) }
      : undefined
    return showBoard(c, found, { told })
  })

  /** For the script of the board: what is new since it asked last. */
  pages.get('/m/:code/board/changes', async (c) => {
    const found = (await here(c)) ?? refuse('evening.not-begun')
    const { actor, lang } = c.get('visit')
    const { meeting, evening } = found
    const { board, path, ...news } = changes(c, found, c.req.query('since') ?? null)
    const done = await whatWasDone(actor, meeting.id)
    const themes = evening.themes.map((theme, index) => ({
      id: theme.id,
      name: theme.name,
      html: String(<ThemeHead lang={lang} path={path} evening={evening} board={board} theme={theme} index={index} />),
    }))
    const parts = {
      undo: String(<Undo lang={lang} path={path} done={done} back="board" />),
      priorities: sayPriorities(lang, evening),
    }
    return c.json({ ...news, themes, parts }, 200, notKept)
  })

  // --- The deeds

  pages.post('/m/:code/lead/:deed', async (c) => {
    const code = codeOf(c)
    const { lang } = c.get('visit')
    const said = new URLSearchParams(await c.req.text())
    const back = said.get('back') === 'board' ? 'board' : 'lead'
    const forScript = c.req.header(scriptHead) !== undefined
    const say = words(lang)
    try {
      const after = await perform(c, code, c.req.param('deed'), said)
      if (forScript) return c.body(null, 204, notKept)
      const look = lookOf(c, said)
      const query = new URLSearchParams(after)
      if (back === 'board' && lookAs(look) !== 'said.all') {
        query.set('sort', look.sort)
        if (look.only) query.set('kind', look.only)
      }
      return c.redirect(`/m/${code}/${back}${query.size > 0 ? `?${query}` : ''}`, 303)
    } catch (error) {
      const problems = error instanceof ToMend ? error.problems : undefined
      const why = error instanceof Refusal ? movedWords[error.code as keyof typeof movedWords] : undefined
      if (!problems && !why) throw error
      const status = problems ? 400 : 409
      const told: Told | undefined = why && {
        kind: 'warn',
        title: say(byOthers.has(why) ? 'moved.title' : 'moved.not'),
        what: say(`moved.${why}`),
      }
      if (forScript) return c.text(problems?.[0]?.message ?? told?.what ?? '', status, notKept)
      // Drawn from what is there now: somebody else has just changed it.
      const found = (await here(c)) ?? refuse('evening.not-begun')
      hall.evenings.forget(found.meeting.id)
      const fresh = (await here(c)) ?? found
      return back === 'board'
        ? showBoard(c, fresh, { status, said, problems, told })
        : showLead(c, fresh, { status, said, problems, told })
    }
  })

  /** Does what the form asks for. What is to be added to the address of the page that follows. */
  async function perform(
    c: Context<Visited>,
    code: string,
    deed: string,
    said: URLSearchParams,
  ): Promise<Record<string, string>> {
    const { actor, lang } = c.get('visit')
    const say = words(lang)
    const theme = said.get('theme') ?? ''
    const mustTheme = () => (uuid.test(theme) ? theme : refuse('theme.gone'))
    const picked = async () => {
      const found = (await here(c)) ?? refuse('evening.not-begun')
      return readPicks(said.getAll('pick'), boardOf(found.evening))
    }
    const some = async () => {
      const picks = await picked()
      if (picks.ids.length === 0) throw new ToMend([{ field: 'theme', message: say('problem.none') }])
      return picks
    }
    // Whoever may not lead hears that first, whatever they sent.
    await meetingToHost(actor, code)
    switch (deed) {
      case 'stage': {
        const stage = said.get('stage')
        const seen = said.get('seen')
        if (!isStage(stage)) refuse('not-found')
        await setStage(actor, hall, code, stage, isStage(seen) ? seen : undefined)
        return {}
      }
      case 'agenda': {
        const place = Number(said.get('place'))
        const seen = Number(said.get('seen') ?? Number.NaN)
        if (!Number.isInteger(place)) refuse('not-found')
        await goToItem(actor, hall, code, place, Number.isInteger(seen) ? seen : undefined)
        return {}
      }
      case 'talk': {
        const who = said.get('who')
        await talk(actor, hall, code, who === 'residents' || who === 'municipality' ? (who as Speaker) : null)
        return {}
      }
      case 'screen': {
        const show = shows.find((one) => one === said.get('show')) ?? refuse('not-found')
        const page = /^\d{1,3}$/.test(said.get('page')?.trim() ?? '') ? Number(said.get('page')) : 0
        await setScreen(actor, hall, code, show, page > 0 ? page : null)
        return {}
      }
      case 'attended': {
        const read = readAttended(said.get('attended') ?? '')
        if (!read.ok) throw new ToMend([{ field: 'attended', message: say(`people.problem.${read.code}`) }])
        await countAttendance(actor, code, read.attended)
        const meeting = await hall.find(code)
        if (meeting) {
          hall.forget(meeting.id)
          hall.evenings.changed(meeting.id)
        }
        return {}
      }
      case 'write': {
        const read = readWritten(said)
        const problems = read.ok
          ? lookOver(read.written.text).cpr
            ? [{ field: 'text', message: say('problem.cpr') }]
            : []
          : read.problems.map(({ field, code: fault }) => ({ field, message: say(`problem.${fault}`) }))
        if (!read.ok || problems.length > 0) throw new ToMend(problems)
        const key = said.get('key') ?? ''
        await writeStatement(actor, hall, code, {
          ...read.written,
          medium: 'facilitator',
          ...(uuid.test(key) && { id: key }),
        })
        return { written: '1' }
      }
      case 'theme': {
        const { ids, seen, words: firstWords } = await picked()
        const typed = said.get('name') ?? ''
        const read = readThemeName(typed)
        if (!read.ok && (read.code !== 'themeEmpty' || firstWords === ''))
          throw new ToMend([{ field: 'name', message: say(`problem.${read.code}`) }])
        await addTheme(actor, hall, code, read.ok ? read.name : firstWords, ids, seen)
        return {}
      }
      case 'rename': {
        const read = readThemeName(said.get('name') ?? '')
        if (!read.ok) throw new ToMend([{ field: `r-${theme}`, message: say(`problem.${read.code}`) }])
        await renameTheme(actor, hall, code, mustTheme(), read.name, said.get('seen') ?? undefined)
        return {}
      }
      case 'remove':
        await removeTheme(actor, hall, code, mustTheme())
        return {}
      case 'order': {
        const before = said.get('before') ?? ''
        await orderTheme(actor, hall, code, mustTheme(), uuid.test(before) ? before : null)
        return {}
      }
      case 'priority':
        await setPriority(actor, hall, code, mustTheme(), said.get('on') === '1')
        return {}
      case 'move': {
        const to = said.get('to') ?? theme
        const { ids, seen } = await some()
        if (to !== 'out' && !uuid.test(to)) refuse('theme.gone')
        await moveStatements(actor, hall, code, ids, to === 'out' ? null : to, seen)
        return {}
      }
      case 'hide': {
        const why = said.get('why')
        if (!isHiddenReason(why)) throw new ToMend([{ field: 'why', message: say('problem.why') }])
        const { ids } = await some()
        await hideStatement(actor, hall, code, ids, why)
        return {}
      }
      case 'show': {
        const found = (await here(c)) ?? refuse('evening.not-begun')
        const { ids } = readPicks([said.get('id') ?? ''], boardOf(found.evening))
        await showAgain(actor, hall, code, ids)
        return {}
      }
      case 'undo': {
        const undone = await undoOne(actor, hall, code, said.get('id') ?? '')
        return undone ? { undone } : {}
      }
      default:
        refuse('not-found')
    }
  }

  return pages
}

interface More {
  status?: 200 | 400 | 409
  said?: URLSearchParams
  problems?: readonly Problem[] | undefined
  told?: Told | undefined
}

const shows: readonly ScreenShow[] = ['follow', 'code', 'words', 'themes', 'dots', 'talk', 'promises']

/** Refusals that are told on the page itself, with how it is now. */
const movedWords = {
  'changed-since': 'changed-since',
  'theme.gone': 'theme-gone',
  'theme.four': 'theme-four',
  'statement.gone': 'statement-gone',
  'undo.changed': 'undo-changed',
  'evening.over': 'evening-over',
  'meeting.closed': 'meeting-closed',
} as const

/** Somebody else did something meanwhile. */
const byOthers = new Set<string>(['changed-since', 'theme-gone', 'statement-gone', 'undo-changed'])

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
