// A book for tests: begun, its sheet printed and tried, open on one device.
import { randomUUID } from 'node:crypto'
import type { Actor } from '../db/as-actor.ts'
import { writeEntry } from './book.deeds.ts'
import type { Words } from './entry.ts'
import type { Letters } from './letters.ts'
import { beginAnew, makeSheet, trySheet } from './opening.deeds.ts'

export interface TestBook {
  device: string
  letters: Letters
  /** Writes a note. Answers its id. */
  write(text: string): Promise<string>
}

/** A new book of this person, whatever was there before. */
export async function aBook(actor: Actor): Promise<TestBook> {
  await beginAnew(actor)
  const made = await makeSheet(actor, undefined)
  if (made === 'closed' || made.device === null) throw new Error('a new book is open where it was begun')
  const { device, letters } = made
  const tried = await trySheet(actor, device, letters)
  if (tried !== 'tried') throw new Error(`the sheet was ${tried}`)
  return { device, letters, write: (text) => write(actor, device, { kind: 'note', text }) }
}

export async function write(actor: Actor, device: string, words: Words): Promise<string> {
  const id = randomUUID()
  const done = await writeEntry(actor, device, id, words)
  if (done !== 'done') throw new Error(`the book was ${done}`)
  return id
}
