// A backup comes back: into an empty database, in one transaction, and only when all of it was read, holds together and passes its check.
import pg from 'pg'
import { ownLogin } from '../db/connect.ts'
import { migrate, migrationsHere } from '../db/migrate.ts'
import { restoreWork } from '../jobs/jobs.ts'
import * as ask from './backup.queries.ts'
import { checkCounts, checkDatabase, type Line } from './check.deeds.ts'
import { copyIn } from './copying.ts'
import {
  type About,
  BackupDamaged,
  type Frame,
  framesIn,
  type Manifest,
  NotTaken,
  type TableBegins,
  type Work,
} from './frame.ts'
import { type Forgotten, forgetAgain } from './present.deeds.ts'
import { type Opening, unsealed } from './sealing.ts'

export interface Restored {
  about: About
  manifest: Manifest
  /** Meetings whose exit card was open: phone answers there need a key that is in no backup. */
  openCards: string[]
  sessionsEnded: number
  /** How many were forgotten again, and how much was taken back; null: no list as young as the backup was there. */
  forgotten: Forgotten | null
  checked: Line[]
}

export interface HowToRestore {
  file: string
  identity: Opening
  /** Of the installation, for the program's own login. */
  secret: Buffer
  /** Where lists of who is here lie. */
  presentIn?: string
  /** Of the program that made it, and for it: what came since is not done, and nobody has been there since. */
  asItWas?: boolean
  /** How many bytes of the file have been read. */
  heard?: ((bytes: number) => void) | undefined
}

/**
 * Fills an empty database. Throws KeyboardProblem, and leaves it empty, for a backup that is damaged, cut, of another key or of a newer
 * program, and when its check is red.
 */
export async function restoreInto(
  ownerUrl: string,
  { file, identity, secret, presentIn, asItWas = false, heard }: HowToRestore,
): Promise<Restored> {
  const bytes = await unsealed(file, identity, heard)
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive restore', keepAlive: true })
  owner.on('error', () => {})
  await owner.connect()
  let touched = false
  let had: string[] = []
  try {
    if (await ask.isInUse(owner))
      throw new NotTaken(
        'in-use',
        'There is an Oplive in this database already. Restore into an empty one. Nothing was changed.',
      )
    const frames = framesIn(bytes)
    const about = await aboutOf(frames)
    had = await ask.extensions(owner)
    touched = true
    await migrate(
      ownerUrl,
      about.migrations.map(({ name }) => name),
    )
    const { manifest, work } = await fill(owner, frames)
    if (!asItWas) await migrate(ownerUrl)
    const url = await ownLogin(ownerUrl, secret)
    await restoreWork(url, work)
    if (asItWas) {
      const checked = await checkCounts(ownerUrl, manifest)
      if (!checked.good) throw new NotTaken('red', `What came out of the backup is not all of it (${checked.said}).`)
      return { about, manifest, forgotten: null, sessionsEnded: 0, checked: [checked], openCards: [] }
    }
    const forgotten = presentIn ? await forgetAgain(owner, url, presentIn, about.madeAt) : null
    const sessionsEnded = await ask.endSessions(owner)
    await ask.noteRestored(owner, { day: about.madeAt.slice(0, 10), people: forgotten?.people ?? null })
    const checked = await checkDatabase(ownerUrl)
    const red = checked.find(({ good }) => !good)
    if (red)
      throw new NotTaken('red', `What came out of the backup does not pass its check (${red.what}: ${red.said}).`)
    return { about, manifest, forgotten, sessionsEnded, checked, openCards: await ask.openCards(owner) }
  } catch (error) {
    if (touched) await ask.emptyAgain(owner, had)
    throw toldOf(error, file)
  } finally {
    await owner.end().catch(() => undefined)
  }
}

function toldOf(error: unknown, file: string): unknown {
  const state = error instanceof pg.DatabaseError ? (error.code ?? '') : ''
  if (error instanceof BackupDamaged || /^(22|23)/.test(state))
    return new NotTaken(
      'damaged',
      `The backup ${file} is damaged (${error instanceof BackupDamaged ? error.message : `its rows do not hold together, ${state}`}). Nothing of it was taken; take another one.`,
    )
  return error
}

export interface LookedThrough {
  about: About
  manifest: Manifest
}

/** Reads a backup to its end, and changes nothing: whole, of this program or an older one, and what is in it. Throws NotTaken. */
export async function lookThrough(
  file: string,
  identity: Opening,
  heard?: (bytes: number) => void,
): Promise<LookedThrough> {
  try {
    const frames = framesIn(await unsealed(file, identity, heard))
    const about = await aboutOf(frames)
    let manifest: Manifest | undefined
    for await (const frame of frames) if (frame.kind === 'z') manifest = frame.manifest
    if (!manifest) throw new BackupDamaged('it has no end')
    return { about, manifest }
  } catch (error) {
    throw toldOf(error, file)
  }
}

async function aboutOf(frames: AsyncGenerator<Frame>): Promise<About> {
  const first: Frame | undefined = (await frames.next()).value
  if (first?.kind !== 'h' || first.about.format !== 'oplive backup') throw new BackupDamaged('it does not begin as one')
  const { about } = first
  const here = new Map(migrationsHere().map(({ name, checksum }) => [name, checksum]))
  const strange = about.migrations.find(({ name, checksum }) => here.get(name) !== checksum)
  if (about.version !== 1 || strange)
    throw new NotTaken(
      'newer',
      `The backup was made by a newer Oplive${strange ? ` (it knows ${strange.name})` : ''}. Install that version, then restore. Nothing was changed.`,
    )
  return about
}

async function fill(owner: pg.Client, frames: AsyncGenerator<Frame>): Promise<{ manifest: Manifest; work: Work[] }> {
  await owner.query('begin')
  try {
    const known = await ask.tables(owner)
    const tighten = await ask.loosen(owner, known)
    const seen: Record<string, number> = {}
    const work: Work[] = []
    let manifest: Manifest | undefined
    for (;;) {
      const { value: frame, done } = await frames.next()
      if (done) break
      if (frame.kind === 't') seen[frame.begins.table] = await fillTable(owner, known, frame.begins, frames)
      else if (frame.kind === 'j') work.push(frame.work)
      else if (frame.kind === 'z') manifest = frame.manifest
      else throw new BackupDamaged('its parts are not in order')
    }
    if (
      !manifest ||
      JSON.stringify(sorted(manifest.tables)) !== JSON.stringify(sorted(seen)) ||
      manifest.work !== work.length
    )
      throw new BackupDamaged('its parts are not as many as it says')
    await tighten()
    await ask.countOn(owner)
    await owner.query('commit')
    return { manifest, work }
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    throw error
  }
}

const sorted = (counts: Record<string, number>) => Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))

async function fillTable(
  owner: pg.Client,
  known: readonly TableBegins[],
  begins: TableBegins,
  frames: AsyncGenerator<Frame>,
): Promise<number> {
  const table = known.find((one) => one.table === begins.table)
  if (!table || table.columns.join() !== begins.columns.join())
    throw new BackupDamaged(`the table ${begins.table} is not as this program knows it`)
  let said = Number.NaN
  const rows = await copyIn(
    owner,
    ask.copyInText(table),
    (async function* () {
      for (;;) {
        const { value: frame, done } = await frames.next()
        if (!done && frame.kind === 'd') yield frame.part
        else if (!done && frame.kind === 'e') {
          said = frame.rows
          return
        } else throw new BackupDamaged('a table has no end')
      }
    })(),
  )
  if (rows !== said) throw new BackupDamaged(`the table ${begins.table} has ${rows} rows, and should have ${said}`)
  return rows
}
