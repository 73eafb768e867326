// Linking by what lies around the cards: versions of the counts, jobs and limits, logs, and the responses that phones got.
import { type CardAnswers, type Question, questions } from '../../../src/meetings/exit-card.ts'
import { type Clue, type Listed, type Said, totalOf } from '../guess.ts'
import { allCards, cardInLine, nameOf, saidIn } from '../said.ts'
import { type Batch, countedBetween, countRowOf, countsAt, writtenBetween } from '../traces.ts'
import { alone, type Method } from './rows.ts'

const arrivals = (batch: Batch) => batch.people.map(({ id }) => id)
const nothing = (batch: Batch): Said => ({ kind: 'counts', counts: batch.counts })

/** Cards read off for everybody, in the order in which they arrived, or nothing. */
function inTurn(batch: Batch, cards: readonly CardAnswers[], found: string): Clue {
  const said: Said = cards.length === batch.people.length ? { kind: 'cards', cards } : nothing(batch)
  return { parts: [{ people: arrivals(batch), said }], found }
}

const versions: Method = {
  name: 'versions of the counts, subtracted',
  link(batch) {
    const moments = [...batch.during, batch.before, batch.after]
    const parts: { people: number[]; said: Said }[] = []
    let seen = 0
    let steps = 0
    for (const [nth, moment] of moments.entries()) {
      const earlier = moments[nth - 1]
      const counts = earlier ? countedBetween(earlier, moment) : null
      const added = counts ? Math.max(totalOf(counts.INF), totalOf(counts.ABLE), totalOf(counts.COUR)) : 0
      if (!counts || added === 0) continue
      steps++
      // Whoever came since the counts were last seen to change is in this step.
      const people = arrivals(batch).slice(seen, nth === moments.length - 1 ? undefined : seen + added)
      parts.push({ people, said: { kind: 'counts', counts } })
      seen += people.length
    }
    const rest = arrivals(batch).slice(seen)
    if (rest.length > 0) parts.push({ people: rest, said: nothing(batch) })
    return { parts, found: `${steps} steps in ${moments.length} backups` }
  },
}

/** Counts only grow. Whenever every question has as many answers as the others, so many people have been counted. */
const attempts: Method = {
  name: 'counts in the log, subtracted',
  link(batch) {
    const state = new Map<string, number>()
    const of = (question: Question) => [1, 2, 3, 4, 5].map((answer) => state.get(`${question} ${answer}`) ?? 0)
    const parts: Clue['parts'][number][] = []
    let before: Record<Question, number[]> = { INF: [], ABLE: [], COUR: [] }
    let seen = 0
    const first = batch.during[0] ?? batch.before
    for (const { record } of countsAt(first).size > 0 ? [] : batch.wal) {
      const row = countRowOf(record)
      if (!row || !questions.some((question) => question === row.question) || row.n > batch.people.length) continue
      const key = `${row.question} ${row.answer}`
      state.set(key, Math.max(state.get(key) ?? 0, row.n))
      const now = { INF: of('INF'), ABLE: of('ABLE'), COUR: of('COUR') }
      const [people = 0, ...others] = questions.map((question) => now[question].reduce((sum, n) => sum + n, 0))
      if (people <= seen || people > batch.people.length || others.some((n) => n !== people)) continue
      const more = (question: Question): Listed =>
        now[question]
          .map((n, place) => [place + 1, n - (before[question][place] ?? 0)] as const)
          .filter(([, n]) => n > 0)
      const counts = { INF: more('INF'), ABLE: more('ABLE'), COUR: more('COUR') }
      parts.push({ people: arrivals(batch).slice(seen, people), said: { kind: 'counts', counts } })
      before = now
      seen = people
    }
    const rest = arrivals(batch).slice(seen)
    const whole = parts.length > 1 && rest.length === 0
    return {
      parts: whole ? parts : [{ people: arrivals(batch), said: nothing(batch) }],
      found: `${parts.length} states of the counts`,
    }
  },
}

const others: Method = {
  name: 'jobs and limits',
  link(batch) {
    const rows = writtenBetween({ ...batch.before, rows: [] }, batch.after).filter(
      ({ table }) => !table.startsWith('community.') && !table.endsWith('.card'),
    )
    const times = (row: Readonly<Record<string, unknown>>) =>
      Object.values(row)
        .flatMap((value) => (typeof value === 'string' ? Date.parse(value) || [] : []))
        .at(0) ?? 0
    const told = rows.map(({ row }) => row).sort((a, b) => times(a) - times(b))
    const said = saidIn(batch, [told])
    return { parts: [{ people: arrivals(batch), said }], found: `${said.in} answers in ${rows.length} rows` }
  },
}

const logs: Method = {
  name: 'logs, statements, statistics',
  link(batch) {
    const cards = batch.lines.flatMap((line) => cardInLine(line) ?? [])
    return inTurn(batch, cards, `${cards.length} cards in ${batch.lines.length} lines`)
  },
}

const responses: Method = {
  name: 'responses: status, target, length',
  link(batch) {
    // What the administrator's own cards got, all 125 of them.
    const meant = new Map<string, CardAnswers[]>()
    for (const { answers, response } of batch.tried) {
      const card = allCards.find((one) => nameOf(one) === answers)
      if (card) meant.set(response, [...(meant.get(response) ?? []), card])
    }
    const choices = batch.people.map(({ response }) => meant.get(response) ?? allCards)
    const told = choices.some((cards) => cards.length < allCards.length)
    const said: Said = told ? { kind: 'choices', choices } : nothing(batch)
    return {
      parts: [{ people: arrivals(batch), said }],
      found: `${meant.size} kinds of response to 125 cards, new and corrected`,
    }
  },
}

/** No linking at all: the counts as they are stored. Where very few have answered, they are those people's cards. */
export const countsAlone: Method = {
  name: alone,
  sure: true,
  link: (batch) => ({
    parts: [{ people: arrivals(batch), said: nothing(batch) }],
    found: `counts of ${batch.people.length}`,
  }),
}

export const aroundMethods: readonly Method[] = [versions, attempts, others, logs, responses]
