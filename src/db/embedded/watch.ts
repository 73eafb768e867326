// Watches over a running server and brings it back on the same port when it dies without having been told to.
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedProblem, firstLine } from './problem.ts'

export type LifeSign =
  /** The server died, or cut our session. */
  | { what: 'lost' }
  | { what: 'back'; afterMs: number }
  /** It will be tried again, for as long as the program lives. */
  | { what: 'still-down'; problem: EmbeddedProblem }

export interface Patient {
  lives(): boolean
  /** Calls back when there is reason to look before the next round. */
  onSuspicion(callback: () => void): void
  /** Bring it back, or throw. */
  revive(): Promise<void>
}

export interface Watch {
  /** Resolves when no attempt to revive is under way any more. */
  end(): Promise<void>
}

interface Pace {
  lookMs: number
  /** Between two starts it waits this long, then twice as long, and so on to the longest. */
  firstPauseMs: number
  longestPauseMs: number
  /** No more starts than this in a span. */
  mostStarts: number
  spanMs: number
}

const usualPace: Pace = { lookMs: 500, firstPauseMs: 200, longestPauseMs: 5000, mostStarts: 10, spanMs: 60_000 }

export function watchOver(patient: Patient, tell: (sign: LifeSign) => void, pace: Pace = usualPace): Watch {
  let over = false
  let round: Promise<void> | undefined
  const starts: number[] = []

  const look = () => {
    if (over || round !== undefined || patient.lives()) return
    round = bringBack().finally(() => {
      round = undefined
      if (!over) patient.onSuspicion(look)
    })
  }

  const bringBack = async () => {
    const began = Date.now()
    tell({ what: 'lost' })
    for (let attempt = 0; !over; attempt++) {
      await pauseBefore(attempt)
      if (over) return
      starts.push(Date.now())
      try {
        await patient.revive()
        tell({ what: 'back', afterMs: Date.now() - began })
        return
      } catch (error) {
        if (!over) tell({ what: 'still-down', problem: asProblem(error) })
      }
    }
  }

  const pauseBefore = async (attempt: number) => {
    const backoff = attempt === 0 ? 0 : Math.min(pace.longestPauseMs, pace.firstPauseMs * 2 ** (attempt - 1))
    const crowded = starts.at(-pace.mostStarts) ?? 0
    const until = Math.max(Date.now() + backoff, crowded + pace.spanMs)
    while (!over && Date.now() < until) await sleep(Math.min(100, until - Date.now()))
  }

  const rounds = setInterval(look, pace.lookMs).unref()
  patient.onSuspicion(look)
  return {
    async end() {
      over = true
      clearInterval(rounds)
      await round
    },
  }
}

function asProblem(error: unknown): EmbeddedProblem {
  if (error instanceof EmbeddedProblem) return error
  return new EmbeddedProblem(
    'would-not-start',
    `PostgreSQL could not be started again (${firstLine(error)}); what was stored is safe; it is tried again.`,
  )
}
