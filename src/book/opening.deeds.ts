// What is done to the locks of a book: it is begun, its sheet is made and tried, it is opened on a device, handed over, and closed.
import type { Actor } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './book.queries.ts'
import { drawLetters, type Letters } from './letters.ts'
import { lockIdOf, makeLock, newBookSecret, newDeviceSecret, openEntry, openLock, sealEntry } from './lock.ts'
import { atBook, type BookHere, inOpenBook, isEmpty, openHere, ownerOf, tallyAnew } from './opened.ts'
import type { Tries } from './tries.ts'

/** A device stays open for so long after it was last used: as long as a browser keeps a cookie at all. A borrowed one, for an hour. */
export const deviceDays = 400
export const borrowedHours = 1
/** Letters that are handed over from an open device to the next. */
export const handOverMinutes = 10

const hours = (n: number) => n * 3_600_000
export const openUntil = (now: Date, borrowed: boolean): Date =>
  new Date(now.getTime() + hours(borrowed ? borrowedHours : 24 * deviceDays))

/**
 * Makes a sheet. Without a book, begins one, open on this device; `device` is then the secret for its cookie. The letters are kept
 * nowhere: they are in this answer, and then on paper. The sheet before stays good until the new one has been tried.
 */
export function makeSheet(
  actor: Actor,
  device: string | undefined,
): Promise<{ letters: Letters; device: string | null } | 'closed'> {
  return atBook(actor, 'change', async (here, tx, { account, now, today }) => {
    const letters = drawLetters()
    const put = (kind: 'new-sheet' | 'device', secret: string, key: Buffer, expiresAt: Date | null) =>
      ask.addLock(tx, account, makeLock(actor.house.keys.bookKeys(), account, kind, secret, key), {
        today,
        now,
        expiresAt,
      })
    const book = here && openHere(here, device)
    if (book) {
      await put('new-sheet', letters, book.key, null)
      book.key.fill(0)
      return { letters, device: null }
    }
    if (here && !isEmpty(here)) return 'closed'
    if (here) await ask.dropBook(tx, account)
    // Two that begin at once: the second finds the first one's book, and has to ask again.
    if (!(await ask.addBook(tx, account))) refuse('changed-since')
    const key = newBookSecret()
    const secret = newDeviceSecret()
    await put('device', secret, key, openUntil(now, false))
    await put('new-sheet', letters, key, null)
    await tallyAnew({ tx, account, key })
    key.fill(0)
    return { letters, device: secret }
  })
}

/** Tries the new sheet. From then on it is the sheet: the one before, and every other device, opens nothing any more. */
export function trySheet(
  actor: Actor,
  device: string | undefined,
  letters: Letters,
): Promise<'tried' | 'wrong' | 'none' | 'closed'> {
  return inOpenBook(actor, device, 'change', async (book) => {
    const lock = book.locks.find(({ id, kind }) => kind === 'new-sheet' && id === lockIdOf(letters, book.account))
    const key = lock && openLock(book.keys, book.account, lock, letters)
    if (!key?.equals(book.key)) return 'wrong' as const
    key.fill(0)
    await lockAnew(book, book.key, letters, { secret: device ?? '', expiresAt: book.lock.expiresAt })
    return 'tried' as const
  })
}

/**
 * A new key for the book: every line is sealed anew, and only the sheet with these letters opens it, and this device if one is named.
 * Whoever copied an old lock, with whatever opened it, reads nothing that is written from now on.
 */
async function lockAnew(
  { tx, account, keys, now, today }: BookHere,
  before: Buffer,
  letters: Letters,
  device: { secret: string; expiresAt: Date | null } | null,
): Promise<void> {
  const key = newBookSecret()
  const entries = await ask.entriesOf(tx, account)
  const anew = entries.flatMap((entry) => {
    const text = openEntry(before, account, entry)
    // What cannot be opened is left as it lies there, and told where the book is read.
    return text === null ? [] : [sealEntry(key, account, entry.id, entry.rev, text)]
  })
  await ask.keepEntries(tx, account, anew)
  await ask.dropLocks(tx, account, ['device', 'sheet', 'new-sheet', 'hand-over'])
  await ask.addLock(tx, account, makeLock(keys, account, 'sheet', letters, key), { today, now, expiresAt: null })
  if (device)
    await ask.addLock(tx, account, makeLock(keys, account, 'device', device.secret, key), {
      today,
      now,
      expiresAt: device.expiresAt,
    })
  await tallyAnew({ tx, account, key })
  key.fill(0)
}

export type Opening = { device: string; until: Date } | { wait: number } | 'wrong' | 'none'

/** Opens the book on one more device, with the letters of the sheet or those that another device shows. Answers the secret for its cookie. */
export async function openBook(actor: Actor, tries: Tries, letters: Letters, borrowed: boolean): Promise<Opening> {
  const { account } = ownerOf(actor)
  const wait = await tries.take(account)
  if (wait !== null) return { wait }
  const opening = await atBook<Opening>(actor, 'change', async (book) => {
    if (!book || isEmpty(book)) return 'none'
    const found = keyBehind(book, letters)
    if (!found) {
      await ask.addWrongTry(book.tx, account, book.today, daysBefore(book.today, triesToldDays))
      return 'wrong'
    }
    if (found.kind === 'hand-over') await ask.dropLocks(book.tx, account, ['hand-over'])
    const device = newDeviceSecret()
    const until = openUntil(book.now, borrowed)
    const lock = makeLock(book.keys, account, 'device', device, found.key)
    await ask.addLock(book.tx, account, lock, { today: book.today, now: book.now, expiresAt: until })
    found.key.fill(0)
    return { device, until }
  })
  if (opening !== 'wrong') await tries.right(account)
  return opening
}

/** Wrong letters are told for so long. */
export const triesToldDays = 30

export function daysBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() - days)
  return at.toISOString().slice(0, 10)
}

function keyBehind(book: BookHere, letters: Letters) {
  const id = lockIdOf(letters, book.account)
  const lock = book.locks.find((one) => one.kind !== 'device' && one.id === id)
  const key = lock && openLock(book.keys, book.account, lock, letters)
  return lock && key ? { kind: lock.kind, key } : null
}

/** Letters for the next device, good once and for minutes. */
export function handOver(actor: Actor, device: string | undefined): Promise<Letters | 'none' | 'closed'> {
  return inOpenBook<Letters>(actor, device, 'change', async ({ tx, account, keys, key, now, today }) => {
    const letters = drawLetters()
    const expiresAt = new Date(now.getTime() + handOverMinutes * 60_000)
    await ask.addLock(tx, account, makeLock(keys, account, 'hand-over', letters, key), { today, now, expiresAt })
    return letters
  })
}

/** Closes the book on this device. */
export async function closeHere(actor: Actor, device: string | undefined): Promise<void> {
  await inOpenBook(actor, device, 'change', ({ tx, account, lock }) => ask.dropLock(tx, account, lock.id))
}

/** Closes it on every device. With the letters of the sheet, so that nobody closes it who cannot open it again. */
export async function closeEverywhere(
  actor: Actor,
  tries: Tries,
  letters: Letters,
): Promise<'closed' | 'wrong' | 'none' | { wait: number }> {
  const { account } = ownerOf(actor)
  const wait = await tries.take(account)
  if (wait !== null) return { wait }
  const done = await atBook(actor, 'change', async (book) => {
    if (!book || isEmpty(book)) return 'none' as const
    const found = keyBehind(book, letters)
    if (found?.kind !== 'sheet') {
      await ask.addWrongTry(book.tx, account, book.today, daysBefore(book.today, triesToldDays))
      return 'wrong' as const
    }
    await lockAnew(book, found.key, letters, null)
    found.key.fill(0)
    return 'closed' as const
  })
  if (done !== 'wrong') await tries.right(account)
  return done
}

/** Sheet and devices are lost, and so are the words. The book is taken away, and another can be begun. */
export const beginAnew = (actor: Actor): Promise<void> =>
  atBook(actor, 'change', (_book, tx, { account }) => ask.dropBook(tx, account))
