// The score of a method: how many whole cards it got right, against how many one gets right who knows the counts alone.
import type { Dice } from './dice.ts'
import type { Counted } from './evening.ts'
import { certainOf, chanceOf, guess, isSame } from './guess.ts'
import type { Method } from './linking/rows.ts'
import type { SmallMethod } from './linking/words.ts'

/** Summed over meetings. */
export interface Score {
  meetings: number
  right: number
  chance: number
  /** How far chance may wander: the sum of the variances. */
  spread: number
  /** People whom the method claims to know for certain, how many of these claims are right, and how many chance would get right. */
  claims: number
  rightClaims: number
  luckyClaims: number
  /** What it found in the last meeting it looked at. */
  found: string
}

export const noScore = (): Score => ({
  meetings: 0,
  right: 0,
  chance: 0,
  spread: 0,
  claims: 0,
  rightClaims: 0,
  luckyClaims: 0,
  found: '',
})

/** The fewest answers about which anything may be told (method 4.4). */
const few = 5

/** So many guesses that fit the clue are made; their mean counts. Where a clue leaves nothing open they are all the same. */
const guesses = 30

export function scoreCards(score: Score, { batch, truth, late }: Counted, method: Method, dice: Dice): void {
  const people = batch.people.length
  const clue = method.link(batch)
  const real = new Map(truth.map(({ id, answers }) => [id, answers]))
  const chances = new Map(truth.map(({ id, answers }) => [id, chanceOf(answers, batch.counts, people)]))
  const claimed = certainOf(clue)
  if (!late) score.meetings++
  score.found = clue.found
  score.claims += claimed.length
  for (const p of chances.values()) {
    score.chance += p
    score.spread += p * (1 - p)
  }
  for (const id of claimed) score.luckyClaims += method.sure && people < few ? 0 : (chances.get(id) ?? 0)
  for (let round = 0; round < guesses; round++) {
    const guessed = guess(clue, dice)
    const isRight = (id: number) => {
      const [is, should] = [guessed.get(id), real.get(id)]
      return is !== undefined && should !== undefined && isSame(is, should)
    }
    for (const id of real.keys()) if (isRight(id)) score.right += 1 / guesses
    if (round === 0) score.rightClaims += claimed.filter(isRight).length
  }
}

/** The same for a promise or a number: one small thing for each of those who said anything. */
export function scoreSmall(score: Score, { batch, truth, late }: Counted, method: SmallMethod, dice: Dice): void {
  const { people, certain, guess: make, found } = method.link(batch)
  if (people.length === 0) return
  const said = new Map(
    truth.flatMap(({ id, next, who }) => {
      const it =
        method.about === 'who' ? (who === null ? null : String(who)) : next?.kind === 'words' ? next.text : null
      return it === null ? [] : [[id, it] as const]
    }),
  )
  const alike = (it: string) => [...said.values()].filter((other) => other === it).length
  if (!late) score.meetings++
  score.found = found
  score.claims += certain.length
  for (const it of said.values()) {
    const p = alike(it) / people.length
    score.chance += p
    score.spread += p * (1 - p)
  }
  for (const id of certain) score.luckyClaims += method.sure ? 0 : alike(said.get(id) ?? '') / people.length
  for (let round = 0; round < guesses; round++) {
    const guessed = make(dice)
    for (const [id, it] of said) if (guessed.get(id) === it) score.right += 1 / guesses
    if (round === 0) score.rightClaims += certain.filter((id) => guessed.get(id) === said.get(id)).length
  }
}

/** What the goal allows above chance, in people a meeting. With few meetings luck alone goes further, so it is given its room. */
export const allowed = 0.2
export function leeway({ meetings, spread }: Score): number {
  const luck = (5 * Math.sqrt(spread)) / Math.max(1, meetings)
  return meetings >= 100 ? allowed : Math.max(allowed, luck)
}

export const above = ({ right, chance, meetings }: Score): number => (right - chance) / Math.max(1, meetings)

/** Claims that are right more often than luck explains: somebody is known for certain. */
export const isCertain = ({ rightClaims, luckyClaims }: Score): boolean =>
  rightClaims > luckyClaims + Math.max(1, 6 * Math.sqrt(luckyClaims))

export const links = (score: Score): boolean => above(score) > leeway(score) || isCertain(score)
