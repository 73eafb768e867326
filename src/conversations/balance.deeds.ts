// What is done about the balance: a step is written down, moves to another, is done; and six questions are answered before a promise.
import type { SignedIn } from '../access/session.deeds.ts'
import { communityAt, seeCommunities } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './balance.queries.ts'
import { type Carried, type Check, carriedOn, quarterEnds, type Step, type Turn, together } from './balance.ts'
import { isId, todayIn } from './talks.deeds.ts'
import { worksWith } from './talks.queries.ts'

export interface StepsSeen {
  community: Community
  /** The open ones first. */
  steps: Step[]
  now: Carried
  /** So many of them are promises of meetings, of which the page says no more. */
  promises: number
  /** The end of each quarter, the oldest first, with what residents carried then. */
  quarters: { end: string; carried: Carried }[]
  /** The one who looks may write. */
  writes: boolean
  today: string
}

/** For those of the place, the employees who work with it, and leaders. To others the place has no such page. */
export function seeSteps(person: SignedIn, slug: string): Promise<StepsSeen> {
  return asActor(person, async (tx) => {
    const community = (await communityAt(tx, slug)) ?? refuse('not-found')
    const writes = person.role === 'employee' && (await worksWith(tx, community.id))
    const belongs = person.places.some((place) => place.community === community.id)
    if (!writes && !belongs && person.role !== 'leader') refuse('not-yours')
    const today = todayIn(community.timeZone, person.house)
    const ends = quarterEnds(today, 5)
    const steps = await ask.stepsIn(tx, community.id, ends[0] ?? today)
    const promises = await ask.promisesCarried(tx, community.id, ends)
    const on = (day: string) => together(carriedOn(steps, day), promises.get(day))
    return {
      community,
      steps,
      now: on(today),
      promises: promises.get(today)?.of ?? 0,
      quarters: ends.map((end) => ({ end, carried: on(end) })),
      writes,
      today,
    }
  })
}

async function atWorkIn(tx: Tx, actor: Actor, slug: string): Promise<{ community: Community; today: string }> {
  if (actor.role !== 'employee') refuse('not-yours')
  const community = (await communityAt(tx, slug)) ?? refuse('not-found')
  if (!(await worksWith(tx, community.id))) refuse('not-yours')
  return { community, today: todayIn(community.timeZone, actor.house) }
}

export const writeStep = (
  actor: Actor,
  slug: string,
  step: { id: string; what: string; turn: Omit<Turn, 'since'> },
): Promise<void> =>
  asActor(actor, async (tx) => {
    const { community, today } = await atWorkIn(tx, actor, slug)
    await ask.addStep(tx, { ...step, community: community.id, today })
  })

/** Somebody else carries it from today. Of two at once both stand, one after the other. */
export const moveStep = (actor: Actor, slug: string, id: string, turn: Omit<Turn, 'since'>): Promise<void> =>
  onStep(actor, slug, id, (tx, n, today) => ask.addTurn(tx, id, n + 1, { ...turn, since: today }))

export const finishStep = (actor: Actor, slug: string, id: string): Promise<void> =>
  onStep(actor, slug, id, (tx, _n, today) => ask.setDone(tx, id, today))

const onStep = (
  actor: Actor,
  slug: string,
  id: string,
  work: (tx: Tx, n: number, today: string) => Promise<void>,
): Promise<void> =>
  asActor(actor, async (tx) => {
    const { community, today } = await atWorkIn(tx, actor, slug)
    const n = isId(id) ? await ask.holdStep(tx, community.id, id) : 0
    if (n === 0) refuse('not-found')
    await work(tx, n, today)
  })

export interface BalanceSeen {
  places: Community[]
  checks: ask.CheckKept[]
}

/** An employee's places and own checks; for a leader all of them. */
export async function seeBalance(person: SignedIn): Promise<BalanceSeen> {
  if (!isMunicipal(person) || (person.role !== 'employee' && person.role !== 'leader')) refuse('not-found')
  const all = await seeCommunities(person)
  return asActor(person, async (tx) => {
    const places: Community[] = []
    for (const place of all) if (person.role === 'leader' || (await worksWith(tx, place.id))) places.push(place)
    return { places, checks: await ask.checksSeen(tx) }
  })
}

export const seeCheckPlace = (actor: Actor, slug: string): Promise<{ community: Community; today: string }> =>
  asActor(actor, (tx) => atWorkIn(tx, actor, slug))

export const keepCheck = (actor: Actor, slug: string, check: Check & { id: string }): Promise<void> =>
  asActor(actor, async (tx) => {
    const { community, today } = await atWorkIn(tx, actor, slug)
    await ask.addCheck(tx, { ...check, community: community.id, today })
  })
