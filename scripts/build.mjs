// `npm run build`: makes dist/ when the sources say something else than what it was made of, or always with --force.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inTurn } from './in-turn.mjs'
import { ensureInstalled, giveUp, node24, Problem, root } from './installed.mjs'

const dist = join(root, 'dist')

/** True when it had to build. `development` leaves out what only a slow network needs. */
export async function buildWhenNeeded({ force = false, development = false } = {}) {
  if (!force && isFresh(development)) return false
  return inTurn('build', async () => {
    if (!force && isFresh(development)) return false
    const began = Date.now()
    const made = join(root, `node_modules/.oplive-build-${process.pid}`)
    const before = `${made}-before`
    try {
      // Taken before: what changes meanwhile is built the next time.
      const source = fingerprint(development)
      await bundle(made, development)
      writeFileSync(join(made, '.made-of'), source)
      // Put in place whole, so that nobody finds half a build, and a failed one leaves the last good one.
      if (existsSync(dist)) renameSync(dist, before)
      renameSync(made, dist)
    } finally {
      for (const folder of [made, before]) rmSync(folder, { recursive: true, force: true })
    }
    console.log(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
    return true
  })
}

function isFresh(development) {
  try {
    return readFileSync(join(dist, '.made-of'), 'utf8') === fingerprint(development)
  } catch {
    return false
  }
}

/** By content, not by time: a checkout, a copy or a clock that is wrong changes times only. */
function fingerprint(development) {
  const hash = createHash('sha256')
  const settings = ['package-lock.json', 'tsconfig.json', 'scripts/bundle.mjs', 'scripts/inventory.mjs'].map((name) =>
    join(root, name),
  )
  for (const path of [...settings, ...filesIn(join(root, 'src'))]) {
    const content = readFileSync(path)
    hash.update(`${path.slice(root.length)} ${content.length}\n`).update(content)
  }
  return hash.digest('hex') + (development ? ' for development' : '')
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesIn(path)
      return /\.(tsx?|css|json|sql)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
    })
}

async function bundle(folder, development) {
  const args = [join(root, 'scripts/bundle.mjs'), folder, ...(development ? ['--development'] : [])]
  const bundler = spawn(node24, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  const code = await new Promise((resolve) => bundler.on('error', resolve).on('exit', resolve))
  if (code !== 0) throw new Problem('The build failed; what it said stands above.')
}

async function main() {
  await ensureInstalled()
  const built = await buildWhenNeeded({ force: process.argv.includes('--force') })
  if (!built) console.log('dist/ is up to date.')
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) main().catch(giveUp)
