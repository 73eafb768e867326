import type { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import type { Visited } from '../access/visit.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'

let world: World
const siteAt = (origin: string | null, securityContact: string | null = null): Hono<Visited> =>
  makeSite({
    house: world.house,
    hall: openHall(world.house),
    later: world.later,
    guessing: watchGuessing(Buffer.alloc(32), 1),
    where: { origin, onNetwork: null },
    development: false,
    securityContact,
    built: '.',
  })
beforeAll(async () => {
  world = await makeWorld()
})

test('every answer says that nothing comes from elsewhere, nothing runs inline, nobody frames it and nobody guesses its kind', async () => {
  const site = siteAt('https://oplive.example.dk')
  for (const path of [
    '/',
    '/nowhere',
    '/api/v1',
    '/api/v1/nowhere',
    '/c/holmetofte/calendar.ics',
    '/mine',
    '/health',
  ]) {
    const { headers } = await site.request(path)
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "script-src 'self'",
    ])
      expect([path, policy]).toEqual([path, expect.stringContaining(part)])
    expect(policy).not.toMatch(/unsafe|\*|data:.*script/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('content-type')).toMatch(/charset=utf-8|application\/(problem\+)?json/i)
  }
  // Over plain http nobody is told to come by https for two years: there is none.
  expect((await siteAt(null).request('/')).headers.get('strict-transport-security')).toBeNull()
})

test('a method that nobody uses does nothing', async () => {
  const site = siteAt(null)
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])
    expect([method, (await site.request('/', { method })).status]).toEqual([method, 404])
})

test('whoever has found a hole is told where to write, where somebody has said so', async () => {
  expect((await siteAt(null).request('/.well-known/security.txt')).status).toBe(404)
  const answer = await siteAt('https://oplive.example.dk', 'mailto:sikkerhed@example.dk').request(
    '/.well-known/security.txt',
  )
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const text = await answer.text()
  expect(text).toContain('Contact: mailto:sikkerhed@example.dk\n')
  expect(text).toContain('Canonical: https://oplive.example.dk/.well-known/security.txt\n')
  const expires = Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '')
  expect(expires).toBeGreaterThan(world.clock.now().getTime() + 180 * 86_400_000)
  expect(expires).toBeLessThan(world.clock.now().getTime() + 366 * 86_400_000)
})
