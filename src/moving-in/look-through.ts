// A list looked through before anybody is asked: who would be, who is there already, which rows fail and why. Numbers and row numbers, no names.
import { setImmediate as breathe } from 'node:timers/promises'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { ColumnField } from './headings.ts'
import { type Asked, type RowFault, readRow, rowFaults, sameKeys } from './row.ts'
import type { Table, TableRow } from './table.ts'

/** What was seen: all that the page tells, and all that is kept of it. */
export interface Seen {
  headings: string[]
  rows: number
  withMail: number
  withTelephone: number
  /** How many rows fail by each reason, and the first of them. */
  faults: Partial<Record<RowFault, { count: number; rows: number[] }>>
  /** In which rows a number of the state stood, and how many there are in all. */
  cpr: { count: number; rows: number[] }
}

/** So many row numbers are told; the rest stand in the file of those that failed. */
const told = 12

export interface Looked {
  people: (Asked & { at: number })[]
  faults: { at: number; fault: RowFault }[]
}

/** Each row by itself, and those that stand there twice. `at` counts the rows of the table. In parts, so that nobody waits for it. */
export async function lookThrough(table: Table, mapping: readonly ColumnField[], today: string): Promise<Looked> {
  const looked: Looked = { people: [], faults: [] }
  const keys = new Set<string>()
  for (const [at, row] of table.rows.entries()) {
    if (at % 500 === 499) await breathe()
    const verdict = readRow(row, mapping, today)
    if ('fault' in verdict) {
      looked.faults.push({ at, fault: verdict.fault })
      continue
    }
    const same = sameKeys(verdict.asked)
    if (same.some((key) => keys.has(key))) looked.faults.push({ at, fault: 'again' })
    else looked.people.push({ ...verdict.asked, at })
    for (const key of same) keys.add(key)
  }
  return looked
}

/** Takes those out who are in the place already, or have been asked. */
export function without(looked: Looked, there: ReadonlyMap<number, 'here' | 'asked'>): Looked {
  const faults = [...looked.faults]
  const people = looked.people.filter(({ at }) => {
    const fault = there.get(at)
    if (fault) faults.push({ at, fault })
    return fault === undefined
  })
  return { people, faults: faults.sort((a, b) => a.at - b.at) }
}

export function seenIn(table: Table, { people, faults }: Looked): Seen {
  const by: Seen['faults'] = {}
  for (const { at, fault } of faults) {
    by[fault] ??= { count: 0, rows: [] }
    by[fault].count++
    if (by[fault].rows.length < told) by[fault].rows.push(table.rows[at]?.number ?? 0)
  }
  return {
    headings: table.headings,
    rows: table.rows.length,
    withMail: people.filter(({ mail }) => mail).length,
    withTelephone: people.filter(({ telephone }) => telephone).length,
    faults: Object.fromEntries(rowFaults.flatMap((fault) => (by[fault] ? [[fault, by[fault]]] : []))),
    cpr: { count: table.cpr.length, rows: table.cpr.slice(0, told) },
  }
}

// --- As it is kept while it is looked through

const press = promisify<Buffer, { level: number }, Buffer>(deflateRaw)
const unpress = promisify<Buffer, Buffer>(inflateRaw)

/** A table as it lies there; `reasons`: only the rows that failed are left, each with its own. */
export type KeptTable = Table & { reasons?: RowFault[] }

export const pressed = (table: KeptTable): Promise<Buffer> => press(Buffer.from(JSON.stringify(table)), { level: 1 })
export const unpressed = async (bytes: Buffer): Promise<KeptTable> => JSON.parse((await unpress(bytes)).toString())

/** What is left of a list when its people have been asked: the rows that failed. */
export const failedOnly = (table: Table, { faults }: Looked): KeptTable & { reasons: RowFault[] } => ({
  headings: table.headings,
  rows: faults.map(({ at }) => table.rows[at]).filter((row): row is TableRow => row !== undefined),
  cpr: [],
  reasons: faults.map(({ fault }) => fault),
})
