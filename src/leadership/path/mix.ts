// Only the usual suspects? What a place sees of how mixed its leaders are: a rounded count and two words, so coarse that nobody is read out of them.

/** Of one age (null: those who have not said it): all of the place, those who had taken something on a year before, and those since. */
export interface AgeCount {
  band: string | null
  people: number
  earlier: number
  since: number
}

export interface Mix {
  /** How many take something on (stage 3 or more): a multiple of five, rounded down; null for fewer than five. */
  takesOn: number | null
  /** Are half of the new ones or more of ages that were few among those before them? */
  others: 'half' | 'less' | null
  /** Blau's index of their ages in words. */
  blend: 'alike' | 'some' | 'mixed' | null
}

/** Fewer new ones, or fewer before them, tell nothing (method 4.4). */
export const fewest = 5
/** In a place of so few residents ten are needed, as with shares. */
const smallPlace = 100
/** Where fewer of the place have said how old they are, nobody knows which ages are few. */
const fewestKnown = 20

/** Blau: how likely two drawn at random are of different ages. 0 for nobody. */
export function blau(counts: readonly number[]): number {
  const all = counts.reduce((sum, n) => sum + n, 0)
  return all === 0 ? 0 : 1 - counts.reduce((sum, n) => sum + (n / all) ** 2, 0)
}

/** The least word covers one age as well as two: that all are of the same is never said. */
const inWords = (index: number): NonNullable<Mix['blend']> => (index < 0.5 ? 'alike' : index < 0.7 ? 'some' : 'mixed')

export function mixOf(ages: readonly AgeCount[], residents: number | null): Mix {
  const least = residents !== null && residents < smallPlace ? 2 * fewest : fewest
  const sum = (of: (age: AgeCount) => number, from = ages) => from.reduce((all, age) => all + of(age), 0)
  const takesOn = sum(({ earlier, since }) => earlier + since)
  const known = ages.filter(({ band }) => band !== null)
  const [people, earlier, since] = [
    sum((age) => age.people, known),
    sum((age) => age.earlier, known),
    sum((age) => age.since, known),
  ]
  const few = known.filter((age) => age.earlier / Math.max(1, earlier) < age.people / Math.max(1, people))
  const tells = earlier >= least && since >= least && people >= fewestKnown
  return {
    takesOn: takesOn >= least ? takesOn - (takesOn % 5) : null,
    others: !tells ? null : sum((age) => age.since, few) * 2 >= since ? 'half' : 'less',
    blend: earlier + since >= 2 * least ? inWords(blau(known.map((age) => age.earlier + age.since))) : null,
  }
}
