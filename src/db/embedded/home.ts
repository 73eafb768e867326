// Where the database lives: in the folder it was given, or in /var/lib/oplive when the server's user cannot reach that folder.
import { createHash, randomUUID } from 'node:crypto'
import { chmod, chown, lchown, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, EmbeddedProblem } from './problem.ts'
import { type OsUser, run, serverUser, weAreRoot } from './user.ts'

/** Only used as root. */
export const elsewhere = '/var/lib/oplive'

export interface Home {
  /** Holds the data folder, the password, the log and the claims. */
  path: string
  /** PostgreSQL's own folder, and nobody else's. */
  data: string
  /** The OS user PostgreSQL runs as; undefined: as we do. */
  user: OsUser | undefined
}

/** A note in the given folder, so that a folder that is moved still finds its database. */
const note = 'postgres-lives-elsewhere'
/** A note in the other place, so that a copied folder is told from a moved one. */
const backNote = 'belongs-to'

export async function findHome(folder: string, log: (line: string) => void): Promise<Home> {
  await mkdir(folder, { recursive: true })
  const given = await realpath(folder)
  const noted = (await readFile(join(given, note), 'utf8').catch(() => '')).trim()
  if (noted !== '') return inNotedHome(given, noted, log)

  const here = await existing(given)
  if (here !== undefined) {
    if (await reaches(here.user, here.data)) return here
    throw unreachable(here.data, given)
  }
  if (!weAreRoot()) return { path: given, data: join(given, 'postgres'), user: undefined }

  const other = join(elsewhere, createHash('sha256').update(given).digest('hex').slice(0, 12))
  const user = await serverUser()
  if ((await existing(other)) === undefined && (await canLiveIn(given, user))) {
    return { path: given, data: join(given, 'postgres'), user }
  }
  await mkdir(other, { recursive: true })
  // Whatever the umask says: the server's user has to pass through. What is inside has its own rights.
  for (const path of [elsewhere, other]) await chmod(path, 0o755)
  await writeFile(join(other, backNote), `${given}\n`)
  await writeFile(join(given, note), `${other}\n`)
  return inNotedHome(given, other, log)
}

async function inNotedHome(given: string, noted: string, log: (line: string) => void): Promise<Home> {
  const path = await realpath(noted).catch(() => noted)
  const owner = (await readFile(join(path, backNote), 'utf8').catch(() => '')).trim()
  const theirs = (await readFile(join(owner, note), 'utf8').catch(() => '')).trim()
  if (owner !== given && theirs === noted) {
    throw new EmbeddedProblem(
      'folder-copied',
      `The folder ${given} is a copy of ${owner}, and the database of both lies in ${path}; nothing was touched; start in ${owner}, or delete ${join(given, note)} to begin here with an empty database.`,
    )
  }
  if (owner === '' || (!weAreRoot() && !(await reaches(undefined, path)))) throw unreachable(path, given)
  if (owner !== given) await writeFile(join(path, backNote), `${given}\n`)
  log(`The OS user of PostgreSQL cannot reach ${given}, so the database lives in ${path}.`)
  return (await existing(path)) ?? { path, data: join(path, 'postgres'), user: await serverUser() }
}

/** A database that is already there keeps the user it has, so that one start by sudo breaks nothing. */
async function existing(path: string): Promise<Home | undefined> {
  const data = join(path, 'postgres')
  const found = await stat(join(data, 'PG_VERSION')).catch((error: unknown) => {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === 'EACCES') throw unreachable(data, path)
    throw error
  })
  if (found === undefined) return undefined
  if (!weAreRoot()) return { path, data, user: undefined }
  if (found.uid !== 0) return { path, data, user: { uid: found.uid, gid: found.gid } }
  // A backup that root laid back belongs to root; PostgreSQL will only read what is its own.
  const user = await serverUser()
  if (user !== undefined) await giveAll(data, user)
  return { path, data, user }
}

async function giveAll(path: string, user: OsUser): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await giveAll(inner, user)
    else await lchown(inner, user.uid, user.gid)
  }
  await lchown(path, user.uid, user.gid)
}

/** What the folder is called in which a start tries its rights. It is gone at once, unless the start is killed just then. */
export const trialOf = 'postgres-trial-'

/** Tried, not computed from modes: access lists, squashed root and odd mounts all have a say. */
async function canLiveIn(folder: string, user: OsUser | undefined): Promise<boolean> {
  const trial = join(folder, `${trialOf}${randomUUID()}`)
  await mkdir(trial, { mode: 0o700 })
  try {
    if (user !== undefined) await chown(trial, user.uid, user.gid)
    await chmod(trial, 0o700)
    return await reaches(user, trial)
  } catch {
    return false
  } finally {
    await rm(trial, { recursive: true, force: true })
  }
}

async function reaches(user: OsUser | undefined, folder: string): Promise<boolean> {
  const { code } = await run('/bin/sh', ['-c', 'cd -- "$0" && test -w .', folder], user)
  return code === 0
}

function unreachable(path: string, given: string): EmbeddedProblem {
  return new EmbeddedProblem(
    'folder-not-reachable',
    `The database of ${given} lies in ${path}, and the OS user PostgreSQL runs as cannot reach it; nothing was changed; start as the user who started it before, or open the folders above it.`,
  )
}
