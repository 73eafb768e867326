// A look by somebody of the municipality: only with a reason, only where they work, and only until the room is the residents' own.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import type { Community } from '../communities/community.ts'
import { asActor } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './looks.queries.ts'
import { placeOf } from './room.deeds.ts'

export interface LookDoor {
  community: Community
  /** The municipality still has the responsibility, and may look with a reason. */
  open: boolean
}

/** The door before a look: for those who work with the place. */
export async function beforeLook(person: SignedIn, slug: string): Promise<LookDoor> {
  const community = await placeOf(person, slug)
  if (person.role !== 'employee') refuse('not-yours')
  return asActor(person, async (tx) => {
    if (!(await ask.worksHere(tx, community.id))) refuse('not-yours')
    return { community, open: await ask.isInterim(tx, community.id) }
  })
}

export interface Looking {
  reason: string
  /** A name to find; empty for the list from `after` on. */
  query: string
  after: string
}

/** Looks, and is written down for it: each page by itself, with everybody it showed. */
export async function look(
  person: SignedIn,
  slug: string,
  { reason, query, after }: Looking,
): Promise<ask.PersonSeen[]> {
  const { community, open } = await beforeLook(person, slug)
  if (!open) return refuse('room.guest')
  return asActor(person, (tx) =>
    ask.lookAtPeople(tx, { id: uuid(), community: community.id, reason, query: query || null, after: after || null }),
  ).catch((error: unknown) => {
    // The room was handed over between the question and the answer.
    if ((error as { code?: unknown }).code === '42501') return refuse('room.guest')
    throw error
  })
}
