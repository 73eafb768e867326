// What is done with numbers about people: they are counted at the turn of each quarter, and seen by those they are about, then by the municipality.
import { instantIn, wallTimeIn } from '../clock.ts'
import { seeCommunity, seeMunicipality } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { usualTimeZone } from '../communities/municipality.ts'
import { type Actor, asActor, asSystem, guestIn, type House, isMunicipal } from '../db/as-actor.ts'
import type { JobKind, LaterWork } from '../jobs/jobs.ts'
import { refuse } from '../refusal.ts'
import * as ask from './numbers.queries.ts'
import { type PlaceNumbers, quarterAfter, quarterOf } from './numbers.ts'

const countJob = 'numbers.count'
/** At night, when nobody waits for a page. */
const countAt = '03:00'

export interface NumbersSeen {
  places: PlaceNumbers[]
  /** The first day of the quarter that was last counted; null before the first time. */
  counted: string | null
  /** When it is counted next, as the first day of a quarter. */
  next: string
}

/** The numbers of all places, for those of the municipality who work with them: 48 hours after the places themselves. */
export async function seeNumbers(actor: Actor): Promise<NumbersSeen> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (actor.role !== 'employee' && actor.role !== 'leader') refuse('not-yours')
  return seen(actor, null)
}

/** The numbers of a place, for those who belong there. Nobody is told of another's place. */
export async function seeOwnNumbers(actor: Actor, slug: string): Promise<NumbersSeen & { community: Community }> {
  const { community } = await seeCommunity(actor, slug)
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (isMunicipal(actor) || !(await asActor(actor, (tx) => ask.belongsThere(tx, community.id)))) refuse('not-yours')
  return { community, ...(await seen(actor, community.id)) }
}

async function seen(actor: Actor, community: string | null): Promise<NumbersSeen> {
  const timeZone = await timeZoneHere(actor.house)
  const now = quarterOf(wallTimeIn(timeZone, actor.house.clock.now()).date)
  return asActor(actor, async (tx) => {
    const counted = await ask.lastQuarter(tx)
    const places = await ask.placesWithCounts(tx, community)
    return { places, counted, next: counted === now ? quarterAfter(now) : now }
  })
}

/**
 * Counts at the turn of this quarter, and orders the next counting in the same transaction: once for each quarter, however often it is
 * asked.
 */
export async function countQuarter(house: House, later: LaterWork, quarter: string): Promise<void> {
  const timeZone = await timeZoneHere(house)
  const counted = await asSystem(house, 'count the people of every place at the turn of a quarter', async (tx) => {
    if ((await ask.countPeople(tx, quarter)) === null) return false
    const next = quarterAfter(quarter)
    await later.order(tx, countJob, { quarter: next }, instantIn(timeZone, next, countAt))
    return true
  })
  if (counted) house.log.say('people.counted')
}

/** For the start: what should have been counted while the program was away, or has never been, is counted soon. */
export async function startCounting(house: House, later: LaterWork): Promise<void> {
  const timeZone = await timeZoneHere(house)
  const now = house.clock.now()
  const quarter = quarterOf(wallTimeIn(timeZone, now).date)
  await asSystem(house, 'has this quarter been counted?', async (tx) => {
    if (!(await ask.isCounted(tx, quarter))) await later.order(tx, countJob, { quarter }, now)
  })
}

const timeZoneHere = async (house: House): Promise<string> =>
  (await seeMunicipality(guestIn(house)))?.timeZone ?? usualTimeZone

/** The later work of this room: the counting at the turn of a quarter. */
export const numbersJobs = (later: () => LaterWork): JobKind[] => [
  { name: countJob, work: (house, data) => countQuarter(house, later(), data.quarter ?? '') },
]
