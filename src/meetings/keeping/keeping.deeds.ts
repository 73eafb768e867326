// Keeping "what you have done": a guest becomes a person with it, by what only their link or their phone has. Exit cards never
// come along: nothing ties them to anybody. Words said in the hall have no name either.
import { createHash } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { SignedIn } from '../../access/session.deeds.ts'
import { communityAt } from '../../communities/community.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { asActor, asSystem, guestIn, type House, isMunicipal, type Tx } from '../../db/as-actor.ts'
import { becomePerson, personFor } from '../../people/becoming.deeds.ts'
import { refuse } from '../../refusal.ts'
import * as ask from './keeping.queries.ts'

/** So many with nothing but a name may say yes in one place in an hour: a program does not fill a place with people. */
export const joinsAnHour = 60
const withNothing = new RateLimiterMemory({ points: joinsAnHour, duration: 3600 })

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** What a guest shows: the secrets of their own links, and their phone's tag at the door. */
export interface Shown {
  /** `/k/SECRET`: that they come. */
  coming?: string | undefined
  /** `/g/SECRET`: what they promised. */
  commitment?: string | undefined
  arrival?: { meeting: string; tag: Buffer } | undefined
  /** Invitations that this browser has made: the link alone is no proof, for it is handed on. */
  invitations?: readonly string[] | undefined
}

export interface Keepable {
  community: Community
  doings: ask.Doing[]
  /** Something was shown, and all of it is somebody's already. */
  taken: boolean
  /** The name that stands there. */
  name: string
}

const proofOf = (shown: Shown): ask.Proof => ({
  coming: shown.coming ? sha256(shown.coming) : undefined,
  commitment: shown.commitment ? sha256(shown.commitment) : undefined,
  arrival: shown.arrival,
  invitations: shown.invitations?.map(sha256),
})

/** Only what was done in this place. */
const doingsIn = async (tx: Tx, community: string, shown: Shown): Promise<ask.Doing[]> =>
  (await ask.doings(tx, proofOf(shown))).filter((one) => one.community === community)

async function placeOf(house: House, slug: string): Promise<Community> {
  return (await asActor(guestIn(house), (tx) => communityAt(tx, slug))) ?? refuse('not-found')
}

/** What somebody could keep. A secret that nobody was given shows nothing. */
export async function lookAtDoings(house: House, slug: string, shown: Shown): Promise<Keepable> {
  const community = await placeOf(house, slug)
  const found = await asSystem(house, 'show a guest what they have done, by what only they have', (tx) =>
    doingsIn(tx, community.id, shown),
  )
  const free = found.filter(({ person }) => person === null)
  return {
    community,
    doings: free,
    taken: found.length > 0 && free.length === 0,
    name: free.find(({ name }) => name !== null)?.name ?? '',
  }
}

/** The account of a form: sent again, it is the same. A UUID of version 8 (RFC 9562). */
function accountOf(house: House, community: string, key: string): string {
  const bytes = createHash('sha3-256')
    .update(house.keys.houseSecret())
    .update(JSON.stringify(['join', community, key]))
    .digest()
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const cameTo = (doings: readonly ask.Doing[]): boolean =>
  doings.some(({ kind }) => kind === 'arrival' || kind === 'commitment')

/** A guest says yes. Answers the session's token; `taken` when somebody else got what was shown, or the form is an old one. */
export async function join(
  house: House,
  slug: string,
  shown: Shown,
  said: { name: string; key: string; device: string },
): Promise<{ token: string } | 'taken'> {
  const community = await placeOf(house, slug)
  return asSystem(house, 'a guest becomes a person, by their own yes', async (tx) => {
    const found = await doingsIn(tx, community.id, shown)
    // Who shows what they did at a meeting is let in however many they are: of these there are no more than came.
    if (found.length === 0) await withNothing.consume(community.id).catch(() => refuse('join.many'))
    const account = accountOf(house, community.id, said.key)
    const become = await becomePerson(tx, house, {
      community,
      account,
      name: said.name,
      device: said.device,
      existsBy: cameTo(found) ? 'came' : 'said_yes',
    })
    if (!become) return 'taken'
    const theirs = await tieAll(tx, found, become.person)
    if (found.length > 0 && theirs === 0) refuse('join.taken')
    return { token: become.token }
  })
}

/** Somebody who is signed in adds what they did as a guest. */
export async function addTo(me: SignedIn, slug: string, shown: Shown): Promise<void> {
  if (isMunicipal(me)) refuse('not-yours')
  const community = await placeOf(me.house, slug)
  await asSystem(me.house, 'what somebody did as a guest becomes theirs', async (tx) => {
    const found = await doingsIn(tx, community.id, shown)
    const person = await personFor(tx, me.house, {
      community,
      account: me.account,
      name: me.name,
      existsBy: cameTo(found) ? 'came' : 'said_yes',
    })
    const theirs = await tieAll(tx, found, person)
    if (found.length > 0 && theirs === 0) refuse('join.taken')
  })
}

async function tieAll(tx: Tx, found: readonly ask.Doing[], person: string): Promise<number> {
  let theirs = 0
  for (const one of found) if (await ask.tie(tx, one, person)) theirs++
  return theirs
}
