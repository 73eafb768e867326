// Sentences about a community that several pages say alike: which version of its definition, what its plan is, what to mend.
import { wallTimeIn } from '../clock.ts'
import type { Lang } from '../i18n/catalogue.ts'
import type { Problem as Mend } from '../ui/forms.tsx'
import { words as formWords } from '../ui/words.ts'
import { type Community, type Definition, type Plan, type Problem, planState } from './community.ts'
import { sayDate } from './times.ts'
import { words } from './words.ts'

const numbered = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const

/** "tredje udgave" */
export function sayVersion({ version }: Pick<Definition, 'version'>, lang: Lang): string {
  const say = words(lang)
  const number = numbered[version - 1]
  return number ? say(`definition.version.${number}`) : say('definition.version.later', { number: version })
}

/** "skrevet af 24 naboer" */
export const sayAuthors = ({ authors }: Pick<Definition, 'authors'>, lang: Lang): string =>
  words(lang)('definition.writtenBy', { count: authors })

/** "Kommunen regner med at være ude senest 14. marts 2030." */
export function sayPlan(
  { timeZone, presence }: Pick<Community, 'timeZone' | 'presence'>,
  plan: Plan,
  now: Date,
  lang: Lang,
): string {
  const state = planState(plan, presence, wallTimeIn(timeZone, now).date)
  return words(lang)(`withdrawal.${state}`, { day: sayDate(plan.lastDay, lang) })
}

/** What is to be mended, in words. */
export function mendings(problems: readonly Problem[], lang: Lang): Mend[] {
  const say = words(lang)
  return problems.map(({ field, code }) => ({
    field,
    message: isDate(code) ? formWords(lang)(code) : say(`problem.${code}`),
  }))
}

const isDate = (code: Problem['code']): code is Extract<Problem['code'], `date.${string}`> => code.startsWith('date.')

/** The message for a field, to hand to its `error`. */
export const mendingOf = (mend: readonly Mend[], field: string): string | undefined =>
  mend.find((one) => one.field === field)?.message
