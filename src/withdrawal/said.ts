// What the pages of the withdrawal say alike: what is to be mended, a day as it was typed, and a measure in its own unit.
import type { Lang } from '../i18n/catalogue.ts'
import type { DateSaid } from '../ui/dates.ts'
import type { Problem } from '../ui/forms.tsx'
import { words as formWords } from '../ui/words.ts'
import { type Criterion, isShare, type RuleFault } from './criteria.ts'
import type { Fault } from './phase.ts'
import { words } from './words.ts'

type DateCode = Extract<Fault['code'], `date.${string}`>
const isDate = (code: string): code is DateCode => code.startsWith('date.')

export const mendings = (lang: Lang, faults: readonly (Fault | RuleFault)[]): Problem[] =>
  faults.map(({ field, code }) => ({
    field,
    message: isDate(code) ? formWords(lang)(code) : words(lang)(`problem.${code}`),
  }))

/** A day as it was typed, to be shown again. */
export const typedDay = (said: URLSearchParams | undefined, field: string): DateSaid => ({
  day: said?.get(`${field}-day`) ?? '',
  month: said?.get(`${field}-month`) ?? '',
  year: said?.get(`${field}-year`) ?? '',
})

/** "82 %", "5 af 7", "ja". `value` in the criterion's own unit. */
export function sayValue(lang: Lang, criterion: Criterion, value: number): string {
  const say = words(lang)
  if (criterion === 'vote') return say(value >= 1 ? 'criteria.yes' : 'criteria.no')
  if (criterion === 'brokerage') return say('criteria.quarters', { count: Math.max(0, Math.round(value)) })
  if (criterion === 'leaders') return say('criteria.people', { count: Math.round(value) })
  if (criterion === 'redundancy') return `${Math.round(value)} ${lang === 'da' ? 'af' : 'of'} 7`
  return isShare(criterion) ? `${Math.round(value * 100)} %` : String(value)
}

/** What it was reckoned of: "96 personer". */
export function sayBase(lang: Lang, criterion: Criterion, base: number): string {
  const say = words(lang)
  if (criterion === 'autonomy') return say('criteria.meetings', { count: base })
  if (criterion === 'vote') return say('criteria.votes', { count: base })
  if (criterion === 'brokerage') return say('criteria.quarters', { count: base })
  return say('criteria.people', { count: base })
}
