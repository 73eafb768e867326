// How sure a share is: Wilson's 95 % interval, which stays within 0 and 1 and holds for small groups.
import { checkGroup } from './group.ts'

const z = 1.96

/**
 * The 95 % interval around `yes` of `of`, as fractions from 0 to 1 with low <= yes/of <= high.
 * Throws RangeError if the numbers are not whole, if one is negative, if yes > of, or if nobody answered.
 *
 * Source: Wilson (1927), as in method 4.4: centre (p + z²/2n) / (1 + z²/n), half-width z/(1 + z²/n) · √(p(1-p)/n + z²/4n²).
 * Written here over n + z² and with the upper end as the mirror of the lower, so that 0 of n starts at exactly 0 and n of n ends at 1.
 */
export function wilson(yes: number, of: number): { low: number; high: number } {
  checkGroup({ yes, of })
  if (of === 0) throw new RangeError('Nobody answered: there is no share')
  return { low: lowerEnd(yes, of), high: 1 - lowerEnd(of - yes, of) }
}

function lowerEnd(yes: number, of: number): number {
  return (2 * yes + z * z - z * Math.sqrt(z * z + (4 * yes * (of - yes)) / of)) / (2 * (of + z * z))
}
