// PostgreSQL's own lock, postmaster.pid: read to find a server that lives, and mended when a foreign process has got its pid.
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { factsOf, postgresIn } from './processes.ts'

export interface Lock {
  pid: number
  port: number
  /** `starting`, `ready`, `stopping`, ...; '' while the server is writing it. */
  status: string
}

const lockPath = (data: string) => join(data, 'postmaster.pid')

export async function readLock(data: string): Promise<Lock | undefined> {
  const lines = (await readFile(lockPath(data), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid === 0) return undefined
  // A negative pid is a single-user server.
  return { pid: Math.abs(pid), port: Number(lines[3]), status: (lines[7] ?? '').trim() }
}

/**
 * PostgreSQL will not start while the pid in its lock lives, even when that is now a foreign process. Only to be called when no
 * server of this folder lives. The lock also names the shared memory by which PostgreSQL sees backends that outlived their head, so
 * it is not deleted: its pid becomes ours, because a pid that equals the parent's is known to be stale.
 */
export async function disarmStaleLock(data: string): Promise<void> {
  const text = await readFile(lockPath(data), 'utf8').catch(() => undefined)
  if (text === undefined) return
  const lock = await readLock(data)
  if (lock === undefined) {
    // Empty or garbled, as after a full disk or a power cut: PostgreSQL would refuse. One that a server writes just now is left alone.
    if (postgresIn(data).length === 0 && (await age(data)) > 500) await rm(lockPath(data), { force: true })
    return
  }
  if (factsOf(lock.pid) === undefined || lock.pid === process.pid) return
  await writeFile(lockPath(data), text.replace(/^-?\d+/, String(process.pid)), { flag: 'r+' })
}

async function age(data: string): Promise<number> {
  return Math.abs(Date.now() - (await stat(lockPath(data))).mtimeMs)
}
