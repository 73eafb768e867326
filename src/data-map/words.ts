// The words of the data map, in both languages, and how long a rule says.
import { catalogue, type Lang } from '../i18n/catalogue.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import type { Purpose } from './purposes.ts'
import { type RuleCode, ruleOf, type Span } from './retention-rules.ts'

export const words = catalogue(da, en)

type Own = keyof typeof da.ruleFor
const isOwn = (text: string): text is Own => Object.hasOwn(da.ruleFor, text)

/** How long a rule keeps what lies under it, in a sentence; the number is the rule's own. Where the sentence does not fit a use, that has its own. */
export function sayRule(lang: Lang, code: RuleCode, purpose?: Purpose): string {
  const say = words(lang)
  const { keep, grace } = ruleOf(code)
  const span = (one: Span | null | undefined) => (one ? say(`span.${one.unit}`, { count: one.n }) : '')
  const values = { long: span(keep), grace: span(grace) }
  const own = `${code}-${purpose}`
  const text = isOwn(own) ? say(`ruleFor.${own}`, values) : say(`rule.${code}`, values)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
