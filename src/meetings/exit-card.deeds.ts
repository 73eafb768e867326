// What is done with the exit card: opened, answered, closed and counted, joined by late cards, and put away for good.
import { type Actor, asActor, asSystem, type House, isHost, type Tx } from '../db/as-actor.ts'
import type { JobKind, LaterWork } from '../jobs/jobs.ts'
import type { Purpose } from '../keys/key-cabinet.ts'
import { refuse } from '../refusal.ts'
import { mayCountAgain, nothingShown } from '../shares/door.ts'
import { minimumAnswers } from '../shares/published.ts'
import { mayRelease } from '../shares/release.ts'
import { decodeAnswers, decodeNext, decodeWho, type Question, questions } from './exit-card.ts'
import { closesBy, lateBatch, lateUntil } from './meeting.ts'
import type { MeetingHere } from './meetings.queries.ts'
import * as ask from './meetings.queries.ts'
import * as askResult from './result.queries.ts'
import {
  type CountedQuestion,
  countsOf,
  eveningNumbers,
  isSmall,
  resultFor,
  stillFrozen,
  type Tally,
  talkMinutes,
} from './result.ts'
import { mailJob, morningAfter } from './result-mail.ts'
import { open } from './seal.ts'

const closeJob = 'exit-card.close'
const countJob = 'exit-card.count'
const lateJob = 'exit-card.end-late'

/** Opens the exit card: the meeting gets its keys, and phones and paper may answer until somebody closes it. */
export async function openExitCard(actor: Actor, later: LaterWork, code: string): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  await asSystem(actor.house, 'open the exit card for a host', async (tx) => {
    await ask.lockMeeting(tx, meeting.id)
    if ((await ask.findMeetingById(tx, meeting.id))?.life.phase !== 'planned') refuse('meeting.not-planned')
    const now = actor.house.clock.now()
    // The key is safely on disk before anybody can seal to it. If the transaction fails, the sweeping finds a key without a round.
    actor.house.keys.makePhones(meeting.id)
    await startRound(actor.house, tx, meeting.id, 1)
    await ask.setOpen(tx, meeting.id, now, closesBy(now))
    await later.order(tx, closeJob, { meeting: meeting.id }, closesBy(now))
  })
}

/** Closes the exit card for a host: opens the cards, counts them question by question, freezes the result, and destroys the key. */
export async function closeExitCard(actor: Actor, later: LaterWork, code: string): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  if (meeting.life.phase !== 'open') refuse('meeting.not-open')
  await closeAndCount(actor.house, later, meeting.id)
}

/** Says how many were there, before or after closing. After closing, the result is frozen anew if that changes it. */
export async function countAttendance(actor: Actor, code: string, attended: number): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  await asActor(actor, async (tx) => {
    if (!(await ask.setAttended(tx, meeting.id, attended))) refuse('not-yours')
  })
  await asSystem(actor.house, 'freeze the result anew with another attendance', async (tx) => {
    await ask.lockMeeting(tx, meeting.id)
    // It may have been closed this minute, by another host or at its deadline.
    if ((await ask.findMeetingById(tx, meeting.id))?.life.phase === 'closed') await freeze(actor.house, tx, meeting.id)
  })
}

/** The meeting, if the one who acts hosts its community. Hosting is asked of the database, as that person. */
export async function meetingToHost(actor: Actor, code: string): Promise<MeetingHere> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  // Whoever works for the municipality is a guest in every community's room, also where they host as a neighbour.
  if (!isHost(actor)) refuse('not-yours')
  return asActor(actor, async (tx) => {
    const meeting = await ask.findMeeting(tx, code)
    if (!meeting) refuse('code.unknown')
    if (!(await ask.mayHost(tx, meeting.communityId))) refuse('not-yours')
    return meeting
  })
}

async function closeAndCount(house: House, later: LaterWork, meeting: string): Promise<void> {
  await asSystem(house, 'close the exit card', async (tx) => {
    await ask.lockMeeting(tx, meeting)
    const here = await ask.findMeetingById(tx, meeting)
    if (here?.life.phase !== 'open') return
    const round = await ask.lockOpenRound(tx, meeting)
    if (round === null) return
    // What cannot be counted on this machine stays open.
    if (!house.keys.openRound(meeting, round)) refuse('key.missing')
    const now = house.clock.now()
    await ask.closeRound(tx, meeting, round, now)
    await startRound(house, tx, meeting, round + 1)
    await ask.setClosed(tx, meeting, now)
    await later.order(tx, countJob, { meeting }, now)
    await later.order(tx, lateJob, { meeting }, lateUntil(now))
    if (house.mail) await later.order(tx, mailJob, { meeting }, morningAfter(now, here.community.timeZone))
  })
  await countClosed(house, meeting)
}

/**
 * Counts what is closed: opens the cards, counts them question by question, freezes the result, and destroys the key. Cut off anywhere and
 * done again, it counts the same cards.
 */
async function countClosed(house: House, meeting: string): Promise<void> {
  const counted = await asSystem(house, 'count a closed round', async (tx) => {
    await ask.lockMeeting(tx, meeting)
    const here = await ask.findMeetingById(tx, meeting)
    const round = await ask.roundToCount(tx, meeting)
    if (!here || round === null) return null
    const cards = await unseal(house, tx, meeting, round)
    if (round === 1) await ask.addCounts(tx, meeting, cards.count, cards.tally)
    else if (await mayJoin(tx, here, cards)) {
      await ask.addCounts(tx, meeting, cards.count, only(cards.tally, questions))
      house.log.say('card.late-joined')
    }
    await ask.addNextWords(tx, meeting, cards.words)
    await ask.dropSealed(tx, meeting, round)
    await ask.endRound(tx, meeting, round, house.clock.now())
    await freeze(house, tx, meeting)
    await ask.tellMeeting(tx, meeting)
    const ended = (await ask.openRoundOf(tx, meeting)) === null
    if (ended) await ask.dropReceipts(tx, meeting)
    return { round, ended }
  })
  // Counted before: perhaps by a counting that never heard that its commit had gone through.
  if (!counted) return sweepKeys(house)
  // Only now, when the counts are safely on disk. A crash before this line leaves the key to the sweeping.
  house.keys.destroyRound(meeting, counted.round)
  if (counted.round === 1) house.log.say('card.closed')
  if (!counted.ended) return
  house.keys.destroyPhones(meeting)
  house.log.say('card.late-ended')
}

/** Finishes what was cut off: counts what is closed, and destroys the keys of what is counted. For the start, and from time to time. */
export async function finishClosings(house: House): Promise<void> {
  const meetings = await asSystem(house, 'find countings that were cut off', ask.meetingsToCount)
  for (const meeting of meetings)
    await countClosed(house, meeting).catch((error) => house.log.fail('work.failed', error))
  await sweepKeys(house)
}

/**
 * A full batch of late cards joins the result: twenty are too many to tell on anybody. `last` is the end of the late days, when fewer
 * join if the difference tells on nobody. Whoever may not join is in no number but that of those the host counted. Each batch is asked
 * about once.
 */
async function closeLateRound(house: House, meeting: string, last: boolean): Promise<void> {
  const closed = await asSystem(house, 'close a round of late cards', async (tx) => {
    await ask.lockMeeting(tx, meeting)
    if ((await ask.findMeetingById(tx, meeting))?.life.phase !== 'closed') return false
    const round = await ask.lockOpenRound(tx, meeting)
    if (round === null) return last
    if (!last && (await ask.countSealed(tx, meeting, round)) < lateBatch) return false
    await ask.closeRound(tx, meeting, round, house.clock.now())
    if (!last) await startRound(house, tx, meeting, round + 1)
    return true
  })
  if (closed) await countClosed(house, meeting)
}

/** Asked once for each batch, at a moment that does not depend on what the cards say. */
async function mayJoin(tx: Tx, meeting: MeetingHere, cards: Unsealed): Promise<boolean> {
  const frozen = await ask.countsOf(tx, meeting.id)
  const both = questions.map((question) => ({
    frozen: countsOf(frozen.tally, question),
    late: countsOf(cards.tally, question),
  }))
  return mayRelease(both, { cards: cards.count, smallPlace: isSmall(meeting.community.residents) })
}

/** Late cards have come: a full batch joins at once. */
export const lateCardCame = (house: House, meeting: string): Promise<void> => closeLateRound(house, meeting, false)

/** How many late cards wait. For the host, who has just typed a pile. */
export async function lateCardsWaiting(actor: Actor, meeting: string): Promise<number> {
  return asSystem(actor.house, 'count the late cards that wait', async (tx) => {
    const round = await ask.openRoundOf(tx, meeting)
    return round && round.round > 1 ? ask.countSealed(tx, meeting, round.round) : 0
  })
}

/** The kinds of later work of this room: the deadline of an exit card, and the end of its late days. */
export function exitCardJobs(later: () => LaterWork): JobKind[] {
  return [
    { name: closeJob, work: (house, data) => closeAndCount(house, later(), data.meeting ?? '') },
    { name: countJob, work: (house, data) => countClosed(house, data.meeting ?? '') },
    { name: lateJob, work: (house, data) => closeLateRound(house, data.meeting ?? '', true) },
  ]
}

/**
 * Destroys keys whose cards are counted: the last step of a closing that was cut off. A key whose round this database does not know
 * is left alone: it may belong to another database, or to an opening that is under way.
 */
export async function sweepKeys(house: House): Promise<void> {
  const files = house.keys.list()
  const rounds = await asSystem(house, 'find keys that are done with', (tx) =>
    ask.roundsOf(tx, [...new Set(files.map((file) => file.meeting))]),
  )
  for (const { meeting, round } of files) {
    const known = rounds.filter((one) => one.meeting === meeting)
    const done =
      round === null
        ? known.length > 0 && known.every((one) => one.counted)
        : known.some((one) => one.round === round && one.counted)
    if (!done) continue
    if (round === null) house.keys.destroyPhones(meeting)
    else house.keys.destroyRound(meeting, round)
    house.log.say('key.swept')
  }
}

async function startRound(house: House, tx: Tx, meeting: string, round: number): Promise<void> {
  await ask.addRound(tx, { meeting, round, keys: house.keys.makeRound(meeting, round) })
}

/** Freezes what may be shown. The door list is counted once, at closing; later versions keep what it said then, unless a host asks. */
async function freeze(house: House, tx: Tx, meeting: string, door: 'kept' | 'anew' = 'kept'): Promise<void> {
  const here = await ask.findMeetingById(tx, meeting)
  if (!here) return
  const before = await askResult.lastResult(tx, meeting)
  const talk =
    before?.evening?.talk ??
    talkMinutes(await askResult.talkOf(tx, meeting), here.life.phase === 'closed' ? here.life.openedAt : here.startsAt)
  const evening =
    before && door === 'kept'
      ? stillFrozen(before.evening, here.attended)
      : eveningNumbers(talk, await askResult.doorCountsOf(tx, meeting), here.attended)
  const counted = { ...(await ask.countsOf(tx, meeting)), attended: here.attended, residents: here.community.residents }
  for (const audience of ['community', 'municipality'] as const)
    await ask.addResult(tx, meeting, audience, house.clock.now(), {
      ...resultFor(audience, counted),
      ...(evening && { evening }),
    })
}

/**
 * "Gør op igen": the door list has been typed in after the closing. All of it joins the result, or nothing: `refused` when too little has
 * changed for nobody to be read from two versions.
 */
export async function countDoorAgain(actor: Actor, code: string): Promise<'joined' | 'refused'> {
  const meeting = await meetingToHost(actor, code)
  return asSystem(actor.house, 'freeze the result anew with the door list as it is', async (tx) => {
    await ask.lockMeeting(tx, meeting.id)
    const before = await askResult.lastResult(tx, meeting.id)
    if (!before) return refuse('result.not-yet')
    if (!mayCountAgain(before.evening ?? nothingShown, await askResult.doorCountsOf(tx, meeting.id))) return 'refused'
    await freeze(actor.house, tx, meeting.id, 'anew')
    return 'joined'
  })
}

interface Unsealed {
  /** How many cards with the three questions. */
  count: number
  tally: Tally
  words: string[]
}

/**
 * Opens a round's cards and counts them, each question by itself. What leaves this function has no cards in it, and nothing about a
 * question that too few have answered: such counts would be the cards themselves, for whoever knows who was there.
 */
async function unseal(house: House, tx: Tx, meeting: string, round: number): Promise<Unsealed> {
  const keys = house.keys.openRound(meeting, round)
  if (!keys) refuse('key.missing')
  const sealed = await ask.sealedCards(tx, meeting, round)
  const opened = <T>(purpose: Purpose, decode: (bytes: Buffer) => T): T[] =>
    open(
      keys[purpose],
      sealed.filter((card) => card.purpose === purpose),
    ).flatMap((plain) => (plain ? [decode(plain)] : []))

  const minimum = minimumAnswers(false)
  const enough = <T>(all: T[]): T[] => (all.length < minimum ? [] : all)
  // Late cards join all together or not at all (mayJoin): what is too few among them is for that question to say.
  const onTime = <T>(all: T[]): T[] => (round === 1 ? enough(all) : all)
  const cards = opened('shares', decodeAnswers)
  const next = enough(opened('next', decodeNext))
  const who = enough(opened('who', decodeWho))
  const tally = new Map<CountedQuestion, Map<number, number>>()
  for (const question of questions) tally.set(question, count(onTime(cards.flatMap((card) => card[question] ?? []))))
  tally.set('NEXT', count(next.map((one) => (one.kind === 'words' ? 1 : 2))))
  tally.set('WHO', count(who))
  const words = enough(next.flatMap((one) => (one.kind === 'words' ? one.text : [])))
  return { count: cards.length, tally, words }
}

function count(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

const only = (tally: Tally, wanted: readonly Question[]): Tally =>
  new Map([...tally].filter(([question]) => wanted.includes(question as Question)))
