// What can keep the database from starting, each as one sentence: what happened, what is safe, what to do.
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

export type ProblemCode =
  | 'folder-not-writable'
  | 'folder-not-reachable'
  | 'folder-copied'
  | 'folder-foreign'
  | 'disk-full'
  | 'owned-by-another-program'
  | 'binaries-missing'
  | 'no-server-user'
  | 'other-version'
  | 'system-not-supported'
  | 'would-not-start'

export class EmbeddedProblem extends Error {
  readonly code: ProblemCode
  constructor(code: ProblemCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'EmbeddedProblem'
    this.code = code
  }
}

/** As PostgreSQL and initdb say it. A quota that ran out is a full disk to whoever reads it. */
export const saysDiskFull = (text: string) =>
  /No space left on device|Disk quota exceeded|wrote only \d+ of \d+ bytes|Check free disk space/.test(text)

export async function diskFull(folder: string, deed: string): Promise<EmbeddedProblem> {
  const left = await megabytesLeft(folder)
  const amount = left === undefined ? '' : ` (${left} MB are left)`
  return new EmbeddedProblem(
    'disk-full',
    `The disk that holds ${folder} is full${amount}, so the database could not ${deed}; what was stored before is safe; free at least 200 MB and start again.`,
  )
}

/** A failed file operation in the folder, in words. What already is a problem stays as it is. */
export async function fileProblem(error: unknown, folder: string): Promise<EmbeddedProblem> {
  if (error instanceof EmbeddedProblem) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, 'be opened')
  const why: Record<string, string> = {
    EACCES: 'this program may not write there',
    EPERM: 'this program may not write there',
    EROFS: 'its file system is read-only',
    ENOTDIR: 'a file stands where a folder should be',
    EEXIST: 'a file stands where a folder should be',
  }
  const reason = why[code]
  if (reason === undefined) {
    const sentence = `The database in ${folder} could not be opened (${firstLine(error)}); nothing in it was changed; mend that and start again.`
    return new EmbeddedProblem('would-not-start', sentence, { cause: error })
  }
  return new EmbeddedProblem(
    'folder-not-writable',
    `The folder ${folder} cannot be used for the database, because ${reason}; nothing was changed; give this program a folder it may write to and start again.`,
    { cause: error },
  )
}

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

export const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''

async function megabytesLeft(folder: string): Promise<number | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const disk = await statfs(at)
      return Math.floor((disk.bavail * disk.bsize) / 1_000_000)
    } catch {
      if (dirname(at) === at) return undefined
    }
  }
}
