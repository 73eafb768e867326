// Boots what was built, as a stranger would: an empty folder, a free port, the first page, its style, an orderly end, and once more.
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { heap, node24, Problem, root } from './installed.mjs'

const firstPatience = 90_000
const laterGoal = 3000
const endPatience = 10_000

/** Throws a Problem that says what was not as it should be. */
export async function boots(env) {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-boot-'))
  // As root the database runs as another user, who has to pass through.
  chmodSync(folder, 0o755)
  try {
    const first = await start(env, folder)
    await first.hasPackedStyle()
    await first.end()
    // Three tries, since other work on this machine may be in the way of one.
    const later = []
    do {
      const again = await start(env, folder)
      later.push(again.ms)
      await again.end()
    } while (Math.min(...later) > laterGoal && later.length < 3)
    console.log(`First page after ${first.ms} ms on an empty folder, then after ${later.join(', ')} ms.`)
    if (Math.min(...later) > laterGoal)
      throw new Problem(`A later start must show its first page within ${laterGoal} ms.`)
  } finally {
    endDatabase(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A program that did not end as it should has left its PostgreSQL behind. */
function endDatabase(folder) {
  try {
    process.kill(Number.parseInt(readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8'), 10), 'SIGQUIT')
  } catch {
    // It has ended with the program, as it should.
  }
}

async function start(env, folder) {
  const { DATABASE_URL, ORIGIN, OPLIVE_DEV, ...rest } = env
  const port = await freePort()
  const settings = { HOST: '127.0.0.1', PORT: String(port), OPLIVE_DATA: join(folder, 'data'), NODE_ENV: 'production' }
  const began = Date.now()
  const program = spawn(node24, [...heap, 'dist/main.js'], {
    cwd: root,
    env: { ...rest, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  program.stdout.on('data', (text) => (said += text))
  program.stderr.on('data', (text) => (said += text))
  let ended
  const end = new Promise((resolve) => {
    program.on('error', (error) => resolve(error.message))
    program.on('exit', (code, signal) => resolve(signal ?? code))
  })
  end.then((how) => {
    ended = how
  })

  /** Ends it before it complains, so that no database is left behind. */
  async function complain(sentence) {
    program.kill('SIGTERM')
    await Promise.race([end, wait(endPatience)])
    program.kill('SIGKILL')
    throw new Problem(`${sentence} The program said:\n${said.slice(-4000)}`)
  }

  let page
  while (page?.status !== 200) {
    if (ended !== undefined) await complain(`The program ended with ${ended} before its first page.`)
    if (Date.now() - began > firstPatience)
      await complain(`GET / gave ${page?.status ?? 'no answer'} for ${firstPatience} ms.`)
    page = await ask(port, '/').catch(() => undefined)
    if (page?.status !== 200) await wait(20)
  }

  return {
    ms: Date.now() - began,
    async hasPackedStyle() {
      const address = /\/a\/[^"'\s>]+\.css/.exec(page.text)?.[0]
      if (!address) return complain('The first page names no style under /a/.')
      const style = await ask(port, address)
      if (style.status !== 200) await complain(`GET ${address} gave ${style.status}.`)
      if (style.encoding !== 'br')
        await complain(`GET ${address} came as ${style.encoding ?? 'plain text'}, not as brotli.`)
    },
    async end() {
      program.kill('SIGTERM')
      await Promise.race([end, wait(endPatience, undefined, { ref: false })])
      if (ended !== 0)
        await complain(`After SIGTERM the program ${ended === undefined ? 'went on' : `ended with ${ended}`}.`)
    },
  }
}

/** One request as a browser makes it; a redirect is followed. */
function ask(port, path) {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': path === '/' ? 'identity' : 'gzip, br', accept: 'text/html,*/*' }
    const request = get({ host: '127.0.0.1', port, path, headers, timeout: 5000 }, (answer) => {
      const { statusCode: status, headers: given } = answer
      let text = ''
      answer.on('data', (part) => (text += part))
      answer.on('error', reject)
      answer.on('end', () => {
        if (given.location) ask(port, new URL(given.location, 'http://localhost').pathname).then(resolve, reject)
        else resolve({ status, text, encoding: given['content-encoding'] })
      })
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', reject)
  })
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
