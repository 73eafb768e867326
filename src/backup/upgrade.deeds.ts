// The way back of an upgrade: before it a backup that this machine can open, after it a look before anybody is let in. What does not stand
// the look goes back by itself, and is not tried again by the same program.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { DatabaseProblem } from '../db/connect.ts'
import { restoreOver } from './aside.deeds.ts'
import * as ask from './aside.queries.ts'
import { backUp } from './backup.deeds.ts'
import { checkDatabase, type Line } from './check.deeds.ts'
import { lookThrough } from './restore.deeds.ts'
import { newKeyPair } from './sealing.ts'

export interface UpgradePlace {
  ownerUrl: string
  dataFolder: string
  backupFolder: string
  /** To whom backups are sealed; null: the way back is the only one, and goes when the upgrade stands. */
  recipient: string | null
  now: Date
}

interface Pending {
  file: string
  /** Which migrations were due. */
  names: readonly string[]
  /** What was red already: no fault of the upgrade. */
  redBefore: string[]
  starts: number
  /** What was wrong when it was up already, and work went on in the database: the next start goes back before any does. */
  condemned?: string
}

export interface WentBack {
  at: string
  names: readonly string[]
  /** What the look found, or the class of what was thrown. */
  why: string
}

/** An upgrade that came up wrong: the database is as it was before. */
export class UpgradeWentBack extends DatabaseProblem {}

const folderIn = (dataFolder: string) => join(dataFolder, 'upgrade')
const pendingIn = (dataFolder: string) => join(folderIn(dataFolder), 'pending.json')
const keyIn = (dataFolder: string) => join(folderIn(dataFolder), 'way-back.key')
const backIn = (dataFolder: string) => join(dataFolder, 'upgrade-went-back.json')

function read<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

function write(file: string, content: string): void {
  writeFileSync(`${file}.half`, content, { mode: 0o600, flush: true })
  renameSync(`${file}.half`, file)
}

export const wentBack = (dataFolder: string): WentBack | null => read(backIn(dataFolder))
export const isPending = (dataFolder: string): boolean => existsSync(pendingIn(dataFolder))

/**
 * Before an upgrade: makes the backup, and a way back by it. Throws UpgradeWentBack when this very upgrade has gone back once. Answers how it
 * stands: `none` when others serve from this database, or there is no room: the upgrade goes on without a way back of its own.
 */
export async function prepareUpgrade(
  place: UpgradePlace,
  names: readonly string[],
): Promise<{ ms: number; wayBack: boolean }> {
  const { ownerUrl, dataFolder, backupFolder, recipient, now } = place
  const before = wentBack(dataFolder)
  if (before && before.names.join() === names.join())
    throw new UpgradeWentBack(
      `This upgrade went back by itself on ${before.at.slice(0, 10)} (${before.why}). The database is as it was before it: start the version that ran before, and tell us. To try once more, remove ${backIn(dataFolder)}.`,
    )
  rmSync(folderIn(dataFolder), { recursive: true, force: true })
  const others = await servedByOthers(ownerUrl)
  if (others && !recipient) return { ms: 0, wayBack: false }
  if (others && recipient) {
    const { ms } = await backUp(ownerUrl, { folder: backupFolder, recipient, now })
    return { ms, wayBack: false }
  }
  mkdirSync(folderIn(dataFolder), { recursive: true, mode: 0o700 })
  const pair = await newKeyPair()
  try {
    const { file, ms } = await backUp(ownerUrl, {
      folder: recipient ? backupFolder : folderIn(dataFolder),
      recipient: recipient ?? pair.recipient,
      also: recipient ? pair.recipient : undefined,
      now,
    })
    // A way back that cannot be gone is none.
    await lookThrough(file, pair.identity)
    const redBefore = await checkDatabase(ownerUrl).then(
      (lines) => lines.filter(({ good }) => !good).map(({ what }) => what),
      () => [],
    )
    write(keyIn(dataFolder), pair.identity)
    write(pendingIn(dataFolder), JSON.stringify({ file, names, redBefore, starts: 0 } satisfies Pending))
    return { ms, wayBack: true }
  } catch (error) {
    rmSync(folderIn(dataFolder), { recursive: true, force: true })
    if (recipient) throw error
    return { ms: 0, wayBack: false }
  }
}

/** At each start, until it stands: one that has ended three starts is not tried a fourth time. */
export function noteStart(dataFolder: string): void {
  const pending = read<Pending>(pendingIn(dataFolder))
  if (!pending) return
  if (pending.condemned) throw new NotStanding(pending.condemned)
  if (pending.starts >= 3) throw new NotStanding('it ended three times while it started')
  write(pendingIn(dataFolder), JSON.stringify({ ...pending, starts: pending.starts + 1 }))
}

/** Leaves the going back to the next start. Answers false when no upgrade is pending. */
export function condemn(dataFolder: string, error: unknown): boolean {
  const pending = read<Pending>(pendingIn(dataFolder))
  if (pending) write(pendingIn(dataFolder), JSON.stringify({ ...pending, condemned: whyOf(error) }))
  return pending !== null
}

/** Never the message of an error: it may hold what somebody wrote. */
const whyOf = (error: unknown): string =>
  error instanceof NotStanding ? error.message : `it could not start, ${(error as Error)?.name ?? 'unknown'}`

/** What the look found, in words of ours. */
export class NotStanding extends Error {}

/** The look at the database, before any work is done in it. Throws NotStanding. */
export async function lookAfterUpgrade({ ownerUrl, dataFolder }: Pick<UpgradePlace, 'ownerUrl' | 'dataFolder'>) {
  const pending = read<Pending>(pendingIn(dataFolder))
  if (!pending) return
  // Grants that somebody gave by hand before are in nobody's way; the check names them.
  const ofUpgrade = ({ what, said, good }: Line) =>
    !good &&
    (what === 'who may do what'
      ? said.split('; ').some((one) => !one.endsWith(' is too much'))
      : !pending.redBefore.includes(what))
  const red = (await checkDatabase(ownerUrl)).filter(ofUpgrade)
  if (red.length > 0)
    throw new NotStanding(
      red
        .map(({ what, said }) => `${what}: ${said}`)
        .join('; ')
        .slice(0, 400),
    )
}

/** The look at a few pages, before anybody else sees one. Before it is set up every page is 503, and says so kindly. Throws NotStanding. */
export async function lookAtPages(status: (path: string) => Promise<number>, notSetUp: boolean): Promise<void> {
  for (const path of ['/health/ready', '/', '/in', '/c/none']) {
    const answer = await status(path)
    if (answer >= 500 && !(answer === 503 && notSetUp)) throw new NotStanding(`${path} answers ${answer}`)
  }
}

/** It stands, and people may come in: from now on there is no way back but the operator's backup. */
export function settleUpgrade(dataFolder: string): void {
  const key = keyIn(dataFolder)
  if (existsSync(key)) writeFileSync(key, Buffer.alloc(statSync(key).size), { flush: true })
  rmSync(folderIn(dataFolder), { recursive: true, force: true })
  rmSync(backIn(dataFolder), { force: true })
}

/** Brings the database back to what it was before the upgrade. Answers what to say; null when no upgrade was pending. */
export async function goBack(
  { ownerUrl, dataFolder, now }: Pick<UpgradePlace, 'ownerUrl' | 'dataFolder' | 'now'>,
  secret: Buffer,
  error: unknown,
): Promise<UpgradeWentBack | null> {
  const pending = read<Pending>(pendingIn(dataFolder))
  if (!pending) return null
  const why =
    error instanceof NotStanding ? error.message : `it could not start, ${(error as Error)?.name ?? 'unknown'}`
  const identity = readFileSync(keyIn(dataFolder), 'utf8')
  await restoreOver(ownerUrl, { file: pending.file, identity, secret, asItWas: true }, 'upgraded')
  write(
    backIn(dataFolder),
    JSON.stringify({ at: now.toISOString(), names: pending.names, why } satisfies WentBack, null, 2),
  )
  rmSync(folderIn(dataFolder), { recursive: true, force: true })
  return new UpgradeWentBack(
    `The new version did not come up as it must (${why}). The database is again as it was before the upgrade. Nothing that somebody wrote is lost: nobody was let in meanwhile. Start the version that ran before, and tell us.`,
  )
}

async function servedByOthers(ownerUrl: string): Promise<boolean> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive upgrade' })
  owner.on('error', () => {})
  await owner.connect()
  try {
    return await ask.isServed(owner)
  } finally {
    await owner.end().catch(() => undefined)
  }
}
