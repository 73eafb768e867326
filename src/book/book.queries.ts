// All questions of Min bog to the database. They get and give sealed boxes only; nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Lock, LockKind, SealedEntry } from './lock.ts'

/** A lock as it lies there. */
export interface LockHere extends Lock {
  madeOn: string
  seenOn: string
  expiresAt: Date | null
}

/** Holds the one number that says: somebody puts a key of the configuration to use. */
const outerKeys = 7_083_564

/**
 * Whoever opens or makes a lock says so first, and reads the keys of the configuration after. A rotation waits until they are done
 * before it destroys one.
 */
export async function useOuterKeys(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${outerKeys})`.execute(tx)
}

/** Waits for everybody who is at a lock, and lets nobody begin until the transaction ends. */
export async function holdOuterKeys(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${outerKeys})`.execute(tx)
}

// --- The book

/** Whoever changes the book takes turns with everybody who reads it. Undefined when this person has none. */
export async function takeBook(
  tx: Tx,
  account: string,
  to: 'read' | 'change',
): Promise<{ tally: Buffer | null } | undefined> {
  const question = tx.selectFrom('personal.book').select('tally').where('account_id', '=', account)
  return (to === 'read' ? question.forShare() : question.forUpdate()).executeTakeFirst()
}

/** False when there is one already. */
export async function addBook(tx: Tx, account: string): Promise<boolean> {
  const added = await tx
    .insertInto('personal.book')
    .values({ account_id: account })
    .onConflict((on) => on.doNothing())
    .returning('account_id')
    .executeTakeFirst()
  return added !== undefined
}

export async function keepTally(tx: Tx, account: string, tally: Buffer): Promise<void> {
  await tx.updateTable('personal.book').set({ tally }).where('account_id', '=', account).execute()
}

/** The book with all that is in it, and what was told about it. */
export async function dropBook(tx: Tx, account: string): Promise<void> {
  // Said one by one, for the tables that hang on the book are emptied by it only where the database is asked as their owner.
  for (const table of ['personal.entry', 'personal.lock', 'personal.book', 'personal.wrong_try'] as const)
    await tx.deleteFrom(table).where('account_id', '=', account).execute()
}

// --- Its locks

export async function locksOf(tx: Tx, account: string, now: Date): Promise<LockHere[]> {
  const rows = await tx
    .selectFrom('personal.lock')
    .select(['id', 'kind', 'key_id', 'box', 'made_on', 'seen_on', 'expires_at'])
    .where('account_id', '=', account)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('made_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as LockKind,
    keyId: row.key_id,
    box: row.box,
    madeOn: row.made_on,
    seenOn: row.seen_on,
    expiresAt: row.expires_at,
  }))
}

/** A sheet takes the place of one of its kind; a device is one more. */
export async function addLock(
  tx: Tx,
  account: string,
  lock: Lock,
  when: { today: string; now: Date; expiresAt: Date | null },
): Promise<void> {
  if (lock.kind !== 'device') await dropLocks(tx, account, [lock.kind])
  await tx.deleteFrom('personal.lock').where('account_id', '=', account).where('expires_at', '<=', when.now).execute()
  await tx
    .insertInto('personal.lock')
    .values({
      account_id: account,
      id: lock.id,
      kind: lock.kind,
      key_id: lock.keyId,
      box: lock.box,
      made_on: when.today,
      seen_on: when.today,
      expires_at: when.expiresAt,
    })
    .execute()
}

export async function dropLocks(tx: Tx, account: string, kinds: readonly LockKind[]): Promise<void> {
  await tx.deleteFrom('personal.lock').where('account_id', '=', account).where('kind', 'in', kinds).execute()
}

export async function dropLock(tx: Tx, account: string, id: string): Promise<void> {
  await tx.deleteFrom('personal.lock').where('account_id', '=', account).where('id', '=', id).execute()
}

export async function seeLock(
  tx: Tx,
  account: string,
  id: string,
  today: string,
  expiresAt: Date | null,
): Promise<void> {
  await tx
    .updateTable('personal.lock')
    .set({ seen_on: today, expires_at: expiresAt })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .execute()
}

// --- What stands in it

export const entriesOf = (tx: Tx, account: string): Promise<SealedEntry[]> =>
  tx.selectFrom('personal.entry').select(['id', 'rev', 'box']).where('account_id', '=', account).execute()

export const entryOf = (tx: Tx, account: string, id: string): Promise<SealedEntry | undefined> =>
  tx
    .selectFrom('personal.entry')
    .select(['id', 'rev', 'box'])
    .where('account_id', '=', account)
    .where('id', '=', id)
    .executeTakeFirst()

export const sumsOf = (tx: Tx, account: string): Promise<{ id: string; sum: Buffer }[]> =>
  tx
    .selectFrom('personal.entry')
    .select(['id', sql<Buffer>`sha256(box)`.as('sum')])
    .where('account_id', '=', account)
    .execute()

/** Sent again with the same id, it is the same entry, as it was kept first. */
export async function addEntry(tx: Tx, account: string, { id, rev, box }: SealedEntry): Promise<void> {
  await tx
    .insertInto('personal.entry')
    .values({ account_id: account, id, rev, box })
    .onConflict((on) => on.columns(['account_id', 'id']).doNothing())
    .execute()
}

export async function keepEntry(tx: Tx, account: string, { id, rev, box }: SealedEntry): Promise<void> {
  await tx
    .updateTable('personal.entry')
    .set({ rev, box })
    .where('account_id', '=', account)
    .where('id', '=', id)
    .execute()
}

/** All boxes at once, with the book's new key. */
export async function keepEntries(tx: Tx, account: string, entries: readonly SealedEntry[]): Promise<void> {
  if (entries.length === 0) return
  const [ids, boxes] = [entries.map(({ id }) => id), entries.map(({ box }) => box)]
  await sql`update personal.entry as e set box = n.box from unnest(${ids}::uuid[], ${boxes}::bytea[]) as n (id, box)
    where e.account_id = ${account} and e.id = n.id`.execute(tx)
}

export async function strikeEntry(tx: Tx, account: string, id: string): Promise<void> {
  await tx.deleteFrom('personal.entry').where('account_id', '=', account).where('id', '=', id).execute()
}

// --- Letters that fitted nothing

/** Of everybody, before this day. */
export async function dropOldTries(tx: Tx, before: string): Promise<void> {
  await tx.deleteFrom('personal.wrong_try').where('on_day', '<', before).execute()
}

export async function addWrongTry(tx: Tx, account: string, today: string, forget: string): Promise<void> {
  await tx.deleteFrom('personal.wrong_try').where('account_id', '=', account).where('on_day', '<', forget).execute()
  await tx
    .insertInto('personal.wrong_try')
    .values({ account_id: account, on_day: today, tries: 1 })
    .onConflict((on) =>
      on.columns(['account_id', 'on_day']).doUpdateSet((eb) => ({ tries: eb('personal.wrong_try.tries', '+', 1) })),
    )
    .execute()
}

export const wrongTries = (tx: Tx, account: string, since: string): Promise<{ day: string; tries: number }[]> =>
  tx
    .selectFrom('personal.wrong_try')
    .select(['on_day as day', 'tries'])
    .where('account_id', '=', account)
    .where('on_day', '>=', since)
    .orderBy('on_day', 'desc')
    .execute()

/** Where the day turns for the people of this house. */
export async function timeZoneHere(tx: Tx): Promise<string> {
  const row = await tx.selectFrom('municipal.municipality').select('time_zone').executeTakeFirst()
  return row?.time_zone ?? 'Europe/Copenhagen'
}

// --- The keys of the configuration

/** So many locks need each key of the configuration. */
export async function keysInUse(tx: Tx): Promise<{ keyId: string; locks: number }[]> {
  const rows = await tx
    .selectFrom('personal.lock')
    .select(['key_id', sql<number>`count(*)::int`.as('locks')])
    .groupBy('key_id')
    .execute()
  return rows.map(({ key_id, locks }) => ({ keyId: key_id, locks }))
}

/** The next locks, in their own order, that need one of these keys. One that somebody changes at this moment is passed over. */
export async function locksToRewrap(
  tx: Tx,
  older: readonly string[],
  after: Place | null,
  most: number,
): Promise<(Lock & { account: string })[]> {
  let question = tx
    .selectFrom('personal.lock')
    .select(['account_id', 'id', 'kind', 'key_id', 'box'])
    .where('key_id', 'in', older)
    .orderBy('account_id')
    .orderBy('id')
    .limit(most)
    .forUpdate()
    .skipLocked()
  if (after) question = question.where(sql<boolean>`(account_id, id) > (${after.account}::uuid, ${after.id}::uuid)`)
  const rows = await question.execute()
  return rows.map((row) => ({
    account: row.account_id,
    id: row.id,
    kind: row.kind as LockKind,
    keyId: row.key_id,
    box: row.box,
  }))
}

export interface Place {
  account: string
  id: string
}

export async function keepRewrapped(tx: Tx, account: string, lock: Lock): Promise<void> {
  await tx
    .updateTable('personal.lock')
    .set({ key_id: lock.keyId, box: lock.box })
    .where('account_id', '=', account)
    .where('id', '=', lock.id)
    .execute()
}
