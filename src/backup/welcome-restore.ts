// A backup brought back from the welcome page of an empty installation: looked through first, then restored, step by step, one at a time.
import { mkdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { restoreOver } from './aside.deeds.ts'
import { backupsIn, noteState } from './backup-state.ts'
import { BackupDamaged, NotTaken, type WhyNot } from './frame.ts'
import { lookThrough } from './restore.deeds.ts'
import { keyOfFile, readIdentity } from './sealing.ts'

export interface Looked {
  madeAt: string
  bytes: number
  communities: number
  rows: number
}

/** What whoever brought it back has to know. */
export interface Told {
  madeAt: string
  sessionsEnded: number
  openCards: number
  /** Null: no list as young as the backup was there. */
  forgotten: number | null
}

export type Fault = WhyNot | 'full' | 'broken' | 'choose'

export type Step =
  | { at: 'choose'; fault?: Fault }
  | { at: 'looking'; part: number }
  | { at: 'looked'; looked: Looked }
  | { at: 'restoring'; part: number }
  | { at: 'done'; told: Told }
  | { at: 'failed'; fault: Fault }

export interface WelcomeRestore {
  step(): Step
  backups(): { name: string; at: Date; bytes: number }[]
  /** Where an uploaded file is put. */
  upload(): string
  /** Looks through one of the backups, or (null) what was uploaded. The key is used at once and let go: kept is only what opens this one file. */
  look(name: string | null, keyText: string): void
  /** The choice anew. */
  again(): void
  /** Brings back what was looked through; nobody else is served from then on. */
  begin(): void
  /** The page that says how it ended has been seen. */
  seen(): void
  /** While it restores, and after: the database is not the program's. */
  isUnderWay(): boolean
}

/** How long the file's own key is kept for whoever looks at what is in it. */
const patience = 15 * 60_000

export interface RestorePlace {
  ownerUrl: string
  dataFolder: string
  backupFolder: string
  secret(): Buffer
  now(): Date
  /** Ends everything that works on the database. */
  standStill(): Promise<void>
  /** Starts the program anew. */
  restart(): void
}

export function welcomeRestore(place: RestorePlace): WelcomeRestore {
  const own = join(place.dataFolder, 'restoring')
  const uploaded = join(own, 'upload.backup')
  rmSync(own, { recursive: true, force: true })
  let step: Step = { at: 'choose' }
  let file = ''
  let key: { fileKey: Uint8Array } | null = null
  let late: NodeJS.Timeout | undefined
  let restarting = false
  const letKeyGo = () => {
    clearTimeout(late)
    key?.fileKey.fill(0)
    key = null
  }
  const restartOnce = () => {
    if (restarting) return
    restarting = true
    rmSync(own, { recursive: true, force: true })
    place.restart()
  }
  const heard = (at: 'looking' | 'restoring', all: number) => (bytes: number) => {
    step = { at, part: Math.min(1, bytes / Math.max(1, all)) }
  }

  async function looking(identity: string): Promise<void> {
    const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    try {
      key = await keyOfFile(file, identity)
      const { about, manifest } = await lookThrough(file, key, heard('looking', bytes))
      const { tables } = manifest
      step = {
        at: 'looked',
        looked: {
          madeAt: about.madeAt,
          bytes,
          communities: tables['community.community'] ?? 0,
          rows: Object.values(tables).reduce((sum, n) => sum + n, 0),
        },
      }
      late = setTimeout(() => {
        letKeyGo()
        step = { at: 'choose' }
      }, patience).unref()
    } catch (error) {
      letKeyGo()
      step = { at: 'choose', fault: faultOf(error) }
    }
  }

  async function restoring(opening: { fileKey: Uint8Array }): Promise<void> {
    const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    try {
      await place.standStill()
      const restored = await restoreOver(place.ownerUrl, {
        file,
        identity: opening,
        secret: place.secret(),
        presentIn: place.backupFolder,
        heard: heard('restoring', bytes),
      })
      try {
        noteState(place.backupFolder, { lastTried: place.now().toISOString() })
      } catch {
        // It is restored; that the note of it could not be written changes nothing.
      }
      step = {
        at: 'done',
        told: {
          madeAt: restored.about.madeAt,
          sessionsEnded: restored.sessionsEnded,
          openCards: restored.openCards.length,
          forgotten: restored.forgotten?.people ?? null,
        },
      }
    } catch (error) {
      step = { at: 'failed', fault: faultOf(error) }
    } finally {
      opening.fileKey.fill(0)
      // Whoever has closed the page finds the program as it is now.
      setTimeout(restartOnce, 120_000)
    }
  }

  return {
    step: () => step,
    backups: () => backupsIn(place.backupFolder).map(({ file, at, bytes }) => ({ name: basename(file), at, bytes })),
    upload() {
      mkdirSync(own, { recursive: true, mode: 0o700 })
      return uploaded
    },
    look(name, keyText) {
      if (step.at !== 'choose' && step.at !== 'looked') return
      letKeyGo()
      const one =
        name === null ? uploaded : backupsIn(place.backupFolder).find(({ file }) => basename(file) === name)?.file
      if (!one) {
        step = { at: 'choose', fault: 'choose' }
        return
      }
      file = one
      try {
        const identity = readIdentity(keyText)
        step = { at: 'looking', part: 0 }
        void looking(identity)
      } catch (error) {
        step = { at: 'choose', fault: faultOf(error) }
      }
    },
    again() {
      if (step.at !== 'looked' && step.at !== 'choose') return
      letKeyGo()
      step = { at: 'choose' }
    },
    begin() {
      if (step.at !== 'looked' || !key) return
      step = { at: 'restoring', part: 0 }
      clearTimeout(late)
      const opening = key
      key = null
      void restoring(opening)
    },
    seen() {
      if (step.at === 'done' || step.at === 'failed') setTimeout(restartOnce, 1_000)
    },
    isUnderWay: () => step.at === 'restoring' || step.at === 'done' || step.at === 'failed',
  }
}

function faultOf(error: unknown): Fault {
  if (error instanceof NotTaken) return error.why
  if (error instanceof BackupDamaged) return 'damaged'
  const { code } = error as { code?: string }
  // 53100: the database's own disk.
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' ? 'full' : 'broken'
}
