// Two entries that are one person: said so by the person, confirmed by who knows the other entry, undone within thirty days.
//
// Each of the two must have said yes: the one with an account by a tap of its own, the one without to a key holder, on paper or aloud. What
// somebody types about themselves is no proof: whoever writes a neighbour's number into their own page gets nothing of the neighbour's.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../access/session.deeds.ts'
import { communityAt } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './merge.queries.ts'
import { isId, keptPlace, todayAt, undoneSince } from './people.deeds.ts'
import * as people from './people.queries.ts'
import type { Medium, ToldBy } from './person.ts'

export interface TwinsSeen {
  community: Community
  pairs: ask.Pair[]
  /** Begun by one of the two, and done within the last thirty days. */
  merges: ask.Merge[]
}

/** For key holders: who may be written down twice. */
export async function seeTwins(actor: Actor, slug: string): Promise<TwinsSeen> {
  const seen = await asActor(actor, async (tx) => {
    const community = await keptPlace(tx, actor, slug)
    return { community, pairs: await ask.twins(tx, community.id, null) }
  })
  const merges = await asSystem(actor.house, 'what is said of two entries, with the names of both', (tx) =>
    ask.mergesOf(tx, seen.community.id, null, undoneSince(actor)),
  )
  return { ...seen, merges }
}

type Side = Awaited<ReturnType<typeof ask.lockPair>>[number]

/** Who stays: the one with a role, else with an account, else who was here first. */
const staysFirst = (a: Side, b: Side): number => {
  const weight = ({ role, account }: Side) => (role && role !== 'resident' ? 2 : account ? 1 : 0)
  return weight(b) - weight(a) || a.joinedOn.localeCompare(b.joinedOn) || a.id.localeCompare(b.id)
}

/** Both locked, and what stands about them; begun when nothing does. Whoever comes second finds them as the first left them. */
async function openPair(tx: Tx, actor: Actor, community: Community, pair: readonly [string, string]) {
  const sides = await ask.lockPair(tx, community.id, pair)
  if (sides.length < 2) return refuse('not-found')
  if (sides.some(({ merged }) => merged)) return refuse('merge.taken')
  const standing = await ask.mergeOfPair(tx, pair)
  if (standing) return { sides, id: standing.id }
  const [kept, gone] = [...sides].sort(staysFirst)
  if (!kept || !gone) return refuse('not-found')
  const id = uuid()
  await ask.beginMerge(tx, {
    id,
    community: community.id,
    kept: kept.id,
    gone: gone.id,
    today: todayAt(community, actor),
  })
  return { sides, id }
}

/** Merges when the last yes is said. Answers whether it was. */
async function finish(tx: Tx, actor: Actor, id: string): Promise<'done' | 'waiting'> {
  const did = await ask.mergePeople(tx, id, actor.house.clock.now())
  if (did === 'done' || did === 'waiting') return did
  return refuse(did === 'keys' ? 'merge.keys' : did === 'taken' ? 'merge.taken' : 'not-found')
}

/** A tap of the person: "Ja, det er også mig", or no. `other` is an entry that `my_twins` has shown, or one that has begun. */
export async function tapTwin(
  me: SignedIn,
  slug: string,
  other: string,
  yes: boolean,
): Promise<'done' | 'waiting' | 'apart'> {
  const seen = await asActor(me, async (tx) => {
    const community = (!isMunicipal(me) && isId(other) && (await communityAt(tx, slug))) || refuse('not-found')
    const self = (await people.personOfAccount(tx, community.id, me.account)) ?? refuse('not-found')
    const offered = (await ask.myTwins(tx, community.id)).some(({ id }) => id === other)
    return { community, self: self.id, offered }
  })
  return asSystem(me.house, 'a merge moves rows that no single person may', async (tx) => {
    const pair = [seen.self, other] as const
    // Nobody begins with somebody they cannot know of: only what was offered, or what the other side has begun.
    if (!seen.offered && !(await ask.mergeOfPair(tx, pair))) refuse('not-found')
    const { id } = await openPair(tx, me, seen.community, pair)
    if (!yes) {
      await ask.sayApart(tx, id)
      return 'apart'
    }
    await ask.sayYes(tx, id, seen.self, 'tap')
    return finish(tx, me, id)
  })
}

/** A key holder writes down that two entries are one, as those without an account say it on paper or aloud; or that they are two. */
export async function confirmTwins(
  actor: Actor,
  slug: string,
  pair: readonly [string, string],
  said: ToldBy | 'apart',
): Promise<'done' | 'waiting' | 'apart'> {
  const community = await asActor(actor, (tx) => keptPlace(tx, actor, slug))
  if (!pair.every(isId) || pair[0] === pair[1]) refuse('not-found')
  return asSystem(actor.house, 'a merge moves rows that no single person may', async (tx) => {
    const { id, sides } = await openPair(tx, actor, community, pair)
    if (said === 'apart') {
      await ask.sayApart(tx, id)
      return 'apart'
    }
    const without = sides.filter(({ account }) => account === null)
    // Two with accounts say it themselves.
    if (without.length === 0) refuse('merge.own-yes')
    const medium: Medium = said
    for (const side of without) await ask.sayYes(tx, id, side.id, medium)
    return finish(tx, actor, id)
  })
}

/** Makes two of one again: the person themselves, or a key holder of the place. */
export async function undoMerge(actor: Actor, slug: string, merge: string): Promise<void> {
  const may = await asActor(actor, async (tx) => {
    const community =
      (actor.account !== null && !isMunicipal(actor) && isId(merge) && (await communityAt(tx, slug))) ||
      refuse('not-found')
    return { community: community.id, keeps: await people.keeps(tx, community.id) }
  })
  await asSystem(actor.house, 'a merge moves rows that no single person may', async (tx) => {
    const sides = await ask.sidesOf(tx, merge)
    if (!sides || sides.community !== may.community) return refuse('not-found')
    if (!may.keeps && !sides.accounts.includes(actor.account)) refuse('not-found')
    const did = await ask.undoMerge(tx, merge, actor.house.clock.now())
    if (did !== 'done')
      refuse(
        did === 'gone' ? 'not-found' : did === 'late' ? 'merge.late' : did === 'later' ? 'merge.later' : 'merge.taken',
      )
  })
}
