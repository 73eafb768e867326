// A small XLSX file for tests, as an office program would write it: words, numbers, days, formulas; any part can be another.
import { strToU8, zipSync } from 'fflate'

type Cell = string | number | { day: number } | { formula: string; value: number }

const schema = 'http://schemas.openxmlformats.org'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const office = `${schema}/officeDocument/2006/relationships`
const relations = (...all: [type: string, target: string][]) =>
  `${head}<Relationships xmlns="${schema}/package/2006/relationships">${all
    .map(([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`
const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const letter = (column: number) => String.fromCharCode(65 + column)

export function aWorkbook(rows: readonly (readonly Cell[])[], other: Record<string, Uint8Array> = {}): Uint8Array {
  const words: string[] = []
  const cell = (value: Cell, ref: string): string => {
    if (typeof value === 'number') return `<c r="${ref}"><v>${value}</v></c>`
    if (typeof value === 'string') return `<c r="${ref}" t="s"><v>${words.push(value) - 1}</v></c>`
    if ('day' in value) return `<c r="${ref}" s="1"><v>${value.day}</v></c>`
    return `<c r="${ref}"><f>${escaped(value.formula)}</f><v>${value.value}</v></c>`
  }
  const sheet = rows
    .map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((one, column) => cell(one, `${letter(column)}${row + 1}`)).join('')}</row>`,
    )
    .join('')
  const main = `xmlns="${schema}/spreadsheetml/2006/main"`
  const files: Record<string, string> = {
    '[Content_Types].xml': `${head}<Types xmlns="${schema}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `${head}<workbook ${main} xmlns:r="${office}"><sheets><sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ),
    'xl/styles.xml': `${head}<styleSheet ${main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `${head}<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${head}<sst ${main}>${words.map((word) => `<si><t>${escaped(word)}</t></si>`).join('')}</sst>`,
  }
  return zipSync({
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    ...other,
  })
}
