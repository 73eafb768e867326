// Linking the promises and the numbers: who wrote which words, and who meant to talk with how many.
import type { Dice } from '../dice.ts'
import { type Listed, layAnyhow, layAsMet, totalOf } from '../guess.ts'
import { type Batch, bytesOf, countRowOf, inFileOrder, ownersOf, type StoredRow, writtenBetween } from '../traces.ts'
import { alone } from './rows.ts'

/** Who is guessed to have said what. Texts for the promise, numbers for the other. */
export type SaidBy = Map<number, string>

export interface SmallMethod {
  name: string
  about: 'next' | 'who'
  /** It claims somebody only where the counts leave nobody else: no luck is in such a claim. */
  sure?: true
  /** `people` are those who said something at all, which their boxes tell; `certain` those whose words are known for sure. */
  link(batch: Batch): {
    people: readonly number[]
    certain: readonly number[]
    guess(dice: Dice): SaidBy
    found: string
  }
}

/** Who has a sealed box of this purpose, in the order in which the boxes lie, and if asked, in the order of arrival. */
function senders(batch: Batch, about: 'next' | 'who', byArrival: boolean): number[] {
  const owners = ownersOf(batch, about)
  const boxes = batch.before.rows.filter(({ row }) => row.purpose === about).sort(inFileOrder)
  const people = [...new Set(boxes.flatMap(({ row }) => owners.get(bytesOf(row.tag)?.toString('hex') ?? '') ?? []))]
  if (!byArrival) return people
  return batch.people.flatMap(({ id }) => (people.includes(id) ? [id] : []))
}

const textRows = (batch: Batch): StoredRow[] =>
  writtenBetween(batch.before, batch.after).filter(({ row }) => typeof row.text === 'string')
const textsOf = (rows: readonly StoredRow[]): string[] => rows.map(({ row }) => String(row.text))

/** Each text goes to somebody; who wrote nothing is not known, so some are passed over at random. */
function inTurn(people: readonly number[], texts: readonly string[], dice: Dice): SaidBy {
  const places = new Set(dice.shuffled(people.map((_, place) => place)).slice(0, texts.length))
  const writers = people.filter((_, place) => places.has(place))
  return new Map(writers.flatMap((person, place) => (texts[place] === undefined ? [] : [[person, texts[place]]])))
}

function byOrder(name: string, order: (batch: Batch) => { texts: string[]; found: string }): SmallMethod {
  return {
    name,
    about: 'next',
    link(batch) {
      const { texts, found } = order(batch)
      const people = texts.length > 0 ? senders(batch, 'next', true) : []
      return { people, certain: [], guess: (dice) => inTurn(people, texts, dice), found }
    },
  }
}

/** Who is the only one to have said anything is known without any linking. */
const words: readonly SmallMethod[] = [
  {
    name: alone,
    about: 'next',
    sure: true,
    link(batch) {
      const texts = textsOf(textRows(batch))
      const people = texts.length > 0 ? senders(batch, 'next', true) : []
      return {
        people,
        certain: people.length === 1 && texts.length === 1 ? people : [],
        guess: (dice) => inTurn(people, dice.shuffled(texts), dice),
        found: `${texts.length} texts, ${people.length} senders`,
      }
    },
  },
  byOrder('order in the table (ctid)', (batch) => {
    const texts = textsOf(textRows(batch).sort(inFileOrder))
    return { texts, found: `${texts.length} rows` }
  }),
  byOrder('ids of the rows', (batch) => {
    const rows = textRows(batch).sort((a, b) => (String(a.row.id) < String(b.row.id) ? -1 : 1))
    return { texts: textsOf(rows), found: `${rows.length} ids` }
  }),
  byOrder('write-ahead log, bytes', (batch) => {
    const texts = new Set(textsOf(textRows(batch)))
    const found = new Set(
      batch.wal.flatMap(({ record }) => (texts.has(String(record.text)) ? [String(record.text)] : [])),
    )
    return { texts: [...found], found: `${found.size} texts found` }
  }),
]

function numbers(name: string, order: 'alone' | 'as met'): SmallMethod {
  return {
    name,
    about: 'who',
    ...(order === 'alone' ? { sure: true } : {}),
    link(batch) {
      const people = senders(batch, 'who', false)
      const rows = writtenBetween(batch.before, batch.after).sort(inFileOrder)
      const counts: Listed = rows.flatMap(({ row }) => {
        const count = countRowOf(row)
        return count?.question === 'WHO' ? [[count.answer, count.n] as const] : []
      })
      const lay = order === 'alone' ? layAnyhow : layAsMet
      // The numbers of late cards are in no count.
      const whole = totalOf(counts) === people.length ? people : []
      return {
        people: whole,
        certain: order === 'alone' && whole.length > 1 ? [] : whole.slice(0, 1),
        guess: (dice) => new Map(lay(counts, people.length, dice).map((n, place) => [people[place] ?? -1, String(n)])),
        found: `${counts.length} rows, ${people.length} senders`,
      }
    },
  }
}

export const smallMethods: readonly SmallMethod[] = [
  ...words,
  numbers(alone, 'alone'),
  numbers('counts, as the boxes lay', 'as met'),
]
