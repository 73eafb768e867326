// What this process knows about evenings that are under way: loaded once when something changed, and shared by all who watch.
import { setTimeout as sleep } from 'node:timers/promises'
import { asSystem } from '../db/as-actor.ts'
import * as ask from './evening.queries.ts'
import type { Evening } from './evening.ts'
import type { Hall } from './hall.ts'

export interface Evenings {
  /** The evening as it is now, or was when last something changed. Null before it has begun. */
  of(meeting: string): Promise<Evening | null>
  /** Something was said or done: the next who asks gets it anew. Everybody who watches is told within a moment, on every machine. */
  changed(meeting: string): void
  /** Another machine has changed something. */
  forget(meeting?: string): void
}

/** Only against a program that would ask for ever. */
const mostKnown = 200
/** Changes within this time are told together. */
const tellEvery = 150

/** While much is said, an evening is loaded no more often than this: whoever asks meanwhile shares the next one. */
const loadEvery = 100

interface Seen {
  evening: Promise<Evening | null>
  begun: number
  /** Something was said or done since it was loaded. */
  old: boolean
  /** The next one, once somebody has asked for it. */
  next: Promise<Evening | null> | null
}

export function seeEvenings(hall: Pick<Hall, 'house'>): Evenings {
  const { house } = hall
  const known = new Map<string, Seen>()
  const untold = new Set<string>()

  const forget = (meeting?: string) => {
    for (const seen of meeting ? [known.get(meeting)] : known.values()) if (seen) seen.old = true
  }

  function load(meeting: string): Promise<Evening | null> {
    const evening = asSystem(house, 'draw the evening once for all who watch', (tx) => ask.wholeEvening(tx, meeting))
    const seen = { evening, begun: performance.now(), old: false, next: null }
    if (known.size >= mostKnown) known.clear()
    known.set(meeting, seen)
    evening.catch(() => known.get(meeting) === seen && known.delete(meeting))
    return evening
  }

  return {
    of(meeting) {
      const seen = known.get(meeting)
      if (!seen) return load(meeting)
      if (!seen.old) return seen.evening
      // What is loaded begins after this question: nobody is shown less than was there when they asked.
      const wait = seen.begun + loadEvery - performance.now()
      seen.next ??= wait <= 0 ? load(meeting) : sleep(wait).then(() => load(meeting))
      return seen.next
    },
    changed(meeting) {
      forget(meeting)
      if (untold.has(meeting)) return
      untold.add(meeting)
      setTimeout(() => {
        untold.delete(meeting)
        // If this fails, the next change tells.
        house.cards.query(`select pg_notify('oplive_evening', $1)`, [meeting]).catch(() => undefined)
      }, tellEvery).unref()
    },
    forget,
  }
}
