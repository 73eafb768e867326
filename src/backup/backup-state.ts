// How it stands with the backups: the last good one, the last that failed, the last that was tried, in a small file beside them.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface BackupState {
  lastGood: { file: string; at: string; bytes: number; ms: number } | null
  /** Since the last good one. The class or code of what went wrong, never its message. */
  lastFailed: { at: string; error: string } | null
  /** When a backup was last restored and checked, in earnest or as a drill. */
  lastTried: string | null
}

const nothingYet: BackupState = { lastGood: null, lastFailed: null, lastTried: null }
const fileIn = (folder: string) => join(folder, 'state.json')

/** What could not be written, because the disk is full: it is told all the same, as long as the program lives. */
const unwritten = new Map<string, Partial<BackupState>>()

export function backupState(folder: string): BackupState {
  const told = unwritten.get(folder)
  try {
    return { ...nothingYet, ...JSON.parse(readFileSync(fileIn(folder), 'utf8')), ...told }
  } catch {
    return { ...nothingYet, ...told }
  }
}

/** Throws what the file system throws; what was to be noted is told by this program all the same. */
export function noteState(folder: string, change: Partial<BackupState>): void {
  const half = `${fileIn(folder)}.half`
  const next = { ...backupState(folder), ...change }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(half, JSON.stringify(next, null, 2))
    renameSync(half, fileIn(folder))
    unwritten.delete(folder)
  } catch (error) {
    unwritten.set(folder, next)
    rmSync(half, { force: true })
    throw error
  }
}

/** Why whoever runs the server should look: null when all is well. */
export function redLine({ lastGood, lastTried }: BackupState, now: Date): 'none' | 'old' | 'never-tried' | null {
  if (!lastGood) return 'none'
  // A clock that was set back does not make a backup younger for ever.
  if (Math.abs(now.getTime() - Date.parse(lastGood.at)) > 26 * 3_600_000) return 'old'
  return lastTried ? null : 'never-tried'
}

export interface BackupFile {
  file: string
  /** As its name says. */
  at: Date
  bytes: number
}

const named = /^oplive-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.backup$/
export const nameOf = (at: Date) => `oplive-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`

/** The backups in a folder, the newest first. */
export function backupsIn(folder: string): BackupFile[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names
    .flatMap((name) => {
      const [, day, h, m, s] = named.exec(name) ?? []
      const bytes = day ? statSync(join(folder, name), { throwIfNoEntry: false })?.size : undefined
      return bytes === undefined ? [] : [{ file: join(folder, name), at: new Date(`${day}T${h}:${m}:${s}Z`), bytes }]
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime())
}

/** Keeps the newest, and takes away what one that was cut off left behind. */
export function keepNewest(folder: string, count: number): void {
  for (const { file } of backupsIn(folder).slice(count)) rmSync(file, { force: true })
}
