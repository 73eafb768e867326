// The running server: brought up, found again, and stopped.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, otherVersion } from './cluster.ts'
import { disarmStaleLock, readLock } from './lock-file.ts'
import { logPath, readLog, withLog } from './log-file.ts'
import { diskFull, EmbeddedProblem, saysDiskFull } from './problem.ts'
import { endAtOnce, factsOf, isPostmasterOf, postgresIn, signal, stillLives } from './processes.ts'
import type { Settings } from './settings.ts'
import { serverEnvironment } from './user.ts'

export interface Postmaster {
  pid: number
  birth: string
  port: number
  /** True when this call started it, false when it was found alive. */
  started: boolean
  /** False when it was found alive with other settings, or on another port, than it would be started with now. */
  fits: boolean
}

export interface Wish {
  cluster: Cluster
  settings: Settings
  /** Undefined: any free port, or the one it is already on. */
  port: number | undefined
  log: (line: string) => void
  /** True when nobody wants it any more. */
  calledOff?: () => boolean
}

/** What is left of a dead server has this long to go by itself, then it is ended; after `patience` we say so. */
const grace = 1000
const patience = 5000
/** A crash long ago may leave much to replay. As long as the server lives and works at it, it is waited for. */
const longestRecovery = 600_000

/** The server of this folder: the one that lives, else a new one. */
export async function bringUp(wish: Wish): Promise<Postmaster> {
  const { cluster, log } = wish
  const began = Date.now()
  for (;;) {
    const living = await findLiving(wish)
    if (living !== undefined) return living
    await disarmStaleLock(cluster.home.data)
    const outcome = await launch(wish)
    if (typeof outcome !== 'string') return outcome
    const problem = await whatKeepsItDown(wish, outcome)
    if (problem !== undefined || wish.calledOff?.() === true || Date.now() - began > patience)
      throw problem ?? wouldNotStart(cluster, outcome)
    if (Date.now() - began > grace) endLeftovers(cluster, log)
    await sleep(100)
  }
}

/** The server that lives on this folder, waited for while it is starting or stopping. */
async function findLiving(wish: Wish): Promise<Postmaster | undefined> {
  const { home } = wish.cluster
  const until = Date.now() + longestRecovery
  for (;;) {
    const lock = await readLock(home.data)
    if (lock === undefined || !isPostmasterOf(lock.pid, home.data)) return undefined
    const birth = factsOf(lock.pid)?.birth
    if (birth !== undefined && lock.status === 'ready') {
      return { pid: lock.pid, birth, port: lock.port, started: false, fits: await isAsWished(wish, lock.port) }
    }
    // Nobody is left to wait for its sessions, and it may be stuck.
    if (birth !== undefined && lock.status === 'stopping') await stopPostmaster(wish, { pid: lock.pid, birth })
    if (Date.now() > until) throw silent(home.data, lock.pid)
    await sleep(15)
  }
}

export function silent(data: string, pid: number): EmbeddedProblem {
  return new EmbeddedProblem(
    'would-not-start',
    `A PostgreSQL (process ${pid}) already runs on ${data} but does not answer; its data is safe; end that process with "kill -INT ${pid}" and start again.`,
  )
}

function serverArguments({ cluster, settings }: Wish, port: number): string[] {
  const set = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', cluster.home.data, '-p', String(port), ...set]
}

/** PostgreSQL itself writes down how it was started. */
async function isAsWished(wish: Wish, port: number): Promise<boolean> {
  if (wish.port !== undefined && wish.port !== port) return false
  const written = await readFile(join(wish.cluster.home.data, 'postmaster.opts'), 'utf8').catch(() => '')
  const program = await realpath(wish.cluster.binaries.postgres)
  const wanted = [program, ...serverArguments(wish, port).map((part) => `"${part}"`)].join(' ')
  return written.trim() === wanted
}

/** The server when it is ready, else what it wrote before it ended. */
async function launch(wish: Wish): Promise<Postmaster | string> {
  const { cluster } = wish
  const { home, binaries } = cluster
  const port = wish.port ?? (await freePort())
  const start = (log: number) =>
    // A session of its own, so Ctrl-C in the terminal does not end it before the program has drained. It may outlive us.
    spawn(binaries.postgres, serverArguments(wish, port), {
      cwd: '/',
      env: serverEnvironment,
      ...home.user,
      detached: true,
      stdio: ['ignore', log, log],
    })
  const { result: child, from } = await withLog(home, start)
  child.unref()
  const failed = new Promise<string>((resolve) => child.once('error', (error) => resolve(String(error))))
  const ready = await Promise.race([readyOrGone(home.data, child), failed])
  if (typeof ready === 'string') return ready
  const birth = child.pid === undefined ? undefined : factsOf(child.pid)?.birth
  if (!ready || child.pid === undefined || birth === undefined) return readLog(home, from)
  return { pid: child.pid, birth, port, started: true, fits: true }
}

async function readyOrGone(data: string, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const lock = await readLock(data)
    if (lock?.pid === child.pid && lock?.status === 'ready') return true
    await sleep(10)
  }
  return false
}

/** Undefined for what passes by itself: old backends that are still leaving, or a free port that somebody took in this moment. */
async function whatKeepsItDown({ cluster, port }: Wish, output: string): Promise<EmbeddedProblem | undefined> {
  const { home, binaries } = cluster
  if (/pre-existing shared memory block|lock file "[^"]*" (already exists|is empty)/.test(output)) return undefined
  if (/Address already in use/.test(output)) return port === undefined ? undefined : portTaken(port)
  if (saysDiskFull(output)) return diskFull(home.path, 'be started')
  if (/database files are incompatible with server/.test(output)) {
    return otherVersion(home.data, 'another build', binaries.version)
  }
  return wouldNotStart(cluster, output)
}

function portTaken(port: number): EmbeddedProblem {
  return new EmbeddedProblem(
    'would-not-start',
    `While PostgreSQL was away another program took its port ${port}; the data is safe; end that program, or start this one again.`,
  )
}

function wouldNotStart({ home }: Cluster, output: string): EmbeddedProblem {
  const said = output.split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? output.trim().split('\n').at(-1)
  const reason = (said ?? '').replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '') || 'it gave no reason'
  return new EmbeddedProblem(
    'would-not-start',
    `PostgreSQL did not start on ${home.data} (${reason}); the data was left as it is; read ${logPath(home)}, mend that and start again.`,
  )
}

/** Backends whose head was killed notice it when they next wait; one in a long computation would not, and nobody hears its answer. */
function endLeftovers({ home }: Cluster, log: (line: string) => void): void {
  for (const pid of postgresIn(home.data)) {
    log(`Process ${pid} is left from a PostgreSQL that died; it is ended.`)
    endAtOnce(pid)
  }
}

/** Either way everything acknowledged is kept: `fast` ends cleanly, `at once` leaves a little to replay at the next start. */
const waysToStop = {
  fast: [
    ['SIGINT', 8_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ],
  // PostgreSQL 18.4 forgets a fast shutdown that it is told of while it recovers from the crash of a backend.
  'at once': [
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ],
} as const

export async function stopPostmaster(
  { cluster: { home }, log }: Wish,
  { pid, birth }: Pick<Postmaster, 'pid' | 'birth'>,
  how: keyof typeof waysToStop = 'fast',
): Promise<void> {
  const ways = waysToStop[how]
  for (const [name, waitMs] of ways) {
    if (!stillLives(pid, birth)) return
    if (name !== ways[0][0])
      log(`PostgreSQL (process ${pid}) did not stop in time; it gets ${name} and recovers at its next start.`)
    signal(pid, name)
    const until = Date.now() + waitMs
    while (Date.now() < until) {
      if (!stillLives(pid, birth)) return
      await sleep(10)
    }
  }
  throw silent(home.data, pid)
}

/**
 * Below the ports that outgoing connections are given (from 32768, on macOS from 49152): while the server is away, a client that tries
 * again and again could otherwise be given this very port as its own and talk to itself, and the server would find its place taken.
 */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
  throw new EmbeddedProblem(
    'would-not-start',
    'No free port was found between 20000 and 29999; no data was touched; end what uses them and start again.',
  )
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const trial = createServer()
    trial.once('error', () => resolve(false))
    trial.listen({ port, host: '127.0.0.1', exclusive: true }, () => trial.close(() => resolve(true)))
  })
}
