// A crowd of phones in a process of its own: each loads the page, opens a stream, sends three answers, and waits for the result.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** What it is told to do, as JSON in the file that is named on the command line. */
export interface Crowd {
  port: number
  phones: number
  /** The code of a meeting of the program; null: the bare server. */
  code: string | null
  /** The host's cookie, to close the card when everybody has answered. */
  host: string | null
  /** Only open the streams, say so with a line, and hold them until it is killed. */
  hold: boolean
}

/** Seconds from the beginning of each part, and of all of it. */
export interface Crowded {
  pages: number
  streams: number
  answers: number
  answerP50: number
  answerP99: number
  /** From the last thanks until the host's button has done its work: all cards opened, counted and dropped, the key gone. */
  closing: number
  /** From the last thanks until the result is on every phone. */
  result: number
  total: number
}

const { port, phones, code, host, hold }: Crowd = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const at = `Host: 127.0.0.1:${port}\r\n`

const pageOf = () => `GET ${code ? `/m/${code}` : '/'} HTTP/1.1\r\n${at}Accept-Encoding: gzip, deflate, br\r\n\r\n`
const streamOf = () => `GET ${code ? `/m/${code}/stream?for=phone&lang=da` : '/stream'} HTTP/1.1\r\n${at}\r\n`
const someAnswer = () => 1 + Math.floor(Math.random() * 5)

function answerOf(cookie: string): string {
  if (!code) {
    const body = JSON.stringify({ phone: randomUUID(), values: [someAnswer(), someAnswer(), someAnswer()] })
    return `POST /answer HTTP/1.1\r\n${at}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  }
  const body = `inf=${someAnswer()}&able=${someAnswer()}&cour=${someAnswer()}&rev=1&lang=da`
  return `POST /m/${code}/answer HTTP/1.1\r\n${at}Content-Type: application/x-www-form-urlencoded\r\nX-Oplive-Outbox: 1\r\nSec-Fetch-Site: same-origin\r\nCookie: ${cookie}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

const closing = () =>
  `POST /m/${code}/close HTTP/1.1\r\n${at}Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\nCookie: ${host}\r\nContent-Length: 0\r\n\r\n`

const open = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.on('error', reject)
  })

/** Sends, and waits until what came satisfies. Answers what came. */
const ask = (socket: Socket, request: string, enough: (came: Buffer) => boolean): Promise<Buffer> =>
  new Promise((resolve) => {
    let came: Buffer | null = null
    const hear = (part: Buffer) => {
      came = came ? Buffer.concat([came, part]) : part
      if (!enough(came)) return
      socket.off('data', hear)
      resolve(came)
    }
    socket.on('data', hear)
    socket.write(request)
  })

/** The head and as many bytes as it says. */
function isWhole(came: Buffer): boolean {
  const head = came.indexOf('\r\n\r\n')
  if (head < 0) return false
  const length = Number(/content-length: *(\d+)/i.exec(came.toString('latin1', 0, head))?.[1] ?? 0)
  return came.length >= head + 4 + length
}

function mustBe(came: Buffer, status: string, what: string) {
  if (came.toString('latin1', 9, 12) !== status) throw new Error(`${what} got ${came.toString('latin1', 0, 200)}`)
}

/** So many arrive at a time: a door has a width. */
async function eachPhone(work: (phone: number) => Promise<void>) {
  for (let from = 0; from < phones; from += 500)
    await Promise.all(Array.from({ length: Math.min(500, phones - from) }, (_, place) => work(from + place)))
}

/** In the last state only; and the state has come to its end. */
const mark = code ? 'class="result"' : `"phones":${phones},`
const endOfState = Buffer.from('\n\n\r\n')

const sockets: Socket[] = []
const cookies: string[] = []
const seen = Promise.withResolvers<void>()
let complete = 0

async function openStream() {
  const socket = await open()
  const first = await ask(socket, streamOf(), (came) => came.includes('data:') && came.subarray(-4).equals(endOfState))
  mustBe(first, '200', 'the stream')
  let marked = false
  const hear = (part: Buffer) => {
    marked ||= part.includes(mark)
    if (!marked || !part.subarray(-4).equals(endOfState)) return
    socket.off('data', hear)
    socket.resume()
    if (++complete === phones) seen.resolve()
  }
  socket.on('data', hear)
}

if (hold) {
  await eachPhone(openStream)
  process.stdout.write('held\n')
  await new Promise(() => {})
}

const began = performance.now()
await eachPhone(async (phone) => {
  const socket = await open()
  sockets[phone] = socket
  const came = await ask(socket, pageOf(), isWhole)
  mustBe(came, '200', 'the page')
  cookies[phone] = /set-cookie: *([^;\r]+)/i.exec(came.toString('latin1', 0, 2000))?.[1] ?? ''
})
const loaded = performance.now()
await eachPhone(openStream)
const opened = performance.now()
const took: number[] = []
await Promise.all(
  sockets.map(async (socket, phone) => {
    const sent = performance.now()
    mustBe(await ask(socket, answerOf(cookies[phone] ?? ''), isWhole), '204', 'an answer')
    took.push(performance.now() - sent)
  }),
)
const answered = performance.now()
if (code) mustBe(await ask(await open(), closing(), isWhole), '303', 'the closing')
const closed = performance.now()
await seen.promise
const ended = performance.now()

took.sort((a, b) => a - b)
const crowded: Crowded = {
  pages: (loaded - began) / 1000,
  streams: (opened - loaded) / 1000,
  answers: (answered - opened) / 1000,
  answerP50: took[Math.floor(took.length * 0.5)] ?? 0,
  answerP99: took[Math.floor(took.length * 0.99)] ?? 0,
  closing: (closed - answered) / 1000,
  result: (ended - answered) / 1000,
  total: (ended - began) / 1000,
}
process.stdout.write(JSON.stringify(crowded))
process.exit(0)
