// A plan as a host writes it: reads the form, says what is to be mended, and keeps what was typed.
import { wallTimeIn } from '../../clock.ts'
import { hasCpr } from '../../cpr.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { isStrange, readLine } from '../../line.ts'
import { type DateProblem, type DateSaid, readDate, readTime, type TimeProblem } from '../../ui/dates.ts'
import { isKind, type Meeting, type Plan } from '../meeting.ts'
import type { MeetingRole } from '../roles.ts'
import { readWhy } from './handing-out.ts'

/** What was typed, word for word, to be shown again. */
export interface PlanSaid {
  kind: string
  purpose: string
  date: DateSaid
  time: string
  place: string
  host: string
  /** The host works for the municipality. */
  hostMunicipal: boolean
  hostReason: string
}

type PlanField = 'kind' | 'purpose' | 'date' | 'time' | 'place' | 'host' | 'host-municipal' | 'host-reason'
export type PlanFault =
  | 'kind'
  | 'purpose'
  | 'purposeLong'
  | 'past'
  | 'far'
  | 'place'
  | 'placeLong'
  | 'host'
  | 'hostLong'
  | 'why'
  | 'whyLong'
  | 'tick'
  | 'marks'
  | 'cpr'
  | 'strange'
  | DateProblem
  | TimeProblem

export interface PlanProblem {
  field: PlanField
  code: PlanFault
}

export type ReadPlan = { ok: true; plan: Plan; said: PlanSaid } | { ok: false; problems: PlanProblem[]; said: PlanSaid }

export const longestPurpose = 200
export const longestName = 120
/** Further ahead than this is a slip of the year. */
const yearsAhead = 3

const dateFields = ['date-day', 'date-month', 'date-year']
const fields = new Set([
  'kind',
  'purpose',
  ...dateFields,
  'time',
  'place',
  'host',
  'host-municipal',
  'host-reason',
  'seen',
])

/**
 * `today` is the community's. `unchanged` is the day the meeting has already: it may stay, also when it has gone by.
 * `held`: how many meetings the community has held before this one.
 */
export function readPlan(form: URLSearchParams, today: string, unchanged?: string, held = 0): ReadPlan {
  const problems: PlanProblem[] = []
  const text = (field: PlanField, most: number, missing: PlanFault, long: PlanFault): string => {
    const { line, fault } = readLine(form.get(field) ?? '', most)
    if (fault) problems.push({ field, code: fault === 'missing' ? missing : fault === 'long' ? long : 'marks' })
    else if (hasCpr(line)) problems.push({ field, code: 'cpr' })
    return line
  }

  if (isStrange(form, (name) => fields.has(name))) problems.push({ field: 'kind', code: 'strange' })
  const kind = form.get('kind')
  if (!isKind(kind)) problems.push({ field: 'kind', code: 'kind' })
  const purpose = text('purpose', longestPurpose, 'purpose', 'purposeLong')
  const typed = Object.fromEntries(form)
  const day = readDate(typed, 'date', today)
  if ('problem' in day) problems.push({ field: 'date', code: day.problem })
  else if (day.date < today && day.date !== unchanged) problems.push({ field: 'date', code: 'past' })
  else if (Number(day.date.slice(0, 4)) > Number(today.slice(0, 4)) + yearsAhead)
    problems.push({ field: 'date', code: 'far' })
  const hour = readTime(typed, 'time')
  if ('problem' in hour) problems.push({ field: 'time', code: hour.problem })
  const place = text('place', longestName, 'place', 'placeLong')
  const hostName = text('host', longestName, 'host', 'hostLong')
  const hostMunicipal = form.has('host-municipal')
  const hostSaid = { name: hostName, municipal: hostMunicipal, reason: form.get('host-reason') ?? '' }
  const why = readWhy('host', hostSaid, held)
  if (why.fault) problems.push({ field: why.fault === 'tick' ? 'host-municipal' : 'host-reason', code: why.fault })

  const said: PlanSaid = {
    kind: kind ?? '',
    purpose: form.get('purpose') ?? '',
    date: day.said,
    time: hour.said,
    place: form.get('place') ?? '',
    host: form.get('host') ?? '',
    hostMunicipal,
    hostReason: hostSaid.reason,
  }
  if (problems.length > 0 || !isKind(kind) || 'problem' in day || 'problem' in hour)
    return { ok: false, problems, said }
  const host = { hostName, hostMunicipal, hostReason: why.reason }
  return { ok: true, plan: { kind, purpose, place, ...host, date: day.date, time: hour.time }, said }
}

/** The plan as it stands, as somebody would have typed it. */
export function planAsSaid(meeting: Meeting, host: MeetingRole | undefined, timeZone: string, lang: Lang): PlanSaid {
  const { date, time } = wallTimeIn(timeZone, meeting.startsAt)
  const [year = '', month = '', day = ''] = date.split('-')
  return {
    kind: meeting.kind,
    purpose: meeting.purpose,
    date: { day: String(Number(day)), month: monthName(month, lang), year },
    time: lang === 'da' ? time.replace(':', '.') : time,
    place: meeting.place,
    host: meeting.hostName,
    hostMunicipal: host?.municipal ?? false,
    hostReason: host?.reason ?? '',
  }
}

const monthName = (month: string, lang: Lang): string =>
  new Intl.DateTimeFormat(lang === 'da' ? 'da-DK' : 'en-GB', { month: 'long', timeZone: 'UTC' }).format(
    new Date(`2027-${month}-01T00:00:00Z`),
  )
