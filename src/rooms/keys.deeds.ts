// Keys that change hands: the first two by name, later ones by two persons, each by the own yes of who takes it.
import { v7 as uuid } from 'uuid'
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { asSystem, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './keys.queries.ts'
import { agreementNeeded, daysBetween, isUntended, ruleAsks, usualRule } from './room.ts'

const why = 'a key changes hands: one after the other, and by those who may'
const events = { named: 'named', transfer: 'transferred', trust: 'trusted', inherit: 'inherited' } as const

/** One deed with keys of one place, while no other runs. */
function inTurn<T>(
  person: SignedIn,
  slug: string,
  work: (tx: Tx, place: ask.Place, me: ask.Me | null) => Promise<T>,
): Promise<T> {
  return asSystem(person.house, why, async (tx) => {
    const place = (await ask.holdRoom(tx, slug)) ?? refuse('not-found')
    return work(tx, place, await ask.memberHere(tx, place.id, person.account))
  })
}

/** An employee who works with the place names one of the first two key holders, while nobody else can. */
export async function nameKeyHolder(person: SignedIn, slug: string, to: string): Promise<void> {
  mustHaveProved(person)
  await inTurn(person, slug, async (tx, place) => {
    if (person.role !== 'employee' || !(await ask.worksWith(tx, place.id, person.account))) refuse('not-yours')
    if (!(await ask.isInterim(tx, place.id))) refuse('room.guest')
    const held = (await ask.holdersOf(tx, place.id)).length
    const asked = (await ask.openChanges(tx, place.id)).filter(({ how }) => how === 'named').length
    if (held + asked >= 2) refuse('key.enough')
    if (!(await ask.canHold(tx, place.id, to))) refuse('not-found')
    await askFor(tx, { id: uuid(), community: place.id, how: 'named', to, at: person.house.clock.now() })
  })
}

/** A key holder proposes that somebody's key goes to a neighbour. It takes another to agree, and the neighbour's yes. */
export async function proposeTransfer(
  person: SignedIn,
  slug: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  mustHaveProved(person)
  await inTurn(person, slug, async (tx, place, me) => {
    if (me?.role !== 'keyholder') return refuse('not-yours')
    if (!(await ask.holdersOf(tx, place.id)).includes(from)) refuse('key.over')
    if (from !== me.id && (await ask.isNews(tx, me.id))) refuse('key.news')
    if (!(await ask.canHold(tx, place.id, to))) refuse('not-found')
    await askFor(tx, {
      id: uuid(),
      community: place.id,
      how: 'transfer',
      from,
      to,
      by: me.id,
      at: person.house.clock.now(),
    })
  })
}

async function askFor(tx: Tx, change: ask.NewChange): Promise<void> {
  if (!(await ask.addChange(tx, change))) refuse('key.asked')
}

/** Agrees that the key goes over: as another key holder, or as a trusted member where there is no other. Each once. */
export async function approveTransfer(person: SignedIn, slug: string, id: string): Promise<'waits' | 'done'> {
  mustHaveProved(person)
  return inTurn(person, slug, async (tx, place, me) => {
    const change = await ask.openChange(tx, place.id, id)
    if (change?.how !== 'transfer') return refuse('key.over')
    if (!me || me.id === change.by || me.id === change.to || !(await mayAgree(tx, person, place, me, change)))
      return refuse('not-yours')
    if (!(await countsFor(tx, change, me.id))) return refuse('key.news')
    if (!(await ask.approve(tx, id, me.id, person.house.clock.now()))) refuse('key.said')
    return completed(tx, person, place, id)
  })
}

/**
 * Whose key came by trust or inheritance a short while ago does not decide that somebody else loses theirs: one person could otherwise make
 * the second one who agrees.
 */
const countsFor = async (tx: Tx, { from, by }: ask.Change, id: string): Promise<boolean> =>
  from === by || id === from || !(await ask.isNews(tx, id))

async function mayAgree(tx: Tx, person: SignedIn, place: ask.Place, me: ask.Me, change: ask.Change): Promise<boolean> {
  const { by } = agreementNeeded((await ask.holdersOf(tx, place.id)).length)
  return by === 'keyholder' ? me.role === 'keyholder' : isTrusted(tx, person, place, me.id, change)
}

/** Trusted enough to agree where there is but one key: here as long as the rule says, and trusted by somebody who is no part of it. */
async function isTrusted(
  tx: Tx,
  { house }: SignedIn,
  place: ask.Place,
  id: string,
  change: ask.Change,
): Promise<boolean> {
  const rule = (await ask.ruleOf(tx, place.id)) ?? usualRule
  const { joinedOn, by } = await ask.trustIn(tx, place.id, id)
  const today = wallTimeIn(place.timeZone, house.clock.now()).date
  return daysBetween(joinedOn, today) >= rule.days && by.some((one) => one.id !== change.by && one.id !== change.to)
}

/** Says yes to the key one is asked to take. */
export async function takeKey(person: SignedIn, slug: string, id: string): Promise<'waits' | 'done'> {
  mustHaveProved(person)
  return inTurn(person, slug, async (tx, place, me) => {
    const change = await ask.openChange(tx, place.id, id)
    if (!change || !me || change.to !== me.id) return refuse('key.over')
    const now = person.house.clock.now()
    if (change.until && change.until <= now) return refuse('key.over')
    if (change.how === 'trust' && !(await stillAsks(tx, person, place, me.id))) {
      // Trust was taken back meanwhile.
      return refuse('key.over')
    }
    // Somebody with a key has come back meanwhile.
    if (change.how === 'inherit' && !(await stillUntended(tx, place, now))) return refuse('key.over')
    await ask.sayYes(tx, id, now)
    return completed(tx, person, place, id)
  })
}

async function stillAsks(tx: Tx, { house }: SignedIn, place: ask.Place, id: string): Promise<boolean> {
  const rule = (await ask.ruleOf(tx, place.id)) ?? usualRule
  const { joinedOn, by } = await ask.trustIn(tx, place.id, id)
  return ruleAsks(
    rule,
    joinedOn,
    by.map((one) => one.joinedOn),
    wallTimeIn(place.timeZone, house.clock.now()).date,
  )
}

const stillUntended = async (tx: Tx, place: ask.Place, now: Date): Promise<boolean> =>
  isUntended(
    await ask.membersOf(tx, place.id),
    wallTimeIn(place.timeZone, place.foundedAt).date,
    wallTimeIn(place.timeZone, now).date,
  )

/** Says no to it, or withdraws what one has proposed. An employee withdraws what the municipality has asked. */
export async function stopChange(person: SignedIn, slug: string, id: string): Promise<void> {
  await inTurn(person, slug, async (tx, place, me) => {
    const change = await ask.openChange(tx, place.id, id)
    if (!change) return refuse('key.over')
    const now = person.house.clock.now()
    if (me && change.to === me.id) return ask.endChange(tx, id, 'declined', now)
    if (change.how === 'transfer' && me?.role === 'keyholder') return ask.endChange(tx, id, 'withdrawn', now)
    return refuse('key.over')
  })
}

/** Gives one's own key up. The last one is not given up: it goes over to somebody. */
export async function giveUpKey(person: SignedIn, slug: string): Promise<void> {
  mustHaveProved(person)
  await inTurn(person, slug, async (tx, place, me) => {
    if (me?.role !== 'keyholder') return refuse('not-yours')
    if ((await ask.holdersOf(tx, place.id)).length < 2) refuse('key.last')
    const now = person.house.clock.now()
    for (const change of await ask.openChanges(tx, place.id))
      if (change.from === me.id) await ask.endChange(tx, change.id, 'withdrawn', now)
    await ask.takeKey(tx, place.id, me.id)
    await ask.addEvent(tx, { id: uuid(), community: place.id, what: 'given_up', person: me.id, at: now })
  })
}

/** If all that is needed has been said, the key goes over now. Whoever proposed, agreed or gives it must still hold theirs. */
async function completed(tx: Tx, person: SignedIn, place: ask.Place, id: string): Promise<'waits' | 'done'> {
  const change = await ask.openChange(tx, place.id, id)
  if (!change?.saidYesAt) return 'waits'
  const holders = await ask.holdersOf(tx, place.id)
  const { from, how, to } = change
  const now = person.house.clock.now()
  if (how === 'transfer') {
    if (!from || !holders.includes(from) || !change.by || !holders.includes(change.by)) return refuse('key.over')
    const needed = agreementNeeded(holders.length)
    const agreed = await counting(tx, person, place, change, holders)
    if (agreed < needed.count) return 'waits'
  }
  if (!(await ask.canHold(tx, place.id, to))) return refuse('key.over')
  await ask.giveKey(tx, place.id, to)
  if (from) await ask.takeKey(tx, place.id, from)
  await ask.endChange(tx, id, 'done', now)
  await ask.addEvent(tx, { id: uuid(), community: place.id, what: events[how], person: to, from, at: now })
  return 'done'
}

/** How many of those who agreed may still agree. */
async function counting(
  tx: Tx,
  person: SignedIn,
  place: ask.Place,
  change: ask.Change,
  holders: string[],
): Promise<number> {
  const needed = agreementNeeded(holders.length)
  let agreed = 0
  for (const id of change.approvals)
    if (
      needed.by === 'keyholder'
        ? holders.includes(id) && (await countsFor(tx, change, id))
        : await isTrusted(tx, person, place, id, change)
    )
      agreed++
  return agreed
}

/** Tells the members that a key holder took somebody out who asked for it, in the transaction that does it: nobody goes without a trace of who did it. */
export const tellTakenOut = (tx: Tx, keyHolder: SignedIn, community: string): Promise<void> =>
  ask.addTakenOut(tx, {
    id: uuid(),
    community,
    account: keyHolder.account,
    at: keyHolder.house.clock.now(),
  })
