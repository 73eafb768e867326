// Trust among neighbours, the rule a place sets for it, and what the night does: who is asked, who inherits, what is due.
import { v7 as uuid } from 'uuid'
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import { asActor, asSystem, type House, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import { happens } from './hand-over.deeds.ts'
import * as ask from './keys.queries.ts'
import { placeOf } from './room.deeds.ts'
import { answerDays, isUntended, type Rule, ruleAsks, stillDays, usualRule, whoInherits } from './room.ts'

const dayMs = 86_400_000
const why = 'trust is counted where nobody reads it'

/** Says that one trusts a neighbour with a key. Only the neighbour sees how many do, and nobody sees who. */
export async function giveTrust(person: SignedIn, slug: string, to: string): Promise<void> {
  const place = await placeOf(person, slug)
  const known = await asActor(person, (tx) => ask.neighboursKnown(tx, place.id))
  if (!known.some(({ id }) => id === to)) refuse('not-found')
  await asSystem(person.house, why, async (tx) => {
    const held = (await ask.holdRoom(tx, slug)) ?? refuse('not-found')
    const me = (await ask.memberHere(tx, held.id, person.account)) ?? refuse('not-yours')
    await ask.addTrust(tx, me.id, to, wallTimeIn(held.timeZone, person.house.clock.now()).date)
    await askTrusted(tx, person.house, held, to)
  })
}

export async function takeTrustBack(person: SignedIn, slug: string, to: string): Promise<void> {
  const place = await placeOf(person, slug)
  await asActor(person, async (tx) => {
    const me = (await ask.myself(tx, place.id)) ?? refuse('not-yours')
    await ask.dropTrust(tx, me.id, to)
  })
}

/** Key holders set the rule of their place, and everybody is told. */
export async function setRule(person: SignedIn, slug: string, rule: Rule): Promise<void> {
  mustHaveProved(person)
  await asSystem(person.house, 'the rule of a place is set in the open', async (tx) => {
    const place = (await ask.holdRoom(tx, slug)) ?? refuse('not-found')
    const me = await ask.memberHere(tx, place.id, person.account)
    if (me?.role !== 'keyholder') return refuse('not-yours')
    const before = (await ask.ruleOf(tx, place.id)) ?? usualRule
    if (before.trusts === rule.trusts && before.days === rule.days) return
    const now = person.house.clock.now()
    await ask.setRule(tx, place.id, rule, wallTimeIn(place.timeZone, now).date)
    await ask.addEvent(tx, { id: uuid(), community: place.id, what: 'rule', person: me.id, at: now })
  })
}

/** Asks somebody whom enough neighbours trust, once. */
async function askTrusted(tx: Tx, house: House, place: ask.Place, id: string): Promise<void> {
  const rule = (await ask.ruleOf(tx, place.id)) ?? usualRule
  const { joinedOn, by } = await ask.trustIn(tx, place.id, id)
  const now = house.clock.now()
  const today = wallTimeIn(place.timeZone, now).date
  if (
    !ruleAsks(
      rule,
      joinedOn,
      by.map((one) => one.joinedOn),
      today,
    )
  )
    return
  if (!(await ask.trustedAndUnasked(tx, place.id)).includes(id)) return
  await ask.addChange(tx, { id: uuid(), community: place.id, how: 'trust', to: id, at: now })
}

/** Where nobody looks after a room, the one who has been there longest is asked; without an answer the next, fourteen days later. */
async function askHeir(tx: Tx, house: House, place: ask.Place): Promise<void> {
  const now = house.clock.now()
  const today = wallTimeIn(place.timeZone, now).date
  const members = await ask.membersOf(tx, place.id)
  const open = (await ask.openChanges(tx, place.id)).find(({ how }) => how === 'inherit')
  if (!isUntended(members, wallTimeIn(place.timeZone, place.foundedAt).date, today)) {
    // Somebody with a key has come back.
    if (open) await ask.endChange(tx, open.id, 'withdrawn', now)
    return
  }
  if (open?.until && open.until > now) return
  if (open) await ask.endChange(tx, open.id, 'lapsed', now)
  const asked = await ask.askedToInherit(tx, place.id, new Date(now.getTime() - stillDays * dayMs))
  const heir = whoInherits(members, asked, today)
  if (!heir) return
  const until = new Date(now.getTime() + answerDays * dayMs)
  const added = await ask.addChange(tx, {
    id: uuid(),
    community: place.id,
    how: 'inherit',
    to: heir.id,
    at: now,
    until,
  })
  if (added) await ask.addEvent(tx, { id: uuid(), community: place.id, what: 'asked', person: heir.id, at: now })
}

/** The work of the night, for every place: hands over what is due, asks whom enough trust, asks who inherits. May run at any time, and twice. */
export async function keepRooms(house: House): Promise<void> {
  const places = await asSystem(house, 'goes from place to place', ask.allPlaces)
  for (const slug of places) {
    await happens(house, slug)
    await asSystem(house, why, async (tx) => {
      const place = await ask.holdRoom(tx, slug)
      if (!place) return
      for (const id of await ask.trustedAndUnasked(tx, place.id)) await askTrusted(tx, house, place, id)
      await askHeir(tx, house, place)
    })
  }
}
