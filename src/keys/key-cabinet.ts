// The key cabinet: private keys of open exit cards and the outer keys of Min bog, as files outside the database and outside every backup of it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type BookKey, bookKeyOf, newBookKey } from './book-key.ts'

/** What is kept apart: the three answers, the promise, and the number each have a key of their own. */
export const purposes = ['shares', 'next', 'who'] as const
export type Purpose = (typeof purposes)[number]

/** The private keys of one round of one meeting. */
export type RoundKeys = Record<Purpose, KeyObject>

/** What ties a phone's random token to its own card, and to nothing else: 32 random bytes for each use. */
export interface PhoneSecrets {
  /** Signs the token a phone gets while the card is open. */
  issue: Buffer
  /** Turns the token into the tag beside a sealed card, another for each purpose. */
  tags: Record<Purpose, Buffer>
}

export interface KeyCabinet {
  /** Makes the keys of a round and puts them on disk, safely, before anybody is told the public halves. */
  makeRound(meeting: string, round: number): Record<Purpose, Buffer>
  /** The private keys, or null when they have been destroyed (or never lay on this machine). */
  openRound(meeting: string, round: number): RoundKeys | null
  destroyRound(meeting: string, round: number): void
  makePhones(meeting: string): PhoneSecrets
  openPhones(meeting: string): PhoneSecrets | null
  destroyPhones(meeting: string): void
  /** Every key that lies here: its meeting and its round (null for phone secrets). */
  list(): { meeting: string; round: number | null }[]
  /** A secret of the installation itself, made at the first start and kept. */
  houseSecret(): Buffer
  /** The outer keys of Min bog, the newest first. Read anew each time: a command may have made a new one. */
  bookKeys(): BookKey[]
  /** False when the keys of Min bog stand in the environment. */
  canMakeBookKey(): boolean
  /** Makes a newer key of Min bog, and keeps the old ones. Null when the keys stand in the environment, where only a person can put one. */
  makeBookKey(): BookKey | null
  /** Destroys the keys of Min bog that no lock needs any more; never the newest. */
  destroyBookKeys(ids: readonly string[]): void
  /** A text of the installation itself, such as the pair of keys it signs with for others; null when there is none. */
  text(name: string): string | null
  /** Keeps a text. Answers the one that is kept: of two that are brought at once, the first. */
  keepText(name: string, text: string): string
}

const uuid = /^[0-9a-f-]{36}$/
const keySize = 32

const rawPublic = (key: KeyObject): Buffer =>
  Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url')
const rawPrivate = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')

/** PKCS#8 for X25519: this head, then the 32 bytes of the key. */
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex')
const privateFrom = (raw: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, raw]), format: 'der', type: 'pkcs8' })

/**
 * Opens (and makes) the cabinet in a folder that only this user may read. Throws what the file system throws.
 * `given`: the keys of Min bog, when they stand in the environment instead of in this folder.
 */
export function keyCabinet(folder: string, given: readonly BookKey[] | null = null): KeyCabinet {
  mkdirSync(folder, { recursive: true, mode: 0o700 })

  const roundFile = (meeting: string, round: number) => join(folder, `${checked(meeting)}.round-${round}.key`)
  const phonesFile = (meeting: string) => join(folder, `${checked(meeting)}.phones.key`)

  function checked(meeting: string): string {
    if (!uuid.test(meeting)) throw new RangeError('a key belongs to a meeting, named by its id')
    return meeting
  }

  /** The folder entry must be on disk as well, or a power cut forgets the file. */
  function syncFolder() {
    const handle = openSync(folder, 'r')
    try {
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  }

  function write(file: string, bytes: Buffer) {
    const half = `${file}.${randomBytes(4).toString('hex')}.half`
    const handle = openSync(half, 'wx', 0o600)
    try {
      writeSync(handle, bytes)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(half, file)
    syncFolder()
  }

  function read(file: string, size: number): Buffer | null {
    let bytes: Buffer
    try {
      bytes = readFileSync(file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
    if (bytes.length !== size) throw new Error(`the key file ${file} is damaged`)
    return bytes
  }

  /** Overwrites before it removes: on most disks that leaves nothing; on some the old blocks live on until they are reused. */
  function destroy(file: string) {
    let size: number
    try {
      size = statSync(file).size
    } catch {
      return
    }
    const handle = openSync(file, 'r+')
    try {
      writeSync(handle, randomBytes(size))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    unlinkSync(file)
    syncFolder()
  }

  const bookFile = (number: number) => join(folder, `book-${number}.key`)

  /** The key files of Min bog, the newest first. */
  function bookFiles(): { number: number; key: BookKey }[] {
    const found = []
    for (const name of readdirSync(folder)) {
      const number = Number(/^book-(\d{1,9})\.key$/.exec(name)?.[1])
      // One that is gone between looking and reading has been destroyed by a command.
      const bytes = number > 0 ? read(bookFile(number), keySize) : null
      if (bytes) found.push({ number, key: bookKeyOf(bytes) })
    }
    return found.sort((a, b) => b.number - a.number)
  }

  /** A file that is there already is left as it is: of two programs that start together, one makes the key. */
  function writeOnce(file: string, bytes: Buffer) {
    const half = `${file}.${randomBytes(4).toString('hex')}.half`
    const handle = openSync(half, 'wx', 0o600)
    try {
      writeSync(handle, bytes)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    try {
      linkSync(half, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    unlinkSync(half)
    syncFolder()
  }

  const piece = (bytes: Buffer, place: number) => bytes.subarray(place * keySize, (place + 1) * keySize)
  const phonesFrom = (bytes: Buffer): PhoneSecrets => ({
    issue: piece(bytes, 0),
    tags: { shares: piece(bytes, 1), next: piece(bytes, 2), who: piece(bytes, 3) },
  })

  return {
    makeRound(meeting, round) {
      const keys = purposes.map(() => generateKeyPairSync('x25519').privateKey)
      write(roundFile(meeting, round), Buffer.concat(keys.map(rawPrivate)))
      const [shares, next, who] = keys.map(rawPublic) as [Buffer, Buffer, Buffer]
      return { shares, next, who }
    },
    openRound(meeting, round) {
      const bytes = read(roundFile(meeting, round), purposes.length * keySize)
      if (!bytes) return null
      return {
        shares: privateFrom(piece(bytes, 0)),
        next: privateFrom(piece(bytes, 1)),
        who: privateFrom(piece(bytes, 2)),
      }
    },
    destroyRound: (meeting, round) => destroy(roundFile(meeting, round)),
    makePhones(meeting) {
      const bytes = randomBytes((1 + purposes.length) * keySize)
      write(phonesFile(meeting), bytes)
      return phonesFrom(bytes)
    },
    openPhones(meeting) {
      const bytes = read(phonesFile(meeting), (1 + purposes.length) * keySize)
      return bytes && phonesFrom(bytes)
    },
    destroyPhones: (meeting) => destroy(phonesFile(meeting)),
    list() {
      const found: { meeting: string; round: number | null }[] = []
      for (const name of readdirSync(folder)) {
        if (name.endsWith('.half')) {
          rmSync(join(folder, name), { force: true })
          continue
        }
        const parts = /^([0-9a-f-]{36})\.(?:round-(\d+)|phones)\.key$/.exec(name)
        if (!parts?.[1]) continue
        found.push({ meeting: parts[1], round: parts[2] ? Number(parts[2]) : null })
      }
      return found
    },
    houseSecret() {
      const file = join(folder, 'house.secret')
      const known = read(file, keySize)
      if (known) return known
      write(file, randomBytes(keySize))
      return read(file, keySize) ?? Buffer.alloc(0)
    },
    bookKeys() {
      if (given) return [...given]
      if (bookFiles().length === 0) writeOnce(bookFile(1), newBookKey())
      return bookFiles().map(({ key }) => key)
    },
    canMakeBookKey: () => given === null,
    makeBookKey() {
      if (given) return null
      writeOnce(bookFile((bookFiles()[0]?.number ?? 0) + 1), newBookKey())
      return bookFiles()[0]?.key ?? null
    },
    destroyBookKeys(ids) {
      const [, ...older] = given ? [] : bookFiles()
      for (const { number, key } of older) if (ids.includes(key.id)) destroy(bookFile(number))
    },
    text: (name) => textIn(join(folder, `${name}.pem`)),
    keepText(name, text) {
      writeOnce(join(folder, `${name}.pem`), Buffer.from(text))
      return textIn(join(folder, `${name}.pem`)) ?? text
    },
  }
}

function textIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
