import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BookKeyMissing,
  BookKeyProblem,
  bookKeyOf,
  newBookKey,
  readBookKeys,
  seal,
  unseal,
  unwrap,
  wrap,
} from './book-key.ts'

const bytes = (max = 400) => fc.uint8Array({ maxLength: max }).map((array) => Buffer.from(array))
const use = fc.array(fc.string({ maxLength: 12 }), { maxLength: 4 })

describe('a box', () => {
  test('opens with its key and its use, and gives back what was put in', () =>
    fc.assert(
      fc.property(bytes(), use, (plain, bound) => {
        const key = newBookKey()
        expect(unseal(key, bound, seal(key, bound, plain))).toEqual(plain)
      }),
    ))

  test('does not open with another key, for another use, or when one bit of it has been turned', () =>
    fc.assert(
      fc.property(bytes(), use, use, fc.nat(), (plain, bound, other, nth) => {
        fc.pre(JSON.stringify(bound) !== JSON.stringify(other))
        const key = newBookKey()
        const box = seal(key, bound, plain)
        expect(unseal(newBookKey(), bound, box)).toBeNull()
        expect(unseal(key, other, box)).toBeNull()
        const turned = Buffer.from(box)
        const at = nth % (box.length * 8)
        turned.writeUInt8(turned.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
        expect(unseal(key, bound, turned)).toBeNull()
      }),
    ))

  test('is never twice the same, also for the same words', () => {
    const key = newBookKey()
    const boxes = Array.from({ length: 50 }, () => seal(key, ['a'], Buffer.from('det samme')).toString('hex'))
    expect(new Set(boxes).size).toBe(50)
  })

  test('that is cut short does not open', () => {
    const key = newBookKey()
    const box = seal(key, [], Buffer.from('kort'))
    for (let length = 0; length < box.length; length++) expect(unseal(key, [], box.subarray(0, length))).toBeNull()
  })

  test('what is between the parts of a use counts: ab+c is not a+bc', () => {
    const key = newBookKey()
    expect(unseal(key, ['a', 'bc'], seal(key, ['ab', 'c'], Buffer.from('x')))).toBeNull()
  })
})

describe('the keys of the configuration', () => {
  const [one, two] = [newBookKey(), newBookKey()]
  const asText = (...keys: Buffer[]) => keys.map((key) => key.toString('base64url')).join(',')

  test('are read newest first, with space round the commas', () => {
    expect(readBookKeys(` ${asText(one)} , ${asText(two)},`)).toEqual([bookKeyOf(one), bookKeyOf(two)])
  })

  test.each([
    ['nothing', ' , '],
    ['half a key', asText(one).slice(0, 20)],
    ['a key with a letter too many', `${asText(one)}A`],
    ['the same key twice', asText(one, one)],
  ])('%s is told without quoting a key', (_what, text) => {
    expect(() => readBookKeys(text)).toThrow(BookKeyProblem)
    try {
      readBookKeys(text)
    } catch (error) {
      expect(String(error)).not.toContain(asText(one).slice(0, 8))
    }
  })

  test('the newest puts the lock on, every one of them takes its own off', () => {
    const inner = randomBytes(60)
    const old = wrap([bookKeyOf(one)], ['karsten'], inner)
    const both = [bookKeyOf(two), bookKeyOf(one)]
    const young = wrap(both, ['karsten'], inner)
    expect([old.keyId, young.keyId]).toEqual([bookKeyOf(one).id, bookKeyOf(two).id])
    expect(unwrap(both, ['karsten'], old)).toEqual(inner)
    expect(unwrap(both, ['karsten'], young)).toEqual(inner)
    expect(unwrap(both, ['birthe'], young)).toBeNull()
  })

  test('a lock whose key is gone says so, which is something else than a wrong key', () => {
    const lock = wrap([bookKeyOf(one)], [], randomBytes(60))
    expect(() => unwrap([bookKeyOf(two)], [], lock)).toThrow(BookKeyMissing)
    expect(() => wrap([], [], randomBytes(60))).toThrow(BookKeyMissing)
  })

  test('an id tells nothing about its key but which one it is', () => {
    expect(bookKeyOf(one).id).toMatch(/^[\w-]{11}$/)
    expect(bookKeyOf(one)).toEqual(bookKeyOf(Buffer.from(one)))
    expect(bookKeyOf(one).id).not.toBe(bookKeyOf(two).id)
  })
})
