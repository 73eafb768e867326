// A community: what it is called, how it defines a good place in its own words, and when the municipality means to be gone.
import { hasCpr } from '../cpr.ts'
import { type DateProblem, readDate } from '../ui/dates.ts'

/** How near the municipality stands: thinking of it, beside, behind, on call, out. */
export const presences = ['idea', 'beside', 'behind', 'on_call', 'out'] as const
export type Presence = (typeof presences)[number]

export interface Community {
  id: string
  slug: string
  name: string
  /** How many live there; null when nobody has said. */
  residents: number | null
  timeZone: string
  presence: Presence
  foundedAt: Date
  /** The association that keeps its room; null while the municipality has the responsibility for a time. */
  keeper: string | null
}

/** One version of the community's own definition of a good community. */
export interface Definition {
  /** 1 for the first. */
  version: number
  text: string
  /** How many residents wrote it. Who they were is not kept. */
  authors: number
  writtenAt: Date
}

export type Wording = Pick<Definition, 'text' | 'authors'>

/** When the municipality means to be gone, and what is still missing. It is public, and born with the community. */
export interface WithdrawalPlan {
  /** `yyyy-mm-dd` */
  lastDay: string
  stillMissing: string
  writtenAt: Date
}

export type Plan = Pick<WithdrawalPlan, 'lastDay' | 'stillMissing'>

/** What an employee fills in to found a community. */
export interface Founding extends Plan {
  name: string
  residents: number | null
}

export const longestName = 80
export const longestText = 600
const mostPeople = 99_999
/** Later than this is a slip of the pen. */
const farthestYears = 30

// --- The plan against the calendar

/** `ahead`: the day is to come. `overdue`: it has passed, and the municipality is still there. `out`: it has gone. */
export type PlanState = 'ahead' | 'overdue' | 'out'

/** `today` is the community's own date, `yyyy-mm-dd`. */
export function planState(plan: Plan, presence: Presence, today: string): PlanState {
  if (presence === 'out') return 'out'
  return plan.lastDay < today ? 'overdue' : 'ahead'
}

// --- The address

/** The address of a community's page is `/c/` and its slug. */
export const isSlug = (text: string): boolean => /^[a-z0-9-]{2,60}$/.test(text)

/** `/c/new` is the page where a community is founded. */
const reserved = 'new'

/** "Nørre Åskov" is `noerre-aaskov`. A name without such letters is called `sted`. */
export function slugOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-|-$/g, '')
  return isSlug(plain) && plain !== reserved ? plain : `sted-${plain}`.replace(/-$/, '')
}

/** The slug, or the slug with the first number that nobody has: `nyby`, `nyby-2`, `nyby-3`. */
export function freeSlug(name: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name)
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}

/** "Nyby" and " nyby" are one name. */
export const sameName = (one: string, other: string): boolean =>
  one.toLocaleLowerCase('da') === other.toLocaleLowerCase('da')

// --- Reading what was typed

/** `field` is the name of the field, or `main` when the fault is not in one of them. */
export interface Problem {
  field: string
  code: ProblemCode
}

type ProblemCode =
  | DateProblem
  | 'name.missing'
  | 'name.long'
  | 'name.taken'
  | 'residents.number'
  | 'lastDay.past'
  | 'lastDay.far'
  | 'stillMissing.missing'
  | 'stillMissing.long'
  | 'text.missing'
  | 'text.long'
  | 'authors.missing'
  | 'authors.number'
  | 'marks'
  | 'cpr'
  | 'repeated'
  | 'foreign'

export type Read<T> = { value: T } | { problems: Problem[] }

const planFields = ['last-day-day', 'last-day-month', 'last-day-year', 'still-missing']
const foundingFields = ['name', 'residents', ...planFields]
const definitionFields = ['text', 'authors']

/** Reads what founds a community. `today` is the date where it lies. */
export function readFounding(form: URLSearchParams, today: string): Read<Founding> {
  const problems = wrongFields(form, foundingFields)
  const name = readText(form, 'name', longestName, 'name', problems)
  const residents = readNumber(form, 'residents')
  if (residents === undefined) problems.push({ field: 'residents', code: 'residents.number' })
  const plan = readPlanFields(form, today, problems)
  return problems.length > 0 ? { problems } : { value: { name: oneLine(name), residents: residents ?? null, ...plan } }
}

/** Reads a new wording of the definition. */
export function readWording(form: URLSearchParams): Read<Wording> {
  const problems = wrongFields(form, definitionFields)
  const text = readText(form, 'text', longestText, 'text', problems)
  const authors = readNumber(form, 'authors')
  if (authors === null) problems.push({ field: 'authors', code: 'authors.missing' })
  if (authors === undefined) problems.push({ field: 'authors', code: 'authors.number' })
  return problems.length > 0 ? { problems } : { value: { text, authors: authors ?? 0 } }
}

/** Reads the withdrawal plan. A day that has passed is no plan, unless the municipality has gone. */
export function readPlan(form: URLSearchParams, today: string, presence: Presence): Read<Plan> {
  const problems = wrongFields(form, planFields)
  const plan = readPlanFields(form, presence === 'out' ? undefined : today, problems)
  return problems.length > 0 ? { problems } : { value: plan }
}

function readPlanFields(form: URLSearchParams, today: string | undefined, problems: Problem[]): Plan {
  const day = readDate(Object.fromEntries(form), 'last-day', today)
  if ('problem' in day) problems.push({ field: 'last-day', code: day.problem })
  else if (today && day.date < today) problems.push({ field: 'last-day', code: 'lastDay.past' })
  else if (today && day.date > farthest(today)) problems.push({ field: 'last-day', code: 'lastDay.far' })
  const stillMissing = readText(form, 'still-missing', longestText, 'stillMissing', problems)
  return { lastDay: 'date' in day ? day.date : '', stillMissing }
}

const farthest = (today: string): string => `${Number(today.slice(0, 4)) + farthestYears}${today.slice(4)}`

function wrongFields(form: URLSearchParams, known: readonly string[]): Problem[] {
  const names = [...new Set(form.keys())]
  const problems: Problem[] = []
  if (names.some((name) => !known.includes(name))) problems.push({ field: 'main', code: 'foreign' })
  if (names.some((name) => form.getAll(name).length > 1)) problems.push({ field: 'main', code: 'repeated' })
  return problems
}

function readText(
  form: URLSearchParams,
  field: string,
  longest: number,
  about: 'name' | 'text' | 'stillMissing',
  problems: Problem[],
): string {
  const text = tidy(form.get(field) ?? '')
  // Spaces that cannot be seen are not words.
  if (!/[\p{L}\p{N}]/u.test(text)) problems.push({ field, code: `${about}.missing` })
  else if ([...text].length > longest) problems.push({ field, code: `${about}.long` })
  // No language puts so many marks on one letter; they would reach far over the lines above.
  else if (/\p{M}{5}/u.test(text)) problems.push({ field, code: 'marks' })
  else if (hasCpr(text)) problems.push({ field, code: 'cpr' })
  return text
}

/** Whole and from 1. Null when nothing was written; undefined when it is no such number. */
function readNumber(form: URLSearchParams, field: string): number | null | undefined {
  const typed = (form.get(field) ?? '').replace(/\s/g, '')
  if (!typed) return null
  // "1.120" is how a Dane writes it.
  const number = /^\d{1,3}(\.\d{3})+$/.test(typed) ? Number(typed.replaceAll('.', '')) : Number(typed)
  return /^[\d.]{1,7}$/.test(typed) && Number.isInteger(number) && number >= 1 && number <= mostPeople
    ? number
    : undefined
}

/** Composed letters, plain line breaks, no control characters. Marks that turn the direction stay: the page isolates them. */
function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
