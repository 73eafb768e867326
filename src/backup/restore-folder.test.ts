import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { claimFolder, startEmbedded } from '../db/embedded.ts'
import { makeWorld } from '../test-world.ts'
import { backUp } from './backup.deeds.ts'
import { restoreFolder } from './restore-folder.deeds.ts'
import { newKeyPair } from './sealing.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oplive-restore-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function asked(dataFolder: string, text: string): Promise<Record<string, unknown>[]> {
  const server = await startEmbedded({ folder: dataFolder })
  const owner = new pg.Client({ connectionString: server.superuserUrl })
  try {
    await owner.connect()
    return (await owner.query(text)).rows
  } finally {
    await owner.end()
    await server.stop()
  }
}

test('a backup comes into a data folder, what was there is kept, and a program that runs there is not disturbed', async () => {
  const world = await makeWorld()
  const pair = await newKeyPair()
  const now = world.clock.now()
  const { file } = await backUp(world.ownerUrl, { folder: join(folder, 'backups'), recipient: pair.recipient, now })
  const data = join(folder, 'data')
  await asked(data, `create table public.old as select 'what was there' as what`)
  const how = { file, identity: pair.identity, now, presentIn: join(folder, 'backups') }

  const claim = await claimFolder(data)
  await expect(restoreFolder(data, how)).rejects.toThrow(/already using/)
  await claim.release()

  writeFileSync(join(folder, 'none'), 'hello')
  await expect(restoreFolder(data, { ...how, file: join(folder, 'none') })).rejects.toThrow(/is no backup/)
  expect(await asked(data, 'select what from public.old')).toEqual([{ what: 'what was there' }])

  // As a machine that broke leaves it: a lock of a server that is no more.
  writeFileSync(join(data, 'postgres/postmaster.pid'), `4194304\n${join(data, 'postgres')}\n0\n5432\n\n\n\nready\n`)
  const { before } = await restoreFolder(data, how)
  rmSync(join(before ?? '', 'postgres/postmaster.pid'))
  expect(await asked(data, `select name from community.person where name = 'Karsten'`)).toHaveLength(1)
  expect(await asked(before ?? '', 'select what from public.old')).toEqual([{ what: 'what was there' }])
  expect(existsSync(join(data, 'swap-under-way'))).toBe(false)
}, 60_000)
