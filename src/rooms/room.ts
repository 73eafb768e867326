// The rules of a room's keys: how many must agree, whom trust asks, who inherits, and what a form may say. Pure.
import { hasCpr } from '../cpr.ts'
import { readLine } from '../line.ts'
import { readDate } from '../ui/dates.ts'

/** So many days without a sign of life, and a key is held by nobody. */
export const stillDays = 180
/** So many days to answer whether one wants to inherit the key. */
export const answerDays = 14
/** So long a notice stands. */
export const noticeDays = 30
/** A hand-over is proposed for a day within so many days. */
export const farthestDays = 730

/** How many must trust somebody, who has been here for how many days, before they are asked to take a key. */
export interface Rule {
  trusts: number
  days: number
}
export const usualRule: Rule = { trusts: 3, days: 30 }

/**
 * Who must agree, besides the one who proposes it, before a key goes over: one other key holder; where there is no other,
 * two trusted members.
 */
export const agreementNeeded = (keyHolders: number): { by: 'keyholder' | 'trusted'; count: number } =>
  keyHolders >= 2 ? { by: 'keyholder', count: 1 } : { by: 'trusted', count: 2 }

const dayMs = 86_400_000
/** Days from one date to a later one, both `yyyy-mm-dd`. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)

/** Somebody who could hold a key: with an account, and a neighbour. */
export interface Member {
  id: string
  joinedOn: string
  /** The last day they did something here. */
  activeOn: string
  holds: boolean
  /** Somebody with a key knows, or knew, who this is. */
  known: boolean
}

/** Does the rule ask this newcomer? Only trust of those counts who have been here that long themselves: a ring of strangers opens nothing. */
export function ruleAsks(rule: Rule, joinedOn: string, trustedByJoinedOn: readonly string[], today: string): boolean {
  const longEnough = (joined: string) => daysBetween(joined, today) >= rule.days
  return longEnough(joinedOn) && trustedByJoinedOn.filter(longEnough).length >= rule.trusts
}

const isActive = (member: Member, today: string): boolean => daysBetween(member.activeOn, today) < stillDays

/** Is the room without anybody who looks after it? A new place is not: its first keys are still to be given. */
export function isUntended(members: readonly Member[], foundedOn: string, today: string): boolean {
  const holders = members.filter(({ holds }) => holds)
  if (holders.length === 0) return daysBetween(foundedOn, today) >= stillDays
  return !holders.some((holder) => isActive(holder, today))
}

/**
 * Who is asked to inherit the key: of those who are active, the one who has been here longest, and has not said no. Those whom somebody with
 * a key knew come first; whom nobody knew must have been here before the room was left: nobody comes in the evening and has it by night.
 * Null for nobody.
 */
export function whoInherits(members: readonly Member[], asked: ReadonlySet<string>, today: string): Member | null {
  const [first] = members
    .filter((member) => !member.holds && !asked.has(member.id) && isActive(member, today))
    .filter((member) => member.known || daysBetween(member.joinedOn, today) >= stillDays)
    .sort(
      (a, b) => Number(b.known) - Number(a.known) || a.joinedOn.localeCompare(b.joinedOn) || a.id.localeCompare(b.id),
    )
  return first ?? null
}

// --- Reading what was typed

export interface Fault {
  field: string
  code: FaultCode
}

type FaultCode =
  | `date.${'missing' | 'unclear' | 'day' | 'month' | 'year' | 'impossible'}`
  | 'association'
  | 'date.past'
  | 'date.far'
  | 'reason.missing'
  | 'reason.short'
  | 'reason.long'
  | 'reason.marks'
  | 'cpr'
  | 'rule.trusts'
  | 'rule.days'
  | 'name.missing'
  | 'name.long'
  | 'name.marks'
  | 'cvr'
  | 'parent'

export type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }
const readAs = <T>(value: T, faults: Fault[]): Read<T> =>
  faults.length > 0 ? { ok: false, faults } : { ok: true, value }

/** A proposal: to which association, and on which day. A day that has passed is none. */
export function readProposal(form: URLSearchParams, today: string): Read<{ association: string; onDate: string }> {
  const faults: Fault[] = []
  const association = form.get('association') ?? ''
  if (!isId(association)) faults.push({ field: 'association', code: 'association' })
  const day = readDate(Object.fromEntries(form), 'on', today)
  const onDate = 'date' in day ? day.date : ''
  if ('problem' in day) faults.push({ field: 'on', code: day.problem })
  else if (onDate < today) faults.push({ field: 'on', code: 'date.past' })
  else if (daysBetween(today, onDate) > farthestDays) faults.push({ field: 'on', code: 'date.far' })
  return readAs({ association, onDate }, faults)
}

/** Why somebody of the municipality looks: in their own words, for the one who is looked at to read. */
export const shortestReason = 3
export const longestReason = 280
export function readReason(form: URLSearchParams): Read<string> {
  const { line, fault } = readLine(form.get('reason') ?? '', longestReason)
  const faults: Fault[] = []
  if (fault) faults.push({ field: 'reason', code: `reason.${fault}` })
  else if ([...line].length < shortestReason) faults.push({ field: 'reason', code: 'reason.short' })
  else if (hasCpr(line)) faults.push({ field: 'reason', code: 'cpr' })
  return readAs(line, faults)
}

export function readRule(form: URLSearchParams): Read<Rule> {
  const number = (field: 'trusts' | 'days', least: number, most: number, faults: Fault[]) => {
    const typed = (form.get(field) ?? '').trim()
    const value = /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN
    if (!(value >= least && value <= most)) faults.push({ field, code: `rule.${field}` })
    return value
  }
  const faults: Fault[] = []
  return readAs({ trusts: number('trusts', 1, 50, faults), days: number('days', 0, 730, faults) }, faults)
}

export interface GroupSaid {
  name: string
  kind: 'association' | 'group'
  cvr: string | null
  parent: string | null
}

export const longestGroupName = 80
export function readGroup(form: URLSearchParams): Read<GroupSaid> {
  const faults: Fault[] = []
  const { line, fault } = readLine(form.get('name') ?? '', longestGroupName)
  if (fault) faults.push({ field: 'name', code: `name.${fault}` })
  else if (hasCpr(line)) faults.push({ field: 'name', code: 'cpr' })
  const cvr = (form.get('cvr') ?? '').replace(/[\s.-]/g, '')
  if (cvr && !/^\d{8}$/.test(cvr)) faults.push({ field: 'cvr', code: 'cvr' })
  const parent = form.get('parent') ?? ''
  if (parent && !isId(parent)) faults.push({ field: 'parent', code: 'parent' })
  const kind = form.get('kind') === 'association' ? 'association' : 'group'
  return readAs({ name: line, kind, cvr: cvr || null, parent: parent || null }, faults)
}

export const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)
