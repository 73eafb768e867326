// The thief of a disk: looks for planted sentences in every byte, however they are written, and tries every key that lies there.
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { type Lock, openEntry, openInner, openOuter, type SealedEntry } from '../../src/book/lock.ts'
import { type BookKey, BookKeyMissing, bookKeyOf } from '../../src/keys/book-key.ts'

/** Something that was taken: a file, a dump, a log. */
export interface Piece {
  name: string
  bytes: Buffer
}

// --- Looking

/** So many bytes of a sentence are enough to know it by: no two sentences share them. */
const known = 12

/** A sentence as it would lie on a disk that nobody locked: as text of any kind, in base64 at each of its three places, in hex. */
function formsOf(sentence: string): Buffer[] {
  const bytes = Buffer.from(sentence)
  const big = Buffer.from(sentence, 'utf16le').swap16()
  const inBase64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // The first and the last signs hold bits of what stands beside it.
    const own = text.slice(before === 0 ? 0 : 4, -4)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const hex = bytes.toString('hex')
  return [
    bytes,
    Buffer.from(sentence, 'utf16le'),
    big,
    ...[...inBase64, hex, hex.toUpperCase()].map((text) => Buffer.from(text)),
  ]
}

export interface Search {
  /** The sentences found in these bytes, by their place in the list. */
  in(piece: Buffer): Set<number>
}

export function searchFor(sentences: readonly string[]): Search {
  const bits = new Uint8Array(1 << 21)
  const wanted = new Map<number, { form: Buffer; nth: number }[]>()
  for (const [nth, sentence] of sentences.entries())
    for (const whole of formsOf(sentence)) {
      const form = whole.subarray(0, known * 2)
      const start = form.readUIntLE(0, 3)
      bits[start >> 3] = (bits[start >> 3] ?? 0) | (1 << (start & 7))
      wanted.set(start, [...(wanted.get(start) ?? []), { form, nth }])
    }
  return {
    in(piece) {
      const found = new Set<number>()
      let start = 0
      for (let at = 0; at < piece.length; at++) {
        start = (start >> 8) | ((piece[at] ?? 0) << 16)
        if (at < 2 || ((bits[start >> 3] ?? 0) & (1 << (start & 7))) === 0) continue
        for (const { form, nth } of wanted.get(start) ?? [])
          if (piece.subarray(at - 2, at - 2 + form.length).equals(form)) found.add(nth)
      }
      return found
    },
  }
}

const mostUnpacked = { maxOutputLength: 4_000_000 }

/** Whatever in it is packed as zip, gzip or zlib pack, unpacked. */
export function* unpacked(piece: Buffer): Generator<Buffer> {
  const ways = [
    { head: Buffer.from([0x1f, 0x8b, 0x08]), open: gunzipSync, skip: 0 },
    ...[0x01, 0x5e, 0x9c, 0xda].map((level) => ({ head: Buffer.from([0x78, level]), open: inflateSync, skip: 0 })),
    { head: Buffer.from('PK\x03\x04'), open: inflateRawSync, skip: 30 },
  ]
  for (const { head, open, skip } of ways)
    for (let at = piece.indexOf(head); at >= 0; at = piece.indexOf(head, at + 1)) {
      try {
        yield open(piece.subarray(at + skip, at + 1_000_000), mostUnpacked)
      } catch {
        // Two bytes that happen to look like a beginning.
      }
    }
}

/** Looks through everything that was taken. */
export function look(pieces: readonly Piece[], sentences: readonly string[]): Map<string, Set<number>> {
  const search = searchFor(sentences)
  const found = new Map<string, Set<number>>()
  for (const { name, bytes } of pieces) {
    const here = search.in(bytes)
    for (const more of unpacked(bytes)) for (const nth of search.in(more)) here.add(nth)
    if (here.size > 0) found.set(name, here)
  }
  return found
}

// --- Trying keys

/** One person's rows, as they lie in a dump. */
export interface StolenBook {
  account: string
  locks: Lock[]
  entries: SealedEntry[]
}

/** What somebody could take for a secret: as bytes, and as each text that a program might have made of them. */
const textsOf = (secret: Buffer): string[] => [
  ...new Set([secret.toString('utf8').trim(), secret.toString('base64url'), secret.toString('hex')]),
]

/**
 * Tries every candidate as the key of the book, as what opens one of its locks (with the true keys of the configuration, and with
 * itself as one), and answers the words that come out.
 */
export function tryKeys(books: readonly StolenBook[], config: readonly BookKey[], candidates: readonly Buffer[]) {
  let tried = 0
  const read: { account: string; text: string }[] = []
  const alsoKeys = candidates.filter(({ length }) => length === 32).map(bookKeyOf)
  const keys = [...config, ...alsoKeys]
  const texts = candidates.flatMap(textsOf)
  for (const { account, locks, entries } of books) {
    const opens = (key: Buffer | null) => {
      tried++
      if (!key) return
      for (const entry of entries) {
        const text = openEntry(key, account, entry)
        if (text !== null) read.push({ account, text })
        // A key that does not open the first box of a book opens none.
        else break
      }
    }
    for (const { key } of alsoKeys) opens(key)
    for (const lock of locks) {
      const inner = takeOff(keys, account, lock)
      if (inner) for (const text of texts) opens(openInner(account, lock, inner, text))
    }
  }
  return { tried, read }
}

/** The outer part, taken off with whichever key does it. */
function takeOff(keys: readonly BookKey[], account: string, lock: Lock): Buffer | null {
  try {
    return openOuter(keys, account, lock)
  } catch (error) {
    if (error instanceof BookKeyMissing) return null
    throw error
  }
}
