// The whole meeting as a file in long form: one thing a row, sorted by what it says and never by when it came.
import type { Lang } from '../../i18n/catalogue.ts'
import type { DoorShare } from '../../shares/door.ts'
import { questions } from '../exit-card.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import type { ResultBody } from '../result.ts'
import { words as meetingWords } from '../words.ts'
import type { ArrivalHere, PromiseMade } from './record.queries.ts'
import { dotsOf, type HeardInHall, knownBy } from './record.ts'
import { words } from './words.ts'

type Cell = string | number | null

export const columns = ['section', 'item', 'text', 'kind', 'language', 'theme', 'value', 'base', 'low', 'high'] as const
export type Row = Partial<Record<(typeof columns)[number], Cell>>

/** Quoted where it must be; a cell that a spreadsheet would take for a formula starts with an apostrophe. */
export function csvCell(value: Cell): string {
  if (value === null) return ''
  const text =
    typeof value === 'string' && /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠\t\r\n]/u.test(value) ? `'${value}` : String(value)
  return /[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Semicolons, a mark for UTF-8 and two signs at the end of a line, as spreadsheets here expect. */
export const csvText = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((cells) => cells.map(csvCell).join(';')).join('\r\n')}\r\n`

/** The rows of a file in the order of their words. */
export function longForm(lang: Lang, rows: readonly Row[]): string {
  const say = words(lang)
  const cells = rows.map((row) => columns.map((column) => row[column] ?? null))
  const key = (row: readonly Cell[]) =>
    row.map((cell) => (typeof cell === 'number' ? String(cell).padStart(9, '0') : (cell ?? ''))).join('\u0000')
  const order = new Map<Cell, number>()
  for (const row of cells) if (!order.has(row[0] ?? null)) order.set(row[0] ?? null, order.size)
  const sorted = [...cells].sort((a, b) => {
    const [one, other] = [order.get(a[0] ?? null) ?? 0, order.get(b[0] ?? null) ?? 0]
    if (one !== other) return one - other
    return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
  })
  return csvText([columns.map((column) => say(`csv.${column}`)), ...sorted])
}

export interface ForFile {
  meeting: MeetingHere
  /** `2027-03-14 19:00`, on the wall clock of the place. */
  startsAt: string
  body: ResultBody
  heard: HeardInHall | null
  /** Null for those who are not told. */
  promises: number | null
  /** For the host's own file only. */
  names?: { promises: readonly PromiseMade[]; doorList: readonly ArrivalHere[] } | undefined
}

/** Everything that the one who asks may see, row by row. */
export function rowsOf(lang: Lang, { meeting, startsAt, body, heard, promises, names }: ForFile): Row[] {
  const say = words(lang)
  const section = (one: Parameters<typeof sectionWord>[1]) => sectionWord(lang, one)
  const about = (item: 'purpose' | 'place' | 'start' | 'community', text: string): Row => ({
    section: section('meeting'),
    item: say(`csv.items.${item}`),
    text,
  })
  const rows: Row[] = [
    about('community', meeting.community.name),
    about('purpose', meeting.purpose),
    about('place', meeting.place),
    about('start', startsAt),
  ]
  if (body.attended !== null)
    rows.push({ section: section('meeting'), item: say('csv.items.attended'), value: body.attended })
  for (const question of questions)
    rows.push({
      section: section('question'),
      item: meetingWords(lang)(`card.question.${question}`),
      ...shareCells(lang, body.questions[question]),
    })
  for (const about of ['next', 'who'] as const)
    rows.push({ section: section('next'), item: say(`csv.items.${about}`), ...shareCells(lang, body[about]) })
  if (body.talks !== null) rows.push({ section: section('next'), item: say('csv.items.talks'), value: body.talks })
  rows.push(...eveningRows(lang, body))
  rows.push(...heardRows(lang, heard))
  if (promises !== null && promises > 0)
    rows.push({ section: section('promise'), item: say('csv.items.promises'), value: promises })
  for (const one of names?.promises ?? [])
    rows.push({
      section: section('promise'),
      item: say('csv.items.promise'),
      text: [one.name, one.what, one.byWhen, one.toWhom].filter(Boolean).join(' · '),
      kind: isState(one.state) ? say(`csv.state.${one.state}`) : one.state,
    })
  for (const one of names?.doorList ?? [])
    rows.push({
      section: section('doorList'),
      item: say('csv.items.person'),
      text: one.name,
      kind: say(`csv.first.${one.firstTime === null ? 'unknown' : one.firstTime ? 'yes' : 'no'}`),
      theme: [isBringer(one.broughtBy) ? say(`csv.brought.${one.broughtBy}`) : one.broughtBy, one.bringer]
        .filter(Boolean)
        .join(': '),
    })
  return rows
}

const sectionWord = (
  lang: Lang,
  one: 'meeting' | 'question' | 'next' | 'talk' | 'door' | 'theme' | 'statement' | 'promise' | 'doorList',
): string => words(lang)(`csv.sections.${one}`)

const isState = (text: string): text is 'made' | 'kept' | 'renegotiated' | 'released' =>
  ['made', 'kept', 'renegotiated', 'released'].includes(text)
const isBringer = (text: string): text is 'neighbour' | 'association' | 'municipality' | 'self' | 'unknown' =>
  ['neighbour', 'association', 'municipality', 'self', 'unknown'].includes(text)

function eveningRows(lang: Lang, { evening }: ResultBody): Row[] {
  const say = words(lang)
  if (!evening) return []
  const { talk, firstTimers, byNeighbour } = evening
  const base = talk ? talk.residents + talk.municipality : 0
  return [
    ...(talk
      ? (['municipality', 'residents'] as const).map((who) => ({
          section: sectionWord(lang, 'talk'),
          item: say(`csv.items.${who}`),
          value: talk[who],
          base,
        }))
      : []),
    { section: sectionWord(lang, 'door'), item: say('csv.items.firstTimers'), ...doorCells(lang, firstTimers) },
    { section: sectionWord(lang, 'door'), item: say('csv.items.byNeighbour'), ...doorCells(lang, byNeighbour) },
  ]
}

function heardRows(lang: Lang, seen: HeardInHall | null): Row[] {
  const say = words(lang)
  if (!seen) return []
  return seen.heard.flatMap(({ theme, said }) => [
    ...(theme
      ? [
          {
            section: sectionWord(lang, 'theme'),
            item: say(theme.priority ? 'csv.items.priority' : 'csv.items.theme'),
            text: theme.name,
            ...(seen.dots > 0 ? { value: dotsOf(theme), base: seen.dots } : {}),
          },
        ]
      : []),
    ...said.map((one) => ({
      section: sectionWord(lang, 'statement'),
      item: say('csv.items.statement'),
      text: one.first.text,
      kind: say(`kind.${one.first.kind}`),
      language: one.first.lang,
      theme: theme?.name ?? null,
      value: knownBy(one),
    })),
  ])
}

/** As it may be shown and no more: where a number stays unknown, the words stand in its place. */
function shareCells(lang: Lang, share: ResultBody['next']): Row {
  const kind = meetingWords(lang)(`csv.kind.${share.kind}`)
  switch (share.kind) {
    case 'too-few':
      return { kind }
    case 'almost-all':
    case 'almost-none':
      return { kind, base: share.answered }
    case 'words':
      return { kind, value: share.yes, base: share.answered }
    case 'share':
      return { kind, value: share.yes, base: share.answered, low: share.low, high: share.high }
  }
}

function doorCells(lang: Lang, share: DoorShare): Row {
  const say = words(lang)
  switch (share.kind) {
    case 'few':
    case 'most':
      return { kind: say(`csv.${share.kind}`), base: share.of }
    case 'at-least':
      return { kind: say('csv.atLeast'), value: share.yes, base: share.of }
    default:
      return shareCells(lang, share)
  }
}

/** The three questions alone, in their own columns: the file that has been there from the first day. */
export function numbersFile(lang: Lang, body: ResultBody): string {
  const say = meetingWords(lang)
  const head = [
    'question',
    'shown',
    'yes',
    'answered',
    'attended',
    'percent',
    'low',
    'high',
    'boundsLow',
    'boundsHigh',
  ] as const
  const row = (question: (typeof questions)[number]): Cell[] => {
    const share = body.questions[question]
    const start = [say(`card.question.${question}`), say(`csv.kind.${share.kind}`)]
    switch (share.kind) {
      case 'too-few':
        return start
      case 'almost-all':
      case 'almost-none':
        return [...start, null, share.answered, body.attended]
      case 'words':
        return [...start, share.yes, share.answered, body.attended]
      case 'share': {
        const { yes, answered, attended, percent, low, high, bounds } = share
        return [...start, yes, answered, attended, percent, low, high, bounds?.low ?? null, bounds?.high ?? null]
      }
    }
  }
  const full = (cells: readonly Cell[]) => head.map((_, place) => cells[place] ?? null)
  return csvText([head.map((name) => say(`csv.${name}`)), ...questions.map((question) => full(row(question)))])
}
