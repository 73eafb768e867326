// A whole hall in a process of its own: each phone watches, says something and recognises ten, and the hall screen is watched beside them.
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { voicesForWall } from '../../src/meetings/evening.ts'
import { chanceOf } from '../rehearse/chance.ts'
import { type HallPhone, newKey, openHallPhone } from '../rehearse/hall-phone.ts'

/** What it is told to do, as JSON in the file that is named on the command line. */
export interface HallCrowd {
  port: number
  code: string
  phones: number
  recognitions: number
  /** Within so many seconds. */
  seconds: number
}

export interface HallCrowded {
  seconds: number
  statements: number
  recognitions: number
  /** Milliseconds of a post until it was answered. */
  posts: Spread
  /** Milliseconds from when a statement was answered until a phone's picture (the hall's) counts it, over all phones and statements. */
  phones: Spread
  screen: Spread
  /** Milliseconds from the last answer of all until the hall's picture is the last one. */
  last: number
  /** Bytes all streams have got. */
  streamed: number
  /** The last pictures, to be compared with fresh ones. */
  screenState: string
  phoneStates: string[]
  faults: string[]
}

export interface Spread {
  p50: number
  p99: number
  most: number
}

const job: HallCrowd = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const origin = `http://127.0.0.1:${job.port}`
const agent = new Agent({ keepAlive: true, maxSockets: 400 })
const faults: string[] = []
let streamed = 0

/** When a picture came, and how many voices it counts. */
interface Seen {
  at: number[]
  voices: number[]
  last: string
}

/** Holds a stream open, and notes how many voices each state counts. */
function watch(kind: 'phone' | 'screen'): Promise<Seen> {
  const seen: Seen = { at: [], voices: [], last: '' }
  return new Promise((resolve, reject) => {
    get(`${origin}/m/${job.code}/stream?for=${kind}&lang=da`, { agent: false }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`a stream got ${answer.statusCode}`))
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        streamed += part.length
        text += part
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const event = text.slice(0, end)
          text = text.slice(end + 2)
          if (!event.includes('data: ')) continue
          seen.at.push(performance.now())
          seen.voices.push(Number(/([\d.]+) har sagt noget/.exec(event)?.[1]?.replaceAll('.', '') ?? 0))
          seen.last = event
        }
        if (seen.at.length > 0) resolve(seen)
      })
      answer.on('error', () => faults.push('a stream broke'))
      answer.on('end', () => faults.push('a stream ended'))
    }).on('error', reject)
  })
}

const posts: number[] = []
const notes = { took: (ms: number) => void posts.push(ms), again: () => void faults.push('something was sent again') }
const phones: HallPhone[] = []
const screen = await watch('screen')
const streams: Seen[] = []
for (let from = 0; from < job.phones; from += 50)
  await Promise.all(
    Array.from({ length: Math.min(50, job.phones - from) }, async (_, place) => {
      const phone = openHallPhone(origin, agent, job.code, chanceOf(7, from + place), notes)
      await phone.look()
      phones.push(phone)
      streams.push(await watch('phone'))
    }),
  )

/** When the nth statement had been answered. */
const answered: number[] = []
let recognitions = 0
const kinds = ['unbearable', 'change', 'resource', 'hope'] as const
const began = performance.now()
const within = job.seconds * 1000
await Promise.all(
  phones.map(async (phone, number) => {
    const chance = chanceOf(8, number)
    const until = async (part: number) => sleep(Math.max(0, began + within * part - performance.now()))
    await until(chance.next() * 0.5)
    const text = `Vi skal have lys på stien ved hus nummer ${number}, og en bænk at sidde på`
    const status = await phone.say({ kind: chance.pick(kinds), text, key: newKey() })
    if (status === 204) answered.push(performance.now())
    else faults.push(`a statement got ${status}`)
    // Reads one part of the wall, and knows ten of what stands there.
    await until(0.5 + chance.next() * 0.2)
    const { parts } = await phone.words(0)
    const { shown } = await phone.words(Math.floor(chance.next() * parts))
    const first = Math.floor(chance.next() * Math.max(1, shown.length - job.recognitions))
    for (const [place, { id }] of shown.slice(first, first + job.recognitions).entries()) {
      await until(0.7 + (0.28 * (place + chance.next())) / job.recognitions)
      const known = await phone.send('know', { statement: id, yes: '1' })
      if (known === 204) recognitions++
      else faults.push(`a recognition got ${known}`)
    }
  }),
)
const ended = performance.now()
await sleep(3000)

/** How long after each statement's answer these pictures counted it; from the `first`, since a wall of few words is not shown. */
function delays(all: readonly Seen[], first = 0): number[] {
  const took: number[] = []
  answered.sort((a, b) => a - b)
  for (const { at, voices } of all) {
    let state = 0
    for (const [nth, when] of answered.entries()) {
      if (nth < first) continue
      while (state < at.length && (voices[state] ?? 0) < nth + 1) state++
      if (state === at.length) faults.push('a picture never counted a statement')
      else took.push(Math.max(0, (at[state] ?? 0) - when))
    }
  }
  return took
}

function spread(numbers: number[]): Spread {
  const sorted = Float64Array.from(numbers).sort()
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  return { p50: at(0.5), p99: at(0.99), most: sorted.at(-1) ?? 0 }
}

const crowded: HallCrowded = {
  seconds: (ended - began) / 1000,
  statements: answered.length,
  recognitions,
  posts: spread(posts),
  phones: spread(delays(streams)),
  screen: spread(delays([screen], voicesForWall)),
  last: Math.max(0, ...[screen, ...streams].map(({ at }) => (at.at(-1) ?? 0) - ended)),
  streamed,
  screenState: screen.last,
  phoneStates: [...new Set(streams.map(({ last }) => last))],
  faults: [...new Set(faults)],
}
process.stdout.write(JSON.stringify(crowded))
process.exit(0)
