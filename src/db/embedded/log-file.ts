// PostgreSQL's log: a file, because a pipe to a program that died would kill the server that outlives it.
import { closeSync, constants, fchownSync, openSync } from 'node:fs'
import { copyFile, open, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Home } from './home.ts'

const mostBytes = 5_000_000

export const logPath = (home: Home) => join(home.path, 'postgres.log')

/** Calls `use` with a descriptor for the server to write to, and with how long the log was before. */
export async function withLog<T>(home: Home, use: (descriptor: number) => T): Promise<{ result: T; from: number }> {
  await trimLog(home)
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants
  const descriptor = openSync(logPath(home), O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600)
  try {
    if (home.user !== undefined) fchownSync(descriptor, home.user.uid, home.user.gid)
    const from = (await stat(logPath(home))).size
    return { result: use(descriptor), from }
  } finally {
    closeSync(descriptor)
  }
}

/** One older file is kept. The server appends, so it goes on writing at the new beginning. */
export async function trimLog(home: Home): Promise<void> {
  const size = await stat(logPath(home)).then(
    (file) => file.size,
    () => 0,
  )
  if (size < mostBytes) return
  // On a full disk there is no copy; the log is cut all the same.
  await copyFile(logPath(home), `${logPath(home)}.1`).catch(() => undefined)
  await truncate(logPath(home))
}

export async function readLog(home: Home, from: number): Promise<string> {
  const file = await open(logPath(home), 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64_000), 0, 64_000, from)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
