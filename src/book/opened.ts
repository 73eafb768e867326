// The book, opened for the length of one transaction: its key is found behind the lock of this device, used, and forgotten.
import { wallTimeIn } from '../clock.ts'
import { type Actor, asActor, type Role, type Tx } from '../db/as-actor.ts'
import { type BookKey, BookKeyMissing } from '../keys/book-key.ts'
import { refuse } from '../refusal.ts'
import * as ask from './book.queries.ts'
import { isDeviceSecret, lockIdOf, openLock, tallyOf } from './lock.ts'

/** Residents have a book. Whoever acts for the municipality has none here: what they find is what everybody finds where nothing is. */
const withBook: readonly Role[] = ['resident', 'host', 'keyholder']

/** Somebody who may have a book. */
export function ownerOf(actor: Actor): Actor & { account: string } {
  if (actor.account === null) refuse('sign-in.needed')
  if (!withBook.includes(actor.role)) refuse('not-found')
  return { ...actor, account: actor.account }
}

export interface BookHere {
  tx: Tx
  account: string
  keys: readonly BookKey[]
  now: Date
  /** The day it is, where the house stands. */
  today: string
  tally: Buffer | null
  locks: ask.LockHere[]
}

export interface OpenedBook extends BookHere {
  key: Buffer
  /** The lock of this device. */
  lock: ask.LockHere
  /** There is a sheet, and it has been tried: only then is a line written. */
  tried: boolean
}

/** The transaction in which somebody is at their own book, open or not; undefined when they have none. */
export async function atBook<T>(
  actor: Actor,
  to: 'read' | 'change',
  work: (book: BookHere | undefined, tx: Tx, owner: { account: string; now: Date; today: string }) => Promise<T>,
): Promise<T> {
  const owner = ownerOf(actor)
  return asActor(owner, async (tx) => {
    const { account, house } = owner
    await ask.useOuterKeys(tx)
    const found = await ask.takeBook(tx, account, to)
    const now = house.clock.now()
    const { date: today } = wallTimeIn(await ask.timeZoneHere(tx), now)
    const locks = found ? await ask.locksOf(tx, account, now) : []
    // Read after the locks: a key that one of them needs is there.
    const keys = house.keys.bookKeys()
    const book = found && { tx, account, keys, now, today, tally: found.tally, locks }
    try {
      return await work(book, tx, { account, now, today })
    } catch (error) {
      if (error instanceof BookKeyMissing) refuse('book.key-missing')
      throw error
    }
  })
}

/** The book opened by the lock of this device; null when it is not open here. */
export function openHere(book: BookHere, device: string | undefined): OpenedBook | null {
  if (!isDeviceSecret(device)) return null
  const id = lockIdOf(device, book.account)
  const lock = book.locks.find((one) => one.kind === 'device' && one.id === id)
  const key = lock && openLock(book.keys, book.account, lock, device)
  return lock && key ? { ...book, lock, key, tried: book.locks.some(({ kind }) => kind === 'sheet') } : null
}

/** Works in the opened book. Answers `none` or `closed` without having done anything. */
export async function inOpenBook<T>(
  actor: Actor,
  device: string | undefined,
  to: 'read' | 'change',
  work: (book: OpenedBook) => Promise<T>,
): Promise<T | 'none' | 'closed'> {
  return atBook<T | 'none' | 'closed'>(actor, to, async (here) => {
    if (!here) return 'none'
    const book = openHere(here, device)
    if (!book) return isEmpty(here) ? 'none' : 'closed'
    try {
      return await work(book)
    } finally {
      book.key.fill(0)
    }
  })
}

/** A book that was begun and whose sheet was never tried has no line in it: without an open device it is as good as none. */
export const isEmpty = ({ locks }: BookHere): boolean => !locks.some(({ kind }) => kind === 'sheet')

/** After each change: what stands in the book now. */
export async function tallyAnew({ tx, account, key }: Pick<OpenedBook, 'tx' | 'account' | 'key'>): Promise<void> {
  await ask.keepTally(tx, account, tallyOf(key, account, await ask.sumsOf(tx, account)))
}
