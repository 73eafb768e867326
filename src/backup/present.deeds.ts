// Deleted people stay deleted: a list beside the backups says, in hashes, who is here now. Whoever comes out of a backup and is not on a
// younger list was deleted in between, and is forgotten again. No list of the deleted is kept anywhere.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { forgetBook } from '../book/book.deeds.ts'
import { wallClock } from '../clock.ts'
import { asSystem, type House } from '../db/as-actor.ts'
import { connect } from '../db/connect.ts'
import type { KeyCabinet } from '../keys/key-cabinet.ts'
import { silentLog } from '../log.ts'
import { forgetAll } from '../mine/forget.deeds.ts'
import * as ask from './backup.queries.ts'

export interface Forgotten {
  people: number
  takenBack: number
}

const roles = ['resident', 'host', 'keyholder']
const hashOf = (what: string) => createHash('sha256').update(what).digest('base64url').slice(0, 22)
const fileIn = (folder: string) => join(folder, 'present.list')

interface List {
  at: string
  there: Set<string>
}

/** Writes the list anew: a line with its instant, then a hash for each that stands. */
export async function keepPresent(owner: pg.ClientBase, folder: string, now: Date): Promise<void> {
  const lines = (await ask.standing(owner)).map(hashOf).sort()
  // An installation that nobody has set up says nothing about those of the backups beside it.
  if (lines.length === 0) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const before = listIn(fileIn(folder))
  // Begun afresh where backups of an installation that was lost lie: its list is what keeps its deleted people deleted.
  if (before && before.there.size > 0 && !lines.some((line) => before.there.has(line)))
    renameSync(fileIn(folder), join(folder, `present-${before.at.slice(0, 19).replaceAll(':', '-')}.list`))
  const half = `${fileIn(folder)}.half`
  writeFileSync(half, `${[now.toISOString(), ...lines, 'end'].join('\n')}\n`, { mode: 0o600 })
  renameSync(half, fileIn(folder))
}

function listIn(file: string): List | null {
  let lines: string[]
  try {
    lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  } catch {
    return null
  }
  const [at = '', ...there] = lines
  // Half a list would delete the other half of the people.
  if (there.pop() !== 'end' || Number.isNaN(Date.parse(at))) return null
  return { at, there: new Set(there) }
}

/** The youngest list of the installation that a backup came from: one on which none of its accounts stands would delete them all. */
function presentIn(folder: string, standing: readonly string[]): List | null {
  const accounts = standing.filter((what) => what.startsWith('account ')).map(hashOf)
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => /^present.*\.list$/.test(name))
  } catch {
    return null
  }
  const lists = names
    .flatMap((name) => listIn(join(folder, name)) ?? [])
    .filter(({ there }) => accounts.some((one) => there.has(one)))
  return lists.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0] ?? null
}

/** In a restored database that nobody uses yet. Null when no list of it is there, or none as young as the backup. */
export async function forgetAgain(
  owner: pg.ClientBase,
  url: string,
  folder: string,
  madeAt: string,
): Promise<Forgotten | null> {
  const standing = await ask.standing(owner)
  const present = presentIn(folder, standing)
  if (!present || Date.parse(present.at) < Date.parse(madeAt)) return null
  const ended = standing.filter((what) => !present.there.has(hashOf(what)))
  const connections = await connect(url)
  const house: House = { ...connections, clock: wallClock, keys: noKeys, log: silentLog, mail: false }
  let people = 0
  let takenBack = 0
  try {
    for (const what of ended) {
      const [kind = '', ...ids] = what.split(' ')
      const [id = ''] = ids
      if (kind === 'account') {
        await asSystem(house, 'who was deleted stays deleted', async (tx) => {
          await forgetBook(tx, id)
          await forgetAll(tx, { account: id, community: null })
        })
        people++
      } else if (kind === 'person') {
        const one = await ask.personNamed(owner, id)
        if (!one) continue
        const { account, community } = one
        await asSystem(house, 'who was deleted stays deleted', (tx) =>
          forgetAll(tx, account ? { account, community } : { person: id, community }),
        )
        people++
      } else {
        const [account, community] = ids
        const now = roles.find((role) => present.there.has(hashOf(['role', account, community, role].join(' '))))
        if (kind === 'role') await ask.setRole(owner, ids, now ?? null)
        else await ask.takeBack(owner, kind, id, present.at)
        takenBack++
      }
    }
  } finally {
    await connections.end()
  }
  return { people, takenBack }
}

const noKeys = new Proxy({} as KeyCabinet, {
  get() {
    throw new Error('a restore opens no keys')
  },
})
