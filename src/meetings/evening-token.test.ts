import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { House } from '../db/as-actor.ts'
import { makeWorld } from '../test-world.ts'
import { eveningId, eveningTag, issueEveningToken, readEveningToken } from './evening-token.ts'

let house: House
beforeAll(async () => {
  house = (await makeWorld()).house
})

const [one, other] = ['0190f1f2-0000-7000-8000-000000000001', '0190f1f2-0000-7000-8000-000000000002']

describe('the phone’s token for an evening', () => {
  test('is read where it was given out: not for another meeting, not from the cookie of another purpose', () => {
    const text = issueEveningToken(house, one, 'evening')
    expect(readEveningToken(house, one, 'evening', text)).toHaveLength(16)
    expect(readEveningToken(house, other, 'evening', text)).toBeNull()
    expect(readEveningToken(house, one, 'door', text)).toBeNull()
  })

  test('cannot be made up', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (bytes) => {
        expect(readEveningToken(house, one, 'evening', Buffer.from(bytes).toString('base64url'))).toBeNull()
      }),
      { numRuns: 50 },
    )
    expect(readEveningToken(house, one, 'evening', undefined)).toBeNull()
    expect(readEveningToken(house, one, 'evening', 'x'.repeat(5000))).toBeNull()
  })

  test('gives another tag for each purpose and each meeting, so that no two rows can be tied together', () => {
    const token = randomBytes(16)
    const tags = [one, other].flatMap((meeting) =>
      (['say', 'know', 'dots', 'door'] as const).map((purpose) =>
        eveningTag(house, meeting, purpose, token).toString('hex'),
      ),
    )
    expect(new Set(tags).size).toBe(8)
  })

  test('makes the same thing of what is sent twice, and another of another phone’s', () => {
    const [mine, yours] = [randomBytes(16), randomBytes(16)]
    const id = eveningId(house, one, mine, 'abc')
    expect(eveningId(house, one, mine, 'abc')).toBe(id)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set([id, eveningId(house, one, yours, 'abc'), eveningId(house, one, mine, 'abd')]).size).toBe(3)
  })
})
