// From the bench to its helpers in processes of their own: the load generator and the bare servers.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, root, withManyFiles } from '../rehearse/own-program.ts'
import type { Bare } from './bare-server.ts'
import type { Load, Loaded } from './load.ts'
import type { Stage } from './stage.ts'

/** Runs one of the bench's own files to its end and reads what it printed. */
export async function runHelper<T>(file: string, ...args: string[]): Promise<T> {
  const helper = withManyFiles([process.execPath, join(root, 'tools/bench', file), ...args])
  let out = ''
  let complaint = ''
  helper.stdout?.on('data', (text: Buffer) => {
    out += text
  })
  helper.stderr?.on('data', (text: Buffer) => {
    complaint += text
  })
  const [code] = await once(helper, 'close')
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${complaint}`)
  return JSON.parse(out)
}

/** Loads a port with these requests, which are all of one size. */
export async function load(
  stage: Stage,
  requests: readonly string[],
  how: Omit<Load, 'requests' | 'size'>,
): Promise<Loaded> {
  const size = Buffer.byteLength(requests[0] ?? '')
  const file = stage.file('requests', requests.join(''))
  return runHelper<Loaded>('load.ts', stage.file('load.json', JSON.stringify({ ...how, requests: file, size })))
}

/** The same requests by wrk, which takes less of the processor than any generator of ours. Answers a second; null without wrk. */
export async function loadByWrk(
  stage: Stage,
  requests: readonly string[],
  how: Pick<Load, 'connections' | 'seconds' | 'port'>,
) {
  const wrk = findProgram('wrk')
  if (!wrk) return null
  const size = Buffer.byteLength(requests[0] ?? '')
  const run = async (part: readonly string[], seconds: number): Promise<number> => {
    const file = stage.file('wrk-requests', part.join(''))
    const script = stage.file(
      'wrk.lua',
      `local f = io.open("${file}", "rb") local all = f:read("*a") f:close()
local n = 0
function request() local from = (n % ${part.length}) * ${size} n = n + 1 return all:sub(from + 1, from + ${size}) end`,
    )
    const args = ['-t1', `-c${how.connections}`, `-d${seconds}s`, '-s', script, `http://127.0.0.1:${how.port}`]
    const said = await outputOf(wrk, args)
    const wrong = Number(/Non-2xx or 3xx responses: (\d+)/.exec(said)?.[1] ?? 0)
    if (wrong > 0) throw new Error(`wrk got ${wrong} wrong answers`)
    return Number(/Requests\/sec: *([\d.]+)/.exec(said)?.[1])
  }
  // What warms up is not asked again: each request may only be sent once.
  const warm = Math.floor(requests.length / 5)
  await run(requests.slice(0, warm), 2)
  return run(requests.slice(warm), how.seconds)
}

export interface Running {
  port: number
  pid: number
  stop(): Promise<void>
}

export async function bareServer(bare: Omit<Bare, 'port'>): Promise<Running> {
  const port = await freePort()
  return untilReady(
    withManyFiles([process.execPath, join(root, 'tools/bench/bare-server.ts'), JSON.stringify({ ...bare, port })]),
    port,
  )
}

/** Waits until somebody answers the port. */
export async function untilReady(server: ChildProcess, port: number): Promise<Running> {
  let complaint = ''
  server.stderr?.on('data', (text: Buffer) => {
    complaint += text
  })
  server.stdout?.resume()
  const began = Date.now()
  while (!(await answers(port))) {
    if (server.exitCode !== null || Date.now() - began > 10_000)
      throw new Error(`a bare server did not start: ${complaint}`)
    await sleep(20)
  }
  return {
    port,
    pid: server.pid ?? 0,
    async stop() {
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
    },
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const trial = connect({ port, host: '127.0.0.1' })
    trial.once('connect', () => {
      trial.destroy()
      resolve(true)
    })
    trial.once('error', () => resolve(false))
  })

/** Where a program lies, if this machine has it. */
export function findProgram(name: string): string | null {
  try {
    return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/** What a program printed on its way to an orderly end. */
export async function outputOf(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const running = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let complaint = ''
  running.stdout.on('data', (text: Buffer) => {
    out += text
  })
  running.stderr.on('data', (text: Buffer) => {
    complaint += text
  })
  const [code] = await once(running, 'close')
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${complaint}`)
  return out
}
