// Everything of somebody as a file: for a program (JSON) or a spreadsheet (CSV), written part by part so that it may be long.
import type { Entry } from '../book/entry.ts'
import { wordsIn } from '../book/entry.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { csvText } from '../meetings/record/csv.ts'
import type { RowFound } from './everything.queries.ts'
import { type PieceKey, pieceOf } from './everything.ts'
import type { Rooms } from './mine.deeds.ts'
import { saidOf } from './mine.ts'
import { words } from './words.ts'

/** What a file begins and ends with, besides the rows. */
export interface ForFile extends Rooms {
  lang: Lang
  name: string
  madeAt: Date
  /** What stands in Min bog; `closed`: nobody could open it here. */
  entries: readonly Entry[] | 'closed'
}

/** Turns rows into the text of a file, piece by piece. */
export interface FileWriter {
  begin(): string
  rows(rows: readonly RowFound[]): string
  end(): string
}

export const formats = ['json', 'csv'] as const
export type Format = (typeof formats)[number]

export const writerOf = (format: Format, about: ForFile): FileWriter =>
  format === 'json' ? jsonWriter(about) : csvWriter(about)

const zoneOf = (about: ForFile, community: string | null): string =>
  about.places.find(({ id }) => id === community)?.timeZone ?? about.municipality.timeZone

/** What a piece is, as the page says it too. */
export function aboutPiece(lang: Lang, piece: PieceKey) {
  const say = words(lang)
  const { room, kept, seen } = pieceOf(piece)
  return {
    room,
    what: say(`piece.${piece}.title`),
    why: say(`piece.${piece}.why`),
    kept: say(`kept.${kept}`),
    seen: say(`seen.${seen}`),
  }
}

const notHere = ['card', 'words', 'dots', 'others'] as const
/** What nobody can find, and why it is not in the file. */
export const sayNotHere = (lang: Lang): string[] => notHere.map((one) => words(lang)(`notHere.${one}`))

function jsonWriter(about: ForFile): FileWriter {
  const { lang } = about
  let open: PieceKey | null = null
  let first = true
  return {
    begin: () => {
      const head = {
        about: about.name,
        made: about.madeAt.toISOString(),
        responsible: about.municipality.name,
        places: about.places.map(({ name, association }) => ({
          name,
          responsible: association ?? about.municipality.name,
        })),
        notHere: sayNotHere(lang),
        book:
          about.entries === 'closed'
            ? { closed: words(lang)('export.bookClosed') }
            : about.entries.map(({ rev: _, ...entry }) => entry),
      }
      return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "everything": [`
    },
    rows: (rows) =>
      rows
        .map(({ piece, community, data }) => {
          const before =
            piece === open
              ? ',\n   '
              : `${open === null ? '' : '\n  ]}'}${first ? '' : ','}\n  {"piece": ${JSON.stringify(piece)}, ${JSON.stringify(
                  aboutPiece(lang, piece),
                ).slice(1, -1)}, "rows": [\n   `
          first = false
          open = piece
          const place = community === null ? {} : { community: about.names.get(community) ?? null }
          return `${before}${JSON.stringify({ ...place, ...data })}`
        })
        .join(''),
    end: () => `${open === null ? '' : '\n  ]}'}\n ]\n}\n`,
  }
}

function csvWriter(about: ForFile): FileWriter {
  const { lang } = about
  const say = words(lang)
  const numbers = new Map<string, number>()
  const columns = ['room', 'place', 'kind', 'number', 'field', 'value', 'why', 'kept', 'seen'] as const
  const lines = (rows: readonly (readonly (string | number | null)[])[]) => csvText(rows).replace('\uFEFF', '')
  const nth = (of: string) => {
    const number = (numbers.get(of) ?? 0) + 1
    numbers.set(of, number)
    return number
  }
  const roomWord = {
    book: 'room.book',
    community: 'room.byens',
    entry: 'room.entry',
    municipal: 'room.municipal',
  } as const
  return {
    begin: () => `\uFEFF${lines([columns.map((one) => say(`export.columns.${one}`))])}`,
    rows: (rows) =>
      rows.length === 0
        ? ''
        : rows
            .map((row) => {
              const { what, why, kept, seen, room } = aboutPiece(lang, row.piece)
              const said = saidOf(lang, row, zoneOf(about, row.community))
              const place = row.community === null ? null : (about.names.get(row.community) ?? null)
              if (said.length === 0) return ''
              const number = nth(row.piece)
              return lines(
                said.map(({ field, text }) => [
                  say(roomWord[room]),
                  place,
                  what,
                  number,
                  say(`field.${field}`),
                  text,
                  why,
                  kept,
                  seen,
                ]),
              )
            })
            .join(''),
    end: () => {
      const { what, why, kept, seen } = aboutPiece(lang, 'bookEntry')
      const book = (value: string, field: string, number: number | null) => [
        say('room.book'),
        null,
        what,
        number,
        field,
        value,
        why,
        kept,
        seen,
      ]
      const entries =
        about.entries === 'closed'
          ? [book(say('export.bookClosed'), '', null)]
          : about.entries.flatMap((entry, at) => [
              ...wordsIn(entry).map((text) => book(text, say(`book.kind.${entry.kind}`), at + 1)),
              book(entry.written, say('book.written'), at + 1),
            ])
      return lines([
        ...entries,
        ...sayNotHere(lang).map((text) => [say('notHere.title'), null, null, null, null, text, null, null, null]),
      ])
    },
  }
}
