// A new key of the configuration for Min bog: made, put on every lock in batches, and the old one destroyed when nothing needs it.
import { asSystem, type House, type Tx } from '../db/as-actor.ts'
import * as ask from './book.queries.ts'
import { rewrapLock } from './lock.ts'

export interface Rotated {
  newest: string
  /** A key was made now; else an earlier rotation that was cut off has been carried on, or the keys stand in the environment. */
  made: boolean
  rewrapped: number
  /** Locks that need a key that is not here, or that somebody has changed: they are as they were. */
  left: number
  /** Keys that nothing needs any more: their files are destroyed; out of the environment a person must take them. */
  done: string[]
}

interface Pace {
  batch?: number
  /** After each batch has been committed; throwing cuts the rotation off there. */
  afterBatch?: (rewrapped: number) => Promise<void> | void
}

/**
 * Rotates the outer key. The persons are not needed: the inner part of each lock stays as it is. It may be cut off anywhere and asked for
 * again: first it finishes what was begun, with the newest key it finds. People may read and write meanwhile.
 */
export async function rotateBookKeys(house: House, pace: Pace = {}): Promise<Rotated> {
  const before = house.keys.bookKeys()
  if (before.length > 1) {
    const carriedOn = await putOnNewest(house, pace)
    if (carriedOn.rewrapped > 0 || carriedOn.done.length > 0) return { ...carriedOn, made: false }
  }
  const made = house.keys.makeBookKey() !== null
  return { ...(await putOnNewest(house, pace)), made }
}

async function putOnNewest(house: House, { batch = 200, afterBatch }: Pace): Promise<Omit<Rotated, 'made'>> {
  const [newest, ...rest] = house.keys.bookKeys()
  if (!newest) throw new Error('there is no key of Min bog')
  const older = rest.map(({ id }) => id)
  let rewrapped = 0
  let after: ask.Place | null = null
  while (older.length > 0) {
    const done: Batch = await asSystem(house, 'put the newest key on some locks of Min bog', (tx) =>
      oneBatch(tx, house, older, after, batch),
    )
    if (!done.last) break
    rewrapped += done.rewrapped
    after = done.last
    await afterBatch?.(rewrapped)
  }
  const end = await asSystem(
    house,
    'put it on the last of them, and destroy the keys that nothing needs',
    async (tx) => {
      // Nobody is at a lock now: what was passed over is done, and no key goes that somebody has just read.
      await ask.holdOuterKeys(tx)
      const last = older.length > 0 ? await oneBatch(tx, house, older, null, Number.MAX_SAFE_INTEGER) : { rewrapped: 0 }
      const now = await ask.keysInUse(tx)
      const done = older.filter((id) => !now.some(({ keyId }) => keyId === id))
      const left = now.filter(({ keyId }) => keyId !== newest.id).reduce((sum, { locks }) => sum + locks, 0)
      return { rewrapped: last.rewrapped, done, left }
    },
  )
  // Only when it is certain that the locks are on the disk with their new key.
  await asSystem(house, 'destroy the keys of Min bog that nothing needs', async (tx) => {
    await ask.holdOuterKeys(tx)
    const now = await ask.keysInUse(tx)
    house.keys.destroyBookKeys(end.done.filter((id) => !now.some(({ keyId }) => keyId === id)))
  })
  return {
    newest: newest.id,
    rewrapped: rewrapped + end.rewrapped,
    left: end.left,
    done: end.done,
  }
}

interface Batch {
  rewrapped: number
  last: ask.Place | null
}

/** A lock that somebody has tampered with stays as it is, and keeps its key. */
async function oneBatch(
  tx: Tx,
  house: House,
  older: readonly string[],
  after: ask.Place | null,
  most: number,
): Promise<Batch> {
  const locks = await ask.locksToRewrap(tx, older, after, most)
  let rewrapped = 0
  for (const { account, ...lock } of locks) {
    const again = rewrapLock(house.keys.bookKeys(), account, lock)
    if (!again) continue
    await ask.keepRewrapped(tx, account, { ...lock, ...again })
    rewrapped++
  }
  return { rewrapped, last: locks.at(-1) ?? null }
}
