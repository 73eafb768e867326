// The honest share of one question as it may be shown. Nothing else in the program makes a share ready for other people's eyes.
import { answeredOf, type Counts, yesOf } from './answers.ts'
import { bounds } from './bounds.ts'
import { checkCount, checkGroup, type Group, isMixed } from './group.ts'
import { wilson } from './wilson.ts'

/** What may be shown. Where `yes` is missing it must stay unknown: every yes that leads to such a state leads to an equal object. */
export type PublishedShare =
  /** For få svar til at vise. Says neither how many answered nor which rule hid it. */
  | { readonly kind: 'too-few' }
  /** Næsten ingen: nobody or one. */
  | { readonly kind: 'almost-none'; readonly answered: number }
  /** Alle eller næsten alle: everyone, or everyone but one. */
  | { readonly kind: 'almost-all'; readonly answered: number }
  /** Counts in words, for the community only; a percent would pretend. */
  | { readonly kind: 'words'; readonly yes: number; readonly answered: number }
  | Share

/** Ten answers or more. `percent`, `low`, `high`, `response` and `bounds` are whole percents from 0 to 100. */
export interface Share {
  readonly kind: 'share'
  readonly yes: number
  readonly answered: number
  readonly percent: number
  /** Wilson's 95 % interval. */
  readonly low: number
  readonly high: number
  /** How many were there; null when nobody counted. Never fewer than answered. */
  readonly attended: number | null
  /** How many of those there answered, in percent; null when nobody counted. */
  readonly response: number | null
  /** Fewer than 60 % answered: the bounds are shown before the interval. */
  readonly boundsFirst: boolean
  /** The share if everyone there had answered; null when nobody counted. */
  readonly bounds: { readonly low: number; readonly high: number } | null
}

export type Audience = 'community' | 'municipality'

export type Heard = {
  readonly attended: number | null
  readonly audience: Audience
  /** A place with fewer than 100 residents. */
  readonly smallPlace?: boolean
} & ({ readonly counts: Counts } | { readonly yes: number; readonly answered: number })

/** From this many on, a total may say that everyone agreed, or everyone but one (trust, decision 4). */
export const CROWD = 20

/** From this many on there is a percent, and the municipality sees it too (method 4.4). */
const PERCENT = 10

/** The fewest answers about which anything is shown. Below it, do not show the number of answers either (method 4.4). */
export const minimumAnswers = (smallPlace: boolean): number => (smallPlace ? 10 : 5)

/**
 * One question of one meeting, for one audience. Each question is judged by its own number of answers: someone may have skipped it.
 * The municipality never sees more than the community. Throws RangeError on numbers that no meeting can give.
 *
 * Source: method 4.4 (minimum cells, interval, non-response) and trust, decision 4 (unanimous and nearly unanimous groups).
 */
export function publish(heard: Heard): PublishedShare {
  const group = 'counts' in heard ? groupIn(heard.counts) : { yes: heard.yes, of: heard.answered }
  checkGroup(group)
  if (heard.attended !== null) checkCount(heard.attended)
  const answered = group.of
  if (answered < minimumAnswers(heard.smallPlace ?? false)) return { kind: 'too-few' }
  if (answered < PERCENT && heard.audience === 'municipality') return { kind: 'too-few' }
  if (answered < CROWD && !isMixed(group)) return { kind: group.yes < 2 ? 'almost-none' : 'almost-all', answered }
  if (answered < PERCENT) return { kind: 'words', yes: group.yes, answered }
  return share(group, heard.attended)
}

function groupIn(counts: Counts): Group {
  counts.forEach(checkCount)
  return { yes: yesOf(counts), of: answeredOf(counts) }
}

function share({ yes, of: answered }: Group, counted: number | null): Share {
  const interval = inPercent(wilson(yes, answered))
  const shown = { kind: 'share', yes, answered, percent: percent(yes / answered), ...interval } as const
  if (counted === null) return { ...shown, attended: null, response: null, boundsFirst: false, bounds: null }
  const attended = Math.max(counted, answered)
  return {
    ...shown,
    attended,
    response: percent(answered / attended),
    boundsFirst: answered / attended < 0.6,
    bounds: inPercent(bounds(yes, answered, attended)),
  }
}

/** Half a percent goes up, also where the fraction falls a hair short of it: 29 of 200 is 15. */
const percent = (fraction: number): number => Math.round(100 * fraction + 1e-9)

const inPercent = ({ low, high }: { low: number; high: number }) => ({ low: percent(low), high: percent(high) })
