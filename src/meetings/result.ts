// The result of a meeting, ready to be frozen: what each audience may see of what was counted, and nothing else.
import type { Answer, Counts } from '../shares/answers.ts'
import { type DoorCounts, type DoorShown, publishDoor, withAttendance } from '../shares/door.ts'
import { type Audience, CROWD, minimumAnswers, type PublishedShare, publish } from '../shares/published.ts'
import { type Talk, talkAt } from './evening.ts'
import { mostWho, type Question, questions } from './exit-card.ts'

export type CountedQuestion = Question | 'NEXT' | 'WHO'
/** How many gave each answer, by question. */
export type Tally = ReadonlyMap<CountedQuestion, ReadonlyMap<number, number>>

export interface ResultBody {
  /** How many were there; null when nobody counted. */
  attended: number | null
  /** How many cards were counted; null when they are too few to say. */
  answered: number | null
  questions: Record<Question, PublishedShare>
  /** How many wrote what they will do now, of those who said something. */
  next: PublishedShare
  /** How many will talk with somebody, of those who said a number. */
  who: PublishedShare
  /** How many talks they mean to have in all; null unless `who` is a share. */
  talks: number | null
  /** What the evening itself was counted to be; left out where nothing of it was. The same to both audiences. */
  evening?: EveningNumbers
}

export interface EveningNumbers extends DoorShown {
  /** Whole minutes of plenary talk that was measured; null when nobody pressed. */
  talk: { residents: number; municipality: number } | null
}

const minute = 60_000

/** Talk that was measured until the exit card opened: whoever forgets to stop the clock has not talked all night. */
export function talkMinutes(talk: Talk | null, cardOpened: Date): EveningNumbers['talk'] {
  if (!talk) return null
  const at = talkAt(talk, cardOpened)
  const minutes = { residents: Math.round(at.residents / minute), municipality: Math.round(at.municipality / minute) }
  return minutes.residents + minutes.municipality > 0 ? minutes : null
}

/** The numbers of an evening as they are frozen; undefined when there is nothing to tell of. */
export function eveningNumbers(
  talk: EveningNumbers['talk'],
  door: DoorCounts,
  attended: number | null,
): EveningNumbers | undefined {
  const nobody = Object.values(door).every((people) => people === 0)
  return talk === null && nobody ? undefined : { talk, ...publishDoor(door, attended) }
}

/** Frozen before, and shown with the attendance as it is now. */
export const stillFrozen = (evening: EveningNumbers | undefined, attended: number | null): EveningNumbers | undefined =>
  evening && { ...evening, ...withAttendance(evening, attended) }

/** A place this small has ten as its least number, not five (method 4.4). */
export const smallPlaceBelow = 100

export interface Counted {
  cards: number
  tally: Tally
  attended: number | null
  /** Residents of the community; null when not known. */
  residents: number | null
}

/** What this audience may see. The same counts give the same body. */
export function resultFor(audience: Audience, { cards, tally, attended, residents }: Counted): ResultBody {
  const smallPlace = isSmall(residents)
  const there = attended === null ? null : Math.max(attended, cards)
  const share = (counts: Counts) => publish({ counts, attended: there, audience, smallPlace })
  const yesAndNo = (yes: number, no: number) =>
    publish({ yes, answered: yes + no, attended: there, audience, smallPlace })

  const next = tally.get('NEXT') ?? new Map()
  const who = tally.get('WHO') ?? new Map<number, number>()
  const some = [...who].filter(([people]) => people > 0)
  const withSomebody = yesAndNo(sum(some.map(([, n]) => n)), who.get(0) ?? 0)
  const shown = cards >= (audience === 'municipality' ? 10 : minimumAnswers(smallPlace))
  return {
    attended: there,
    answered: shown ? cards : null,
    questions: Object.fromEntries(questions.map((question) => [question, share(countsOf(tally, question))])) as Record<
      Question,
      PublishedShare
    >,
    next: yesAndNo(next.get(1) ?? 0, next.get(2) ?? 0),
    who: withSomebody,
    talks: withSomebody.kind === 'share' ? talksOf(withSomebody.yes, sum(some.map(([people, n]) => people * n))) : null,
  }
}

/** A sum of fewer than five numbers, or one that says that nearly all of fewer than twenty said the same, tells on somebody. */
function talksOf(people: number, talks: number): number | null {
  if (people < minimumAnswers(false)) return null
  const mixed = talks - people >= 2 && mostWho * people - talks >= 2
  return people >= CROWD || mixed ? talks : null
}

export const isSmall = (residents: number | null): boolean => residents !== null && residents < smallPlaceBelow

/** How many gave each of the five answers to a question. */
export function countsOf(tally: Tally, question: Question): Counts {
  const counts = tally.get(question)
  const of = (answer: Answer) => counts?.get(answer) ?? 0
  return [of(1), of(2), of(3), of(4), of(5)]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0)
