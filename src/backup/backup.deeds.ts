// A backup while people write: every table as it was at one moment, packed and sealed into one file, which has its name when it is whole.
import { createWriteStream, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { KeyboardProblem } from '../command.ts'
import * as ask from './backup.queries.ts'
import { keepNewest, nameOf, noteState } from './backup-state.ts'
import { copyOut } from './copying.ts'
import { type About, frameOf, type Manifest } from './frame.ts'
import { keepPresent } from './present.deeds.ts'
import { sealed } from './sealing.ts'

export interface BackedUp {
  file: string
  bytes: number
  ms: number
  manifest: Manifest
}

export interface HowToBackUp {
  /** Where it lies. */
  folder: string
  recipient: string
  /** Who may open it besides. */
  also?: string | undefined
  now: Date
  /** So many are kept. Left out: none is taken away. */
  keep?: number | undefined
}

/** Two at once would write twice what one can: the second is told. */
const turn = 7083562

/** Waits until PostgreSQL has noticed that a backup was cut off: whoever tries again at once finds the turn free. */
async function turnIsFree(ownerUrl: string): Promise<void> {
  const asker = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive backup' })
  asker.on('error', () => {})
  try {
    await asker.connect()
    for (let tries = 0; tries < 20; tries++) {
      const { rows } = await asker.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [turn])
      if (rows[0]?.free) return
      await sleep(100)
    }
  } finally {
    // What it holds goes with it.
    await asker.end()
  }
}

/** Makes a backup of the database at the owner's address. Notes how it went beside the backups. Throws KeyboardProblem in words. */
export async function backUp(ownerUrl: string, how: HowToBackUp): Promise<BackedUp> {
  const began = performance.now()
  const file = join(how.folder, nameOf(how.now))
  const half = `${file}.half`
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive backup', keepAlive: true })
  owner.on('error', () => {})
  let cutOff = false
  try {
    mkdirSync(how.folder, { recursive: true, mode: 0o700 })
    await owner.connect()
    const { rows } = await owner.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [turn])
    if (!rows[0]?.mine)
      throw new KeyboardProblem('Another backup of this database is being made. Wait until it has ended.')
    sweep(how.folder)
    const manifest: Manifest = { tables: {}, work: 0 }
    await pipeline(
      await sealed(
        Readable.from(picture(owner, how.now, manifest), { objectMode: false, highWaterMark: 1 << 20 }),
        how.also ? [how.recipient, how.also] : [how.recipient],
      ),
      createWriteStream(half, { flags: 'wx', mode: 0o600 }),
    )
    await onDisk(half)
    renameSync(half, file)
    await onDisk(dirname(file))
    const done = { file, bytes: statSync(file).size, ms: Math.round(performance.now() - began), manifest }
    noteState(how.folder, {
      lastGood: { file, at: how.now.toISOString(), bytes: done.bytes, ms: done.ms },
      lastFailed: null,
    })
    await keepPresent(owner, how.folder, how.now)
    if (how.keep) keepNewest(how.folder, how.keep)
    return done
  } catch (error) {
    if (error instanceof KeyboardProblem) throw error
    cutOff = true
    rmSync(half, { force: true })
    const code = String((error as { code?: unknown }).code ?? (error as Error).name)
    try {
      noteState(how.folder, { lastFailed: { at: how.now.toISOString(), error: code } })
    } catch {
      // The disk that is full cannot be written on either.
    }
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new KeyboardProblem(
        `The disk that holds ${how.folder} is full, so no backup was made; the earlier ones are still there. Free some room, or choose another folder with OPLIVE_BACKUPS.`,
      )
    if (code === 'EACCES' || code === 'EROFS')
      throw new KeyboardProblem(`This user may not write in ${how.folder}. Choose another folder with OPLIVE_BACKUPS.`)
    throw error
  } finally {
    await owner.end().catch(() => undefined)
    if (cutOff) await turnIsFree(ownerUrl).catch(() => undefined)
  }
}

/** All of it, frame by frame. Table after table comes by COPY, and waits when the disk does. */
async function* picture(owner: pg.Client, now: Date, manifest: Manifest): AsyncGenerator<Buffer> {
  await ask.beginPicture(owner)
  const about: About = {
    format: 'oplive backup',
    version: 1,
    madeAt: now.toISOString(),
    migrations: await ask.migrationsRun(owner),
  }
  yield* frameOf('h', about)
  for (const table of await ask.tables(owner)) {
    yield* frameOf('t', table)
    const rows = yield* partsOf(owner, ask.copyOutText(table))
    manifest.tables[table.table] = rows
    yield* frameOf('e', { rows })
  }
  for (const work of await ask.workToDo(owner)) {
    yield* frameOf('j', work)
    manifest.work++
  }
  await owner.query('commit')
  yield* frameOf('z', manifest)
}

/** COPY pushes and a stream pulls: one part waits between them. */
async function* partsOf(owner: pg.Client, text: string): AsyncGenerator<Buffer, number> {
  const waiting: Buffer[] = []
  let wake = () => {}
  let taken = () => {}
  let ended = false
  const copying = copyOut(owner, text, (part) => {
    waiting.push(part)
    wake()
    return new Promise<void>((resolve) => {
      taken = resolve
    })
  }).finally(() => {
    ended = true
    wake()
  })
  copying.catch(() => undefined)
  for (;;) {
    const part = waiting.shift()
    if (part) {
      yield* frameOf('d', part)
      taken()
    } else if (ended) break
    else
      await new Promise<void>((resolve) => {
        wake = resolve
        if (ended || waiting.length > 0) resolve()
      })
  }
  return copying
}

/** What one that was cut off has left. Nobody else writes here: the turn is ours. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith('.backup.half')) rmSync(join(folder, name), { force: true })
}

async function onDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
