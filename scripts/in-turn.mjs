// Two commands started at once on the same tree take turns: one installs or builds, the other waits and finds it done.
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const tree = createHash('sha256')
  .update(fileURLToPath(new URL('..', import.meta.url)))
  .digest('hex')
  .slice(0, 12)

/** Runs `work` while nobody else on this tree runs work of the same name. The lock lies outside node_modules, which npm empties. */
export async function inTurn(name, work) {
  const lock = join(tmpdir(), `oplive-${name}-${userInfo().uid}-${tree}.lock`)
  for (let tries = 0; !take(lock); tries++) {
    if (tries === 10) console.log(`Waiting for the ${name} that another command began in this folder …`)
    if (isStale(lock)) rmSync(lock, { force: true })
    else await wait(100)
  }
  const alive = setInterval(() => touch(lock), 5000)
  const letGo = () => rmSync(lock, { force: true })
  process.once('exit', letGo)
  try {
    return await work()
  } finally {
    clearInterval(alive)
    process.off('exit', letGo)
    letGo()
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Its owner ended without letting go, or another process has got its number since. */
function isStale(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > 60_000) return true
    const owner = Number(readFileSync(lock, 'utf8'))
    if (owner > 0) process.kill(owner, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function touch(lock) {
  try {
    utimesSync(lock, new Date(), new Date())
  } catch {
    // Somebody removed it: then nobody is kept waiting either.
  }
}
