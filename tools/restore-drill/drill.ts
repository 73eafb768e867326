// The drill: backups while many write, each restored and looked at, and damaged ones refused with nothing touched.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { backUp } from '../../src/backup/backup.deeds.ts'
import { checkDatabase } from '../../src/backup/check.deeds.ts'
import { keepPresent } from '../../src/backup/present.deeds.ts'
import { restoreInto } from '../../src/backup/restore.deeds.ts'
import { restoreFolder } from '../../src/backup/restore-folder.deeds.ts'
import { newKeyPair } from '../../src/backup/sealing.ts'
import { KeyboardProblem } from '../../src/command.ts'
import { startEmbedded } from '../../src/db/embedded.ts'
import type { World } from '../../src/test-house.ts'
import { chanceOf } from '../rehearse/chance.ts'
import { damage, damages } from './damaging.ts'
import { notOneMoment } from './one-moment.ts'
import { write } from './writing.ts'

export interface Drilled {
  rounds: number
  /** Of which so many went into another data folder. */
  folders: number
  /** Deeds of the writers, and how many of them were seen again in what was restored. */
  deeds: number
  seen: number
  /** How many left between a backup and its restore, over the rounds. */
  forgotten: number
  damaged: number
  refused: number
  faults: string[]
  /** Milliseconds. */
  backups: number[]
  restores: number[]
}

const secret = Buffer.alloc(32, 7)

/** `ownerUrl`: of the server on which it is restored. `say` hears after each round. */
export async function drill(
  world: World,
  ownerUrl: string,
  how: { rounds: number; damaged: number; folderEvery: number; seed: number; clients?: number },
  say: (line: string) => void = () => {},
): Promise<Drilled> {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-drill-'))
  chmodSync(folder, 0o755)
  const pair = await newKeyPair()
  const out: Drilled = {
    rounds: 0,
    folders: 0,
    deeds: 0,
    seen: 0,
    forgotten: 0,
    damaged: 0,
    refused: 0,
    faults: [],
    backups: [],
    restores: [],
  }
  const done: Awaited<ReturnType<typeof write>>['done'] = []
  let last = ''
  try {
    for (let round = 1; round <= how.rounds; round++) {
      const chance = chanceOf(how.seed, round)
      world.clock.set(new Date(world.clock.now().getTime() + 60_000).toISOString())
      const backups = join(folder, `round-${round}`)
      const writers = await write(world, how.clients ?? 8, how.seed * 1000 + round)
      await sleep(chance.between(50, 300))
      const from = performance.now()
      const made = await backUp(world.ownerUrl, { folder: backups, recipient: pair.recipient, now: world.clock.now() })
      const to = performance.now()
      await sleep(chance.between(50, 200))
      await writers.stop()
      done.push(...writers.done)
      last = made.file
      const leftSince = round % 2 === 0
      if (leftSince) await asOwner(world.ownerUrl, (owner) => keepPresent(owner, backups, world.clock.now()))
      const began = performance.now()
      const look = async (url: string) => {
        out.restores.push(performance.now() - began)
        const { faults, seen } = await notOneMoment(url, done, { from, to, leftSince })
        const red = (await checkDatabase(url)).filter(({ good }) => !good)
        out.faults.push(
          ...[...faults, ...red.map(({ what, said }) => `${what}: ${said}`)].map((one) => `round ${round}: ${one}`),
        )
        out.seen += seen
      }
      if (how.folderEvery > 0 && round % how.folderEvery === 0) {
        const dataFolder = join(folder, `data-${round}`)
        const { forgotten } = await restoreFolder(dataFolder, {
          file: made.file,
          identity: pair.identity,
          now: world.clock.now(),
          presentIn: leftSince ? backups : join(folder, 'no-list'),
        })
        const server = await startEmbedded({ folder: dataFolder })
        await look(server.superuserUrl).finally(() => server.stop())
        rmSync(dataFolder, { recursive: true, force: true })
        out.folders++
        out.forgotten += forgotten?.people ?? 0
      } else
        await inDatabase(ownerUrl, async (url) => {
          const { forgotten } = await restoreInto(url, {
            file: made.file,
            identity: pair.identity,
            secret,
            ...(leftSince ? { presentIn: backups } : {}),
          })
          out.forgotten += forgotten?.people ?? 0
          await look(url)
        })
      out.rounds++
      out.deeds += writers.done.length
      out.backups.push(made.ms)
      say(`round ${round}: ${writers.done.length} deeds, ${out.faults.length} faults so far`)
    }
    if (how.damaged > 0)
      await inDatabase(ownerUrl, async (url) => {
        await asOwner(url, (owner) => owner.query(`create table public.their_own as select 'not ours' as what`))
        const before = await allThere(url)
        for (let n = 0; n < how.damaged; n++) {
          const kind = damages[n % damages.length] ?? 'cut'
          const file = join(folder, 'damaged.backup')
          await damage(kind, last, file, pair, chanceOf(how.seed, 100_000 + n))
          out.damaged++
          const told = await restoreInto(url, { file, identity: pair.identity, secret }).then(
            () => 'taken',
            (error: unknown) => (error instanceof KeyboardProblem ? null : `not told in words: ${error}`),
          )
          const after = await allThere(url)
          if (told === null && after === before) out.refused++
          else out.faults.push(`damaged ${n} (${kind}): ${told ?? 'refused, and the database is not as it was'}`)
          if (after !== before) break
        }
      })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return out
}

async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

async function inDatabase(ownerUrl: string, work: (url: string) => Promise<void>): Promise<void> {
  const name = `drill_${crypto.randomUUID().replaceAll('-', '')}`
  await asOwner(ownerUrl, (owner) => owner.query(`create database ${name}`))
  const url = new URL(ownerUrl)
  url.pathname = `/${name}`
  try {
    await work(url.href)
  } finally {
    await asOwner(ownerUrl, async (owner) => {
      await owner.query(`drop database if exists ${name} with (force)`)
      await owner.query(`drop role if exists oplive_app_${name}`)
    })
  }
}

/** Everything that lies in a database, in a word: its tables, functions, types and schemas, and the one table that is not ours. */
const allThere = (url: string): Promise<string> =>
  asOwner(url, async (owner) => {
    const { rows } = await owner.query<{ all: string }>(`
      select concat_ws('|', (select string_agg(nspname, ',' order by nspname) from pg_namespace where nspname not like 'pg\\_t%'),
        (select string_agg(relname, ',' order by relname) from pg_class where relnamespace = 'public'::regnamespace),
        (select string_agg(proname, ',' order by proname) from pg_proc where pronamespace = 'public'::regnamespace),
        (select string_agg(what, ',') from public.their_own)) as all`)
    return rows[0]?.all ?? ''
  })
