// What the pages of a room show, each as the one who asks: whose it is, who holds keys, what is proposed, and who has looked.
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { seeCommunity } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { happens } from './hand-over.deeds.ts'
import * as hand from './hand-over.queries.ts'
import * as keys from './keys.queries.ts'
import * as looks from './looks.queries.ts'
import { agreementNeeded, noticeDays, type Rule, usualRule } from './room.ts'

/** The place, or "not found". */
export const placeOf = async (actor: Actor, slug: string): Promise<Community> =>
  (await seeCommunity(actor, slug)).community

/** The place, for those who belong to it; nobody else is told more than that it is not theirs. Whoever works for the municipality is a guest, also at home. */
export async function placeOfMine(person: SignedIn, slug: string): Promise<Community> {
  const place = await placeOf(person, slug)
  const belongs = !isMunicipal(person) && person.places.some(({ community }) => community === place.id)
  return belongs ? place : refuse('not-yours')
}

export interface Eye {
  /** The one who looks belongs to the place: their person there. */
  me: string | null
  keeps: boolean
  /** Works with the place for the municipality. */
  works: boolean
}

export interface RoomSeen {
  community: Community
  eye: Eye
  today: string
  keeper: string | null
  since: Date
  open: hand.HandOver | null
  last: hand.HandOver | null
  /** How many have said yes to what is open. */
  yes: number
  /** Who has; only for those who belong. */
  yesBy: string[]
  keys: { held: number; asked: number }
  people: keys.KeyPerson[]
  events: keys.KeyEvent[]
  looksByMonth: looks.Month[]
  /** Those since half a year, with their reasons; only for key holders. */
  looks: looks.Look[]
  associations: { id: string; name: string }[]
}

async function eyeOf(tx: Tx, actor: Actor, community: string): Promise<Eye> {
  if (actor.role === 'guest') return { me: null, keeps: false, works: false }
  if (actor.role === 'employee') return { me: null, keeps: false, works: await looks.worksHere(tx, community) }
  if (actor.role === 'leader' || actor.role === 'officer' || actor.role === 'operator')
    return { me: null, keeps: false, works: false }
  const me = await keys.myself(tx, community)
  return { me: me?.id ?? null, keeps: actor.role === 'keyholder' && (me?.keeps ?? false), works: false }
}

const dayMs = 86_400_000

/** The room of a place, with what the one who asks may know of it. What is due happens first. */
export async function seeRoom(actor: Actor, slug: string): Promise<RoomSeen> {
  let community = await placeOf(actor, slug)
  let facts = await asActor(actor, (tx) => hand.roomFacts(tx, community.id))
  if (facts.due && (await happens(actor.house, slug))) {
    community = await placeOf(actor, slug)
    facts = await asActor(actor, (tx) => hand.roomFacts(tx, community.id))
  }
  const now = actor.house.clock.now()
  const { keeper, since, open, last, yes, held, asked } = facts
  return asActor(actor, async (tx) => {
    const eye = await eyeOf(tx, actor, community.id)
    return {
      community,
      eye,
      today: wallTimeIn(community.timeZone, now).date,
      keeper,
      since,
      open,
      last,
      yes,
      yesBy: eye.me && open ? await hand.whoSaidYes(tx, open.id) : [],
      keys: { held, asked },
      people: eye.me ? await keys.keyPeople(tx, community.id) : [],
      events: eye.me ? await keys.eventsOf(tx, community.id, new Date(now.getTime() - 365 * dayMs)) : [],
      looksByMonth: await looks.byMonth(tx, community.id),
      looks: eye.keeps ? await looks.looksAt(tx, community.id, new Date(now.getTime() - 183 * dayMs)) : [],
      associations:
        eye.keeps || (eye.works && keeper === null) ? await hand.associationsToTakeOver(tx, community.id) : [],
    }
  })
}

export interface NoticeSeen {
  event: keys.KeyEvent
  /** Whose key, and whose it was; null for somebody who is gone. */
  person: string | null
  from: string | null
}

/** What has happened to the keys within the last thirty days, for the members' page of a place. Nothing for others. */
export async function noticesFor(actor: Actor, community: string): Promise<NoticeSeen[]> {
  if (actor.role === 'guest' || actor.account === null) return []
  const since = new Date(actor.house.clock.now().getTime() - noticeDays * dayMs)
  if (actor.role !== 'resident' && actor.role !== 'host' && actor.role !== 'keyholder') return []
  return asActor(actor, async (tx) => {
    const events = await keys.eventsOf(tx, community, since)
    if (events.length === 0) return []
    const names = new Map((await keys.keyPeople(tx, community)).map(({ id, name }) => [id, name]))
    return events.map((event) => ({
      event,
      person: (event.person && names.get(event.person)) ?? null,
      from: (event.from && names.get(event.from)) ?? null,
    }))
  })
}

export interface KeysSeen {
  community: Community
  me: string
  keeps: boolean
  people: keys.KeyPerson[]
  changes: keys.Change[]
  events: keys.KeyEvent[]
  needed: ReturnType<typeof agreementNeeded>
  rule: Rule
  /** Who answers to a name that was typed, for a key holder. */
  found: { id: string; name: string; account: boolean }[]
}

export async function seeKeys(person: SignedIn, slug: string, typed: string): Promise<KeysSeen> {
  const community = await placeOfMine(person, slug)
  const now = person.house.clock.now()
  return asActor(person, async (tx) => {
    const me = (await keys.myself(tx, community.id)) ?? refuse('not-yours')
    const people = await keys.keyPeople(tx, community.id)
    const keeps = person.role === 'keyholder' && me.keeps
    return {
      community,
      me: me.id,
      keeps,
      people,
      changes: await keys.openChanges(tx, community.id),
      events: await keys.eventsOf(tx, community.id, new Date(now.getTime() - 730 * dayMs)),
      needed: agreementNeeded(people.filter(({ holds }) => holds).length),
      rule: (await keys.ruleOf(tx, community.id)) ?? usualRule,
      found: keeps && typed ? await keys.findMembers(tx, community.id, typed) : [],
    }
  })
}

export interface TrustSeen {
  community: Community
  rule: Rule
  inMe: number
  /** I am asked whether I want the key. */
  asked: string | null
  known: { id: string; name: string; trusted: boolean }[]
}

export async function seeTrust(person: SignedIn, slug: string): Promise<TrustSeen> {
  const community = await placeOfMine(person, slug)
  return asActor(person, async (tx) => {
    const me = (await keys.myself(tx, community.id)) ?? refuse('not-yours')
    const trusted = await keys.trustedByMe(tx, me.id)
    return {
      community,
      rule: (await keys.ruleOf(tx, community.id)) ?? usualRule,
      inMe: await keys.trustInMe(tx, community.id),
      asked: (await keys.openChanges(tx, community.id)).find(({ to }) => to === me.id)?.id ?? null,
      known: (await keys.neighboursKnown(tx, community.id)).map((one) => ({ ...one, trusted: trusted.has(one.id) })),
    }
  })
}

/** All looks everywhere, without whom they saw: for the data protection officer. */
export async function seeAllLooks(person: SignedIn): Promise<looks.Look[]> {
  if (person.role !== 'officer') refuse('not-yours')
  return asActor(person, looks.allLooks)
}
