// How the installation stands, for the one who keeps it: what is well, what is to be mended, and with what.
import type { BackupState } from '../backup/backup-state.ts'
import { redLine } from '../backup/backup-state.ts'

export const matters = [
  'backup',
  'tried',
  'disk',
  'post',
  'work',
  'night',
  'chain',
  'version',
  'https',
  'mail',
  'staff',
] as const
export type Matter = (typeof matters)[number]

export interface Line {
  matter: Matter
  /** `red`: mend it now. `yellow`: it can be better. */
  state: 'well' | 'yellow' | 'red'
  /** Which sentence tells it. */
  said: string
  values: Record<string, string | number>
  href?: string
}

export interface Seen {
  backups: BackupState
  /** Of the disk that the data or the backups lie on, the one with less room; null where it cannot be asked. */
  disk: { free: number; all: number } | null
  letters: number
  lettersStuck: number
  jobsFailed: number
  /** When the last night of forgetting ended; null before the first. */
  night: Date | null
  /** Where the chain of what weighs is broken; null when it is whole. */
  brokenAt: number | null
  /** When an upgrade went back by itself; null when none did. */
  wentBack: Date | null
  version: string
  migrations: number
  /** The address people type; null where none is set. */
  origin: string | null
  mail: boolean
  staff: 'municipal' | 'passkey' | 'demo'
  began: Date
}

const isFull = (error: string) => error === 'ENOSPC' || error === 'EDQUOT'
const hour = 3_600_000
const day = 24 * hour
const gigabyte = 1e9

/** The red ones first, then the yellow: in the order in which they are to be mended. */
export function linesOf(seen: Seen, now: Date): Line[] {
  const red = redLine(seen.backups, now)
  const line = (
    matter: Matter,
    state: Line['state'],
    said: string,
    values: Line['values'] = {},
    href?: string,
  ): Line => ({
    matter,
    state,
    said,
    values,
    ...(href ? { href } : {}),
  })
  const hours = (at: string) => Math.round((now.getTime() - Date.parse(at)) / hour)
  const { lastGood, lastFailed, lastTried } = seen.backups
  const lines = [
    lastGood
      ? line(
          'backup',
          red === 'old' || lastFailed ? 'red' : 'well',
          lastFailed && isFull(lastFailed.error) ? 'full' : red === 'old' ? 'old' : lastFailed ? 'failed' : 'well',
          {
            hours: hours(lastGood.at),
            size: Math.max(1, Math.round(lastGood.bytes / 1e6)),
          },
        )
      : line('backup', 'red', lastFailed && isFull(lastFailed.error) ? 'noneFull' : 'none'),
    lastTried
      ? now.getTime() - Date.parse(lastTried) > 100 * day
        ? line('tried', 'yellow', 'old', { days: Math.round((now.getTime() - Date.parse(lastTried)) / day) })
        : line('tried', 'well', 'well', { days: Math.round((now.getTime() - Date.parse(lastTried)) / day) })
      : line('tried', 'red', 'never'),
    seen.disk === null
      ? line('disk', 'yellow', 'unknown')
      : line(
          'disk',
          seen.disk.free < gigabyte || seen.disk.free < seen.disk.all * 0.05
            ? 'red'
            : seen.disk.free < seen.disk.all * 0.15
              ? 'yellow'
              : 'well',
          'free',
          { free: Math.round(seen.disk.free / gigabyte), all: Math.round(seen.disk.all / gigabyte) },
        ),
    seen.lettersStuck > 0
      ? line('post', 'red', 'stuck', { count: seen.lettersStuck }, '/operator/post')
      : line('post', 'well', 'well', { count: seen.letters }, '/operator/post'),
    line('work', seen.jobsFailed > 0 ? 'red' : 'well', seen.jobsFailed > 0 ? 'failed' : 'well', {
      count: seen.jobsFailed,
    }),
    // A program that has just been put up has no night behind it.
    seen.night
      ? line(
          'night',
          now.getTime() - seen.night.getTime() > 26 * hour ? 'red' : 'well',
          now.getTime() - seen.night.getTime() > 26 * hour ? 'late' : 'well',
          { hours: Math.round((now.getTime() - seen.night.getTime()) / hour) },
          '/retention',
        )
      : line('night', now.getTime() - seen.began.getTime() > 26 * hour ? 'red' : 'well', 'none', {}, '/retention'),
    seen.brokenAt === null
      ? line('chain', 'well', 'well', {}, '/audit')
      : line('chain', 'red', 'broken', { at: seen.brokenAt }, '/audit'),
    seen.wentBack
      ? line('version', 'red', 'wentBack', {
          version: seen.version,
          days: Math.max(0, Math.floor((now.getTime() - seen.wentBack.getTime()) / day)),
        })
      : line('version', 'well', 'well', { version: seen.version, count: seen.migrations }),
    seen.origin?.startsWith('https:')
      ? line('https', 'well', 'well', { origin: seen.origin })
      : line('https', 'yellow', 'none'),
    line('mail', seen.mail ? 'well' : 'yellow', seen.mail ? 'well' : 'none'),
    line('staff', seen.staff === 'demo' ? 'yellow' : 'well', seen.staff),
  ]
  const weight = { red: 0, yellow: 1, well: 2 }
  return lines.sort((a, b) => weight[a.state] - weight[b.state])
}
