// Makes sure that exactly what package-lock.json names is installed. Runs on the machine's own Node, 18 or newer, with nothing installed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inTurn } from './in-turn.mjs'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** Node 24: the program and its tools run on this one, whatever the machine has. */
export const node24 = join(root, 'node_modules/.bin/node')

/**
 * What the program's Node is told about its memory: to throw away sooner what nobody needs any more. On an evening with a thousand
 * phones it works no longer for that, and weighs half.
 */
export const heap = JSON.parse(readFileSync(join(root, 'scripts/heap.json'), 'utf8'))

/** Gone with every `npm ci`, which empties the folder. */
const memory = join(root, 'node_modules/.oplive-lock')

/** What went wrong, in a sentence for whoever typed the command. */
export class Problem extends Error {}

/** The end of every script that could not do its work. */
export function giveUp(error) {
  console.error(error instanceof Problem ? error.message : error)
  process.exit(1)
}

/** Runs `npm ci` unless what is there is what the lock names. Two that start at once take turns. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await inTurn('install', async () => {
    if (isInstalled()) return
    console.log('Installing (once, about 30 seconds) …')
    await npmCi()
    if (!existsSync(node24)) {
      throw new Problem(
        'npm left out the install scripts, and Node 24 and PostgreSQL come with them: run "npm ci --ignore-scripts=false" in this folder, then try again.',
      )
    }
    remember()
  })
}

/** Remembered by the hash of the lock, since reading every package takes longer than a start should. */
function isInstalled() {
  if (!existsSync(node24)) return false
  if (existsSync(memory) && readFileSync(memory, 'utf8') === hashOfLock()) return true
  if (!matchesLock()) return false
  remember()
  return true
}

function remember() {
  try {
    writeFileSync(memory, hashOfLock())
  } catch {
    // A folder that belongs to somebody else: then the packages are read each time.
  }
}

function hashOfLock() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lock).digest('hex')
}

/**
 * Whether the packages on the disk are those of the lock, so that an install by hand counts as well.
 * npm writes a list of its own as the last act of an install; it is taken as a sign of the end only, since npm also
 * changes it when it installs nothing (`npm install --package-lock-only`).
 */
function matchesLock() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false
  return Object.entries(readJson('package-lock.json').packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = readJson(join(path, 'package.json'))
    return found ? found.version === wanted.version : Boolean(wanted.optional ?? wanted.devOptional)
  })
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8'))
  } catch {
    return undefined
  }
}

async function npmCi() {
  const env = { ...process.env }
  // Not by the Node in node_modules, which is about to be replaced.
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith('node_modules/.bin'))
    .join(delimiter)
  // A service user often has no home, or one that belongs to root.
  if (!canWrite(env.npm_config_cache ?? join(homedir(), '.npm'))) env.npm_config_cache = join(root, '.npm-cache')
  const options = ['--include=dev', '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier']
  const npm = spawn('npm', ['ci', ...options], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve, reject) => {
    npm.on('exit', (status, signal) => resolve(status ?? signal))
    npm.on('error', () =>
      reject(new Problem('npm was not found; install Node with npm (version 18 or newer), then try again.')),
    )
  })
  if (code !== 0)
    throw new Problem(`"npm ci" ended with ${code}; what it said stands above; mend that, then try again.`)
}

/** Whether the folder could be made or filled: asked of the nearest one above that exists. */
function canWrite(folder) {
  let nearest = folder
  while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest)
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}
