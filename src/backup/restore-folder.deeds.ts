// A restore into the data folder of the embedded database: made beside it, checked, and only then put in its place. What was there is kept.
import { chmodSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { KeyboardProblem } from '../command.ts'
import { claimFolder, finishSwap, type Move, postgresIn, readLock, startEmbedded, swap } from '../db/embedded.ts'
import { postgresFolder } from '../db/keyboard.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { type Restored, restoreInto } from './restore.deeds.ts'

export interface RestoredFolder extends Restored {
  /** Where what was there lies now; null when nothing was. */
  before: string | null
}

/** The parts of a database on disk that belong together. */
const parts = ['postgres', 'postgres-password']

/** The program must not run on this folder; while this goes on, none can start there. */
export async function restoreFolder(
  dataFolder: string,
  { file, identity, now, presentIn }: { file: string; identity: string; now: Date; presentIn: string },
): Promise<RestoredFolder> {
  mkdirSync(dirname(await postgresFolder(dataFolder)), { recursive: true, mode: 0o755 })
  const home = realpathSync(dirname(await postgresFolder(dataFolder)))
  const claim = await claimFolder(home)
  try {
    if (await databaseLives(join(home, 'postgres')))
      throw new KeyboardProblem(`A program runs on ${dataFolder}. Stop it first, then restore. Nothing was changed.`)
    finishSwap(home)
    const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
    const making = join(home, `restoring-${stamp}`)
    // What one that was killed has left.
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making)
    chmodSync(making, 0o755)
    try {
      const server = await startEmbedded({ folder: making })
      const staged = dirname(server.dataFolder)
      let restored: Restored
      try {
        const secret = keyCabinet(join(dataFolder, 'keys')).houseSecret()
        restored = await restoreInto(server.superuserUrl, { file, identity, secret, presentIn })
      } finally {
        await server.stop()
      }
      const before = existsSync(join(home, 'postgres')) ? join(home, `before-restore-${stamp}`) : null
      if (before) mkdirSync(before, { mode: 0o755 })
      swap(home, movesOf({ home, staged, before }))
      return { ...restored, before }
    } finally {
      rmSync(making, { recursive: true, force: true })
    }
  } finally {
    await claim.release()
  }
}

/** A lock that a broken machine left behind is none; where processes cannot be asked, it counts. */
async function databaseLives(data: string): Promise<boolean> {
  if (!(await readLock(data))) return false
  return process.platform !== 'linux' || postgresIn(data).length > 0
}

/** What was there goes first, then what is new comes. */
function movesOf({ home, staged, before }: { home: string; staged: string; before: string | null }): Move[] {
  const inside = (path: string) => relative(home, path)
  return [
    ...parts.flatMap((part): Move[] =>
      before && existsSync(join(home, part)) ? [[part, inside(join(before, part))]] : [],
    ),
    ...parts.map((part): Move => [inside(join(staged, part)), part]),
  ]
}
