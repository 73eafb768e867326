// What the one at the server's own keyboard reaches: the database of the running program, as its owner.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { wallClock } from '../clock.ts'
import { KeyboardProblem } from '../command.ts'
import type { Config } from '../config.ts'
import type { KeyCabinet } from '../keys/key-cabinet.ts'
import { silentLog } from '../log.ts'
import type { House } from './as-actor.ts'
import { readLock } from './embedded.ts'
import type { DB } from './schema.ts'

/** Where the database and the keys of a program lie. */
export type Place = Pick<Config, 'databaseUrl' | 'dataFolder'>

/** PostgreSQL's own folder: in the data folder, or where a note in it says. */
export async function postgresFolder(dataFolder: string): Promise<string> {
  const note = await readFile(join(dataFolder, 'postgres-lives-elsewhere'), 'utf8').catch(() => '')
  return join(note.trim() || dataFolder, 'postgres')
}

/** The owner's address of the database that the program uses now. Throws KeyboardProblem when none is there. */
export async function runningDatabase({ databaseUrl, dataFolder }: Place): Promise<string> {
  if (databaseUrl) return databaseUrl
  const folder = await postgresFolder(dataFolder)
  const lock = await readLock(folder)
  if (lock?.status !== 'ready')
    throw new KeyboardProblem(
      `No program runs on ${dataFolder}. Start it with "npm start", or say where its data lies with OPLIVE_DATA.`,
    )
  const password = await readFile(join(folder, '../postgres-password'), 'utf8').catch(() => {
    throw new KeyboardProblem(`This user may not read ${dataFolder}. Ask as the user who started the program.`)
  })
  return `postgres://postgres:${encodeURIComponent(password.trim())}@127.0.0.1:${lock.port}/postgres`
}

/** Asks the running database as its owner, past the policies. A new connection each time: the server may have died in between. */
export async function askOwner<Row extends pg.QueryResultRow>(
  place: Place,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: await runningDatabase(place), connectionTimeoutMillis: 3000 })
  owner.on('error', () => {})
  try {
    await owner.connect()
    return (await owner.query<Row>(text, values)).rows
  } finally {
    await owner.end().catch(() => {})
  }
}

/** Runs a deed of the house at the keyboard. The owner may take every role that the deed asks for. `keys`: where the deed needs some. */
export async function atKeyboard<T>(
  place: Place,
  work: (house: House) => Promise<T>,
  keys: KeyCabinet = noKeys,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: await runningDatabase(place), max: 1, connectionTimeoutMillis: 3000 })
  pool.on('error', () => {})
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await work({ db, cards: pool, clock: wallClock, keys, log: silentLog, mail: false })
  } catch (error) {
    if ((error as { code?: string }).code === 'ECONNREFUSED')
      throw new KeyboardProblem('The database does not answer. Start the program with "npm start", then try again.')
    throw error
  } finally {
    await db.destroy()
  }
}

/** The keyboard asks the database only. A cabinet opened in the wrong folder would make a new one there. */
const noKeys = new Proxy({} as KeyCabinet, {
  get() {
    throw new Error('the keyboard opens no keys')
  },
})

/** Is the private key of this round still on the disk? Undefined when the keys lie somewhere else. */
export function keyIsThere({ dataFolder }: Place, meeting: string, round: number): boolean | undefined {
  const keys = join(dataFolder, 'keys')
  return existsSync(keys) ? existsSync(join(keys, `${meeting}.round-${round}.key`)) : undefined
}
