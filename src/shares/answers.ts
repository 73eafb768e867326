// The five answers of the exit card, and how many gave each.

/** 1 helt enig, 2 enig, 3 uenig, 4 helt uenig, 5 ved ikke. The same for ever: old counts are read with it. */
export type Answer = 1 | 2 | 3 | 4 | 5

/** How many gave each answer to one question, in the order of `Answer`. Who skipped the question is in none of them. */
export type Counts = readonly [number, number, number, number, number]

/** Counts the answers to one question. Their order leaves no trace. */
export function tally(answers: readonly Answer[]): Counts {
  const gave = (answer: Answer) => answers.filter((given) => given === answer).length
  return [gave(1), gave(2), gave(3), gave(4), gave(5)]
}

/** Two groups' counts of the same question, as one. */
export function add(one: Counts, other: Counts): Counts {
  return [one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3], one[4] + other[4]]
}

/** How many said yes: helt enig or enig. */
export const yesOf = (counts: Counts): number => counts[0] + counts[1]

/** How many answered. "Ved ikke" is an answer and belongs to the base: the strict choice of method 4.2. */
export const answeredOf = (counts: Counts): number => counts[0] + counts[1] + counts[2] + counts[3] + counts[4]
