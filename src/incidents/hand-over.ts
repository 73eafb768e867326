// What is handed over to who asked: in which texts others may be told of, and the rows as the officer has decided, spot by spot.
import { createHash } from 'node:crypto'
import { pieceOf } from '../mine/everything.ts'
import type { RowFound } from '../mine/mine.deeds.ts'
import { holdsName } from './masked.ts'
import { type Own, type Spot, spotsIn, without } from './others.ts'

/** A spot that may tell of another, for the officer to decide. */
export interface Proposal extends Spot {
  /** The same text in two rows is decided once. */
  key: string
  piece: RowFound['piece']
  column: string
  text: string
}

/** Facts and names, not sentences: of who asks, or taken out whole already, or of somebody who looked or answered at work. */
const plainFacts = new Set([...holdsName, 'looker', 'answerer', 'telephone', 'mail', 'address', 'device', 'age_band'])
/** Where they themselves are reached. */
const reachedBy = ['telephone', 'mail', 'address']

const keyOf = (piece: string, column: string, text: string, start: number): string =>
  createHash('sha256')
    .update(JSON.stringify([piece, column, text, start]))
    .digest('hex')
    .slice(0, 20)

/** The columns of a row in which somebody wrote as they liked. */
const written = ({ piece, data }: RowFound): [column: string, text: string][] =>
  Object.entries(pieceOf(piece).columns).flatMap(([column, told]) => {
    const text = data[column]
    return told === 'text' && !plainFacts.has(column) && typeof text === 'string' ? [[column, text]] : []
  })

/** What is their own in these rows: it is never proposed. */
export const ownOf = (names: readonly string[], rows: readonly RowFound[], said: readonly (string | null)[]): Own => ({
  names,
  reached: [
    ...said.filter((one) => one !== null),
    ...rows.flatMap(({ data }) => reachedBy.map((column) => data[column]).filter((one) => typeof one === 'string')),
  ],
})

/** Every spot in these rows, each text once. */
export function proposalsIn(rows: readonly RowFound[], own: Own, known: readonly string[]): Proposal[] {
  const found = new Map<string, Proposal>()
  for (const row of rows)
    for (const [column, text] of written(row))
      for (const spot of spotsIn(text, own, known)) {
        const key = keyOf(row.piece, column, text, spot.start)
        if (!found.has(key)) found.set(key, { ...spot, key, piece: row.piece, column, text })
      }
  return [...found.values()]
}

/** The rows with what the officer has decided to take out. Whatever is not decided stands. */
export function decided(rows: readonly RowFound[], proposals: readonly Proposal[], takeOut: ReadonlySet<string>) {
  const out = proposals.filter(({ key }) => takeOut.has(key))
  return rows.map((row) => {
    const changed = written(row).flatMap(([column, text]) => {
      const here = out.filter((one) => one.piece === row.piece && one.column === column && one.text === text)
      return here.length > 0 ? [[column, without(text, here)] as const] : []
    })
    return changed.length > 0 ? { ...row, data: { ...row.data, ...Object.fromEntries(changed) } } : row
  })
}

const around = 60

/** The spot with some words on both sides: a letter is not shown whole. */
export function inContext({ text, start, end }: Proposal): { before: string; spot: string; after: string } {
  const from = Math.max(0, start - around)
  const to = Math.min(text.length, end + around)
  return {
    before: `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    spot: text.slice(start, end),
    after: `${text.slice(end, to)}${to < text.length ? '…' : ''}`,
  }
}
