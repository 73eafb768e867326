// Somebody to lean on: whom a neighbour has chosen, by the yes of both, until one of the two ends it.

/** Who is leant on, and who leans: both as persons of the place. `since`: yyyy-mm-dd. */
export interface Coaching {
  coach: string
  coachee: string
  since: string
}

/** One of one's own, by the other's name. */
export interface OwnCoaching {
  id: string
  /** The one who looks is the one who leans. */
  leaning: boolean
  name: string
  since: string
  /** What the one who leans lets the other see. */
  showsTasks: boolean
  showsContact: boolean
}

/** More than so many lean on one: a kind word, and nothing more (method 2.5: three to five is good, above seven is too many). */
export const manyLean = 7
export const isMany = (leaning: number): boolean => leaning > manyLean
