// What the one who keeps the installation looks up: numbers and states, of nobody.
import { statfs } from 'node:fs/promises'
import { auditBrokenAt } from '../audit/audit.deeds.ts'
import { backupState } from '../backup/backup-state.ts'
import { wentBack } from '../backup/upgrade.deeds.ts'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { migrationsHere } from '../db/migrate.ts'
import { waitingNow } from '../health/metrics.ts'
import { refuse } from '../refusal.ts'
import { lastRun } from '../retention/retention.deeds.ts'
import { type Line, linesOf, type Seen } from './running.ts'

/** What the program knows of itself, and no room does. */
export interface Installation {
  dataFolder: string
  backupFolder: string
  version: string
  origin: string | null
  staff(): Seen['staff']
  began: Date
}

const roomOn = (folder: string): Promise<Seen['disk']> =>
  statfs(folder).then(
    ({ bavail, blocks, bsize }) => ({ free: bavail * bsize, all: blocks * bsize }),
    () => null,
  )

export async function seeRunning(actor: Actor, here: Installation): Promise<Line[]> {
  if (actor.role !== 'operator') refuse('not-yours')
  const { house } = actor
  const disks = await Promise.all([here.dataFolder, here.backupFolder].map(roomOn))
  const disk = disks.reduce((least, one) => (one && (!least || one.free < least.free) ? one : least))
  const back = wentBack(here.dataFolder)
  const waiting = await asSystem(house, 'how much waits, as numbers', waitingNow)
  const { run, brokenAt } = await asActor(actor, async (tx) => ({
    run: await lastRun(tx),
    brokenAt: await auditBrokenAt(tx),
  }))
  return linesOf(
    {
      backups: backupState(here.backupFolder),
      disk,
      letters: waiting.letters,
      lettersStuck: waiting.lettersStuck,
      jobsFailed: waiting.jobsFailed,
      night: run?.endedAt ?? null,
      brokenAt,
      wentBack: back && new Date(back.at),
      version: here.version,
      migrations: migrationsHere().length,
      origin: here.origin,
      mail: house.mail,
      staff: here.staff(),
      began: here.began,
    },
    house.clock.now(),
  )
}
