// What somebody is told of what is kept: rows put together by room and kind, and each value as a person says it.
import { wallTimeIn } from '../clock.ts'
import { sayDate, sayDayAndTime } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import type { RowFound } from './everything.queries.ts'
import { type PieceKey, pieceKeys, pieceOf } from './everything.ts'
import type { Room, Told } from './piece.ts'
import { codeIn, type FieldKey, isFieldKey, words } from './words.ts'

/** What one kind of thing holds of somebody, in one place. */
export interface Kind {
  piece: PieceKey
  rows: RowFound[]
  /** How many there are; more than the rows when only the newest are shown. */
  n: number
}

/** The rows of one community, or of no place. */
export interface Corner {
  community: string | null
  kinds: Kind[]
}

/** Kinds that are told in another way: the log by itself, the ties of it not at all. */
const apart: readonly PieceKey[] = ['looked', 'lookedAt']

/** Puts the rows of a room together, place by place, in the order of the list of everything. */
export function cornersOf(rows: readonly RowFound[], room: Room): Corner[] {
  const corners = new Map<string | null, Corner>()
  for (const row of rows) {
    if (pieceOf(row.piece).room !== room || apart.includes(row.piece)) continue
    const corner = corners.get(row.community) ?? { community: row.community, kinds: [] }
    corners.set(row.community, corner)
    const kind = corner.kinds.find(({ piece }) => piece === row.piece)
    if (kind) kind.rows.push(row)
    else corner.kinds.push({ piece: row.piece, rows: [row], n: row.n })
  }
  for (const corner of corners.values())
    corner.kinds.sort((a, b) => pieceKeys.indexOf(a.piece) - pieceKeys.indexOf(b.piece))
  return [...corners.values()]
}

/** A field of a row, as it is shown: its name and what stands there. `own`: words that somebody wrote. */
export interface Said {
  field: FieldKey
  text: string
  own: boolean
}

interface MeetingTold {
  purpose: string
  place: string
  starts_at: string
}

/** What somebody is told of one row. Ids are in the file for machines alone, and what is empty is left out. */
export function saidOf(lang: Lang, { piece, data }: Pick<RowFound, 'piece' | 'data'>, timeZone: string): Said[] {
  const columns = pieceOf(piece).columns
  return Object.entries(columns).flatMap(([column, told]) => {
    const key = told === 'meeting' || told === 'association' ? told : column
    const value = data[key]
    if (told === 'id' || told === 'secret' || told === 'room' || value === null || value === undefined) return []
    const text = sayValue(lang, key, told, value, timeZone)
    if (text === '' || !isFieldKey(key)) return []
    return [
      {
        field: key,
        text,
        own: told === 'text' || told === 'neighbour' || told === 'meeting' || told === 'association',
      },
    ]
  })
}

function sayValue(lang: Lang, column: string, told: Told, value: unknown, timeZone: string): string {
  switch (told) {
    case 'words':
      return codeIn(lang, column, String(value))
    case 'list':
      return Array.isArray(value) ? value.map((one) => languageName(lang, String(one))).join(', ') : ''
    case 'day':
      return sayDate(String(value), lang)
    case 'instant':
      return sayDayAndTime(new Date(String(value)), timeZone, lang, new Date(0))
    case 'flag':
      return words(lang)(value === true ? 'yes' : 'no')
    case 'meeting': {
      const { purpose, place, starts_at } = value as MeetingTold
      return `${purpose} · ${place} · ${sayDate(wallTimeIn(timeZone, new Date(starts_at)).date, lang)}`
    }
    default:
      return String(value)
  }
}

/** "uk" is "ukrainsk"; what `Intl` does not know stays as it was written. */
function languageName(lang: Lang, code: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
