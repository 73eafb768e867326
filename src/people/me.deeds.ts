// What somebody does as themselves in a place: see and change who they are here, say yes and no, find the neighbours who chose to be found.
import { v7 as uuid } from 'uuid'
import { callAccount } from '../access/account.deeds.ts'
import type { SignedIn } from '../access/session.deeds.ts'
import { communityAt } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { type Consent, newestVersion, type Purpose } from './consents.ts'
import * as merges from './merge.queries.ts'
import { undoneSince } from './people.deeds.ts'
import * as ask from './people.queries.ts'
import type { OwnChoice, Person, Told } from './person.ts'

/** Somebody with an account, in a browser or by a program of theirs. */
export type Oneself = Actor & { account: string }

/** The place and who the one who acts is there. Somebody who is nobody there is answered as if it were not there. */
async function selfIn(tx: Tx, me: Oneself, slug: string): Promise<{ community: Community; person: Person }> {
  const community = (!isMunicipal(me) && (await communityAt(tx, slug))) || refuse('not-found')
  const person = await ask.personOfAccount(tx, community.id, me.account)
  return { community, person: person ?? refuse('not-found') }
}

export interface SelfSeen {
  community: Community
  person: Person
  own: OwnChoice
  consents: Consent[]
  groups: { id: string; name: string; saidYes: boolean }[]
  /** "Er det også dig?" */
  twins: merges.Twin[]
  merges: merges.Merge[]
  known: boolean
  /** Letters to one's address come back. */
  unreached: boolean
}

export async function seeSelf(me: SignedIn, slug: string): Promise<SelfSeen> {
  const seen = await asActor(me, async (tx) => {
    const { community, person } = await selfIn(tx, me, slug)
    return {
      community,
      person,
      own: await ask.ownChoiceOf(tx, person.id),
      consents: await ask.consentsOf(tx, person.id),
      groups: await ask.groupsOf(tx, person.id),
      twins: await merges.myTwins(tx, community.id),
      known: (await ask.knownHere(tx, community.id)) ?? false,
      unreached: await ask.amUnreached(tx, person.mail),
    }
  })
  return {
    ...seen,
    merges: await asSystem(me.house, 'what is said of two entries, with the name of the other', (tx) =>
      merges.mergesOf(tx, seen.community.id, seen.person.id, undoneSince(me)),
    ),
  }
}

/** Changes who one is here. `elsewhere`: it was changed on another device meanwhile. */
export const changeSelf = (
  me: SignedIn,
  slug: string,
  said: Told & OwnChoice,
  rev: number,
): Promise<'done' | 'elsewhere'> =>
  asActor(me, async (tx) => {
    const { person } = await selfIn(tx, me, slug)
    if (!(await ask.changePerson(tx, person.id, said, rev))) return 'elsewhere'
    await ask.setOwnChoice(tx, person.id, { ageBand: said.ageBand, askedAbout: said.askedAbout })
    if (said.name !== me.name) await callAccount(tx, me.account, said.name)
    return 'done'
  })

/** Yes or no to one purpose, in one tap. */
export const consent = (me: SignedIn, slug: string, purpose: Purpose, yes: boolean): Promise<void> =>
  asActor(me, async (tx) => {
    const { person } = await selfIn(tx, me, slug)
    const at = me.house.clock.now()
    if (yes)
      await ask.giveConsent(tx, {
        id: uuid(),
        person: person.id,
        purpose,
        version: newestVersion(purpose),
        medium: 'tap',
        at,
      })
    else await ask.withdrawConsent(tx, person.id, purpose, at)
  })

export interface ContactsSeen {
  community: Community
  /** Null for a newcomer whom no key holder knows yet. */
  contacts: ask.Contact[] | null
}

/** The neighbours who chose to be found, for neighbours. */
export const seeContacts = (me: Oneself, slug: string): Promise<ContactsSeen> =>
  asActor(me, async (tx) => {
    const { community } = await selfIn(tx, me, slug)
    const known = await ask.knownHere(tx, community.id)
    return { community, contacts: known ? await ask.contactList(tx, community.id) : null }
  })
