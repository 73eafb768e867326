// What is done about who brought whom: the tree is looked at, and a neighbour gets a card of their own to hand on.
import { hash, randomUUID } from 'node:crypto'
import { wallTimeIn } from '../clock.ts'
import { communityAt } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { type Actor, asActor, asSystem, guestIn, type House, isMunicipal, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Brought, Tree } from './brought.ts'
import { reckonApart } from './brought-apart.ts'
import * as ask from './mobilisation.queries.ts'
import { cardOf, isSecret, newCode, secretOf } from './own-card.ts'

/** Only against a program that would write for ever: a neighbour who belongs to the place always gets theirs. */
const mostCards = 5000

const hashOf = (secret: string): Buffer => hash('sha256', secret, 'buffer')
const placeAt = async (tx: Tx, slug: string): Promise<Community> => (await communityAt(tx, slug)) ?? refuse('not-found')
const todayIn = ({ timeZone }: Community, house: House): string => wallTimeIn(timeZone, house.clock.now()).date

export interface TreeSeen {
  community: Community
  municipal: boolean
  tree: Tree
  brought: Brought
}

export async function seeBrought(actor: Actor, slug: string): Promise<TreeSeen> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  const { community, tree } = await asActor(actor, async (tx) => {
    const community = await placeAt(tx, slug)
    if (actor.role === 'officer' || actor.role === 'operator') refuse('not-yours')
    const tree = (await ask.broughtIn(tx, community.id, todayIn(community, actor.house))) ?? refuse('not-yours')
    return { community, tree }
  })
  // Reckoned when no connection is held any more.
  return { community, municipal: isMunicipal(actor), tree, brought: await reckonApart(tree, community.residents) }
}

// --- A card of one's own

export interface CardSeen {
  community: Community
  card: ask.Card
  secret: string
  /** How many have come by it; null for who holds the link and cannot show that they made it. */
  came: number | null
}

/** Mine, if I have one here. */
export async function seeMyCard(actor: Actor, slug: string): Promise<{ community: Community; seen: CardSeen | null }> {
  if (isMunicipal(actor)) refuse('not-yours')
  const { community, card } = await asActor(actor, async (tx) => {
    const community = await placeAt(tx, slug)
    return { community, card: actor.account === null ? null : await ask.myCard(tx, community.id) }
  })
  if (!card) return { community, seen: null }
  const secret = secretOf(actor.house, card.id)
  const secretHash = hashOf(secret)
  if (!card.secretHash.equals(secretHash))
    await asSystem(actor.house, 'a card that moved here gets the link of this house', (tx) =>
      ask.relink(tx, card.id, secretHash),
    )
  return { community, seen: { community, card, secret, came: card.came } }
}

/** A card, new or the one that is there; its parent is the card that its maker came by. It creates nobody and sends nothing. */
async function addCard(
  tx: Tx,
  house: House,
  { id, ...of }: { id: string; community: Community; parent: string | null; person: string | null },
): Promise<void> {
  if (of.person === null && (await ask.countCards(tx, of.community.id)) >= mostCards) refuse('cards.many')
  const card = {
    id,
    community: of.community.id,
    secretHash: hashOf(secretOf(house, id)),
    parent: of.parent,
    person: of.person,
    madeIn: `${todayIn(of.community, house).slice(0, 7)}-01`,
  }
  // A code that another card of the place has is thrown again.
  for (let tries = 0; tries < 8; tries++) {
    if (await ask.addCard(tx, { ...card, code: newCode() })) return
    if (await ask.findCard(tx, { id })) return
  }
}

/** Somebody who belongs to the place: one card each, however often they press. */
export async function makeMyCard(me: Actor, slug: string, parent: string | null = null): Promise<void> {
  if (isMunicipal(me)) refuse('not-yours')
  const account = me.account ?? refuse('sign-in.needed')
  const { community, person, mine } = await asActor(me, async (tx) => {
    const community = await placeAt(tx, slug)
    const person = (await ask.selfIn(tx, community.id, account)) ?? refuse('not-yours')
    return { community, person, mine: await ask.myCard(tx, community.id) }
  })
  if (mine) return
  await asSystem(me.house, 'a neighbour makes a card of their own', (tx) =>
    addCard(tx, me.house, { id: randomUUID(), community, parent, person }),
  )
}

/** Somebody who is nobody here. Answers the secret of the link. */
export async function makeCard(
  house: House,
  { slug, parent, key }: { slug: string; parent: string | null; key: string },
): Promise<{ community: Community; secret: string }> {
  const community = await asActor(guestIn(house), (tx) => placeAt(tx, slug))
  const id = cardOf(house, community.id, JSON.stringify([key, parent]))
  await asSystem(house, 'a guest makes a card to hand on', async (tx) => {
    if (!(await ask.findCard(tx, { id }))) await addCard(tx, house, { id, community, parent, person: null })
  })
  return { community, secret: secretOf(house, id) }
}

/** The card of a link. Null for a link that nobody was given. */
export async function findCard(house: House, secret: string): Promise<ask.CardHere | null> {
  if (!isSecret(secret)) return null
  return asSystem(house, 'find a card by its link', (tx) => ask.findCard(tx, { secretHash: hashOf(secret) }))
}

/** How many came by it, for the browser that made it. */
export const cameBy = (house: House, card: string): Promise<number> =>
  asSystem(house, 'tell who made a card how many came by it', (tx) => ask.cameBy(tx, card))

/** What a card leads to: the place and its next meeting. */
export const whereTo = (house: House, slug: string) =>
  asActor(guestIn(house), async (tx) => {
    const community = await placeAt(tx, slug)
    return { community, meeting: await ask.nextMeeting(tx, community.id, house.clock.now()) }
  })
