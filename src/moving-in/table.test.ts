import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { separatorOf } from './csv-file.ts'
import { mostBytes, mostRows } from './limits.ts'
import { readTable } from './table.ts'
import { aWorkbook } from './test-workbook.ts'

/** `FUZZ=1000000 npx vitest run src/moving-in/table.test.ts` tries longer. */
const numRuns = Number(process.env.FUZZ ?? 150)
const read = async (content: string | Uint8Array) =>
  readTable(typeof content === 'string' ? Buffer.from(content) : content)
const rows = async (content: string | Uint8Array) => {
  const seen = await read(content)
  return 'fault' in seen ? seen.fault : [seen.table.headings, ...seen.table.rows.map(({ cells }) => cells)]
}

describe('a CSV file', () => {
  test.each([';', ',', '\t', '|'])('with »%s« between the cells', async (sign) => {
    expect(await rows(`Navn${sign}Mail\r\nÅse${sign}aase@x.dk\r\n`)).toEqual([
      ['Navn', 'Mail'],
      ['Åse', 'aase@x.dk'],
    ])
  })
  test('with a comma in quotes is not mistaken for one with commas', () => {
    expect(separatorOf('"Hansen, Jens";"Bro, Ib";1\n')).toBe(';')
  })
  test('with Excel’s own word for the separator, quotes, line breaks in a cell, empty lines', async () => {
    expect(await rows('sep=;\r\nNavn;Adresse\r\n"Jens ""J"" Holm";"Vej 1\nHolmetofte"\r\n;\r\n\r\nIb;\r\n')).toEqual([
      ['Navn', 'Adresse'],
      ['Jens "J" Holm', 'Vej 1 Holmetofte'],
      ['Ib', ''],
    ])
  })
  test('with a title over the headings: the row numbers are those of the spreadsheet', async () => {
    const seen = await read('Medlemsliste 2027;;\n\nNavn;E-mail;Mobil\nJens;j@x.dk;1\n')
    expect(seen).toMatchObject({ table: { headings: ['Navn', 'E-mail', 'Mobil'], rows: [{ number: 4 }] } })
  })
  test('a formula is read as the text that it is', async () => {
    expect(await rows('Navn;Mail\n"=HYPERLINK(""http://x"")";+1\n')).toEqual([
      ['Navn', 'Mail'],
      ['=HYPERLINK("http://x")', '+1'],
    ])
  })
})

describe('a number of the state', () => {
  test('goes no further than the reader, in whatever cell it stands, and the rows are told', async () => {
    const seen = await read('Navn;CPR;Note\nJens;0102031234;x\nIb;;y\nEva;;ring 010203-1234 nu\n"Bo 010203 1234";;\n')
    expect(JSON.stringify(seen)).not.toMatch(/1234/)
    expect(seen).toMatchObject({ table: { cpr: [2, 4, 5] } })
  })
  test('also in two cells, and among the headings', async () => {
    const seen = await read('Navn;Født;Løbenr;010203-1234\nJens;010203;1234;\n')
    expect(JSON.stringify(seen)).not.toMatch(/1234/)
  })
})

describe('an XLSX file', () => {
  test('is read with its numbers, days, words, and what a formula came to', async () => {
    const file = aWorkbook([
      ['Navn', 'Mobil', 'Født', 'Sum'],
      ['Åse & Bo', 20102030, { day: 18_619 }, { formula: '1+1', value: 2 }],
    ])
    expect(await rows(file)).toEqual([
      ['Navn', 'Mobil', 'Født', 'Sum'],
      ['Åse & Bo', '20102030', '1950-12-22', '2'],
    ])
  })
  test('is known by its content, not by its name', async () => {
    expect(await rows(zipSync({ 'brev.docx': strToU8('hej') }))).toBe('broken')
    expect(await rows(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toBe('old-excel')
    expect(await rows('%PDF-1.7 …')).toBe('not-read')
    expect(await rows('<html><table>')).toBe('not-read')
    expect(await rows('')).toBe('empty')
    expect(await rows('Navn;Mail\n')).toBe('no-rows')
  })
  test('that unpacks to gigabytes is refused before it is unpacked, whatever it says of its size', async () => {
    const before = process.memoryUsage().rss
    expect(await rows(aWorkbook([['Navn'], ['x']], { 'xl/sharedStrings.xml': new Uint8Array(120_000_000) }))).toBe(
      'bomb',
    )
    const lie = Buffer.from(aWorkbook([['Navn'], ['x']], { 'xl/worksheets/sheet1.xml': new Uint8Array(120_000_000) }))
    // The list says one byte.
    for (let at = 0; at < lie.length - 28; at++) if (lie.readUInt32LE(at) === 0x02014b50) lie.writeUInt32LE(1, at + 24)
    expect(await rows(lie)).toBe('bomb')
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000)
  })
  test('with entities that grow, or a file from outside, is refused', async () => {
    const laugh = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>`
    expect(await rows(aWorkbook([['Navn'], ['x']], { 'xl/sharedStrings.xml': strToU8(laugh) }))).toBe('bomb')
  })
  test('with one cell at the end of the world is refused', async () => {
    const at = (ref: string) =>
      strToU8(
        `<worksheet><sheetData><row r="${ref.replace(/\D/g, '')}"><c r="${ref}"><v>1</v></c></row></sheetData></worksheet>`,
      )
    expect(await rows(aWorkbook([['Navn']], { 'xl/worksheets/sheet1.xml': at('A1048576') }))).toBe('many-rows')
    expect(await rows(aWorkbook([['Navn']], { 'xl/worksheets/sheet1.xml': at('XFD1') }))).toBe('many-columns')
  })
})

describe('too much', () => {
  test('too many rows, too many columns, too many bytes', async () => {
    expect(await rows(`Navn\n${'Jens\n'.repeat(mostRows + 1)}`)).toBe('many-rows')
    expect(await rows(`${'a;'.repeat(101)}\n${'b;'.repeat(101)}`)).toBe('many-columns')
    expect(await rows(new Uint8Array(mostBytes + 1))).toBe('large')
  })
  test('ten megabytes of quotes keep nobody waiting', async () => {
    const began = performance.now()
    await rows('"'.repeat(mostBytes))
    await rows(`Navn\n${'"a'.repeat(mostBytes / 2 - 5)}`)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('no file brings the reader down', () => {
  const answers = async (bytes: Uint8Array) => {
    const seen = await readTable(bytes)
    expect('table' in seen || typeof seen.fault === 'string').toBe(true)
  }
  test('whatever bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), answers), { numRuns })
  })
  test('whatever text', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', ';', ',', '\n', '\r', '\t', 'a', 'å', '=', '\0', '\uFEFF') })
    await fc.assert(
      fc.asyncProperty(text, (said) => answers(Buffer.from(said))),
      { numRuns },
    )
  })
  const good = aWorkbook([
    ['Navn', 'Mobil'],
    ['Åse', 20102030],
    ['Bo', 'x'],
  ])
  test('a spreadsheet that is cut, or of which some bytes are others', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length),
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 20 }),
        async (cut, turned) => {
          const bytes = Uint8Array.from(good)
          for (const [at, byte] of turned) bytes[at] = byte
          await answers(cut % 3 === 0 ? bytes.subarray(0, cut) : bytes)
        },
      ),
      { numRuns },
    )
  })
  test('a sheet whose words are broken', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom('<', '>', '/', 'c', 'row', ' r="A1"', '<v>', '</v>', '&', ';', '"', '1', ' t="s"'),
        }),
        (said) =>
          answers(
            aWorkbook([['Navn'], ['x']], {
              'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${said}</sheetData></worksheet>`),
            }),
          ),
      ),
      { numRuns },
    )
  })
  test('a file that says it is packed and is not', async () => {
    const bytes = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), deflateRawSync(Buffer.alloc(100))])
    expect(await rows(bytes)).toBe('broken')
  })
})
