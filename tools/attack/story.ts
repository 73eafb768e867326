// A story: what happens to one exit card, event by event, in a random order, and the rules of the rounds without a database.
import { type CardAnswers, type Question, questions } from '../../src/meetings/exit-card.ts'
import { lateBatch } from '../../src/meetings/meeting.ts'
import { type Counted, countsOf, isSmall, type ResultBody, resultFor } from '../../src/meetings/result.ts'
import type { Answer } from '../../src/shares/answers.ts'
import { mayRelease } from '../../src/shares/release.ts'
import type { Dice } from './dice.ts'

/** A card of a phone, or of a place in a pile: the same name again is the same card. */
interface Sent {
  by: string
  rev: number
}

export type Event =
  | ({ kind: 'card'; card: CardAnswers } & Sent)
  | ({ kind: 'next'; words: boolean } & Sent)
  | ({ kind: 'who'; people: number } & Sent)
  | { kind: 'pile'; pile: string; cards: readonly CardAnswers[] }
  | { kind: 'attended'; people: number }
  | { kind: 'close' }
  /** What follows a late card: a full batch may join. */
  | { kind: 'full-batch' }
  | { kind: 'last-day' }

export interface Story {
  residents: number | null
  events: readonly Event[]
}

/** What can be seen from outside after an event: the number on the screen while the card is open, and the newest results. */
export interface Seen {
  onScreen: number | null
  community: ResultBody | null
  municipality: ResultBody | null
}

export function makeStory(dice: Dice, most = 30): Story {
  const yesOften = [0, 0.04, 0.3, 0.5, 0.8, 0.96, 1]
  const often = questions.map(() => yesOften[dice.below(yesOften.length)] ?? 0.5)
  const open = dice.happens(0.2) ? 0.6 : 0.05
  const aCard = (paper: boolean): CardAnswers => {
    const [INF, ABLE, COUR] = often.map((yes): Answer | null => {
      if (paper && dice.happens(open)) return null
      return (dice.happens(yes) ? 1 + dice.below(2) : 3 + dice.below(3)) as Answer
    })
    return { INF: INF ?? null, ABLE: ABLE ?? null, COUR: COUR ?? null }
  }
  const phone = (by: string): Event[] => {
    const events: Event[] = [{ kind: 'card', by, rev: 1, card: aCard(false) }]
    const [first] = events
    if (dice.happens(0.15)) events.push({ kind: 'card', by, rev: 2, card: aCard(false) })
    if (dice.happens(0.15) && first) events.push(first)
    if (dice.happens(0.6)) events.push({ kind: 'next', by, rev: 1, words: dice.happens(0.7) })
    if (dice.happens(0.5))
      events.push({ kind: 'who', by, rev: 1, people: dice.happens(0.5) ? dice.below(2) : dice.below(21) })
    return events
  }
  const pile = (name: string, cards: number): Event[] =>
    cards > 0 ? [{ kind: 'pile', pile: name, cards: Array.from({ length: cards }, () => aCard(true)) }] : []
  const some = (n: number, one: (nth: number) => Event[]) => Array.from({ length: n }, (_, nth) => one(nth)).flat()
  const attended = (): Event[] => [{ kind: 'attended', people: dice.below(most * 2) }]

  const onTime = dice.below(most + 1)
  const late = dice.happens(0.3) ? 0 : dice.below(most + 1)
  const before = [
    ...some(onTime, (nth) => phone(`phone ${nth}`)),
    ...pile('pile', dice.happens(0.4) ? dice.below(12) : 0),
    ...some(dice.below(3), attended),
  ]
  const again = before.filter(({ kind }) => kind === 'card' && dice.happens(0.1))
  const after = [
    ...some(late, (nth) => phone(`late ${nth}`)),
    ...again.map(
      (event): Event => (event.kind === 'card' && dice.happens(0.5) ? { ...event, rev: event.rev + 1 } : event),
    ),
    ...pile('late pile', dice.happens(0.4) ? dice.below(25) : 0),
    ...some(dice.below(3), attended),
    ...some(dice.below(6), () => [{ kind: 'full-batch' }]),
  ]
  const last: Event[] = dice.happens(0.85) ? [{ kind: 'last-day' }, ...some(dice.below(2), attended)] : []
  const residents = [538, 60, null][dice.below(3)] ?? null
  return { residents, events: [...dice.shuffled(before), { kind: 'close' }, ...dice.shuffled(after), ...last] }
}

/** What fewer have answered on time is in no count: it would be those people's answers. */
const fewest = 5
const sumOf = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0)

type Kept<T> = Map<string, { rev: number; it: T }>

/**
 * The rules of exit-card.deeds.ts and of `keep_cards` in the database, without either: real meetings are held beside it to compare.
 * `careless`, for the control: every late card joins as it comes.
 */
export function tellStory({ residents, events }: Story, watch: (seen: Seen) => void, careless = false): void {
  let phase: 'open' | 'late' | 'over' = 'open'
  let attended: number | null = null
  let cards = 0
  const tally = new Map<Question | 'NEXT' | 'WHO', Map<number, number>>()
  const receipts = new Set<string>()
  let shares: Kept<CardAnswers> = new Map()
  const next: Kept<number> = new Map()
  const who: Kept<number> = new Map()
  let results: Pick<Seen, 'community' | 'municipality'> = { community: null, municipality: null }

  const keep = <T>(kept: Kept<T>, { by, rev }: Sent, it: T) => {
    if (phase === 'over' || receipts.has(by)) return
    if (rev >= (kept.get(by)?.rev ?? 0)) kept.set(by, { rev, it })
  }
  const add = (question: Question | 'NEXT' | 'WHO', answer: number | null) => {
    if (answer === null) return
    const counts = tally.get(question) ?? new Map<number, number>()
    tally.set(question, counts.set(answer, (counts.get(answer) ?? 0) + 1))
  }
  const freeze = () => {
    const counted: Counted = { cards, tally, attended, residents }
    results = { community: resultFor('community', counted), municipality: resultFor('municipality', counted) }
  }
  const count = () => {
    for (const { it } of shares.values()) for (const question of questions) add(question, it[question])
    cards += shares.size
    freeze()
  }
  const endRound = () => {
    for (const by of shares.keys()) receipts.add(by)
    shares = new Map()
  }
  const join = (last: boolean) => {
    if (phase !== 'late' || (!last && shares.size < (careless ? 1 : lateBatch))) return
    const late = new Map<Question, Map<number, number>>(questions.map((question) => [question, new Map()]))
    for (const { it } of shares.values())
      for (const question of questions) {
        const answer = it[question]
        const counts = late.get(question)
        if (answer !== null) counts?.set(answer, (counts.get(answer) ?? 0) + 1)
      }
    const both = questions.map((question) => ({ frozen: countsOf(tally, question), late: countsOf(late, question) }))
    if (careless || mayRelease(both, { cards: shares.size, smallPlace: isSmall(residents) })) count()
    endRound()
    if (last) phase = 'over'
  }

  for (const event of events) {
    switch (event.kind) {
      case 'card':
        keep(shares, event, event.card)
        if (careless) join(false)
        break
      case 'next':
        if (phase === 'open') keep(next, event, event.words ? 1 : 2)
        break
      case 'who':
        if (phase === 'open') keep(who, event, event.people)
        break
      case 'pile':
        for (const [place, card] of event.cards.entries()) keep(shares, { by: `${event.pile} ${place}`, rev: 1 }, card)
        break
      case 'attended':
        attended = event.people
        if (phase !== 'open') freeze()
        break
      case 'close':
        for (const { it } of next.values()) add('NEXT', it)
        for (const { it } of who.values()) add('WHO', it)
        count()
        for (const [question, counts] of tally) if (sumOf(counts) < fewest) tally.delete(question)
        freeze()
        endRound()
        phase = 'late'
        break
      case 'full-batch':
        join(false)
        break
      case 'last-day':
        join(true)
        break
    }
    watch({ onScreen: phase === 'open' ? shares.size : null, ...results })
  }
}
