import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blankSheets, readPeople } from './blank-sheets.ts'
import { columnsOf, fieldName, readDotTotals, readRows, type Section } from './scribe.ts'

const by = { today: '2027-03-14', lang: 'da' }

/** Rows as the page posts them, each with an id of its own. */
function typed(section: Section, rows: readonly (readonly string[])[], from = 1): URLSearchParams {
  const form = new URLSearchParams()
  rows.forEach((cells, place) => {
    form.set(fieldName(section, place + from, 'id'), randomUUID())
    columnsOf[section].forEach((column, at) => {
      form.set(fieldName(section, place + from, column), cells[at] ?? '')
    })
  })
  return form
}
const faults = (section: Section, ...rows: readonly string[][]) =>
  readRows(section, typed(section, rows), by).problems.map(({ row, column, code }) => `${row} ${column} ${code}`)

describe('rows from paper', () => {
  test('empty rows are none, wherever they stand', () => {
    const { rows } = readRows('door', typed('door', [['Ida', 'f', 'Freja'], [], ['Ole', 'n', ''], []]), by)
    expect(rows.map(({ row, value }) => [row, value.name])).toEqual([
      [1, 'Ida'],
      [3, 'Ole'],
    ])
  })

  test('a kind alone is no slip: it waits for words', () => {
    expect(readRows('words', typed('words', [['hope', '']]), by).typed).toEqual([])
  })

  test('a slip without a kind has that of the one above, all the way down', () => {
    const { rows } = readRows(
      'words',
      typed('words', [
        ['hope', 'Lys'],
        ['', 'Kor'],
        ['', 'Kaffe'],
        ['change', 'Bus'],
        ['', 'Vej'],
      ]),
      by,
    )
    expect(rows.map(({ value }) => value.kind)).toEqual(['hope', 'hope', 'hope', 'change', 'change'])
    expect(faults('words', ['', 'Lys'])).toEqual(['1 kind kind'])
  })

  test('quotation marks take the bringer from the row above', () => {
    const { rows } = readRows(
      'door',
      typed('door', [
        ['Ida', 'f', 'Freja'],
        ['Ole', 'n', '"'],
      ]),
      by,
    )
    expect(rows[1]?.value).toMatchObject({ broughtBy: 'neighbour', bringer: 'Freja' })
  })

  test('words keep the language they were said in', () => {
    const { rows } = readRows(
      'words',
      typed('words', [
        ['hope', 'Світло'],
        ['hope', 'Lys'],
      ]),
      by,
    )
    expect(rows.map(({ value }) => value.lang)).toEqual(['uk', 'da'])
  })

  test('a promise reads its day as people write it', () => {
    const { rows } = readRows('promises', typed('promises', [['Ida', 'Bager', '3. maj', 'Birthe', '']]), by)
    expect(rows[0]?.value).toEqual({
      name: 'Ida',
      what: 'Bager',
      byWhen: '2027-05-03',
      toWhom: 'Birthe',
      telephone: null,
    })
  })

  test('each fault is told with its row and field', () => {
    expect(faults('door', ['Ida', 'q', ''])).toEqual(['1 first first'])
    expect(faults('words', ['hope', '...'], ['hope', 'å'.repeat(281)], ['hope', 'ring 010203-1234'])).toEqual([
      '1 text empty',
      '2 text too-long',
      '3 text cpr',
    ])
    expect(faults('promises', ['', 'Bager', 'snart', '', 'nej'])).toEqual([
      '1 when date.unclear',
      '1 name name',
      '1 telephone telephone',
    ])
  })

  test('a row without its id is not taken: it could come twice', () => {
    const form = typed('door', [['Ida', 'f', '']])
    form.set('door-1-id', 'x')
    expect(readRows('door', form, by)).toMatchObject({ rows: [], problems: [{ row: 1, code: 'strange' }] })
  })

  test('whatever is typed becomes a row or a fault, and is there to be shown again', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 })
    const section = fc.constantFrom<Section>('door', 'words', 'promises')
    fc.assert(
      fc.property(
        section,
        fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { maxLength: 10 }),
        (where, cells) => {
          const { typed: all, rows, problems } = readRows(where, typed(where, cells), by)
          const seen = new Set([...rows.map(({ row }) => row), ...problems.map(({ row }) => row)])
          expect([...seen].sort((a, b) => a - b)).toEqual(all.map(({ row }) => row))
          for (const { row, said } of all)
            for (const [at, column] of columnsOf[where].entries())
              if (!(where === 'words' && column === 'kind')) expect(said[column]).toBe(cells[row - 1]?.[at])
        },
      ),
    )
  })
})

describe('totals from the wall', () => {
  const theme = '3f8a1c54-9d0e-4b6f-8a21-000000000001'
  const read = (dot: string, was = '', seen = '0') =>
    readDotTotals(new URLSearchParams({ [`dot-${theme}`]: dot, [`was-${theme}`]: was, [`seen-${theme}`]: seen }))

  test('only what was changed is sent on, with the state that was seen', () => {
    expect(read('12')).toMatchObject({ totals: [{ theme, n: 12, seen: 0 }], problems: [] })
    expect(read(' 1 200 ', '12', '3').totals).toEqual([{ theme, n: 1200, seen: 3 }])
    expect(read('12', '12', '3').totals).toEqual([])
    expect(read('').totals).toEqual([])
    expect(read('0', '12', '1').totals).toEqual([{ theme, n: 0, seen: 1 }])
  })

  test('what is no number of dots is asked about', () => {
    for (const said of ['tolv', '-3', '5001', '1,5'])
      expect(read(said)).toMatchObject({ totals: [], problems: [theme] })
  })
})

describe('paper for the tables', () => {
  test('there is paper enough for everybody, and forty are reckoned with when nobody says', () => {
    expect(readPeople(undefined)).toBe(40)
    expect(readPeople('snart')).toBe(40)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 0, max: 30 }), (people, themes) => {
        const count = Object.fromEntries(blankSheets(people, themes).map(({ sheet, count }) => [sheet, count]))
        expect((count.door ?? 0) * 18).toBeGreaterThanOrEqual(people)
        expect((count.words ?? 0) * 4).toBeGreaterThanOrEqual(people * 2)
        expect((count.promises ?? 0) * 4).toBeGreaterThanOrEqual(people)
        expect((count.cards ?? 0) * 4).toBeGreaterThanOrEqual(people)
        expect((count.dots ?? 0) * 2).toBeGreaterThanOrEqual(Math.max(themes, 1))
      }),
    )
  })
})
