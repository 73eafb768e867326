import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf, inGroups, newSecret, open, readSecret, seal } from './sealing.ts'

const talk = '0190aaaa-0000-7000-8000-000000000001'

test('a wording is opened by the secret of its link, however it is typed, and by no other', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 500 }), (content) => {
      const secret = newSecret()
      expect(secret).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/)
      const box = seal(secret, talk, content)
      expect(readSecret(inGroups(secret).toUpperCase())).toBe(secret)
      expect(open(secret, talk, box)).toBe(content)
      expect(open(newSecret(), talk, box)).toBe(null)
      expect(open(secret, talk.replace('1', '2'), box)).toBe(null)
    }),
    { numRuns: 50 },
  )
})

test('a box that was touched is not opened, and nothing of the wording stands in it', () => {
  const secret = newSecret()
  const box = seal(secret, talk, 'Poul tager to med')
  expect(box.includes('Poul')).toBe(false)
  for (let at = 0; at < box.length; at++) {
    const touched = Buffer.from(box)
    touched[at] = (touched[at] ?? 0) ^ 1
    expect(open(secret, talk, touched)).toBe(null)
  }
  expect(open(secret, talk, Buffer.alloc(3))).toBe(null)
})

test('letters that are mistaken for others are read as meant, and what is no secret is none', () => {
  const secret = newSecret()
  expect(readSecret(secret.replaceAll('1', 'I').replaceAll('0', 'O'))).toBe(secret)
  for (const none of ['', secret.slice(1), `${secret}0`, secret.replace(/./, 'u'), 'æ'.repeat(26)])
    expect(readSecret(none)).toBe(null)
  expect(hashOf(secret)).toHaveLength(32)
})
