// A question goes on to the association that answers for a place: the officer passes it on, somebody with a key answers it.
import type { SignedIn } from '../access/session.deeds.ts'
import { noteAudit } from '../audit/audit.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import type { Community } from '../communities/community.ts'
import { asActor } from '../db/as-actor.ts'
import { keptPlace } from '../people/people.deeds.ts'
import { refuse } from '../refusal.ts'
import { mustBeOfficer, seeRequest } from './access-request.deeds.ts'
import { answerBy, daysUntil } from './access-request.ts'
import * as ask from './passed-on.queries.ts'

/** The one who asks has said that it may go on. Only to a place that an association answers for. */
export async function passOn(person: SignedIn, id: string, slug: string): Promise<void> {
  mustBeOfficer(person)
  const { request, today, places } = await seeRequest(person, id)
  const place = places.find((one) => one.slug === slug && one.keeper !== null)
  if (!place || request.answeredOn !== null) return refuse('not-found')
  await asActor(person, async (tx) => {
    await ask.passOn(tx, id, place.id, today)
    await noteAudit(tx, 'access-request.passed-on', { place: place.slug, facts: { on: today } })
  })
}

export interface AskingSeen extends ask.Asking {
  /** The association's own month, from the day it was told. */
  by: string
  daysLeft: number
}

export interface PlaceAsked {
  community: Community
  asking: AskingSeen[]
}

export async function seeAsking(person: SignedIn, slug: string): Promise<PlaceAsked> {
  return asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    const today = wallTimeIn(community.timeZone, person.house.clock.now()).date
    const asking = await ask.askingIn(tx, community.id)
    return {
      community,
      asking: asking.map((one) => {
        const by = answerBy(one.passedOn, false)
        return { ...one, by, daysLeft: daysUntil(by, today) }
      }),
    }
  })
}

/** They have their answer. From now on nobody here reads who asked. */
export async function saidHere(person: SignedIn, slug: string, request: string): Promise<void> {
  await asActor(person, async (tx) => {
    const community = await keptPlace(tx, person, slug)
    const day = wallTimeIn(community.timeZone, person.house.clock.now()).date
    if (!(await ask.answeredHere(tx, request, community.id, day))) refuse('not-found')
  })
}
