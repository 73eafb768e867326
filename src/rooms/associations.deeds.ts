// Associations and groups: kept by the key holders in levels, joined by one's own yes, left in one tap.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './associations.queries.ts'
import * as keys from './keys.queries.ts'
import { placeOf, placeOfMine } from './room.deeds.ts'
import type { GroupSaid } from './room.ts'
import { isId } from './room.ts'

export interface GroupsSeen {
  community: Community
  keeps: boolean
  belongs: boolean
  groups: ask.Group[]
  /** What the one who looks is in, or asked into. */
  mine: Map<string, 'in' | 'asked'>
}

const isNeighbour = (actor: Actor) => actor.role === 'resident' || actor.role === 'host' || actor.role === 'keyholder'

/** Which associations and groups a place has: everybody may know. */
export async function seeGroups(actor: Actor, slug: string): Promise<GroupsSeen> {
  const community = await placeOf(actor, slug)
  return asActor(actor, async (tx) => {
    const me = isNeighbour(actor) ? await keys.myself(tx, community.id) : null
    return {
      community,
      keeps: actor.role === 'keyholder' && (me?.keeps ?? false),
      belongs: me !== null,
      groups: await ask.groupsOf(tx, community.id),
      mine: me ? await ask.minesHere(tx, me.id) : new Map(),
    }
  })
}

export interface GroupSeen extends GroupsSeen {
  group: ask.Group
  my: 'in' | 'asked' | null
  people: ask.InGroup[]
  found: { id: string; name: string; account: boolean }[]
}

/** One group, for those who belong to the place. Who is in it, only for who is in it and for key holders. */
export async function seeGroup(person: SignedIn, slug: string, id: string, typed = ''): Promise<GroupSeen> {
  await placeOfMine(person, slug)
  const seen = await seeGroups(person, slug)
  const group = seen.groups.find((one) => one.id === id) ?? refuse('not-found')
  return asActor(person, async (tx) => ({
    ...seen,
    group,
    my: seen.mine.get(id) ?? null,
    people: await ask.whoIsIn(tx, id),
    found: seen.keeps && typed ? await keys.findMembers(tx, seen.community.id, typed) : [],
  }))
}

/** A deed of a key holder, as themselves: the policies decide again. */
async function asKeeper<T>(person: SignedIn, slug: string, work: (tx: Tx, place: Community) => Promise<T>): Promise<T> {
  const place = await placeOf(person, slug)
  return asActor(person, async (tx) => {
    const me = isNeighbour(person) ? await keys.myself(tx, place.id) : null
    if (person.role !== 'keyholder' || !me?.keeps) return refuse('not-yours')
    return work(tx, place)
  }).catch((error: unknown) => {
    const { code } = error as { code?: unknown }
    // Too deep, in itself, or in another place; or its parent was closed meanwhile.
    if (code === '23514' || code === '23503') return refuse('group.levels')
    throw error
  })
}

export const addGroup = (person: SignedIn, slug: string, said: GroupSaid): Promise<string> =>
  asKeeper(person, slug, async (tx, place) => {
    const id = uuid()
    const madeOn = wallTimeIn(place.timeZone, person.house.clock.now()).date
    await ask.addGroup(tx, { id, community: place.id, ...said, madeOn })
    return id
  })

/** Renames or moves it. Who changed it first wins; the other is told. */
export const changeGroup = (person: SignedIn, slug: string, id: string, rev: number, said: GroupSaid): Promise<void> =>
  asKeeper(person, slug, async (tx, place) => {
    const group = (await ask.findGroup(tx, place.id, id)) ?? refuse('not-found')
    if (group.rev !== rev || !(await ask.changeGroup(tx, id, rev, said))) refuse('changed-since')
  })

/** Closes it with what lies in it, unless one of them has the room. */
export const closeGroup = async (person: SignedIn, slug: string, id: string): Promise<void> => {
  const place = await placeOf(person, slug)
  await asSystem(person.house, 'nobody hands the room to an association while it is closed', async (tx) => {
    const held = (await keys.holdRoom(tx, slug)) ?? refuse('not-found')
    if ((await keys.memberHere(tx, held.id, person.account))?.role !== 'keyholder') refuse('not-yours')
    if (!(await ask.findGroup(tx, place.id, id))) refuse('not-found')
    if (await ask.keepsRoom(tx, id)) refuse('group.keeps')
    await ask.closeGroup(tx, id)
  })
}

/** Says yes for oneself: to a group one was asked into, or by oneself. */
export async function joinGroup(person: SignedIn, slug: string, id: string): Promise<void> {
  const { me } = await mine(person, slug, id)
  await asActor(person, (tx) => ask.join(tx, id, me, person.house.clock.now()))
}

/** Leaves, or says no to being asked. */
export async function leaveGroup(person: SignedIn, slug: string, id: string): Promise<void> {
  const { me } = await mine(person, slug, id)
  await asActor(person, (tx) => ask.leave(tx, id, me))
}

async function mine(person: SignedIn, slug: string, id: string): Promise<{ me: string }> {
  const community = await placeOfMine(person, slug)
  return asActor(person, async (tx) => {
    const me = (await keys.myself(tx, community.id)) ?? refuse('not-yours')
    if (!isId(id) || !(await ask.findGroup(tx, community.id, id))) refuse('not-found')
    return { me: me.id }
  })
}

export type Medium = 'paper' | 'voice'

/** A key holder asks somebody in. Whoever has no account has said yes on paper or aloud, and that is written down. */
export const askIntoGroup = (
  person: SignedIn,
  slug: string,
  id: string,
  whom: string,
  medium: Medium | null,
): Promise<void> =>
  asKeeper(person, slug, async (tx, place) => {
    if (!(await ask.findGroup(tx, place.id, id))) refuse('not-found')
    const account = isId(whom) ? await ask.hasAccount(tx, place.id, whom) : null
    if (account === null) refuse('not-found')
    // Nobody says yes for somebody who can say it themselves.
    const yes = medium && !account ? { at: person.house.clock.now(), medium } : null
    const added = await ask.askInto(tx, id, whom, yes)
    if (!added && yes) await ask.writeYes(tx, id, whom, yes.at, yes.medium)
  })

/** A key holder takes out who has no account, on their word, or takes a question back. */
export const takeOut = (person: SignedIn, slug: string, id: string, whom: string): Promise<void> =>
  asKeeper(person, slug, async (tx, place) => {
    if (!isId(whom) || !(await ask.findGroup(tx, place.id, id))) refuse('not-found')
    if (!(await ask.leave(tx, id, whom))) refuse('not-yours')
  })
