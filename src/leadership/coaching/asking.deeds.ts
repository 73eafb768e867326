// What becomes of a question to a neighbour: it waits for sixty days, and is gone.
import { wallTimeIn } from '../../clock.ts'
import { usualTimeZone } from '../../communities/municipality.ts'
import { asSystem, type House } from '../../db/as-actor.ts'
import * as ask from './coaching.queries.ts'

/** Forgets what nobody has answered, and what was answered with a no. May run twice. */
export const forgetAskedAlong = (house: House): Promise<number> =>
  asSystem(house, 'a question that nobody said yes to is forgotten', (tx) =>
    ask.forgetAsked(tx, wallTimeIn(usualTimeZone, house.clock.now()).date),
  )
