// Ledervejen as a rule: from what somebody has done to the stage it opens, with the acts that open it. It judges nobody, and knows nobody else.

/** In order: a stage is its place in this list. Method 2.5. */
export const stages = [
  'neighbour',
  'participant',
  'contributor',
  'inviter',
  'host',
  'leader',
  'leaderOfLeaders',
] as const
/** 0 to 6. */
export type StageNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6

/**
 * What can be seen of what somebody does. `coached`: somebody they are there for has kept what they promised. `raised`: somebody they were there for
 * has become a leader, and lets them know it.
 */
export const actKinds = ['came', 'kept', 'brought', 'hosted', 'coached', 'raised'] as const
export type ActKind = (typeof actKinds)[number]

/** What an act rests on: a list, a promise, a role, a talk, who brought whom, or a link that two have agreed on. */
export const bases = ['door', 'promise', 'role', 'talk', 'tree', 'coaching'] as const
export type Base = (typeof bases)[number]

export interface Act {
  kind: ActKind
  /** `yyyy-mm-dd` */
  on: string
  base: Base
  /** The purpose of the meeting, or what was promised; null where that is another's to tell. */
  about: string | null
  /** Whom `coached` is about, as a key that says nothing: two others open a stage, the same one twice does not. */
  whom?: string | null
}

interface Rule {
  stage: StageNumber
  kind: ActKind
  /** So many different ones are needed. */
  many: number
}

/** Whoever held an evening was there. */
const alsoCame = (act: Act): boolean => act.kind === 'came' || act.kind === 'hosted'

/** Each stage is entered by an act, not by the stage below it: who hosts before they bring somebody is a host. */
const rules: readonly Rule[] = [
  { stage: 1, kind: 'came', many: 1 },
  { stage: 2, kind: 'kept', many: 1 },
  { stage: 3, kind: 'brought', many: 1 },
  { stage: 4, kind: 'hosted', many: 1 },
  { stage: 5, kind: 'coached', many: 2 },
  { stage: 6, kind: 'raised', many: 1 },
]

export interface Opened {
  stage: StageNumber
  /** The acts that open it, the newest first. */
  acts: Act[]
}

const newestFirst = (a: Act, b: Act) =>
  b.on.localeCompare(a.on) || (a.about ?? '').localeCompare(b.about ?? '') || (a.whom ?? '').localeCompare(b.whom ?? '')

const countOf = (acts: readonly Act[], kind: ActKind): number =>
  kind === 'coached' ? new Set(acts.map(({ whom }) => whom)).size : acts.length

/** Each stage that what they did opens, in order. */
export function openedBy(acts: readonly Act[]): Opened[] {
  return rules.flatMap(({ stage, kind, many }) => {
    const those = acts.filter((act) => (kind === 'came' ? alsoCame(act) : act.kind === kind))
    return countOf(those, kind) >= many ? [{ stage, acts: [...those].sort(newestFirst) }] : []
  })
}

/** The highest stage that what they did opens; a neighbour is what everybody is. */
export const stageOf = (acts: readonly Act[]): StageNumber => openedBy(acts).at(-1)?.stage ?? 0

/** One's own yes to a stage. */
export interface Step {
  stage: StageNumber
  saidOn: string
  /** The last day on which they said that it is still so. */
  standsOn: string
  restingSince: string | null
  coachMayKnow: boolean
}

/** What they call themselves: the highest they have said yes to and do not rest from. */
export const calledBy = (steps: readonly Step[]): StageNumber =>
  steps.reduce<StageNumber>(
    (highest, { stage, restingSince }) => (restingSince === null && stage > highest ? stage : highest),
    0,
  )

/** They pause: they have said yes to something, and rest from all of it. */
export const isPausing = (steps: readonly Step[]): boolean =>
  steps.length > 0 && steps.every(({ restingSince }) => restingSince !== null)

/**
 * What the page asks about: the lowest stage above what they call themselves that they have not said yes to and that their acts open. To come and to
 * keep a promise are asked about in one. Who rests is asked nothing: they come back by themselves.
 */
export function proposal(acts: readonly Act[], steps: readonly Step[]): Opened | null {
  if (steps.some(({ restingSince }) => restingSince !== null)) return null
  const called = calledBy(steps)
  const open = openedBy(acts).filter(({ stage }) => stage > called)
  return open.find(({ stage }) => stage >= 3) ?? open.at(-1) ?? null
}

/** The stage after the highest that their acts open, or null at the end of the way: what somebody could do next. */
export function nextOf(acts: readonly Act[]): StageNumber | null {
  const stage = stageOf(acts)
  return stage === 6 ? null : ((stage + 1) as StageNumber)
}

/** After a year one is asked whether it is still so. A yes that nobody has touched for two years is forgotten (retention). */
export const askedAfterMonths = 12

export function monthsLater(day: string, months: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  const wanted = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(wanted, last))
  return at.toISOString().slice(0, 10)
}

export const isDue = ({ standsOn }: Pick<Step, 'standsOn'>, today: string): boolean =>
  monthsLater(standsOn, askedAfterMonths) <= today

export const isStage = (n: number): n is StageNumber => Number.isInteger(n) && n >= 0 && n <= 6
