// The backup of every night, at 02:00 where the people are, and the list of who is here, every ten minutes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { dayAfter, instantIn, wallTimeIn } from '../clock.ts'
import type { Config } from '../config.ts'
import type { House } from '../db/as-actor.ts'
import * as ask from './backup.queries.ts'
import { backupState, noteState } from './backup-state.ts'
import { keepPresent } from './present.deeds.ts'
import { recipientOf } from './recipient.ts'

const kept = 14

/** The last 02:00 that has been in this time zone. */
export function lastTwo(now: Date, zone: string): Date {
  const { date } = wallTimeIn(zone, now)
  const today = instantIn(zone, date, '02:00')
  // A day by the calendar: 24 hours earlier may be two days back, when the clocks have gone forward.
  return today <= now ? today : instantIn(zone, dayAfter(date, -1), '02:00')
}

/**
 * Whether a backup is due: the last good one is from before the last 02:00, or from a time that a clock set back has not reached. So a
 * machine that slept makes it when it wakes. After one that failed, an hour goes by.
 */
export function isDue(now: Date, zone: string, lastGood: string | null, lastFailed: string | null): boolean {
  const sinceFailure = lastFailed ? now.getTime() - Date.parse(lastFailed) : Number.POSITIVE_INFINITY
  if (sinceFailure >= 0 && sinceFailure < 3_600_000) return false
  if (!lastGood) return true
  const good = Date.parse(lastGood)
  return good < lastTwo(now, zone).getTime() || good > now.getTime() + 60_000
}

/** Without a key nothing is made: the page of whoever runs the server says so in red. */
export function startNightly(
  house: House,
  ownerUrl: string,
  config: Pick<Config, 'dataFolder' | 'backupRecipient' | 'backupFolder'>,
): { stop(): Promise<void> } {
  const folder = config.backupFolder
  let under: Promise<unknown> = Promise.resolve()
  let busy = false
  const turn = (work: () => Promise<unknown>) => {
    if (busy || !recipientOf(config)) return
    busy = true
    under = work()
      .catch((error) => house.log.fail('backup.failed', error))
      .finally(() => {
        busy = false
      })
  }
  const night = setInterval(
    () =>
      turn(async () => {
        const now = house.clock.now()
        const { lastGood, lastFailed } = backupState(folder)
        const zone = await withOwner(ownerUrl, ask.zoneOf)
        // Backups of nobody would push out those of an installation that was lost.
        if (zone === null || !isDue(now, zone, lastGood?.at ?? null, lastFailed?.at ?? null)) return
        await inOwnProcess().catch((error) => {
          // A disk so full that the one who made it could not say so.
          const { lastFailed: told } = backupState(folder)
          if (told?.at === lastFailed?.at)
            try {
              noteState(folder, { lastFailed: { at: now.toISOString(), error: 'unknown' } })
            } catch {
              // This program tells it, then.
            }
          throw error
        })
        house.log.say('backup.made', { ms: backupState(folder).lastGood?.ms ?? 0 })
      }),
    60_000,
  ).unref()
  const present = setInterval(() => turn(() => notePresent(ownerUrl, folder, house.clock.now())), 600_000).unref()
  return {
    async stop() {
      clearInterval(night)
      clearInterval(present)
      await under
      turn(() => notePresent(ownerUrl, folder, house.clock.now()))
      await under
    },
  }
}

/** Sealing takes a core for a while, and here people are being answered: so the program calls its own command. */
async function inOwnProcess(): Promise<void> {
  const command = [...process.execArgv, process.argv[1] ?? '', 'backup', '--keep', String(kept)]
  const child = spawn(process.execPath, command, { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new BackupFailed()
}

/** Why stands in the state beside the backups. */
class BackupFailed extends Error {}

const notePresent = (ownerUrl: string, folder: string, now: Date): Promise<void> =>
  withOwner(ownerUrl, (owner) => keepPresent(owner, folder, now))

async function withOwner<T>(ownerUrl: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive night' })
  owner.on('error', () => {})
  try {
    await owner.connect()
    return await work(owner)
  } finally {
    await owner.end().catch(() => undefined)
  }
}
