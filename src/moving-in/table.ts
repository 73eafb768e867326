// A file as a table: what kind it is by its content, where its headings are, its rows as text. No number of the state gets any further than here.
import { hasCpr } from '../cpr.ts'
import { oneLine } from '../line.ts'
import { rowsOfCsv } from './csv-file.ts'
import { textOf } from './encoding.ts'
import { fieldOf } from './headings.ts'
import { longestCell, mostBytes, mostColumns, mostRows } from './limits.ts'
import { rowsOfXlsx, SheetFault } from './xlsx-file.ts'
import { isZip, ZipFault } from './zip.ts'

export interface TableRow {
  /** As the spreadsheet counts it: the headings are row 1, if nothing stands over them. */
  number: number
  cells: string[]
}

export interface Table {
  headings: string[]
  rows: TableRow[]
  /** The rows in which a number stood that may be a CPR number, in order. The number itself is nowhere. */
  cpr: number[]
}

export type TableFault =
  | 'empty'
  | 'no-rows'
  | 'not-read'
  | 'old-excel'
  | 'sealed'
  | 'broken'
  | 'bomb'
  | 'large'
  | 'many-rows'
  | 'many-columns'

/** Stands where a number of the state stood. */
export const cprMark = '[CPR]'

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, at) => bytes[at] === byte)

async function rawRows(bytes: Uint8Array): Promise<string[][] | TableFault> {
  if (isZip(bytes)) return rowsOfXlsx(bytes)
  // An Excel file of before 2007, or a new one with a password: both are kept in this box.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'old-excel'
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return 'not-read'
  const text = textOf(bytes)
  if (text === null || /^\s*(<!doctype|<html|<\?xml|\{\\rtf)/i.test(text)) return 'not-read'
  return rowsOfCsv(text)
}

/** Never throws for what stands in a file, whatever it is. */
export async function readTable(bytes: Uint8Array): Promise<{ table: Table } | { fault: TableFault }> {
  if (bytes.length > mostBytes) return { fault: 'large' }
  try {
    const raw = await rawRows(bytes)
    return typeof raw === 'string' ? { fault: raw } : tableOf(raw)
  } catch (error) {
    if (error instanceof ZipFault || error instanceof SheetFault) return { fault: error.code }
    throw error
  }
}

/** So far down the headings may stand: over them there may be a title, a date, who made the list. */
const lookedForHeadings = 20

export function tableOf(raw: readonly (readonly string[])[]): { table: Table } | { fault: TableFault } {
  const cpr: number[] = []
  const all = raw.map((cells, index): TableRow => ({ number: index + 1, cells: cells.map(cleaned) }))
  const full = all.filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (full.length === 0) return { fault: 'empty' }
  if (full.length > mostRows + lookedForHeadings) return { fault: 'many-rows' }
  const at = headingsAt(full)
  const headingCells = full[at]?.cells ?? []
  const rows = full.slice(at + 1)
  if (rows.length === 0) return { fault: 'no-rows' }
  if (rows.length > mostRows) return { fault: 'many-rows' }
  const widest = rows.reduce((most, { cells }) => Math.max(most, lastFull(cells)), lastFull(headingCells))
  if (widest > mostColumns) return { fault: 'many-columns' }
  const width = (cells: readonly string[]) => Array.from({ length: widest }, (_, column) => cells[column] ?? '')
  for (const row of rows) {
    row.cells = width(row.cells)
    if (takeOutCpr(row.cells)) cpr.push(row.number)
  }
  const headings = width(headingCells)
  takeOutCpr(headings)
  return { table: { headings, rows, cpr } }
}

/** Without the apostrophe that our own files set before what a spreadsheet would calculate: a list of those that failed is brought again. */
const cleaned = (cell: string): string => {
  // Cut first: a word of ten megabytes that stands in every cell is read ten thousand times.
  const line = oneLine(String(cell ?? '').slice(0, longestCell * 4))
    .replace(/^\uFEFF/, '')
    .replace(/^'(?=[=+\-@])/, '')
  return line.length > longestCell ? line.slice(0, longestCell) : line
}

const lastFull = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell !== '') + 1

/** The row in which most headings are known; the first, if none is. */
function headingsAt(rows: readonly TableRow[]): number {
  let best = 0
  let most = 0
  for (const [index, { cells }] of rows.slice(0, lookedForHeadings).entries()) {
    const known = cells.filter((cell) => cell !== '' && fieldOf(cell) !== 'skip').length
    if (known > most) [best, most] = [index, known]
  }
  return best
}

/** Also where the day of birth stands in one cell and the four digits in the next. */
function takeOutCpr(cells: string[]): boolean {
  let found = false
  for (const [at, cell] of cells.entries()) {
    const next = cells[at + 1] ?? ''
    const halves = /^\d{6}$/.test(cell) && /^\d{4}$/.test(next) && hasCpr(`${cell}-${next}`)
    if (!halves && !hasCpr(cell)) continue
    found = true
    cells[at] = cprMark
    if (halves) cells[at + 1] = cprMark
  }
  return found
}
