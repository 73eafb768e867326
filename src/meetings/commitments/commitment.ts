// A commitment: what somebody will do, by when and to whom. Read aloud at the end of the evening, asked about afterwards, never overdue.

import { lookOver } from '../../hints.ts'
import { oneLine } from '../../line.ts'
import { type DateProblem, type DateSaid, readDate } from '../../ui/dates.ts'
import type { Medium } from '../evening.ts'

/** `made`: it still stands. `renegotiated`: another day was agreed. `released`: they are free of it. */
export const commitmentStates = ['kept', 'made', 'renegotiated', 'released'] as const
export type CommitmentState = (typeof commitmentStates)[number]
export const isCommitmentState = (text: unknown): text is CommitmentState =>
  commitmentStates.includes(text as CommitmentState)

/** Characters as a person counts them (code points), as the database does. */
export const longest = { name: 60, what: 280, whom: 120, telephone: 40, how: 280 } as const

/** What somebody says they will do. */
export interface Promised {
  name: string
  what: string
  /** `yyyy-mm-dd`, or no day. */
  byWhen: string | null
  toWhom: string | null
  /** Only when they want to be called. */
  telephone: string | null
}

export interface Commitment extends Promised {
  id: string
  medium: Medium
  state: CommitmentState
  /** How it went, in their own words. */
  how: string | null
  rev: number
}

/** What somebody tells afterwards. */
export interface Told {
  state: CommitmentState
  how: string | null
  /** Only with `renegotiated`: the new day, if one is agreed. */
  byWhen: string | null
}

export type CommitmentProblem = {
  field: 'name' | 'what' | 'when' | 'whom' | 'telephone' | 'went' | 'how'
  code: 'name' | 'what' | 'went' | 'too-long' | 'telephone' | 'past' | 'cpr' | Exclude<DateProblem, 'date.missing'>
}

export type ReadPromise = { ok: true; value: Promised } | { ok: false; problems: CommitmentProblem[] }
export type ReadTold = { ok: true; value: Told } | { ok: false; problems: CommitmentProblem[] }

/** What is there, or nothing at all. */
const orNone = (text: string): string | null => text || null

/** A telephone number, with whatever people put between digits. */
const likeTelephone = /^(?=(?:\D*\d){4})[+\d\s().\-/]+$/

/**
 * Reads what somebody promises. A day without a year is the next such day from `today` (`yyyy-mm-dd`). A day that is gone is asked
 * about, unless it is the one that stood there (`before`).
 */
export function readPromise(form: URLSearchParams, today: string, before: string | null = null): ReadPromise {
  const problems: CommitmentProblem[] = []
  const words = (field: 'name' | 'what' | 'whom'): string => {
    const text = oneLine(form.get(field))
    if ([...text].length > longest[field]) problems.push({ field, code: 'too-long' })
    else if (lookOver(text).cpr) problems.push({ field, code: 'cpr' })
    return text
  }
  const what = words('what')
  if (!what) problems.push({ field: 'what', code: 'what' })
  const byWhen = readWhen(form, today, before, problems)
  const whom = words('whom')
  const name = words('name')
  if (!name) problems.push({ field: 'name', code: 'name' })
  const telephone = oneLine(form.get('telephone'))
  if (/(?<!\d)\d{6}[-–]\d{4}(?!\d)/.test(telephone)) problems.push({ field: 'telephone', code: 'cpr' })
  else if (telephone && (!likeTelephone.test(telephone) || telephone.length > longest.telephone))
    problems.push({ field: 'telephone', code: 'telephone' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { name, what, byWhen, toWhom: orNone(whom), telephone: orNone(telephone) } }
}

/** Reads how it went: one of the four, in own words if they like, and the new day when another was agreed. */
export function readTold(form: URLSearchParams, today: string): ReadTold {
  const problems: CommitmentProblem[] = []
  const went = form.get('went')
  if (!isCommitmentState(went)) problems.push({ field: 'went', code: 'went' })
  const how = oneLine(form.get('how'))
  if ([...how].length > longest.how) problems.push({ field: 'how', code: 'too-long' })
  else if (lookOver(how).cpr) problems.push({ field: 'how', code: 'cpr' })
  const byWhen = went === 'renegotiated' ? readWhen(form, today, null, problems) : null
  if (problems.length > 0 || !isCommitmentState(went)) return { ok: false, problems }
  return { ok: true, value: { state: went, how: orNone(how), byWhen } }
}

function readWhen(
  form: URLSearchParams,
  today: string,
  before: string | null,
  problems: CommitmentProblem[],
): string | null {
  const read = readDate(Object.fromEntries(form), 'when', today)
  if ('date' in read) {
    if (read.date < today && read.date !== before) problems.push({ field: 'when', code: 'past' })
    return read.date
  }
  // No day at all is a fine promise too.
  if (read.problem !== 'date.missing') problems.push({ field: 'when', code: read.problem })
  return null
}

/** The fields of a form, word for word, to be shown again. */
export const whenSaid = (form: URLSearchParams): DateSaid => ({
  day: form.get('when-day') ?? '',
  month: form.get('when-month') ?? '',
  year: form.get('when-year') ?? '',
})

/** A promise as it stands, as fields of its form. */
export function asFields(commitment: Promised): URLSearchParams {
  const [year = '', month = '', day = ''] = commitment.byWhen?.split('-') ?? []
  return new URLSearchParams({
    what: commitment.what,
    'when-day': day && String(Number(day)),
    'when-month': month && String(Number(month)),
    'when-year': year,
    whom: commitment.toWhom ?? '',
    name: commitment.name,
    telephone: commitment.telephone ?? '',
  })
}

/** Is it time to ask how it went? From the day itself on, and only while it stands. */
export const isTime = ({ state, byWhen }: Pick<Commitment, 'state' | 'byWhen'>, today: string): boolean =>
  (state === 'made' || state === 'renegotiated') && byWhen !== null && byWhen <= today

/** Those to telephone, in the order one would: whose day has come, whose day comes later, those without a day, and those told of. */
export function toCall<T extends Pick<Commitment, 'state' | 'byWhen'>>(
  commitments: readonly T[],
  today: string,
): Record<'come' | 'later' | 'noDay' | 'told', T[]> {
  const groups: Record<'come' | 'later' | 'noDay' | 'told', T[]> = { come: [], later: [], noDay: [], told: [] }
  for (const one of commitments) {
    if (one.state === 'kept' || one.state === 'released') groups.told.push(one)
    else if (one.byWhen === null) groups.noDay.push(one)
    else groups[one.byWhen <= today ? 'come' : 'later'].push(one)
  }
  for (const group of [groups.come, groups.later]) group.sort((a, b) => (a.byWhen ?? '').localeCompare(b.byWhen ?? ''))
  return groups
}
