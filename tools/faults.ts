// `npm run faults -- --rounds 200`: bad luck under the rehearsal, round after round: kill -9 of the program, of PostgreSQL, of both; a database
// that does not answer for half a minute; a full disk; three hundred phones behind one address. What was thanked for is counted once.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readLock } from '../src/db/embedded/lock-file.ts'
import { postgresIn } from '../src/db/embedded/processes.ts'
import { demoHost } from './rehearse/demo-host.ts'
import { postgresFolder } from './rehearse/keyboard.ts'
import { build, type OwnProgram, ownProgram } from './rehearse/own-program.ts'
import { type Rehearsed, rehearse, type Wish } from './rehearse/rehearsal.ts'

const kinds = ['kill-app', 'kill-db', 'kill-both', 'kill-closing', 'database-away', 'disk-full', 'one-address'] as const
type Kind = (typeof kinds)[number]

/** Seconds that the database stands still. */
const standing = 30
/** Seconds until it serves again (T4, T17). */
const goal: Record<Kind, number> = {
  'kill-app': 5,
  'kill-db': 5,
  'kill-both': 5,
  'kill-closing': 5,
  'database-away': 10,
  'disk-full': 20,
  'one-address': 5,
}

interface Row {
  kind: Kind
  rounds: number
  given: number
  counted: number
  /** What did not agree to the last answer (lost, doubled, refused), or took too long. */
  broken: string[]
  /** Milliseconds until the first thanks after the blow. */
  away: number[]
}

const median = (list: readonly number[]): number | undefined => [...list].sort((a, b) => a - b)[list.length >> 1]
const inSeconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`)

/** PostgreSQL stands still, as when its disk or its host does. */
async function standStill(program: OwnProgram, seconds: number): Promise<void> {
  const folder = await postgresFolder(program.place.dataFolder)
  const lock = await readLock(folder)
  const all = [...new Set([...(lock ? [lock.pid] : []), ...postgresIn(folder)])]
  const signal = (what: NodeJS.Signals) => {
    for (const pid of all)
      try {
        process.kill(pid, what)
      } catch {
        // It has ended meanwhile.
      }
  }
  signal('SIGSTOP')
  await sleep(seconds * 1000)
  signal('SIGCONT')
}

/** Every byte of the small disk is taken for some seconds; then there is room again. */
async function fill(disk: string, seconds: number): Promise<void> {
  const filler = join(disk, 'filler')
  const { bavail, bsize } = statfsSync(disk)
  try {
    writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize)))
  } catch {
    // As full as it gets.
  }
  await sleep(seconds * 1000)
  rmSync(filler, { force: true })
}

async function oneRound(
  program: OwnProgram,
  kind: Kind,
  seed: number,
  phones: number,
  disk: string | null,
): Promise<Rehearsed> {
  const { link, community } = await demoHost(program.place, program.url)
  const blow = (): Wish['kill'] => {
    switch (kind) {
      case 'kill-app':
        return { when: 'answering', work: () => program.kill('app') }
      case 'kill-db':
        return { when: 'answering', work: () => program.kill('db') }
      case 'kill-both':
        return { when: 'answering', work: () => program.kill('both') }
      case 'kill-closing':
        return { when: 'closing', work: () => program.kill(Math.floor(seed / kinds.length) % 2 ? 'app' : 'db') }
      case 'database-away':
        return { when: 'answering', work: () => standStill(program, standing) }
      case 'disk-full':
        return { when: 'answering', work: () => fill(disk ?? '', 8) }
      case 'one-address':
        return null
    }
  }
  return rehearse({
    origin: program.url,
    phones: kind === 'one-address' ? 300 : phones,
    seed,
    link,
    community,
    place: program.place,
    kill: blow(),
    over: kind === 'one-address' ? 3 : Math.max(1, phones / 100),
  })
}

/** A disk of its own that may be filled without harm; null where this user may not mount one. */
function smallDisk(): string | null {
  if (process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'oplive-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=320m,mode=0755', 'tmpfs', folder])
    return folder
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '200' },
      phones: { type: 'string', default: '200' },
      only: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  })
  const rounds = Number(values.rounds)
  const phones = Number(values.phones)
  const chosen = values.only ? kinds.filter((kind) => values.only?.split(',').includes(kind)) : kinds
  if (chosen.length === 0) throw new Error(`--only is some of ${kinds.join(', ')}`)
  const kills = chosen.filter((kind) => kind.startsWith('kill'))
  await build()
  const rows = new Map<Kind, Row>()
  const play = async (program: OwnProgram, kind: Kind, seed: number, disk: string | null) => {
    const row = rows.get(kind) ?? { kind, rounds: 0, given: 0, counted: 0, broken: [], away: [] }
    rows.set(kind, row)
    row.rounds++
    const done = await oneRound(program, kind, seed, phones, disk).catch((error: unknown) => {
      row.broken.push(
        `${kind}, seed ${seed}: the round could not be held (${error instanceof Error ? error.message : error})`,
      )
      return null
    })
    if (!done) return
    row.given += done.cards.given
    row.counted += done.cards.counted ?? 0
    if (done.times.away !== null && kind !== 'kill-closing') row.away.push(done.times.away)
    // The outage itself does not count: only how long it takes to serve after it.
    const back = (done.times.away ?? 0) - (kind === 'database-away' ? standing * 1000 : 0)
    if (back > goal[kind] * 1000)
      row.broken.push(`${kind}, seed ${seed}: ${inSeconds(back)} until it served again, the goal is ${goal[kind]} s`)
    if (done.faults.length > 0) row.broken.push(`${kind}, seed ${seed}: ${done.faults.slice(0, 3).join('; ')}`)
  }
  const began = performance.now()
  let program = await ownProgram()
  try {
    await program.start()
    for (let round = 0; round < rounds && kills.length > 0; round++) {
      const kind = kills[round % kills.length]
      if (kind) await play(program, kind, Number(values.seed) + round, null)
    }
    if (chosen.includes('one-address')) await play(program, 'one-address', 1, null)
    if (chosen.includes('database-away')) await play(program, 'database-away', 2, null)
  } finally {
    await program.clear()
  }
  if (chosen.includes('disk-full')) {
    const disk = smallDisk()
    if (disk) {
      program = await ownProgram({ within: disk })
      try {
        await program.start()
        await play(program, 'disk-full', 3, disk)
      } finally {
        await program.clear()
        execFileSync('umount', ['-l', disk])
        rmSync(disk, { recursive: true, force: true })
      }
    } else console.log('disk-full was left out: only root can mount a small disk')
  }
  console.log('kind            rounds  thanked  counted  broken  back: median, longest')
  for (const { kind, rounds: n, given, counted, broken, away } of rows.values())
    console.log(
      `${kind.padEnd(15)} ${String(n).padStart(6)} ${String(given).padStart(8)} ${String(counted).padStart(8)} ${String(broken.length).padStart(7)}  ${inSeconds(median(away))}, ${inSeconds(away.length ? Math.max(...away) : undefined)}`,
    )
  console.log(`in ${((performance.now() - began) / 1000).toFixed(0)} s, ${phones} phones a round`)
  const broken = [...rows.values()].flatMap((row) => row.broken)
  for (const line of broken) console.log(line)
  return broken.length === 0
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(2)
  },
)
