// A look into the key cabinet that changes nothing in it: for a check, beside a program that works with it.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type BookKey, bookKeyOf } from './book-key.ts'

export interface SeenKeys {
  /** A key of a meeting: of a round, or (null) the secrets of its phones. `age`: of the file, in milliseconds. */
  cards: { meeting: string; round: number | null; age: number }[]
  bookKeys: BookKey[]
  houseSecret: Buffer | null
  /** Names of files that have another size than a key has. */
  damaged: string[]
  /** Names of files that others on this machine may read. */
  readable: string[]
}

const sizes: readonly (readonly [RegExp, number])[] = [
  [/^[0-9a-f-]{36}\.round-\d+\.key$/, 96],
  [/^[0-9a-f-]{36}\.phones\.key$/, 128],
  [/^book-\d{1,9}\.key$/, 32],
  [/^house\.secret$/, 32],
]

/** Throws what the file system throws. `given`: the keys of Min bog, when they stand in the environment. */
export function lookIntoCabinet(folder: string, given: readonly BookKey[] | null): SeenKeys {
  const seen: SeenKeys = { cards: [], bookKeys: given ? [...given] : [], houseSecret: null, damaged: [], readable: [] }
  for (const name of readdirSync(folder).sort()) {
    const size = sizes.find(([form]) => form.test(name))?.[1]
    const file = join(folder, name)
    const known = size || name.endsWith('.pem') ? statSync(file, { throwIfNoEntry: false }) : undefined
    if (!known) continue
    if (known.mode & 0o077) seen.readable.push(name)
    if (size && known.size !== size) {
      seen.damaged.push(name)
      continue
    }
    const [, meeting, round] = /^([0-9a-f-]{36})\.(?:round-(\d+)|phones)\.key$/.exec(name) ?? []
    if (meeting) seen.cards.push({ meeting, round: round ? Number(round) : null, age: Date.now() - known.mtimeMs })
    else if (name === 'house.secret') seen.houseSecret = readFileSync(file)
    else if (size && !given) seen.bookKeys.push(bookKeyOf(readFileSync(file)))
  }
  return seen
}
