// What is done about training: it is announced and called off, a neighbour takes a seat and says that they were there, hosts keep the list.
import { v7 as uuid } from 'uuid'
import type { SignedIn } from '../../access/session.deeds.ts'
import { instantIn, wallTimeIn } from '../../clock.ts'
import { communityAt } from '../../communities/community.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { type Actor, asActor, guestIn, type House, isMunicipal, type Tx } from '../../db/as-actor.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { calendarOf } from '../../meetings/coming/calendar.ts'
import { writtenId } from '../../meetings/coming/coming.ts'
import { refuse } from '../../refusal.ts'
import * as ask from './training.queries.ts'
import { type Announced, hasBegun, type LedInYear, ledOverYears, type Module, mayTick, minutes } from './training.ts'
import { handOut, sayModule, words } from './words.ts'

const placeAt = async (tx: Tx, slug: string): Promise<Community> => (await communityAt(tx, slug)) ?? refuse('not-found')

/** Who may announce here: the hosts of the place, and an employee while the municipality stands beside it or behind it. */
export const mayAnnounce = (eye: ask.Eye, { presence }: Pick<Community, 'presence'>): boolean =>
  (eye.hosts && eye.person !== null) || (eye.works && (presence === 'beside' || presence === 'behind'))

/** May this person call it off? Hosts any, an employee one that the municipality leads. */
export const mayCallOff = (eye: ask.Eye, training: Pick<ask.TrainingSeen, 'ledBy' | 'cancelledAt'>): boolean =>
  training.cancelledAt === null && (eye.hosts || (eye.works && training.ledBy === 'municipality'))

// --- What one sees

export interface TrainingsSeen {
  community: Community
  eye: ask.Eye
  now: Date
  /** To come, and not called off: the soonest first. */
  coming: ask.TrainingSeen[]
  /** Called off, while they would still be to come. */
  off: ask.TrainingSeen[]
  /** Held, the newest first. */
  held: ask.TrainingSeen[]
  mine: ask.Seat[]
  /** What one was at oneself. */
  trained: { module: Module; on: string }[]
  wishes: ask.Wishes
  years: LedInYear[]
  /** For those of the municipality. */
  quarters: ask.QuarterTrained[]
}

export async function seeTrainings(actor: Actor, slug: string): Promise<TrainingsSeen> {
  const now = actor.house.clock.now()
  return asActor(actor, async (tx) => {
    const community = await placeAt(tx, slug)
    const eye = await ask.eyeOf(tx, community.id, actor.role)
    const all = await ask.trainingsOf(tx, community.id)
    const toCome = all.filter((one) => !hasBegun(one, now))
    const held = all.filter((one) => hasBegun(one, now) && one.cancelledAt === null)
    const { person } = eye
    const asksWishes = eye.belongs || eye.works
    return {
      community,
      eye,
      now,
      coming: toCome.filter(({ cancelledAt }) => cancelledAt === null),
      off: toCome.filter(({ cancelledAt }) => cancelledAt !== null),
      held: held.reverse(),
      mine: person ? await ask.mySeats(tx, person.id) : [],
      trained: person ? await ask.trainedAt(tx, person.id) : [],
      wishes: asksWishes ? await ask.wishesOf(tx, community.id, person?.id ?? null) : { mine: [], all: [] },
      years: ledOverYears(held, now),
      quarters: eye.works || actor.role === 'leader' ? await ask.trainedQuarters(tx, community.id) : [],
    }
  })
}

export interface TrainingOpened {
  community: Community
  eye: ask.Eye
  now: Date
  training: ask.TrainingSeen
  seat: ask.Seat | null
  /** First names of others, where both let them be read. */
  beside: string[]
  /** For the hosts of the place. */
  list: ask.Listed[]
}

export async function seeTraining(actor: Actor, slug: string, id: string): Promise<TrainingOpened> {
  return asActor(actor, async (tx) => {
    const community = await placeAt(tx, slug)
    const eye = await ask.eyeOf(tx, community.id, actor.role)
    const training = (await ask.trainingsOf(tx, community.id, id))[0] ?? refuse('not-found')
    const mine = eye.person ? await ask.mySeats(tx, eye.person.id) : []
    const seat = mine.find((one) => one.training === id) ?? null
    return {
      community,
      eye,
      now: actor.house.clock.now(),
      training,
      seat,
      beside: seat?.nameSeen ? await ask.seenBesideMe(tx, id) : [],
      list: eye.hosts ? await ask.listOf(tx, id) : [],
    }
  })
}

/** What the one who acts was at in a place, each module once, with the first day. Nobody else is told. */
export async function trainedIn(actor: Actor, community: string): Promise<{ module: Module; on: string }[]> {
  return asActor(actor, async (tx) => {
    const { person } = await ask.eyeOf(tx, community, actor.role)
    return person ? ask.trainedAt(tx, person.id) : []
  })
}

// --- Announcing

/** The place for who may announce there; everybody else is refused. */
export async function seeToAnnounce(person: SignedIn, slug: string): Promise<{ community: Community; today: string }> {
  return asActor(person, async (tx) => {
    const community = await placeAt(tx, slug)
    if (!mayAnnounce(await ask.eyeOf(tx, community.id, person.role), community)) refuse('not-yours')
    return { community, today: wallTimeIn(community.timeZone, person.house.clock.now()).date }
  })
}

/** Announces a training that one leads oneself. The same form sent twice is one training. */
export async function announce(person: SignedIn, slug: string, said: Announced, key: string): Promise<string> {
  return asActor(person, async (tx) => {
    const community = await placeAt(tx, slug)
    const eye = await ask.eyeOf(tx, community.id, person.role)
    if (!mayAnnounce(eye, community)) refuse('not-yours')
    const startsAt = instantIn(community.timeZone, said.date, said.time)
    if (startsAt <= person.house.clock.now()) refuse('changed-since')
    const id = writtenId(person.house, community.id, { name: person.account, key })
    await ask.addTraining(tx, {
      id,
      community: community.id,
      module: said.module,
      startsAt,
      place: said.place,
      ledBy: eye.hosts ? 'resident' : 'municipality',
      leader: eye.hosts ? (eye.person?.id ?? null) : null,
      leaderName: eye.hosts ? (eye.person?.name ?? person.name) : person.name,
      room: said.room,
    })
    return id
  })
}

export async function callOff(person: SignedIn, slug: string, id: string, words: string | null): Promise<void> {
  await asActor(person, async (tx) => {
    const { community, eye, training } = await find(tx, person, slug, id)
    if (!eye.hosts && !(eye.works && training.ledBy === 'municipality')) refuse('not-yours')
    const now = person.house.clock.now()
    if (hasBegun(training, now)) refuse('training.begun')
    await ask.callOff(tx, community.id, id, now, words)
  })
}

async function find(tx: Tx, actor: Actor, slug: string, id: string) {
  const community = await placeAt(tx, slug)
  const eye = await ask.eyeOf(tx, community.id, actor.role)
  const training = (await ask.trainingsOf(tx, community.id, id))[0] ?? refuse('not-found')
  return { community, eye, training }
}

// --- A seat of one's own

/** Signs up; from the beginning on, says that one was there. Pressed twice, or on two phones, it is one seat. */
export async function signUp(person: SignedIn, slug: string, id: string): Promise<void> {
  if (isMunicipal(person)) refuse('not-yours')
  await asActor(person, async (tx) => {
    const { eye } = await find(tx, person, slug, id)
    if (!eye.belongs || !eye.person) refuse('not-yours')
    told(await ask.takeSeat(tx, id, uuid(), null, person.house.clock.now()))
  })
}

/** Signs off. Whoever was there already has nothing to sign off from. */
export async function signOff(person: SignedIn, slug: string, id: string): Promise<void> {
  await asActor(person, async (tx) => {
    const { eye, training } = await find(tx, person, slug, id)
    if (!eye.person) refuse('not-yours')
    if (hasBegun(training, person.house.clock.now())) refuse('training.begun')
    await ask.leaveSeat(tx, id, { person: eye.person.id })
  })
}

/** "Jeg var der", and taken back: by oneself. Whoever came without signing up has their seat now. */
export async function sayWasThere(person: SignedIn, slug: string, id: string, came: boolean): Promise<void> {
  if (isMunicipal(person)) refuse('not-yours')
  await asActor(person, async (tx) => {
    const { eye, training } = await find(tx, person, slug, id)
    if (!eye.belongs || !eye.person) refuse('not-yours')
    const now = person.house.clock.now()
    if (!mayTick(training, now)) refuse(hasBegun(training, now) ? 'training.over' : 'training.not-yet')
    const mine = { person: eye.person.id }
    if (!(await ask.sayCame(tx, id, mine, came)) && came) told(await ask.takeSeat(tx, id, uuid(), null, now))
  })
}

export async function showMyName(person: SignedIn, slug: string, id: string, seen: boolean): Promise<void> {
  await asActor(person, async (tx) => {
    const { eye } = await find(tx, person, slug, id)
    if (!eye.person || !(await ask.showName(tx, id, eye.person.id, seen))) refuse('not-yours')
  })
}

function told(did: ask.Taken): void {
  if (did === 'full') refuse('training.full')
  if (did === 'off') refuse('training.off')
  if (did === 'over') refuse('training.over')
  if (did === 'not') refuse('not-yours')
}

// --- The list of the hosts

/** A name off the paper list, typed by a host. Nobody becomes a person of the place by it. */
export const writeDown = (person: SignedIn, slug: string, id: string, said: { name: string; key: string }) =>
  asKeeper(person, slug, id, async (tx, at) => {
    told(await ask.takeSeat(tx, id, writtenId(person.house, id, said), said.name, at))
  })

export const strikeOut = (person: SignedIn, slug: string, id: string, seat: string) =>
  asKeeper(person, slug, id, async (tx, at, training) => {
    if (hasBegun(training, at) && !mayTick(training, at)) refuse('training.over')
    await ask.leaveSeat(tx, id, { id: seat })
  })

/** Off the paper list of the evening: who was there, or was not. */
export const tickOff = (person: SignedIn, slug: string, id: string, seat: string, came: boolean) =>
  asKeeper(person, slug, id, async (tx, at, training) => {
    if (!mayTick(training, at)) refuse(hasBegun(training, at) ? 'training.over' : 'training.not-yet')
    if (!(await ask.sayCame(tx, id, { id: seat }, came))) refuse('changed-since')
  })

const asKeeper = (
  person: SignedIn,
  slug: string,
  id: string,
  work: (tx: Tx, at: Date, training: ask.TrainingSeen) => Promise<void>,
): Promise<void> =>
  asActor(person, async (tx) => {
    const { eye, training } = await find(tx, person, slug, id)
    if (!eye.hosts) refuse('not-yours')
    await work(tx, person.house.clock.now(), training)
  })

// --- Wishes

/** "Vi vil gerne have denne": made and taken back. */
export async function wishFor(person: SignedIn, slug: string, module: Module, wanted: boolean): Promise<void> {
  if (isMunicipal(person)) refuse('not-yours')
  await asActor(person, async (tx) => {
    const community = await placeAt(tx, slug)
    const { person: me, belongs } = await ask.eyeOf(tx, community.id, person.role)
    if (!me || !belongs) refuse('not-yours')
    if (!wanted) return ask.unwish(tx, community.id, me.id, module)
    const today = wallTimeIn(community.timeZone, person.house.clock.now()).date
    return ask.wish(tx, community.id, me.id, module, today)
  })
}

// --- The calendar

/** One training as a calendar file. One that is called off is in no calendar. */
export async function calendarFile(house: House, slug: string, id: string, lang: Lang, origin: string) {
  const { community, training } = await seeTraining(guestIn(house), slug, id)
  if (training.cancelledAt !== null) refuse('not-found')
  return calendarOf({
    lang,
    now: house.clock.now(),
    meetings: [
      {
        id,
        revision: 0,
        summary: words(lang)('calendar.summary', { module: sayModule(lang, training.module), place: community.name }),
        purpose: handOut(lang, training.module).purpose,
        place: training.place,
        hostName: training.leaderName,
        startsAt: training.startsAt,
        minutes,
        community,
        url: `${origin}/c/${community.slug}/training/${id}`,
      },
    ],
  })
}
