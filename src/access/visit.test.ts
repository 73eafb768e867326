import { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from '../test-world.ts'
import { makeLink, signIn } from './sign-in.deeds.ts'
import { asVisit, sessionCookie, type Visited } from './visit.ts'

let world: World
let site: Hono<Visited>
beforeAll(async () => {
  world = await makeWorld()
  site = new Hono<Visited>()
  site.use(asVisit(world.house, { origin: null, onNetwork: null }))
  site.get('/plain', (c) => c.html('<p>'))
  site.get('/kept', (c) => c.html('<p>', 200, { 'cache-control': 'no-cache' }))
})
const kept = async (path: string, session: string | null) =>
  (await site.request(path, { headers: { cookie: session ? `${sessionCookie}=${session}` : '' } })).headers.get(
    'cache-control',
  )

test('what somebody who is signed in reads is kept by no browser and no proxy; what all may read stands as its page says', async () => {
  const session = await signIn(world.house, await makeLink(world.house, world.karsten.account ?? ''))
  expect(await kept('/plain', session)).toBe('no-store')
  expect(await kept('/kept', session)).toBe('no-cache')
  expect(await kept('/plain', null)).toBe(null)
})
