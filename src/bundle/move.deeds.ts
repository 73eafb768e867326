// A community is taken home from a page: one who holds a key asks, a second says yes, the two fetch the file, and two let the place go.
import { v7 as uuid } from 'uuid'
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import type { Community } from '../communities/community.ts'
import { asActor, asSystem, type House, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { placeOfMine } from '../rooms/room.deeds.ts'
import { inOneWriting, placeToMove } from './bundle.queries.ts'
import { fingerprintOf, signerOf } from './envelope.ts'
import { contentOf, mayGoNow, packCommunity } from './export.deeds.ts'
import { type LetGo, letGo } from './let-go.deeds.ts'
import { madeHere } from './let-go.queries.ts'
import * as ask from './move.queries.ts'
import { fetchUntil, type Move, type Stage, stageOf } from './move.ts'
import { withNameless } from './nameless.ts'
import { BundleProblem } from './problem.ts'
import { readReceipt } from './receipt.ts'
import { sealedStream } from './sealing.ts'

const why = 'moves a community: one after the other, and by those who hold its keys'

interface Turn {
  tx: Tx
  place: ask.Held
  me: { id: string; news: boolean }
  move: Move | null
  stage: Stage
  now: Date
}

/** For somebody who holds a key of the place, when it is their turn. Everybody else is told that it is not theirs. */
async function inTurn<T>(person: SignedIn, slug: string, work: (turn: Turn) => Promise<T>): Promise<T> {
  const { house } = person
  const now = house.clock.now()
  return asSystem(house, why, async (tx) => {
    const place = (await ask.hold(tx, slug)) ?? refuse('not-found')
    const holder = person.role === 'keyholder' && (await ask.keyHolder(tx, place.id, person.account))
    const me = holder || refuse('not-yours')
    const move = await ask.moveOf(tx, place.id)
    return work({ tx, place, me, move, stage: stageOf(move, now), now })
  })
}

const told = (person: string, community: string, what: 'move_asked' | 'move_agreed' | 'move_stopped', at: Date) => ({
  id: uuid(),
  community,
  what,
  person,
  at,
})

/** Asks whether the place may be packed: the first yes. Only where an association has the responsibility, for the names leave with it. */
export async function askToMove(person: SignedIn, slug: string): Promise<void> {
  mustHaveProved(person)
  await inTurn(person, slug, async ({ tx, place, me, move, stage, now }) => {
    if (place.interim) refuse('move.interim')
    if (me.news) refuse('key.news')
    if (stage === 'asked' || stage === 'agreed') refuse('move.asked')
    if (move) await ask.end(tx, move.id, now)
    const id = uuid()
    await ask.addMove(tx, id, place.id, now)
    await ask.addYes(tx, id, 'pack', me.id, now)
    await ask.tell(tx, told(me.id, place.id, 'move_asked', now))
  })
}

/** The second yes, from another who holds a key. From now on the two may fetch the file. */
export async function agreeToMove(person: SignedIn, slug: string, id: string): Promise<void> {
  mustHaveProved(person)
  await inTurn(person, slug, async ({ tx, place, me, move, stage, now }) => {
    if (move?.id !== id || stage !== 'asked') return refuse('move.over')
    if (place.interim) refuse('move.interim')
    if (me.news) refuse('key.news')
    if (!(await ask.addYes(tx, id, 'pack', me.id, now))) refuse('move.said')
    await ask.tell(tx, told(me.id, place.id, 'move_agreed', now))
    // Whoever asked and has no key any more does not count: then it takes another one.
    if (move.packYes.length > 0) await ask.agree(tx, id, now)
  })
}

/** Says no, or changes one's mind. Files that were fetched stay where they are. */
export async function stopMove(person: SignedIn, slug: string, id: string): Promise<void> {
  await inTurn(person, slug, async ({ tx, place, me, move, now }) => {
    if (move?.id !== id) return refuse('move.over')
    await ask.end(tx, id, now)
    await ask.tell(tx, told(me.id, place.id, 'move_stopped', now))
  })
}

/** One packing at a time: it reads a whole place, and a hall waits for the same machine. */
let packing = false

/** The whole place, sealed with this passphrase, as it is now. For one of the two who said yes, within the day. Throws BundleProblem. */
export async function fetchBundle(
  person: SignedIn,
  slug: string,
  { id, passphrase, folder }: { id: string; passphrase: string; folder: string },
): Promise<ReadableStream<Uint8Array>> {
  mustHaveProved(person)
  await inTurn(person, slug, async ({ place, me, move, stage }) => {
    if (move?.id !== id || stage !== 'agreed') return refuse('move.over')
    if (place.interim) refuse('move.interim')
    if (!move.packYes.includes(me.id)) refuse('not-yours')
  })
  if (packing) refuse('move.busy')
  packing = true
  try {
    return await withNameless(folder, async (file, keep) => {
      await packCommunity(person.house, slug, file)
      const stream = await sealedStream(file, passphrase)
      keep()
      return stream
    })
  } finally {
    packing = false
  }
}

/** Lays down what the new installation has signed: the first yes to letting go. Throws BundleProblem. */
export async function bringReceipt(
  person: SignedIn,
  slug: string,
  { id, text, although }: { id: string; text: string; although: boolean },
): Promise<void> {
  const said = readReceipt(text)
  await inTurn(person, slug, async ({ tx, place, me, move, stage, now }) => {
    if (move?.id !== id || (stage !== 'agreed' && stage !== 'packed')) return refuse('move.over')
    if (me.news) refuse('key.news')
    const here = (await placeToMove(tx, slug)) ?? refuse('not-found')
    mayGoNow(here)
    const made = await madeHere(tx, slug, said.bundle)
    if (!made)
      throw new BundleProblem('receipt-other', 'the receipt is for a bundle that was not made here of this place')
    await inOneWriting(tx)
    if (!although && made.content !== (await contentOf(tx, place.id)))
      throw new BundleProblem('written-since', 'something was written here after the packing, and did not come along')
    await ask.setReceipt(tx, id, text.replace(/\s/g, ''), although)
    await ask.addYes(tx, id, 'let-go', me.id, now)
  })
}

/** Takes the receipt away again: nothing goes. */
export async function takeReceiptBack(person: SignedIn, slug: string, id: string): Promise<void> {
  await inTurn(person, slug, async ({ tx, move }) => {
    if (move?.id !== id) return refuse('move.over')
    await ask.setReceipt(tx, id, null, false)
  })
}

/** The second yes to letting go, from another: `signer` is what they have heard read aloud. Then the place goes. Throws BundleProblem. */
export async function letMoveGo(
  person: SignedIn,
  slug: string,
  { id, signer }: { id: string; signer: string },
): Promise<LetGo> {
  mustHaveProved(person)
  const { receipt, although } = await inTurn(person, slug, async ({ me, move }) => {
    if (move?.id !== id || !move.receipt) return refuse('move.over')
    if (me.news) refuse('key.news')
    // The one who brought it may have no key any more: then somebody else brings it anew.
    if (move.goYes.length === 0) return refuse('move.over')
    if (move.goYes.includes(me.id)) refuse('move.said')
    return { receipt: move.receipt, although: move.although }
  })
  return letGo(person.house, slug, { receipt, signer, although })
}

export interface MoveSeen {
  community: Community
  me: string
  keeps: boolean
  move: Move | null
  stage: Stage
  people: ask.Holder[]
  /** Why nothing is packed just now. */
  wait: BundleProblem | null
  /** For whoever may fetch: until when, and what they read aloud to the receiver. */
  until: Date | null
  fingerprint: string | null
  /** What the receipt says, when one lies there. */
  receipt: { address: string; fingerprint: string } | null
}

/** How far the move of a place has come, for those who belong. */
export async function seeMove(person: SignedIn, slug: string): Promise<MoveSeen> {
  const { house } = person
  const community = await placeOfMine(person, slug)
  const now = house.clock.now()
  const seen = await asActor(person, async (tx) => ({
    me: (await ask.myself(tx, community.id, person.account)) ?? refuse('not-yours'),
    people: await ask.people(tx, community.id),
  }))
  const move = await asSystem(house, 'show a member how far the move has come', (tx) => ask.moveOf(tx, community.id))
  const stage = stageOf(move, now)
  const keeps = person.role === 'keyholder' && seen.people.some(({ id, holds }) => holds && id === seen.me)
  return {
    community,
    ...seen,
    move: stage === 'none' ? null : move,
    stage,
    keeps,
    wait: keeps ? await waitFor(house, slug) : null,
    until: move?.agreedAt ? fetchUntil(move.agreedAt) : null,
    fingerprint: keeps && stage === 'agreed' ? fingerprintOf(signerOf(house.keys).key) : null,
    receipt: move?.receipt ? readReceipt(move.receipt) : null,
  }
}

const waitFor = (house: House, slug: string): Promise<BundleProblem | null> =>
  asSystem(house, 'see whether anything is sealed to this machine', async (tx) => {
    const place = await placeToMove(tx, slug)
    try {
      if (place) mayGoNow(place)
      return null
    } catch (error) {
      return error instanceof BundleProblem ? error : Promise.reject(error)
    }
  })
