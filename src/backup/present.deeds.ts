// Deleted people stay deleted: a list beside the backups says, in hashes, who is here now. Whoever comes out of a backup and is not on a
// younger list was deleted in between, and is forgotten again. No list of the deleted is kept anywhere.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
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

/** Writes the list anew: a line with its instant, then a hash for each that stands. */
export async function keepPresent(owner: pg.ClientBase, folder: string, now: Date): Promise<void> {
  const lines = (await ask.standing(owner)).map(hashOf).sort()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const half = `${fileIn(folder)}.half`
  writeFileSync(half, `${[now.toISOString(), ...lines, 'end'].join('\n')}\n`, { mode: 0o600 })
  renameSync(half, fileIn(folder))
}

function presentIn(folder: string): { at: string; there: Set<string> } | null {
  let lines: string[]
  try {
    lines = readFileSync(fileIn(folder), 'utf8').trimEnd().split('\n')
  } catch {
    return null
  }
  const [at = '', ...there] = lines
  // Half a list would delete the other half of the people.
  if (there.pop() !== 'end' || Number.isNaN(Date.parse(at))) return null
  return { at, there: new Set(there) }
}

/** In a restored database that nobody uses yet. Null when the list is missing, or older than the backup. */
export async function forgetAgain(
  owner: pg.ClientBase,
  url: string,
  folder: string,
  madeAt: string,
): Promise<Forgotten | null> {
  const present = presentIn(folder)
  if (!present || Date.parse(present.at) < Date.parse(madeAt)) return null
  const ended = (await ask.standing(owner)).filter((what) => !present.there.has(hashOf(what)))
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
