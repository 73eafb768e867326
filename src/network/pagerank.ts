// Whose company is sought by those whose company is sought: PageRank.
import type { Network } from './network.ts'

export interface PageRankOptions {
  /** How likely a walk goes on along a tie rather than begin anew with anybody: 0 up to, but not with, 1. */
  readonly damping?: number
  /** The largest sum of all errors that is let pass, above 0. */
  readonly tolerance?: number
}

/**
 * people long, 1 all together: how often a walk without end is with each person, that from each goes on along a tie, by weight
 * where ties have weights, and begins anew with anybody now and then, always where there is no tie to go along (Brin & Page
 * 1998, Computer Networks 30:107). Throws RangeError for a damping or a tolerance out of bounds.
 *
 * Those without ties only spread evenly, which changes no proportions: they are left out of the equations and counted at the end.
 * What remains, divided by degree, is a symmetric positive definite system, solved by successive over-relaxation, in place and with
 * the best factor for a damping (Young 1954): at 0.85 a third of the sweeps that repeated multiplication takes. The sum of
 * changes in the last sweep is at most (1 - damping) × tolerance. O(people + ties) a sweep; 8 bytes of passing memory each.
 */
export function pagerank(network: Network, { damping = 0.85, tolerance = 1e-10 }: PageRankOptions = {}): Float64Array {
  if (!(damping >= 0 && damping < 1)) throw new RangeError(`${damping} is no damping: 0 up to, but not with, 1 is`)
  if (!(tolerance > 0)) throw new RangeError(`${tolerance} is no tolerance: above 0 is`)
  const strength = strengths(network)
  /** The rank of each, by strength. */
  const each = strength.map((strong) => (strong > 0 ? 1 / (1 - damping) / strong : 0))
  const factor = 2 / (1 + Math.sqrt(1 - damping * damping))
  const enough = tolerance * network.people
  let least = Infinity
  // Where 64 bits can come no nearer, sweeps stop gaining on the best one.
  for (let gained = 0, sweeps = 0; least > enough && sweeps - gained < 10; sweeps++) {
    const moved = network.weight
      ? weightedSweep(network, network.weight, strength, each, damping, factor)
      : sweep(network, each, damping, factor)
    if (moved >= least) continue
    least = moved
    gained = sweeps
  }
  let all = 0
  for (let u = 0; u < each.length; u++) {
    const strong = strength[u] as number
    const rank = strong > 0 ? strong * (each[u] as number) : 1
    each[u] = rank
    all += rank
  }
  for (let u = 0; u < each.length; u++) each[u] = (each[u] as number) / all
  return each
}

function strengths({ people, start, weight }: Network): Float64Array {
  const strength = new Float64Array(people)
  for (let u = 0; u < people; u++) {
    const [from, end] = [start[u] as number, start[u + 1] as number]
    if (!weight) strength[u] = end - from
    else for (let half = from; half < end; half++) strength[u] = (strength[u] as number) + (weight[half] as number)
  }
  return strength
}

/** Gives how far the ranks moved, all together. */
function sweep({ people, start, neighbour }: Network, each: Float64Array, damping: number, factor: number): number {
  let moved = 0
  for (let u = 0; u < people; u++) {
    const from = start[u] as number
    const end = start[u + 1] as number
    if (from === end) continue
    let sum = 0
    for (let half = from; half < end; half++) sum += each[neighbour[half] as number] as number
    const known = end - from
    const step = factor * ((1 + damping * sum) / known - (each[u] as number))
    each[u] = (each[u] as number) + step
    moved += known * Math.abs(step)
  }
  return moved
}

function weightedSweep(
  { people, start, neighbour }: Network,
  weight: Float64Array,
  strength: Float64Array,
  each: Float64Array,
  damping: number,
  factor: number,
): number {
  let moved = 0
  for (let u = 0; u < people; u++) {
    const strong = strength[u] as number
    if (strong === 0) continue
    const end = start[u + 1] as number
    let sum = 0
    for (let half = start[u] as number; half < end; half++)
      sum += (weight[half] as number) * (each[neighbour[half] as number] as number)
    const step = factor * ((1 + damping * sum) / strong - (each[u] as number))
    each[u] = (each[u] as number) + step
    moved += strong * Math.abs(step)
  }
  return moved
}
