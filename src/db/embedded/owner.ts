// Who owns the folder: a claim that ends with its process, so that two programs never write to one database.
import { randomBytes } from 'node:crypto'
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedProblem } from './problem.ts'
import { factsOf, stillLives, thisPlace } from './processes.ts'

/**
 * A claim is an empty file whose name says it all, so it can be made on a full disk and is never read half-written.
 * Everyone first lays down a claim of their own and then looks for others: of two, at least one sees the other.
 * The elder claim stays and the younger leaves. An elder that came late, when the younger had already looked, leaves after a while.
 * Nobody takes away a claim that may live, and no name is ever used twice, so there is no moment at which two could hold the folder.
 */
interface Claim {
  name: string
  pid: number
  birth: string
  place: string
}

interface Pace {
  /** A claim from another container or machine cannot be asked for by pid; its owner touches it this often. */
  beatMs: number
  /** Untouched for this long it counts as dead. */
  silentMs: number
  /** Long enough for such a claim to fall silent when its owner has just died. */
  patienceMs: number
}

const usualPace: Pace = { beatMs: 1000, silentMs: 3000, patienceMs: 4000 }

export interface Ownership {
  release(): Promise<void>
}

export async function claimFolder(home: string, pace: Pace = usualPace): Promise<Ownership> {
  const birth = factsOf(process.pid)?.birth ?? 'hidden'
  const name = ['owner', Date.now(), process.pid, birth, thisPlace, randomBytes(4).toString('hex')].join('-')
  const path = join(home, name)
  await writeFile(path, '', { flag: 'wx', mode: 0o600 })
  const leave = () => rm(path, { force: true })
  try {
    const until = Date.now() + pace.patienceMs
    for (;;) {
      const rivals = await livingRivals(home, name, pace)
      if (rivals.length === 0) break
      const elder = rivals.find((rival) => rival.name < name && rival.place === thisPlace)
      const winner = elder ?? (Date.now() > until ? rivals[0] : undefined)
      if (winner !== undefined) throw owned(home, winner.pid, winner.place !== thisPlace)
      await sleep(20)
    }
  } catch (error) {
    await leave()
    throw error
  }
  const beat = setInterval(() => {
    const now = new Date()
    // A folder that is gone or read-only for a moment must not end the program.
    utimes(path, now, now).catch(() => undefined)
  }, pace.beatMs).unref()
  return {
    async release() {
      clearInterval(beat)
      await leave()
    },
  }
}

export function owned(folder: string, pid: number | string, faraway = false): EmbeddedProblem {
  const who = `process ${pid}${faraway ? ' in another container or on another machine' : ''}`
  return new EmbeddedProblem(
    'owned-by-another-program',
    `Another Oplive (${who}) is already using the database in ${folder}; it goes on undisturbed; stop it first, or give this one a folder of its own.`,
  )
}

async function livingRivals(home: string, mine: string, pace: Pace): Promise<Claim[]> {
  const claims = (await readdir(home)).flatMap((name) => (name === mine ? [] : readClaim(name)))
  const living: Claim[] = []
  for (const claim of claims) {
    if (await lives(home, claim, pace)) living.push(claim)
    else await rm(join(home, claim.name), { force: true })
  }
  return living.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readClaim(name: string): Claim[] {
  const [, pid, birth, place] = /^owner-\d+-(\d+)-(\w+)-([0-9a-f]{12})-[0-9a-f]{8}$/.exec(name) ?? []
  if (pid === undefined || birth === undefined || place === undefined) return []
  return [{ name, pid: Number(pid), birth, place }]
}

async function lives(home: string, claim: Claim, pace: Pace): Promise<boolean> {
  if (claim.place === thisPlace) return stillLives(claim.pid, claim.birth)
  const file = await stat(join(home, claim.name)).catch(() => undefined)
  return file !== undefined && Math.abs(Date.now() - file.mtimeMs) < pace.silentMs
}
