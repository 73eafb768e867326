import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { sessionCookie, type Visited } from '../access/visit.ts'
import { noteState } from '../backup/backup-state.ts'
import type { Actor } from '../db/as-actor.ts'
import { startJobs } from '../jobs/jobs.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import da from './da.json' with { type: 'json' }
import { linesOf, type Seen } from './running.ts'

const now = new Date('2027-03-14T12:00:00Z')
const well: Seen = {
  backups: {
    lastGood: { file: 'x', at: '2027-03-14T01:00:00Z', bytes: 5e6, ms: 10 },
    lastFailed: null,
    lastTried: '2027-03-01T10:00:00Z',
  },
  disk: { free: 50e9, all: 100e9 },
  letters: 0,
  lettersStuck: 0,
  jobsFailed: 0,
  night: new Date('2027-03-14T02:00:00Z'),
  brokenAt: null,
  wentBack: null,
  version: '1',
  migrations: 3,
  origin: 'https://oplive.example.dk',
  mail: true,
  staff: 'municipal',
  began: new Date('2027-01-01T00:00:00Z'),
}
const red = (changes: Partial<Seen>) =>
  linesOf({ ...well, ...changes }, now)
    .filter(({ state }) => state === 'red')
    .map(({ matter, said }) => `${matter}.${said}`)

describe('how it stands', () => {
  test('is well when everything is, and red in words for each thing that is not', () => {
    expect(red({})).toEqual([])
    expect(red({ backups: { lastGood: null, lastFailed: null, lastTried: null } })).toEqual([
      'backup.none',
      'tried.never',
    ])
    const at = (iso: string) => ({ ...well.backups, lastGood: { file: 'x', at: iso, bytes: 1, ms: 1 } })
    expect(red({ backups: at('2027-03-13T10:01:00Z') })).toEqual([])
    expect(red({ backups: at('2027-03-13T09:59:00Z') })).toEqual(['backup.old'])
    expect(red({ backups: { ...well.backups, lastFailed: { at: '2027-03-14T02:00:00Z', error: 'EIO' } } })).toEqual([
      'backup.failed',
    ])
    const full = { at: '2027-03-14T02:00:00Z', error: 'ENOSPC' }
    expect(red({ backups: { ...well.backups, lastFailed: full } })).toEqual(['backup.full'])
    expect(red({ backups: { ...well.backups, lastGood: null, lastFailed: full } })).toEqual(['backup.noneFull'])
    expect(red({ backups: { ...well.backups, lastTried: null } })).toEqual(['tried.never'])
    expect(red({ disk: { free: 0.5e9, all: 100e9 } })).toEqual(['disk.free'])
    expect(red({ lettersStuck: 2 })).toEqual(['post.stuck'])
    expect(red({ jobsFailed: 1 })).toEqual(['work.failed'])
    expect(red({ night: new Date('2027-03-13T09:00:00Z') })).toEqual(['night.late'])
    expect(red({ night: null })).toEqual(['night.none'])
    expect(red({ night: null, began: now })).toEqual([])
    expect(red({ brokenAt: 7 })).toEqual(['chain.broken'])
    expect(red({ wentBack: new Date('2027-03-12T10:00:00Z') })).toEqual(['version.wentBack'])
  })
  test('tells every line in words that are there', () => {
    const catalogue: Record<string, unknown> = da
    const all = [
      well,
      {
        ...well,
        backups: { lastGood: null, lastFailed: null, lastTried: null },
        disk: null,
        lettersStuck: 1,
        jobsFailed: 1,
        night: null,
        brokenAt: 1,
        wentBack: now,
        origin: null,
        mail: false,
        staff: 'demo' as const,
      },
      {
        ...well,
        night: new Date(0),
        staff: 'passkey' as const,
        backups: {
          ...well.backups,
          lastTried: '2020-01-01T00:00:00Z',
          lastGood: { file: 'x', at: '2020-01-01T00:00:00Z', bytes: 1, ms: 1 },
        },
      },
    ]
    for (const seen of all)
      for (const { matter, said } of linesOf(seen, now))
        expect([matter, said, typeof (catalogue[matter] as Record<string, unknown>)[said]]).toEqual([
          matter,
          said,
          'string',
        ])
  })
})

describe('the page of the one who keeps it', () => {
  let world: World
  let site: Hono<Visited>
  const folder = mkdtempSync(join(tmpdir(), 'oplive-running-'))
  beforeAll(async () => {
    world = await makeWorld()
    await (await startJobs(world.appUrl, world.house, [])).stop()
    site = makeSite({
      house: world.house,
      hall: openHall(world.house),
      later: world.later,
      guessing: watchGuessing(Buffer.alloc(32), 1),
      where: { origin: null, onNetwork: null },
      development: false,
      built: '.',
      installation: {
        dataFolder: folder,
        backupFolder: folder,
        version: '1.2.3',
        origin: null,
        staff: () => 'passkey',
        began: world.clock.now(),
      },
    })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const get = async (actor: Actor) =>
    site.request('/operator', {
      headers: {
        cookie: `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(actor.account)))}`,
      },
    })

  test('says what to do first, and goes green when it is done; it is nobody else’s', async () => {
    const before = await (await get(world.mikkel)).text()
    expect(before).toContain('Lav en nøgle med »oplive backup key«')
    expect(before).toContain('Haster')
    noteState(folder, {
      lastGood: { file: 'x', at: world.clock.now().toISOString(), bytes: 1e6, ms: 5 },
      lastTried: world.clock.now().toISOString(),
    })
    const after = await (await get(world.mikkel)).text()
    // No mail, no https: that can be better, and is not called well.
    expect(after).toContain('Intet haster')
    expect(after).not.toContain('Alt er, som det skal være')
    for (const actor of [world.nadia, world.helle, world.amira, world.poul, world.karsten])
      expect((await get(actor)).status).toBe(403)
    expect((await site.request('/operator')).status).toBe(401)
  })
})
