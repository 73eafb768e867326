// One rehearsal: a host plans and opens a meeting, the phones answer, something may be killed, the host closes, and all is compared.
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { chanceOf } from './chance.ts'
import { type EveningTold, holdEvening } from './evening.ts'
import { compareEvening, compareFile } from './evening-counts.ts'
import { type Host, signIn } from './host.ts'
import type { Place } from './keyboard.ts'
import { compare, ownCounts } from './own-counts.ts'
import { typePaper } from './paper.ts'
import { lateWays, type Moment, type PhoneWay, type Said, type Telling, usePhone, type Way, waysOf } from './phone.ts'
import { publicResult } from './public-result.ts'
import { type Line, linesOf } from './tally.ts'
import { type Watcher, watchResult } from './watcher.ts'

export interface Wish {
  origin: string
  phones: number
  seed: number
  /** A one-time link of a host. */
  link: string
  /** The slug of the community; null: the first that the host's page leads to. */
  community: string | null
  /** Where the program's database can be asked; null: only what everybody sees is compared. */
  place: Place | null
  /** Resolves when the server is on its way back, if it does not come back by itself. */
  kill: { when: 'saying' | 'answering' | 'closing'; work(): Promise<void> } | null
  /** Seconds over which the phones come. */
  over: number
  /** A link of a host for the second who leads: the whole evening is held. Without one, only its exit card. */
  second?: string
}

export interface Rehearsed {
  code: string
  ways: Map<Way, number>
  lines: Line[]
  cards: { given: number; counted: number | null; waiting: number | null }
  /** Milliseconds, sorted; answers only where the first try was thanked. */
  times: { page: number[]; answer: number[]; result: number[]; close: number; away: number | null }
  sentAgain: number
  /** Null when only the exit card was rehearsed. */
  evening: EveningTold | null
  /** Empty when everything agrees. */
  faults: string[]
}

/** What is noted down while it goes on. */
interface Notes {
  faults: string[]
  times: Rehearsed['times']
  sentAgain: number
  killedAt: number
  /** Resolves when so many have been thanked that something may be killed. */
  middle: PromiseWithResolvers<void>
}

export async function rehearse(wish: Wish): Promise<Rehearsed> {
  const { origin, phones, seed } = wish
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const notes: Notes = {
    faults: [],
    times: { page: [], answer: [], result: [], close: 0, away: null },
    sentAgain: 0,
    killedAt: 0,
    middle: Promise.withResolvers(),
  }
  const host = await signIn(origin, agent, wish.link)
  const code = await host.plan(wish.community)
  const evening = wish.second ? await holdBefore(wish, notes, agent, code, host, wish.second) : null
  await host.open(code)

  const closing = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()
  const watchers: Watcher[] = []
  const moment: Moment = {
    origin,
    agent,
    code,
    closing: closing.promise,
    closed: closed.promise,
    away: wish.over * 2000,
    tell: tellTo(notes, phones * 0.4),
    watches: (chance) => watchers.push(watchResult(origin, code, chance)),
  }
  const ways = waysOf(phones, chanceOf(seed))
  const going = ways.map((way, number) => takePart(wish, notes, moment, way, number))
  const paper = typePaper(host, code, Math.round(phones / 10), chanceOf(seed, -1)).catch((error: unknown) => {
    notes.faults.push(`paper: ${sayOf(error)}`)
    return []
  })
  const before = Promise.all([paper, ...ways.map((way, number) => (lateWays.includes(way) ? null : going[number]))])
  if (wish.kill?.when === 'answering') {
    await Promise.race([notes.middle.promise, before])
    notes.killedAt = performance.now()
    await wish.kill.work()
  }
  await before
  await host.attended(code, Math.ceil(phones * 1.2))
  const early = watchers.filter((watcher) => watcher.result() !== null).length
  if (early > 0) notes.faults.push(`${early} phones were shown a result before the card had closed`)

  const pressed = performance.now()
  closing.resolve()
  const press = host.close(code)
  if (wish.kill?.when === 'closing') {
    await sleep(chanceOf(seed, -2).between(0, 60))
    await wish.kill.work()
  }
  await press
  notes.times.close = performance.now() - pressed
  closed.resolve()
  const said = [...(await Promise.all(going)), ...(await paper)].flatMap((one) => one ?? [])

  await seeResult(watchers, pressed, notes)
  const count = wish.place && (await ownCounts(wish.place, code, settling))
  if (wish.place && count) notes.faults.push(...compare(said, count, wish.place))
  notes.faults.push(...(await publicResult(host, code, said, count?.counted ?? null)))
  if (evening) notes.faults.push(...(await compareFile(host, code, evening)))
  agent.destroy()

  const { times, faults, sentAgain } = notes
  for (const list of [times.page, times.answer, times.result]) list.sort((a, b) => a - b)
  const did = new Map<Way, number>()
  for (const { way } of said) did.set(way, (did.get(way) ?? 0) + 1)
  const lines = linesOf(said, count?.counted ?? new Map())
  const cards = { given: said.length, counted: count?.cards ?? null, waiting: count?.waiting ?? null }
  return { code, ways: did, lines, cards, times, sentAgain, evening, faults }
}

/** Everything before the exit card. What the tables have of it is compared before it can be put away. */
async function holdBefore(
  wish: Wish,
  notes: Notes,
  agent: Agent,
  code: string,
  host: Host,
  link: string,
): Promise<EveningTold> {
  const { origin, phones, seed, over, kill, place } = wish
  const second = await signIn(origin, agent, link)
  const middle = async () => {
    if (kill?.when !== 'saying') return
    notes.killedAt = performance.now()
    await kill.work()
  }
  const evening = await holdEvening({ origin, agent, code, phones, seed, over, hosts: [host, second], middle })
  notes.faults.push(...evening.faults)
  if (place) notes.faults.push(...(await compareEvening(place, code, evening)))
  return evening
}

/** One phone, from when it comes. Null when it was not served as it should. */
async function takePart(
  { seed, over }: Wish,
  notes: Notes,
  moment: Moment,
  way: PhoneWay,
  number: number,
): Promise<Said | null> {
  const chance = chanceOf(seed, number + 1)
  await sleep(chance.next() * over * 1000)
  try {
    return await usePhone(way, number, chance, moment)
  } catch (error) {
    notes.faults.push(`phone ${number} (${way}): ${sayOf(error)}`)
    notes.middle.resolve()
    return null
  }
}

function tellTo(notes: Notes, middle: number): Telling {
  let heard = 0
  let last = 0
  return {
    page: (ms) => notes.times.page.push(ms),
    heard(ms) {
      heard++
      if (heard >= middle) notes.middle.resolve()
      if (ms !== undefined) notes.times.answer.push(ms)
      const now = performance.now()
      const { killedAt, times } = notes
      // Thanks that were under way when it died still come in the same moment.
      if (killedAt > 0 && times.away === null && now - Math.max(last, killedAt) > 100) times.away = now - killedAt
      last = now
    },
    again: () => notes.sentAgain++,
  }
}

/** A counting that was cut off is done again: by who comes back, or by the queue, which looks every ten seconds. */
const settling = 40_000

/** Every phone that watches gets the result, and all get the same. */
async function seeResult(watchers: readonly Watcher[], pressed: number, { faults, times }: Notes): Promise<void> {
  await Promise.all(watchers.map((watcher) => watcher.until(settling)))
  const results = watchers.flatMap((watcher) => watcher.result() ?? [])
  times.result = results.map(({ at }) => at - pressed)
  const without = watchers.length - results.length
  if (without > 0) faults.push(`${without} of ${watchers.length} phones that watched never got the result`)
  const states = new Set(results.map(({ html }) => html))
  if (states.size > 1) faults.push(`the phones were shown ${states.size} different results`)
  for (const watcher of watchers) watcher.end()
}

const sayOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
