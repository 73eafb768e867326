// Answers accepted and on disk a second, and how long one takes when the server is half as busy.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { type Anchors, anchorsFor } from './anchors.ts'
import type { Loaded } from './load.ts'
import { bareServer, findProgram, load, loadByWrk, outputOf } from './loading.ts'
import { type Figure, median, thousands } from './row.ts'
import type { Meeting, Stage } from './stage.ts'

const connections = 64
const seconds = 4
const turns = 3
/** More than can be answered in the time, so that no phone comes twice. */
const enough = 150_000

/** What the outbox of the page sends, without the names of the browser. */
export function answerOf(meeting: Meeting, port: number, token: string): string {
  const body = `inf=${someAnswer()}&able=${someAnswer()}&cour=${someAnswer()}&rev=1&lang=da`
  return `POST /m/${meeting.code}/answer HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Oplive-Outbox: 1\r\nSec-Fetch-Site: same-origin\r\nCookie: card=${token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

const someAnswer = () => 1 + Math.floor(Math.random() * 5)

const bareAnswerOf = (port: number, answer: object): string => {
  const body = JSON.stringify(answer)
  return `POST /answer HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

interface Server {
  port: number
  requests: string[]
  /** A fresh one is needed for each load: no phone answers twice. */
  done(): Promise<void>
}

async function ours(stage: Stage): Promise<Server> {
  const meeting = await stage.openMeeting()
  const requests = meeting.tokens(enough).map((token) => answerOf(meeting, stage.port, token))
  return { port: stage.port, requests, done: () => stage.host.close(meeting.code) }
}

async function bare(stage: Stage, anchors: Anchors | null): Promise<Server> {
  const server = anchors
    ? await anchors.batchedServer()
    : await bareServer({ kind: 'answers', database: await stage.bareDatabase(), page: '', encoding: '' })
  const one = (place: number) =>
    anchors
      ? { meeting: 1, phone: randomUUID(), q: 1 + (place % 3), value: someAnswer() }
      : { phone: randomUUID(), values: [someAnswer()] }
  const requests = Array.from({ length: enough }, (_, place) => bareAnswerOf(server.port, one(place)))
  return { port: server.port, requests, done: server.stop }
}

async function loaded(stage: Stage, start: Promise<Server>, rate: number | null): Promise<Loaded> {
  const { port, requests, done } = await start
  const result = await load(stage, requests, { connections, seconds, warmUp: 2, rate, port, status: 204 })
  await done()
  if (result.wrong > 0) throw new Error(`${result.wrong} answers were not taken`)
  return result
}

async function byWrk(stage: Stage, start: Promise<Server>): Promise<number> {
  const { port, requests, done } = await start
  const rate = await loadByWrk(stage, requests, { connections, seconds, port })
  await done()
  return rate ?? Number.NaN
}

/** Each of 16 connections inserts one row at a time: by PostgreSQL's own load program, or by hand where there is none. */
async function singleInserts(stage: Stage): Promise<{ rate: number; by: string }> {
  const database = await stage.bareDatabase()
  const insert = 'insert into answer (meeting, phone, question, value) values (1, gen_random_uuid(), 1, 3)'
  const pgbench = findProgram('pgbench')
  if (!pgbench) return { rate: await insertByHand(database, insert), by: '16 connections' }
  const { hostname, port, username, password, pathname } = new URL(database)
  const script = stage.file('insert.sql', `${insert};\n`)
  const args = ['-n', '-M', 'prepared', '-c', '16', '-j', '2', '-T', String(2 * seconds), '-f', script]
  const where = ['-h', hostname, '-p', port, '-U', username, pathname.slice(1)]
  const said = await outputOf(pgbench, [...args, ...where], {
    ...process.env,
    PGPASSWORD: decodeURIComponent(password),
  })
  return { rate: Number(/tps = ([\d.]+)/.exec(said)?.[1]), by: 'pgbench' }
}

async function insertByHand(database: string, insert: string): Promise<number> {
  const end = performance.now() + 2 * seconds * 1000
  let rows = 0
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      const client = new pg.Client({ connectionString: database })
      await client.connect()
      for (; performance.now() < end; rows++) await client.query({ name: 'one', text: insert })
      await client.end()
    }),
  )
  return rows / (2 * seconds)
}

export const answersFigure: Figure = {
  name: 'answers',
  async measure(stage) {
    const anchors = await anchorsFor(stage)
    const named = anchors ? 'server.mjs node batch' : 'bare batched server'
    const ourServer = () => ours(stage)
    const bareOne = () => bare(stage, anchors)
    const full = await inTurns(ourServer, bareOne, (start) => loaded(stage, start(), null))
    const [us, them] = [median(full.map(([one]) => one.rate)), median(full.map(([, other]) => other.rate))]
    const ratio = median(full.map(([one, other]) => one.rate / other.rate))
    const single = await singleInserts(stage)
    const wrk = findProgram('wrk') ? await inTurns(ourServer, bareOne, (start) => byWrk(stage, start())) : []
    const half = await inTurns(ourServer, bareOne, (start) => loaded(stage, start(), us / 2))
    const p99 = (at: 0 | 1) => median(half.map((pair) => pair[at].p99))

    return [
      {
        what: `answers accepted and on disk a second, ${connections} connections, median of ${turns}`,
        goal: '0.5 of the bare batched server, and more than single inserts with 16 clients',
        measured: `${thousands(us)} (${ratio.toFixed(2)})`,
        anchor: `${named} ${thousands(them)}; ${single.by} ${thousands(single.rate)}`,
        reached: ratio >= 0.5 && us > single.rate,
        remarks: [
          `Answers a second, the program beside the ${named}, in turns: ${full.map(([one, other]) => `${thousands(one.rate)} beside ${thousands(other.rate)}`).join(', ')}.`,
          ...(wrk.length > 0
            ? [
                `The same by wrk: ${wrk.map(([one, other]) => `${thousands(one)} beside ${thousands(other)} (${(one / other).toFixed(2)})`).join(', ')}.`,
              ]
            : []),
          ...(full.flat().some(({ repeated }) => repeated)
            ? ['There were fewer phones than answers: some answered twice.']
            : []),
        ],
      },
      {
        what: `an answer at half of that rate, 99th percentile, counted from when it was due, median of ${turns}`,
        goal: '25 ms',
        measured: `${p99(0).toFixed(1)} ms at ${thousands(us / 2)} a second`,
        anchor: `${named} at the same rate ${p99(1).toFixed(1)} ms`,
        reached: p99(0) <= 25,
      },
    ]
  },
}

/** One after the other and again, so that whatever else the machine does meets both. */
async function inTurns<T>(
  one: () => Promise<Server>,
  other: () => Promise<Server>,
  measure: (start: () => Promise<Server>) => Promise<T>,
): Promise<[T, T][]> {
  const pairs: [T, T][] = []
  for (let turn = 0; turn < turns; turn++) pairs.push([await measure(one), await measure(other)])
  return pairs
}
