// What other rooms may ask about ties: how a place hangs together, and how much of it is recorded. On their transaction, as whoever asks.
import type { Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Completeness, Ties } from './tie.ts'
import * as ask from './ties.queries.ts'

/**
 * How the people of a place hang together on a day, as numbers: for computing and for shapes. May be asked as resident, host or key holder of the
 * place, as an employee who works with it, as a leader, and as the program; everybody else is answered `not-found`. No way leads from a number to a
 * neighbour: the numbers are thrown anew each time, and those of the municipality see a quarter that is over. What a page shows of the shape is its
 * own affair: to the municipality no weights, no degrees of single people, and nothing of a place with fewer than five residents in it.
 * `on`: `yyyy-mm-dd`. 20,000 people and 80,000 ties: see `docs/bench.md`.
 */
export const tiesIn = async (tx: Tx, community: string, on: string): Promise<Ties> =>
  (await ask.tiesOf(tx, community, on)) ?? refuse('not-found')

/** How many of the active have confirmed their ties in six months. It stands wherever ties are used. The same may ask as for `tiesIn`. */
export const completenessIn = async (tx: Tx, community: string, on: string): Promise<Completeness> =>
  (await ask.completeness(tx, community, on)) ?? refuse('not-found')

/**
 * A mark of who is there and what they have left out. What was reckoned from ties with another mark than the one of now is of somebody who has gone
 * meanwhile, and is reckoned anew: much cheaper to ask than the ties once more. The same may ask as for `tiesIn`.
 */
export const tieMarkIn = async (tx: Tx, community: string): Promise<string> =>
  (await ask.mark(tx, community)) ?? refuse('not-found')
