// The system's own counts of one meeting, out of its tables, beside what the phones were thanked for.
import { setTimeout as sleep } from 'node:timers/promises'
import { askOwner, keyIsThere, type Place } from './keyboard.ts'
import type { Said } from './phone.ts'
import { type Asked, agrees, asked, type Counted } from './tally.ts'

/** What the server has in its tables about one meeting, seen by their owner. */
export interface OwnCounts {
  meeting: string
  cards: number
  counted: Counted
  words: string[]
  /** Late cards that wait, and cards of the meeting itself that were left uncounted. */
  waiting: number
  left: number
}

/** Waits, no longer than this, until the cards have been counted and the key is gone. */
export async function ownCounts(place: Place, code: string, settling: number): Promise<OwnCounts> {
  for (const began = Date.now(); ; await sleep(500)) {
    const counts = await lookOnce(place, code)
    const settled = counts.left === 0 && !keyIsThere(place, counts.meeting, 1)
    if (settled || Date.now() - began > settling) return counts
  }
}

async function lookOnce(place: Place, code: string): Promise<OwnCounts> {
  const [meeting] = await askOwner<{ id: string }>(place, 'select id from community.meeting where code = $1', [code])
  if (!meeting)
    throw new Error('the meeting is not in this database: OPLIVE_DATA or DATABASE_URL is of another program')
  const of = [meeting.id]
  const [cards] = await askOwner<{ cards: number }>(
    place,
    'select cards from community.counted_cards where meeting_id = $1',
    of,
  )
  const rows = await askOwner<{ question: Asked; answer: number; n: number }>(
    place,
    'select question, answer, n from community.card_count where meeting_id = $1',
    of,
  )
  const words = await askOwner<{ text: string }>(
    place,
    'select text from community.next_word where meeting_id = $1',
    of,
  )
  const [sealed] = await askOwner<{ waiting: number; left: number }>(
    place,
    `select count(*) filter (where round > 1 and purpose = 'shares')::int as waiting, count(*) filter (where round = 1)::int as left
     from community.sealed_card where meeting_id = $1`,
    of,
  )
  const counted = new Map<Asked, Map<number, number>>(asked.map((question) => [question, new Map()]))
  for (const { question, answer, n } of rows) counted.get(question)?.set(answer, n)
  const texts = words.map(({ text }) => text)
  return {
    meeting: meeting.id,
    cards: cards?.cards ?? 0,
    counted,
    words: texts,
    waiting: sealed?.waiting ?? 0,
    left: sealed?.left ?? 0,
  }
}

/** Answers what does not agree. */
export function compare(said: readonly Said[], count: OwnCounts, place: Place): string[] {
  const faults = asked
    .filter((question) => !agrees(question, said, count.counted))
    .map((question) => `${question} was not counted as the phones were thanked for`)
  const maybe = said.filter(({ cards, late }) => cards.includes(null) && !late).length
  const missing = said.length - count.cards - count.waiting
  if (missing > maybe)
    faults.push(`${missing} cards are neither counted nor waiting, and only ${maybe} phones were not thanked`)
  if (missing < 0) faults.push(`${-missing} cards more than phones`)
  for (const question of ['INF', 'ABLE', 'COUR'] as const) {
    const sum = [...(count.counted.get(question) ?? [])].reduce((total, [, n]) => total + n, 0)
    const open = said.filter(({ cards }) =>
      cards.every((card) => card && card[asked.indexOf(question)] === null),
    ).length
    if (sum + open !== count.cards)
      faults.push(`${question} has ${sum} answers on ${count.cards} cards, ${open} left open`)
  }
  const wrote = said.flatMap(({ next }) => (next && next !== 'nothing' ? next.words : [])).sort()
  if (JSON.stringify(wrote) !== JSON.stringify([...count.words].sort()))
    faults.push('the words that were written are not the words that are there')
  if (count.left > 0) faults.push(`${count.left} sealed cards of the meeting were left behind`)
  if (keyIsThere(place, count.meeting, 1)) faults.push('the private key of the meeting is still there')
  return faults
}
