// What somebody does on their own way: sees what they have done, says yes to what they call themselves, rests from it, takes it back.
import type { SignedIn } from '../../access/session.deeds.ts'
import { wallTimeIn } from '../../clock.ts'
import { communityAt } from '../../communities/community.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { asActor, asSystem, type House, isMunicipal, type Tx } from '../../db/as-actor.ts'
import { personHere } from '../../people/people.deeds.ts'
import type { AgeBand } from '../../people/person.ts'
import { refuse } from '../../refusal.ts'
import { type OwnStanding, ownStanding } from '../coaching/tasks.deeds.ts'
import { mixOf } from './mix.ts'
import * as ask from './path.queries.ts'
import {
  type Act,
  calledBy,
  isPausing,
  nextOf,
  type Opened,
  openedBy,
  proposal,
  type StageNumber,
  type Step,
} from './path.ts'

export interface PathSeen {
  community: Community
  today: string
  /** Each stage that what they did opens, with the acts. */
  opened: Opened[]
  steps: Step[]
  called: StageNumber
  pausing: boolean
  proposal: Opened | null
  next: StageNumber | null
  /** They have said how old they are. */
  ageSaid: boolean
  /** The tasks they carry here, and whether alone. */
  carries: OwnStanding
  /** What the whole place sees; null before the first quarter has ended. */
  mix: ask.PlaceMix | null
}

interface Here {
  community: Community
  person: string
  today: string
}

/** Whoever is somebody in the place. For everybody else, in every role of the municipality too, there is nothing here. */
async function here(tx: Tx, me: SignedIn, slug: string): Promise<Here> {
  const community = (!isMunicipal(me) && (await communityAt(tx, slug))) || refuse('not-found')
  const person = (await ask.selfIn(tx, community.id, me.account)) ?? refuse('not-found')
  return { community, person, today: wallTimeIn(community.timeZone, me.house.clock.now()).date }
}

const actsOf = (tx: Tx, { community, today }: Here): Promise<Act[]> => ask.myActs(tx, community.id, today)

export const seePath = (me: SignedIn, slug: string): Promise<PathSeen> =>
  asActor(me, async (tx) => {
    const at = await here(tx, me, slug)
    const acts = await actsOf(tx, at)
    const steps = await ask.stepsOf(tx, at.person)
    return {
      community: at.community,
      today: at.today,
      opened: openedBy(acts),
      steps,
      called: calledBy(steps),
      pausing: isPausing(steps),
      proposal: proposal(acts, steps),
      next: nextOf(acts),
      ageSaid: (await ask.ageOf(tx, at.person)) !== null,
      carries: await ownStanding(tx, at.community.id, at.today),
      mix: await ask.newestMix(tx, at.community.id),
    }
  })

export interface Yes {
  stage: StageNumber
  /** How old they are, if they want to say it with the yes. */
  age: AgeBand | null
  coachMayKnow: boolean
}

/** Their own yes. What they have not done yet opens nothing, and asks nobody. */
export const sayYes = (me: SignedIn, slug: string, { stage, age, coachMayKnow }: Yes): Promise<Community> =>
  asActor(me, async (tx) => {
    const at = await here(tx, me, slug)
    if (!openedBy(await actsOf(tx, at)).some((one) => one.stage === stage)) refuse('not-found')
    await ask.sayYes(tx, at.person, { stage, on: at.today, coachMayKnow: coachMayKnow && stage >= 5 })
    if (age !== null) await ask.sayAge(tx, at.person, age)
    return at.community
  })

export const changes = ['rest', 'pause', 'again', 'stands', 'back'] as const
export type Change = (typeof changes)[number]

/** Rests from one yes or from all, takes them up again, says that it is all still so, or takes one back. */
export const change = (me: SignedIn, slug: string, how: Change, stage: StageNumber | null): Promise<Community> =>
  asActor(me, async (tx) => {
    const at = await here(tx, me, slug)
    if ((how === 'rest' || how === 'back') && stage === null) refuse('not-found')
    if (how === 'rest' || how === 'pause')
      (await ask.rest(tx, at.person, how === 'pause' ? null : stage, at.today)) || refuse('not-found')
    if (how === 'again') (await ask.rest(tx, at.person, stage, null)) || refuse('not-found')
    if (how === 'stands') await ask.stands(tx, at.person, at.today)
    if (how === 'back' && stage !== null) (await ask.takeBack(tx, at.person, stage)) || refuse('not-found')
    return at.community
  })

// --- On paper

export interface OnPaper {
  community: Community
  person: { id: string; name: string }
  today: string
  opened: Opened[]
  next: StageNumber | null
}

/** Somebody without an account, for the key holder who prints their sheet: what the lists say, and nothing of what they have said yes to. */
export const seeOnPaper = (me: SignedIn, slug: string, id: string): Promise<OnPaper> =>
  asActor(me, async (tx) => {
    const { community, person } = await personHere(tx, me, slug, id)
    if (person.hasAccount) refuse('not-found')
    const today = wallTimeIn(community.timeZone, me.house.clock.now()).date
    const acts = await ask.actsFor(tx, person.id)
    return { community, person, today, opened: openedBy(acts), next: nextOf(acts) }
  })

/** Writes down what they have ticked on the sheet, or taken back. The key holder cannot read it afterwards. */
export const sayOnPaper = (me: SignedIn, slug: string, id: string, stage: StageNumber): Promise<OnPaper> =>
  asActor(me, async (tx) => {
    const { community, person } = await personHere(tx, me, slug, id)
    if (person.hasAccount) refuse('not-found')
    const today = wallTimeIn(community.timeZone, me.house.clock.now()).date
    const acts = await ask.actsFor(tx, person.id)
    const opened = openedBy(acts)
    // Who leans on whom is told to no key holder: whether somebody leads is taken by their own word.
    if (stage !== 0 && stage < 5 && !opened.some((one) => one.stage === stage)) refuse('not-found')
    await ask.sayFor(tx, person.id, stage, today)
    return { community, person, today, opened, next: nextOf(acts) }
  })

// --- Numbers about a place

const why = 'how mixed the leaders of a place are is reckoned when a quarter has ended'

/** Reckons the last quarter that has ended, for each place that lacks it. It may be asked for at any hour, and twice. */
export async function countMix(house: House): Promise<number> {
  const { first, last } = lastQuarter(house.clock.now())
  return asSystem(house, why, async (tx) => {
    const places = await ask.placesWithout(tx, first)
    for (const { id, residents } of places)
      await ask.writeMix(tx, id, first, mixOf(await ask.agesIn(tx, id, last), residents))
    return places.length
  })
}

/** The first and the last day of the quarter before the one that a moment lies in. */
export function lastQuarter(now: Date): { first: string; last: string } {
  const month = now.getUTCMonth() - (now.getUTCMonth() % 3)
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return {
    first: day(Date.UTC(now.getUTCFullYear(), month - 3, 1)),
    last: day(Date.UTC(now.getUTCFullYear(), month, 1) - 86_400_000),
  }
}
