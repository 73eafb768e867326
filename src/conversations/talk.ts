// A talk of two: what is planned, what is said in advance, and what waits to be done. No field for what one thinks of the other.
import { dayAfter } from '../clock.ts'
import { type Hint, lookOver } from '../hints.ts'
import { oneLine, readLine } from '../line.ts'
import { type DateProblem, readDate, readTime } from '../ui/dates.ts'

/** Whose room it lies in: the two are residents, or one works for the municipality. */
export type TalkRoom = 'community' | 'municipal'
/** Of the two: the one who asked for the talk, and the other. */
export type Side = 'starter' | 'other'
export const otherSide = (side: Side): Side => (side === 'starter' ? 'other' : 'starter')

/** The first talk; to catch up; about taking on more. */
export const kinds = ['recruitment', 'maintenance', 'escalation'] as const
export type Kind = (typeof kinds)[number]
export const mediums = ['walk', 'home', 'public', 'telephone', 'elsewhere'] as const
export type Medium = (typeof mediums)[number]
export const minuteBands = ['under30', 'to45', 'to60', 'over60'] as const
export type Minutes = (typeof minuteBands)[number]
export type Answer = 'waiting' | 'yes' | 'not_now' | 'no'

const oneOf = <T extends string>(all: readonly T[], text: string | null): T | null =>
  all.find((one) => one === text) ?? null

export interface Plan {
  kind: Kind
  medium: Medium
  /** Said in advance: why we meet, and whether there will be a question. */
  purpose: string
  spot: string | null
  plannedOn: string | null
  plannedTime: string | null
  wantedBy: Side
}

export interface Talk extends Plan {
  id: string
  room: TalkRoom
  community: string
  slug: string
  place: string
  timeZone: string
  /** Which of the two looks. */
  mine: Side
  starterName: string
  /** Null until the other has said what they are called. */
  otherName: string | null
  /** The other is somebody of the place, who sees the talk on their own pages. */
  otherIsHere: boolean
  answer: Answer
  heldOn: string | null
  minutes: Minutes | null
  thankedOn: string | null
  touchedOn: string
  rev: number
  /** The agreed note: 0 while there is none. */
  noteRev: number
  /** Goes up with each note that is agreed to, and when one is taken away: what a new wording is based on. */
  notesBefore: number
  nextOn: string | null
  /** Who of the two said that the note did not fit; null while none was taken away, and again when another is agreed to. */
  wrongBy: Side | null
}

/** What the one who looks calls the one they talk with; null while nobody has said yes. */
export const theOther = (talk: Pick<Talk, 'mine' | 'starterName' | 'otherName'>): string | null =>
  talk.mine === 'starter' ? talk.otherName : talk.starterName

export const longest = { purpose: 280, spot: 80, name: 60 } as const

export type PlanProblem = {
  field: 'kind' | 'medium' | 'purpose' | 'spot' | 'when' | 'time'
  code:
    | 'kind'
    | 'medium'
    | 'purpose'
    | 'too-long'
    | 'marks'
    | 'cpr'
    | 'past'
    | 'time'
    | Exclude<DateProblem, 'date.missing'>
}
export type ReadPlan = { ok: true; value: Plan } | { ok: false; problems: PlanProblem[] }

/** Reads what somebody plans. `today` is the day at the place; a day that is gone is asked about, unless it is the one that stood there. */
export function readPlan(form: URLSearchParams, today: string, before: string | null = null): ReadPlan {
  const problems: PlanProblem[] = []
  const kind = oneOf(kinds, form.get('kind'))
  if (!kind) problems.push({ field: 'kind', code: 'kind' })
  const medium = oneOf(mediums, form.get('medium'))
  if (!medium) problems.push({ field: 'medium', code: 'medium' })
  const purpose = readLine(form.get('purpose') ?? '', longest.purpose)
  if (purpose.fault === 'missing' || [...purpose.line].length < 3) problems.push({ field: 'purpose', code: 'purpose' })
  else if (purpose.fault) problems.push({ field: 'purpose', code: purpose.fault === 'long' ? 'too-long' : 'marks' })
  else if (lookOver(purpose.line).cpr) problems.push({ field: 'purpose', code: 'cpr' })
  const spot = oneLine(form.get('spot'))
  if ([...spot].length > longest.spot) problems.push({ field: 'spot', code: 'too-long' })
  else if (lookOver(spot).cpr) problems.push({ field: 'spot', code: 'cpr' })
  const fields = Object.fromEntries(form)
  const day = readDate(fields, 'when', today)
  if ('date' in day) {
    if (day.date < today && day.date !== before) problems.push({ field: 'when', code: 'past' })
  } else if (day.problem !== 'date.missing') problems.push({ field: 'when', code: day.problem })
  const time = readTime(fields, 'time')
  if ('problem' in time && time.problem !== 'time.missing') problems.push({ field: 'time', code: 'time' })
  if (problems.length > 0 || !kind || !medium) return { ok: false, problems }
  return {
    ok: true,
    value: {
      kind,
      medium,
      purpose: purpose.line,
      spot: spot || null,
      plannedOn: 'date' in day ? day.date : null,
      plannedTime: 'time' in time ? time.time : null,
      wantedBy: form.has('wanted') ? 'other' : 'starter',
    },
  }
}

/** A plan as the fields of its form. */
export function asFields(plan: Plan): URLSearchParams {
  const [year = '', month = '', day = ''] = plan.plannedOn?.split('-') ?? []
  const fields = new URLSearchParams({
    kind: plan.kind,
    medium: plan.medium,
    purpose: plan.purpose,
    spot: plan.spot ?? '',
    'when-day': day && String(Number(day)),
    'when-month': month && String(Number(month)),
    'when-year': year,
    time: plan.plannedTime ?? '',
  })
  if (plan.wantedBy === 'other') fields.set('wanted', 'yes')
  return fields
}

export const readMinutes = (text: string | null): Minutes | null => oneOf(minuteBands, text)

export type NameProblem = 'missing' | 'long' | 'marks' | 'cpr'
/** What the other types that they are called. */
export function readName(typed: string | null): { name: string } | { problem: NameProblem } {
  const { line, fault } = readLine(typed ?? '', longest.name)
  if (fault) return { problem: fault }
  return lookOver(line).cpr ? { problem: 'cpr' } : { name: line }
}

/** The purpose is read by the other: what in it may be about illness or somebody else. */
export const hintsInPlan = (plan: Pick<Plan, 'purpose'>): Hint[] => lookOver(plan.purpose).hints

/** Thanks are said within 48 hours; afterwards it is not held against anybody. */
export const thanksDue = ({ heldOn, thankedOn }: Pick<Talk, 'heldOn' | 'thankedOn'>, today: string): boolean =>
  heldOn !== null && thankedOn === null && today <= dayAfter(heldOn, 2)

/** Held lately and nothing agreed to yet: the note is two minutes away. */
export const noteDue = ({ heldOn, noteRev }: Pick<Talk, 'heldOn' | 'noteRev'>, today: string): boolean =>
  heldOn !== null && noteRev === 0 && today <= dayAfter(heldOn, 7)

/** Has the day come on which they wanted to talk again? */
export const nextDue = ({ nextOn }: Pick<Talk, 'nextOn'>, today: string): boolean => nextOn !== null && nextOn <= today

/** The list in three parts: what is to come, what is to be followed up, and what was. */
export function inParts<
  T extends Pick<Talk, 'answer' | 'heldOn' | 'plannedOn' | 'nextOn' | 'noteRev' | 'thankedOn' | 'touchedOn'>,
>(talks: readonly T[], today: string): Record<'coming' | 'follow' | 'held', T[]> {
  const parts: Record<'coming' | 'follow' | 'held', T[]> = { coming: [], follow: [], held: [] }
  for (const talk of talks) {
    if (talk.heldOn === null) {
      if (talk.answer === 'waiting' || talk.answer === 'yes') parts.coming.push(talk)
      else parts.held.push(talk)
    } else if (thanksDue(talk, today) || noteDue(talk, today) || nextDue(talk, today)) parts.follow.push(talk)
    else parts.held.push(talk)
  }
  // Without a day they come last.
  parts.coming.sort((a, b) => (a.plannedOn ?? '9').localeCompare(b.plannedOn ?? '9'))
  for (const part of [parts.follow, parts.held])
    part.sort((a, b) => (b.heldOn ?? b.touchedOn).localeCompare(a.heldOn ?? a.touchedOn))
  return parts
}

export interface Rhythm {
  talks: number
  every: 'week' | 'month'
}
export function readRhythm(form: URLSearchParams): Rhythm | null {
  const talks = Number(form.get('talks'))
  const every = oneOf(['week', 'month'] as const, form.get('every'))
  return every && Number.isInteger(talks) && talks >= 1 && talks <= 20 ? { talks, every } : null
}
