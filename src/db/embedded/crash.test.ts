// kill -9 of the program, of PostgreSQL, of both: it comes back by itself and no acknowledged row is lost.
import { once } from 'node:events'
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startEmbedded } from '../embedded.ts'
import { readLock } from './lock-file.ts'
import { factsOf, postgresIn, stillLives } from './processes.ts'
import { answering, endAll, testWorld } from './test-world.ts'

const world = testWorld()

const table = 'create table answers (number int primary key)'

async function stored(url: string): Promise<number[]> {
  const client = await world.connect(url)
  const { rows } = await client.query<{ number: number }>('select number from answers')
  return rows.map((row) => row.number)
}

test('a program that is killed leaves its server running, and the next start takes it over at once and can stop it', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  const before = await program.says()
  const client = await world.connect(before.superuserUrl)
  await client.query(table)
  await program.kill('SIGKILL')
  await client.query('insert into answers values (1)')

  const began = Date.now()
  const server = await startEmbedded({ folder })
  expect(Date.now() - began).toBeLessThan(3000)
  expect(server).toMatchObject({ started: false, port: before.port, superuserUrl: before.superuserUrl })
  expect(server.pid()).toBe(before.postmaster)
  expect(await stored(server.superuserUrl)).toEqual([1])
  await server.stop()
  expect(stillLives(before.postmaster, 'hidden')).toBe(false)
})

test('a server left behind with other settings is started again with the new ones', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  await program.says()
  await program.kill('SIGKILL')
  const server = await startEmbedded({ folder, settings: { max_connections: '19' } })
  expect(server.started).toBe(true)
  const client = await world.connect(server.superuserUrl)
  expect((await client.query('show max_connections')).rows).toEqual([{ max_connections: '19' }])
  await server.stop()
})

test('a lock whose pid a foreign living process has got is no obstacle', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  const { dataFolder } = await program.says()
  const lock = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8')
  await program.kill('SIGKILL')
  await endAll(dataFolder)
  await writeFile(join(dataFolder, 'postmaster.pid'), lock.replace(/^\d+/, String(process.ppid)))
  const server = await startEmbedded({ folder })
  expect(server.started).toBe(true)
  expect(factsOf(process.ppid)).toBeDefined()
  await server.stop()
})

test('an empty lock, as a full disk leaves it, is no obstacle', async () => {
  const folder = await world.readyFolder()
  const { dataFolder, stop } = await startEmbedded({ folder })
  await stop()
  await writeFile(join(dataFolder, 'postmaster.pid'), '')
  const server = await startEmbedded({ folder })
  await server.stop()
})

test('after kill -9 of the program and of the head of PostgreSQL the next start waits for busy backends and loses no row', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  const { superuserUrl, dataFolder, postmaster } = await program.says()
  const client = await world.connect(superuserUrl)
  await client.query(table)
  const answers = answering(superuserUrl)
  const busy = await world.connect(superuserUrl)
  // It never waits for anything, so it does not notice that its head died.
  busy.query(`do $$ begin loop end loop; end $$`).catch(() => undefined)
  await sleep(500)
  await program.kill('SIGKILL')
  process.kill(postmaster, 'SIGKILL')
  await sleep(50)
  expect(postgresIn(dataFolder)).not.toEqual([])

  const began = Date.now()
  const server = await startEmbedded({ folder })
  expect(Date.now() - began).toBeLessThan(5000)
  expect(server.started).toBe(true)
  await answers.stop()
  expect(answers.acknowledged.length).toBeGreaterThan(10)
  expect(await stored(server.superuserUrl)).toEqual(expect.arrayContaining(answers.acknowledged))
  await server.stop()
})

test('after kill -9 of everything the next start loses no row', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  const { superuserUrl, dataFolder } = await program.says()
  await (await world.connect(superuserUrl)).query(table)
  const answers = answering(superuserUrl)
  await sleep(500)
  await program.kill('SIGKILL')
  await endAll(dataFolder)
  await answers.stop()
  const server = await startEmbedded({ folder })
  expect(answers.acknowledged.length).toBeGreaterThan(10)
  expect(await stored(server.superuserUrl)).toEqual(expect.arrayContaining(answers.acknowledged))
  await server.stop()
})

test('a server that is killed under its program is back on the same port within 5 seconds, three times over, and no row is lost', async () => {
  const signs: string[] = []
  const server = await startEmbedded({ folder: await world.readyFolder() })
  server.keepAlive((sign) => signs.push(sign.what))
  await (await world.connect(server.superuserUrl)).query(table)
  const answers = answering(server.superuserUrl)
  for (let round = 1; round <= 3; round++) {
    await sleep(300)
    const before = answers.acknowledged.length
    process.kill(server.pid(), 'SIGKILL')
    const began = Date.now()
    // A session of the dead server may go on for a moment: it is back when it says so and answers.
    const backs = () => signs.filter((sign) => sign === 'back').length
    while (backs() < round || answers.acknowledged.length <= before + 5) {
      expect(Date.now() - began).toBeLessThan(5000)
      await sleep(20)
    }
  }
  await answers.stop()
  expect(await stored(server.superuserUrl)).toEqual(expect.arrayContaining(answers.acknowledged))
  expect(signs.filter((sign) => sign === 'lost')).toHaveLength(3)
  expect(signs.filter((sign) => sign === 'back')).toHaveLength(3)
  await server.stop()
})

test('a server that was taken over is brought back as well', async () => {
  const folder = await world.readyFolder()
  const first = world.program(folder)
  const { superuserUrl } = await first.says()
  await first.kill('SIGKILL')
  const second = world.program(folder)
  const { started, postmaster } = await second.says()
  expect(started).toBe(false)
  process.kill(postmaster, 'SIGKILL')
  expect(await second.says()).toEqual({ what: 'lost' })
  expect(await second.says()).toMatchObject({ what: 'back' })
  await expect(world.connect(superuserUrl)).resolves.toBeDefined()
})

test('a backend that crashes ends all sessions, and the folder is still owned afterwards', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  const { superuserUrl, postmaster } = await program.says()
  const client = await world.connect(superuserUrl)
  const { rows } = await client.query('select pg_backend_pid() as pid')
  process.kill(rows[0]?.pid, 'SIGKILL')
  expect(await program.says()).toEqual({ what: 'lost' })
  expect(await program.says()).toMatchObject({ what: 'back' })
  expect(factsOf(postmaster)).toBeDefined()
  const again = await world.connect(superuserUrl)
  const { rowCount } = await again.query(`select from pg_locks where locktype = 'advisory' and granted`)
  expect(rowCount).toBe(1)
})

test('while its port is taken it tries again and comes back when the port is free', async () => {
  const signs: { what: string }[] = []
  const folder = await world.readyFolder()
  const server = await startEmbedded({ folder })
  server.keepAlive((sign) => signs.push(sign))
  process.kill(server.pid(), 'SIGKILL')
  const thief = createServer()
  // The port is free only for the moment between its death and its return.
  for (;;) {
    thief.listen(server.port, '127.0.0.1')
    const won = await Promise.race([
      once(thief, 'listening').then(() => true),
      once(thief, 'error').then(() => false),
    ]).catch(() => false)
    if (won) break
    if (stillLives(server.pid(), 'hidden')) process.kill(server.pid(), 'SIGKILL')
  }
  await sleep(3000)
  expect(signs.at(-1)).toMatchObject({ what: 'still-down' })
  thief.close()
  while (signs.at(-1)?.what !== 'back') await sleep(50)
  await expect(world.connect(server.superuserUrl)).resolves.toBeDefined()
  await server.stop()
})

test('a first start that is killed half-way leaves nothing in the way of the next, and what is not its own stays', async () => {
  const folder = await world.folder()
  await mkdir(folder)
  await writeFile(join(folder, 'letters.txt'), 'mine')
  for (const moment of [200, 500]) {
    const program = world.program(folder)
    while (!(await readdir(folder)).some((name) => name.startsWith('postgres-half-made-'))) await sleep(5)
    await sleep(moment)
    await program.kill('SIGKILL')
  }
  const server = await startEmbedded({ folder })
  expect(server.started).toBe(true)
  await server.stop()
  const left = async () => (await readdir(folder)).sort()
  // A start that was killed while it tried its rights leaves an empty folder, which is swept when it is a minute old.
  for (const name of await left())
    if (name.startsWith('postgres-trial-')) await utimes(join(folder, name), 0, Date.now() / 1000 - 61)
  await mkdir(join(folder, 'postgres-trial-old'))
  await utimes(join(folder, 'postgres-trial-old'), 0, Date.now() / 1000 - 61)
  await (await startEmbedded({ folder })).stop()
  expect(await left()).toEqual(['letters.txt', 'postgres', 'postgres-password', 'postgres.log'])
})

test('Ctrl-C in the terminal does not end the server before the program has drained', async () => {
  const program = world.program(await world.readyFolder(), { detached: true })
  const { postmaster, dataFolder } = await program.says()
  // The terminal signals the whole group of the program.
  process.kill(-program.pid, 'SIGINT')
  await program.ended
  await sleep(100)
  expect(factsOf(postmaster)).toBeDefined()
  expect((await readLock(dataFolder))?.status).toBe('ready')
})

test('a program told to end stops its server first', async () => {
  const folder = await world.readyFolder()
  const program = world.program(folder)
  const { postmaster } = await program.says()
  await program.kill('SIGTERM')
  expect(factsOf(postmaster)).toBeUndefined()
  expect((await readdir(folder)).sort()).toEqual(['postgres', 'postgres-password', 'postgres.log'])
})
