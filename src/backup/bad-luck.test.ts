// Backups and bad luck: a disk that is full, a database of an older program, a list of people that is another's.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate, migrationsHere } from '../db/migrate.ts'
import { makeWorld, type World } from '../test-world.ts'
import { backUp } from './backup.deeds.ts'
import { backupState, backupsIn } from './backup-state.ts'
import { keepPresent } from './present.deeds.ts'
import { restoreInto } from './restore.deeds.ts'
import { type KeyPair, newKeyPair } from './sealing.ts'

let world: World
let folder: string
let pair: KeyPair
const made: string[] = []
beforeAll(async () => {
  world = await makeWorld()
  folder = mkdtempSync(join(tmpdir(), 'oplive-bad-luck-'))
  pair = await newKeyPair()
})
afterAll(async () => {
  for (const name of made) {
    await on(inject('ownerUrl'), `drop database if exists ${name} with (force)`)
    await on(inject('ownerUrl'), `drop role if exists oplive_app_${name}`)
  }
  rmSync(folder, { recursive: true, force: true })
})
async function on(url: string, text: string): Promise<Record<string, unknown>[]> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try {
    return (await owner.query(text)).rows
  } finally {
    await owner.end()
  }
}
async function empty(): Promise<string> {
  const name = `luck_${crypto.randomUUID().replaceAll('-', '')}`
  made.push(name)
  await on(inject('ownerUrl'), `create database ${name} template template0 encoding UTF8`)
  const url = new URL(inject('ownerUrl'))
  url.pathname = `/${name}`
  return url.href
}

function canMount(): boolean {
  const trial = mkdtempSync(join(tmpdir(), 'oplive-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', trial], { stdio: 'ignore' })
    execFileSync('umount', [trial])
    return true
  } catch {
    return false
  } finally {
    rmSync(trial, { recursive: true, force: true })
  }
}

test.skipIf(!canMount())(
  'on a disk that is full no half backup is taken for one, the old ones stay, and it is said in words',
  async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', disk])
    try {
      const backup = (at: string) =>
        backUp(world.ownerUrl, { folder: disk, recipient: pair.recipient, now: new Date(at), keep: 2 })
      const first = await backup('2027-03-01T02:00:00Z')
      const bytes = readFileSync(first.file)
      await world.sql(
        `insert into community.definition (community_id, version, text, authors, written_at)
          select $1, g, string_agg(md5(random()::text), ''), 1, now() from generate_series(1, 12000) g, generate_series(1, 15) group by g`,
        [world.holmetofte],
      )
      await expect(backup('2027-03-02T02:00:00Z')).rejects.toThrow(/full.*earlier ones are still there/)
      expect(backupsIn(disk).map(({ file }) => file)).toEqual([first.file])
      expect(readdirSync(disk).filter((name) => name.includes('half'))).toEqual([])
      expect(readFileSync(first.file).equals(bytes)).toBe(true)
      expect(backupState(disk).lastFailed).toEqual({ at: '2027-03-02T02:00:00.000Z', error: 'ENOSPC' })
      // Not one byte is left: the program tells what it cannot write.
      try {
        writeFileSync(join(disk, 'filler'), Buffer.alloc(4_000_000))
      } catch {
        // As full as it gets.
      }
      await expect(backup('2027-03-03T02:00:00Z')).rejects.toThrow(/full/)
      expect(backupState(disk).lastFailed?.at).toBe('2027-03-03T02:00:00.000Z')
      expect(backupState(disk).lastGood?.file).toBe(first.file)
      rmSync(join(disk, 'filler'))
      await world.sql('truncate community.definition')
      await backup('2027-03-04T02:00:00Z')
      expect(backupState(disk).lastFailed).toBeNull()
    } finally {
      execFileSync('umount', ['-l', disk])
    }
  },
)

test('a backup of an older program comes back as it was, and is brought up to this one', async () => {
  const url = await empty()
  const names = migrationsHere().map(({ name }) => name)
  await migrate(url, names.slice(0, -2))
  await on(url, `insert into municipal.municipality (name) values ('Midtsø Kommune')`)
  await on(url, `insert into access.account (id, name) values (gen_random_uuid(), 'Karsten')`)
  const { file } = await backUp(url, {
    folder: join(folder, 'older'),
    recipient: pair.recipient,
    now: new Date('2027-03-14T18:00:00Z'),
  })
  const to = await empty()
  const restored = await restoreInto(to, { file, identity: pair.identity, secret: Buffer.alloc(32, 7) })
  expect(restored.about.migrations).toHaveLength(names.length - 2)
  expect(restored.checked.filter(({ good }) => !good)).toEqual([])
  expect(await on(to, 'select name from access.account')).toEqual([{ name: 'Karsten' }])
  expect(await on(to, 'select count(*)::int as n from public.oplive_migration')).toEqual([{ n: names.length }])
})

test('a list of another installation, or of an empty one, deletes nobody, and leaves the list of the lost one where it finds it', async () => {
  const own = join(folder, 'lists')
  const list = (url: string, at: string) => {
    const owner = new pg.Client({ connectionString: url })
    return owner
      .connect()
      .then(() => keepPresent(owner, own, new Date(at)))
      .finally(() => owner.end())
  }
  const old = await backUp(world.ownerUrl, {
    folder: own,
    recipient: pair.recipient,
    now: new Date('2027-03-14T18:00:00Z'),
  })
  await world.sql('delete from community.person where account_id = $1', [world.karsten.account])
  await world.sql('delete from access.account where id = $1', [world.karsten.account])
  await list(world.ownerUrl, '2027-03-14T19:00:00Z')
  // The machine is lost. A new one begins afresh, beside the backups of the old.
  const afresh = await empty()
  await migrate(afresh)
  await list(afresh, '2027-03-15T08:00:00Z')
  expect(readdirSync(own).filter((name) => name.endsWith('.list'))).toEqual(['present.list'])
  await on(afresh, `insert into access.account (id, name, municipal_role) values (gen_random_uuid(), 'Ny', 'operator')`)
  await list(afresh, '2027-03-15T09:00:00Z')
  expect(readdirSync(own).filter((name) => name.endsWith('.list'))).toHaveLength(2)
  const how = { file: old.file, identity: pair.identity, secret: Buffer.alloc(32, 7), presentIn: own }
  expect((await restoreInto(await empty(), how)).forgotten?.people).toBe(1)
  for (const name of readdirSync(own)) if (name.startsWith('present-')) rmSync(join(own, name))
  expect((await restoreInto(await empty(), how)).forgotten).toBeNull()
})
