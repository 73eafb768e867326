// Reads a date and a time as people write them: "3. maj", "3/5", "maj", "kl. 19".

/** A posted form: hono's parsed body or a FormData. */
export type Posted = FormData | { readonly [name: string]: unknown }

/** What was typed, word for word, to be shown again. */
export interface DateSaid {
  day: string
  month: string
  year: string
}

export type DateProblem = 'date.missing' | 'date.unclear' | 'date.day' | 'date.month' | 'date.year' | 'date.impossible'
export type ReadDate = { date: string; said: DateSaid } | { problem: DateProblem; said: DateSaid }

export type TimeProblem = 'time.missing' | 'time.unclear'
export type ReadTime = { time: string; said: string } | { problem: TimeProblem; said: string }

const text = (form: Posted, name: string): string => {
  const value = form instanceof FormData ? form.get(name) : form[name]
  return typeof value === 'string' ? value.slice(0, 100).trim() : ''
}

/** The first letters tell the month in Danish and English alike. */
const monthStarts = ['ja', 'f', 'mar', 'ap', 'ma', 'jun', 'jul', 'au', 's', 'o', 'n', 'd']
const monthNames = [
  ['januar', 'january'],
  ['februar', 'february'],
  ['marts', 'march'],
  ['april'],
  ['maj', 'may'],
  ['juni', 'june'],
  ['juli', 'july'],
  ['august'],
  ['september'],
  ['oktober', 'october'],
  ['november'],
  ['december'],
]

function monthNumber(said: string): number | undefined {
  const word = said.toLowerCase().replace(/\.$/, '')
  if (/^\d{1,2}$/.test(word)) {
    const number = Number(word)
    return number >= 1 && number <= 12 ? number : undefined
  }
  const index = monthNames.findIndex(
    (names, i) => word.startsWith(monthStarts[i] ?? '?') && names.some((name) => name.startsWith(word)),
  )
  return word.length >= 3 && index >= 0 ? index + 1 : undefined
}

function yearNumber(said: string): number | undefined {
  if (/^\d{4}$/.test(said)) return Number(said)
  return /^\d{2}$/.test(said) ? 2000 + Number(said) : undefined
}

const dayNumber = (said: string): number | undefined => {
  const number = /^(\d{1,2})\.?$/.exec(said)?.[1]
  return number !== undefined && Number(number) >= 1 && Number(number) <= 31 ? Number(number) : undefined
}

const iso = (year: number, month: number, day: number): string | undefined => {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : undefined
}

/** Weekdays people put in front: "torsdag den 21. marts". */
const weekday = /^(man|tirs|ons|tors|fre|lør|søn)dag,?\s+|^(mon|tues|wednes|thurs|fri|satur|sun)day,?\s+/i

/** Everything in one field: "3. maj", "3 maj 2027", "3/5-27", "2027-05-03", "May 3, 2027". */
function pieces(said: string): DateSaid | undefined {
  const plain = said
    .replace(weekday, '')
    .replace(/^den\s+/i, '')
    .replace(/^the\s+/i, '')
  const year = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain)
  if (year) return { year: year[1] ?? '', month: year[2] ?? '', day: year[3] ?? '' }
  const found = /^(\d{1,2})(?:st|nd|rd|th)?[\s.,/-]+(\p{L}+|\d{1,2})[\s.,/-]*(\d{2}|\d{4})?$/u.exec(plain) ?? undefined
  if (found) return { day: found[1] ?? '', month: found[2] ?? '', year: found[3] ?? '' }
  const english = /^(\p{L}+)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4})?$/u.exec(plain)
  return english ? { day: english[2] ?? '', month: english[1] ?? '', year: english[3] ?? '' } : undefined
}

/**
 * Reads `<name>-day`, `<name>-month` and `<name>-year`. The month may be a word, and the whole date may stand in one field.
 * Without a year it is the next such day from `today` (`yyyy-mm-dd`); without `today`, the year is asked for.
 */
export function readDate(form: Posted, name: string, today?: string): ReadDate {
  const said: DateSaid = {
    day: text(form, `${name}-day`),
    month: text(form, `${name}-month`),
    year: text(form, `${name}-year`),
  }
  const no = (problem: DateProblem): ReadDate => ({ problem, said })
  if (!said.day && !said.month && !said.year) return no('date.missing')

  let { day, month, year } = said
  const inOne = !/^\d{1,2}\.?$/.test(day) && day ? day : !day && month && !monthNumber(month) ? month : undefined
  if (inOne !== undefined) {
    const found = pieces(inOne)
    if (!found) return no(month ? 'date.day' : 'date.unclear')
    day = found.day
    month = found.month
    year = found.year || year
  }

  const d = dayNumber(day)
  const m = monthNumber(month)
  if (d === undefined) return no('date.day')
  if (m === undefined) return no('date.month')
  if (year) {
    const y = yearNumber(year)
    if (y === undefined) return no('date.year')
    const date = iso(y, m, d)
    return date ? { date, said } : no('date.impossible')
  }
  if (today === undefined) return no('date.year')
  // 29 February may be up to eight years away.
  for (let y = Number(today.slice(0, 4)), end = y + 8; y <= end; y++) {
    const date = iso(y, m, d)
    if (date && date >= today) return { date, said }
  }
  return no('date.impossible')
}

/** Reads `<name>`: "19", "19.30", "19:30", "1930", "kl. 19" -> `19:30`. */
export function readTime(form: Posted, name: string): ReadTime {
  const said = text(form, name)
  if (!said) return { problem: 'time.missing', said }
  const found = /^(?:kl\.?\s*)?(\d{1,2}?)(?:\s*[.:,]?\s*(\d{2}))?$/i.exec(said)
  const hour = Number(found?.[1])
  const minute = Number(found?.[2] ?? 0)
  if (!found || hour > 23 || minute > 59) return { problem: 'time.unclear', said }
  return { time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`, said }
}
