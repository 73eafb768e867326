// Whom one might talk with next, from what one has wished and promised oneself; and how one's own rhythm goes. Nobody else sees either.
import { dayAfter } from '../clock.ts'
import type { PromiseKept } from './notes.queries.ts'
import { type Rhythm, type Talk, theOther } from './talk.ts'

/** Somebody one talked with so long ago is thought of again. */
const longAgoDays = 60

type Met = Pick<
  Talk,
  | 'id'
  | 'slug'
  | 'place'
  | 'mine'
  | 'starterName'
  | 'otherName'
  | 'answer'
  | 'heldOn'
  | 'plannedOn'
  | 'nextOn'
  | 'touchedOn'
>
type Owed = Pick<PromiseKept, 'by' | 'what' | 'state'> & { talk: string }

export interface WhoNext<T extends Met> {
  /** They wanted to talk again, the soonest first. */
  again: T[]
  /** Something between them is promised and not told of. */
  promised: { talk: T; what: string; mine: boolean }[]
  /** They talked long ago, and nothing is agreed. */
  longAgo: T[]
}

/** Each other once, in the first of the three that fits; nobody with whom a talk is planned already, and nobody who said no since. */
export function whoNext<T extends Met>(talks: readonly T[], promises: readonly Owed[], today: string): WhoNext<T> {
  const keyOf = (talk: Met) => `${talk.slug} ${theOther(talk) ?? talk.id}`
  const taken = new Set(
    talks.filter(({ heldOn, answer }) => heldOn === null && (answer === 'yes' || answer === 'waiting')).map(keyOf),
  )
  // With somebody one has met often, the last time counts.
  const last = new Map<string, T>()
  for (const talk of talks) {
    const before = last.get(keyOf(talk))
    if (talk.heldOn && (!before || (before.heldOn ?? '') < talk.heldOn)) last.set(keyOf(talk), talk)
  }
  const free = (talk: T): boolean => {
    if (taken.has(keyOf(talk))) return false
    taken.add(keyOf(talk))
    return true
  }
  const met = [...last.values()].filter((talk) => theOther(talk) !== null || talk.nextOn !== null)
  const again = met
    .filter(({ nextOn }) => nextOn !== null)
    .sort((a, b) => (a.nextOn ?? '').localeCompare(b.nextOn ?? ''))
    .filter(free)
  const promised = promises
    .filter(({ state }) => state === 'made' || state === 'renegotiated')
    .flatMap(({ talk: id, what, by }) => {
      const talk = talks.find((one) => one.id === id)
      return talk?.heldOn && free(talk) ? [{ talk, what, mine: by === talk.mine }] : []
    })
  const longAgo = met
    .filter(({ heldOn }) => heldOn !== null && dayAfter(heldOn, longAgoDays) <= today)
    .sort((a, b) => (a.heldOn ?? '').localeCompare(b.heldOn ?? ''))
    .filter(free)
  return { again, promised, longAgo }
}

/** The first day of the week or month that this day is in. */
function firstDay(today: string, every: Rhythm['every']): string {
  if (every === 'month') return `${today.slice(0, 8)}01`
  const weekday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 6) % 7
  return dayAfter(today, -weekday)
}

/** So many talks are held or planned in this week or month: for oneself, and for nobody else. */
export function inThisTurn(
  talks: readonly Pick<Talk, 'heldOn' | 'plannedOn' | 'answer'>[],
  { every }: Pick<Rhythm, 'every'>,
  today: string,
): number {
  const turn = firstDay(today, every)
  return talks.filter(({ heldOn, plannedOn, answer }) => {
    if (heldOn === null && (answer === 'no' || answer === 'not_now')) return false
    const day = heldOn ?? plannedOn
    return day !== null && firstDay(day, every) === turn
  }).length
}
