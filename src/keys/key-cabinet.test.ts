import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { bookKeyOf, newBookKey } from './book-key.ts'
import { type KeyCabinet, keyCabinet } from './key-cabinet.ts'

const meeting = '01890000-0000-7000-8000-000000000001'
const folders: string[] = []
let folder: string
let keys: KeyCabinet
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'oplive-cabinet-')), 'keys')
  folders.push(folder)
  keys = keyCabinet(folder)
})
afterAll(() => {
  for (const one of folders) rmSync(join(one, '..'), { recursive: true, force: true })
})

test('only this user may read the folder and the keys', () => {
  keys.makeRound(meeting, 1)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, `${meeting}.round-1.key`)).mode & 0o777).toBe(0o600)
})

test('the three purposes have three keys, and each round its own', () => {
  const first = keys.makeRound(meeting, 1)
  const second = keys.makeRound(meeting, 2)
  const all = [first, second].flatMap((round) => Object.values(round).map((key) => key.toString('hex')))
  expect(new Set(all).size).toBe(6)
  expect(all.every((key) => key.length === 64)).toBe(true)
})

test('what has been destroyed is gone, and destroying it again is no harm', () => {
  keys.makeRound(meeting, 1)
  keys.makePhones(meeting)
  keys.destroyRound(meeting, 1)
  keys.destroyRound(meeting, 1)
  keys.destroyPhones(meeting)
  expect(keys.openRound(meeting, 1)).toBeNull()
  expect(keys.openPhones(meeting)).toBeNull()
  expect(readdirSync(folder)).toEqual([])
})

test('a key that was only half written when the power went is thrown away, and no other', () => {
  keys.makeRound(meeting, 1)
  writeFileSync(join(folder, `${meeting}.round-2.key.abcd.half`), 'x')
  writeFileSync(join(folder, 'notes.txt'), 'not a key')
  expect(keys.list()).toMatchObject([{ meeting, round: 1 }])
  expect(readdirSync(folder).sort()).toEqual([`${meeting}.round-1.key`, 'notes.txt'])
})

test('a damaged key says so instead of opening nothing', () => {
  writeFileSync(join(folder, `${meeting}.round-1.key`), 'short')
  expect(() => keys.openRound(meeting, 1)).toThrow(/damaged/)
})

test('the secret of the installation is made once and kept', () => {
  const secret = keys.houseSecret()
  expect(secret).toHaveLength(32)
  expect(keyCabinet(folder).houseSecret()).toEqual(secret)
})

test('a key is named by a meeting and by nothing that leads out of the folder', () => {
  expect(() => keys.makeRound('../../etc', 1)).toThrow(RangeError)
})

test('the key of Min bog is made once, a newer one comes before it, and only the older one can be destroyed', () => {
  const [first] = keys.bookKeys()
  expect(keyCabinet(folder).bookKeys()).toEqual([first])
  const second = keys.makeBookKey()
  expect(keys.bookKeys()).toEqual([second, first])
  expect(statSync(join(folder, 'book-2.key')).mode & 0o777).toBe(0o600)
  keys.destroyBookKeys([second?.id ?? '', first?.id ?? ''])
  expect(keys.bookKeys()).toEqual([second])
  expect(readdirSync(folder)).toEqual(['book-2.key'])
  // The number goes on, so that the newest is never taken for an older one.
  expect(keys.bookKeys()).toHaveLength(1)
  keys.makeBookKey()
  expect(readdirSync(folder).sort()).toEqual(['book-2.key', 'book-3.key'])
})

test('keys of Min bog that stand in the environment are used as they are, and no file is made', () => {
  const given = [bookKeyOf(newBookKey()), bookKeyOf(newBookKey())]
  const cabinet = keyCabinet(folder, given)
  expect(cabinet.bookKeys()).toEqual(given)
  expect(cabinet.makeBookKey()).toBeNull()
  cabinet.destroyBookKeys(given.map(({ id }) => id))
  expect(cabinet.bookKeys()).toEqual(given)
  expect(readdirSync(folder)).toEqual([])
})

test('a text of the installation is kept for its user alone, and the first of two is the one that is kept', () => {
  expect(keys.text('saml')).toBeNull()
  expect([keys.keepText('saml', 'first'), keys.keepText('saml', 'second'), keys.text('saml')]).toEqual([
    'first',
    'first',
    'first',
  ])
  expect(statSync(join(folder, 'saml.pem')).mode & 0o777).toBe(0o600)
})
