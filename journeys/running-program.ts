// The program as it was built, running for the journeys: an empty folder, the demo municipality, a free port.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the program is: `http://127.0.0.1:<port>`. */
    origin: string
    /** One-time sign-in links by first name. Each works once. */
    links: Record<string, string>
    /** The data folder, for making more links. */
    data: string
    /** The folder where letters arrive: one file each, by when they came. */
    letters: string
  }
}

export default async function runningProgram(project: TestProject) {
  const data = mkdtempSync(join(tmpdir(), 'oplive-journeys-'))
  chmodSync(data, 0o755)
  const port = await freePort()
  const mail = await mailbox(join(data, 'letters'))
  const program = spawn(process.execPath, ['dist/main.js'], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      OPLIVE_DATA: data,
      DATABASE_URL: '',
      ORIGIN: '',
      NODE_ENV: 'production',
      OPLIVE_SMTP: `smtp://127.0.0.1:${mail.port}`,
      OPLIVE_MAIL_FROM: 'oplive@example.dk',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const links = await waysIn(program)
  project.provide('origin', `http://127.0.0.1:${port}`)
  project.provide('links', links)
  project.provide('data', data)
  project.provide('letters', mail.folder)
  return async () => {
    const ended = new Promise((resolve) => program.once('exit', resolve))
    program.kill('SIGTERM')
    await ended
    await mail.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** A mail server on this machine that lays every letter in a folder. */
async function mailbox(folder: string) {
  mkdirSync(folder)
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        count += 1
        // In one step: nobody reads half a letter.
        const path = join(folder, `${String(count).padStart(4, '0')}.eml`)
        writeFileSync(`${path}.new`, Buffer.concat(parts))
        renameSync(`${path}.new`, path)
        done()
      })
    },
  })
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    folder,
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise<void>((stopped) => server.close(stopped)),
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
