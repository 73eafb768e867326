// The deeds of the withdrawal, each as the one who acts: the place votes and is confirmed, ticks what it received, asks itself how it
// goes, and calls the municipality back. The policies and two triggers decide again.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { seeWithdrawal } from '../communities/community.deeds.ts'
import type { Community, WithdrawalPlan } from '../communities/community.ts'
import { type Actor, asActor, isHost, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Completeness } from '../ties/tie.ts'
import { completenessIn } from '../ties/ties-in.ts'
import type { Criterion, Quarter, Rule } from './criteria.ts'
import { keptIn } from './outlines.queries.ts'
import { type CheckIn, carries, fallenSince, type ItemKind, isStepOut, nextPhases, type Vote } from './phase.ts'
import * as ask from './withdrawal.queries.ts'

export interface Leaving {
  community: Community
  plan: WithdrawalPlan
  /** Why the one who looks may not write the plan; null when they may. */
  whyNot: Awaited<ReturnType<typeof seeWithdrawal>>['whyNot']
  today: string
  eye: ask.Eye
  rules: Rule[]
  votes: ask.VoteSeen[]
  items: ask.Item[]
  checkIns: ask.CheckInSeen[]
  calls: ask.Call[]
  /** The newest first; only for those who live there. */
  quarters: Quarter[]
  /** The quarters whose outline the place has chosen to keep: all who are in it are told. */
  kept: string[]
  /** How much of the ties is written down, on which some of the signs rest; null for whoever does not live there. */
  recorded: Completeness | null
}

/** Everything about the withdrawal that this person may read. */
export async function seeLeaving(actor: Actor | SignedIn, slug: string): Promise<Leaving> {
  const { community, plan, whyNot } = await seeWithdrawal(actor, slug)
  const today = wallTimeIn(community.timeZone, actor.house.clock.now()).date
  return asActor(actor, async (tx) => {
    const { eye, rules, checkIns, quarters } = await ask.standingOf(tx, community.id, actor.role)
    const inside = eye.belongs || eye.works || actor.role === 'leader'
    return {
      community,
      plan,
      whyNot,
      today,
      eye,
      rules,
      checkIns,
      quarters,
      votes: inside ? await ask.votesOf(tx, community.id) : [],
      recorded: eye.belongs ? await completenessIn(tx, community.id, today) : null,
      items: eye.belongs || eye.works ? await ask.itemsOf(tx, community.id) : [],
      calls: inside ? await ask.callsOf(tx, community.id) : [],
      kept: inside ? await keptIn(tx, community.id) : [],
    }
  })
}

/** What has fallen since the municipality stepped back: to those who live there, and to nobody else. */
export async function seeFallen(actor: Actor, { id, presence }: Community): Promise<Criterion[]> {
  if (actor.role === 'guest' || isMunicipal(actor) || !isStepOut('beside', presence)) return []
  const { eye, quarters, rules } = await asActor(actor, (tx) => ask.standingOf(tx, id, actor.role))
  return eye.belongs ? fallenSince(presence, quarters, rules) : []
}

/** The place for those who host it: what their forms need. Everybody else is refused. */
export async function seeAsHost(
  person: SignedIn,
  slug: string,
): Promise<Pick<Leaving, 'community' | 'today' | 'checkIns'>> {
  const { community } = await seeWithdrawal(person, slug)
  const { eye, checkIns } = await asActor(person, (tx) => ask.standingOf(tx, community.id, person.role))
  if (!eye.hosts) refuse('not-yours')
  return { community, checkIns, today: wallTimeIn(community.timeZone, person.house.clock.now()).date }
}

/** As somebody who hosts this place or holds its key. */
async function asHost<T>(person: SignedIn, slug: string, work: (tx: Tx, place: Community) => Promise<T>): Promise<T> {
  const { community } = await seeWithdrawal(person, slug)
  if (!isHost(person)) refuse('not-yours')
  return asActor(person, async (tx) => {
    if (!(await ask.eyeOf(tx, community.id, person.role)).hosts) refuse('not-yours')
    return work(tx, community)
  }).catch((error: unknown) => {
    // The place has moved on meanwhile: what was typed was about where it stood.
    const { code } = error as { code?: unknown }
    if (code === '40001' || code === '42501') return refuse('changed-since')
    throw error
  })
}

// --- The place's own vote

/** Types what the core group voted. It counts when another host or key holder has confirmed it. */
export const typeVote = (person: SignedIn, slug: string, vote: Vote): Promise<void> =>
  asHost(person, slug, async (tx, place) => {
    if (!nextPhases(place.presence).includes(vote.to)) refuse('changed-since')
    const at = person.house.clock.now()
    const added = await ask.addVote(tx, place.id, {
      ...vote,
      id: uuid(),
      from: place.presence,
      account: person.account,
      at,
    })
    if (!added) refuse('vote.waits')
  })

/** Says that the count is right. With more yes than all others together the place stands there from this moment. */
export const confirmVote = (person: SignedIn, slug: string, id: string): Promise<'adopted' | 'fell'> =>
  asHost(person, slug, async (tx, place) => {
    const vote = (await ask.holdVote(tx, place.id, id)) ?? refuse('vote.over')
    if (vote.mine) refuse('vote.yours')
    const state = carries(vote) ? 'adopted' : 'fell'
    await ask.endVote(tx, id, state, person.account, person.house.clock.now())
    return state
  })

/** The count was wrong: it is taken away, and can be typed anew. */
export const withdrawVote = (person: SignedIn, slug: string, id: string): Promise<void> =>
  asHost(person, slug, async (tx, place) => {
    if (!(await ask.holdVote(tx, place.id, id))) refuse('vote.over')
    await ask.endVote(tx, id, 'withdrawn', null, person.house.clock.now())
  })

// --- What is handed over

/** A host, a key holder, or an employee who works there writes down what is to be handed over. */
export async function addItem(person: SignedIn, slug: string, item: { kind: ItemKind; what: string }): Promise<void> {
  const { community } = await seeWithdrawal(person, slug)
  await asActor(person, async (tx) => {
    const eye = await ask.eyeOf(tx, community.id, person.role)
    if (!eye.hosts && !eye.works) refuse('not-yours')
    await ask.addItem(tx, community.id, { ...item, id: uuid(), at: person.house.clock.now() })
  })
}

/** Whoever lives there ticks what they themselves received; a host types a slip that was signed on paper. */
export async function tickItem(
  person: SignedIn,
  slug: string,
  id: string,
  how: 'tap' | 'paper' | 'back',
): Promise<void> {
  const { community } = await seeWithdrawal(person, slug)
  await asActor(person, async (tx) => {
    const eye = await ask.eyeOf(tx, community.id, person.role)
    if (!eye.belongs || (how === 'paper' && !eye.hosts)) refuse('not-yours')
    const at = person.house.clock.now()
    const tick = how === 'back' ? null : { at, account: person.account, medium: how }
    if (!(await ask.tickItem(tx, community.id, id, tick))) refuse('changed-since')
  })
}

export async function takeItemOff(person: SignedIn, slug: string, id: string): Promise<void> {
  const { community } = await seeWithdrawal(person, slug)
  await asActor(person, async (tx) => {
    const eye = await ask.eyeOf(tx, community.id, person.role)
    if (!eye.hosts && !eye.works) refuse('not-yours')
    if (!(await ask.takeItemOff(tx, community.id, id))) refuse('changed-since')
  })
}

// --- Afterwards

/** Six and twelve months after: how it goes. It can be written again, and shared or taken back. */
export const writeCheckIn = (
  person: SignedIn,
  slug: string,
  which: { vote: string; month: number },
  said: CheckIn,
): Promise<void> =>
  asHost(person, slug, async (tx, place) => {
    const heldOn = wallTimeIn(place.timeZone, person.house.clock.now()).date
    if (!(await ask.writeCheckIn(tx, place.id, which, { ...said, heldOn }))) refuse('not-found')
  })

/** Calls the municipality back: one press, no reason asked. */
export const callBack = (person: SignedIn, slug: string, words: string | null): Promise<void> =>
  asHost(person, slug, async (tx, place) => {
    if (place.presence === 'idea' || place.presence === 'beside') refuse('call.near')
    const at = person.house.clock.now()
    const call = { id: uuid(), from: place.presence, at, account: person.account, words }
    if (!(await ask.addCall(tx, place.id, call))) refuse('call.waits')
  })

/** An employee who works there says when they come. */
export async function answerCall(person: SignedIn, slug: string, id: string, comesOn: string): Promise<void> {
  const { community } = await seeWithdrawal(person, slug)
  await asActor(person, async (tx) => {
    if (!(await ask.eyeOf(tx, community.id, person.role)).works) refuse('not-yours')
    if (!(await ask.answerCall(tx, community.id, id, person.house.clock.now(), comesOn))) refuse('changed-since')
  })
}

/** The place agrees on other bounds, or on the usual ones again. */
export async function agreeOn(person: SignedIn, slug: string, rule: Rule): Promise<void> {
  const { community } = await seeWithdrawal(person, slug)
  await asActor(person, async (tx) => {
    if (!(await ask.eyeOf(tx, community.id, person.role)).keeps) refuse('not-yours')
    await ask.setRule(tx, community.id, rule)
  })
}
