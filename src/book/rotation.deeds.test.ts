import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../db/as-actor.ts'
import { bookKeyOf, newBookKey } from '../keys/book-key.ts'
import { keyCabinet } from '../keys/key-cabinet.ts'
import { makeWorld, type World } from '../test-world.ts'
import { bookKeysInUse, exportBook } from './book.deeds.ts'
import { openBook } from './opening.deeds.ts'
import { rotateBookKeys } from './rotation.deeds.ts'
import { aBook, type TestBook } from './test-book.ts'
import { watchTries } from './tries.ts'

let world: World
let data: string
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

let people: { actor: Actor; book: TestBook }[]
beforeEach(async () => {
  await world.sql('delete from personal.book')
  if (data) rmSync(data, { recursive: true, force: true })
  data = mkdtempSync(join(tmpdir(), 'oplive-rotate-'))
  world.house.keys = keyCabinet(join(data, 'keys'))
  people = []
  for (let nth = 0; nth < 8; nth++) {
    const actor: Actor = { house: world.house, role: 'resident', account: uuid() }
    await world.sql('insert into access.account (id, name) values ($1, $2)', [actor.account, `Beboer ${nth}`])
    const book = await aBook(actor)
    await book.write(`Ord nummer ${nth}`)
    people.push({ actor, book })
  }
})

const ids = () => world.house.keys.bookKeys().map(({ id }) => id)
const inUse = async () => new Map((await bookKeysInUse(world.house)).map(({ keyId, locks }) => [keyId, locks]))
/** Each reads their own words, on the device they had, and on a new one with the sheet they had. */
async function everybodyReads() {
  for (const [nth, { actor, book }] of people.entries()) {
    expect(await exportBook(actor, book.device)).toMatchObject([{ text: `Ord nummer ${nth}` }])
    const opened = await openBook(actor, watchTries(), book.letters, true)
    if (typeof opened === 'string' || 'wait' in opened) throw new Error(JSON.stringify(opened))
    expect(await exportBook(actor, opened.device)).toMatchObject([{ text: `Ord nummer ${nth}` }])
  }
}

describe('a new key of the configuration', () => {
  test('is put on every lock without the persons, and the old one is destroyed', async () => {
    const [old] = ids()
    expect(await inUse()).toEqual(new Map([[old, 16]]))
    const done = await rotateBookKeys(world.house, { batch: 5 })
    expect(done).toMatchObject({ made: true, rewrapped: 16, left: 0, done: [old] })
    expect(ids()).toEqual([done.newest])
    expect(await inUse()).toEqual(new Map([[done.newest, 16]]))
    expect(readdirSync(join(data, 'keys'))).toEqual(['book-2.key'])
    await everybodyReads()
  })

  test.each([1, 2, 3, 4])('cut off after batch %i, it keeps both keys, and goes on where it was', async (batches) => {
    const [old] = ids()
    let seen = 0
    const cutOff = rotateBookKeys(world.house, {
      batch: 4,
      afterBatch: () => {
        if (++seen === batches) throw new Error('the power went')
      },
    })
    await expect(cutOff).rejects.toThrow('the power went')
    expect(ids()).toHaveLength(2)
    expect((await inUse()).get(ids()[0] ?? '')).toBe(4 * batches)
    const again = await rotateBookKeys(world.house, { batch: 4 })
    expect(again).toMatchObject({ made: false, rewrapped: 16 - 4 * batches, left: 0, done: [old] })
    expect(ids()).toEqual([again.newest])
    await everybodyReads()
  })

  test('reaches everybody while they read, write and open their books', async () => {
    let going = true
    const busy = people.map(async ({ actor, book }) => {
      const tries = watchTries()
      let turns = 0
      while (going) {
        expect(await exportBook(actor, book.device)).not.toBe('closed')
        const opened = await openBook(actor, tries, book.letters, true)
        expect(opened).toHaveProperty('device')
        turns++
      }
      return turns
    })
    try {
      for (let nth = 0; nth < 3; nth++) {
        const done = await rotateBookKeys(world.house, { batch: 3 })
        expect(done.left).toBe(0)
        expect(ids()).toEqual([done.newest])
      }
    } finally {
      going = false
      await Promise.allSettled(busy)
    }
    expect(Math.min(...(await Promise.all(busy)))).toBeGreaterThan(0)
    expect([...(await inUse()).keys()]).toEqual(ids())
    await everybodyReads()
  })

  test('asked for twice at once, every lock still opens', async () => {
    await Promise.all([rotateBookKeys(world.house, { batch: 3 }), rotateBookKeys(world.house, { batch: 3 })])
    await rotateBookKeys(world.house)
    expect([...(await inUse()).keys()]).toEqual(ids())
    await everybodyReads()
  })

  test('leaves a lock that somebody has tampered with as it is, and keeps the key it was made with', async () => {
    const [old] = ids()
    await world.sql(
      `update personal.lock set box = set_byte(box, 20, 255 - get_byte(box, 20))
      where account_id = $1 and kind = 'device'`,
      [people[0]?.actor.account],
    )
    const done = await rotateBookKeys(world.house)
    expect(done).toMatchObject({ rewrapped: 15, left: 1, done: [] })
    expect(ids()).toEqual([done.newest, old])
    // It does not keep the next rotation from going through.
    const next = await rotateBookKeys(world.house)
    expect(next).toMatchObject({ made: true, rewrapped: 15, left: 1, done: [done.newest] })
    expect(ids()).toEqual([next.newest, old])
  })

  test('that stands in the environment is put on the locks, and the old one is left for a person to take out', async () => {
    const first = world.house.keys.bookKeys()
    const given = [bookKeyOf(newBookKey()), ...first]
    world.house.keys = keyCabinet(join(data, 'keys'), given)
    const done = await rotateBookKeys(world.house)
    expect(done).toMatchObject({ made: false, newest: given[0]?.id, rewrapped: 16, left: 0, done: [first[0]?.id] })
    await everybodyReads()
  })
})

describe('the command', { timeout: 60_000 }, () => {
  const command = (...words: string[]) =>
    spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'keys', ...words], {
      env: { ...process.env, DATABASE_URL: world.ownerUrl, OPLIVE_DATA: data },
    })
  async function said(...words: string[]) {
    const tool = command(...words)
    let text = ''
    tool.stdout.on('data', (part) => (text += part))
    tool.stderr.on('data', (part) => (text += part))
    const [code] = await once(tool, 'close')
    return { code, text }
  }

  test('killed in the middle, it is asked for again, and nobody has lost a word', async () => {
    const [old] = ids()
    const tool = command('rotate', '--batch', '1')
    await once(tool.stderr, 'data')
    tool.kill('SIGKILL')
    await once(tool, 'close')
    const listed = await said('list')
    expect(listed.text).toMatch(/^[\w-]{11} {2}newest {2}\d+ locks?\n[\w-]{11} {2}older {3}\d+ locks?\n$/)
    expect(ids()).toContain(old)
    await everybodyReads()
    const again = await said('rotate')
    expect(again).toMatchObject({ code: 0, text: expect.stringContaining('destroyed') })
    expect(ids()).toHaveLength(1)
    expect([...(await inUse()).keys()]).toEqual(ids())
    await everybodyReads()
    // The key itself is told to nobody.
    for (const { key } of world.house.keys.bookKeys())
      expect(listed.text + again.text).not.toContain(key.toString('base64url').slice(0, 10))
  })

  test('asked for something else, says what it can do', async () => {
    expect(await said('destroy')).toMatchObject({ code: 1, text: expect.stringContaining('oplive keys list') })
  })
})
