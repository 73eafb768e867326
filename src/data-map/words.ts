// The words of the data map, in both languages, and how long a rule says.
import { catalogue, type Lang } from '../i18n/catalogue.ts'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import { type RuleCode, ruleOf, type Span } from './retention-rules.ts'

export const words = catalogue(da, en)

/** How long a rule keeps what lies under it, in a sentence; the number is the rule's own. */
export function sayRule(lang: Lang, code: RuleCode): string {
  const say = words(lang)
  const { keep, grace } = ruleOf(code)
  const span = (one: Span | null | undefined) => (one ? say(`span.${one.unit}`, { count: one.n }) : '')
  const text = say(`rule.${code}`, { long: span(keep), grace: span(grace) })
  return text.charAt(0).toUpperCase() + text.slice(1)
}
