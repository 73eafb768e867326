import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RowFound } from './everything.queries.ts'
import { type ForFile, writerOf } from './export.ts'

const about: ForFile = {
  lang: 'da',
  name: '=cmd|calc',
  madeAt: new Date('2027-03-14T18:00:00Z'),
  places: [{ id: 'a', slug: 'holmetofte', name: 'Holmetofte', timeZone: 'Europe/Copenhagen', association: null }],
  municipality: { name: 'Midtsø Kommune', timeZone: 'Europe/Copenhagen' },
  names: new Map([['a', 'Holmetofte']]),
  book: 0,
  staff: false,
  entries: [],
}

const written = (format: 'json' | 'csv', parts: readonly RowFound[][], for_: ForFile = about): string => {
  const file = writerOf(format, for_)
  return file.begin() + parts.map((rows) => file.rows(rows)).join('') + file.end()
}

const text = fc.string({ unit: 'binary', maxLength: 20 }).map((one) => one.replaceAll('\u0000', ''))
const row = fc.tuple(fc.constantFrom('profile', 'commitment', 'session'), fc.constantFrom('a', null), text).map(
  ([piece, community, said]): RowFound => ({
    piece: piece as RowFound['piece'],
    community,
    row: null,
    n: 1,
    data: piece === 'profile' ? { asked_about: said } : piece === 'commitment' ? { what: said } : { device: said },
  }),
)
/** As the database gives them: kind by kind, cut into parts anywhere. */
const parts = fc.array(row, { maxLength: 12 }).chain((rows) => {
  const sorted = [...rows].sort((a, b) => a.piece.localeCompare(b.piece))
  return fc.nat({ max: rows.length }).map((cut) => [sorted.slice(0, cut), sorted.slice(cut)])
})

test('whatever was written and wherever the parts are cut, the file for a program can be read and holds each row once', () => {
  fc.assert(
    fc.property(parts, (given) => {
      const read = JSON.parse(written('json', given)) as {
        everything: { piece: string; rows: Record<string, unknown>[] }[]
      }
      const rows = given.flat()
      expect(new Set(read.everything.map(({ piece }) => piece)).size).toBe(read.everything.length)
      expect(read.everything.flatMap((one) => one.rows)).toEqual(
        rows.map(({ community, data }) => (community === null ? data : { community: 'Holmetofte', ...data })),
      )
    }),
  )
})

test('no cell of the file for a spreadsheet is a formula, and every line has nine', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom('=', '+', '-', '@', '\t='), (given, sign) => {
      const rows = given.map((part) =>
        part.map((one) => ({
          ...one,
          data: Object.fromEntries(Object.entries(one.data).map(([key, value]) => [key, `${sign}${String(value)}`])),
        })),
      )
      const file = written('csv', rows, { ...about, entries: 'closed' })
      expect(file.startsWith('\uFEFFRum;By;Hvad')).toBe(true)
      for (const line of cellsOf(file.slice(1))) {
        expect(line).toHaveLength(9)
        for (const cell of line) expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@]/u)
      }
    }),
  )
})

/** Reads a file with semicolons and quotes back into lines of cells. */
function cellsOf(file: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (const [, quoted, plain = '', end] of file.matchAll(/(?:"((?:[^"]|"")*)"|([^;"\r\n]*))(;|\r\n)/g)) {
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ';') continue
    lines.push(line)
    line = []
  }
  return lines
}

test('what stands in an open book comes along, and a closed one is told of', () => {
  const note = {
    kind: 'note',
    text: 'Min tanke',
    id: 'x',
    rev: 3,
    written: '2027-03-01',
    changed: '2027-03-02',
  } as const
  for (const format of ['json', 'csv'] as const) {
    expect(written(format, [], { ...about, entries: [note] })).toContain('Min tanke')
    expect(written(format, [], { ...about, entries: 'closed' })).toContain('Bogen var lukket')
  }
})
