// What is done with a community: it is founded, words its own definition, and agrees with the municipality when that one leaves.
import { v7 as uuid } from 'uuid'
import { type Actor, asActor, asSystem, type House, isMunicipal, type Tx } from '../db/as-actor.ts'
import { type RefusalCode, refuse } from '../refusal.ts'
import type { Population } from './age-bands.ts'
import * as ask from './communities.queries.ts'
import {
  type Community,
  type Definition,
  type Founding,
  freeSlug,
  type Plan,
  type Problem,
  sameName,
  type WithdrawalPlan,
  type Wording,
} from './community.ts'
import { type Municipality, usualTimeZone } from './municipality.ts'

/** The municipality founds communities; nobody else does. */
export function onlyEmployees(actor: Actor): void {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (actor.role !== 'employee' && actor.role !== 'leader') refuse('not-yours')
}

/** Founds a community with its withdrawal plan. Answers its slug, or that another one has the name. */
export async function foundCommunity(
  actor: Actor,
  founding: Founding,
): Promise<{ slug: string } | { problems: Problem[] }> {
  onlyEmployees(actor)
  return asActor(actor, (tx) => foundIn(tx, founding, actor.house.clock.now()))
}

/** The same in a transaction that is under way: the first place of an installation that is being set up. */
export async function foundIn(
  tx: Tx,
  founding: Founding,
  now: Date,
): Promise<{ slug: string } | { problems: Problem[] }> {
  await ask.waitToFound(tx)
  const others = await ask.allCommunities(tx)
  // Also when the button was pressed twice.
  if (others.some((other) => sameName(other.name, founding.name)))
    return { problems: [{ field: 'name', code: 'name.taken' }] }
  const id = uuid()
  const slug = freeSlug(founding.name, new Set(others.map((other) => other.slug)))
  const timeZone = (await ask.municipalityHere(tx))?.timeZone ?? usualTimeZone
  await ask.addCommunity(tx, {
    id,
    slug,
    name: founding.name,
    residents: founding.residents,
    timeZone,
    foundedAt: now,
  })
  await ask.setWithdrawalPlan(tx, id, founding, now)
  return { slug }
}

/** Words the community's definition anew. Every earlier version stays. Answers the number of the version. */
export async function writeDefinition(actor: Actor, slug: string, wording: Wording): Promise<number> {
  return asActor(actor, async (tx) => {
    const community = (await ask.findCommunity(tx, slug)) ?? refuse('not-found')
    const no = await whyNotDefine(tx, actor, community)
    if (no) refuse(no)
    await ask.waitToDefine(tx, community.id)
    const newest = await ask.newestDefinition(tx, community.id)
    // The same words twice are one version: the button was pressed twice.
    if (newest && newest.text === wording.text && newest.authors === wording.authors) return newest.version
    const version = (newest?.version ?? 0) + 1
    await ask.addDefinition(tx, community.id, { version, ...wording, writtenAt: actor.house.clock.now() })
    return version
  })
}

/** A place is defined by those who belong and are known there. Whoever works for the municipality is a guest, also at home. */
async function whyNotDefine(tx: Tx, actor: Actor, { id }: Community): Promise<RefusalCode | null> {
  if (actor.role === 'guest') return 'sign-in.needed'
  if (isMunicipal(actor)) return 'employee.not-definition'
  return (await ask.mayWord(tx, id)) ? null : 'not-yours'
}

/** Writes when the municipality means to be gone, and what is still missing. */
export async function writeWithdrawalPlan(actor: Actor, slug: string, plan: Plan): Promise<void> {
  await asActor(actor, async (tx) => {
    const community = (await ask.findCommunity(tx, slug)) ?? refuse('not-found')
    const no = await whyNotPlan(tx, actor, community)
    if (no) refuse(no)
    if (!(await ask.setWithdrawalPlan(tx, community.id, plan, actor.house.clock.now()))) refuse('not-yours')
  })
}

/** The plan is an agreement: the hosts of the place, whoever works with it for the municipality, and its leaders write it. */
async function whyNotPlan(tx: Tx, actor: Actor, { id }: Community): Promise<RefusalCode | null> {
  if (actor.role === 'guest') return 'sign-in.needed'
  if (actor.role === 'leader') return null
  const may = await (actor.role === 'employee' ? ask.worksWith(tx, id) : ask.hostsIn(tx, id))
  return may ? null : 'not-yours'
}

/** Enters who lives in a community by age, from public statistics, with source and year. Whoever sets the program up does it. */
export const enterPopulation = (house: House, community: string, population: Population): Promise<void> =>
  asSystem(house, 'enter public statistics about a place', (tx) => ask.setPopulation(tx, community, population))

// --- What its pages show

/** Every community, by the Danish alphabet. */
export const seeCommunities = (actor: Actor): Promise<Community[]> => asActor(actor, ask.allCommunities)

export interface CommunitySeen {
  community: Community
  /** The newest; null until it is written. */
  definition: Definition | null
  plan: WithdrawalPlan
  /** Who lives there by age; null when nobody has entered it. */
  population: Population | null
}

export function seeCommunity(actor: Actor, slug: string): Promise<CommunitySeen> {
  return asActor(actor, async (tx) => {
    const whole = (await ask.wholeCommunity(tx, slug)) ?? refuse('not-found')
    return { ...whole, population: await ask.populationOf(tx, whole.community.id) }
  })
}

export interface DefinitionSeen {
  community: Community
  /** The newest first. */
  definitions: Definition[]
  /** Why the one who acts may not write it; null when they may. */
  whyNot: RefusalCode | null
}

export function seeDefinition(actor: Actor, slug: string): Promise<DefinitionSeen> {
  return asActor(actor, async (tx) => {
    const community = (await ask.findCommunity(tx, slug)) ?? refuse('not-found')
    const definitions = await ask.definitionsOf(tx, community.id)
    return { community, definitions, whyNot: await whyNotDefine(tx, actor, community) }
  })
}

export interface WithdrawalSeen {
  community: Community
  plan: WithdrawalPlan
  /** Why the one who acts may not write it; null when they may. */
  whyNot: RefusalCode | null
}

export function seeWithdrawal(actor: Actor, slug: string): Promise<WithdrawalSeen> {
  return asActor(actor, async (tx) => {
    const community = (await ask.findCommunity(tx, slug)) ?? refuse('not-found')
    const plan = await ask.withdrawalPlanOf(tx, community.id)
    return { community, plan, whyNot: await whyNotPlan(tx, actor, community) }
  })
}

/** The municipality that runs this installation; null before it is set up. */
export const seeMunicipality = (actor: Actor): Promise<Municipality | null> => asActor(actor, ask.municipalityHere)

/** For the deeds of rooms above: the community of this address, in their own transaction; null for none. */
export const communityAt = (tx: Tx, slug: string): Promise<Community | null> => ask.findCommunity(tx, slug)
