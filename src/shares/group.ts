// A group that answered one question: how many said yes, of how many. What may be said about such a group starts here.

export interface Group {
  /** How many said yes. */
  readonly yes: number
  /** How many answered. */
  readonly of: number
}

/** Throws RangeError unless it is a whole number from 0 up. */
export function checkCount(people: number): void {
  if (!Number.isSafeInteger(people) || people < 0) throw new RangeError(`${people} is not a number of people`)
}

/** Throws RangeError unless both are whole numbers and 0 <= yes <= of. */
export function checkGroup({ yes, of }: Group): void {
  checkCount(yes)
  checkCount(of)
  if (yes > of) throw new RangeError(`${yes} of ${of} cannot have said yes`)
}

/**
 * Did at least two say yes, and at least two not? Where all agree the total is everyone's answer ("group attribute disclosure",
 * SDC Handbook 5.2); where all but one agree, that one reads everyone else's.
 */
export const isMixed = ({ yes, of }: Group): boolean => yes >= 2 && of - yes >= 2
