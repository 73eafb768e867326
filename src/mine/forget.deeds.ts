// Somebody leaves: one community, or everything. What is theirs is gone in one transaction, and only numbers are left.
import type { SignedIn } from '../access/session.deeds.ts'
import { forgetBook } from '../book/book.deeds.ts'
import { asSystem, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { everythingOf, forgetPiece, type OfAccount, type Whose } from './everything.queries.ts'
import { type PieceKey, pieceKeys, pieceOf } from './everything.ts'
import { mustBeThem } from './mine.deeds.ts'
import * as ask from './mine.queries.ts'

/** What is about to go, for the page that asks once more. */
export interface Leaving {
  /** Null: everything. */
  place: ask.PlaceOfMine | null
  /** How many of each kind. */
  counts: Counts
  /** The places to whose rooms nobody else holds a key. */
  lastKeys: ask.LastKey[]
}

export type Counts = Partial<Record<PieceKey, number>>

/** What goes first is what is found by what goes last: by the person, and by the account. */
const inTurn: readonly PieceKey[] = [
  ...pieceKeys.filter((key) => key !== 'person' && key !== 'account'),
  'person',
  'account',
]

/** What leaving would take along. Those of the municipality leave by the municipality. */
export function seeLeaving(person: SignedIn, slug: string | null): Promise<Leaving> {
  if (isMunicipal(person)) refuse('not-found')
  return asSystem(person.house, 'show somebody what leaving takes along', async (tx) => {
    const { whose, place } = await whoseOf(tx, person, slug)
    return {
      place,
      counts: await countsOf(tx, whose),
      lastKeys: await ask.lastKeysOf(tx, person.account, whose.community),
    }
  })
}

/** Leaves. Answers what was deleted, as numbers. Of two at once, and of this and an export, one wins and the other is told. */
export async function leave(person: SignedIn, slug: string | null): Promise<Counts> {
  if (isMunicipal(person)) refuse('not-found')
  await mustBeThem(person)
  return told(() =>
    asSystem(person.house, 'somebody leaves: everything of theirs is forgotten', async (tx) => {
      await ask.patience(tx)
      const { whose } = await whoseOf(tx, person, slug)
      if (!(await ask.holdToForget(tx, whose))) refuse('mine.gone')
      if (whose.community === null) await forgetBook(tx, person.account)
      return forgetAll(tx, whose)
    }),
  )
}

/** Forgets all that is theirs, which is held. Answers how much it was. */
export async function forgetAll(tx: Tx, whose: Whose): Promise<Counts> {
  const counts = await countsOf(tx, whose)
  for (const key of inTurn) if (key !== 'account' || whose.community === null) await forgetPiece(tx, key, whose)
  return counts
}

async function whoseOf(
  tx: Tx,
  person: SignedIn,
  slug: string | null,
): Promise<{ whose: OfAccount; place: ask.PlaceOfMine | null }> {
  if (slug === null) return { whose: { account: person.account, community: null }, place: null }
  const { places } = await ask.roomsOf(tx, person.account)
  const place = places.find((one) => one.slug === slug) ?? refuse('not-found')
  return { whose: { account: person.account, community: place.id }, place }
}

/** One row of each kind and place says how many there are. */
export async function countsOf(tx: Tx, whose: Whose): Promise<Counts> {
  const rows = await everythingOf(tx, whose, 1)
  const gone = rows.filter(({ piece }) => pieceOf(piece).forget.by !== 'stays' && piece !== 'lookedAt')
  const counts: Counts = {}
  for (const { piece, n } of gone) counts[piece] = (counts[piece] ?? 0) + n
  return counts
}

/** Somebody else holds what is wanted here: PostgreSQL says so, and the one who came second is told. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = (error as { code?: unknown }).code
    // Waited too long; was in a ring; or it was changed or deleted since this picture was taken.
    if (code === '55P03' || code === '40P01' || code === '40001') refuse('mine.taken')
    throw error
  }
}
