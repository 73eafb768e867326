// The load generator, a process of its own: requests as bytes on sockets that stay open, as little work for each as can be.
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** What it is told to do, as JSON in the file that is named on the command line. */
export interface Load {
  port: number
  connections: number
  /** Measured, after a warm-up that is not. */
  seconds: number
  warmUp: number
  /** A file of requests, all of the same size, each sent once; when they are used up it starts again. */
  requests: string
  size: number
  /** The status that counts as done. */
  status: number
  /** Requests a second, whether or not the server keeps up; null: each connection asks again as soon as it is answered. */
  rate: number | null
}

export interface Loaded {
  /** Answers with the right status a second. */
  rate: number
  answers: number
  wrong: number
  /** Milliseconds from when the request was due, so that a server that stalls is not flattered. */
  p50: number
  p99: number
  most: number
  /** True when the file was used up and requests were sent again. */
  repeated: boolean
}

interface Line {
  socket: Socket
  due: number
  got: number
  size: number
}

const load: Load = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const requests = readFileSync(load.requests)
const records = Math.floor(requests.length / load.size)
const gap = load.rate === null ? 0 : 1000 / load.rate

const lines: Line[] = []
const free: Line[] = []
const took: number[] = []
let place = 0
let wrong = 0
/** The size of an answer with the right status: they are all alike. */
let usual = 0
let begin = Number.POSITIVE_INFINITY
let end = Number.POSITIVE_INFINITY
let next = 0

const statusOf = (bytes: Buffer): number =>
  ((bytes[9] ?? 48) - 48) * 100 + ((bytes[10] ?? 48) - 48) * 10 + ((bytes[11] ?? 48) - 48)

/** The size of an answer, from its head. */
function sizeOf(bytes: Buffer): number {
  const head = bytes.indexOf('\r\n\r\n')
  if (head < 0) throw new Error('the head of an answer came in pieces')
  const text = bytes.toString('latin1', 0, head)
  if (/transfer-encoding: *chunked/i.test(text)) throw new Error('an answer without a length')
  return head + 4 + Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0)
}

function send(line: Line, due: number) {
  line.due = due
  line.got = 0
  line.size = 0
  const from = (place++ % records) * load.size
  line.socket.write(requests.subarray(from, from + load.size))
}

function hear(line: Line, bytes: Buffer) {
  if (line.got === 0) {
    const right = statusOf(bytes) === load.status
    if (right) usual ||= sizeOf(bytes)
    else wrong++
    line.size = right ? usual : sizeOf(bytes)
    if (!right) line.due = Number.NaN
  }
  line.got += bytes.length
  if (line.got < line.size) return
  const now = performance.now()
  if (now >= begin && now < end && !Number.isNaN(line.due)) took.push(now - line.due)
  if (load.rate !== null) free.push(line)
  else if (now < end) send(line, now)
}

for (let number = 0; number < load.connections; number++) {
  const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true })
  const line: Line = { socket, due: 0, got: 0, size: 0 }
  socket.on('data', (bytes) => hear(line, bytes))
  socket.on('error', (error) => {
    throw error
  })
  lines.push(line)
  await new Promise((resolve) => socket.once('connect', resolve))
}

const start = performance.now()
begin = start + load.warmUp * 1000
end = begin + load.seconds * 1000
if (load.rate === null) for (const line of lines) send(line, performance.now())
else {
  free.push(...lines)
  next = start
  await new Promise<void>((resolve) => {
    const round = () => {
      const now = performance.now()
      if (now >= end) return resolve()
      // Each in turn: one that nobody uses for half a minute is closed. What is due and finds no free connection waits, and its waiting counts.
      while (next <= now && free.length > 0) {
        send(free.shift() as Line, next)
        next += gap
      }
      // Not at once: a generator that never rests would take the processor from those it measures.
      setTimeout(round, 1)
    }
    round()
  })
}
await new Promise((resolve) => setTimeout(resolve, Math.max(0, end - performance.now()) + 500))

took.sort((a, b) => a - b)
const at = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0
const loaded: Loaded = {
  rate: took.length / load.seconds,
  answers: took.length,
  wrong,
  p50: at(0.5),
  p99: at(0.99),
  most: took.at(-1) ?? 0,
  repeated: place > records,
}
process.stdout.write(JSON.stringify(loaded))
process.exit(0)
