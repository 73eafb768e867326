import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownWay, withWay } from './way.ts'

test.each(['/c/holmetofte', '/me?x=1', '/prove?next=%2Fme', '/c/nørre'])('%s is a way of our own', (way) =>
  expect(new URL(ownWay(way), 'http://x').href).toBe(new URL(way, 'http://x').href),
)

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%09//evil.example/..',
  '\t//evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'me',
  '',
  null,
  `/${'a'.repeat(600)}`,
])('%j leads nowhere else', (way) => {
  expect(new URL(ownWay(way), 'https://oplive.example').origin).toBe('https://oplive.example')
  expect(ownWay(way)).toMatch(/^\/(?![/\\])/)
})

test('whatever stands behind next, one stays on this site', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    'evil.example',
    ':',
    '@',
    '%2f',
    '%5c',
    '\t',
    '\n',
    '?',
    '#',
    'http:',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(part, { maxLength: 8 }).map((all) => all.join('')),
        fc.webUrl(),
        fc.string(),
      ),
      (asked) => {
        const way = ownWay(asked)
        expect(new URL(way, 'https://oplive.example/prove').origin).toBe('https://oplive.example')
        expect(way).toMatch(/^\/(?![/\\])[^\s\\]*$/)
        expect(ownWay(way)).toBe(way)
      },
    ),
    { numRuns: Number(process.env.OPLIVE_RUNS ?? 500) },
  )
})

test('the way back is put behind an address once, and left out for the front page', () => {
  expect(withWay('/in', '/')).toBe('/in')
  expect(withWay('/in', '/c/x?a=1&b=2')).toBe('/in?next=%2Fc%2Fx%3Fa%3D1%26b%3D2')
})
