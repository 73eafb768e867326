// Reading answers out of whatever an administrator finds: rows, changes, jobs and lines, also where nobody should have put them.
import { type CardAnswers, fieldOf, questions } from '../../src/meetings/exit-card.ts'
import type { Answer } from '../../src/shares/answers.ts'
import type { ListedCards, Said } from './guess.ts'
import { type Batch, countRowOf } from './traces.ts'

type Found = Readonly<Record<string, unknown>>

/** A whole card in a record, in whatever depth it stands. */
export function cardIn(record: Found): CardAnswers | null {
  const lower = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]))
  if (questions.every((question) => lower.has(fieldOf[question]))) {
    const [INF, ABLE, COUR] = questions.map((question) => {
      const answer = Number(lower.get(fieldOf[question]))
      return answer >= 1 && answer <= 5 ? (answer as Answer) : null
    })
    return { INF: INF ?? null, ABLE: ABLE ?? null, COUR: COUR ?? null }
  }
  for (const value of Object.values(record)) {
    const inner = value && typeof value === 'object' ? cardIn(value as Found) : null
    if (inner) return inner
  }
  return null
}

/** A whole card in a line of a log, written as JSON or as a form. */
export function cardInLine(line: string): CardAnswers | null {
  const answers = questions.map((question) => {
    const said = new RegExp(`["&?{ ]?${fieldOf[question]}"?[=:] ?"?([1-5])`, 'i').exec(line)?.[1]
    return said ? (Number(said) as Answer) : null
  })
  const [INF = null, ABLE = null, COUR = null] = answers
  return INF && ABLE && COUR ? { INF, ABLE, COUR } : null
}

/**
 * What records say about a batch, in their order: whole cards if one of the groups has one for each person, else the counts of this
 * batch in the order in which they are listed, else nothing. `in` is how many records hold that.
 */
export function saidIn(batch: Batch, groups: readonly (readonly Found[])[]): Said & { in: number } {
  for (const records of groups) {
    const cards = records.flatMap((record) => cardIn(record) ?? [])
    if (cards.length === batch.people.length) return { kind: 'cards', cards, in: cards.length }
  }
  const order = { INF: [], ABLE: [], COUR: [] } as Record<(typeof questions)[number], (readonly [number, number])[]>
  let listed = 0
  for (const record of groups.flat()) {
    const row = countRowOf(record)
    const question = questions.find((one) => one === row?.question)
    if (!row || !question || order[question].some(([answer]) => answer === row.answer)) continue
    const counted = batch.counts[question].find(([answer]) => answer === row.answer)
    if (!counted) continue
    order[question].push(counted)
    listed++
  }
  if (questions.every((question) => order[question].length === batch.counts[question].length))
    return { kind: 'first-met', counts: order as ListedCards, in: listed }
  return { kind: 'counts', counts: batch.counts, in: 0 }
}

/** All 125 cards that a phone can send. */
export const allCards: readonly CardAnswers[] = ([1, 2, 3, 4, 5] as const).flatMap((INF) =>
  ([1, 2, 3, 4, 5] as const).flatMap((ABLE) => ([1, 2, 3, 4, 5] as const).map((COUR) => ({ INF, ABLE, COUR }))),
)

export const nameOf = (card: CardAnswers): string => questions.map((question) => card[question] ?? 0).join('')
