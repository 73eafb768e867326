// The database on disk: made once, whole or not at all, and checked before each start.
import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { type Home, trialOf } from './home.ts'
import { codeOf, diskFull, EmbeddedProblem, saysDiskFull } from './problem.ts'
import { endAtOnce, postgresNaming } from './processes.ts'
import { type OsUser, run } from './user.ts'

export interface Cluster {
  home: Home
  binaries: Binaries
  /** Of the superuser `postgres`. */
  password: string
}

const halfMade = 'postgres-half-made-'

/** Only to be called by who holds the claim on the folder. */
export async function openCluster(home: Home, binaries: Binaries, log: (line: string) => void): Promise<Cluster> {
  await sweepHalfMade(home.path)
  const password = await readOrMakePassword(home)
  const cluster = { home, binaries, password }
  if (await isNew(home, binaries)) await initialise(cluster, log)
  // A backup laid back often comes with wider rights; PostgreSQL refuses those.
  await chmod(home.data, 0o700).catch(() => undefined)
  return cluster
}

async function isNew({ data }: Home, binaries: Binaries): Promise<boolean> {
  const inside = await readdir(data).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (inside === undefined) return true
  if (inside.length === 0) {
    await rmdir(data)
    return true
  }
  if (!inside.includes('PG_VERSION')) {
    throw new EmbeddedProblem(
      'folder-foreign',
      `The folder ${data} holds files that are not a PostgreSQL database; nothing was touched; move them away, or give this program another folder.`,
    )
  }
  const theirs = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  const ours = binaries.version.split('.', 1)[0] ?? ''
  if (theirs !== ours) throw otherVersion(data, `version ${theirs}`, ours)
  return false
}

export function otherVersion(data: string, theirs: string, ours: string): EmbeddedProblem {
  return new EmbeddedProblem(
    'other-version',
    `The database in ${data} was made by PostgreSQL ${theirs} and this program brings version ${ours}; nothing was touched; start it with the Oplive that made it, or move its data over with pg_dump and psql.`,
  )
}

/** Into a folder of another name, renamed when all of it is safe on the disk; so a start that is cut off leaves nothing that looks like a database. */
async function initialise({ home, binaries }: Cluster, log: (line: string) => void): Promise<void> {
  const making = join(home.path, `${halfMade}${randomUUID()}`)
  await mkdir(making, { mode: 0o700 })
  try {
    if (home.user !== undefined) await chown(making, home.user.uid, home.user.gid)
    const how = [
      `--pgdata=${making}`,
      '--username=postgres',
      `--pwfile=${join(home.path, passwordFile)}`,
      '--auth=scram-sha-256',
      '--data-checksums',
      '--encoding=UTF8',
      // Built into the server, so it starts on a machine without any locale and no index depends on the machine's libraries.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ]
    const began = Date.now()
    const { code, output, failed } = await run(binaries.initdb, how, home.user)
    if (code !== 0) throw await whyNot(home.path, failed || output)
    await rename(making, home.data)
    await settle(home.path)
    log(`Made a new database in ${home.data} (${Date.now() - began} ms).`)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function whyNot(folder: string, output: string): Promise<EmbeddedProblem> {
  if (saysDiskFull(output)) return diskFull(folder, 'be made')
  const said = output.split('\n').find((line) => /error|fatal/i.test(line)) ?? output.trim().split('\n').at(-1)
  return new EmbeddedProblem(
    'would-not-start',
    `A new database could not be made in ${folder} (${said}); nothing was left behind; mend that and start again.`,
  )
}

/** Folders that a start before us left when it was cut off. Its initdb may still be writing; nobody else has a path of that name. */
async function sweepHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    // An empty folder in which a start tried its rights. A young one may belong to a start that is under way.
    if (name.startsWith(trialOf) && (await ageOf(path)) > oldTrial) await rmdir(path).catch(() => undefined)
    if (!name.startsWith(halfMade)) continue
    for (const pid of postgresNaming(path)) endAtOnce(pid)
    // What cannot be removed now is in nobody's way, and is swept at the next start.
    await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined)
  }
}

const oldTrial = 60_000
const ageOf = async (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  )

const passwordFile = 'postgres-password'

async function readOrMakePassword(home: Home): Promise<string> {
  const path = join(home.path, passwordFile)
  const known = (await readFile(path, 'utf8').catch(emptyWhenMissing)).trim()
  if (known !== '') return known
  const password = randomBytes(24).toString('base64url')
  await writeSafely(path, `${password}\n`, home.user)
  return password
}

function emptyWhenMissing(error: unknown): string {
  if (codeOf(error) === 'ENOENT') return ''
  throw error
}

/** For a database whose password is not the one beside it, such as a backup laid back alone. The server must be stopped. */
export async function resetPassword({ home, binaries, password }: Cluster): Promise<void> {
  const order = `ALTER ROLE postgres PASSWORD '${password}';\n`
  const { code, output } = await run(binaries.postgres, ['--single', '-D', home.data, 'postgres'], home.user, order)
  if (code === 0) return
  throw new EmbeddedProblem(
    'would-not-start',
    `The password of the database in ${home.data} does not fit ${join(home.path, passwordFile)} and could not be set anew (${output.trim().split('\n').at(-1)}); the data is untouched; look in its log.`,
  )
}

/** Whole or not at all, and readable only by the server's user (and root). */
async function writeSafely(path: string, text: string, user: OsUser | undefined): Promise<void> {
  const making = `${path}.${randomUUID()}`
  try {
    const file = await open(making, 'wx', 0o600)
    try {
      await file.writeFile(text)
      if (user !== undefined) await file.chown(user.uid, user.gid)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(making, path)
  } finally {
    await rm(making, { force: true })
  }
}

/** A rename is only safe from a power cut when the folder it happened in is. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
