// What this process knows about evenings that are under way: loaded once when something changed, and shared by all who watch.
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

export function seeEvenings(hall: Pick<Hall, 'house'>): Evenings {
  const { house } = hall
  const known = new Map<string, Promise<Evening | null>>()
  const untold = new Set<string>()

  const forget = (meeting?: string) => {
    if (meeting) known.delete(meeting)
    else known.clear()
  }

  return {
    of(meeting) {
      const before = known.get(meeting)
      if (before) return before
      const asked = asSystem(house, 'draw the evening once for all who watch', (tx) => ask.wholeEvening(tx, meeting))
      if (known.size >= mostKnown) known.clear()
      known.set(meeting, asked)
      asked.catch(() => known.delete(meeting))
      return asked
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
