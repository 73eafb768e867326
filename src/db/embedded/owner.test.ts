// One folder has one owner, however many programs come at once.
import { readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { startEmbedded } from '../embedded.ts'
import { claimFolder } from './owner.ts'
import { factsOf, thisPlace } from './processes.ts'
import { testWorld } from './test-world.ts'

const world = testWorld()

test('a second program on the folder is told at once who owns it, and the first goes on', async () => {
  const folder = await world.readyFolder()
  const first = world.program(folder)
  const { superuserUrl } = await first.says()
  const client = await world.connect(superuserUrl)
  const began = Date.now()
  await expect(startEmbedded({ folder })).rejects.toMatchObject({
    code: 'owned-by-another-program',
    message: expect.stringContaining(`(process ${first.pid})`),
  })
  expect(Date.now() - began).toBeLessThan(3000)
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
})

test('the same program cannot open the folder twice either', async () => {
  const folder = await world.readyFolder()
  const server = await startEmbedded({ folder })
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'owned-by-another-program' })
  await server.stop()
})

test('of five programs started at the same instant on a new folder exactly one wins', async () => {
  const folder = await world.folder()
  const programs = [1, 2, 3, 4, 5].map(() => world.program(folder))
  const said = await Promise.all(programs.map((program) => program.says()))
  expect(said.filter((one) => one.superuserUrl !== undefined)).toHaveLength(1)
  expect(said.filter((one) => one.code === 'owned-by-another-program')).toHaveLength(4)
})

test('of thirty claims at the same instant exactly one holds, again and again', async () => {
  const folder = dirname(await world.folder())
  for (let round = 0; round < 20; round++) {
    const claims = await Promise.allSettled(Array.from({ length: 30 }, () => claimFolder(folder)))
    const held = claims.flatMap((claim) => (claim.status === 'fulfilled' ? [claim.value] : []))
    expect(held).toHaveLength(1)
    await held[0]?.release()
    expect(await readdir(folder)).toEqual([])
  }
})

test('the claim of a dead program is no obstacle, even when a living process has got its pid', async () => {
  const folder = dirname(await world.folder())
  const birthOfAnother = `1${factsOf(process.ppid)?.birth}`
  await writeFile(join(folder, `owner-1700000000000-${process.ppid}-${birthOfAnother}-${thisPlace}-00000000`), '')
  await writeFile(join(folder, `owner-1700000000000-4194999-77-${thisPlace}-00000000`), '')
  const claim = await claimFolder(folder)
  expect(await readdir(folder)).toHaveLength(1)
  await claim.release()
})

test('a claim from another container counts for as long as its program touches it', async () => {
  const folder = dirname(await world.folder())
  const quick = { beatMs: 100, silentMs: 600, patienceMs: 1000 }
  const claimPath = join(folder, 'owner-1700000000000-1-77-ffffffffffff-00000000')
  await writeFile(claimPath, '')
  const beat = setInterval(() => utimes(claimPath, new Date(), new Date()), 100)
  await expect(claimFolder(folder, quick)).rejects.toThrow('process 1 in another container')
  clearInterval(beat)
  const claim = await claimFolder(folder, quick)
  await claim.release()
})

test('when somebody deletes the claims, the lock inside the database still keeps a second program out', async () => {
  const folder = await world.readyFolder()
  const first = world.program(folder)
  const { superuserUrl, postmaster } = await first.says()
  for (const name of await readdir(folder)) if (name.startsWith('owner-')) await rm(join(folder, name))
  await expect(startEmbedded({ folder, settings: { max_connections: '20' } })).rejects.toMatchObject({
    code: 'owned-by-another-program',
    message: expect.stringContaining(`(process ${first.pid})`),
  })
  const client = await world.connect(superuserUrl)
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  expect(factsOf(postmaster)).toBeDefined()
})
