import { type ClientRequest, createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import { asVisit, sessionCookie, type Visited } from '../access/visit.ts'
import { Refusal } from '../refusal.ts'
import { makeWorld, type World } from '../test-world.ts'
import { movingInPages } from './moving-in.page.tsx'
import { withUpload } from './upload.ts'

const gigabyte = 1_000_000_000
let world: World
let server: Server
let cookie = ''
beforeAll(async () => {
  world = await makeWorld()
  const site = new Hono<Visited>()
  site.use(asVisit(world.house, { origin: null, onNetwork: null }))
  site.route('/', movingInPages(world.later))
  site.onError((error, c) => (error instanceof Refusal ? c.text(error.code, error.status) : c.text('broken', 500)))
  const listener = getRequestListener(site.fetch)
  server = createServer((req, res) => void listener(req, res))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  cookie = `${sessionCookie}=${await signIn(world.house, await makeLink(world.house, String(world.poul.account)))}`
  return () => new Promise((closed) => server.close(closed).closeAllConnections())
})

/** Goes on sending until it has an answer, or the line is cut. Answers the status and how much went out. */
function sendForever(heads: Record<string, string>, most: number): Promise<{ status: number | null; sent: number }> {
  const part = Buffer.alloc(256_000, 'a')
  let sent = 0
  return new Promise((resolve) => {
    let status: number | null = null
    const done = () => resolve({ status, sent })
    const { port } = server.address() as AddressInfo
    const asked: ClientRequest = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/c/holmetofte/moving-in',
      headers: heads,
    })
    asked.on('response', (answer) => {
      status = answer.statusCode ?? null
      answer.resume().on('close', done)
      asked.destroy()
    })
    asked.on('error', done)
    const go = () => {
      while (sent < most && !asked.destroyed && status === null) {
        sent += part.length
        if (!asked.write(part)) {
          asked.once('drain', () => setImmediate(go))
          return
        }
      }
      if (sent >= most) asked.end()
    }
    go()
  })
}

const type = 'multipart/form-data; boundary=x'

describe('a file of two gigabytes', () => {
  test.each([
    ['that says how large it is', { 'content-length': String(2 * gigabyte) }],
    ['that does not say it', {}],
  ])('%s is refused early, and fills neither the memory nor the disk', async (_, heads) => {
    const before = process.memoryUsage().rss
    const { status, sent } = await sendForever({ cookie, 'content-type': type, ...heads }, 2 * gigabyte)
    expect(status).toBe(413)
    expect(sent).toBeLessThan(60_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
    expect(await world.sql('select from community.moving_file')).toEqual([])
  })

  test('that does not say it is answered each time, and not with a line that is cut', async () => {
    for (let time = 0; time < 30; time++) {
      const { status } = await sendForever({ cookie, 'content-type': type }, 2 * gigabyte)
      expect(status, `the ${time + 1}. time`).toBe(413)
    }
  })

  test('from somebody without a key is refused before it is read', async () => {
    const { status, sent } = await sendForever({ 'content-type': type }, 2 * gigabyte)
    expect(status).toBe(404)
    expect(sent).toBeLessThan(30_000_000)
  })
})

describe('many files at once', () => {
  test('two are looked through; whoever sends a third is told to wait, and can when one is done', async () => {
    const form = new FormData()
    form.set('file', new File(['Navn\nX\n'], 'x.csv'))
    const one = () => new Request('http://x/', { method: 'POST', body: form })
    let release = () => {}
    const held = new Promise<void>((free) => {
      release = free
    })
    const first = [1, 2].map(() => withUpload(one(), () => held))
    await expect(withUpload(one(), async () => {})).rejects.toThrow('moving.many')
    release()
    await Promise.all(first)
    expect(await withUpload(one(), async (upload) => 'bytes' in upload && upload.bytes.length)).toBe(7)
  })
})
