// `npm run dev`: builds and starts the program, and does both again whenever a source has changed.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { become } from './become.mjs'
import { buildWhenNeeded } from './build.mjs'
import { ensureInstalled, giveUp, heap, node24, Problem, root } from './installed.mjs'

/** The program that runs now, and a promise of its end. */
let program
let ended
let stopping = false

function start() {
  // OPLIVE_GREETED: the addresses and sign-in links have been said, and stay what they are.
  const mine = spawn(node24, [...heap, 'dist/main.js'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, OPLIVE_DEV: '1' },
  })
  process.env.OPLIVE_GREETED = '1'
  program = mine
  ended = new Promise((resolve) => mine.on('exit', resolve)).then((code) => {
    if (stopping) process.exit(code ?? 1)
    if (program !== mine) return
    program = undefined
    console.log('The program has ended; it starts again when a file changes.')
  })
}

async function stop() {
  const mine = program
  program = undefined
  mine?.kill('SIGTERM')
  await ended
}

let wanted = false
let busy = false

/** What changes during a build is built right after it. */
async function again() {
  wanted = true
  if (busy) return
  busy = true
  while (wanted && !stopping) {
    wanted = false
    try {
      const built = await buildWhenNeeded({ development: true })
      if (!built && program) continue
      await stop()
      start()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      console.error(error.message)
    }
  }
  busy = false
}

function end() {
  stopping = true
  if (program) program.kill('SIGTERM')
  else process.exit(0)
}

async function main() {
  await ensureInstalled()
  // An older Node cannot watch a whole tree.
  if (Number.parseInt(process.versions.node, 10) < 24) return become([fileURLToPath(import.meta.url)])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, end)
  let pause
  watch(`${root}/src`, { recursive: true }, () => {
    clearTimeout(pause)
    pause = setTimeout(() => again().catch(giveUp), 100)
  })
  await again()
}

main().catch(giveUp)
