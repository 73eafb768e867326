// What key holders do with the people of their place: find them, write down who says yes, correct what they are told, keep their consents.
import { v7 as uuid } from 'uuid'
import { wallTimeIn } from '../clock.ts'
import { communityAt } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { type Consent, newestVersion, type Purpose } from './consents.ts'
import * as merges from './merge.queries.ts'
import * as ask from './people.queries.ts'
import type { OwnChoice, Person, Told, ToldBy } from './person.ts'

export const onPage = 50

export const isId = (text: string | undefined): text is string =>
  text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)

/** The place, for somebody who holds a key of it. Everybody else is answered as if it were not there. */
export async function keptPlace(tx: Tx, actor: Actor, slug: string): Promise<Community> {
  const community = (actor.role === 'keyholder' && (await communityAt(tx, slug))) || refuse('not-found')
  return (await ask.keeps(tx, community.id)) ? community : refuse('not-found')
}

export const todayAt = (community: Community, actor: Actor): string =>
  wallTimeIn(community.timeZone, actor.house.clock.now()).date

export interface PeopleSeen {
  community: Community
  counts: ask.Counts
  /** Fifty at most. */
  people: ask.Listed[]
  /** Those that only sound like what was sought. */
  near: ask.Listed[]
  /** There are more after the last one. */
  more: boolean
}

export function seePeople(actor: Actor, slug: string, query: string, after: string | null): Promise<PeopleSeen> {
  return asActor(actor, async (tx) => {
    const community = await keptPlace(tx, actor, slug)
    const found = await ask.findPeople(tx, community.id, {
      query,
      after: isId(after ?? '') ? after : null,
      most: onPage + 1,
    })
    const people = found.filter(({ near }) => !near)
    return {
      community,
      counts: await ask.countPeople(tx, community.id),
      people: people.slice(0, onPage),
      near: found.filter(({ near }) => near),
      more: people.length > onPage,
    }
  })
}

/** For the empty form and the printed one. */
export const seeKeptPlace = (actor: Actor, slug: string): Promise<Community> =>
  asActor(actor, (tx) => keptPlace(tx, actor, slug))

/** Somebody says yes on paper or aloud. `id` is the form's own: sent again, it is the same person. */
export async function writeDown(
  actor: Actor,
  slug: string,
  said: Told & OwnChoice & { id: string; toldBy: ToldBy; consents: readonly Purpose[] },
): Promise<string> {
  return asActor(actor, async (tx) => {
    const community = await keptPlace(tx, actor, slug)
    const { id, toldBy: medium, consents, ageBand, askedAbout, ...told } = said
    if (await ask.findPerson(tx, community.id, id)) return id
    await ask.writePerson(tx, {
      ...told,
      id,
      medium,
      community: community.id,
      existsBy: 'said_yes',
      today: todayAt(community, actor),
    })
    // The id of somebody of another place, or of one who is gone.
    if (!(await ask.findPerson(tx, community.id, id))) refuse('not-found')
    if (ageBand || askedAbout) await ask.writeOwnChoice(tx, id, { ageBand, askedAbout })
    for (const purpose of consents) await give(tx, actor, id, purpose, medium)
    return id
  })
}

const give = (tx: Tx, actor: Actor, person: string, purpose: Purpose, medium: 'tap' | ToldBy) =>
  ask.giveConsent(tx, {
    id: uuid(),
    person,
    purpose,
    version: newestVersion(purpose),
    medium,
    at: actor.house.clock.now(),
  })

export interface PersonSeen {
  community: Community
  person: Person
  consents: Consent[]
  groups: { id: string; name: string; saidYes: boolean }[]
  twins: merges.Pair[]
  merges: merges.Merge[]
  /** Letters to their address come back. */
  unreached: boolean
}

/** Somebody of the place, for who holds a key of it. */
export async function personHere(tx: Tx, actor: Actor, slug: string, id: string) {
  const community = await keptPlace(tx, actor, slug)
  const person = isId(id) ? await ask.findPerson(tx, community.id, id) : null
  return { community, person: person ?? refuse('not-found') }
}

export async function seePerson(actor: Actor, slug: string, id: string): Promise<PersonSeen> {
  const seen = await asActor(actor, async (tx) => {
    const { community, person } = await personHere(tx, actor, slug, id)
    return {
      community,
      person,
      consents: await ask.consentsOf(tx, id),
      groups: await ask.groupsOf(tx, id),
      twins: await merges.twins(tx, community.id, id),
      unreached: await ask.isUnreached(tx, community.id, id),
    }
  })
  return {
    ...seen,
    merges: await asSystem(actor.house, 'what is said of two entries, with the name of the one who is gone', (tx) =>
      merges.mergesOf(tx, seen.community.id, id, undoneSince(actor)),
    ),
  }
}

/** A merge is undone within thirty days. */
export const undoDays = 30
export const undoneSince = (actor: Actor): Date => new Date(actor.house.clock.now().getTime() - undoDays * 86_400_000)

/** Corrects what somebody without an account tells. `elsewhere`: somebody changed it meanwhile. */
export function correct(
  actor: Actor,
  slug: string,
  id: string,
  said: Told & OwnChoice,
  rev: number,
): Promise<'done' | 'elsewhere'> {
  return asActor(actor, async (tx) => {
    const { person } = await personHere(tx, actor, slug, id)
    // Who has an account corrects themselves.
    if (person.hasAccount) refuse('not-yours')
    if (!(await ask.changePerson(tx, id, said, rev))) return 'elsewhere'
    const { ageBand, askedAbout } = said
    if (ageBand || askedAbout) await ask.writeOwnChoice(tx, id, { ageBand, askedAbout })
    return 'done'
  })
}

/** A key holder knows who this is, or was wrong about it. */
export const know = (actor: Actor, slug: string, id: string, known: boolean): Promise<void> =>
  asActor(actor, async (tx) => {
    await personHere(tx, actor, slug, id)
    await ask.knowPerson(tx, id, known)
  })

/** A yes or a no that somebody without an account says on paper or aloud. */
export const keepConsent = (
  actor: Actor,
  slug: string,
  id: string,
  purpose: Purpose,
  said: ToldBy | 'no',
): Promise<void> =>
  asActor(actor, async (tx) => {
    const { person } = await personHere(tx, actor, slug, id)
    if (person.hasAccount) refuse('not-yours')
    if (said === 'no') await ask.withdrawConsent(tx, id, purpose, actor.house.clock.now())
    else await give(tx, actor, id, purpose, said)
  })
