// A restore into the data folder of the embedded database: made beside it, checked, and only then put in its place. What was there is kept.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KeyboardProblem } from '../command.ts'
import { readLock, startEmbedded } from '../db/embedded.ts'
import { postgresFolder } from '../db/keyboard.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { type Restored, restoreInto } from './restore.deeds.ts'

export interface RestoredFolder extends Restored {
  /** Where what was there lies now; null when nothing was. */
  before: string | null
}

/** The parts of a database on disk that belong together. */
const parts = ['postgres', 'postgres-password']

/** The program must not run on this folder. */
export async function restoreFolder(
  dataFolder: string,
  { file, identity, now, presentIn }: { file: string; identity: string; now: Date; presentIn: string },
): Promise<RestoredFolder> {
  const home = dirname(await postgresFolder(dataFolder))
  if (await readLock(join(home, 'postgres')))
    throw new KeyboardProblem(`A program runs on ${dataFolder}. Stop it first, then restore. Nothing was changed.`)
  mkdirSync(home, { recursive: true, mode: 0o755 })
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-')
  const making = join(home, `restoring-${stamp}`)
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
    moveIn({ home, staged, before })
    return { ...restored, before }
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

/** Renames only, each undone when a later one fails. */
function moveIn({ home, staged, before }: { home: string; staged: string; before: string | null }): void {
  const moves = parts.flatMap((part) => [
    ...(before && existsSync(join(home, part)) ? [[join(home, part), join(before, part)] as const] : []),
    [join(staged, part), join(home, part)] as const,
  ])
  const done: (readonly [string, string])[] = []
  try {
    for (const [from, to] of moves) {
      renameSync(from, to)
      done.push([from, to])
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from)
    throw error
  }
}
