// The debrief: what a team learns of an evening, in ten minutes and within two days. Its own, and nobody else's.

import { hasCpr } from '../../cpr.ts'

/** In the order of method 2.10, each with as many characters as there is room for. */
export const longest = {
  happened: 2000,
  plus: 2000,
  delta: 2000,
  grew: 2000,
  missing: 2000,
  hope: 2000,
  nextStep: 280,
  nextOwner: 120,
} as const
export type DebriefField = keyof typeof longest
export const debriefFields = Object.keys(longest) as DebriefField[]

export type DebriefSaid = Record<DebriefField, string>

export interface Debrief {
  said: DebriefSaid
  /** Those who grew have said yes to stand here. */
  grewOk: boolean
  writtenAt: Date
  /** 0 before anything is written. */
  rev: number
}

export type DebriefProblem = { field: DebriefField | 'grewOk'; code: 'long' | 'cpr' | 'ask' | 'empty' | 'owner' }

/** Offered as the next step for so many hours; it may be written later too. */
export const debriefHours = 48

/** As people write: composed letters, no control characters but line breaks, no spaces at the ends. */
const tidy = (text: string | null): string =>
  (text ?? '')
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim()

/** Reads what was typed. `said` is given back whatever is wrong: nothing is lost. */
export function readDebrief(form: URLSearchParams): {
  said: DebriefSaid
  grewOk: boolean
  rev: number
  problems: DebriefProblem[]
} {
  const said = Object.fromEntries(debriefFields.map((field) => [field, tidy(form.get(field))])) as DebriefSaid
  const grewOk = form.get('grewOk') === 'yes'
  const rev = /^\d{1,6}$/.test(form.get('rev') ?? '') ? Number(form.get('rev')) : 0
  const problems: DebriefProblem[] = debriefFields
    .filter((field) => [...said[field]].length > longest[field])
    .map((field) => ({ field, code: 'long' }))
  for (const field of debriefFields) if (hasCpr(said[field])) problems.push({ field, code: 'cpr' })
  if (debriefFields.every((field) => said[field] === '')) problems.push({ field: 'happened', code: 'empty' })
  // Names of those who grew stand here only with their yes.
  if (said.grew !== '' && !grewOk) problems.push({ field: 'grewOk', code: 'ask' })
  if (said.nextStep !== '' && said.nextOwner === '') problems.push({ field: 'nextOwner', code: 'owner' })
  return { said, grewOk: grewOk && said.grew !== '', rev, problems }
}

/** Two versions that say the same. */
export const isSame = (one: Pick<Debrief, 'said' | 'grewOk'>, other: Pick<Debrief, 'said' | 'grewOk'>): boolean =>
  one.grewOk === other.grewOk && debriefFields.every((field) => one.said[field] === other.said[field])

/** What I left empty is as the other one wrote it: whoever saves again deletes nobody's words unseen. */
export const filledFrom = <One extends Pick<Debrief, 'said' | 'grewOk'>>(
  mine: One,
  other: Pick<Debrief, 'said' | 'grewOk'>,
): One => ({
  ...mine,
  said: Object.fromEntries(debriefFields.map((field) => [field, mine.said[field] || other.said[field]])) as DebriefSaid,
  grewOk: mine.said.grew === '' ? other.grewOk : mine.grewOk,
})

/** Is it time to offer it? */
export const isDebriefTime = (closedAt: Date, now: Date): boolean =>
  now.getTime() - closedAt.getTime() <= debriefHours * 3_600_000
