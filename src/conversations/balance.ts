// The balance: who carries what in a place, the two questions when the municipality takes over, and what it asks itself before it promises.
import { type Hint, lookOver } from '../hints.ts'
import { readLine } from '../line.ts'
import { wilson } from '../shares/wilson.ts'

export const owners = ['resident', 'team', 'municipality'] as const
export type Owner = (typeof owners)[number]
/** Who carried it before the municipality took it. */
export const carriers = ['resident', 'team', 'nobody'] as const
export type Carrier = (typeof carriers)[number]

export interface Turn {
  since: string
  owner: Owner
  carriedBefore: Carrier | null
  /** What it takes for the place to carry it again. */
  giveBack: string | null
}

export interface Step {
  id: string
  what: string
  madeOn: string
  doneOn: string | null
  /** Who has carried it, the first first. Never empty. */
  turns: Turn[]
}

export const longest = { what: 140, giveBack: 280, promise: 280, note: 280 } as const

/** Who carried it at the end of that day; null before it was made and from the day it was done. */
export function ownerOn(
  { madeOn, doneOn, turns }: Pick<Step, 'madeOn' | 'doneOn' | 'turns'>,
  day: string,
): Owner | null {
  if (madeOn > day || (doneOn !== null && doneOn <= day)) return null
  return turns.filter(({ since }) => since <= day).at(-1)?.owner ?? null
}
export const ownerNow = ({ turns }: Pick<Step, 'turns'>): Owner => turns.at(-1)?.owner ?? 'resident'

/** Residents and their groups, of all that somebody carries. */
export interface Carried {
  residents: number
  of: number
}
export function carriedOn(steps: readonly Pick<Step, 'madeOn' | 'doneOn' | 'turns'>[], day: string): Carried {
  const now = steps.map((step) => ownerOn(step, day)).filter((owner) => owner !== null)
  return { residents: now.filter((owner) => owner !== 'municipality').length, of: now.length }
}

/** Steps that somebody wrote down here, and promises of meetings that are not among them. */
export const together = (one: Carried, other: Carried | undefined): Carried => ({
  residents: one.residents + (other?.residents ?? 0),
  of: one.of + (other?.of ?? 0),
})

export type ShareOfSteps =
  /** Under five: the steps themselves say more. */
  | { kind: 'few' }
  /** Under ten: how many, and no percent. */
  | { kind: 'count'; residents: number; of: number }
  | { kind: 'share'; residents: number; of: number; percent: number; low: number; high: number }

/** As all shares here (method 4.4): nothing under five, no percent under ten, and how sure it is. */
export function shareOfSteps({ residents, of }: Carried): ShareOfSteps {
  if (of < 5) return { kind: 'few' }
  if (of < 10) return { kind: 'count', residents, of }
  const { low, high } = wilson(residents, of)
  const percent = (fraction: number) => Math.round(100 * fraction + 1e-9)
  return { kind: 'share', residents, of, percent: percent(residents / of), low: percent(low), high: percent(high) }
}

/** The last days of the quarters up to today, the oldest first; the last of them is today. */
export function quarterEnds(today: string, most: number): string[] {
  const [year = 2000, month = 1] = today.split('-').map(Number)
  const quarter = Math.floor((month - 1) / 3)
  const ends = Array.from({ length: most - 1 }, (_, back) =>
    new Date(Date.UTC(year, quarter * 3 - 3 * back, 0)).toISOString().slice(0, 10),
  )
  return [...ends.reverse(), today]
}

export interface StepProblem {
  field: 'what' | 'owner' | 'before' | 'back'
  code: 'step' | 'owner' | 'before' | 'back' | 'too-long' | 'marks' | 'cpr'
}
export type ReadTurn = { ok: true; value: Omit<Turn, 'since'> } | { ok: false; problems: StepProblem[] }
export type ReadStep =
  | { ok: true; value: { what: string; turn: Omit<Turn, 'since'> } }
  | { ok: false; problems: StepProblem[] }

/** Who takes it. When the municipality does: who used to carry it, and, if somebody did, what it takes to give it back. */
export function readTurn(form: URLSearchParams): ReadTurn {
  const owner = owners.find((one) => one === form.get('owner'))
  if (!owner) return { ok: false, problems: [{ field: 'owner', code: 'owner' }] }
  if (owner !== 'municipality') return { ok: true, value: { owner, carriedBefore: null, giveBack: null } }
  const problems: StepProblem[] = []
  const before = carriers.find((one) => one === form.get('before')) ?? null
  if (!before) problems.push({ field: 'before', code: 'before' })
  const { line, fault } = readLine(form.get('back') ?? '', longest.giveBack)
  const answered = fault !== 'missing' && [...line].length >= 3
  if (before !== 'nobody' && !answered) problems.push({ field: 'back', code: 'back' })
  if (answered && fault) problems.push({ field: 'back', code: fault === 'long' ? 'too-long' : 'marks' })
  if (lookOver(line).cpr) problems.push({ field: 'back', code: 'cpr' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { owner, carriedBefore: before, giveBack: answered ? line : null } }
}

export function readStep(form: URLSearchParams): ReadStep {
  const problems: StepProblem[] = []
  const { line, fault } = readLine(form.get('what') ?? '', longest.what)
  if (fault === 'missing' || [...line].length < 3) problems.push({ field: 'what', code: 'step' })
  else if (fault) problems.push({ field: 'what', code: fault === 'long' ? 'too-long' : 'marks' })
  else if (lookOver(line).cpr) problems.push({ field: 'what', code: 'cpr' })
  const turn = readTurn(form)
  if (!turn.ok) problems.push(...turn.problems)
  return problems.length > 0 || !turn.ok
    ? { ok: false, problems }
    : { ok: true, value: { what: line, turn: turn.value } }
}

// --- Before a promise

export const questions = ['equal', 'interest', 'mandate', 'authority', 'election', 'keepable'] as const
export type Question = (typeof questions)[number]
export const replies = ['yes', 'no', 'unsure'] as const
export type Reply = (typeof replies)[number]
/** The answer with which one may go on. */
export const fine: Readonly<Record<Question, Reply>> = {
  equal: 'yes',
  interest: 'no',
  mandate: 'yes',
  authority: 'no',
  election: 'yes',
  keepable: 'yes',
}

export interface Check extends Record<Question, Reply> {
  promise: string
  note: string | null
}
export interface CheckProblem {
  field: Question | 'promise' | 'note'
  code: 'promise' | 'reply' | 'too-long' | 'marks' | 'cpr'
}

export function readCheck(form: URLSearchParams): { ok: true; value: Check } | { ok: false; problems: CheckProblem[] } {
  const problems: CheckProblem[] = []
  const promise = readLine(form.get('promise') ?? '', longest.promise)
  if (promise.fault === 'missing' || [...promise.line].length < 3) problems.push({ field: 'promise', code: 'promise' })
  else if (promise.fault) problems.push({ field: 'promise', code: promise.fault === 'long' ? 'too-long' : 'marks' })
  else if (lookOver(promise.line).cpr) problems.push({ field: 'promise', code: 'cpr' })
  const said = {} as Record<Question, Reply>
  for (const question of questions) {
    const reply = replies.find((one) => one === form.get(question))
    if (reply) said[question] = reply
    else problems.push({ field: question, code: 'reply' })
  }
  const note = readLine(form.get('note') ?? '', longest.note)
  if (note.fault && note.fault !== 'missing')
    problems.push({ field: 'note', code: note.fault === 'long' ? 'too-long' : 'marks' })
  else if (lookOver(note.line).cpr) problems.push({ field: 'note', code: 'cpr' })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { ...said, promise: promise.line, note: note.fault === 'missing' ? null : note.line } }
}

/** What is to be settled before the promise, in the order it is asked. An authority's decision belongs in the case system, first of all. */
export const toSettle = (check: Record<Question, Reply>): Question[] => {
  const open = questions.filter((question) => check[question] !== fine[question])
  return open.includes('authority') ? ['authority', ...open.filter((one) => one !== 'authority')] : open
}

/** The leader reads the note: what in it may be about illness or name somebody. */
export const hintsInCheck = ({ promise, note }: Check): Hint[] => [
  ...new Set([promise, note ?? ''].flatMap((text) => lookOver(text).hints)),
]
