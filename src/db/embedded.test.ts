// What the embedded PostgreSQL promises in quiet times: kept rows, closed doors, a silent log.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readLock } from './embedded/lock-file.ts'
import { stillLives } from './embedded/processes.ts'
import { endAll, testWorld } from './embedded/test-world.ts'
import { startEmbedded } from './embedded.ts'

const world = testWorld()

test('a new folder becomes a database that keeps what it acknowledged, sorts Danish and starts on any machine', async () => {
  const server = await startEmbedded({ folder: await world.folder() })
  expect(server).toMatchObject({ started: true, version: '18.4', host: '127.0.0.1' })
  const client = await world.connect(server.superuserUrl)
  const shown = async (name: string) => (await client.query(`select current_setting($1) as is`, [name])).rows[0]?.is
  for (const [name, is] of Object.entries({
    data_checksums: 'on',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    server_encoding: 'UTF8',
    password_encryption: 'scram-sha-256',
    wal_level: 'replica',
  })) {
    expect([name, await shown(name)]).toEqual([name, is])
  }
  const { rows } = await client.query(
    `select string_agg(word, ' ' order by word collate "da-x-icu") as sorted
     from unnest(array['Åse', 'Ærø', 'Zoe', 'Ølgod', 'Aase', 'Anna']) word`,
  )
  expect(rows[0]?.sorted).toBe('Anna Zoe Ærø Ølgod Åse Aase')
  expect((await client.query(`select to_tsvector('danish', 'møderne') as words`)).rows[0]?.words).toBe(`'mød':1`)
  await server.stop()
})

test('others on the machine can neither read the data nor the password, nor reach the server without it or by a socket file', async () => {
  const folder = await world.folder()
  const server = await startEmbedded({ folder })
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)
  expect(await mode(server.dataFolder)).toBe('700')
  expect(await mode(join(folder, 'postgres-password'))).toBe('600')
  expect(await mode(join(folder, 'postgres.log'))).toBe('600')
  await expect(world.connect(server.superuserUrl.replace(/:[^:@]+@/, ':guess@'))).rejects.toThrow(
    'password authentication failed',
  )
  const client = await world.connect(server.superuserUrl)
  const { rows } = await client.query(
    `select current_setting('listen_addresses') as hosts, current_setting('unix_socket_directories') as sockets`,
  )
  expect(rows[0]).toEqual({ hosts: '127.0.0.1', sockets: '' })
  expect(await readFile(join(server.dataFolder, 'pg_hba.conf'), 'utf8')).not.toMatch(/^[^#].*\b(trust|md5|password)$/m)
  await server.stop()
})

test('stopping ends the server and gives the folder free, and the rows are there at the next start, soon', async () => {
  const folder = await world.readyFolder()
  const first = await startEmbedded({ folder })
  const client = await world.connect(first.superuserUrl)
  await client.query(`create table answers as select 42 as number`)
  const postmaster = await readLock(first.dataFolder)
  await Promise.all([first.stop(), first.stop()])
  expect(stillLives(postmaster?.pid ?? 0, 'hidden')).toBe(false)
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log'])

  const began = Date.now()
  const second = await startEmbedded({ folder })
  expect(Date.now() - began).toBeLessThan(3000)
  const again = await world.connect(second.superuserUrl)
  expect((await again.query('select number from answers')).rows).toEqual([{ number: 42 }])
  await second.stop()
})

test('nothing that a person wrote reaches the log, not even by an error that repeats it', async () => {
  const folder = await world.readyFolder()
  const server = await startEmbedded({ folder })
  const client = await world.connect(server.superuserUrl)
  await client.query(`create table people (mail text primary key check (length(mail) < 40), born date)`)
  const hidden = 'sentinel-anna@example.dk'
  const wrongs: [string, unknown[]][] = [
    ['insert into people values ($1)', [hidden]],
    ['insert into people values ($1)', [hidden]],
    ['insert into people values ($1)', [`${hidden}${'x'.repeat(40)}`]],
    ['select $1::int', [hidden]],
    ['select $1::date', [hidden]],
    [`select 'sentinel-literal'::uuid`, []],
    ['select pg_sleep(0.2), $1::text', [hidden]],
    [`do $do$ begin raise warning 'sentinel-warning'; raise exception 'sentinel-exception'; end $do$`, []],
  ]
  for (const [sql, values] of wrongs) await client.query(sql, values).catch(() => undefined)
  // A backend that crashes while it works makes PostgreSQL tell what it was doing.
  const victim = await world.connect(server.superuserUrl)
  const { rows } = await victim.query('select pg_backend_pid() as pid')
  const sleeping = victim.query(`select pg_sleep(9), 'sentinel-crash'`).catch(() => undefined)
  await client.query('select pg_sleep(0.1)')
  process.kill(rows[0]?.pid, 'SIGKILL')
  await sleeping
  await server.stop()
  const log = await readFile(join(folder, 'postgres.log'), 'utf8')
  expect(log).toContain('terminated by signal 9')
  expect(log).not.toMatch(/sentinel/)
})

test('a database whose password is not the one beside it, as after a restore, gets that one', async () => {
  const folder = await world.readyFolder()
  const first = await startEmbedded({ folder })
  await first.stop()
  await writeFile(join(folder, 'postgres-password'), 'another-password\n')
  const lines: string[] = []
  const second = await startEmbedded({ folder, log: (line) => lines.push(line) })
  expect(second.superuserUrl).toContain(':another-password@')
  expect(lines.join()).toContain('set anew')
  const client = await world.connect(second.superuserUrl)
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await second.stop()
})

test('it can be stopped while it recovers from a crash of its own', async () => {
  const server = await startEmbedded({ folder: await world.readyFolder() })
  const client = await world.connect(server.superuserUrl)
  const { rows } = await client.query('select pg_backend_pid() as pid')
  process.kill(rows[0]?.pid, 'SIGKILL')
  await sleep(25)
  const began = Date.now()
  await server.stop()
  expect(Date.now() - began).toBeLessThan(3000)
})

test('settings that are given go before the usual ones', async () => {
  const server = await startEmbedded({ folder: await world.readyFolder(), settings: { max_connections: '17' } })
  const client = await world.connect(server.superuserUrl)
  expect((await client.query('show max_connections')).rows).toEqual([{ max_connections: '17' }])
  await server.stop()
})

test('the server does not keep a program alive that has nothing else to do', async () => {
  const folder = await world.readyFolder()
  const idle = `
    const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)})
    const server = await startEmbedded({ folder: ${JSON.stringify(folder)} })
    server.keepAlive()`
  const child = spawn(process.execPath, ['--input-type=module', '-e', idle], { stdio: 'inherit' })
  expect(await once(child, 'exit')).toEqual([0, null])
  const lock = await readLock(join(folder, 'postgres'))
  expect(lock?.status).toBe('ready')
  await endAll(join(folder, 'postgres'))
})
