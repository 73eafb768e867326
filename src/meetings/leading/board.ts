// The board of themes: what has been said as rows under themes, once for the same words, and what has changed since somebody looked.
import { type Evening, gathered, type HiddenReason, type Said, type Statement, type Theme } from '../evening.ts'

/** One row: the same words said by one or by forty. */
export interface Row {
  /** Of the first who said it. */
  id: string
  ids: readonly string[]
  first: Statement
  times: number
  recognised: number
  /** Null: in no theme, or in one that was taken away. */
  theme: string | null
  hidden: HiddenReason | null
}

export interface Board {
  rows: Row[]
  themes: readonly Theme[]
}

type Told = Pick<Evening, 'statements' | 'themes'>
/** An evening that many look at is gathered once. */
const boards = new WeakMap<Told, Board>()

/** All rows in the order in which they were said; those that were taken down come last. */
export function boardOf(evening: Told): Board {
  const known = boards.get(evening)
  if (known) return known
  const board = makeBoard(evening)
  boards.set(evening, board)
  return board
}

function makeBoard({ statements, themes }: Told): Board {
  const known = new Set(themes.map(({ id }) => id))
  const asRow =
    (isHidden: boolean) =>
    ({ first, times, recognised, ids }: Said): Row => ({
      id: first.id,
      ids,
      first,
      times,
      recognised,
      theme: !isHidden && first.theme !== null && known.has(first.theme) ? first.theme : null,
      hidden: isHidden ? first.hiddenWhy : null,
    })
  const of = (state: Statement['state']) => gathered(statements.filter((one) => one.state === state))
  return { rows: [...of('shown').map(asRow(false)), ...of('hidden').map(asRow(true))], themes }
}

export type Sort = 'said' | 'known'

/** How many know this: those who said it, and those who recognised it. */
export const knownBy = ({ times, recognised }: Pick<Row, 'times' | 'recognised'>): number => times + recognised

export const inOrder = (rows: readonly Row[], sort: Sort): Row[] =>
  sort === 'said' ? [...rows] : [...rows].sort((a, b) => knownBy(b) - knownBy(a) || a.first.ordinal - b.first.ordinal)

/** A ticked statement as the form sends it: its id, and the theme it was seen in. */
export const pickOf = ({ id, theme }: Pick<Row, 'id' | 'theme'>): string => `${id} ${theme ?? '-'}`

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/

export interface Picked {
  /** All who said these words, in the order of the rows as they were ticked. */
  ids: string[]
  seen: Record<string, string | null>
  /** The words of the first row that was ticked. */
  words: string
}

/** What was ticked, as it is now: the same words said by several go together. */
export function readPicks(picks: readonly string[], { rows }: Board): Picked {
  const byId = new Map(rows.flatMap((row) => row.ids.map((id) => [id, row] as const)))
  const picked: Picked = { ids: [], seen: {}, words: '' }
  for (const pick of picks.slice(0, 5000)) {
    const [id = '', theme = '-'] = pick.split(' ')
    if (!uuid.test(id)) continue
    const row = byId.get(id)
    picked.words ||= row?.first.text ?? ''
    picked.ids.push(...(row && row.id === id ? row.ids : [id]))
    picked.seen[id] = uuid.test(theme) ? theme : null
  }
  picked.ids = [...new Set(picked.ids)]
  return picked
}

// --- What has changed since

/** What one looks like, with the number of the change it last had. */
interface Seen {
  mark: string
  html: string
  at: number
}

/** All that a row shows, quicker to compare than its markup. */
const markOf = ({ first, times, recognised, theme, hidden }: Row): string =>
  [first.text, first.kind, first.lang, first.medium, times, recognised, theme, hidden].join('\n')

export interface Changes {
  /** To ask with the next time. */
  at: string
  /** Everything, because it is not known what was seen last. */
  whole: boolean
  rows: { id: string; theme: string | null; hidden: boolean; order: number; known: number; html: string }[]
  gone: string[]
  themes: { id: string; html: string }[]
}

/** Remembers for each meeting what a board looked like, so that a page of 500 statements fetches the three that are new. */
export function boardMemory(run: string, mostMeetings = 100) {
  const meetings = new Map<string, { at: number; rows: Map<string, Seen>; gone: Map<string, number> }>()
  return {
    /** `draw` makes a row's markup; it is the same for all who lead in one language. */
    since(
      key: string,
      seenAt: string | null,
      rows: readonly Row[],
      draw: (row: Row) => string,
    ): Omit<Changes, 'themes'> {
      const memory = meetings.get(key) ?? { at: 0, rows: new Map<string, Seen>(), gone: new Map<string, number>() }
      if (!meetings.has(key)) {
        if (meetings.size >= mostMeetings) meetings.clear()
        meetings.set(key, memory)
      }
      const next = memory.at + 1
      let changed = false
      const there = new Set<string>()
      for (const row of rows) {
        there.add(row.id)
        const mark = markOf(row)
        if (memory.rows.get(row.id)?.mark === mark) continue
        memory.rows.set(row.id, { mark, html: draw(row), at: next })
        memory.gone.delete(row.id)
        changed = true
      }
      for (const id of memory.rows.keys()) {
        if (there.has(id)) continue
        memory.rows.delete(id)
        memory.gone.set(id, next)
        changed = true
      }
      if (changed) memory.at = next
      const [seenRun, seenNumber] = (seenAt ?? '').split('.')
      const from = seenRun === run && /^\d{1,9}$/.test(seenNumber ?? '') ? Number(seenNumber) : null
      const whole = from === null || from > memory.at
      return {
        at: `${run}.${memory.at}`,
        whole,
        rows: rows.flatMap((row) => {
          const seen = memory.rows.get(row.id)
          if (!seen || (!whole && seen.at <= (from ?? 0))) return []
          const { id, theme, first } = row
          return { id, theme, hidden: row.hidden !== null, order: first.ordinal, known: knownBy(row), html: seen.html }
        }),
        gone: whole ? [] : [...memory.gone].filter(([, at]) => at > (from ?? 0)).map(([id]) => id),
      }
    },
  }
}
