// Late cards: when a batch of them may join the frozen result, so that the new version minus the old one tells on nobody.
import { add, answeredOf, type Counts, yesOf } from './answers.ts'
import { checkCount, isMixed } from './group.ts'
import { CROWD, minimumAnswers, publish } from './published.ts'

/** One question of the batch. */
export interface LateQuestion {
  /** The version that stands now. */
  readonly frozen: Counts
  /** What the batch's cards answer. */
  readonly late: Counts
}

export interface Batch {
  /** How many cards the batch holds. A card may have skipped any question. */
  readonly cards: number
  /** A place with fewer than 100 residents. */
  readonly smallPlace?: boolean
}

/**
 * May this batch of late cards join the frozen version, in all of the meeting's `questions`? All of its cards join, or none.
 * Throws RangeError on numbers that no batch can give: a question with more answers than there are cards.
 *
 * Ask ONCE for each batch, at a moment chosen without looking at the answers (a date; a full batch). A refused batch stays out for
 * good: counted in attendance, in no result. Trying again with one card more gives that card away: five refused for one yes, six let
 * in with two, so the sixth said yes.
 *
 * Guaranteed, to one who sees every version, knows these rules, who was late and which batches were refused:
 * - Two versions differ, in the answers to a question, by none or by at least the minimum; that goes for every pair of versions, since
 *   a sum of batches is such a batch too.
 * - The yes in a difference under 20 is never 0, 1, n-1 or n, neighbours or not, for the same reason: two yes and two others in one
 *   batch are still there in the sum, and a batch of 20 makes the sum at least 20.
 * - "Almost all" and "almost none" stay as uncertain as they were: the batch joins only if it would have been mixed after either of the
 *   two totals those words may stand for. The answer then rests on the new total alone, which is shown anyway. (With a rule that
 *   looked at the true difference, 14 on time "almost all" and then 18 of 20 would tell that all 14 had said yes.)
 * - What was too few to show is not asked about, for the same reason: nothing was shown to subtract.
 *
 * Not guaranteed: one of the late can subtract the own card, which leaves no unanimous group but may leave all but one, and those who
 * pool their cards can subtract more; a refusal tells that some question was not mixed or was skipped by too many; a total of 20 or
 * more may be unanimous, and then so is every part of it.
 *
 * Source: trust, decisions 3 and 4; deciding from what is shown anyway is simulatable auditing (Kenthapadi, Mishra & Nissim 2005).
 */
export function mayRelease(questions: readonly LateQuestion[], { cards, smallPlace = false }: Batch): boolean {
  for (const { frozen, late } of questions) {
    for (const count of [...frozen, ...late]) checkCount(count)
    if (answeredOf(late) > cards) throw new RangeError(`${cards} cards cannot hold ${answeredOf(late)} answers`)
  }
  checkCount(cards)
  return cards >= minimumAnswers(smallPlace) && questions.every((question) => joins(question, smallPlace))
}

function joins({ frozen, late }: LateQuestion, smallPlace: boolean): boolean {
  const of = answeredOf(late)
  if (of === 0) return true
  if (of < minimumAnswers(smallPlace)) return false
  const total = yesOf(add(frozen, late))
  const mixedAfter = (earlier: number) => isMixed({ yes: total - earlier, of })
  // The community sees the most, so what is safe before it is safe before the municipality.
  const shown = publish({ counts: frozen, attended: null, audience: 'community', smallPlace })
  switch (shown.kind) {
    case 'too-few':
      return true
    case 'almost-none':
      return mixedAfter(0) && mixedAfter(1)
    case 'almost-all':
      return mixedAfter(shown.answered - 1) && mixedAfter(shown.answered)
    default:
      return of >= CROWD || mixedAfter(shown.yes)
  }
}
