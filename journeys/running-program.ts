// The program as it was built, running for the journeys: an empty folder, the demo municipality, a free port.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the program is: `http://127.0.0.1:<port>`. */
    origin: string
    /** One-time sign-in links by first name. Each works once. */
    links: Record<string, string>
    /** The data folder, for making more links. */
    data: string
  }
}

export default async function runningProgram(project: TestProject) {
  const data = mkdtempSync(join(tmpdir(), 'oplive-journeys-'))
  chmodSync(data, 0o755)
  const port = await freePort()
  const program = spawn(process.execPath, ['dist/main.js'], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      OPLIVE_DATA: data,
      DATABASE_URL: '',
      ORIGIN: '',
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const links = await waysIn(program)
  project.provide('origin', `http://127.0.0.1:${port}`)
  project.provide('links', links)
  project.provide('data', data)
  return async () => {
    const ended = new Promise((resolve) => program.once('exit', resolve))
    program.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}

/** Waits until the program has printed its sign-in links, and reads them. */
function waysIn(program: ChildProcess): Promise<Record<string, string>> {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (part: Buffer) => {
      text += part
      const links = [...text.matchAll(/^ {2}(\p{L}+)[^\n]*?(\/in\/[\w-]{22})$/gmu)]
      if (/Sign in as/.test(text) && /\/in\/[\w-]{22}\n\n/.test(text))
        resolve(Object.fromEntries(links.map(([, name, path]) => [name, path])))
    }
    program.stdout?.on('data', read)
    program.stderr?.on('data', (part: Buffer) => {
      text += part
    })
    program.once('exit', (code) => reject(new Error(`the program ended (${code}) before it served:\n${text}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
