// The first sheet of an XLSX file as rows of text. What is in the file is weighed and looked through before the reader of sheets gets any of it.
import { zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import { mostColumns, mostRows } from './limits.ts'
import { unpack, ZipFault } from './zip.ts'

/** 20,000 people with twelve columns weigh a third of this, unpacked. */
export const mostUnpacked = 48_000_000

/** What the reader needs: the book, its words, its styles (to know a date), and the sheets. No picture, no macro, nothing from outside. */
const needed =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/i

export class SheetFault extends Error {
  readonly code: 'many-rows' | 'many-columns' | 'broken'
  constructor(code: SheetFault['code']) {
    super(code)
    this.code = code
  }
}

/** Where a cell says it stands: `B7`, or a row its number. Whoever writes more columns or rows than there are people makes a list of holes. */
const place = /^([A-Z]{0,3})(\d{1,7})$/

function lookThrough(name: string, content: Buffer): Buffer {
  const text = content.toString('latin1')
  // No office program writes them; they are how a small file becomes a large one, or asks for another.
  if (/<!(DOCTYPE|ENTITY)/i.test(text) || text.includes('\0')) throw new ZipFault('bomb')
  if (!/worksheets\//i.test(name)) return content
  for (const [, , said = ''] of text.matchAll(/\sr\s*=\s*(["'])([^"']*)\1/g)) {
    const [, letters = '', number = ''] = place.exec(said) ?? []
    if (number === '') throw new SheetFault('broken')
    if (Number(number) > mostRows + 100) throw new SheetFault('many-rows')
    let column = 0
    for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
    if (column > mostColumns) throw new SheetFault('many-columns')
  }
  return content
}

/** A cell as text: a day as ISO, a number without point and exponent where it can be, what a formula came to. */
function cellText(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? cell.toFixed(0) : String(cell)
  return typeof cell === 'string' ? cell : ''
}

/** Throws a `ZipFault` or a `SheetFault`, and nothing else. */
export async function rowsOfXlsx(bytes: Uint8Array): Promise<string[][]> {
  const files: Record<string, Uint8Array> = {}
  for (const [name, content] of unpack(bytes, (one) => needed.test(one), mostUnpacked))
    files[name] = lookThrough(name, content)
  try {
    // Packed anew without pressing: the reader sees what was weighed here, and no other file that hides in the first.
    const whole = zipSync(files, { level: 0 })
    const rows = await readSheet(whole.buffer as ArrayBuffer)
    return rows.map((row) => row.map(cellText))
  } catch {
    throw new SheetFault('broken')
  }
}
