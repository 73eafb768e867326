import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { raiseWorld, type World } from '../test-house.ts'
import { type BackedUp, backUp } from './backup.deeds.ts'
import { backupState, backupsIn, noteState, redLine } from './backup-state.ts'
import { checkDatabase } from './check.deeds.ts'
import { keepPresent } from './present.deeds.ts'
import { restoreInto } from './restore.deeds.ts'
import { type KeyPair, newKeyPair } from './sealing.ts'

let world: World
let down: () => Promise<void>
let folder: string
let pair: KeyPair
let made: BackedUp
const secret = Buffer.alloc(32, 7)
const databases: string[] = []

beforeAll(async () => {
  const raised = await raiseWorld(
    { ownerUrl: inject('ownerUrl'), template: inject('template') },
    '2027-03-14T18:00:00Z',
  )
  world = raised.world
  down = raised.down
  folder = mkdtempSync(join(tmpdir(), 'oplive-backup-'))
  pair = await newKeyPair()
  await world.sql(
    `insert into community.definition (community_id, version, text, authors, written_at)
    select $1, g, 'Fjord\\t\\n»' || repeat(md5(g::text), 15), 1, now() from generate_series(1, 20000) g`,
    [world.holmetofte],
  )
  made = await backUp(world.ownerUrl, { folder, recipient: pair.recipient, now: world.clock.now() })
})

afterAll(async () => {
  for (const name of databases) {
    await asOwner((owner) => owner.query(`drop database if exists ${name} with (force)`))
    await asOwner((owner) => owner.query(`drop role if exists oplive_app_${name}`))
  }
  rmSync(folder, { recursive: true, force: true })
  await down?.()
})

async function asOwner<T>(work: (owner: pg.Client) => Promise<T>, url = inject('ownerUrl')): Promise<T> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `restored_${crypto.randomUUID().replaceAll('-', '')}`
  databases.push(name)
  await asOwner((owner) => owner.query(`create database ${name}`))
  const url = new URL(inject('ownerUrl'))
  url.pathname = `/${name}`
  return url.href
}

const sumOf = (url: string, table: string) =>
  asOwner(
    async (owner) =>
      (await owner.query(`select md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`)).rows[0]?.sum,
    url,
  )

test('a backup comes back into an empty database row for row, and passes its check', async () => {
  const url = await emptyDatabase()
  const restored = await restoreInto(url, { file: made.file, identity: pair.identity, secret })
  expect(restored.checked.filter(({ good }) => !good)).toEqual([])
  expect(restored.manifest).toEqual(made.manifest)
  // The audit and the row with its two ends go on by the entry below.
  const tables = Object.keys(made.manifest.tables).filter((table) => !table.startsWith('access.audit'))
  for (const table of tables)
    expect([table, await sumOf(url, table)]).toEqual([table, await sumOf(world.ownerUrl, table)])
  // That it was restored is written down, and is one entry more.
  const audit = await asOwner(
    async (owner) => (await owner.query('select what, role, facts from access.audit')).rows,
    url,
  )
  expect(audit).toEqual([{ what: 'backup.restored', role: 'system', facts: { day: '2027-03-14', people: null } }])
  const then = { ...made.manifest, tables: { ...made.manifest.tables, 'access.audit': 1 } }
  expect((await checkDatabase(url, then)).filter(({ good }) => !good)).toEqual([])
})

test('nothing that somebody wrote can be read in the file', () => {
  const bytes = readFileSync(made.file)
  expect(bytes.includes('Karsten')).toBe(false)
  expect(bytes.includes('Fjord')).toBe(false)
  expect(bytes.toString('latin1', 0, 21)).toBe('age-encryption.org/v1')
})

test('no key of an exit card and none of Min bog is in it: it holds tables alone', async () => {
  const names = Object.keys(made.manifest.tables)
  expect(names.length).toBeGreaterThan(40)
  expect(names.every((name) => /^(access|community|municipal|personal|public)\./.test(name))).toBe(true)
})

describe('a backup that is not whole is refused, and leaves the database empty', () => {
  async function refused(file: string, identity: string, words: RegExp) {
    const url = await emptyDatabase()
    await expect(restoreInto(url, { file, identity, secret })).rejects.toThrow(words)
    const left = await asOwner(
      async (owner) =>
        (await owner.query(`select from pg_namespace where nspname in ('access', 'community')`)).rowCount,
      url,
    )
    expect(left).toBe(0)
  }
  const changed = (name: string, change: (bytes: Buffer) => Buffer) => {
    const file = join(folder, name)
    writeFileSync(file, change(Buffer.from(readFileSync(made.file))))
    return file
  }

  test('cut in the middle', () =>
    refused(
      changed('cut', (b) => b.subarray(0, b.length / 2)),
      pair.identity,
      /damaged/,
    ))
  test('cut exactly between two chunks of the seal', () =>
    refused(
      changed('cut-chunk', (b) => b.subarray(0, headerOf(b) + 16 + 65_552)),
      pair.identity,
      /damaged/,
    ))
  test('cut by one byte', () =>
    refused(
      changed('short', (b) => b.subarray(0, -1)),
      pair.identity,
      /damaged/,
    ))
  test('with one bit turned', () =>
    refused(
      changed('flipped', (b) => {
        const at = Math.floor(b.length * 0.7)
        b[at] = (b[at] ?? 0) ^ 4
        return b
      }),
      pair.identity,
      /damaged/,
    ))
  test('with something behind its end', () =>
    refused(
      changed('long', (b) => Buffer.concat([b, Buffer.from('more')])),
      pair.identity,
      /damaged/,
    ))
  test('sealed to another key', async () => refused(made.file, (await newKeyPair()).identity, /another key/))
  test('that is no backup at all', () =>
    refused(
      changed('text', () => Buffer.from('hello')),
      pair.identity,
      /is no backup/,
    ))
  test('of a newer program', async () => {
    await world.sql(`insert into public.oplive_migration (name, checksum) values ('9999_later.sql', 'x')`)
    const newer = await backUp(world.ownerUrl, {
      folder: join(folder, 'newer'),
      recipient: pair.recipient,
      now: world.clock.now(),
    })
    await world.sql(`delete from public.oplive_migration where name = '9999_later.sql'`)
    await refused(newer.file, pair.identity, /newer Oplive/)
  })
})

/** Where age's head ends: after the line of its own seal. */
const headerOf = (bytes: Buffer) => bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 1

test('a restore does not go over what is there', async () => {
  await expect(restoreInto(world.ownerUrl, { file: made.file, identity: pair.identity, secret })).rejects.toThrow(
    /already/,
  )
})

test('of two backups at once the second is told, and the first is whole', async () => {
  const how = { folder: join(folder, 'two'), recipient: pair.recipient, now: world.clock.now() }
  const both = await Promise.allSettled([backUp(world.ownerUrl, how), backUp(world.ownerUrl, how)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(readdirSync(how.folder).filter((name) => name.endsWith('.half'))).toEqual([])
})

test('so many are kept as was said, the newest', async () => {
  const kept = join(folder, 'kept')
  for (let day = 1; day <= 4; day++)
    await backUp(world.ownerUrl, {
      folder: kept,
      recipient: pair.recipient,
      now: new Date(`2027-03-0${day}T02:00:00Z`),
      keep: 2,
    })
  expect(backupsIn(kept).map(({ at }) => at.toISOString().slice(0, 10))).toEqual(['2027-03-04', '2027-03-03'])
})

test('the line is red without a backup, with one over 26 hours old, and until one was tried', () => {
  const state = join(folder, 'state')
  const now = new Date('2027-03-02T05:00:00Z')
  expect(redLine(backupState(state), now)).toBe('none')
  const good = (at: string) => noteState(state, { lastGood: { file: 'x', at, bytes: 1, ms: 1 } })
  good('2027-03-01T02:00:00Z')
  expect(redLine(backupState(state), now)).toBe('old')
  good('2027-03-01T03:30:00Z')
  expect(redLine(backupState(state), now)).toBe('never-tried')
  noteState(state, { lastTried: now.toISOString() })
  expect(redLine(backupState(state), now)).toBeNull()
})

test('who was deleted, and what was taken back, after an old backup stays so when it comes back', async () => {
  const own = join(folder, 'deleted')
  const [karsten] = await world.sql(`select p.id, p.account_id from community.person p where p.name = 'Karsten'`)
  const old = await backUp(world.ownerUrl, {
    folder: own,
    recipient: pair.recipient,
    now: new Date('2027-03-14T18:00:00Z'),
  })
  await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [world.freja.account])
  await world.sql('delete from community.person where account_id = $1', [world.karsten.account])
  await world.sql('delete from access.account where id = $1', [world.karsten.account])
  await asOwner((owner) => keepPresent(owner, own, new Date('2027-03-14T19:00:00Z')), world.ownerUrl)
  const url = await emptyDatabase()
  const restored = await restoreInto(url, { file: old.file, identity: pair.identity, secret, presentIn: own })
  expect(restored.forgotten).toEqual({ people: 1, takenBack: 2 })
  const left = await asOwner(
    async (owner) =>
      (
        await owner.query(
          `select (select count(*)::int from access.account where id = $1) as accounts, (select count(*)::int from community.person where id = $2) as persons,
             (select count(*)::int from community.person) as others, (select role from access.community_role where account_id = $3) as freja`,
          [world.karsten.account, karsten?.id, world.freja.account],
        )
      ).rows[0],
    url,
  )
  expect(left).toEqual({ accounts: 0, persons: 0, others: 3, freja: 'resident' })
  // An older list says nothing about those who came since.
  await asOwner((owner) => keepPresent(owner, own, new Date('2027-03-14T17:00:00Z')), world.ownerUrl)
  const again = await restoreInto(await emptyDatabase(), {
    file: old.file,
    identity: pair.identity,
    secret,
    presentIn: own,
  })
  expect(again.forgotten).toBeNull()
})
