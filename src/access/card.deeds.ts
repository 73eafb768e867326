// Printed cards: a key holder gives one, its holder signs in with it, and proves with it anew who they are.
import { v7 as uuid } from 'uuid'
import { type Actor, asActor, asSystem, type House, isMunicipal } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { afterAnswer } from './after-answer.ts'
import * as ask from './card.queries.ts'
import { tellOwners } from './failed-try.deeds.ts'
import { isSame } from './mail-question.ts'
import { type CardCode, cardHash, newCardCode } from './printed-card.ts'
import { addSession, mustHaveProved, type SignedIn } from './session.deeds.ts'
import type { Watch } from './watch.ts'

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** Whom the card would be for, and whether this key holder may give it. */
export async function seeCardFor(person: Actor, place: string, whom: string): Promise<ask.CardFor> {
  if (person.role !== 'keyholder' || !isId(whom)) return refuse('not-found')
  return (await asActor(person, (tx) => ask.cardFor(tx, place, whom))) ?? refuse('not-found')
}

/**
 * Gives the card. The old one is dead from now on, and who was in by it is out. `seen` is how many cards they had had when the page was
 * made. Answers what stands on the card: it is kept nowhere.
 */
export async function giveCard(
  person: SignedIn,
  place: string,
  whom: string,
  seen: number,
): Promise<CardCode & Pick<ask.CardFor, 'name' | 'community' | 'keeper'>> {
  const { name, community, keeper } = await seeCardFor(person, place, whom)
  mustHaveProved(person)
  for (let tries = 0; ; tries++) {
    const code = newCardCode()
    const hash = await cardHash(code)
    try {
      const done = await asActor(person, (tx) =>
        ask.giveCard(tx, { place, person: whom, seen, newAccount: uuid(), letters: code.letters, hash }),
      )
      if (done === 'given') return { ...code, name, community, keeper }
      refuse(done === 'not-found' ? 'not-found' : done === 'changed' ? 'changed-since' : 'not-yours')
    } catch (error) {
      // Another card begins with the same four letters: one of a million.
      if ((error as { code?: string }).code !== '23505' || tries > 5) throw error
    }
  }
}

/** Whose card this is; null when it is nobody's. Takes as long for letters that find no card. What is wrong is told to the owner. */
async function holderOf(house: House, watch: Watch, code: CardCode): Promise<ask.CardKept | null> {
  await watch.enter()
  const kept = await asSystem(house, 'find a card', (tx) => ask.findCard(tx, code.letters))
  const right = isSame(kept?.hash ?? null, await cardHash(code))
  if (kept && !right) afterAnswer(house, () => tellOwners(house, { account: kept.account, via: 'card' }))
  await watch.tryCard(code.letters, right)
  return right ? kept : null
}

/** Signs in with a card. Null when there is none like it. */
export async function signInByCard(house: House, watch: Watch, code: CardCode, device: string): Promise<string | null> {
  const card = await holderOf(house, watch, code)
  if (!card) return null
  return asSystem(house, 'sign in with a card', async (tx) => {
    if (!(await ask.useCard(tx, code.letters, card.hash, house.clock.now()))) return null
    return addSession(tx, house, { account: card.account, via: 'card', device })
  })
}

/** Closes one's own card, when it is lost: from now on it opens nothing, and who else is in by it is out. */
export const closeCard = (person: SignedIn): Promise<void> =>
  isMunicipal(person)
    ? refuse('not-found')
    : asActor(person, (tx) => ask.closeCard(tx, person.account, person.session.id))

/** Is it the card of the one who is signed in? Then they have shown that it is them. */
export async function proveByCard(person: SignedIn, watch: Watch, code: CardCode): Promise<boolean> {
  const card = await holderOf(person.house, watch, code)
  return card?.account === person.account
}
