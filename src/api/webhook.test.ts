import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOfKey, keyIn, keyRoles, newKey, rolesWithin, stillHolds } from './api-key.ts'
import { call } from './caller.ts'
import { isInside, readUrl, secretOf, secretText, signed, waitAfter } from './webhook.ts'

describe('a key for another program', () => {
  test('is read as it was made, and everything else opens nothing', () => {
    const key = newKey()
    expect(keyIn(`Bearer ${key}`)).toBe(key)
    expect(keyIn(undefined)).toBeNull()
    for (const wrong of [
      '',
      key,
      `Basic ${key}`,
      `Bearer ${key}x`,
      `Bearer ${key.slice(1)}`,
      'Bearer oplive_',
      `Bearer ${key} x`,
    ])
      expect(keyIn(wrong)).toBe('wrong')
    expect(hashOfKey(key)).not.toEqual(hashOfKey(newKey()))
  })
  test('reads as what its owner is or less, and never as more', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keyRoles), fc.constantFrom(...keyRoles, null), (made, held) => {
        const ladder = ['resident', 'host', 'keyholder']
        const both = ladder.includes(made) && held !== null && ladder.includes(held)
        expect(stillHolds(made, held)).toBe(both ? ladder.indexOf(String(held)) >= ladder.indexOf(made) : made === held)
      }),
    )
    expect(rolesWithin('host')).toEqual(['resident', 'host'])
  })
})

describe('an address that is told', () => {
  test.each(['https://example.dk/hook', 'https://hooks.example.dk:8443/a?b=c', ' https://example.dk/ '])(
    'may be %s',
    (url) => {
      expect(readUrl(url)).toBe(url.trim())
    },
  )
  test.each([
    'http://example.dk/',
    'https://localhost/',
    'https://a.localhost/',
    'https://printer.local/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://10.1.2.3/',
    'https://192.168.1.1/',
    'https://172.31.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://name:word@example.dk/',
    'https://example.dk:22/',
    'https://example.dk/#x',
    'ftp://example.dk/',
    'javascript:alert(1)',
    'example.dk',
    '',
    `https://example.dk/${'x'.repeat(300)}`,
  ])('is never %s', (url) => {
    expect(readUrl(url)).toBeNull()
  })
  test('is not called where its name leads inside', async () => {
    expect(isInside('100.64.0.1')).toBe(true)
    expect(isInside('8.8.8.8')).toBe(false)
    expect(isInside('2a00:1450:400f:80d::200e')).toBe(false)
    expect(await call('https://127.0.0.1:9/', '{}', {})).toEqual({ ok: false, answer: 'inside' })
    expect(await call('http://example.dk/', '{}', {})).toEqual({ ok: false, answer: 'inside' })
  })
  test('can reckon that it was us: as Standard Webhooks says', () => {
    const secret = secretOf(Buffer.alloc(32, 1), 'one')
    expect(secretText(secret)).toBe(`whsec_${secret.toString('base64')}`)
    expect(secretOf(Buffer.alloc(32, 1), 'two')).not.toEqual(secret)
    const headers = signed(secret, 'msg', new Date('2027-03-14T18:00:00.900Z'), '{"a":1}')
    expect(headers['webhook-timestamp']).toBe('1805047200')
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', secret).update('msg.1805047200.{"a":1}').digest('base64')}`,
    )
  })
  test('is tried again ever more seldom, and at least four times a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (tries) => {
        expect(waitAfter(tries + 1)).toBeGreaterThanOrEqual(waitAfter(tries))
        expect(waitAfter(tries)).toBeLessThanOrEqual(6 * 3_600_000)
      }),
    )
  })
})
