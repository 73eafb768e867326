// What somebody does in their book: looks, writes, changes, strikes out, takes it all out; and what other rooms may ask of it.
import { wallTimeIn } from '../clock.ts'
import { type Actor, asActor, asSystem, type House, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './book.queries.ts'
import { type Entry, type Kept, keptText, readKept, type Words } from './entry.ts'
import { openEntry, openStruck, readerOf, type SealedEntry, sealEntry, sealStruck, sumOf, tallyOf } from './lock.ts'
import { atBook, inOpenBook, isEmpty, type OpenedBook, openHere, tallyAnew } from './opened.ts'
import { daysBefore, openUntil, triesToldDays } from './opening.deeds.ts'

/** Many years of writing; and small enough to be read at one glance of the program. */
export const mostEntries = 2000

export interface OpenedDevice {
  madeOn: string
  seenOn: string
  here: boolean
}

export interface LookedAt {
  state: 'open'
  /** The sheet has been tried, so lines may be written. */
  tried: boolean
  entries: Entry[]
  /** Boxes that are not what their writer put there. */
  damaged: number
  /** Nothing has been taken out, put in or put back behind the owner's back. */
  whole: boolean
  /** Letters that fitted nothing, day by day. */
  tries: { day: string; tries: number }[]
  devices: OpenedDevice[]
  today: string
  /** The cookie is to be renewed until then. */
  until: Date | null
}

export type Looked = LookedAt | { state: 'closed' } | { state: 'none' }

/** The book as its owner finds it on this device. */
export function lookAtBook(actor: Actor, device: string | undefined): Promise<Looked> {
  return atBook<Looked>(actor, 'read', async (here) => {
    if (!here) return { state: 'none' }
    const book = openHere(here, device)
    if (!book) return { state: isEmpty(here) ? 'none' : 'closed' }
    try {
      return await allOf(book)
    } finally {
      book.key.fill(0)
    }
  })
}

async function allOf(book: OpenedBook): Promise<LookedAt> {
  const { tx, account, key, lock, locks, today, now } = book
  const rows = await ask.entriesOf(tx, account)
  const read = readerOf(key, account)
  const entries = rows.flatMap((row) => asEntry(row, read(row)) ?? [])
  const tally = tallyOf(
    key,
    account,
    rows.map(({ id, box }) => ({ id, sum: sumOf(box) })),
  )
  // Renewed once a day; a borrowed device is not.
  const borrowed = lock.expiresAt !== null && lock.expiresAt < openUntil(now, true)
  const until = lock.seenOn === today || borrowed ? null : openUntil(now, false)
  if (until) await ask.seeLock(tx, account, lock.id, today, until)
  return {
    state: 'open',
    tried: book.tried,
    entries,
    damaged: rows.length - entries.length,
    whole: book.tally?.equals(tally) ?? false,
    tries: await ask.wrongTries(tx, account, daysBefore(today, triesToldDays)),
    devices: locks
      .filter(({ kind }) => kind === 'device')
      .map(({ id, madeOn, seenOn }) => ({ madeOn, seenOn, here: id === lock.id })),
    today,
    until,
  }
}

function asEntry({ id, rev }: SealedEntry, text: string | null): Entry | null {
  const kept = text === null ? null : readKept(text)
  return kept && { ...kept, id, rev }
}

async function findEntry({ tx, account, key }: OpenedBook, id: string): Promise<Entry> {
  const row = await ask.entryOf(tx, account, id)
  return (row && asEntry(row, openEntry(key, account, row))) ?? refuse('not-found')
}

/** The day it is for the people of this house. */
export const dayHere = (actor: Actor): Promise<string> =>
  asActor(actor, async (tx) => wallTimeIn(await ask.timeZoneHere(tx), actor.house.clock.now()).date)

/** One entry. What is not there, and what is another's, is not found. */
export const readEntry = (actor: Actor, device: string | undefined, id: string) =>
  inOpenBook(actor, device, 'read', (book) => findEntry(book, id))

/** Writes something new. Sent again with the same id, it is the same. */
export const writeEntry = (actor: Actor, device: string | undefined, id: string, words: Words) =>
  inOpenBook(actor, device, 'change', async (book) => {
    if (!book.tried) refuse('book.sheet-first')
    await put(book, id, words, { written: book.today, changed: book.today })
    return 'done' as const
  })

async function put(book: OpenedBook, id: string, words: Words, days: Pick<Kept, 'written' | 'changed'>): Promise<void> {
  const { tx, account, key } = book
  if ((await ask.sumsOf(tx, account)).length >= mostEntries) refuse('book.full')
  await ask.addEntry(tx, account, sealEntry(key, account, id, 1, keptText(words, days)))
  await tallyAnew(book)
}

/** Changes what stands there. `elsewhere`: it has been changed on another device since it was shown, and stays as it is. */
export const changeEntry = (actor: Actor, device: string | undefined, id: string, rev: number, words: Words) =>
  inOpenBook(actor, device, 'change', async (book) => {
    const { tx, account, key, today } = book
    const now = await findEntry(book, id)
    if (now.rev !== rev) return 'elsewhere' as const
    const text = keptText(words, { written: now.written, changed: today })
    await ask.keepEntry(tx, account, sealEntry(key, account, id, rev + 1, text))
    await tallyAnew(book)
    return 'done' as const
  })

/** Strikes it out. Answers it sealed, for the page that offers to bring it back: it is kept nowhere else. */
export const strikeEntry = (actor: Actor, device: string | undefined, id: string) =>
  inOpenBook(actor, device, 'change', async (book) => {
    const entry = await findEntry(book, id)
    await ask.strikeEntry(book.tx, book.account, id)
    await tallyAnew(book)
    return { struck: sealStruck(book.key, book.account, JSON.stringify(entry)) }
  })

/** Brings back what was just struck out. A page of before the last new sheet is too old. */
export const bringBack = (actor: Actor, device: string | undefined, struck: string) =>
  inOpenBook(actor, device, 'change', async (book) => {
    const text = openStruck(book.key, book.account, struck) ?? refuse('undo.changed')
    const { id, rev: _rev, written, changed, ...words } = JSON.parse(text) as Entry
    await put(book, id, words as Words, { written, changed })
    return 'done' as const
  })

// --- For other rooms

/** Everything in the book, for its owner's export. `closed`: it is not open on this device, and nobody else can open it. */
export async function exportBook(actor: Actor, device: string | undefined): Promise<Entry[] | 'closed'> {
  const looked = await lookAtBook(actor, device)
  if (looked.state === 'open') return looked.entries
  return looked.state === 'closed' ? 'closed' : []
}

/**
 * Copies somebody's own words into their book, such as what a guest said before they became a person. With the same `id` it is the same.
 * `none`: they have no book yet, or its sheet has not been tried.
 */
export function takeIntoBook(
  actor: Actor,
  device: string | undefined,
  entry: { id: string; words: Words },
): Promise<'taken' | 'closed' | 'none'> {
  return inOpenBook<'taken' | 'none'>(actor, device, 'change', async (book) => {
    if (!book.tried) return 'none'
    await put(book, entry.id, entry.words, { written: book.today, changed: book.today })
    return 'taken'
  })
}

/** Somebody is forgotten: the book, its locks, and what was told about it. For a transaction of the system. */
export const forgetBook = (tx: Tx, account: string): Promise<void> => ask.dropBook(tx, account)

/** How many keys of the configuration are in use, and by how many locks. */
export const bookKeysInUse = (house: House): Promise<{ keyId: string; locks: number }[]> =>
  asSystem(house, 'tell the operator which keys of Min bog are in use', ask.keysInUse)

const triesKept = 30

/** Forgets wrong tries that are thirty days old. Called each hour. */
export const forgetOldTries = (house: House): Promise<void> =>
  asSystem(house, 'wrong tries on a book, after thirty days', (tx) =>
    ask.dropOldTries(tx, new Date(house.clock.now().getTime() - triesKept * 86_400_000).toISOString().slice(0, 10)),
  )
