// Numbers for Prometheus, on an address of their own that is not the public one. None of them is of a person, a place or a meeting; and none
// moves with the phones of a hall, so that nobody reads from a curve when somebody answered.
import { createServer, type Server } from 'node:http'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { asSystem, type House } from '../db/as-actor.ts'
import * as ask from './health.queries.ts'

/** Requests that are counted: pages and files of the site. Everything under /m/, /n/, /k/ and the like belongs to a meeting and is not. */
const counted =
  /^\/(?:$|a\/|c\/|me(?:\/|$)|mine(?:\/|$)|api\/|operator(?:\/|$)|staff(?:\/|$)|in(?:\/|$)|audit|retention|privacy|promise|was|source|health)/
const kinds = { a: 'file', api: 'program' } as const

export interface Metrics {
  /** One request was answered: the path without its query, how it ended, how long it took. */
  answered(path: string, status: number, seconds: number): void
  /** The text that Prometheus reads. */
  text(): Promise<string>
  type: string
}

/** `backup`: when the last good backup was made, from wherever that is kept. */
export function makeMetrics(house: House, version: string, backup: () => Date | null): Metrics {
  const registry = new Registry()
  const into = { registers: [registry] }
  new Gauge({ ...into, name: 'oplive_info', help: 'The version that runs', labelNames: ['version'] }).set(
    { version },
    1,
  )
  const requests = new Counter({
    ...into,
    name: 'oplive_requests_total',
    help: 'Answers, without those of a meeting',
    labelNames: ['kind', 'status'],
  })
  const duration = new Histogram({
    ...into,
    name: 'oplive_request_seconds',
    help: 'How long an answer took, without those of a meeting',
    labelNames: ['kind'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  })
  const gauge = (name: string, help: string) => new Gauge({ ...into, name: `oplive_${name}`, help })
  const letters = gauge('letters_waiting', 'Letters that wait')
  const stuck = gauge('letters_stuck', 'Letters that have been tried for more than half an hour')
  const calls = gauge('webhook_calls_waiting', 'Calls to other programs that wait')
  const jobs = gauge('jobs_waiting', 'Later work that is due')
  const failed = gauge('jobs_failed', 'Later work that was given up')
  const night = gauge('retention_last_timestamp_seconds', 'When the last night of forgetting ended')
  const good = gauge('backup_last_good_timestamp_seconds', 'When the last good backup was made')
  const up = gauge('database_up', 'Whether the database answers')
  // Processor time, open connections and the like would move with every phone: of the process only what does not.
  gauge('start_timestamp_seconds', 'When the program started').set(Math.floor(house.clock.now().getTime() / 1000))

  const look = async () => {
    good.set((backup()?.getTime() ?? 0) / 1000)
    try {
      const seen = await asSystem(house, 'numbers for whoever watches the server', async (tx) => ({
        ...(await ask.waiting(tx)),
        night: await ask.lastNight(tx),
      }))
      letters.set(seen.letters)
      stuck.set(seen.lettersStuck)
      calls.set(seen.calls)
      jobs.set(seen.jobs)
      failed.set(seen.jobsFailed)
      night.set((seen.night?.getTime() ?? 0) / 1000)
      up.set(1)
    } catch {
      up.set(0)
    }
  }

  return {
    answered(path, status, seconds) {
      if (!counted.test(path)) return
      const kind = kinds[path.split('/')[1] as keyof typeof kinds] ?? 'page'
      requests.inc({ kind, status: `${Math.floor(status / 100)}xx` })
      duration.observe({ kind }, seconds)
    },
    async text() {
      await look()
      return registry.metrics()
    },
    type: registry.contentType,
  }
}

/** How much waits, as numbers; in a transaction of the system. */
export const waitingNow = ask.waiting

/** Serves them at `/metrics` of this address, and nothing else. */
export function serveMetrics(metrics: Metrics, { host, port }: { host: string; port: number }): Promise<Server> {
  const server = createServer((req, res) => {
    if (req.method !== 'GET' || req.url !== '/metrics') return void res.writeHead(404).end()
    metrics.text().then(
      (text) => res.writeHead(200, { 'content-type': metrics.type, 'cache-control': 'no-store' }).end(text),
      () => res.writeHead(500).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => resolve(server))
  })
}
