// Guessing: what a trace tells becomes a whole card for each resident, and is held against what chance would have got right.
import { type CardAnswers, type Question, questions } from '../../src/meetings/exit-card.ts'
import type { Answer } from '../../src/shares/answers.ts'
import type { Dice } from './dice.ts'

/** How many gave each answer to a question, in the order in which the trace lists the answers. */
export type Listed = readonly (readonly [answer: number, n: number])[]
export type ListedCards = Record<Question, Listed>

/** What a trace says about the cards of some people, who are given in the trace's own order. */
export type Said =
  /** A whole card for each of them. */
  | { kind: 'cards'; cards: readonly CardAnswers[] }
  /** The answers in the order in which they were first met, going through the people in order. */
  | { kind: 'first-met'; counts: ListedCards }
  /** These people gave these answers together; nothing tells who gave which. */
  | { kind: 'counts'; counts: ListedCards }
  /** For each of them the cards that they may have filled in. */
  | { kind: 'choices'; choices: readonly (readonly CardAnswers[])[] }

/** People and what was said, part by part; together the parts hold everybody once. */
export interface Clue {
  parts: readonly { people: readonly number[]; said: Said }[]
  /** For the reader of the table: what the trace turned out to hold. */
  found: string
}

/** The whole card of each person, by number. */
export type Guess = Map<number, CardAnswers>

export function guess(clue: Clue, dice: Dice): Guess {
  const guessed: Guess = new Map()
  for (const { people, said } of clue.parts) {
    const cards = cardsOf(people.length, said, dice)
    people.forEach((person, place) => {
      const card = cards[place]
      if (card) guessed.set(person, card)
    })
  }
  return guessed
}

function cardsOf(people: number, said: Said, dice: Dice): readonly CardAnswers[] {
  switch (said.kind) {
    case 'cards':
      return said.cards
    case 'choices':
      return said.choices.map((cards) => cards[dice.below(cards.length)] ?? { INF: null, ABLE: null, COUR: null })
    case 'counts':
    case 'first-met': {
      const lay = said.kind === 'counts' ? layAnyhow : layAsMet
      const [INF, ABLE, COUR] = questions.map((question) => lay(said.counts[question], people, dice))
      return Array.from({ length: people }, (_, place) => ({
        INF: (INF?.[place] ?? null) as Answer | null,
        ABLE: (ABLE?.[place] ?? null) as Answer | null,
        COUR: (COUR?.[place] ?? null) as Answer | null,
      }))
    }
  }
}

/** The answers handed out at random. Null is for those who left the question open. */
export function layAnyhow(counts: Listed, people: number, dice: Dice): (number | null)[] {
  const values: (number | null)[] = counts.flatMap(([answer, n]) => Array.from({ length: n }, () => answer))
  while (values.length < people) values.push(null)
  return dice.shuffled(values)
}

/** At random among all orders in which the answers are first met as listed. */
export function layAsMet(counts: Listed, people: number, dice: Dice): (number | null)[] {
  let laid: (number | null)[] = []
  for (const [answer, n] of [...counts].reverse()) {
    if (n > 0) laid = [answer, ...mixIn(laid, answer, n - 1, dice)]
  }
  return mixIn(laid, null, people - laid.length, dice)
}

/** Puts n of the same into a list, every way as likely as the others. */
function mixIn(list: readonly (number | null)[], value: number | null, n: number, dice: Dice): (number | null)[] {
  const mixed: (number | null)[] = []
  let [old, fresh] = [0, Math.max(0, n)]
  while (old < list.length || fresh > 0) {
    if (dice.below(list.length - old + fresh) < fresh) {
      mixed.push(value)
      fresh--
    } else mixed.push(list[old++] ?? null)
  }
  return mixed
}

/** Whom a clue claims to know for certain: their card is the same in every guess that fits. */
export const certainOf = (clue: Clue): number[] => clue.parts.flatMap(certainIn)

function certainIn({ people, said }: Clue['parts'][number]): readonly number[] {
  switch (said.kind) {
    case 'cards':
      return people
    case 'choices':
      return people.filter((_, place) => said.choices[place]?.length === 1)
    case 'first-met': {
      const everybodyAnswered = questions.every((question) => totalOf(said.counts[question]) === people.length)
      return everybodyAnswered ? people.slice(0, 1) : []
    }
    case 'counts': {
      const everybodyAlike = questions.every((question) => said.counts[question][0]?.[1] === people.length)
      return everybodyAlike ? people : []
    }
  }
}

export const totalOf = (counts: Listed): number => counts.reduce((sum, [, n]) => sum + n, 0)

export const isSame = (one: CardAnswers, other: CardAnswers): boolean =>
  questions.every((question) => one[question] === other[question])

/**
 * How likely a card is to be guessed right by one who knows the counts and nothing else: each question's answers are handed out at
 * random, and independently of the others. The sum over all people is what chance gets right.
 */
export function chanceOf(card: CardAnswers, counts: ListedCards, people: number): number {
  return questions.reduce((product, question) => {
    const listed = counts[question]
    const answer = card[question]
    const alike = answer === null ? people - totalOf(listed) : (listed.find(([is]) => is === answer)?.[1] ?? 0)
    return (product * alike) / people
  }, 1)
}
