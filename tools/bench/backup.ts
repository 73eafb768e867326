// A backup of a gigabyte while phones answer, brought back and checked; and a community of 20,000 people as a bundle, out and in.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import heap from '../../scripts/heap.json' with { type: 'json' }
import { newKeyPair } from '../../src/backup/sealing.ts'
import { plantCrowd } from '../../src/people/test-crowd.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { type OwnProgram, ownProgram, root } from '../rehearse/own-program.ts'
import { answerOf } from './answers.ts'
import { load } from './loading.ts'
import { type Figure, type Row, thousands } from './row.ts'
import type { Stage } from './stage.ts'

const gigabyte = 1_000_000_000
/** Answers a second, posted by phones that come one after another. */
const rate = 100
const loadSeconds = 75
const people = 20_000
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

export const backupFigure: Figure = {
  name: 'backup',
  async measure(stage) {
    const pair = await newKeyPair()
    const backups = join(stage.folder, 'backups')
    const settings = { OPLIVE_BACKUPS: backups, OPLIVE_BACKUP_RECIPIENT: pair.recipient }
    const size = await grow(stage)
    const rows = await backedUp(stage, settings, size)
    const file = readdirSync(backups).find((name) => name.endsWith('.backup'))
    if (!file) throw new Error('no backup was made')
    rows.push(await restored(stage, join(backups, file), stage.file('key.txt', pair.identity), settings))
    rmSync(backups, { recursive: true, force: true })
    await askOwner(stage.program.place, 'delete from community.definition where version > 1000')
    rows.push(...(await bundled(stage)))
    return rows
  },
}

/** Words that no packing makes much of, in a table that has nothing else to tell, until the database weighs a gigabyte. */
async function grow({ program: { place } }: Stage): Promise<number> {
  const ask = async () =>
    Number((await askOwner<{ size: string }>(place, 'select pg_database_size(current_database()) as size'))[0]?.size)
  for (let from = 1001; (await ask()) < gigabyte; from += 100_000)
    await askOwner(
      place,
      `insert into community.definition (community_id, version, text, authors, written_at)
       select (select id from community.community order by id limit 1), g,
         (select string_agg(md5(g || ' ' || n || random()), ' ') from generate_series(1, 16) n), 1, now()
       from generate_series(${from}, ${from} + 99999) g`,
    )
  await askOwner(place, 'checkpoint')
  return ask()
}

interface Ended {
  ms: number
  said: string
}

/** The command as whoever keeps the server types it, or as the night starts it. */
async function oplive(place: OwnProgram['place'], settings: Record<string, string>, ...args: string[]): Promise<Ended> {
  const { DATABASE_URL, ...rest } = process.env
  const began = performance.now()
  const command = spawn(process.execPath, [...heap, 'dist/main.js', ...args], {
    cwd: root,
    env: { ...rest, OPLIVE_DATA: place.dataFolder, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const out of [command.stdout, command.stderr])
    out.on('data', (text: Buffer) => {
      said += text
    })
  const [code] = await once(command, 'close')
  if (code !== 0) throw new Error(`oplive ${args[0]} ended with ${code}: ${said}`)
  return { ms: performance.now() - began, said }
}

async function backedUp(stage: Stage, settings: Record<string, string>, size: number): Promise<Row[]> {
  const meeting = await stage.openMeeting()
  const requests = meeting.tokens(rate * (loadSeconds + 4)).map((token) => answerOf(meeting, stage.port, token))
  const how = { connections: 64, warmUp: 2, rate, port: stage.port, status: 204 }
  const before = await load(stage, requests.slice(0, rate * 4), { ...how, seconds: 2 })
  const during = load(stage, requests.slice(rate * 4), { ...how, seconds: loadSeconds - 2 })
  await sleep(3_000)
  const { ms } = await oplive(stage.program.place, settings, 'backup')
  const answers = await during
  await stage.host.close(meeting.code)
  if (answers.wrong > 0) throw new Error(`${answers.wrong} answers were not taken`)
  const weight = readdirSync(settings.OPLIVE_BACKUPS ?? '')
    .filter((name) => name.endsWith('.backup'))
    .reduce((sum, name) => sum + statSync(join(settings.OPLIVE_BACKUPS ?? '', name)).size, 0)
  return [
    {
      what: `backup of ${(size / gigabyte).toFixed(2)} GB while ${rate} phones a second answer`,
      goal: '60 s',
      measured: `${seconds(ms)}, ${thousands(weight / 1e6)} MB`,
      anchor: '',
      reached: ms < 60_000,
    },
    {
      what: 'the slowest answer meanwhile, accepted and on disk, counted from when it was due',
      goal: '250 ms',
      measured: `${answers.most.toFixed(0)} ms of ${thousands(answers.answers)} (p50 ${answers.p50.toFixed(1)}, p99 ${answers.p99.toFixed(0)}; without a backup at most ${before.most.toFixed(0)})`,
      anchor: '',
      reached: answers.most < 250,
    },
  ]
}

async function restored(stage: Stage, file: string, key: string, settings: Record<string, string>): Promise<Row> {
  const place = { databaseUrl: null, dataFolder: join(stage.folder, 'restored') }
  // As root the database runs as another user, who has to pass through.
  chmodSync(stage.folder, 0o755)
  const { ms, said } = await oplive(place, settings, 'restore', file, '--key', key)
  rmSync(place.dataFolder, { recursive: true, force: true })
  const check = await oplive(stage.program.place, settings, 'check')
  return {
    what: 'the same restored into another data folder, and checked',
    goal: '90 s',
    measured: `${seconds(ms)}; a check of the running one takes ${seconds(check.ms)}`,
    anchor: '',
    reached: ms + check.ms < 90_000 && said.includes('Restored as it was'),
  }
}

async function bundled(stage: Stage): Promise<Row[]> {
  const { place } = stage.program
  // One whose cards are all counted: where late ones are still gathered, a community stays where its key lies.
  const [there] = await askOwner<{ id: string; slug: string }>(
    place,
    `select id, slug from community.community c where not exists (select from community.card_round r
       join community.meeting m on m.id = r.meeting_id where m.community_id = c.id and r.counted_at is null) order by slug desc limit 1`,
  )
  if (!there) throw new Error('the demo has a community whose cards are counted')
  await plantCrowd((text, values) => askOwner(place, text, values ?? []), there.id, people)
  const file = join(stage.folder, 'community.bundle')
  const home = await ownProgram()
  try {
    const out = await oplive(place, {}, 'export', '--community', there.slug, '--to', file)
    const signer = /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec(out.said)?.[0] ?? ''
    const weight = existsSync(file) ? statSync(file).size : 0
    await home.start()
    const took = await oplive(home.place, {}, 'import', file, '--signer', signer, '--slug', 'moved-here')
    return [
      {
        what: `a bundle of a community of ${thousands(people)} people`,
        goal: '30 s',
        measured: `packed in ${seconds(out.ms)} (${(weight / 1e6).toFixed(1)} MB), taken in by another installation in ${seconds(took.ms)}`,
        anchor: '',
        reached: out.ms < 30_000 && took.ms < 30_000,
      },
    ]
  } finally {
    await home.clear()
    await askOwner(
      place,
      `delete from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$' and account_id is null`,
      [there.id],
    )
  }
}
