// Numbers about the people of each place, as they were counted at the turn of a quarter and may be shown.
import type { PeopleShown } from '../shares/breakdown.ts'

/** A count that was kept. */
export interface Count extends PeopleShown {
  /** The first day of the quarter: who joined before it is counted. `yyyy-mm-dd` */
  quarter: string
  /** Associations and groups, which are no persons. */
  associations: number
}

export interface PlaceNumbers {
  slug: string
  name: string
  /** How many live there; null when nobody has said. */
  residents: number | null
  /** Every count of the place that the one who asks may see, the newest first. */
  counts: readonly Count[]
}

/** The first day of the quarter that a day lies in: `2027-03-14` lies in that of `2027-01-01`. */
export function quarterOf(date: string): string {
  const month = Number(date.slice(5, 7))
  return `${date.slice(0, 4)}-${two(month - ((month - 1) % 3))}-01`
}

/** The first day of the quarter after. */
export function quarterAfter(quarter: string): string {
  const [year, month] = [Number(quarter.slice(0, 4)), Number(quarter.slice(5, 7)) + 3]
  return month > 12 ? `${year + 1}-01-01` : `${year}-${two(month)}-01`
}

const two = (number: number): string => String(number).padStart(2, '0')
