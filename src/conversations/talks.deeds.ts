// What is done with talks of two: asked for, answered, moved, held, thanked for, and taken away. Each by one of the two, and seen by both.
import type { SignedIn } from '../access/session.deeds.ts'
import { dayAfter, wallTimeIn } from '../clock.ts'
import { communityAt } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { asActor, asSystem, type House, isMunicipal, type Tx } from '../db/as-actor.ts'
import { ownLink, readOwnLink } from '../keys/own-link.ts'
import { refuse } from '../refusal.ts'
import { promisesOfMine } from './notes.queries.ts'
import type { Answer, Minutes, Plan, Rhythm, Talk } from './talk.ts'
import { pairMark, restUntil } from './talk-letter.ts'
import { talkOfLetter, utcDay, writeToAsked } from './talk-letters.deeds.ts'
import { isResting, letRest } from './talk-letters.queries.ts'
import * as ask from './talks.queries.ts'

export const isId = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? '')

/** Whether one is here at work. Leaders, the officer and operators have no talks here, and are told of none. */
export function atWork(person: Pick<SignedIn, 'role'>): boolean {
  if (isMunicipal(person) && person.role !== 'employee') refuse('not-found')
  return person.role === 'employee'
}

export const todayIn = (timeZone: string, house: House): string => wallTimeIn(timeZone, house.clock.now()).date

const purpose = 'a talk of two'
/** The other's own address of this talk: to answer it, and afterwards to see what was agreed. */
export const linkOf = (house: House, talk: string): string => ownLink(house.keys.houseSecret(), purpose, talk)
/** Which talk it is of, and whether it came in the letter that Oplive wrote to the other. */
function talkOfToken(house: House, token: string): { id: string; byLetter: boolean } {
  const id = readOwnLink(house.keys.houseSecret(), purpose, token)
  if (id !== null) return { id, byLetter: false }
  return { id: talkOfLetter(house, token) ?? refuse('not-found'), byLetter: true }
}

/** One talk of one's own, in a transaction that is open; what is not there and what is not yours are the same. */
export async function talkOfMine(tx: Tx, person: SignedIn, id: string | undefined): Promise<Talk> {
  const work = atWork(person)
  return (isId(id) && (await ask.findTalk(tx, id, work))) || refuse('not-found')
}

export interface TalkSeen {
  talk: Talk
  community: Community
  today: string
}

export const seeTalk = (person: SignedIn, id: string | undefined): Promise<TalkSeen> =>
  asActor(person, async (tx) => {
    const talk = await talkOfMine(tx, person, id)
    const community = (await communityAt(tx, talk.slug)) ?? refuse('not-found')
    return { talk, community, today: todayIn(talk.timeZone, person.house) }
  })

export interface TalksSeen {
  talks: Talk[]
  rhythm: Rhythm | null
  /** Places where one may ask for a talk. */
  places: Pick<Community, 'slug' | 'name' | 'id'>[]
  promises: Awaited<ReturnType<typeof promisesOfMine>>
  /** By place: neighbours whom one may know of and has not talked with here. */
  notYet: { place: string; slug: string; people: { id: string; name: string }[] }[]
  today: string
}

/** All one's talks, what was promised in them, and whom one has not talked with yet. */
export function seeTalks(person: SignedIn, places: readonly Community[], timeZone: string): Promise<TalksSeen> {
  const work = atWork(person)
  return asActor(person, async (tx) => {
    const talks = await ask.talksOfMine(tx, work)
    const mine: Community[] = []
    const notYet: TalksSeen['notYet'] = []
    for (const place of places) {
      if (work ? await ask.worksWith(tx, place.id) : person.places.some(({ community }) => community === place.id))
        mine.push(place)
      if (work || mine.at(-1) !== place) continue
      const met = new Set(
        talks.filter(({ community }) => community === place.id).flatMap((talk) => [talk.starterName, talk.otherName]),
      )
      const people = (await ask.neighboursKnown(tx, place.id)).filter(({ name }) => !met.has(name))
      if (people.length > 0) notYet.push({ place: place.name, slug: place.slug, people })
    }
    return {
      talks,
      rhythm: await ask.rhythmOf(tx, work),
      places: mine,
      promises: await promisesOfMine(tx, work ? ['municipal'] : ['community', 'municipal']),
      notYet,
      today: todayIn(timeZone, person.house),
    }
  })
}

/** For the desk: what waits for a neighbour or an employee, in a transaction of theirs. Thanks are asked about for two days. */
export const talksWaitingFor = (tx: Tx, person: SignedIn) =>
  ask.talksWaiting(tx, atWork(person), dayAfter(person.house.clock.now().toISOString().slice(0, 10), -2))

export interface Asking {
  community: Community
  /** Whom a neighbour may ask through Oplive; an employee asks by a link alone. */
  people: { id: string; name: string }[]
  today: string
}

async function askingIn(tx: Tx, person: SignedIn, slug: string): Promise<Asking & { me: string }> {
  const work = atWork(person)
  const community = (await communityAt(tx, slug)) ?? refuse('not-found')
  const me = work ? (await ask.worksWith(tx, community.id)) && person.account : await ask.personOfMine(tx, community.id)
  if (!me) refuse('not-yours')
  const people = work ? [] : await ask.neighboursKnown(tx, community.id)
  return { community, people, me, today: todayIn(community.timeZone, person.house) }
}

export const seeAsking = (person: SignedIn, slug: string): Promise<Asking> =>
  asActor(person, (tx) => askingIn(tx, person, slug))

/** With whom a talk was, if one may ask them again through Oplive: the id, or nothing. */
export const otherOf = (person: SignedIn, id: string, people: Asking['people']): Promise<string> =>
  asActor(person, async (tx) => {
    const met = isId(id) && people.length > 0 ? await ask.partnerIn(tx, id) : null
    return people.some((one) => one.id === met) ? (met ?? '') : ''
  })

/**
 * Asks for a talk. Sent again with the same `id` it is the same. Without `other` nobody is written down: they say themselves who they are.
 * A neighbour is written to, if they want to hear by mail. Who has said no lately is left in peace (`resting`), and who has not answered yet
 * is not asked twice (`waiting`). `origin`: what the links of letters begin with; without it none is written.
 */
export async function askForTalk(
  person: SignedIn,
  slug: string,
  asked: Plan & { id: string; other: string | null },
  origin: string | null = null,
): Promise<'asked' | 'resting' | 'waiting'> {
  const { house } = person
  const { other } = asked
  if (other !== null) {
    const mark = pairMark(house.keys.houseSecret(), person.account, other)
    const rests = await asSystem(house, 'has this neighbour said no lately?', (tx) =>
      isResting(tx, mark, utcDay(house)),
    )
    if (rests) return 'resting'
  }
  const done = await asActor(person, async (tx) => {
    const { community, people, me, today } = await askingIn(tx, person, slug)
    if (other !== null && !people.some(({ id }) => id === other)) refuse('not-found')
    if (other !== null && (await ask.waitsFor(tx, me, other, asked.id))) return 'waiting'
    const room = atWork(person) ? 'municipal' : 'community'
    await ask.addTalk(tx, { ...asked, room, community: community.id, starter: me, today })
    return 'asked'
  })
  if (done === 'asked' && other !== null && origin !== null)
    await writeToAsked(person, origin, (await seeTalk(person, asked.id)).talk)
  return done
}

/** Moves the plan. Answers false when the other has moved it meanwhile. */
export const movePlan = (person: SignedIn, id: string, plan: Plan, rev: number): Promise<boolean> =>
  asActor(person, async (tx) => {
    const talk = await talkOfMine(tx, person, id)
    // A resident moves an employee's plan by saying so: it is the employee's to write.
    if (talk.room === 'municipal' && talk.mine === 'other') refuse('not-yours')
    return ask.changePlan(tx, talk, plan, rev, todayIn(talk.timeZone, person.house))
  })

export const sayHeld = (person: SignedIn, id: string, minutes: Minutes | null): Promise<void> =>
  asTheTwo(person, id, async (tx, talk, today) => {
    await ask.setHeld(tx, talk, talk.heldOn ?? today, minutes)
    await ask.touchPair(tx, talk, today)
  })

export const sayThanked = (person: SignedIn, id: string): Promise<void> =>
  asTheTwo(person, id, (tx, talk, today) => ask.setThanked(tx, talk, today))

/** One of the two, seen to be so as themselves, does what neither of them may alone by the policies of both rooms. */
export async function asTheTwo(
  person: SignedIn,
  id: string,
  work: (tx: Tx, talk: Talk, today: string) => Promise<void>,
): Promise<void> {
  const { talk, today } = await seeTalk(person, id)
  await asSystem(person.house, 'one of the two of a talk says what became of it', (tx) => work(tx, talk, today))
}

/** Takes it away, for both. An employee's talk that was held stays until its time is over: the other can take the note away. */
export const takeAway = (person: SignedIn, id: string): Promise<void> =>
  asActor(person, async (tx) => {
    if (!(await ask.dropTalk(tx, await talkOfMine(tx, person, id)))) refuse('not-yours')
  })

export const keepRhythm = (person: SignedIn, rhythm: Rhythm | null): Promise<void> => {
  const work = atWork(person)
  return asActor(person, (tx) => ask.setRhythm(tx, work, rhythm))
}

// --- The other

/**
 * Who may open the link: once the other is somebody of the place, only they, signed in or by the letter that only their mailbox has. The one
 * who asked is led to their own page.
 */
function mustBeForThem(talk: ask.TalkToAnswer | null, person: SignedIn | null, byLetter: boolean): ask.TalkToAnswer {
  if (!talk) refuse('not-found')
  if (talk.otherIsHere && !byLetter && talk.otherAccount !== person?.account) refuse('not-found')
  if (person && isMunicipal(person) && person.account !== talk.starterAccount) refuse('not-found')
  return talk
}

export interface LinkSeen {
  talk: ask.TalkToAnswer
  today: string
  /** The one who looks asked for it. */
  isStarter: boolean
  /** Who answers is known: they belong to the place, or it is their letter. Their yes is theirs, without a name. */
  belongs: boolean
  /** The one who looks is signed in as the other, who has pages of their own. */
  isThem: boolean
  /** What was agreed may be shown here: not by a letter to somebody who can sign in. */
  mayRead: boolean
}

const linkSeen = async (tx: Tx, house: House, token: string, person: SignedIn | null): Promise<LinkSeen> => {
  const { id, byLetter } = talkOfToken(house, token)
  const talk = mustBeForThem(await ask.talkOfLink(tx, id), person, byLetter)
  const isStarter = person !== null && person.account === talk.starterAccount
  const theirs = byLetter && talk.otherIsHere
  const isThem = talk.otherAccount !== null && talk.otherAccount === person?.account
  const belongs =
    !isStarter && (theirs || (person !== null && (await ask.personOf(tx, talk.community, person.account)) !== null))
  const mayRead = !theirs || isThem || talk.otherAccount === null
  return { talk, isStarter, isThem, belongs, mayRead, today: todayIn(talk.timeZone, house) }
}

export const seeLink = (house: House, token: string, person: SignedIn | null): Promise<LinkSeen> =>
  asSystem(house, 'show somebody what they are asked to', (tx) => linkSeen(tx, house, token, person))

/** The other answers by their link. With a yes they say who they are; with any other answer nothing of them is kept. */
export function answerLink(
  house: House,
  token: string,
  person: SignedIn | null,
  said: { answer: Exclude<Answer, 'waiting'>; name: string | null },
): Promise<void> {
  return asSystem(house, 'the other of a talk answers', async (tx) => {
    const { talk, isStarter, today } = await linkSeen(tx, house, token, person)
    if (isStarter) refuse('not-yours')
    // What was held is held: only who the other is can still be said.
    if (talk.heldOn !== null && said.answer !== 'yes') refuse('changed-since')
    const yes = said.answer === 'yes'
    const here = talk.other ?? (person && (await ask.personOf(tx, talk.community, person.account)))
    // A neighbour who was asked and says no is left in peace for a time. Nobody can read that it was they.
    if (!yes && talk.room === 'community' && talk.other && talk.starterAccount) {
      const mark = pairMark(house.keys.houseSecret(), talk.starterAccount, talk.other)
      await letRest(tx, mark, restUntil(said.answer === 'no' ? 'no' : 'notNow', utcDay(house)))
    }
    await ask.setAnswer(
      tx,
      talk,
      { answer: said.answer, person: yes ? here : null, name: yes ? said.name : null },
      today,
    )
  })
}
