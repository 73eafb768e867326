// The locks of Min bog: what the book's key is kept behind, and how a line is sealed with it. Pure; the secrets are never kept here.
import { createHmac, hash, hkdfSync, randomBytes } from 'node:crypto'
import { type BookKey, seal, unseal, unwrap, type Wrapped, wrap } from '../keys/book-key.ts'

/**
 * The book's key lies in the database only behind locks. Each has two parts: the inner one opens with a secret that is on no disk (the
 * letters of the sheet, or what lies in the cookie of one device), the outer one with a key of the configuration. `hand-over` is a
 * sheet that lives for minutes; `new-sheet` one that has not been tried.
 */
export const lockKinds = ['device', 'sheet', 'new-sheet', 'hand-over'] as const
export type LockKind = (typeof lockKinds)[number]

export interface Lock extends Wrapped {
  /** Follows from the secret: whoever has the secret finds the lock, and an id says nothing about the secret. */
  id: string
  kind: LockKind
}

const size = 32

export const newBookSecret = (): Buffer => randomBytes(size)

/** What a device holds in its cookie. */
export const newDeviceSecret = (): string => randomBytes(size).toString('base64url')
export const isDeviceSecret = (text: string | undefined): text is string =>
  text !== undefined && /^[\w-]{43}$/.test(text)

/** Secrets have 128 bits of chance or more, so nothing slow is needed between them and a key. */
const keyFrom = (secret: Buffer, account: string, purpose: string, bytes = size): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, account, `oplive book ${purpose}`, bytes))

export function lockIdOf(secret: string, account: string): string {
  const id = keyFrom(Buffer.from(secret), account, 'place', 16)
  id.writeUInt8((id.readUInt8(6) & 0x0f) | 0x80, 6)
  id.writeUInt8((id.readUInt8(8) & 0x3f) | 0x80, 8)
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** To what a lock is bound: nobody's book opens with the lock of another, nor a device's with that of a sheet. */
const boundOf = (account: string, { id, kind }: Pick<Lock, 'id' | 'kind'>) => [account, id, kind]

/** Puts the book's key behind a lock that opens with this secret. */
export function makeLock(
  keys: readonly BookKey[],
  account: string,
  kind: LockKind,
  secret: string,
  bookKey: Buffer,
): Lock {
  const id = lockIdOf(secret, account)
  const bound = boundOf(account, { id, kind })
  const inner = seal(keyFrom(Buffer.from(secret), account, 'lock'), ['oplive book inner', ...bound], bookKey)
  return { id, kind, ...wrap(keys, bound, inner) }
}

/** The book's key; null when the secret is another one, or somebody has changed the lock. Throws BookKeyMissing. */
export function openLock(keys: readonly BookKey[], account: string, lock: Lock, secret: string): Buffer | null {
  const inner = openOuter(keys, account, lock)
  return inner && openInner(account, lock, inner, secret)
}

/** The inner part alone, when the outer one has been taken off. */
export const openInner = (
  account: string,
  lock: Pick<Lock, 'id' | 'kind'>,
  inner: Buffer,
  secret: string,
): Buffer | null =>
  unseal(keyFrom(Buffer.from(secret), account, 'lock'), ['oplive book inner', ...boundOf(account, lock)], inner)

/** The outer part taken off, as a key of the configuration does. Null when somebody has changed it; throws BookKeyMissing. */
export const openOuter = (keys: readonly BookKey[], account: string, lock: Lock): Buffer | null =>
  unwrap(keys, boundOf(account, lock), lock)

/** The outer part anew, with the newest key of the configuration. The person's secret is not needed, and not touched. */
export function rewrapLock(keys: readonly BookKey[], account: string, lock: Lock): Wrapped | null {
  const inner = openOuter(keys, account, lock)
  return inner && wrap(keys, boundOf(account, lock), inner)
}

// --- Lines

export interface SealedEntry {
  id: string
  rev: number
  box: Buffer
}

/** Lengths are rounded up, so that a box does not tell how much was written. */
const step = 256

function padded(text: string): Buffer {
  const bytes = Buffer.from(text)
  const whole = Buffer.alloc(Math.ceil((bytes.length + 4) / step) * step)
  whole.writeUInt32BE(bytes.length)
  bytes.copy(whole, 4)
  return whole
}

const unpadded = (whole: Buffer) => whole.subarray(4, 4 + whole.readUInt32BE()).toString()

const entryUse = (account: string, id: string, rev: number) => ['oplive book entry', account, id, String(rev)]

/** Bound to the person, the entry and the revision: a row cannot be moved to another place, nor an old one pass for a new one. */
export const sealEntry = (bookKey: Buffer, account: string, id: string, rev: number, text: string): SealedEntry => ({
  id,
  rev,
  box: seal(keyFrom(bookKey, account, 'entries'), entryUse(account, id, rev), padded(text)),
})

/** Reads the lines of one book, one after the other. Null for what is not as its writer put it there. */
export function readerOf(bookKey: Buffer, account: string): (sealed: SealedEntry) => string | null {
  const key = keyFrom(bookKey, account, 'entries')
  return ({ id, rev, box }) => {
    const whole = unseal(key, entryUse(account, id, rev), box)
    return whole && unpadded(whole)
  }
}

export const openEntry = (bookKey: Buffer, account: string, sealed: SealedEntry): string | null =>
  readerOf(bookKey, account)(sealed)

/** A keyed sum over all rows. A row that was taken out, put in, or put back as it was before gives another sum. */
export function tallyOf(bookKey: Buffer, account: string, rows: readonly { id: string; sum: Buffer }[]): Buffer {
  const sum = createHmac('sha256', keyFrom(bookKey, account, 'tally'))
  for (const row of [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)))
    sum.update(`${row.id} ${row.sum.toString('hex')}\n`)
  return sum.digest()
}

export const sumOf = (box: Buffer): Buffer => hash('sha256', box, 'buffer')

/** What was struck out goes to the page of the one who did it, sealed, and back from there: nothing of it stays here. */
export const sealStruck = (bookKey: Buffer, account: string, text: string): string =>
  seal(keyFrom(bookKey, account, 'struck'), ['oplive book struck', account], padded(text)).toString('base64url')

export function openStruck(bookKey: Buffer, account: string, box: string): string | null {
  const bytes = Buffer.from(box, 'base64url')
  const whole = unseal(keyFrom(bookKey, account, 'struck'), ['oplive book struck', account], bytes)
  return whole && unpadded(whole)
}
