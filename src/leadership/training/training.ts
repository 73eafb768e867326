// A training: one of ten modules, when and where, who leads it and how many there is room for. Reading the form that announces one.
import { hasCpr } from '../../cpr.ts'
import { isStrange, readLine } from '../../line.ts'
import { type DateProblem, readDate, readTime, type TimeProblem } from '../../ui/dates.ts'

/** The curriculum, in its order. */
export const modules = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
export type Module = (typeof modules)[number]
/** The ninth is for those who work for the municipality, among themselves: no place announces it or wishes for it. */
export const forEmployees: Module = 9
export const placeModules = modules.filter((one) => one !== forEmployees)

const moduleIn = (text: string | null | undefined): Module | undefined => modules.find((one) => String(one) === text)
export const readModule = moduleIn
export const readPlaceModule = (text: string | null | undefined): Module | undefined => {
  const one = moduleIn(text)
  return one === forEmployees ? undefined : one
}

/** A module is an evening of two to three hours: a calendar keeps three free. */
export const minutes = 180
export const longestPlace = 120
export const longestCancel = 300
export const roomFrom = 2
/** As many as anybody can train in one evening; also where nobody has said how many there is room for. */
export const mostRoom = 30
/** So long afterwards one may still say that one was there. */
export const daysToTick = 60

export interface Training {
  id: string
  community: string
  module: Module
  startsAt: Date
  place: string
  ledBy: 'resident' | 'municipality'
  leaderName: string
  room: number | null
  cancelledAt: Date | null
  cancelWords: string | null
}

export interface Announced {
  module: Module
  date: string
  time: string
  place: string
  room: number | null
}

type AnnounceField = 'module' | 'date' | 'time' | 'place' | 'room'
type Code = 'module' | 'past' | 'far' | 'place' | 'placeLong' | 'marks' | 'cpr' | 'room' | 'strange' | 'full'
export interface Fault {
  field: AnnounceField | 'words' | 'name'
  code: Code | 'wordsLong' | NameCode | DateProblem | TimeProblem
}
export type NameCode = 'name.missing' | 'name.long' | 'name.address' | 'name.number' | 'name.several' | 'name.marks'

export type Read<T> = { ok: true; value: T } | { ok: false; faults: Fault[] }

const known = new Set(['module', 'date-day', 'date-month', 'date-year', 'time', 'place', 'room', 'lang', 'key'])
/** Further ahead than this is a slip of the year. */
const yearsAhead = 2

/** Reads the form that announces a training; `today` is the place's. */
export function readAnnounced(form: URLSearchParams, today: string): Read<Announced> {
  const faults: Fault[] = []
  const typed = Object.fromEntries(form)
  const module = readPlaceModule(form.get('module'))
  if (isStrange(form, (name) => known.has(name))) faults.push({ field: 'module', code: 'strange' })
  else if (module === undefined) faults.push({ field: 'module', code: 'module' })
  const day = readDate(typed, 'date', today)
  if ('problem' in day) faults.push({ field: 'date', code: day.problem })
  else if (day.date < today) faults.push({ field: 'date', code: 'past' })
  else if (Number(day.date.slice(0, 4)) > Number(today.slice(0, 4)) + yearsAhead)
    faults.push({ field: 'date', code: 'far' })
  const hour = readTime(typed, 'time')
  if ('problem' in hour) faults.push({ field: 'time', code: hour.problem })
  const { line: place, fault } = readLine(form.get('place') ?? '', longestPlace)
  if (fault)
    faults.push({ field: 'place', code: fault === 'missing' ? 'place' : fault === 'long' ? 'placeLong' : 'marks' })
  else if (hasCpr(place)) faults.push({ field: 'place', code: 'cpr' })
  const room = readRoom(form.get('room') ?? '')
  if (room === undefined) faults.push({ field: 'room', code: 'room' })
  if (faults.length > 0 || module === undefined || room === undefined || 'problem' in day || 'problem' in hour)
    return { ok: false, faults }
  return { ok: true, value: { module, date: day.date, time: hour.time, place, room } }
}

/** Nothing typed: nobody has said. Undefined for what is no number that fits. */
function readRoom(typed: string): number | null | undefined {
  const said = typed.trim()
  if (said === '') return null
  const room = /^\d{1,3}$/.test(said) ? Number(said) : Number.NaN
  return room >= roomFrom && room <= mostRoom ? room : undefined
}

/** What those who had signed up may do instead; they may be told nothing but that it is off. */
export function readCancel(form: URLSearchParams): Read<string | null> {
  const { line, fault } = readLine(form.get('words') ?? '', longestCancel)
  if (fault === 'missing') return { ok: true, value: null }
  if (fault) return { ok: false, faults: [{ field: 'words', code: fault === 'long' ? 'wordsLong' : 'marks' }] }
  if (hasCpr(line)) return { ok: false, faults: [{ field: 'words', code: 'cpr' }] }
  return { ok: true, value: line }
}

export const hasBegun = ({ startsAt }: Pick<Training, 'startsAt'>, now: Date): boolean => startsAt <= now

/** May somebody still say that they were there? */
export const mayTick = ({ startsAt, cancelledAt }: Pick<Training, 'startsAt' | 'cancelledAt'>, now: Date): boolean =>
  cancelledAt === null && startsAt <= now && now.getTime() - startsAt.getTime() <= daysToTick * 86_400_000

// --- Who leads, over time

export interface LedInYear {
  year: number
  held: number
  byResidents: number
}

/** Trainings that were held, year by year, and how many of them residents led. The newest first. */
export function ledOverYears(
  held: readonly (Pick<Training, 'startsAt' | 'ledBy' | 'cancelledAt'> & { year: number })[],
  now: Date,
): LedInYear[] {
  const years = new Map<number, LedInYear>()
  for (const one of held) {
    if (one.cancelledAt !== null || !hasBegun(one, now)) continue
    const so = years.get(one.year) ?? { year: one.year, held: 0, byResidents: 0 }
    years.set(one.year, {
      year: one.year,
      held: so.held + 1,
      byResidents: so.byResidents + (one.ledBy === 'resident' ? 1 : 0),
    })
  }
  return [...years.values()].sort((a, b) => b.year - a.year)
}
