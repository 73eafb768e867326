// A new version that comes up wrong, as the one who keeps the server sees it: it goes back by itself, and is not tried again and again.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import heap from '../scripts/heap.json' with { type: 'json' }
import { lookThrough } from '../src/backup/restore.deeds.ts'
import { newKeyPair, readIdentity } from '../src/backup/sealing.ts'
import { goBack, isPending, noteStart, prepareUpgrade, wentBack } from '../src/backup/upgrade.deeds.ts'
import { migrate, migrationsHere } from '../src/db/migrate.ts'
import { keyCabinet } from '../src/keys/key-cabinet.ts'
import { build, freePort, root } from './rehearse/own-program.ts'

const name = `upgrade_back_${process.pid}`
const names = migrationsHere().map((one) => one.name)
let url: string
let data: string
beforeAll(async () => {
  await build()
  await asOwner(inject('ownerUrl'), `create database ${name} template template0 encoding UTF8`)
  const at = new URL(inject('ownerUrl'))
  at.pathname = `/${name}`
  url = at.href
  data = mkdtempSync(join(tmpdir(), 'oplive-upgrade-back-'))
  await migrate(url, names.slice(0, -1))
  await asOwner(url, `insert into municipal.municipality (name) values ('Midtsø Kommune')`)
}, 120_000)
afterAll(async () => {
  await asOwner(inject('ownerUrl'), `drop database if exists ${name} with (force)`)
  await asOwner(inject('ownerUrl'), `drop role if exists oplive_app_${name}`)
  rmSync(data, { recursive: true, force: true })
})
async function asOwner(at: string, text: string): Promise<Record<string, unknown>[]> {
  const owner = new pg.Client({ connectionString: at })
  await owner.connect()
  try {
    return (await owner.query(text)).rows
  } finally {
    await owner.end()
  }
}
const ran = async () =>
  (await asOwner(url, 'select name from public.oplive_migration order by 1')).map((row) => row.name)

/** Starts the program. Answers how it ended and what it said, or `up` when people are let in. */
async function started(settings: Record<string, string> = {}): Promise<{ code: number | 'up'; said: string }> {
  const port = await freePort()
  const program = spawn(process.execPath, [...heap, 'dist/main.js'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      OPLIVE_DATA: data,
      OPLIVE_DEMO: '0',
      DATABASE_URL: url,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const out of [program.stdout, program.stderr])
    out.on('data', (text: Buffer) => {
      said += text
    })
  const ended = once(program, 'exit')
  for (;;) {
    if (program.exitCode !== null) return { code: program.exitCode, said }
    if (
      await fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break
    await new Promise((later) => setTimeout(later, 50))
  }
  program.kill('SIGTERM')
  await ended
  return { code: 'up', said }
}

test('a version that does not pass its look before anybody is let in goes back, says so, and is not tried again by itself', async () => {
  const pair = await newKeyPair()
  const settings = { OPLIVE_BACKUP_RECIPIENT: pair.recipient }
  // As a new version would be that opens more than it was built to.
  await asOwner(url, 'alter policy own on access.account using (true)')
  const first = await started(settings)
  expect(first.said).toContain('policy own on access.account is another')
  expect(first.said).toContain('Start the version that ran before')
  expect(first.code).toBe(78)
  expect(await ran()).toEqual(names.slice(0, -1))
  expect(await asOwner(url, 'select name from municipal.municipality')).toEqual([{ name: 'Midtsø Kommune' }])
  expect(wentBack(data)?.names).toEqual(names.slice(-1))
  // The way back is gone with its key; the operator's backup is there.
  expect(existsSync(join(data, 'upgrade'))).toBe(false)
  const [backup = ''] = readdirSync(join(data, 'backups')).filter((one) => one.endsWith('.backup'))
  expect(
    (await lookThrough(join(data, 'backups', backup), pair.identity)).manifest.tables['municipal.municipality'],
  ).toBe(1)
  const second = await started(settings)
  expect([second.code, second.said.includes('went back by itself on')]).toEqual([78, true])
  expect(await ran()).toEqual(names.slice(0, -1))
  // Tried once more: what was wrong came out of no backup, and it stands.
  rmSync(join(data, 'upgrade-went-back.json'))
  const third = await started(settings)
  expect([third.code, third.said.includes('upgrade.stands')]).toEqual(['up', true])
  expect(await ran()).toEqual(names)
  expect(isPending(data)).toBe(false)
}, 120_000)

test('one that ends three times while it starts goes back at the fourth; without a key for backups by a way back of its own', async () => {
  const place = { ownerUrl: url, dataFolder: data, backupFolder: join(data, 'none'), recipient: null, now: new Date() }
  expect(await prepareUpgrade(place, ['9999_new.sql'])).toMatchObject({ wayBack: true })
  await asOwner(url, 'create table community.of_the_new_version (id integer)')
  readIdentity(readFileSync(join(data, 'upgrade/way-back.key'), 'utf8'))
  for (let start = 1; start <= 3; start++) noteStart(data)
  let thrown: unknown
  try {
    noteStart(data)
  } catch (error) {
    thrown = error
  }
  const told = await goBack(place, keyCabinet(join(data, 'keys')).houseSecret(), thrown)
  expect(told?.message).toContain('ended three times')
  expect(await asOwner(url, `select to_regclass('community.of_the_new_version') as there`)).toEqual([{ there: null }])
  expect(await ran()).toEqual(names)
  await expect(prepareUpgrade(place, ['9999_new.sql'])).rejects.toThrow('went back by itself')
  expect(existsSync(place.backupFolder)).toBe(false)
}, 60_000)
