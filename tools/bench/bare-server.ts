// The bare servers to measure beside: nothing but node:http and pg, without a form, a policy, a seal or a word.
//
// `answers`: one JSON answer for each post; all that came during the last commit go into the next one.
// `page`: the same bytes for everybody, made beforehand. `moment`: a page, a stream, three answers in one post, a tally to every stream.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import pg from 'pg'

/** What a bare server is told, as JSON on the command line. */
export interface Bare {
  kind: 'answers' | 'page' | 'moment'
  port: number
  /** A database that has the table `answer`. */
  database: string
  /** The page as it goes over the wire, and what it is packed with. */
  page: string
  encoding: string
}

interface Answer {
  phone: string
  question: number
  value: number
}

interface Waiting {
  answers: Answer[]
  res: ServerResponse
}

const bare: Bare = JSON.parse(process.argv[2] ?? '')
const page = bare.page ? readFileSync(bare.page) : Buffer.alloc(0)
const pool = new pg.Pool({ connectionString: bare.database, max: 2 })
const streams = new Set<ServerResponse>()
const tally = new Map<string, number>()
let phones = 0
let changed = false

const mostInBatch = 1000
let waiting: Waiting[] = []
let underWay = 0

function pump() {
  if (underWay === 2 || waiting.length === 0) return
  const batch = waiting.slice(0, mostInBatch)
  waiting = waiting.slice(mostInBatch)
  underWay++
  keep(batch).finally(() => {
    underWay--
    pump()
  })
}

async function keep(batch: Waiting[]): Promise<void> {
  const last = new Map(batch.flatMap(({ answers }) => answers.map((one) => [`${one.phone} ${one.question}`, one])))
  const rows = [...last.values()]
  try {
    await pool.query({
      name: 'keep',
      text: `insert into answer (meeting, phone, question, value) select 1, * from unnest($1::uuid[], $2::smallint[], $3::smallint[])
        on conflict (meeting, phone, question) do update set value = excluded.value`,
      values: [rows.map((r) => r.phone), rows.map((r) => r.question), rows.map((r) => r.value)],
    })
    for (const { answers, res } of batch) {
      if (bare.kind === 'moment') count(answers)
      res.writeHead(204).end()
    }
  } catch {
    for (const { res } of batch) res.writeHead(500).end()
  }
}

function count(answers: Answer[]) {
  phones++
  changed = true
  for (const { question, value } of answers) {
    const name = `${question}.${value}`
    tally.set(name, (tally.get(name) ?? 0) + 1)
  }
}

const stateNow = () => Buffer.from(`event: state\ndata: ${JSON.stringify({ phones, tally: [...tally] })}\n\n`)

function take(req: IncomingMessage, res: ServerResponse) {
  let text = ''
  req.setEncoding('utf8')
  req.on('data', (part: string) => {
    text += part
  })
  req.on('end', () => {
    const { phone, values } = JSON.parse(text) as { phone: string; values: number[] }
    waiting.push({ answers: values.map((value, place) => ({ phone, question: place + 1, value })), res })
    pump()
  })
}

function open(res: ServerResponse) {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  res.write(stateNow())
  streams.add(res)
  res.on('close', () => streams.delete(res))
}

const head = {
  'content-type': 'text/html; charset=utf-8',
  'content-length': page.length,
  ...(bare.encoding ? { 'content-encoding': bare.encoding } : {}),
}

if (bare.kind === 'moment')
  setInterval(() => {
    if (!changed) return
    changed = false
    const state = stateNow()
    for (const stream of streams) stream.write(state)
  }, 250)

createServer((req, res) => {
  if (req.method === 'POST') return take(req, res)
  if (req.url === '/stream') return open(res)
  res.writeHead(200, head).end(page)
}).listen({ port: bare.port, host: '127.0.0.1', backlog: 8192 })
