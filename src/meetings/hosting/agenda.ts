// The plan of an evening as a host writes it: rows of what happens and how long, read and put in order.

import { hasCpr } from '../../cpr.ts'
import { isStrange, oneLine, readLine } from '../../line.ts'
import { type AgendaItem, type AgendaKind, isAboutDefinition } from '../evening.ts'
import type { Kind } from '../meeting.ts'
import { longestReason } from '../roles.ts'

/** A row, word for word as it was typed. */
export interface RowSaid {
  title: string
  minutes: string
  /** Somebody tells the others something. */
  inform: boolean
  /** The row ends the evening; kept as it was. */
  close: boolean
  reason: string
}

export type AgendaFault =
  | 'none'
  | 'many'
  | 'title'
  | 'titleLong'
  | 'marks'
  | 'cpr'
  | 'minutes'
  | 'minutesMany'
  | 'why'
  | 'whyLong'
  | 'onlyDefinition'
  | 'strange'

export interface AgendaProblem {
  /** The name of the field: `minutes-3`. */
  field: string
  code: AgendaFault
  /** Which row it is about, from 1. */
  row: number
}

/** What the pressed button asks for: to keep the rows, to move or strike one of them, or to begin anew. */
export type Wanted = { deed: 'keep' | 'usual' } | { deed: 'up' | 'down' | 'away'; row: number }

export interface ReadAgenda {
  rows: RowSaid[]
  items: AgendaItem[]
  problems: AgendaProblem[]
  wanted: Wanted
  /** The mark of what was seen. */
  seen: string
}

export const mostItems = 30
export const longestTitle = 120
export const mostMinutes = 240
/** More information than this needs its reason. */
export const informFreely = 10
/** So many minutes of talk come before anybody informs: the host's story and the first conversation (method 2.4). */
const talkFirst = 20

const fieldName = /^(title|minutes|inform|close|reason)-([1-9]\d{0,2})$/
const isEmpty = ({ title, minutes, reason }: RowSaid) => `${title}${minutes}${reason}`.trim() === ''

/** Reads the rows in the order of their numbers. A row that was emptied is gone. */
export function readAgenda(form: URLSearchParams, kind: Kind): ReadAgenda {
  const typed = rowsTyped(form)
  const wanted = readWanted(form.get('do') ?? '')
  const rows = moved(typed, wanted)
  const problems: AgendaProblem[] = []
  if (isStrange(form, (name) => name === 'do' || name === 'seen' || fieldName.test(name)))
    problems.push({ field: 'title-1', row: 1, code: 'strange' })
  if (rows.length === 0) problems.push({ field: 'title-1', row: 1, code: 'none' })
  if (rows.length > mostItems) problems.push({ field: `title-${mostItems + 1}`, row: mostItems + 1, code: 'many' })
  const items = rows.map((row, before) => readRow(row, before + 1, kind, problems))
  return { rows, items, problems, wanted, seen: form.get('seen') ?? '' }
}

function rowsTyped(form: URLSearchParams): RowSaid[] {
  const numbers = new Set<number>()
  for (const name of form.keys()) {
    const number = fieldName.exec(name)?.[2]
    if (number) numbers.add(Number(number))
  }
  const text = (name: string) => form.get(name) ?? ''
  return [...numbers]
    .sort((a, b) => a - b)
    .map((n) => ({
      title: text(`title-${n}`),
      minutes: text(`minutes-${n}`),
      inform: form.has(`inform-${n}`),
      close: form.has(`close-${n}`),
      reason: text(`reason-${n}`),
    }))
}

const pressed = /^(up|down|away)-([1-9]\d{0,2})$/
function readWanted(said: string): Wanted {
  const [, deed, row] = pressed.exec(said) ?? []
  if (deed === 'up' || deed === 'down' || deed === 'away') return { deed, row: Number(row) }
  return { deed: said === 'usual' ? 'usual' : 'keep' }
}

/** The rows after the pressed button, without those that were emptied. */
function moved(typed: readonly RowSaid[], wanted: Wanted): RowSaid[] {
  const rows = [...typed]
  if ('row' in wanted) {
    const [at, step] = [wanted.row - 1, wanted.deed === 'up' ? -1 : 1]
    const [row, other] = [rows[at], rows[at + step]]
    if (wanted.deed === 'away') rows.splice(at, 1)
    else if (row && other) {
      rows[at] = other
      rows[at + step] = row
    }
  }
  return rows.filter((row) => !isEmpty(row))
}

function readRow(said: RowSaid, row: number, kind: Kind, problems: AgendaProblem[]): AgendaItem {
  const fault = (column: string, code: AgendaFault) => problems.push({ field: `${column}-${row}`, row, code })
  const title = readLine(said.title, longestTitle)
  if (title.fault) fault('title', title.fault === 'missing' ? 'title' : title.fault === 'long' ? 'titleLong' : 'marks')
  else if (hasCpr(title.line)) fault('title', 'cpr')
  const minutes = readMinutes(said.minutes)
  if (minutes === null || minutes < 1) fault('minutes', 'minutes')
  else if (minutes > mostMinutes) fault('minutes', 'minutesMany')
  const what: AgendaKind = said.inform ? 'inform' : said.close ? 'close' : 'enliven'
  if (said.inform && isAboutDefinition(kind)) fault('inform', 'onlyDefinition')
  const reason = oneLine(said.reason)
  if (needsWhy(what, minutes ?? 0) && reason === '') fault('reason', 'why')
  if ([...reason].length > longestReason) fault('reason', 'whyLong')
  else if (hasCpr(reason)) fault('reason', 'cpr')
  return { title: title.line, minutes: minutes ?? 0, kind: what, reason: reason === '' ? null : reason }
}

/** "20", "20 min.": whole minutes. */
function readMinutes(said: string): number | null {
  const digits = /^(\d{1,6})\s*(?:m|min|min\.|minutter|minutes)?$/i.exec(said.trim())?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Enliven before you inform: more than ten minutes of information are asked why. */
export const needsWhy = (kind: AgendaKind, minutes: number): boolean => kind === 'inform' && minutes > informFreely

/** Information that comes before people have talked together: a question to the host, not a ban. Its row from 1, or null. */
export function informsEarly(items: readonly Pick<AgendaItem, 'minutes' | 'kind'>[]): number | null {
  let talked = 0
  for (const [before, { minutes, kind }] of items.entries()) {
    if (kind === 'inform' && talked < talkFirst) return before + 1
    if (kind === 'enliven') talked += minutes
  }
  return null
}

/** The plan as somebody would have typed it. */
export const agendaAsSaid = (items: readonly AgendaItem[]): RowSaid[] =>
  items.map(({ title, minutes, kind, reason }) => ({
    title,
    minutes: String(minutes),
    inform: kind === 'inform',
    close: kind === 'close',
    reason: reason ?? '',
  }))
