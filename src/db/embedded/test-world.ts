// The world of these tests: folders that the server's user can reach, programs to kill, and a clean floor afterwards.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach } from 'vitest'
import { startEmbedded } from '../embedded.ts'
import { readLock } from './lock-file.ts'
import { isPostmasterOf, postgresIn } from './processes.ts'

/** A line of the program to kill. Fields it did not say are missing. */
interface Said {
  superuserUrl: string
  started: boolean
  port: number
  dataFolder: string
  postmaster: number
  ms: number
  code: string
  sentence: string
  what: string
}

export interface Program {
  pid: number
  /** Its next line; fails when it ends without one. */
  says(): Promise<Said>
  kill(how: NodeJS.Signals): Promise<void>
  ended: Promise<unknown>
}

/** Call it once in a test file. What a test leaves behind is ended and removed after it, however it went. */
export function testWorld() {
  const folders: string[] = []
  const programs: ChildProcess[] = []
  const clients: pg.Client[] = []
  let template: string | undefined

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)))
    for (const child of programs.splice(0)) child.kill('SIGKILL')
    for (const folder of folders.splice(0)) {
      await endAll(join(folder, 'data', 'postgres'))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  })
  afterAll(async () => {
    if (template !== undefined) await rm(template, { recursive: true, force: true })
  })

  return {
    /** Open to pass through, so that as root the database stays in it. */
    async folder(): Promise<string> {
      const made = await mkdtemp(join(tmpdir(), 'oplive-embedded-'))
      await chmod(made, 0o755)
      folders.push(made)
      return join(made, 'data')
    },

    /** With a database in it, as a program that ended well leaves it. */
    async readyFolder(): Promise<string> {
      const folder = await this.folder()
      template ??= await makeTemplate()
      execFileSync('cp', ['-a', join(template, 'data'), folder])
      return folder
    },

    program(folder: string, more: { settings?: object; uid?: number; gid?: number; detached?: boolean } = {}): Program {
      const { settings = {}, ...how } = more
      const child = spawn(process.execPath, [programToKill, folder, JSON.stringify(settings)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { PATH: process.env.PATH, HOME: '/nonexistent' },
        ...how,
      })
      programs.push(child)
      const ended = once(child, 'exit')
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      return {
        pid: child.pid ?? 0,
        async says() {
          const line = await lines.next()
          if (line.done === true) throw new Error('the program ended without a word')
          return JSON.parse(line.value) as Said
        },
        async kill(how) {
          child.kill(how)
          await ended
        },
        ended,
      }
    },

    async connect(url: string): Promise<pg.Client> {
      const client = new pg.Client(url)
      client.on('error', () => undefined)
      await client.connect()
      clients.push(client)
      return client
    },
  }
}

const programToKill = fileURLToPath(new URL('./program-to-kill.ts', import.meta.url))

/** Whether somebody else than us can run this program: not when it lies in a folder that only we may enter. */
export const othersCanRunThis = (somebody: { uid: number; gid: number }): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -x "$0" && test -r "$1"', process.execPath, programToKill], somebody).status === 0

/** Making a database takes most of a second, copying one a tenth of that. */
async function makeTemplate(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'oplive-template-'))
  await chmod(made, 0o755)
  const { stop } = await startEmbedded({ folder: join(made, 'data') })
  await stop()
  return made
}

/** kill -9 for everything of a database that still lives. */
export async function endAll(data: string): Promise<void> {
  const head = (await readLock(data))?.pid
  if (head !== undefined && isPostmasterOf(head, data)) process.kill(head, 'SIGKILL')
  for (const pid of postgresIn(data)) process.kill(pid, 'SIGKILL')
  while (postgresIn(data).length > 0) await sleep(10)
}

/** One answer after another until it is told to stop, over breaks of the connection; hands back those that were acknowledged. */
export function answering(url: string) {
  let over = false
  const acknowledged: number[] = []
  const going = (async () => {
    for (let number = 0; !over; ) {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 })
      client.on('error', () => undefined)
      try {
        await client.connect()
        for (; !over; number++) {
          await client.query('insert into answers values ($1) on conflict do nothing', [number])
          acknowledged.push(number)
        }
      } catch {
        await sleep(20)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  })()
  return {
    acknowledged,
    async stop() {
      over = true
      await going
    },
  }
}
