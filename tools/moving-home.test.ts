// A community moves home: packed at one running installation, taken in at another, signed for, and let go; all of it at the keyboard.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askOwner } from '../src/db/keyboard.ts'
import { build, type OwnProgram, ownProgram, root } from './rehearse/own-program.ts'

let old: OwnProgram
let home: OwnProgram
const folder = mkdtempSync(join(tmpdir(), 'oplive-moving-'))
beforeAll(async () => {
  await build()
  ;[old, home] = await Promise.all([ownProgram(), ownProgram()])
  await old.start()
  await home.start()
}, 120_000)
afterAll(async () => {
  await Promise.all([old?.clear(), home?.clear()])
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

function at(program: OwnProgram, ...args: string[]) {
  const { DATABASE_URL, ...rest } = process.env
  const { stdout, stderr, status } = spawnSync(process.execPath, ['dist/main.js', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...rest, OPLIVE_DATA: program.place.dataFolder, ORIGIN: program.url, PORT: new URL(program.url).port },
  })
  return { out: stdout, err: stderr, status }
}
const aloud = (text: string): string =>
  /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/.exec(text)?.[0] ?? expect.fail(`no fingerprint in: ${text}`)
/** As if the seven days were over: what waits for them is done by the program itself, now. */
async function endLateDays({ place }: OwnProgram): Promise<void> {
  await askOwner(
    place,
    // Of this place, and first: the queue takes one in five seconds, and the demo has many evenings.
    `update pgboss.job set start_after = now(), priority = 10 where name = 'exit-card.end-late' and state = 'created' and data->>'meeting' in
      (select m.id::text from community.meeting m join community.community c on c.id = m.community_id where c.slug = 'vesterglim')`,
  )
  for (let time = 0; time < 120; time++) {
    const left = await askOwner(
      place,
      `select from community.card_round r join community.meeting m on m.id = r.meeting_id
      join community.community c on c.id = m.community_id where c.slug = 'vesterglim' and r.counted_at is null`,
    )
    if (left.length === 0) return
    await new Promise((soon) => setTimeout(soon, 500))
  }
  expect.fail('the late cards of Vesterglim are not counted')
}
const page = async (program: OwnProgram, path: string) => {
  const answer = await fetch(`${program.url}${path}`)
  return { status: answer.status, text: await answer.text() }
}

test('a bundle moves a community to a second running installation, and the first lets go of it', async () => {
  const file = join(folder, 'vesterglim.bundle')
  // Its late cards are still gathered in Vesterglim: what nobody else can open is waited for, and the day is said.
  expect(at(old, 'export', '--community', 'vesterglim', '--to', file)).toMatchObject({
    status: 1,
    err: expect.stringMatching(/late exit cards are gathered until \d{4}-\d\d-\d\d/),
  })
  await endLateDays(old)
  const packed = at(old, 'export', '--community', 'vesterglim', '--to', file)
  expect([packed.status, packed.err]).toEqual([0, ''])
  const sender = aloud(packed.out)
  const result = /\/c\/vesterglim(\/result\/[0-9a-f-]{36})/.exec((await page(old, '/c/vesterglim')).text)?.[1]

  // Cut off on its way, or from somebody unknown: nothing of it is taken in.
  const cut = join(folder, 'cut.bundle')
  writeFileSync(cut, readFileSync(file).subarray(0, 30_000))
  expect(at(home, 'import', cut)).toMatchObject({ status: 1, err: expect.stringContaining('Nothing was changed') })
  const looked = at(home, 'import', file, '--slug', 'hjemme')
  expect(looked.out).toContain('Nothing was changed')
  expect(aloud(looked.out)).toBe(sender)
  expect(
    at(
      home,
      'import',
      file,
      '--slug',
      'hjemme',
      '--signer',
      sender.replace(/^./, (one) => (one === '0' ? '1' : '0')),
    ).status,
  ).toBe(1)
  expect((await page(home, '/c/hjemme')).status).toBe(404)

  const taken = at(home, 'import', file, '--slug', 'hjemme', '--signer', sender)
  expect([taken.status, taken.err]).toEqual([0, ''])
  expect((await page(home, '/c/hjemme')).text).toContain('Vesterglim')
  expect((await page(home, `/c/hjemme${result}`)).status).toBe(200)
  expect(at(home, 'import', file, '--slug', 'igen', '--signer', sender).status).toBe(1)

  // The old one keeps it until somebody it can name has signed for it.
  const signed = at(home, 'receipt', '--community', 'hjemme')
  const receipt = join(folder, 'receipt.txt')
  writeFileSync(receipt, signed.out)
  expect(at(old, 'let-go', '--community', 'vesterglim', '--receipt', receipt, '--signer', sender).status).toBe(1)
  expect((await page(old, '/c/vesterglim')).status).toBe(200)
  const gone = at(old, 'let-go', '--community', 'vesterglim', '--receipt', receipt, '--signer', aloud(signed.err))
  expect([gone.status, gone.err]).toEqual([0, ''])
  const moved = await page(old, '/c/vesterglim')
  expect(moved.status).toBe(410)
  expect(moved.text).toContain('Vesterglim er flyttet')
  expect(moved.text).toContain(`${home.url}/c/hjemme`)
  for (const program of [old, home]) expect(at(program, 'check')).toMatchObject({ status: 0 })
}, 120_000)
