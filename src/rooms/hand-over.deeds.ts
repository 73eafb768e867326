// The hand-over of a room: proposed for a day, accepted by two key holders as themselves, and then it is the association's.
import { v7 as uuid } from 'uuid'
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import { instantIn } from '../clock.ts'
import { asSystem, type House, type Tx } from '../db/as-actor.ts'
import type { JobKind, LaterWork } from '../jobs/jobs.ts'
import { refuse } from '../refusal.ts'
import * as ask from './hand-over.queries.ts'
import * as keys from './keys.queries.ts'

const why = 'hands over a room: one after the other, and by those who may'

/** A key holder of the place, or an employee who works with it while the municipality still has the responsibility. */
async function whoProposes(tx: Tx, person: SignedIn, place: keys.Place): Promise<'municipality' | 'keyholder'> {
  const me = await keys.memberHere(tx, place.id, person.account)
  if (person.role === 'keyholder' && me?.role === 'keyholder') return 'keyholder'
  if (person.role !== 'employee' || !(await keys.worksWith(tx, place.id, person.account))) refuse('not-yours')
  return (await keys.isInterim(tx, place.id)) ? 'municipality' : refuse('room.guest')
}

async function keyHolder(tx: Tx, person: SignedIn, place: keys.Place): Promise<keys.Me> {
  const me = await keys.memberHere(tx, place.id, person.account)
  return me?.role === 'keyholder' ? me : refuse('not-yours')
}

export interface Proposal {
  association: string
  onDate: string
}

/** Proposes to hand the room over. Of two proposals at once, one stands. */
export async function proposeHandOver(
  person: SignedIn,
  later: LaterWork,
  slug: string,
  proposal: Proposal,
): Promise<void> {
  mustHaveProved(person)
  const { house } = person
  await asSystem(house, why, async (tx) => {
    const place = (await keys.holdRoom(tx, slug)) ?? refuse('not-found')
    const by = await whoProposes(tx, person, place)
    await happenIfDue(tx, house, place)
    const able = await ask.associationsToTakeOver(tx, place.id)
    if (!able.some(({ id }) => id === proposal.association)) refuse('not-found')
    const added = await ask.addHandOver(tx, {
      id: uuid(),
      community: place.id,
      association: proposal.association,
      onDate: proposal.onDate,
      byMunicipality: by === 'municipality',
      account: person.account,
      at: house.clock.now(),
    })
    if (!added) refuse('handover.open')
    await later.order(tx, jobName, { place: slug }, instantIn(place.timeZone, proposal.onDate, '00:00'))
  })
}

/** Says yes as a key holder. When two have, and the day has come, the room is the association's from this moment. */
export async function acceptHandOver(person: SignedIn, slug: string, id: string): Promise<'waits' | 'done'> {
  mustHaveProved(person)
  const { house } = person
  return asSystem(house, why, async (tx) => {
    const place = (await keys.holdRoom(tx, slug)) ?? refuse('not-found')
    const me = await keyHolder(tx, person, place)
    const open = await ask.openHandOver(tx, place.id)
    if (open?.id !== id) return refuse('handover.over')
    if (await keys.isNews(tx, me.id)) return refuse('key.news')
    if (!(await ask.addYes(tx, id, me.id, house.clock.now()))) refuse('handover.said')
    return (await happenIfDue(tx, house, place)) ? 'done' : 'waits'
  })
}

/** Before the day: takes one's own yes back (`back`), says no for the place (`no`), or withdraws the proposal (`withdraw`). */
export async function stopHandOver(
  person: SignedIn,
  slug: string,
  id: string,
  how: 'back' | 'no' | 'withdraw',
): Promise<void> {
  const { house } = person
  const now = house.clock.now()
  // What is due has happened, whatever is said about it now: it is kept also when this deed is refused.
  await happens(house, slug)
  await asSystem(house, why, async (tx) => {
    const place = (await keys.holdRoom(tx, slug)) ?? refuse('not-found')
    const who = how === 'withdraw' ? await whoProposes(tx, person, place) : 'keyholder'
    const me = who === 'keyholder' ? await keyHolder(tx, person, place) : null
    const open = await ask.openHandOver(tx, place.id)
    if (open?.id !== id) return refuse('handover.over')
    if (how === 'back' && me) return ask.takeYesBack(tx, id, me.id)
    await ask.endHandOver(tx, id, how === 'no' ? 'declined' : 'withdrawn', now)
  })
}

/** In an open transaction that holds the room: if the moment has come, the association is responsible from now on. */
async function happenIfDue(tx: Tx, house: House, place: keys.Place): Promise<boolean> {
  const due = await ask.dueHandOver(tx, place.id)
  const open = due && (await ask.openHandOver(tx, place.id))
  if (!open || open.id !== due) return false
  const now = house.clock.now()
  const signed = await ask.yesCount(tx, due)
  await ask.setController(tx, place.id, open.associationId, now)
  await ask.endHandOver(tx, due, 'done', now, signed)
  await keys.addEvent(tx, {
    id: uuid(),
    community: place.id,
    what: 'handed_over',
    association: open.associationId,
    at: now,
  })
  return true
}

/** Hands over what is due. Asked for by the night's work, and by whoever opens the page first. */
export const happens = (house: House, slug: string): Promise<boolean> =>
  asSystem(house, why, async (tx) => {
    const place = await keys.holdRoom(tx, slug)
    return place ? happenIfDue(tx, house, place) : false
  })

const jobName = 'hand-over'

export const handOverJobs = (): JobKind[] => [
  {
    name: jobName,
    work: async (house, { place = '' }) => {
      await happens(house, place)
    },
  },
]
