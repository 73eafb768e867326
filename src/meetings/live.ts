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

export interface Live {
  /** Keeps the answer open and sends the whole state now and whenever it changes. */
  watch(res: ServerResponse, meeting: MeetingInHall, view: View): Promise<void>
  watchers(): number
  stop(): Promise<void>
}

/** Changes that come within this time are told together. */
const gather = 150
const heartbeat = 25_000

interface Room {
  meeting: string
  code: string
  view: View
  watchers: Set<ServerResponse>
  /** The state as it was last sent. */
  last: Buffer
}

/** `listener` makes a new connection each time: it is renewed when it breaks. */
export async function goLive(hall: Hall, draw: Draw, listener: () => pg.Client): Promise<Live> {
  const rooms = new Map<string, Room>()
  const stale = new Map<string, ReturnType<typeof setTimeout>>()
  let stopped = false
  let client: pg.Client | null = null

  async function tell(meeting: string, kinds: readonly Watching[]) {
    for (const room of rooms.values()) {
      if (room.meeting !== meeting || !kinds.includes(room.view.watching)) continue
      const here = await hall.find(room.code)
      if (!here) continue
      const state = asEvent(await draw(here, room.view))
      if (state.equals(room.last)) continue
      room.last = state
      for (const res of room.watchers) res.write(state)
    }
  }

  function changed(meeting: string, kinds: readonly Watching[]) {
    const key = `${meeting} ${kinds.join()}`
    if (stale.has(key)) return
    stale.set(
      key,
      setTimeout(() => {
        stale.delete(key)
        tell(meeting, kinds).catch((error) => {
          hall.house.log.fail('work.failed', error)
          if (!stopped) setTimeout(() => changed(meeting, kinds), 2000).unref()
        })
      }, gather).unref(),
    )
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
      if (channel === 'oplive_cards') return changed(payload, ['screen', 'lead'])
      hall.evenings.forget(payload)
      if (channel === 'oplive_meeting') hall.forget(payload)
      changed(payload, everybody)
    })
    await mine.connect()
    await mine.query('listen oplive_cards')
    await mine.query('listen oplive_meeting')
    await mine.query('listen oplive_evening')
    client = mine
    // Whatever was said while nobody listened is asked for anew.
    hall.forget()
    hall.evenings.forget()
    for (const room of rooms.values()) changed(room.meeting, everybody)
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

  return {
    async watch(res, meeting, view) {
      const key = `${meeting.id} ${view.watching} ${view.lang} ${view.origin} ${view.employee ?? false}`
      const state = asEvent(await draw(meeting, view))
      // Gone while its picture was drawn: nobody would hear that it has closed.
      if (res.destroyed || res.writableEnded || res.socket?.destroyed) return
      const room = rooms.get(key) ?? {
        meeting: meeting.id,
        code: meeting.code,
        view,
        watchers: new Set<ServerResponse>(),
        last: state,
      }
      rooms.set(key, room)
      const { watchers } = room
      res.writeHead(200, {
        ...protectingHeaders,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      res.write(state)
      watchers.add(res)
      res.on('close', () => {
        watchers.delete(res)
        if (watchers.size === 0) rooms.delete(key)
      })
    },
    watchers: () => [...rooms.values()].reduce((n, room) => n + room.watchers.size, 0),
    async stop() {
      stopped = true
      clearInterval(beat)
      for (const timer of stale.values()) clearTimeout(timer)
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
