// The OS user PostgreSQL runs as: our own, or `postgres` when we are root, because PostgreSQL refuses root.
import { spawn } from 'node:child_process'
import { codeOf, EmbeddedProblem } from './problem.ts'

export interface OsUser {
  uid: number
  gid: number
}

export const weAreRoot = () => process.getuid?.() === 0

/** Nothing of our own environment goes along: it may hold secrets, and the server outlives us. English, so that we can read its answers. */
export const serverEnvironment = {
  PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`,
  LC_ALL: 'C',
  TZ: 'UTC',
}

/** Undefined: run as we do. As root: the user `postgres`, made when the machine has none. */
export async function serverUser(): Promise<OsUser | undefined> {
  if (!weAreRoot()) return undefined
  const known = await find()
  if (known !== undefined) return becomable(known)
  await run('groupadd', ['--system', 'postgres'])
  const made = [
    '--system',
    '--gid',
    'postgres',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ]
  const answer = await run('useradd', [...made, 'postgres'])
  const user = await find()
  if (user !== undefined) return becomable(user)
  throw new EmbeddedProblem(
    'no-server-user',
    `PostgreSQL refuses to run as root and the OS user "postgres" could not be made (${answer.output.trim() || answer.failed}); nothing was changed; make that user, or start this program as an ordinary user.`,
  )
}

/** In some containers root may not become anybody else. */
async function becomable(user: OsUser): Promise<OsUser> {
  const { failed } = await run('/bin/sh', ['-c', ':'], user)
  if (failed === '') return user
  throw new EmbeddedProblem(
    'no-server-user',
    `PostgreSQL refuses to run as root, and this root may not become the OS user "postgres" (${failed}); nothing was changed; start this program as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.`,
  )
}

async function find(): Promise<OsUser | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
  if (uid.code !== 0 || gid.code !== 0) return undefined
  return { uid: Number(uid.output), gid: Number(gid.output) }
}

export interface Answer {
  code: number | null
  /** Both streams, as they came. */
  output: string
  /** The error code (ENOENT, EACCES, ...) when the command could not be started at all, else ''. */
  failed: string
}

/** Run a command to its end as a user, and hand back what it said. Never throws. */
export function run(command: string, args: string[], as?: OsUser, input = ''): Promise<Answer> {
  return new Promise((resolve) => {
    let output = ''
    const child = spawnOr(command, args, as)
    if (typeof child === 'string') return resolve({ code: null, output, failed: child })
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: null, output, failed: error.code ?? 'unknown' }),
    )
    child.on('close', (code) => resolve({ code, output, failed: '' }))
    // A command that ends without reading its input is not our problem.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** Some errors come as an event, others, such as a user we may not become, are thrown. */
function spawnOr(command: string, args: string[], as: OsUser | undefined) {
  try {
    return spawn(command, args, { cwd: '/', env: serverEnvironment, ...as, stdio: ['pipe', 'pipe', 'pipe'] })
  } catch (error) {
    return codeOf(error) || 'unknown'
  }
}
