// The outlines of quarters that are over: for those who live there and, the same to the last number, for the municipality. The place keeps them or not.
import type { SignedIn } from '../access/session.deeds.ts'
import { seeWithdrawal } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './outlines.queries.ts'
import { type Eye, eyeOf } from './withdrawal.queries.ts'

export type { KeptOutline } from './outlines.queries.ts'

export interface Outlines {
  community: Community
  eye: Eye
  /** The newest first. */
  outlines: ask.KeptOutline[]
}

export async function seeOutlines(actor: Actor, slug: string): Promise<Outlines> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (actor.role === 'officer' || actor.role === 'operator') refuse('not-yours')
  const { community } = await seeWithdrawal(actor, slug)
  return asActor(actor, async (tx) => {
    const eye = await eyeOf(tx, community.id, actor.role)
    if (!eye.belongs && !eye.works && actor.role !== 'leader') refuse('not-yours')
    return { community, eye, outlines: await ask.outlinesOf(tx, community.id) }
  })
}

/** The place keeps the outline of a quarter for longer than a year, or lets it go with the year. */
export const keepOutline = (person: SignedIn, slug: string, first: string, kept: boolean): Promise<void> =>
  asKeeper(person, slug, (tx, place) => ask.setKept(tx, place, first, kept))

export const throwOutlineAway = (person: SignedIn, slug: string, first: string): Promise<void> =>
  asKeeper(person, slug, (tx, place) => ask.throwAway(tx, place, first))

async function asKeeper(
  person: SignedIn,
  slug: string,
  work: (tx: Tx, place: string) => Promise<boolean>,
): Promise<void> {
  const { community } = await seeWithdrawal(person, slug)
  if (person.role !== 'keyholder') refuse('not-yours')
  const was = await asActor(person, async (tx) => {
    if (!(await eyeOf(tx, community.id, person.role)).keeps) refuse('not-yours')
    return work(tx, community.id)
  })
  if (!was) refuse('not-found')
}
