import { globSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvText } from '../meetings/record/csv.ts'
import { readTable } from './table.ts'

/** `FUZZ=1000000 npx vitest run src/moving-in/our-csv.test.ts` tries longer. */
const numRuns = Number(process.env.FUZZ ?? 200)
const sign = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  '\t',
  '\r',
  '\n',
  ' ',
  '\u200B',
  '"',
  ';',
  'a',
  '1',
)
const written = fc.string({ unit: sign, minLength: 1, maxLength: 10 })

describe('no file of ours calculates anything', () => {
  test('whatever somebody has written, no cell begins as a formula', () => {
    fc.assert(
      fc.property(written, (text) => {
        const cell = csvText([[text]])
          .slice(1)
          .replace(/^"/, '')
        expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@＝＋－＠]/u)
      }),
      { numRuns },
    )
  })

  test('every page that sends a CSV has it written by the one writer', () => {
    const senders = globSync('src/**/*.{ts,tsx}')
      .filter((file) => !/test/.test(file))
      .filter((file) => /'text\/csv; charset=utf-8'/.test(readFileSync(file, 'utf8')))
    expect(senders.length).toBeGreaterThan(2)
    // By itself, through a file of its own room, or by the writer of one’s own export, which has it so.
    const others = senders.filter((file) => {
      const room = file.split('/').slice(0, 2).join('/')
      return !globSync(`${room}/**/*.{ts,tsx}`).some((one) =>
        /\b(?:csvText|writerOf)\(/.test(readFileSync(one, 'utf8')),
      )
    })
    expect(others).toEqual([])
  })

  test('the file of the rows that failed is brought again with the telephones as they were', async () => {
    const again = await readTable(
      Buffer.from(
        csvText([
          ['Navn', 'Mobil'],
          ['Åse', '+45 20 10 20 30'],
        ]),
      ),
    )
    expect(again).toMatchObject({ table: { rows: [{ cells: ['Åse', '+45 20 10 20 30'] }] } })
  })
})
