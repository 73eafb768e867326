// How far two shares lie apart, when the people behind them are not linked: Newcombe's 95 % interval for the difference.
import type { Group } from './group.ts'
import { wilson } from './wilson.ts'

/**
 * The second share minus the first, as fractions from -1 to 1 with low <= difference <= high. If the interval holds 0, the honest
 * words are "kan ikke afgøres". Throws RangeError where `wilson` does.
 *
 * It hides nothing: give it only groups that `publish` shows as a share.
 *
 * Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10 (hybrid of two Wilson intervals), as in method 4.4.
 */
export function newcombe(first: Group, second: Group): { difference: number; low: number; high: number } {
  const [a, b] = [wilson(first.yes, first.of), wilson(second.yes, second.of)]
  const [p, q] = [first.yes / first.of, second.yes / second.of]
  return {
    difference: q - p,
    low: q - p - Math.hypot(q - b.low, a.high - p),
    high: q - p + Math.hypot(b.high - q, p - a.low),
  }
}
