// A program of one's own: dist/main.js in a folder of its own, started, killed, started again on the same data, and cleared away.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import heap from '../../scripts/heap.json' with { type: 'json' }
import { readLock } from '../../src/db/embedded/lock-file.ts'
import { postgresIn } from '../../src/db/embedded/processes.ts'
import { type Place, postgresFolder } from './keyboard.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** The program, the head of PostgreSQL with all that work under it, or both at once. */
export const victims = ['app', 'db', 'both'] as const
export type Victim = (typeof victims)[number]

export interface OwnProgram {
  url: string
  place: Place
  pid(): number
  /** What it has said in the terminal since it was started. */
  said(): string
  /** Starts it (again) on the same data. Answers how many milliseconds went by until its first page. */
  start(): Promise<number>
  /** kill -9, and back again: a program is started anew, a database is brought back by its program. */
  kill(victim: Victim): Promise<void>
  /** Ends it as the one at the terminal would. The data stays. */
  end(): Promise<void>
  /** Ends everything and removes the folder. */
  clear(): Promise<void>
}

const patience = 60_000

/** Makes dist/ when the sources say something else than what it was made of. */
export async function build(): Promise<void> {
  const builder = spawn(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(builder, 'exit')
  if (code !== 0) throw new Error('The build failed; what it said stands above.')
}

/** `flags` are for Node, such as `--cpu-prof`. `within`: a folder to put its own in, such as a small disk. `settings`: of the environment. */
export async function ownProgram({
  flags = [] as string[],
  within = tmpdir(),
  settings = {} as Record<string, string>,
} = {}): Promise<OwnProgram> {
  const folder = mkdtempSync(join(within, 'oplive-own-'))
  // As root the database runs as another user, who has to pass through.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const place: Place = { databaseUrl: settings.DATABASE_URL ?? null, dataFolder: join(folder, 'data') }
  let program: ChildProcess | undefined
  /** Whose end is no surprise. */
  let wanted: ChildProcess | undefined
  let said = ''

  async function start() {
    const { DATABASE_URL, ORIGIN, OPLIVE_DEV, ...rest } = process.env
    const env = {
      ...rest,
      PORT: String(port),
      HOST: '127.0.0.1',
      OPLIVE_DATA: place.dataFolder,
      NODE_ENV: 'production',
      ...settings,
    }
    said = ''
    const began = performance.now()
    const mine = withManyFiles([process.execPath, ...heap, ...flags, 'dist/main.js'], env)
    program = mine
    const hear = (text: Buffer) => {
      said = `${said}${text}`.slice(-20_000)
    }
    mine.stdout?.on('data', hear)
    mine.stderr?.on('data', hear)
    mine.on('exit', (code, signal) => {
      if (wanted !== mine) console.error(`The program ended by itself (${signal ?? code}). It said:\n${said}`)
    })
    for (;;) {
      // In earnest there is no page before somebody has set it up.
      const answer = await fetch(settings.OPLIVE_DEMO === '0' ? `${url}/health` : url).catch(() => null)
      if (answer?.ok) return performance.now() - began
      if (mine.exitCode !== null || mine.signalCode !== null || performance.now() - began > patience)
        throw new Error(`The program did not start. It said:\n${said}`)
      await sleep(10)
    }
  }

  async function stopWith(signal: NodeJS.Signals) {
    const mine = program
    if (!mine || mine.exitCode !== null || mine.signalCode !== null) return
    const gone = once(mine, 'exit')
    wanted = mine
    mine.kill(signal)
    const late = setTimeout(() => mine.kill('SIGKILL'), 20_000)
    await gone
    clearTimeout(late)
  }

  return {
    url,
    place,
    pid: () => program?.pid ?? 0,
    said: () => said,
    start,
    async kill(victim) {
      const data = await postgresFolder(place.dataFolder)
      const app = victim === 'db' ? undefined : stopWith('SIGKILL')
      if (victim !== 'app') await killPostgres(data)
      await app
      if (victim === 'db') return
      // Whoever looks after it needs a moment to notice.
      await sleep(300)
      await start()
    },
    end: () => stopWith('SIGTERM'),
    async clear() {
      await stopWith('SIGTERM')
      const data = await postgresFolder(place.dataFolder)
      // Left over when the program was killed for good.
      if (existsSync(data)) await killPostgres(data)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** The head first, so that it starts nobody anew. */
async function killPostgres(data: string): Promise<void> {
  const lock = await readLock(data)
  const living = postgresIn(data)
  const all = lock && living.includes(lock.pid) ? [lock.pid, ...living] : living
  for (const pid of new Set(all)) kill(pid)
}

export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself in this moment.
  }
}

/** Thousands of phones are thousands of open files, on both sides. */
export function withManyFiles(command: string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const more = 'ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"'
  return spawn('/bin/sh', ['-c', more, ...command], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Below the ports that outgoing connections are given: else a phone that tries again and again could be given this very port. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000)
    const trial = createServer()
    trial.listen(port, '127.0.0.1')
    const free = await once(trial, 'listening').then(
      () => true,
      () => false,
    )
    trial.close()
    if (free) return port
  }
}
