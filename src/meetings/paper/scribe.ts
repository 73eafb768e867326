// What a scribe types in from paper, row by row: the door list, slips with words, promises, and the dots counted on each theme.

import { lookOver } from '../../hints.ts'
import { oneLine } from '../../line.ts'
import { type CommitmentProblem, type Promised, readPromise } from '../commitments/commitment.ts'
import { isStatementKind, type StatementKind } from '../evening.ts'
import { faultOf, isId, languageOf } from '../saying/saying.ts'
import { type Arrived, readArrival } from './arrival.ts'

/** What is typed in rows, each with its columns in their order. */
export const columnsOf = {
  door: ['name', 'first', 'bringer'],
  words: ['kind', 'text'],
  promises: ['name', 'what', 'when', 'whom', 'telephone'],
} as const
export type Section = keyof typeof columnsOf
export const sections = ['door', 'words', 'promises'] as const
export const isSection = (text: unknown): text is Section => sections.includes(text as Section)

/** As many rows as stand on the page. */
export const rowsAtATime = 10
/** As many as a form may bring. */
const mostRows = 60

export const fieldName = (section: Section, row: number, column: string): string => `${section}-${row}-${column}`

/** A row as it was typed, word for word. The id is random, from the form: sent again, it is the same row. */
export interface RowTyped {
  row: number
  id: string | null
  said: Record<string, string>
}

export interface RowProblem {
  row: number
  column: string
  code: RowFault
}
export type RowFault = CommitmentProblem['code'] | 'kind' | 'empty' | 'first' | 'strange'

interface Row<T> {
  row: number
  id: string
  value: T
}

export interface Slip {
  kind: StatementKind
  text: string
  lang: string
}

/** What one row of each section becomes. */
export interface RowValue {
  door: Arrived
  words: Slip
  promises: Promised
}

export interface ReadRows<S extends Section> {
  /** All that is not empty, as it was typed. */
  typed: RowTyped[]
  rows: Row<RowValue[S]>[]
  problems: RowProblem[]
}

/** Kinds alone make no slip: the row below a slip stands on the same kind, waiting. */
const isEmpty = (section: Section, said: Record<string, string>): boolean =>
  columnsOf[section].every((column) => column === 'kind' || oneLine(said[column] ?? '') === '')

/** The rows of a section as they were posted, without those that are empty. */
function typedIn(section: Section, form: URLSearchParams): RowTyped[] {
  const rows = new Map<number, RowTyped>()
  for (const [name, value] of form) {
    const [, of, number, column = ''] = /^(door|words|promises)-([1-9]\d?)-([a-z]+)$/.exec(name) ?? []
    const row = Number(number)
    if (of !== section || row > mostRows) continue
    const typed = rows.get(row) ?? { row, id: null, said: {} }
    rows.set(row, typed)
    if (column === 'id') typed.id = isId(value) ? value : null
    else if (columnsOf[section].some((known) => known === column)) typed.said[column] = value
  }
  return [...rows.values()].sort((a, b) => a.row - b.row).filter(({ said }) => !isEmpty(section, said))
}

/** Reads what was typed. `today` is for days without a year, `lang` for words whose letters do not tell their language. */
export function readRows<S extends Section>(
  section: S,
  form: URLSearchParams,
  { today, lang }: { today: string; lang: string },
): ReadRows<S> {
  const typed = typedIn(section, form)
  const rows: Row<RowValue[S]>[] = []
  const problems: RowProblem[] = []
  typed.forEach(({ row, id, said }, place) => {
    const above = typed[place - 1]?.said ?? {}
    const read = readers[section](said, above, { today, lang })
    if (id === null) problems.push({ row, column: columnsOf[section][0], code: 'strange' })
    else if (read.ok) rows.push({ row, id, value: read.value })
    else problems.push(...read.problems.map((problem) => ({ row, ...problem })))
    // What is meant by "as above" goes on down the list.
    if (section === 'words' && !said.kind && above.kind) said.kind = above.kind
  })
  return { typed, rows, problems }
}

type ReadOne<T> = { ok: true; value: T } | { ok: false; problems: Omit<RowProblem, 'row'>[] }
type Reader<T> = (
  said: Record<string, string>,
  above: Record<string, string>,
  by: { today: string; lang: string },
) => ReadOne<T>

const readers: { [S in Section]: Reader<RowValue[S]> } = {
  door: (said, above) => {
    const { name = '', first = '', bringer = '' } = said
    const read = readArrival({ name, first, bringer }, above.bringer)
    if (read.ok) return read
    return { ok: false, problems: read.problems.map(({ field, code }) => ({ column: field, code })) }
  },
  words: (said, above, { lang }) => {
    const text = oneLine(said.text ?? '')
    const kind = said.kind || above.kind
    const problems: Omit<RowProblem, 'row'>[] = []
    const fault = faultOf(text)
    if (!isStatementKind(kind)) problems.push({ column: 'kind', code: 'kind' })
    if (fault) problems.push({ column: 'text', code: fault })
    else if (lookOver(text).cpr) problems.push({ column: 'text', code: 'cpr' })
    if (problems.length > 0 || !isStatementKind(kind)) return { ok: false, problems }
    return { ok: true, value: { kind, text, lang: languageOf(text, lang) } }
  },
  promises: ({ when = '', ...said }, _above, { today }) => {
    const read = readPromise(new URLSearchParams({ ...said, 'when-day': when }), today)
    if (read.ok) return read
    return { ok: false, problems: read.problems.map(({ field, code }) => ({ column: field, code })) }
  },
}

// --- Dots

export interface DotTotal {
  theme: string
  /** How many dots were counted. */
  n: number
  /** Which state of the total the scribe saw; 0 when none was typed yet. */
  seen: number
}

export const mostDots = 5000

/** Reads the totals that were changed. A field that says what it said before, or nothing, changes nothing. */
export function readDotTotals(form: URLSearchParams): {
  totals: DotTotal[]
  said: Map<string, string>
  problems: string[]
} {
  const said = new Map<string, string>()
  const totals: DotTotal[] = []
  const problems: string[] = []
  for (const [name, value] of form) {
    const theme = name.startsWith('dot-') ? name.slice(4) : ''
    if (!isId(theme)) continue
    const digits = value.replaceAll(/[\s.]/g, '')
    said.set(theme, value)
    if (digits === '' || digits === form.get(`was-${theme}`)) continue
    if (/^\d{1,6}$/.test(digits) && Number(digits) <= mostDots)
      totals.push({ theme, n: Number(digits), seen: Number(form.get(`seen-${theme}`)) || 0 })
    else problems.push(theme)
  }
  return { totals, said, problems }
}
