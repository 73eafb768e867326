// What the share could be if everyone present had answered: the lowest and the highest, whatever the silent ones think.
import { checkCount, checkGroup } from './group.ts'

/**
 * The share of yes among all `attended`, as fractions from 0 to 1: `low` if every silent one means no, `high` if every one means yes.
 * Nothing is assumed about those who did not answer. Lists are never complete, so fewer attended than answered counts as all who
 * answered. Throws RangeError if the numbers are not whole or negative, if yes > answered, or if nobody was there.
 *
 * Source: method 4.4, lower = k/N, upper = (k + N - n)/N (worst-case bounds, Manski 1989).
 */
export function bounds(yes: number, answered: number, attended: number): { low: number; high: number } {
  checkGroup({ yes, of: answered })
  checkCount(attended)
  const present = Math.max(answered, attended)
  if (present === 0) throw new RangeError('Nobody was there: there is no share')
  return { low: yes / present, high: (yes + present - answered) / present }
}
