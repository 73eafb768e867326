// Proposes the talks that would help most to the two of each, who are asked alone and may say no; found by the program, once a day.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { usualTimeZone } from '../communities/municipality.ts'
import { asActor, asSystem, type House } from '../db/as-actor.ts'
import { tiesThatJoin } from '../network/joining.ts'
import { networkFrom } from '../network/network.ts'
import { refuse } from '../refusal.ts'
import * as ask from './introducing.queries.ts'

const why = 'two who could meet are found by the program: nobody may know who they are'

/** So many at a time in one place: each is a question to two people. */
const atATime = 3

/** Forgets what is old, and asks in each place where nothing is open. May run twice. */
export async function introduce(house: House): Promise<number> {
  const today = wallTimeIn(usualTimeZone, house.clock.now()).date
  const places = await asSystem(house, why, async (tx) => {
    await ask.forgetOld(tx, today)
    return ask.placesToAsk(tx)
  })
  let asked = 0
  for (const place of places) {
    const on = wallTimeIn(place.timeZone, house.clock.now()).date
    const woven = await asSystem(house, why, (tx) => ask.wovenIn(tx, place.id, on))
    const found = talksThatHelp(woven)
    await asSystem(house, why, async (tx) => {
      for (const { a, b, joins } of found)
        await ask.propose(tx, place.id, { id: uuid(), one: a, two: b, sides: joins, on })
    })
    asked += found.length
  }
  return asked
}

/** Which two would join most when the employees are gone; both neighbours whom one can ask. O(people + ties). */
export function talksThatHelp({ people, staff, canBeAsked, ends }: ask.Woven) {
  const network = networkFrom(people.length, ends, undefined, { repeated: 'sum', loops: 'drop' })
  const { ties } = tiesThatJoin(network, Uint8Array.from(staff), {
    howMany: atATime,
    perPerson: 1,
    mayMeet: (a, b) => canBeAsked[a] === 1 && canBeAsked[b] === 1,
  })
  return ties.map(({ a, b, joins }) => ({ a: people[a] as string, b: people[b] as string, joins }))
}

/** Yes or no, once, for oneself. */
export async function answerIntroduction(person: SignedIn, id: string, yes: boolean): Promise<void> {
  const was = await asActor(person, (tx) =>
    person.role === 'resident' || person.role === 'host' || person.role === 'keyholder'
      ? ask.answer(tx, id, yes)
      : Promise.resolve(false),
  )
  if (!was) refuse('not-found')
}
