// A run chart: shares in the order of time, the line in the middle of them, and whether they have moved.

/** So many points make a median, and so many in a row on one side of it make a signal (method 4.4). */
export const pointsForSignal = 6

/** The middle of the values; null when there are none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const [low, high] = [sorted[half - 1], sorted[half]]
  if (high === undefined) return null
  return sorted.length % 2 === 0 && low !== undefined ? (low + high) / 2 : high
}

export interface Run {
  side: 'over' | 'under'
  /** How many points in a row. Those on the median are not among them. */
  points: number
  /** The places of its first and last point among the values. */
  from: number
  to: number
}

export interface RunChart {
  /** Null below six points. */
  median: number | null
  /** The latest six or more consecutive points on one side of the median; null when there is no such run. */
  signal: Run | null
}

/**
 * `values` are shares as fractions, in the order of time, without the meetings that have none. A point on the median is on neither side:
 * it does not count, and it does not break a run.
 *
 * Source: method 4.4, trend; the rule of six as in Perla, Provost & Murray (2011), BMJ Quality & Safety 20:46-51.
 */
export function runChart(values: readonly number[]): RunChart {
  const middle = values.length < pointsForSignal ? null : median(values)
  if (middle === null) return { median: null, signal: null }
  const runs: Run[] = []
  values.forEach((value, at) => {
    // A hair of arithmetic is no side.
    if (Math.abs(value - middle) < 1e-9) return
    const side = value > middle ? 'over' : 'under'
    const last = runs.at(-1)
    if (last?.side === side) Object.assign(last, { points: last.points + 1, to: at })
    else runs.push({ side, points: 1, from: at, to: at })
  })
  return { median: middle, signal: runs.findLast((run) => run.points >= pointsForSignal) ?? null }
}
