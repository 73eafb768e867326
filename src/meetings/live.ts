// Live: everybody who watches a meeting gets its whole state when something changes, the same bytes to all.
import type { ServerResponse } from 'node:http'
import type pg from 'pg'
import { protectingHeaders } from '../door.ts'
import type { Lang } from '../i18n/catalogue.ts'
import type { Hall, MeetingInHall } from './hall.ts'

/** The hall screen, a phone, or the page of the one who leads. */
export type Watching = 'screen' | 'phone' | 'lead'

const everybody: readonly Watching[] = ['screen', 'phone', 'lead']

/** Makes the state of a meeting as one watcher sees it: what stands in the page's live region. */
export type Draw = (meeting: MeetingInHall, view: View) => Promise<string>

/** How somebody watches. `origin` is where their browser found this server: the screen's QR code holds it. */
export interface View {
  watching: Watching
  lang: Lang
  origin: string
  /** Signed in as somebody of the municipality, who sees the result later. */
  employee?: boolean
}

/** By whose right somebody watches: their stream ends within a moment when the right is gone. */
export interface Right {
  account: string
  /** When their session ends. */
  until: Date
  /** Asks anew whether they still may. */
  still(): Promise<boolean>
}

export interface Live {
  /** Keeps the answer open and sends the whole state now and whenever it changes; for somebody who is signed in, while they may. */
  watch(res: ServerResponse, meeting: MeetingInHall, view: View, right?: Right): Promise<void>
  watchers(): number
  stop(): Promise<void>
}

/** Changes that come within this time are told together. */
const gather = 150
/** The more there are to tell, the longer the breath between two tellings: a thousand phones hear twice in a second, a screen at once. */
const breath = (watchers: number): number => Math.min(600, Math.round(watchers / 2))
const heartbeat = 25_000
const nothing = Buffer.alloc(0)

interface Room {
  meeting: string
  code: string
  view: View
  watchers: Set<ServerResponse>
  /** The state as it was last sent. */
  last: Buffer
}

/** One kind of watchers of one meeting, and whether there is something to tell them. */
interface Telling {
  timer: ReturnType<typeof setTimeout> | null
  busy: boolean
  again: boolean
  /** Not before. */
  next: number
}

/** `listener` makes a new connection each time: it is renewed when it breaks. */
export async function goLive(hall: Hall, draw: Draw, listener: () => pg.Client): Promise<Live> {
  const rooms = new Map<string, Room>()
  const tellings = new Map<string, Telling>()
  /** Slow phones that have not taken in what they were sent: they get the newest state when they have, not each one between. */
  const behind = new WeakSet<ServerResponse>()
  /** Streams that hang on somebody's right. */
  const rights = new Map<ServerResponse, Right>()
  let stopped = false
  let client: pg.Client | null = null

  /** Ends the streams of an account (of all, without one) that it no longer may keep open. When nobody can say, it may not. */
  async function askAgain(account?: string) {
    for (const [res, right] of rights) {
      if (account && right.account !== account) continue
      const still = await right.still().catch(() => false)
      if (!still) res.end()
    }
  }

  function keepRight(res: ServerResponse, right: Right) {
    rights.set(res, right)
    // A timer counts no further than some weeks; a stream that old has been renewed long before.
    const left = Math.min(right.until.getTime() - hall.house.clock.now().getTime(), 2_000_000_000)
    const over = setTimeout(() => res.end(), Math.max(0, left)).unref()
    res.on('close', () => {
      clearTimeout(over)
      rights.delete(res)
    })
  }

  const roomsOf = (meeting: string, kind: Watching) =>
    [...rooms.values()].filter((room) => room.meeting === meeting && room.view.watching === kind)

  /** Draws once for all who watch in the same way. Answers how many there were. */
  async function tell(meeting: string, kind: Watching): Promise<number> {
    let watchers = 0
    for (const room of roomsOf(meeting, kind)) {
      const here = await hall.find(room.code)
      if (!here) continue
      const state = asEvent(await draw(here, room.view))
      watchers += room.watchers.size
      if (state.equals(room.last)) continue
      room.last = state
      for (const res of room.watchers) say(room, res)
    }
    return watchers
  }

  function say(room: Room, res: ServerResponse) {
    if (behind.has(res)) return
    if (res.write(room.last)) return
    const sent = room.last
    behind.add(res)
    res.once('drain', () => {
      behind.delete(res)
      if (room.last !== sent && room.watchers.has(res)) say(room, res)
    })
  }

  const changed = (meeting: string, kinds: readonly Watching[]) => {
    for (const kind of kinds) soon(meeting, kind)
  }

  /** Tells within a moment: one telling at a time for each kind, so that an older state never comes after a newer one. */
  function soon(meeting: string, kind: Watching) {
    if (stopped) return
    const key = `${meeting} ${kind}`
    const telling = tellings.get(key) ?? { timer: null, busy: false, again: false, next: 0 }
    tellings.set(key, telling)
    if (telling.busy) telling.again = true
    if (telling.busy || telling.timer) return
    const run = async () => {
      telling.timer = null
      telling.busy = true
      let wait = 0
      try {
        telling.next = Date.now() + breath(await tell(meeting, kind))
      } catch (error) {
        hall.house.log.fail('work.failed', error)
        wait = 2000
        telling.again = true
      }
      telling.busy = false
      if (telling.again) {
        telling.again = false
        begin(wait)
      } else if (roomsOf(meeting, kind).length === 0) tellings.delete(key)
    }
    const begin = (atLeast: number) => {
      if (stopped) return
      const wait = Math.max(gather, atLeast, telling.next - Date.now())
      telling.timer = setTimeout(() => void run(), wait).unref()
    }
    begin(0)
  }

  async function listen() {
    const mine = listener()
    mine.on('error', () => {})
    mine.on('end', () => {
      if (stopped || client !== mine) return
      client = null
      again(500)
    })
    mine.on('notification', ({ channel, payload }) => {
      if (!payload) return
      if (channel === 'oplive_rights') {
        // A room has been handed over: every page says so from now on.
        if (payload === 'room') hall.forget()
        return void askAgain(payload === 'room' ? undefined : payload)
      }
      if (channel === 'oplive_cards') return changed(payload, ['screen', 'lead'])
      hall.evenings.forget(payload)
      if (channel === 'oplive_meeting') hall.forget(payload)
      changed(payload, everybody)
    })
    await mine.connect()
    await mine.query('listen oplive_cards')
    await mine.query('listen oplive_meeting')
    await mine.query('listen oplive_evening')
    await mine.query('listen oplive_rights')
    client = mine
    // Whatever was said while nobody listened is asked for anew.
    hall.forget()
    hall.evenings.forget()
    for (const room of rooms.values()) changed(room.meeting, everybody)
    void askAgain()
  }

  function again(wait: number) {
    setTimeout(() => {
      if (stopped) return
      listen().then(
        () => hall.house.log.say('listener.reconnected'),
        () => again(Math.min(wait * 2, 5000)),
      )
    }, wait).unref()
  }

  await listen()
  const beat = setInterval(() => {
    for (const room of rooms.values()) for (const res of room.watchers) res.write(':\n\n')
  }, heartbeat).unref()

  /** Nobody watches in this way any more. */
  function leave(key: string) {
    if (rooms.get(key)?.watchers.size === 0) rooms.delete(key)
  }

  return {
    async watch(res, meeting, view, right) {
      const key = `${meeting.id} ${view.watching} ${view.lang} ${view.origin} ${view.employee ?? false}`
      const asked = rooms.get(key) ?? {
        meeting: meeting.id,
        code: meeting.code,
        view,
        watchers: new Set<ServerResponse>(),
        last: nothing,
      }
      // Known before its picture is drawn: a change meanwhile is told here too.
      rooms.set(key, asked)
      const before = asked.last
      const state = asEvent(
        await draw(meeting, view).catch((error) => {
          leave(key)
          throw error
        }),
      )
      // Gone while its picture was drawn: nobody would hear that it has closed.
      if (res.destroyed || res.writableEnded || res.socket?.destroyed) return leave(key)
      const room = rooms.get(key) ?? asked
      rooms.set(key, room)
      if (room.last === nothing) room.last = state
      const { watchers } = room
      res.writeHead(200, {
        ...protectingHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      watchers.add(res)
      if (right) keepRight(res, right)
      res.on('close', () => {
        watchers.delete(res)
        leave(key)
      })
      res.write(room.last === before ? state : room.last)
      // Gone between the asking and the watching: nobody tells twice.
      if (right) await askAgain(right.account)
    },
    watchers: () => [...rooms.values()].reduce((n, room) => n + room.watchers.size, 0),
    async stop() {
      stopped = true
      clearInterval(beat)
      for (const { timer } of tellings.values()) if (timer) clearTimeout(timer)
      for (const room of rooms.values()) for (const res of room.watchers) res.end()
      rooms.clear()
      await client?.end()
    },
  }
}

/** One event with a whole state. The browser comes back by itself after 1 to 3 seconds, not all at once. */
function asEvent(html: string): Buffer {
  return Buffer.from(
    `retry: 2000\nevent: state\n${html
      .split('\n')
      .map((line) => `data: ${line}`)
      .join('\n')}\n\n`,
  )
}
