// How many new people each person takes along within so many days, counted only where the days have passed, and with its interval.
import { chanceFrom, wholeBelow } from './chance.ts'
import type { Arrivals } from './mobilisation.ts'

export interface Reproduction {
  /** Residents whose first time lies at least so many days back. The younger ones could still bring somebody, and are not counted. */
  parents: number
  younger: number
  /** Whom the parents brought, each within so many days of the parent's own first time. */
  children: number
  /** children / parents; null without parents. Below 1 is no failure where most have come already: say the saturation beside it. */
  estimate: number | null
  /** The 95 % interval: the wider end, on each side, of the two below. Null without parents. */
  interval: Interval | null
  /** As if every child came by chance alone: χ²(2c) / 2n to χ²(2c + 2) / 2n, the exact interval of a count (Garwood 1936). */
  byCount: Interval | null
  /** Parents drawn again and again (Efron 1979): wider when a few brought nearly all. */
  byParents: Interval | null
}

export interface Interval {
  low: number
  high: number
}

/**
 * The reproduction of method 4.6 on a given day. `firstDay`: the day of each person's first time, in days from any beginning;
 * NaN for who never came. A child who came before its parent counts for nothing here.
 * O(people + draws × parents). The same seed gives the same interval. RangeError where the lengths differ.
 */
export function reproduction(
  { broughtBy, staff }: Arrivals,
  firstDay: ArrayLike<number>,
  today: number,
  { days = 90, draws = 1000, seed = 1 } = {},
): Reproduction {
  const people = broughtBy.length
  if (firstDay.length !== people || staff.length !== people) throw new RangeError('a day for each arrival')
  const isParent = (person: number) => !staff[person] && today - (firstDay[person] as number) >= days
  const broughtSoon = new Int32Array(people)
  for (let person = 0; person < people; person++) {
    const by = broughtBy[person] as number
    if (staff[person] || !(by >= 0 && by < people) || by === person) continue
    const waited = (firstDay[person] as number) - (firstDay[by] as number)
    if (waited >= 0 && waited <= days) broughtSoon[by] = (broughtSoon[by] as number) + 1
  }
  const counts = broughtSoon.filter((_, person) => isParent(person))
  let came = 0
  for (let person = 0; person < people; person++) if (!staff[person] && (firstDay[person] as number) <= today) came++
  const parents = counts.length
  const children = counts.reduce((sum, count) => sum + count, 0)
  const found = { parents, younger: came - parents, children }
  if (parents === 0) return { ...found, estimate: null, interval: null, byCount: null, byParents: null }
  const byCount = countInterval(children, parents)
  const byParents = drawnInterval(counts, draws, seed)
  return {
    ...found,
    estimate: children / parents,
    interval: { low: Math.min(byCount.low, byParents.low), high: Math.max(byCount.high, byParents.high) },
    byCount,
    byParents,
  }
}

/** The exact 95 % interval of a count among n, as a rate. */
export const countInterval = (count: number, n: number): Interval => ({
  low: count === 0 ? 0 : gammaQuantile(count, 0.025) / n,
  high: gammaQuantile(count + 1, 0.975) / n,
})

/**
 * Where a gamma variable of a whole shape (half a χ² with twice as many degrees of freedom) stays below with this chance.
 * By halving; relative error below 1e-12.
 */
export function gammaQuantile(shape: number, chance: number): number {
  let logFactorial = 0
  for (let k = 2; k < shape; k++) logFactorial += Math.log(k)
  let low = 0
  let high = shape + 10 * Math.sqrt(shape) + 50
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (gammaBelow(shape, middle, logFactorial) < chance) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The chance that a gamma variable of a whole shape is at most x: that a Poisson count of mean x is at least the shape. */
function gammaBelow(shape: number, x: number, logFactorial: number): number {
  // The Poisson chance of shape - 1, then whichever tail shrinks from there on.
  const last = Math.exp((shape - 1) * Math.log(x) - x - logFactorial)
  let sum = 0
  if (x >= shape) {
    for (let k = shape - 1, term = last; k >= 0 && term > sum * 1e-17; k--) {
      sum += term
      term *= k / x
    }
    return 1 - sum
  }
  for (let k = shape, term = (last * x) / shape; term > sum * 1e-17; term *= x / ++k) sum += term
  return sum
}

/** Drawn from the sorted counts: whoever is numbered otherwise gets the same interval. */
function drawnInterval(unsorted: Int32Array, draws: number, seed: number): Interval {
  const chance = chanceFrom(seed)
  const counts = unsorted.toSorted()
  const n = counts.length
  const rates = new Float64Array(draws)
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0
    for (let i = 0; i < n; i++) sum += counts[wholeBelow(chance, n)] as number
    rates[draw] = sum / n
  }
  rates.sort()
  return { low: percentile(rates, 0.025), high: percentile(rates, 0.975) }
}

/** The value at a share of the way through rising numbers, between two of them if need be (Hyndman and Fan 1996, type 7). NaN of none. */
export function percentile(rising: Float64Array, share: number): number {
  const at = share * (rising.length - 1)
  const below = rising[Math.floor(at)] ?? Number.NaN
  const above = rising[Math.ceil(at)] ?? below
  return below + (above - below) * (at - Math.floor(at))
}
