// What somebody looks up of themselves, corrects, and deletes singly.
import { hasProved, mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import { asActor, asSystem, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { everythingOf, forgetRow, type RowFound, type Whose } from './everything.queries.ts'
import { isPieceKey, type PieceKey, pieceOf } from './everything.ts'
import * as ask from './mine.queries.ts'

export type { RowFound } from './everything.queries.ts'

/** So many of each kind stand on the page; all are in the file, and on paper. */
export const mostShown = 20

/** Whose rooms somebody's own rows lie in, and who answers for them. */
export interface Rooms {
  places: ask.PlaceOfMine[]
  municipality: ask.Here['municipality']
  /** What every community is called that stands in a row. */
  names: Map<string, string>
  /** How much stands in their book; null without one. */
  book: number | null
  staff: boolean
}

export interface MineSeen extends Rooms {
  rows: RowFound[]
}

/** Everything that is kept of the one who asks: the newest of each kind, or all of it. */
export function seeMine(person: SignedIn, most: number | null): Promise<MineSeen> {
  return asSystem(person.house, 'show somebody what is kept of them', async (tx) => {
    const rows = await everythingOf(tx, { account: person.account, community: null }, most)
    return { rows, ...(await ask.roomsOf(tx, person.account)), staff: isMunicipal(person) }
  })
}

/** Who has looked, each time. */
export function seeLooks(person: SignedIn): Promise<MineSeen> {
  return asSystem(person.house, 'show somebody who has looked at them', async (tx) => {
    const rows = await everythingOf(tx, { account: person.account, community: null }, null, ['looked'])
    return { rows, ...(await ask.roomsOf(tx, person.account)), staff: isMunicipal(person) }
  })
}

/** What is kept of somebody, of these kinds: for who answers in their place, in a transaction of the system. */
export const keptOf = (tx: Tx, whose: Whose, keys: readonly PieceKey[]): Promise<RowFound[]> =>
  everythingOf(tx, whose, null, keys)

/** Before everything is taken along or deleted: they must have shown lately that it is them, where they have anything to show it by. */
export async function mustBeThem(person: SignedIn): Promise<void> {
  if (hasProved(person)) return
  const can =
    isMunicipal(person) ||
    (await asSystem(person.house, 'see whether somebody has anything to show who they are by', (tx) =>
      ask.canProve(tx, person.account),
    ))
  if (can) mustHaveProved(person)
}

/** One row of their own. Another's, and one that is not there, is not found. */
export async function seeRow(person: SignedIn, piece: string, row: string): Promise<RowFound> {
  const key = singleKey(piece)
  const rows = await asSystem(person.house, 'show somebody one thing that is kept of them', (tx) =>
    everythingOf(tx, { account: person.account, community: null }, null, [key]),
  )
  return rows.find((one) => one.row === row) ?? refuse('not-found')
}

export async function deleteRow(person: SignedIn, piece: string, row: string): Promise<void> {
  const key = singleKey(piece)
  if (pieceOf(key).single?.proof) await mustBeThem(person)
  const done = await asSystem(person.house, 'delete one thing for the one whose it is', (tx) =>
    forgetRow(tx, key, row, person.account),
  )
  if (!done) refuse('not-found')
}

const singleKey = (piece: string): PieceKey => {
  if (!isPieceKey(piece) || !pieceOf(piece).single) refuse('not-found')
  return piece
}

/** What they are called when they sign in. Those of the municipality are called what it says. */
export async function setName(person: SignedIn, name: string): Promise<void> {
  if (isMunicipal(person)) refuse('not-found')
  await asActor(person, (tx) => ask.setName(tx, person.account, name))
}
