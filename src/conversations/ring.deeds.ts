// What is done with numbers to ring: everybody reads them, and a leader or the operator writes them down and says that they are right.
import { seeMunicipality } from '../communities/community.deeds.ts'
import { type Municipality, usualTimeZone } from '../communities/municipality.ts'
import { type Actor, asActor, guestIn, type House } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './ring.queries.ts'
import type { NumberSaid, NumberToRing } from './ring.ts'
import { todayIn } from './talks.deeds.ts'

export interface Ringing {
  municipality: Municipality | null
  numbers: NumberToRing[]
  today: string
}

/** As nobody, whoever looks: the page is the same for all, and nothing is written. */
export async function seeNumbers(house: House): Promise<Ringing> {
  const municipality = await seeMunicipality(guestIn(house))
  const numbers = await asActor(guestIn(house), ask.numbersToRing)
  return { municipality, numbers, today: todayIn(municipality?.timeZone ?? usualTimeZone, house) }
}

function mayWrite(actor: Actor): 'leader' | 'operator' {
  return actor.role === 'leader' || actor.role === 'operator' ? actor.role : refuse('not-yours')
}

export function seeOwnNumbers(actor: Actor): Promise<Ringing> {
  mayWrite(actor)
  return seeNumbers(actor.house)
}

/** They have been looked up today. */
export async function keepNumbers(actor: Actor, numbers: readonly NumberSaid[]): Promise<void> {
  const by = mayWrite(actor)
  const { today } = await seeNumbers(actor.house)
  await asActor(actor, (tx) => ask.setNumbers(tx, numbers, today, by))
}
