import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startEmbedded } from '../db/embedded.ts'
import { makeWorld } from '../test-world.ts'
import { backUp } from './backup.deeds.ts'
import { restoreInto } from './restore.deeds.ts'
import { newKeyPair } from './sealing.ts'

test('on another server an owner who is no superuser restores, and backs up what came back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oplive-outside-'))
  chmodSync(folder, 0o755)
  const world = await makeWorld()
  const pair = await newKeyPair()
  const now = world.clock.now()
  const made = await backUp(world.ownerUrl, { folder: join(folder, 'one'), recipient: pair.recipient, now })
  const server = await startEmbedded({ folder: join(folder, 'outside') })
  try {
    const root = new pg.Client({ connectionString: server.superuserUrl })
    await root.connect()
    await root.query(`create role town login createrole password 'outside'`)
    await root.query('create database town owner town')
    await root.end()
    const url = new URL(server.superuserUrl)
    url.username = 'town'
    url.password = 'outside'
    url.pathname = '/town'
    const secret = Buffer.alloc(32, 3)
    const restored = await restoreInto(url.href, { file: made.file, identity: pair.identity, secret })
    expect(restored.checked.filter(({ good }) => !good)).toEqual([])
    const again = await backUp(url.href, { folder: join(folder, 'two'), recipient: pair.recipient, now })
    // That it was restored is one entry more.
    const { 'access.audit': before = 0, ...rows } = made.manifest.tables
    expect(again.manifest.tables).toEqual({ ...rows, 'access.audit': before + 1 })
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
