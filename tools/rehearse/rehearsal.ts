// One rehearsal: a host plans and opens a meeting, the phones answer, something may be killed, the host closes, and all is compared.
import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { chanceOf } from './chance.ts'
import { signIn } from './host.ts'
import { askOwner, keyIsThere, type Place } from './keyboard.ts'
import { typePaper } from './paper.ts'
import { lateWays, type Moment, type Said, usePhone, type Way, waysOf } from './phone.ts'
import { publicResult } from './public-result.ts'
import { type Asked, agrees, asked, type Counted, type Line, linesOf } from './tally.ts'
import { watchResult } from './watcher.ts'

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
  kill: { when: 'answering' | 'closing'; work(): Promise<void> } | null
  /** Seconds over which the phones come. */
  over: number
}

export interface Rehearsed {
  code: string
  ways: Map<Way, number>
  lines: Line[]
  cards: { given: number; counted: number | null; waiting: number | null }
  /** Milliseconds, sorted; answers only where the first try was thanked. */
  times: { page: number[]; answer: number[]; result: number[]; close: number; away: number | null }
  sentAgain: number
  /** Empty when everything agrees. */
  faults: string[]
}

export async function rehearse(wish: Wish): Promise<Rehearsed> {
  const { origin, phones, seed } = wish
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const faults: string[] = []
  const times: Rehearsed['times'] = { page: [], answer: [], result: [], close: 0, away: null }
  let sentAgain = 0
  let heard = 0
  let lastHeard = 0
  let killedAt = 0

  const host = await signIn(origin, agent, wish.link)
  const code = await host.plan(wish.community)
  await host.open(code)

  const closing = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<void>()
  const middle = Promise.withResolvers<void>()
  const moment: Moment = {
    origin,
    agent,
    code,
    closing: closing.promise,
    closed: closed.promise,
    away: wish.over * 2000,
    tell: {
      page: (ms) => times.page.push(ms),
      heard(ms) {
        heard++
        if (heard >= phones * 0.4) middle.resolve()
        if (ms !== undefined) times.answer.push(ms)
        const now = performance.now()
        // Acknowledgements that were under way when it died still come in the same moment.
        if (killedAt > 0 && times.away === null && now - Math.max(lastHeard, killedAt) > 100)
          times.away = now - killedAt
        lastHeard = now
      },
      again: () => sentAgain++,
    },
  }

  const watchers: ReturnType<typeof watchResult>[] = []
  const ways = waysOf(phones, chanceOf(seed))
  const going = ways.map(async (way, number): Promise<Said | null> => {
    const chance = chanceOf(seed, number + 1)
    await sleep(chance.next() * wish.over * 1000)
    try {
      const said = await usePhone(way, number, chance, moment)
      if (way !== 'without scripts' && !said.late) watchers.push(watchResult(origin, code, chance))
      return said
    } catch (error) {
      faults.push(`phone ${number} (${way}): ${error instanceof Error ? error.message : error}`)
      middle.resolve()
      return null
    }
  })
  const paper = typePaper(host, code, Math.round(phones / 10), chanceOf(seed, -1)).catch((error: unknown) => {
    faults.push(`paper: ${error instanceof Error ? error.message : error}`)
    return []
  })
  const before = [paper, ...ways.map((way, number) => (lateWays.includes(way) ? null : going[number]))]

  if (wish.kill?.when === 'answering') {
    await Promise.race([middle.promise, Promise.all(before)])
    killedAt = performance.now()
    await wish.kill.work()
  }
  await Promise.all(before)

  await host.attended(code, Math.ceil(phones * 1.2))
  const early = watchers.filter((watcher) => watcher.result() !== null).length
  if (early > 0) faults.push(`${early} phones were shown a result before the card had closed`)
  const pressed = performance.now()
  closing.resolve()
  const press = host.close(code)
  if (wish.kill?.when === 'closing') {
    await sleep(chanceOf(seed, -2).between(0, 60))
    await wish.kill.work()
  }
  await press
  times.close = performance.now() - pressed
  closed.resolve()
  const said = [...(await Promise.all(going)), ...(await paper)].flatMap((one) => one ?? [])

  await Promise.all(watchers.map((watcher) => watcher.until(20_000)))
  times.result = watchers.flatMap((watcher) => watcher.result()?.at ?? []).map((at) => at - pressed)
  if (times.result.length < watchers.length)
    faults.push(
      `${watchers.length - times.result.length} of ${watchers.length} phones that watched never got the result`,
    )
  const states = new Set(watchers.flatMap((watcher) => watcher.result()?.html ?? []))
  if (states.size > 1) faults.push(`the phones were shown ${states.size} different results`)
  for (const watcher of watchers) watcher.end()

  const count = wish.place && (await ownCounts(wish.place, code))
  if (count) faults.push(...compare(said, count, wish.place as Place))
  faults.push(...(await publicResult(host, code, said, count?.counted ?? null)))
  agent.destroy()

  for (const list of [times.page, times.answer, times.result]) list.sort((a, b) => a - b)
  const did = new Map<Way, number>()
  for (const { way } of said) did.set(way, (did.get(way) ?? 0) + 1)
  return {
    code,
    ways: did,
    lines: linesOf(said, count?.counted ?? new Map()),
    cards: { given: said.length, counted: count?.cards ?? null, waiting: count?.waiting ?? null },
    times,
    sentAgain,
    faults,
  }
}

/** What the server has in its tables about one meeting, seen by their owner. */
interface OwnCounts {
  meeting: string
  cards: number
  counted: Counted
  words: string[]
  /** Late cards that wait, and cards of the meeting itself that were left uncounted. */
  waiting: number
  left: number
}

async function ownCounts(place: Place, code: string): Promise<OwnCounts> {
  const [meeting] = await askOwner<{ id: string }>(place, 'select id from community.meeting where code = $1', [code])
  if (!meeting)
    throw new Error('the meeting is not in this database: OPLIVE_DATA or DATABASE_URL is of another program')
  const of = [meeting.id]
  const [cards] = await askOwner<{ cards: number }>(
    place,
    'select cards from community.counted_cards where meeting_id = $1',
    of,
  )
  const rows = await askOwner<{ question: Asked; answer: number; n: number }>(
    place,
    'select question, answer, n from community.card_count where meeting_id = $1',
    of,
  )
  const words = await askOwner<{ text: string }>(
    place,
    'select text from community.next_word where meeting_id = $1',
    of,
  )
  const [sealed] = await askOwner<{ waiting: number; left: number }>(
    place,
    `select count(*) filter (where round > 1 and purpose = 'shares')::int as waiting, count(*) filter (where round = 1)::int as left
     from community.sealed_card where meeting_id = $1`,
    of,
  )
  const counted = new Map<Asked, Map<number, number>>(asked.map((question) => [question, new Map()]))
  for (const { question, answer, n } of rows) counted.get(question)?.set(answer, n)
  const texts = words.map(({ text }) => text)
  return {
    meeting: meeting.id,
    cards: cards?.cards ?? 0,
    counted,
    words: texts,
    waiting: sealed?.waiting ?? 0,
    left: sealed?.left ?? 0,
  }
}

function compare(said: readonly Said[], count: OwnCounts, place: Place): string[] {
  const faults = asked
    .filter((question) => !agrees(question, said, count.counted))
    .map((question) => `${question} was not counted as the phones were thanked for`)
  const maybe = said.filter(({ cards, late }) => cards.includes(null) && !late).length
  const missing = said.length - count.cards - count.waiting
  if (missing > maybe)
    faults.push(`${missing} cards are neither counted nor waiting, and only ${maybe} phones were not thanked`)
  if (missing < 0) faults.push(`${-missing} cards more than phones`)
  for (const question of ['INF', 'ABLE', 'COUR'] as const) {
    const sum = [...(count.counted.get(question) ?? [])].reduce((total, [, n]) => total + n, 0)
    const open = said.filter(({ cards }) =>
      cards.every((card) => card && card[asked.indexOf(question)] === null),
    ).length
    if (sum + open !== count.cards)
      faults.push(`${question} has ${sum} answers on ${count.cards} cards, ${open} left open`)
  }
  const wrote = said.flatMap(({ next }) => (next && next !== 'nothing' ? next.words : [])).sort()
  if (JSON.stringify(wrote) !== JSON.stringify([...count.words].sort()))
    faults.push('the words that were written are not the words that are there')
  if (count.left > 0) faults.push(`${count.left} sealed cards of the meeting were left behind`)
  if (keyIsThere(place, count.meeting, 1)) faults.push('the private key of the meeting is still there')
  return faults
}
