// How near the municipality stands to a place, and what it takes to go a step further: the core group's own vote, typed by one and
// confirmed by another. The steps are from the exit literature: plan it, announce it, let partners lead (method 2.11).
import type { Presence } from '../communities/community.ts'
import { hasCpr } from '../cpr.ts'
import { isBlank, oneLine } from '../line.ts'
import { type DateProblem, readDate } from '../ui/dates.ts'
import { type Criterion, fallen, type Quarter, type Rule } from './criteria.ts'

/** The steps in their order. `idea` stands before them: the municipality has not begun. */
export const phases = ['beside', 'behind', 'on_call', 'out'] as const
export type Phase = (typeof phases)[number]
const isPhase = (text: unknown): text is Phase => phases.some((phase) => phase === text)

/** Where a place can go by a vote: one step on, or any number back. Nobody skips a step on the way out. */
export function nextPhases(now: Presence): Phase[] {
  if (now === 'idea') return ['beside']
  const at = phases.indexOf(now)
  return phases.filter((_, index) => index !== at && index <= at + 1)
}

/** Further away than before: this is what needs a farewell and check-ins. */
export const isStepOut = (from: Presence, to: Presence): boolean =>
  from !== 'idea' && phases.indexOf(to as Phase) > phases.indexOf(from)

/** Once the municipality has stepped back: which signs were ready a quarter before and are not now. The newest quarter first. */
export function fallenSince(now: Presence, [last, before]: readonly Quarter[], rules: readonly Rule[]): Criterion[] {
  return last && before && isStepOut('beside', now) ? fallen(before, last, rules) : []
}

export interface Count {
  yes: number
  no: number
  /** Did not say, or handed in an empty slip. */
  blank: number
}

export const present = ({ yes, no, blank }: Count): number => yes + no + blank

/** More than half of those present said yes. Half is not enough, and an empty slip is no yes. */
export const carries = (count: Count): boolean => count.yes * 2 > present(count)

// --- Reading what was typed

export const longestFarewell = 300
/** More people than this are not a core group. */
const mostPresent = 200

export interface Vote extends Count {
  to: Phase
  /** `yyyy-mm-dd`, when they voted. */
  votedOn: string
  farewellOn: string | null
  farewell: string | null
}

export interface Fault {
  field: string
  code: FaultCode
}
type FaultCode =
  | DateProblem
  | 'phase.choose'
  | 'count.number'
  | 'count.nobody'
  | 'count.many'
  | 'votedOn.future'
  | 'words.long'
  | 'words.cpr'
  | 'item.kind'
  | 'item.missing'
  | 'how.choose'
  | 'vote.waits'

type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

/** `today` is the place's own date. */
export function readVote(form: URLSearchParams, now: Presence, today: string): Read<Vote> {
  const faults: Fault[] = []
  const to = form.get('to')
  if (!isPhase(to) || !nextPhases(now).includes(to)) faults.push({ field: 'to', code: 'phase.choose' })
  const number = (field: string): number => {
    const text = (form.get(field) ?? '').trim() || '0'
    if (/^\d{1,4}$/.test(text)) return Number(text)
    faults.push({ field, code: 'count.number' })
    return 0
  }
  const count = { yes: number('yes'), no: number('no'), blank: number('blank') }
  if (faults.every(({ code }) => code !== 'count.number')) {
    if (present(count) < 1) faults.push({ field: 'yes', code: 'count.nobody' })
    else if (present(count) > mostPresent) faults.push({ field: 'yes', code: 'count.many' })
  }
  const votedOn = day(form, 'voted-on', today, faults)
  if (votedOn > today) faults.push({ field: 'voted-on', code: 'votedOn.future' })
  const hasFarewell = ['day', 'month', 'year'].some((part) => form.get(`farewell-on-${part}`)?.trim())
  const farewellOn = hasFarewell ? day(form, 'farewell-on', today, faults) : null
  const farewell = readWords(form.get('farewell'), 'farewell', longestFarewell, faults)
  if (faults.length > 0 || !isPhase(to)) return { ok: false, faults }
  return { ok: true, value: { to, ...count, votedOn, farewellOn, farewell } }
}

function day(form: URLSearchParams, field: string, today: string, faults: Fault[]): string {
  const read = readDate(Object.fromEntries(form), field, today)
  if ('date' in read) return read.date
  faults.push({ field, code: read.problem })
  return ''
}

/** Words that need not be written; null for none. */
function readWords(typed: string | null, field: string, most: number, faults: Fault[]): string | null {
  const line = oneLine(typed)
  if (isBlank(line)) return null
  if ([...line].length > most) faults.push({ field, code: 'words.long' })
  else if (hasCpr(line)) faults.push({ field, code: 'words.cpr' })
  return line
}

// --- What is handed over

/** What an employee holds that a place needs (method 2.11). */
export const itemKinds = ['keys', 'accounts', 'contacts', 'money', 'calendar', 'knowledge', 'other'] as const
export type ItemKind = (typeof itemKinds)[number]
const isItemKind = (text: unknown): text is ItemKind => itemKinds.some((kind) => kind === text)
export const longestItem = 160

export function readItem(form: URLSearchParams): Read<{ kind: ItemKind; what: string }> {
  const faults: Fault[] = []
  const kind = form.get('kind')
  if (!isItemKind(kind)) faults.push({ field: 'kind', code: 'item.kind' })
  const what = readWords(form.get('what'), 'what', longestItem, faults)
  if (what === null) faults.push({ field: 'what', code: 'item.missing' })
  if (faults.length > 0 || !isItemKind(kind) || what === null) return { ok: false, faults }
  return { ok: true, value: { kind, what } }
}

// --- The check-ins, and being called back

export const howItGoes = ['holds', 'partly', 'not'] as const
export type HowItGoes = (typeof howItGoes)[number]
export const longestWords = 600

export interface CheckIn {
  how: HowItGoes
  words: string | null
  /** The municipality may read it. Not unless the place says so. */
  shared: boolean
}

export function readCheckIn(form: URLSearchParams): Read<CheckIn> {
  const faults: Fault[] = []
  const how = howItGoes.find((one) => one === form.get('how'))
  if (!how) faults.push({ field: 'how', code: 'how.choose' })
  const words = readWords(form.get('words'), 'words', longestWords, faults)
  if (faults.length > 0 || !how) return { ok: false, faults }
  return { ok: true, value: { how, words, shared: form.get('shared') === 'yes' } }
}

/** Calling the municipality back takes no reason. */
export function readCall(form: URLSearchParams): Read<string | null> {
  const faults: Fault[] = []
  const words = readWords(form.get('words'), 'words', longestWords, faults)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: words }
}
