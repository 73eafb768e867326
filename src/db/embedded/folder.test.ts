// Folders that cannot hold a database say so in a sentence, and nothing in them is harmed.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, type TestContext, test } from 'vitest'
import { startEmbedded } from '../embedded.ts'
import { othersCanRunThis, testWorld } from './test-world.ts'
import { weAreRoot } from './user.ts'

const world = testWorld()
const mounts: string[] = []
afterEach(async () => {
  for (const mount of mounts.splice(0)) execFileSync('/bin/umount', ['-l', mount])
})

/** Mounting needs a right that not every machine gives; then the test says so and is left out. */
function mount(context: TestContext, how: string[], at: string): void {
  try {
    execFileSync('/bin/mount', [...how, at], { stdio: 'pipe' })
    mounts.push(at)
  } catch (error) {
    context.skip(`mounting is not permitted here: ${String(error).split('\n', 1)[0]}`)
  }
}

const nobody = { uid: 65534, gid: 65534 }

function asNobody(context: TestContext): void {
  if (!othersCanRunThis(nobody)) context.skip('this checkout lies in a folder that only root may enter')
}

/** One sentence, so that it reads well in a terminal and in a log. */
const oneSentence = expect.stringMatching(/^[A-Z][^\n]*\.$/)

test('a file where the folder should be is told in a sentence, and stays', async () => {
  const folder = await world.folder()
  await writeFile(folder, 'mine')
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'folder-not-writable', message: oneSentence })
  expect(await readFile(folder, 'utf8')).toBe('mine')
})

test('files that are not a database are never touched', async () => {
  const folder = await world.folder()
  await mkdir(join(folder, 'postgres'), { recursive: true })
  await writeFile(join(folder, 'postgres', 'letters.txt'), 'mine')
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'folder-foreign', message: oneSentence })
  expect(await readdir(join(folder, 'postgres'))).toEqual(['letters.txt'])
})

test('a database of another version is told in a sentence, and can still be opened by the right one', async () => {
  const folder = await world.readyFolder()
  const first = await startEmbedded({ folder })
  await first.stop()
  await writeFile(join(first.dataFolder, 'PG_VERSION'), '17\n')
  await expect(startEmbedded({ folder })).rejects.toMatchObject({
    code: 'other-version',
    message: expect.stringContaining('PostgreSQL version 17'),
  })
  await writeFile(join(first.dataFolder, 'PG_VERSION'), '18\n')
  const second = await startEmbedded({ folder })
  await second.stop()
})

test('a folder that is mounted read-only is told in a sentence', async (context) => {
  const folder = await world.folder()
  await mkdir(folder)
  mount(context, ['--bind', folder], folder)
  execFileSync('/bin/mount', ['-o', 'remount,ro,bind', folder])
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'folder-not-writable', message: oneSentence })
})

test.runIf(weAreRoot())(
  'an ordinary user without a home can start it, and is told when the folder is not theirs',
  async (context) => {
    asNobody(context)
    const folder = await world.folder()
    expect(await world.program(folder, nobody).says()).toMatchObject({
      code: 'folder-not-writable',
      sentence: oneSentence,
    })
    await mkdir(folder)
    await chown(folder, nobody.uid, nobody.gid)
    const program = world.program(folder, nobody)
    const { started, dataFolder } = await program.says()
    expect(started).toBe(true)
    expect((await stat(dataFolder)).uid).toBe(nobody.uid)
    await program.kill('SIGTERM')

    // One start by sudo does not take the database from its user.
    const server = await startEmbedded({ folder })
    expect((await stat(join(dataFolder, 'postmaster.pid'))).uid).toBe(nobody.uid)
    await server.stop()
    const again = world.program(folder, nobody)
    expect(await again.says()).toMatchObject({ started: true })
    await again.kill('SIGTERM')
  },
)

test.runIf(weAreRoot())('a database that belongs to another user is told in a sentence', async (context) => {
  asNobody(context)
  const folder = await world.readyFolder()
  await (await startEmbedded({ folder })).stop()
  await chmod(folder, 0o777)
  const said = await world.program(folder, nobody).says()
  expect(said).toMatchObject({ code: 'folder-not-reachable', sentence: oneSentence })
})

test.runIf(weAreRoot())('a backup that root laid back, open to all, becomes the server’s own again', async () => {
  const folder = await world.readyFolder()
  const { dataFolder, stop } = await startEmbedded({ folder })
  await stop()
  execFileSync('chown', ['-R', '0:0', dataFolder])
  execFileSync('chmod', ['-R', 'a+rX', dataFolder])
  const server = await startEmbedded({ folder })
  await server.stop()
  expect((await stat(dataFolder)).uid).not.toBe(0)
  expect((await stat(dataFolder)).mode & 0o777).toBe(0o700)
})

test.runIf(weAreRoot())(
  'in a folder closed to the server’s user the database lives in /var/lib/oplive, the same one each time, also when the folder moves',
  async () => {
    const closed = await mkdtemp(join(tmpdir(), 'oplive-closed-'))
    const folder = join(closed, 'data')
    const lines: string[] = []
    const first = await startEmbedded({ folder, log: (line) => lines.push(line) })
    const elsewhere = dirname(first.dataFolder)
    try {
      expect(elsewhere).toMatch(/^\/var\/lib\/oplive\/[0-9a-f]{12}$/)
      expect(lines.join('\n')).toContain(`so the database lives in ${elsewhere}`)
      expect((await stat(closed)).mode & 0o777).toBe(0o700)
      const client = await world.connect(first.superuserUrl)
      await client.query('create table answers as select 42 as number')
      await first.stop()

      const moved = join(closed, 'moved')
      await rename(folder, moved)
      const second = await startEmbedded({ folder: moved })
      expect(second.dataFolder).toBe(first.dataFolder)
      const again = await world.connect(second.superuserUrl)
      expect((await again.query('select number from answers')).rows).toEqual([{ number: 42 }])
      await second.stop()

      execFileSync('cp', ['-r', moved, folder])
      await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'folder-copied', message: oneSentence })
    } finally {
      await rm(elsewhere, { recursive: true, force: true })
      await rm(closed, { recursive: true, force: true })
    }
  },
)

test.runIf(weAreRoot())('a database whose folder was closed later is not replaced by an empty one', async () => {
  const folder = await world.readyFolder()
  await (await startEmbedded({ folder })).stop()
  await chmod(dirname(folder), 0o700)
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'folder-not-reachable', message: oneSentence })
  await chmod(dirname(folder), 0o755)
  await (await startEmbedded({ folder })).stop()
})

test('on a disk too small for it a new database is refused in a sentence and leaves nothing behind', async (context) => {
  const folder = await world.folder()
  await mkdir(folder)
  mount(context, ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs'], folder)
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'disk-full', message: oneSentence })
  expect(await readdir(folder)).toEqual(['postgres-password'])
})

test('when the disk fills up an answer is refused and never lost; a start on the full disk says so; with room again all is there', async (context) => {
  const folder = await world.folder()
  await mkdir(folder)
  mount(context, ['-t', 'tmpfs', '-o', 'size=90m', 'tmpfs'], folder)
  const server = await startEmbedded({ folder })
  const client = await world.connect(server.superuserUrl)
  await client.query('create table answers (number int primary key, words text)')
  await client.query('alter table answers alter words set storage external')
  const acknowledged: number[] = []
  const insert = async (number: number) => {
    await client.query('insert into answers values ($1, $2)', [number, 'x'.repeat(1_000_000)])
    acknowledged.push(number)
  }
  const fill = async () => {
    for (let number = 0; number < 200; number++) await insert(number)
  }
  await expect(fill()).rejects.toThrow(/No space left on device|Connection terminated/)
  await server.stop()

  execFileSync('sh', ['-c', 'cat /dev/zero > "$0" 2> /dev/null || true', join(folder, 'ballast')])
  await expect(startEmbedded({ folder })).rejects.toMatchObject({ code: 'disk-full', message: oneSentence })
  await rm(join(folder, 'ballast'))
  execFileSync('/bin/mount', ['-o', 'remount,size=300m', folder])
  const again = await startEmbedded({ folder })
  const { rows } = await (await world.connect(again.superuserUrl)).query<{ number: number }>(
    'select number from answers',
  )
  expect(acknowledged.length).toBeGreaterThan(5)
  expect(rows.map((row) => row.number)).toEqual(expect.arrayContaining(acknowledged))
  await again.stop()
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
})
