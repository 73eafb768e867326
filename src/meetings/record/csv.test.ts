import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { columns, csvCell, csvText, longForm, type Row } from './csv.ts'

/** Reads a file as a spreadsheet here does: semicolons, quotation marks, two signs at the end of a line. */
function readBack(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, quoted] = [[] as string[], '', false]
  for (let at = 1; at < text.length; at++) {
    const sign = text[at]
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === ';') {
      row.push(cell)
      cell = ''
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      ;[row, cell] = [[], '']
      at++
    } else cell += sign
  }
  return rows
}

/** What somebody may write: signs of the format, formulas, other alphabets, emoji. */
const written = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(';', '"', "'", '\r', '\n', '=', '+', '-', '@', '\t', ' ', 'ø', '😀', '１', '＝'),
    maxLength: 12,
  }),
)

describe('a file', () => {
  test('begins with a mark for UTF-8 and ends each line as spreadsheets here expect', () => {
    const text = csvText([
      ['del', 'antal'],
      ['håb', 4],
      [null, null],
    ])
    expect(text).toBe('\uFEFFdel;antal\r\nhåb;4\r\n;\r\n')
  })

  test('is read back as it was written, whatever people have written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(written, written, fc.nat(99_999)), { minLength: 1, maxLength: 8 }), (rows) => {
        const back = readBack(csvText(rows))
        expect(back).toHaveLength(rows.length)
        rows.forEach(([first, second, number], at) => {
          const [one = '', other = '', count = ''] = back[at] ?? []
          expect([first, `'${first}`]).toContain(one)
          expect([second, `'${second}`]).toContain(other)
          expect(count).toBe(String(number))
        })
      }),
    )
  })

  test('holds no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(written, (text) => {
        const [[cell = ''] = []] = readBack(csvText([[text]]))
        expect(cell).not.toMatch(/^[\s\u200B-\u200F\u2060]*[=+\-@＝＋－＠]/u)
      }),
    )
    for (const formula of ['=1+1', '+45 20', '-1', '@SUM(A1)', '\t=1', ' =1', '\u200B=1', '＝1', '\r=1'])
      expect(csvCell(formula)).toMatch(/^"?'/)
    expect(csvCell(-4)).toBe('-4')
    expect(csvCell('Klokken 18 - 20')).toBe('Klokken 18 - 20')
  })
})

describe('the long form', () => {
  const row = fc.record({ section: fc.constantFrom('tema', 'udsagn'), text: written, value: fc.nat(50) })
  const content = (file: string) => readBack(file).slice(1)

  test('has the columns in both languages', () => {
    expect(readBack(longForm('da', []))[0]).toEqual([
      'del',
      'punkt',
      'tekst',
      'slags',
      'sprog',
      'tema',
      'antal',
      'af',
      'mindst',
      'højst',
    ])
    expect(readBack(longForm('en', []))[0]).toHaveLength(columns.length)
  })

  test('tells nothing of the order in which rows came', () => {
    const byText = (rows: readonly Row[]) => [...rows].sort((a, b) => (`${a.section}` < `${b.section}` ? -1 : 1))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.nat(), (rows, turn) => {
        const turned = rows.map((_, at) => rows[(at + turn) % rows.length] as Row)
        // Sections stand as the file has them; within each, what is said decides.
        expect(longForm('da', byText(turned))).toBe(longForm('da', byText(rows)))
        expect(content(longForm('da', rows))).toHaveLength(rows.length)
      }),
    )
  })

  test('sorts numbers as numbers', () => {
    const rows = [10, 9, 100].map((value) => ({ section: 'tema', text: 'Lys', value }))
    expect(content(longForm('da', rows)).map((cells) => cells[6])).toEqual(['9', '10', '100'])
  })
})
