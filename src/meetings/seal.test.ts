import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { open, seal } from './seal.ts'

const pair = () => {
  const { privateKey } = generateKeyPairSync('x25519')
  return {
    privateKey,
    publicKey: Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url'),
  }
}
const sealAll = (publicKey: Buffer, plains: Uint8Array[]) => {
  const cards = plains.map((plain) => ({ tag: randomBytes(16), plain }))
  const boxes = seal(publicKey, cards)
  return cards.map((card, i) => ({ tag: card.tag, box: boxes[i] ?? Buffer.alloc(0) }))
}

test('whatever was sealed comes out again, in any order, from any number of commits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 4,
      }),
      (commits) => {
        const { privateKey, publicKey } = pair()
        const sealed = commits.flatMap((plains) => sealAll(publicKey, plains)).reverse()
        const plains = commits.flat().reverse()
        expect(open(privateKey, sealed).map((plain) => plain && [...plain])).toEqual(plains.map((plain) => [...plain]))
      },
    ),
    { numRuns: 40 },
  )
})

test('without the private key a card does not open', () => {
  const meeting = pair()
  expect(open(pair().privateKey, sealAll(meeting.publicKey, [Buffer.from([1, 2, 3])]))).toEqual([null])
})

test('a box moved to another tag, shortened or with one bit turned does not open, and the others still do', () => {
  const { privateKey, publicKey } = pair()
  const [a, b, c, d] = sealAll(publicKey, [Buffer.from([1]), Buffer.from([2]), Buffer.from([3]), Buffer.from([4])])
  if (!a || !b || !c || !d) throw new Error('four cards were sealed')
  c.box[40] = (c.box[40] ?? 0) ^ 1
  expect(open(privateKey, [{ tag: b.tag, box: a.box }, { tag: b.tag, box: b.box.subarray(0, 30) }, c, d])).toEqual([
    null,
    null,
    null,
    Buffer.from([4]),
  ])
})

test('the same answer sealed twice looks different, and every answer has the same length', () => {
  const { publicKey } = pair()
  const boxes = [1, 1, 2, 3, 4, 5]
    .flatMap((answer) => sealAll(publicKey, [Buffer.from([answer, answer, answer])]))
    .map((card) => card.box)
  expect(new Set(boxes.map((box) => box.toString('hex'))).size).toBe(6)
  expect(new Set(boxes.map((box) => box.length))).toEqual(new Set([53]))
})
