// The agreed note: themes by tap, own words if both want them, what the two promise each other, and when they talk again. Nothing else of a
// talk is written down, and nothing of it is kept until both have said yes to the same words.
import { createHash } from 'node:crypto'
import { dayAfter } from '../clock.ts'
import { type Hint, lookOver } from '../hints.ts'
import { oneLine } from '../line.ts'
import type { Side } from './talk.ts'

/** What a talk can have been about. Of a place and what people do, never of somebody's health, faith, politics or purse. */
export const themes = [
  'meetingPlace',
  'food',
  'young',
  'old',
  'newcomers',
  'outdoors',
  'sport',
  'music',
  'craft',
  'transport',
  'help',
  'history',
] as const
export type Theme = (typeof themes)[number]
export const mostThemes = 5

export const outcomes = ['commitment', 'meet_again', 'not_now', 'no'] as const
export type Outcome = (typeof outcomes)[number]

/** Two for each: more is not remembered. */
export const promisesEach = 2
export const longest = { ownWords: 280, what: 140 } as const

export interface Promised {
  by: Side
  what: string
  byWhen: string | null
}

export interface Note {
  themes: Theme[]
  ownWords: string | null
  promises: Promised[]
  outcome: Outcome
  nextOn: string | null
}

/** A note as it is carried from page to page until both have said yes: with the talk, and with the note that it changes. */
export interface Draft extends Note {
  talk: string
  /** The number of the note that stands; 0 for the first. */
  base: number
}

export type NoteProblem = {
  field: string
  code: 'empty' | 'outcome' | 'themes' | 'too-long' | 'cpr'
}
export type ReadNote = { ok: true; value: Note } | { ok: false; problems: NoteProblem[] }

/** The days one taps, counted from today; a day that stood there before may stay. */
export const spans = ['7', '14', '30', '90'] as const

/** The day that was tapped. */
export function readDay(text: string | null, today: string): string | null {
  if (spans.some((span) => span === text)) return dayAfter(today, Number(text))
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(text ?? '')) ? text : null
}

export const promiseField = (by: Side, n: number): string => `${by}-${n}`

/** Reads what the two have tapped and written together. */
export function readNote(form: URLSearchParams, today: string): ReadNote {
  const problems: NoteProblem[] = []
  const words = (field: string, most: number): string => {
    const text = oneLine(form.get(field))
    if ([...text].length > most) problems.push({ field, code: 'too-long' })
    else if (lookOver(text).cpr) problems.push({ field, code: 'cpr' })
    return text
  }
  const chosen = themes.filter((theme) => form.getAll('theme').includes(theme))
  if (chosen.length > mostThemes) problems.push({ field: 'theme', code: 'themes' })
  const ownWords = words('words', longest.ownWords)
  const promises: Promised[] = []
  for (const by of ['starter', 'other'] as const)
    for (let n = 1; n <= promisesEach; n++) {
      const field = promiseField(by, n)
      const what = words(field, longest.what)
      if (what) promises.push({ by, what, byWhen: readDay(form.get(`${field}-when`), today) })
    }
  const outcome = outcomes.find((one) => one === form.get('outcome')) ?? (promises.length > 0 ? 'commitment' : null)
  if (!outcome) problems.push({ field: 'outcome', code: 'outcome' })
  if (problems.length > 0 || !outcome) return { ok: false, problems }
  return {
    ok: true,
    value: { themes: chosen, ownWords: ownWords || null, promises, outcome, nextOn: readDay(form.get('next'), today) },
  }
}

/** A note as the fields of its form. */
export function asFields(note: Note): URLSearchParams {
  const fields = new URLSearchParams({ words: note.ownWords ?? '', outcome: note.outcome, next: note.nextOn ?? '' })
  for (const theme of note.themes) fields.append('theme', theme)
  for (const by of ['starter', 'other'] as const)
    note.promises
      .filter((promise) => promise.by === by)
      .forEach(({ what, byWhen }, at) => {
        fields.set(promiseField(by, at + 1), what)
        fields.set(`${promiseField(by, at + 1)}-when`, byWhen ?? '')
      })
  return fields
}

/** The draft as one text, always spelt the same way: what is sealed, and what both say yes to. */
export const draftText = ({ talk, base, themes: chosen, ownWords, promises, outcome, nextOn }: Draft): string =>
  JSON.stringify([
    talk,
    base,
    themes.filter((theme) => chosen.includes(theme)),
    ownWords,
    (['starter', 'other'] as const).flatMap((side) =>
      promises.filter(({ by }) => by === side).map(({ by, what, byWhen }) => [by, what, byWhen]),
    ),
    outcome,
    nextOn,
  ])

/** Reads a draft back; null for everything that was not made by `draftText`. */
export function readDraft(text: string | null): Draft | null {
  try {
    const [talk, base, chosen, ownWords, promises, outcome, nextOn] = JSON.parse(text ?? '') as unknown[]
    const form = new URLSearchParams({
      words: String(ownWords ?? ''),
      outcome: String(outcome),
      next: String(nextOn ?? ''),
    })
    for (const theme of chosen as string[]) form.append('theme', theme)
    const counts = { starter: 0, other: 0 }
    for (const [by, what, byWhen] of promises as [Side, string, string | null][]) {
      const field = promiseField(by, ++counts[by])
      form.set(field, what)
      form.set(`${field}-when`, byWhen ?? '')
    }
    const read = readNote(form, '2000-01-01')
    if (!read.ok || typeof talk !== 'string' || typeof base !== 'number') return null
    const draft = { ...read.value, talk, base }
    return draftText(draft) === text ? draft : null
  } catch {
    return null
  }
}

/** What both said yes to, as 32 bytes: a letter changed is another note. */
export const contentHash = (draft: Draft): Buffer => createHash('sha256').update(draftText(draft)).digest()

/** Which words may be about illness or a third person. The two know better; they are only asked. */
export function hintsIn(note: Note): Hint[] {
  const hints = [note.ownWords ?? '', ...note.promises.map(({ what }) => what)].flatMap((text) => lookOver(text).hints)
  return [...new Set(hints)]
}
