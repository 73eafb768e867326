import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookKeyOf, newBookKey } from '../keys/book-key.ts'
import { drawLetters } from './letters.ts'
import {
  isDeviceSecret,
  lockIdOf,
  makeLock,
  newBookSecret,
  newDeviceSecret,
  openEntry,
  openLock,
  openStruck,
  rewrapLock,
  sealEntry,
  sealStruck,
  sumOf,
  tallyOf,
} from './lock.ts'

const [karsten, birthe] = [randomUUID(), randomUUID()]
const keys = [bookKeyOf(newBookKey())]

describe('a lock', () => {
  test.each([
    ['device', newDeviceSecret()],
    ['sheet', drawLetters()],
  ] as const)('of a %s opens with its own secret, and with nothing else', (kind, secret) => {
    const book = newBookSecret()
    const lock = makeLock(keys, karsten, kind, secret, book)
    expect(openLock(keys, karsten, lock, secret)).toEqual(book)
    expect(openLock(keys, karsten, lock, newDeviceSecret())).toBeNull()
    expect(openLock(keys, birthe, lock, secret)).toBeNull()
    expect(openLock(keys, karsten, { ...lock, kind: 'hand-over' }, secret)).toBeNull()
  })

  test('does not open with the keys of the configuration alone: they give a box, and the box needs the secret', () => {
    const secret = newDeviceSecret()
    const book = newBookSecret()
    const lock = makeLock(keys, karsten, 'device', secret, book)
    for (const guess of [keys[0]?.key.toString('base64url'), lock.id, karsten, '', book.toString('base64url')])
      expect(openLock(keys, karsten, lock, guess ?? '')).toBeNull()
  })

  test('does not open with the secret alone, without the configuration', () => {
    const secret = drawLetters()
    const lock = makeLock(keys, karsten, 'sheet', secret, newBookSecret())
    const other = { id: lock.keyId, key: newBookKey() }
    expect(openLock([other], karsten, lock, secret)).toBeNull()
  })

  test('is found by its secret, in another place for each person', () => {
    const secret = newDeviceSecret()
    expect(lockIdOf(secret, karsten)).toBe(lockIdOf(secret, karsten))
    expect(lockIdOf(secret, karsten)).not.toBe(lockIdOf(secret, birthe))
    expect(lockIdOf(secret, karsten)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('gets a new outer part without the person, and opens with the same secret as before', () => {
    const secret = drawLetters()
    const book = newBookSecret()
    const lock = makeLock(keys, karsten, 'sheet', secret, book)
    const newer = bookKeyOf(newBookKey())
    const again = rewrapLock([newer, ...keys], karsten, lock)
    expect(again?.keyId).toBe(newer.id)
    expect(again && openLock([newer], karsten, { ...lock, ...again }, secret)).toEqual(book)
  })

  test('a secret of a device is 256 bits, and everything else is none', () => {
    expect(isDeviceSecret(newDeviceSecret())).toBe(true)
    for (const text of [undefined, '', 'kort', `${newDeviceSecret()}A`]) expect(isDeviceSecret(text)).toBe(false)
  })
})

describe('a line', () => {
  const key = newBookSecret()
  const text = fc.string({ unit: 'grapheme', maxLength: 2000 })

  test('is read as it was written, in any script', () =>
    fc.assert(
      fc.property(text, fc.nat(), (words, rev) => {
        expect(openEntry(key, karsten, sealEntry(key, karsten, birthe, rev, words))).toBe(words)
      }),
      { numRuns: 50 },
    ))

  test('is not read with another key, for another person, in another place, or as another revision', () => {
    const sealed = sealEntry(key, karsten, birthe, 3, 'Jeg tør ikke gå forbi hallen.')
    expect(openEntry(newBookSecret(), karsten, sealed)).toBeNull()
    expect(openEntry(key, birthe, sealed)).toBeNull()
    expect(openEntry(key, karsten, { ...sealed, id: karsten })).toBeNull()
    expect(openEntry(key, karsten, { ...sealed, rev: 4 })).toBeNull()
    expect(openEntry(key, karsten, { ...sealed, box: Buffer.alloc(3) })).toBeNull()
  })

  test('a box says of the length of what was written only the next step', () => {
    const lengths = new Set(['', 'a', 'b'.repeat(200)].map((one) => sealEntry(key, karsten, birthe, 1, one).box.length))
    expect(lengths.size).toBe(1)
  })

  test('what was struck out comes back from the page of the one who struck it, and from nobody else’s', () => {
    const struck = sealStruck(key, karsten, 'Slettet ved et uheld')
    expect(openStruck(key, karsten, struck)).toBe('Slettet ved et uheld')
    expect(openStruck(key, birthe, struck)).toBeNull()
    expect(openStruck(newBookSecret(), karsten, struck)).toBeNull()
    expect(openStruck(key, karsten, 'hvad som helst')).toBeNull()
  })
})

test('rows that are taken out, put in, or put back as they were before change the tally; their order does not', () => {
  const key = newBookSecret()
  const rows = ['a', 'b', 'c'].map((id) => ({ id, sum: sumOf(Buffer.from(id)) }))
  const tally = tallyOf(key, karsten, rows)
  expect(tallyOf(key, karsten, [...rows].reverse())).toEqual(tally)
  expect(tallyOf(key, karsten, rows.slice(1))).not.toEqual(tally)
  expect(tallyOf(key, karsten, [...rows, { id: 'd', sum: sumOf(Buffer.from('d')) }])).not.toEqual(tally)
  expect(tallyOf(key, karsten, [{ id: 'a', sum: sumOf(Buffer.from('before')) }, ...rows.slice(1)])).not.toEqual(tally)
  expect(tallyOf(newBookSecret(), karsten, rows)).not.toEqual(tally)
})
