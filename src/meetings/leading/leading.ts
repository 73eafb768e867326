// Leading an evening: what a facilitator has done and how it is undone, and reading what a facilitator types.

import { hasCpr } from '../../cpr.ts'
import { oneLine } from '../../line.ts'
import {
  type AgendaItem,
  type Evening,
  type HiddenReason,
  hiddenReasons,
  isStatementKind,
  longestTheme,
  type StatementKind,
  type Theme,
  voicesForWall,
} from '../evening.ts'
import { faultOf, languageOf } from '../saying/saying.ts'

/** What a facilitator can do, by the name under which it can be undone. */
export const deeds = [
  'stage',
  'agenda',
  'talk',
  'screen',
  'theme.add',
  'theme.rename',
  'theme.remove',
  'theme.order',
  'theme.priority',
  'move',
  'hide',
  'show',
  'write',
] as const
export type LeadingDeed = (typeof deeds)[number]
export const isDeed = (text: unknown): text is LeadingDeed => deeds.includes(text as LeadingDeed)

export type Value = string | number | boolean | null

/** One thing that a deed changed: how it is since, and how it was. Only what was changed stands here. */
export interface Change {
  of: 'evening' | 'theme' | 'statement'
  id: string
  is: Record<string, Value>
  was: Record<string, Value>
  /** If it is another since, it is left as it is, and the rest is undone. */
  gently?: true
}

/** Is everything still as the deed left it? */
export const stillSo = (change: Change, now: Record<string, Value>): boolean =>
  Object.entries(change.is).every(([name, value]) => now[name] === value)

/** The parts of a change that change something. */
export function realChange(
  now: Record<string, Value>,
  wanted: Record<string, Value>,
): Pick<Change, 'is' | 'was'> | null {
  const names = Object.keys(wanted).filter((name) => now[name] !== wanted[name])
  if (names.length === 0) return null
  const pick = (from: Record<string, Value>) => Object.fromEntries(names.map((name) => [name, from[name] ?? null]))
  return { is: pick(wanted), was: pick(now) }
}

/** The community takes on two to four: more than it can move are none. */
export const mostPriorities = 4
export const fewestPriorities = 2

export const prioritiesOf = (themes: readonly Theme[]): Theme[] => themes.filter(({ priority }) => priority)

/** The order of themes after one has been moved before another, or last. */
export function reordered(ids: readonly string[], moved: string, before: string | null): string[] {
  const rest = ids.filter((id) => id !== moved)
  const at = before === null ? -1 : rest.indexOf(before)
  return at < 0 ? [...rest, moved] : [...rest.slice(0, at), moved, ...rest.slice(at)]
}

const lengthOf = (text: string): number => [...text].length

export type ReadName = { ok: true; name: string } | { ok: false; code: 'themeEmpty' | 'themeLong' | 'cpr' }

/** The name of a theme as it was typed. */
export function readThemeName(typed: string): ReadName {
  const name = oneLine(typed)
  if (name === '') return { ok: false, code: 'themeEmpty' }
  if (lengthOf(name) > longestTheme) return { ok: false, code: 'themeLong' }
  return hasCpr(name) ? { ok: false, code: 'cpr' } : { ok: true, name }
}

/** A statement's words as the name of a theme: whole words, as many as there is room for. */
export function nameFrom(text: string): string {
  const words = oneLine(text)
  if (lengthOf(words) <= longestTheme) return words.replace(/[.,;:]+$/, '')
  const cut = [...words].slice(0, longestTheme - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > longestTheme / 2 ? cut.slice(0, space) : cut).replace(/[.,;:]+$/, '')}…`
}

export interface Written {
  kind: StatementKind
  text: string
  lang: string
}
export type WriteFault = 'kind' | 'textEmpty' | 'textLong'
export type ReadWritten =
  | { ok: true; written: Written }
  | { ok: false; problems: { field: 'kind' | 'text'; code: WriteFault }[] }

/** What a facilitator types for somebody without a phone. */
export function readWritten(form: URLSearchParams): ReadWritten {
  const kind = form.get('kind')
  const text = oneLine(form.get('text') ?? '')
  const chosen = form.get('said-lang') ?? ''
  const lang = languageOf(text, /^[a-z]{2,3}$/.test(chosen) ? chosen : 'da')
  const fault = faultOf(text)
  const problems: { field: 'kind' | 'text'; code: WriteFault }[] = []
  if (!isStatementKind(kind)) problems.push({ field: 'kind', code: 'kind' })
  if (fault) problems.push({ field: 'text', code: fault === 'empty' ? 'textEmpty' : 'textLong' })
  if (!isStatementKind(kind) || problems.length > 0) return { ok: false, problems }
  return { ok: true, written: { kind, text, lang } }
}

export const isHiddenReason = (text: unknown): text is HiddenReason => hiddenReasons.includes(text as HiddenReason)

// --- The plan and its clock

/** Where the plan is: which item is on, when it ends, what comes before and after. Null when the plan is done. */
export interface PlanNow {
  at: number
  of: number
  item: AgendaItem | null
  endsAt: Date | null
  before: AgendaItem | null
  next: AgendaItem | null
}

const minute = 60_000

export function planNow(agenda: readonly AgendaItem[], evening: Pick<Evening, 'agendaAt' | 'agendaSince'>): PlanNow {
  const at = Math.min(Math.max(1, evening.agendaAt), agenda.length + 1)
  const item = agenda[at - 1] ?? null
  return {
    at,
    of: agenda.length,
    item,
    endsAt: item && new Date(evening.agendaSince.getTime() + item.minutes * minute),
    before: agenda[at - 2] ?? null,
    next: agenda[at] ?? null,
  }
}

/** Whole minutes left; negative when it has gone over time. Nothing is said of seconds: nobody talks better for them. */
export const minutesLeft = (endsAt: Date, now: Date): number => {
  const left = (endsAt.getTime() - now.getTime()) / minute
  return left >= 0 ? Math.floor(left) : -Math.max(1, Math.floor(-left))
}

/** Talk time in whole minutes, so that the two are what they are a part of. */
export function talkMinutes(ms: { residents: number; municipality: number }): {
  residents: number
  municipality: number
  all: number
} {
  const residents = Math.round(ms.residents / minute)
  const municipality = Math.round(ms.municipality / minute)
  return { residents, municipality, all: residents + municipality }
}

/** The one thing to do next, for somebody who has never led a meeting. */
export type Step =
  | 'arrive'
  | 'say'
  | 'wait'
  | 'recognise'
  | 'gather'
  | 'choose'
  | 'count'
  | 'priorities'
  | 'promise'
  | 'read'
  | 'close'

export const dotsPut = (evening: Pick<Evening, 'dotPhones' | 'themes'>): boolean =>
  evening.dotPhones > 0 || evening.themes.some((theme) => theme.paperDots > 0 || (theme.phoneDots ?? 0) > 0)

export function nextStep(evening: Evening, plan: PlanNow): Step {
  const { stage, themes, voices } = evening
  const chosen = prioritiesOf(themes).length >= fewestPriorities
  if (!plan.item || plan.item.kind === 'close') return 'close'
  if (stage === 'choose') return 'count'
  if (stage === 'promise') return 'read'
  if (chosen) return evening.promises > 0 ? 'close' : 'promise'
  if (themes.length >= fewestPriorities) return dotsPut(evening) ? 'priorities' : 'choose'
  if (stage === 'welcome' && plan.at === 1 && plan.of > 1) return 'arrive'
  if (stage === 'recognise') return 'gather'
  if (voices >= voicesForWall) return stage === 'say' ? 'recognise' : 'gather'
  return stage === 'say' ? 'wait' : 'say'
}
