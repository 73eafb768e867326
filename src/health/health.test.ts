import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { asSystem } from '../db/as-actor.ts'
import { startJobs } from '../jobs/jobs.ts'
import { writeLetter } from '../post/post.ts'
import { makeWorld, type World } from '../test-world.ts'
import { watchHealth } from './health.ts'
import { makeMetrics, serveMetrics } from './metrics.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
  // The queue has its tables.
  await (await startJobs(world.appUrl, world.house, [])).stop()
})

describe('whether it may be sent people', () => {
  test('says ready, away when its database does not answer, and stopping as soon as it is told', async () => {
    let answers: () => Promise<unknown> = () => Promise.resolve(1)
    const health = watchHealth(() => answers())
    expect(await health.look()).toBe('ready')
    answers = () => Promise.reject(new Error('gone'))
    expect(await health.look()).toBe('away')
    answers = () => new Promise(() => {})
    expect(await health.look()).toBe('away')
    health.stop()
    expect(await health.look()).toBe('stopping')
  })
})

describe('numbers for whoever watches the server', () => {
  let server: Server | null = null
  afterEach(() => {
    server?.close()
  })
  test('tell what waits and how old the last backup is, of no person, no place and no meeting', async () => {
    const metrics = makeMetrics(world.house, '9.9.9', () => new Date('2027-03-14T02:00:00Z'))
    await asSystem(world.house, 'test', (tx) =>
      writeLetter(tx, { to: 'sentinel@example.dk', subject: 'sentinel', body: 'sentinel' }),
    )
    metrics.answered('/c/sentinel-place/people', 200, 0.02)
    metrics.answered('/', 503, 0.3)
    const text = await metrics.text()
    expect(text).toContain('oplive_info{version="9.9.9"} 1')
    expect(text).toContain('oplive_letters_waiting 1')
    expect(text).toContain(`oplive_backup_last_good_timestamp_seconds ${Date.parse('2027-03-14T02:00:00Z') / 1000}`)
    expect(text).toContain('oplive_requests_total{kind="page",status="2xx"} 1')
    expect(text).toContain('oplive_database_up 1')
    expect(text).not.toMatch(/sentinel|holmetofte/i)
  })
  test('do not move with the phones of a hall: nobody reads from a curve when somebody answered', async () => {
    const metrics = makeMetrics(world.house, '1', () => null)
    const seen = () => metrics.text()
    const before = await seen()
    for (const path of [
      '/m/HALLEN',
      '/m/HALLEN/card/INF',
      '/n/HALLEN',
      '/k/abc',
      '/j/abc',
      '/x',
      '/asked/abc',
      '/still/abc',
      '/letters/stop/abc',
    ])
      metrics.answered(path, 200, 0.1)
    expect(await seen()).toEqual(before)
  })
  test('are served at one path of an address of their own, and nothing else is', async () => {
    server = await serveMetrics(
      makeMetrics(world.house, '1', () => null),
      { host: '127.0.0.1', port: 0 },
    )
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await fetch(`${at}/metrics`)).status).toBe(200)
    for (const path of ['/', '/metrics/', '/metrics?x', '/mine']) expect((await fetch(`${at}${path}`)).status).toBe(404)
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(404)
  })
})
