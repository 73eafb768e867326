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

type Afterwards = keyof typeof da.afterFor
const isAfterwards = (text: string): text is Afterwards => Object.hasOwn(da.afterFor, text)

/** What happens when the time of a rule is over, and who sees to it. What no clock ends, and nobody in it is named, goes with its place. */
export function sayAfter(lang: Lang, code: RuleCode, purpose?: Purpose): string {
  const say = words(lang)
  const { after, by } = ruleOf(code)
  const own = [`${code}-${purpose}`, code].find(isAfterwards)
  return own ? say(`afterFor.${own}`) : `${say(`map.after.${after}`)} ${say(`map.by.${by}`)}`
}
