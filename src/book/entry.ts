// What stands in Min bog: a note, a story in the making, something to remember, a name for one's own list. Its words, read from a form.
import { type DateProblem, type DateSaid, readDate } from '../ui/dates.ts'

export const entryKinds = ['note', 'story', 'reminder', 'name'] as const
export type EntryKind = (typeof entryKinds)[number]
export const isEntryKind = (value: unknown): value is EntryKind => entryKinds.includes(value as EntryKind)

/** The words, as they are sealed. A story has three beats, of which any may wait; a name has no room for what one thinks of somebody. */
export type Words =
  | { kind: 'note'; text: string }
  | { kind: 'story'; challenge: string; choice: string; outcome: string; where: string }
  /** `on`: the day it is about, `yyyy-mm-dd`. */
  | { kind: 'reminder'; text: string; on: string }
  | { kind: 'name'; name: string; ask: string }

export type Entry = Words & {
  id: string
  /** Grows with each change, from 1. */
  rev: number
  /** The days of writing and of the last change, `yyyy-mm-dd`. */
  written: string
  changed: string
}

/** What is sealed of an entry; its id and revision stand beside the box. */
export type Kept = Words & Pick<Entry, 'written' | 'changed'>

export const longest = { text: 4000, challenge: 2000, choice: 2000, outcome: 2000, where: 200, name: 120, ask: 600 }

/** The fields of each kind, in the order they are asked; a date apart. */
export const fieldsOf = {
  note: ['text'],
  story: ['challenge', 'choice', 'outcome', 'where'],
  reminder: ['text'],
  name: ['name', 'ask'],
} as const satisfies Record<EntryKind, readonly (keyof typeof longest)[]>

export type EntryField = keyof typeof longest | 'on'
export interface EntryProblem {
  field: EntryField
  code: 'missing' | 'too-long' | DateProblem
}

export type ReadWords = { ok: true; words: Words } | { ok: false; problems: EntryProblem[] }

/** Line ends as a browser sends them become plain ones; nothing else is changed, for they are somebody's own words. */
const written = (form: URLSearchParams, name: string) => (form.get(name) ?? '').replaceAll(/\r\n?/g, '\n').trim()

export const dateSaid = (form: URLSearchParams): DateSaid => ({
  day: form.get('on-day') ?? '',
  month: form.get('on-month') ?? '',
  year: form.get('on-year') ?? '',
})

/** Reads a form of this kind. Only an empty page is turned away, and what would not fit. */
export function readWords(kind: EntryKind, form: URLSearchParams, today: string): ReadWords {
  const said = Object.fromEntries(fieldsOf[kind].map((field) => [field, written(form, field)]))
  const problems: EntryProblem[] = fieldsOf[kind]
    .filter((field) => (said[field]?.length ?? 0) > longest[field])
    .map((field) => ({ field, code: 'too-long' }))
  const needed = kind === 'story' ? (['challenge', 'choice', 'outcome'] as const) : [fieldsOf[kind][0]]
  if (needed.every((field) => said[field] === '')) problems.unshift({ field: needed[0], code: 'missing' })
  let on = ''
  if (kind === 'reminder') {
    const read = readDate(Object.fromEntries(form), 'on', today)
    if ('problem' in read) problems.push({ field: 'on', code: read.problem })
    else on = read.date
  }
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, words: { kind, ...said, ...(kind === 'reminder' && { on }) } as Words }
}

/** An entry as its form would hold it. */
export function asForm(words: Words): URLSearchParams {
  const form = new URLSearchParams({ kind: words.kind })
  for (const [name, value] of Object.entries(words)) if (name !== 'kind' && name !== 'on') form.set(name, String(value))
  if (words.kind === 'reminder') {
    const [year = '', month = '', day = ''] = words.on.split('-')
    form.set('on-day', String(Number(day)))
    form.set('on-month', String(Number(month)))
    form.set('on-year', year)
  }
  return form
}

/** What was sealed, read back. Null for what this program cannot have written. */
export function readKept(text: string): Kept | null {
  try {
    const kept = JSON.parse(text) as Kept
    return isEntryKind(kept.kind) ? kept : null
  } catch {
    return null
  }
}

export const keptText = (words: Words, days: Pick<Entry, 'written' | 'changed'>): string =>
  JSON.stringify({ ...words, ...days })

/** The words of an entry, one after the other. */
export const wordsIn = (entry: Words): string[] =>
  fieldsOf[entry.kind].map((field) => (entry as unknown as Record<string, string>)[field] ?? '').filter(Boolean)

/** Å is aa, and capitals are small, for whoever looks for a word. */
const folded = (text: string) => text.normalize('NFC').toLocaleLowerCase('da').replaceAll('å', 'aa')

/** All words asked for stand somewhere in it. */
export function holds(entry: Words, asked: string): boolean {
  const text = folded(wordsIn(entry).join(' '))
  return folded(asked)
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/** As they are listed: what is to be remembered first today or earlier, then the newest. */
export function inOrder(entries: readonly Entry[], today: string): { due: Entry[]; rest: Entry[] } {
  const due = entries.filter((entry) => entry.kind === 'reminder' && entry.on <= today)
  const newest = (a: Entry, b: Entry) => b.changed.localeCompare(a.changed) || a.id.localeCompare(b.id)
  const day = (entry: Entry) => (entry.kind === 'reminder' ? entry.on : '')
  return {
    due: due.sort((a, b) => day(a).localeCompare(day(b))),
    rest: entries.filter((entry) => !due.includes(entry)).sort(newest),
  }
}
