// A backup brought back from the welcome page of the running program: embedded and outside, and killed in the middle.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { backUp } from '../src/backup/backup.deeds.ts'
import { type KeyPair, newKeyPair } from '../src/backup/sealing.ts'
import { makeWorld } from '../src/test-world.ts'
import { build, type OwnProgram, ownProgram } from './rehearse/own-program.ts'

let folder: string
let file: string
let pair: KeyPair
const programs: OwnProgram[] = []
const outside = `welcome_${process.pid}`
beforeAll(async () => {
  await build()
  const world = await makeWorld()
  folder = mkdtempSync(join(tmpdir(), 'oplive-welcome-'))
  pair = await newKeyPair()
  await world.sql(
    `insert into community.definition (community_id, version, text, authors, written_at)
      select $1, g, repeat(md5(g::text), 12), 1, now() from generate_series(1, 20000) g`,
    [world.holmetofte],
  )
  file = (await backUp(world.ownerUrl, { folder, recipient: pair.recipient, now: new Date('2027-03-14T18:00:00Z') }))
    .file
}, 120_000)
afterAll(async () => {
  for (const program of programs) await program.clear()
  await asOwner(`drop database if exists ${outside} with (force)`)
  await asOwner(`drop role if exists oplive_app_${outside}`)
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
async function asOwner(text: string): Promise<void> {
  const owner = new pg.Client({ connectionString: inject('ownerUrl') })
  await owner.connect()
  await owner.query(text).finally(() => owner.end())
}

interface Browser {
  path: string
  get(path?: string): Promise<{ status: number; text: string }>
  choose(form: Record<string, string | File>): Promise<number>
  press(what: 'begin' | 'again'): Promise<number>
  until(words: string): Promise<string>
}

/** A browser that has opened the link in the terminal. */
async function open(program: OwnProgram): Promise<Browser> {
  const path = `${/\/set-up\/[\w-]{32}/.exec(program.said())?.[0] ?? expect.fail(program.said())}`
  const first = await fetch(program.url + path)
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(await first.text()).toContain(`${path}/restore`)
  const get = async (where = `${path}/restore`) => {
    const answer = await fetch(program.url + where, { headers: { cookie }, redirect: 'manual' })
    return { status: answer.status, text: await answer.text() }
  }
  const post = async (body: FormData | URLSearchParams) =>
    (await fetch(`${program.url}${path}/restore`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' }))
      .status
  return {
    path,
    get,
    choose(fields) {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.set(name, value)
      return post(form)
    },
    press: (what) => post(new URLSearchParams({ do: what })),
    async until(words) {
      for (let n = 0; n < 400; n++) {
        const { text } = await get()
        if (text.includes(words)) return text
        await sleep(50)
      }
      return expect.fail(`${words} did not come: ${(await get()).text}`)
    },
  }
}
const served = async (program: OwnProgram): Promise<void> => {
  for (let n = 0; n < 200; n++) {
    const answer = await fetch(`${program.url}/c/holmetofte`).catch(() => null)
    if (answer?.status === 200) return
    await sleep(100)
  }
  expect.fail(`it is not served: ${program.said()}`)
}

test('with the database that comes along: looked through, killed in the middle and empty again, then restored and served', async () => {
  const program = await ownProgram({ settings: { OPLIVE_DEMO: '0', OPLIVE_BACKUPS: folder } })
  programs.push(program)
  await program.start()
  const stranger = await fetch(`${program.url}/set-up/${'a'.repeat(32)}/restore`)
  expect(stranger.status).toBe(404)
  let browser = await open(program)
  const which = 'oplive-2027-03-14T18-00-00Z.backup'
  expect((await browser.get()).text).toContain(which)
  expect(await browser.choose({ which, key: 'none' })).toBe(400)
  expect((await browser.choose({ which, key: (await newKeyPair()).identity })) >= 300).toBe(true)
  await browser.until('en anden nøgle')
  await browser.choose({ which, keyFile: new File([`# a comment\n${pair.identity}\n`], 'key.txt') })
  expect(await browser.until('Den kan lægges tilbage')).toMatch(/Lokalsamfund[\s\S]*?2/)
  expect((await fetch(`${program.url}/c/holmetofte`)).status).toBe(503)
  await browser.press('begin')
  await browser.until('bliver lagt tilbage')
  await sleep(150)
  await program.kill('app')
  expect(program.said()).toContain('restore.undone')
  expect((await fetch(`${program.url}/c/holmetofte`)).status).toBe(503)
  // Sent from the browser, this time.
  browser = await open(program)
  await browser.choose({ which: 'upload', key: pair.identity, backup: new File([readFileSync(file)], 'x.backup') })
  await browser.until('Den kan lægges tilbage')
  const pid = program.pid()
  await browser.press('begin')
  expect((await fetch(`${program.url}/c/holmetofte`)).status).toBe(503)
  const done = await browser.until('Alt er lagt tilbage')
  expect(done).toContain('0 personer er slettet siden')
  await served(program)
  expect(program.pid()).toBe(pid)
  expect((await browser.get(browser.path)).status).toBe(404)
  expect((await browser.get()).status).toBe(404)
  expect(program.said()).not.toContain(pair.identity)
}, 120_000)

test('with a PostgreSQL outside, and a damaged file leaves it empty', async () => {
  await asOwner(`create database ${outside} template template0 encoding UTF8`)
  const url = new URL(inject('ownerUrl'))
  url.pathname = `/${outside}`
  const program = await ownProgram({ settings: { OPLIVE_DEMO: '0', DATABASE_URL: url.href } })
  programs.push(program)
  await program.start()
  const browser = await open(program)
  const bytes = readFileSync(file)
  const half = new File([bytes.subarray(0, bytes.length / 2)], 'half.backup')
  await browser.choose({ key: pair.identity, backup: half })
  await browser.until('Kopien er ødelagt')
  await browser.choose({ key: pair.identity, backup: new File([bytes], 'whole.backup') })
  await browser.until('Den kan lægges tilbage')
  await browser.press('begin')
  // Beside an upload lies no list of who is here.
  expect(await browser.until('Alt er lagt tilbage')).toContain('present.list')
  await served(program)
}, 60_000)
