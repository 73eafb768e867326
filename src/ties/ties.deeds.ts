// What somebody does with their own ties: sees them, hides one or leaves it out and takes that back, says that they are right.
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { communityAt } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { asActor, isMunicipal, type Tx } from '../db/as-actor.ts'
import { personHere } from '../people/people.deeds.ts'
import { refuse } from '../refusal.ts'
import { type Circle, circleOf, type Introduction, introductions, type Neighbour } from './circle.ts'
import { confirmedMonths, monthsBefore } from './tie.ts'
import * as ask from './ties.queries.ts'

export interface CircleSeen {
  community: Community
  today: string
  circle: Circle
  introductions: Introduction[]
  /** The day on which they said that their ties are right; null when that is more than six months ago. */
  confirmedOn: string | null
  /** An employee sees their own ties with the place, and decides nothing about them: the neighbour does. */
  atWork: boolean
}

/** The place, and the day it is there. Whoever belongs to it, and an employee who works with it; for everybody else it is not there. */
async function here(tx: Tx, me: SignedIn, slug: string): Promise<{ community: Community; today: string }> {
  const community = (await communityAt(tx, slug)) ?? refuse('not-found')
  const belongs =
    me.role === 'employee' ? await ask.worksWith(tx, community.id) : (await selfIn(tx, me, community)) !== null
  if (!belongs) refuse('not-found')
  return { community, today: wallTimeIn(community.timeZone, me.house.clock.now()).date }
}
const selfIn = (tx: Tx, me: SignedIn, { id }: Community) => (isMunicipal(me) ? null : ask.selfIn(tx, id, me.account))

export function seeCircle(me: SignedIn, slug: string): Promise<CircleSeen> {
  return asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    const circle = circleOf(await ask.ownSources(tx, community.id, today), today)
    const self = await selfIn(tx, me, community)
    if (!self) return { community, today, circle, introductions: [], confirmedOn: null, atWork: true }
    const neighbours = circle.people.filter(({ staff, hidden }) => !staff && !hidden).map(({ id }) => id)
    const pairs = neighbours.length < 2 ? [] : await ask.couldMeet(tx, community.id, today, neighbours)
    const said = await ask.confirmedOn(tx, self)
    const confirmedOn = said && said > monthsBefore(today, confirmedMonths) ? said : null
    return { community, today, circle, introductions: introductions(circle, pairs), confirmedOn, atWork: false }
  })
}

export interface TieSeen {
  community: Community
  neighbour: Neighbour
  atWork: boolean
}

/** One tie of one's own, with all that makes it. What is no tie of theirs is not there. */
export async function seeTie(me: SignedIn, slug: string, other: string): Promise<TieSeen> {
  const { community, circle, atWork } = await seeCircle(me, slug)
  const neighbour = circle.people.find(({ id }) => id === other) ?? refuse('not-found')
  return { community, neighbour, atWork }
}

export const choices = ['hidden', 'removed', 'back'] as const
export type Choice = (typeof choices)[number]

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Hides a tie (it counts without a name and is drawn nowhere), leaves it out (it does not count, and does not come back by itself), or takes
 * that back. The other is not told. Only for neighbours: an employee who could leave ties out would make the municipality look needless.
 */
export function chooseTie(me: SignedIn, slug: string, other: string, choice: Choice): Promise<Community> {
  return asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    const self = (await selfIn(tx, me, community)) ?? refuse('not-found')
    if (!idPattern.test(other)) refuse('not-found')
    const done =
      choice === 'back' ? await ask.unchoose(tx, self, other) : await ask.choose(tx, community.id, other, choice, today)
    if (!done) refuse('not-found')
    return community
  })
}

/** »Det passer«: one's ties have been looked through. */
export function confirmTies(me: SignedIn, slug: string): Promise<Community> {
  return asActor(me, async (tx) => {
    const { community, today } = await here(tx, me, slug)
    const self = (await selfIn(tx, me, community)) ?? refuse('not-found')
    await ask.confirm(tx, self, today)
    return community
  })
}

export interface OnPaper {
  community: Community
  person: { id: string; name: string }
}

/** Somebody without an account, for the key holder who writes down what they want of their ties. */
export const seeOnPaper = (me: SignedIn, slug: string, id: string): Promise<OnPaper> =>
  asActor(me, async (tx) => {
    const { community, person } = await personHere(tx, me, slug, id)
    if (person.hasAccount) refuse('not-found')
    return { community, person }
  })

/**
 * Writes down what somebody without an account has said on paper or aloud. Answers whether exactly one is called that. The key holder is not told
 * whether there is such a tie: what they write holds for one that comes later, too.
 */
export const chooseOnPaper = (me: SignedIn, slug: string, id: string, name: string, choice: Choice): Promise<boolean> =>
  asActor(me, async (tx) => {
    const { community, person } = await personHere(tx, me, slug, id)
    if (person.hasAccount) refuse('not-found')
    return ask.chooseFor(tx, person.id, name, choice, wallTimeIn(community.timeZone, me.house.clock.now()).date)
  })
