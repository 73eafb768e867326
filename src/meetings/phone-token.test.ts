import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { PhoneSecrets } from '../keys/key-cabinet.ts'
import { issueToken, paperTag, readToken, tagOf } from './phone-token.ts'

const secrets = (): PhoneSecrets => ({
  issue: randomBytes(32),
  tags: { shares: randomBytes(32), next: randomBytes(32), who: randomBytes(32) },
})

test('a token that was given out here is known again; one that was made up is not', () => {
  const mine = secrets()
  const token = issueToken(mine)
  expect(readToken(mine, token)).toHaveLength(16)
  const turned = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
  for (const text of [undefined, '', 'x', turned, `${token}A`, randomBytes(24).toString('base64url')])
    expect(readToken(mine, text)).toBeNull()
  expect(readToken(secrets(), token)).toBeNull()
})

test('the tags of one phone for the three purposes have nothing in common', () => {
  const mine = secrets()
  const token = randomBytes(16)
  const tags = (['shares', 'next', 'who'] as const).map((purpose) => tagOf(mine, purpose, token).toString('hex'))
  expect(new Set(tags).size).toBe(3)
  expect(tagOf(mine, 'shares', token).toString('hex')).toBe(tags[0])
})

test('a pile typed again has the same tags, and another pile has others', () => {
  const mine = secrets()
  expect(paperTag(mine, 'shares', 'pile-a', 3)).toEqual(paperTag(mine, 'shares', 'pile-a', 3))
  expect(paperTag(mine, 'shares', 'pile-a', 3)).not.toEqual(paperTag(mine, 'shares', 'pile-a', 4))
  expect(paperTag(mine, 'shares', 'pile-b', 3)).not.toEqual(paperTag(mine, 'shares', 'pile-a', 3))
})
