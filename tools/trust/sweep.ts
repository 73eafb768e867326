// Fifty marked values through every address as everybody, when all goes well and when the database fails in the middle (T12): then whatever the
// program writes about itself is searched for them.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Actor } from '../../src/db/as-actor.ts'
import { makeMetrics } from '../../src/health/metrics.ts'
import { startJobs } from '../../src/jobs/jobs.ts'
import { jsonLog } from '../../src/log.ts'
import type { World } from '../../src/test-house.ts'
import type { Dice } from '../attack/dice.ts'
import { mark, plant } from './planted.ts'

export interface Swept {
  requests: number
  routes: number
  sentinels: number
  /** How many answers were a fault of the server: in the rounds without a table they are to be. */
  failed: number
  /** Lines of the log that were searched. */
  lines: number
  /** Which value stands where. */
  hits: string[]
  /** What failed while all was well. */
  broken: string[]
}

const kinds = {
  name: (n: number) => `${mark} Navnesen${n}`,
  mail: (n: number) => `${mark.toLowerCase()}.post${n}@eksempel.invalid`,
  telephone: (n: number) => `5590${String(1111 + n * 37).padStart(4, '0')}`,
  word: (n: number) => `${mark}ord${n}hemmeligt`,
  token: () => randomBytes(16).toString('base64url'),
  address: (n: number) => `203.0.113.${n + 1}`,
} as const
type Kind = keyof typeof kinds
const each: Record<Kind, number> = { name: 10, mail: 10, telephone: 8, word: 10, token: 8, address: 4 }

/** Which fields of which forms are filled with what: every name that a form here has. */
const fields: Record<Exclude<Kind, 'address'>, readonly string[]> = {
  name: [
    'name',
    'asker',
    'to_whom',
    'toWhom',
    'bringer',
    'inviter',
    'host',
    'hostName',
    'operator',
    'by',
    'next_owner',
  ],
  mail: ['mail', 'address', 'email', 'username'],
  telephone: ['telephone', 'phone'],
  word: [
    'text',
    'what',
    'reason',
    'because',
    'title',
    'purpose',
    'place',
    'why',
    'answer',
    'note-why',
    'source',
    'next',
    'q',
    'url',
  ],
  token: ['code', 'token', 'digits', 'key', 'passphrase', 'secret', 'SAMLResponse', 'state'],
}

/** Tables that are taken away for a round: what fails then repeats what it was given. */
const rounds = [null, 'community.person', 'community.community'] as const

/** `most`: how many requests, over all rounds. `databaseLog`: what PostgreSQL has written, where it can be read. */
export async function sweep(world: World, most: number, chance: Dice, databaseLog?: () => string): Promise<Swept> {
  await (await startJobs(world.appUrl, world.house, [])).stop()
  const lines: string[] = []
  world.house.log = jsonLog((line) => lines.push(line))
  const { site, known, people, browser, routes } = await plant(world)
  const metrics = makeMetrics(world.house, '1.2.3', () => null)
  const values = Object.fromEntries(
    (Object.keys(kinds) as Kind[]).map((kind) => [kind, Array.from({ length: each[kind] }, (_, n) => kinds[kind](n))]),
  ) as Record<Kind, string[]>
  const one = (kind: Kind): string => values[kind][chance.below(each[kind])] ?? ''
  const form = () =>
    new URLSearchParams(
      Object.entries(fields).flatMap(([kind, names]) => names.map((name) => [name, one(kind as Kind)])),
    ).toString()

  const swept: Swept = { requests: 0, routes: routes.length, sentinels: 0, failed: 0, lines: 0, hits: [], broken: [] }
  // Whoever deletes themselves tries no other door.
  const doors = routes
    .filter(({ path }) => path !== '/mine/delete/all')
    .flatMap((route) => Object.entries(people).map(([who, { actor }]) => ({ ...route, who, actor })))
  const part = most / (doors.length * rounds.length)
  for (const gone of rounds) {
    const sessions = new Map<string, string>()
    for (const { actor, who } of doors) if (!sessions.has(who)) sessions.set(who, await browserCookie(actor))
    if (gone) await world.sql(`alter table ${gone} rename to gone_for_a_while`)
    try {
      for (const { method, path, who, actor } of doors) {
        if (chance.next() > part) continue
        const filled = path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
          name === 'slug'
            ? known.slug
            : name === 'code'
              ? chance.below(2)
                ? known.code
                : one('token')
              : (Object.values(known.ids)[chance.below(Object.keys(known.ids).length)] ?? one('token')),
        )
        const { body, type } = method === 'POST' ? posted() : { body: undefined, type: undefined }
        const answer = await site.request(`${filled}?q=${encodeURIComponent(one('word'))}&mail=${one('mail')}`, {
          method,
          headers: {
            cookie: `${sessions.get(who) ?? ''}; oplive_device=${one('token')}`,
            'user-agent': one('word'),
            referer: `https://${one('mail').split('@')[1]}/${one('word')}`,
            'x-forwarded-for': one('address'),
            ...(path.startsWith('/api') && { authorization: `Bearer ${one('token')}` }),
            ...(type && { 'content-type': type, 'sec-fetch-site': 'same-origin' }),
          },
          ...(body !== undefined && { body }),
        })
        await answer.text()
        // Signed out on the way: in again.
        if (!gone && answer.headers.getSetCookie().some((text) => /^[^=]+=;/.test(text)))
          sessions.set(who, await browserCookie(actor))
        swept.requests++
        metrics.answered(filled, answer.status, 0.01)
        if (answer.status < 500) continue
        swept.failed++
        if (!gone) swept.broken.push(`${answer.status} ${who} ${method} ${path}`)
      }
    } finally {
      if (gone) {
        const [schema = '', table = ''] = gone.split('.')
        await world.sql(`alter table ${schema}.gone_for_a_while rename to ${table}`)
      }
    }
  }

  const written: Record<string, string> = {
    'the log': lines.join(''),
    'the metrics': await metrics.text(),
    'the later work': JSON.stringify(world.later.ordered),
    'the audit': await rowsOf('access.audit'),
    'the nights': await rowsOf('community.retention_run'),
    'the jobs': await rowsOf('pgboss.job'),
    'the letters counted': await rowsOf('community.post_day'),
    ...(databaseLog && { 'the log of PostgreSQL': databaseLog() }),
  }
  const all = [mark, ...Object.values(values).flat(), '55001234', '55005678']
  swept.sentinels = all.length
  swept.lines = lines.length
  for (const [where, text] of Object.entries(written))
    for (const value of all)
      if (text.toLowerCase().includes(value.toLowerCase())) swept.hits.push(`"${value}" stands in ${where}`)
  const deploy = (file: string) => readFileSync(join(import.meta.dirname, '../../deploy', file), 'utf8')
  // The proxies that are shipped say nothing of who asked for what.
  if (!/^\s*access_log off;/m.test(deploy('nginx.conf'))) swept.hits.push('nginx.conf keeps an access log')
  if (/^\s*log\b/m.test(deploy('Caddyfile'))) swept.hits.push('the Caddyfile keeps an access log')
  return swept

  async function browserCookie(actor: Actor): Promise<string> {
    return actor.account === null ? '' : (await browser(actor)).cookie()
  }

  function posted(): { body: string; type: string } {
    switch (chance.below(4)) {
      case 0:
        return {
          body: `--x\r\ncontent-disposition: form-data; name="file"; filename="${one('name')}.csv"\r\ncontent-type: text/csv\r\n\r\nNavn;Mail;Telefon\r\n${one('name')};${one('mail')};${one('telephone')}\r\n--x--\r\n`,
          type: 'multipart/form-data; boundary=x',
        }
      case 1:
        return {
          body: JSON.stringify({ name: one('name'), mail: one('mail'), response: one('word') }),
          type: 'application/json',
        }
      default:
        return { body: form(), type: 'application/x-www-form-urlencoded' }
    }
  }

  async function rowsOf(table: string): Promise<string> {
    return JSON.stringify(await world.sql(`select to_jsonb(t) from ${table} t`))
  }
}
