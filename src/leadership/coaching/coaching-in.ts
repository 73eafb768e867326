// What other rooms may ask about somebody to lean on: who leans on whom in a place. On their transaction, as whoever asks.
import type { Tx } from '../../db/as-actor.ts'
import * as ask from './coaching.queries.ts'
import type { Coaching } from './coaching.ts'

/**
 * Who leans on whom in a place on a day (`yyyy-mm-dd`), by the persons' ids. As a resident, host or key holder: only where one is one of the two, so
 * that one's own way can be reckoned from it. As the program: all of the place. Everybody else is answered by the database's no.
 */
export const coachingIn = (tx: Tx, community: string, on: string): Promise<Coaching[]> =>
  ask.coachings(tx, community, on)
