// A day of birth as lists write it: Danish, ISO, a year alone, a day of a spreadsheet. Read to know who is under fifteen, and not kept.

/** The numbers of somebody's birth; the day and the month are null when only the year is told. */
export interface Born {
  year: number
  month: number | null
  day: number | null
}

const months: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['jan', 'januar', 'january'],
    ['feb', 'februar', 'february'],
    ['mar', 'marts', 'march'],
    ['apr', 'april'],
    ['maj', 'may'],
    ['jun', 'juni', 'june'],
    ['jul', 'juli', 'july'],
    ['aug', 'august'],
    ['sep', 'sept', 'september'],
    ['okt', 'oktober', 'oct', 'october'],
    ['nov', 'november'],
    ['dec', 'december'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
)

const real = (year: number, month: number, day: number): Born | null => {
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
    ? { year, month, day }
    : null
}

/**
 * `24-12-1950`, `24.12.50`, `24/12 1950`, `24. december 1950`, `1950-12-24`, `1950-12-24T00:00:00Z`, `1950`. The day comes first, as it does
 * here; where only the other way is possible (`12/24/1950`), it is that. Null for what is none. `thisYear` tells what two digits mean.
 */
export function readBorn(typed: string, thisYear: number): Born | null {
  const text = typed.normalize('NFKC').trim().toLowerCase()
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t\s].*)?$/.exec(text)
  if (iso) return sane(real(Number(iso[1]), Number(iso[2]), Number(iso[3])), thisYear)
  const danish = /^(\d{1,2})\s*[-/.\s]\s*(\d{1,2})\s*[-/.\s]\s*(\d{4}|\d{2})(?:\s+\d{1,2}[:.]\d{2}.*)?$/.exec(text)
  if (danish) {
    const year = fullYear(danish[3] ?? '', thisYear)
    const [first, second] = [Number(danish[1]), Number(danish[2])]
    return sane(real(year, second, first) ?? real(year, first, second), thisYear)
  }
  const worded = /^(\d{1,2})\.?\s*([\p{L}]+)\.?\s*(\d{4})$/u.exec(text)
  if (worded) return sane(real(Number(worded[3]), months[worded[2] ?? ''] ?? 0, Number(worded[1])), thisYear)
  return /^\d{4}$/.test(text) ? sane({ year: Number(text), month: null, day: null }, thisYear) : null
}

const fullYear = (digits: string, thisYear: number): number => {
  if (digits.length === 4) return Number(digits)
  const century = thisYear - (thisYear % 100)
  const year = century + Number(digits)
  return year > thisYear ? year - 100 : year
}

const sane = (born: Born | null, thisYear: number): Born | null =>
  born && born.year >= thisYear - 120 && born.year <= thisYear ? born : null

/** Under fifteen on `today` (`yyyy-mm-dd`), or maybe: with a year alone, whoever is not surely fifteen. */
export function isUnder15({ year, month, day }: Born, today: string): boolean {
  const last = `${String(year + 15).padStart(4, '0')}-${String(month ?? 12).padStart(2, '0')}-${String(day ?? 31).padStart(2, '0')}`
  return today < last
}
