// What is done with a meeting's record: it is seen by those who may, debriefed by its team, and sent to those who asked.
import { type Actor, asActor, asSystem, guestIn, type House, isHost, isMunicipal } from '../../db/as-actor.ts'
import type { JobKind, LaterWork } from '../../jobs/jobs.ts'
import { writeLetter } from '../../post/post.ts'
import { Refusal, refuse } from '../../refusal.ts'
import { wishForResult } from '../coming/coming.deeds.ts'
import { countWishes } from '../coming/coming.queries.ts'
import { agendaOf } from '../evening.queries.ts'
import type { AgendaItem } from '../evening.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import type { FrozenResult, MeetingHere } from '../meetings.queries.ts'
import { findMeetingById, mayHost, resultOf } from '../meetings.queries.ts'
import { publicRoles } from '../plan.queries.ts'
import { findResult } from '../result.deeds.ts'
import { lastResult } from '../result.queries.ts'
import { mailJob, morningAfter } from '../result-mail.ts'
import type { MeetingRole } from '../roles.ts'
import { type Debrief, isSame } from './debrief.ts'
import { resultLetter } from './morning-letter.ts'
import * as ask from './record.queries.ts'
import { type HeardInHall, heardIn, openedOnly } from './record.ts'

export interface RecordSeen {
  meeting: MeetingHere
  /** Null before the card has closed, and for the municipality in the first 48 hours; then nothing else is here either. */
  result: FrozenResult | null
  /** What was said, as far as the one who asks may see it. Null where no evening was held. */
  heard: HeardInHall | null
  /** Only what speakers have opened to the public is among the words. */
  publicOnly: boolean
  /** How many promises were made; null for those outside the hall. */
  promises: number | null
  agenda: readonly AgendaItem[]
  /** Who hosted and led, and who was of the municipality. */
  roles: readonly MeetingRole[]
  /** The one who acts hosts this place. */
  hosts: boolean
}

/**
 * The record of a meeting. Whoever has the code was in the hall, or was given it by somebody who was; somebody of the municipality who is
 * signed in sees what is open to all, 48 hours later, also with the code.
 */
export async function seeRecord(actor: Actor, hall: Hall, code: string): Promise<RecordSeen> {
  const { meeting, result } = await findResult(actor, code)
  return recordOf(actor, hall, { meeting, result, publicOnly: isMunicipal(actor) })
}

/**
 * The record as it stands outside the hall, at an address without the code: the result, the themes, and the words that are open to all.
 * Who reads it decides only which result they may see.
 */
export async function seeOpenRecord(actor: Actor, hall: Hall, slug: string, id: string): Promise<RecordSeen> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) refuse('not-found')
  const found = await asActor(actor, async (tx) => {
    const meeting = await findMeetingById(tx, id)
    return meeting?.community.slug === slug ? { meeting, result: await resultOf(tx, id) } : null
  })
  if (!found) refuse('not-found')
  return recordOf(actor, hall, { ...found, publicOnly: true })
}

async function recordOf(
  actor: Actor,
  hall: Hall,
  { meeting, result, publicOnly }: Pick<RecordSeen, 'meeting' | 'result' | 'publicOnly'>,
): Promise<RecordSeen> {
  const nothing = { heard: null, publicOnly, promises: null, agenda: [], roles: [], hosts: false }
  if (!result) return { meeting, result, ...nothing }
  const evening = await hall.evenings.of(meeting.id)
  return asActor(actor, async (tx) => {
    const opened = publicOnly
      ? {
          voices: await ask.voicesOf(tx, meeting.id),
          statements: openedOnly(await ask.statementsOpen(tx, meeting.id)),
          themes: await ask.themesOpen(tx, meeting.id),
        }
      : evening
    return {
      meeting,
      result,
      heard: evening && opened && heardIn(opened),
      publicOnly,
      promises: publicOnly ? null : (evening?.promises ?? null),
      agenda: await agendaOf(tx, meeting.id),
      roles: await publicRoles(tx, meeting.id),
      hosts: isHost(actor) && (await mayHost(tx, meeting.communityId)),
    }
  })
}

/** Promises by name and the door list: the hosts' own. */
export async function seeNames(
  actor: Actor,
  code: string,
): Promise<{ promises: ask.PromiseMade[]; doorList: ask.ArrivalHere[] }> {
  const meeting = await meetingToHost(actor, code)
  return asActor(actor, async (tx) => ({
    promises: await ask.promisesOf(tx, meeting.id),
    doorList: await ask.doorListOf(tx, meeting.id),
  }))
}

// --- The debrief

export interface DebriefSeen {
  meeting: MeetingHere
  debrief: Debrief | null
}

/** The team's own page. Refused to everybody but the hosts of the place. */
export async function seeDebrief(actor: Actor, code: string): Promise<DebriefSeen> {
  const meeting = await meetingToHost(actor, code)
  if (meeting.life.phase === 'planned') refuse('meeting.not-open')
  return { meeting, debrief: await asActor(actor, (tx) => ask.debriefOf(tx, meeting.id)) }
}

/** Keeps the debrief, unless somebody has written since: then what stands now is answered, and nothing of it is lost. */
export async function keepDebrief(
  actor: Actor,
  code: string,
  written: Omit<Debrief, 'writtenAt'>,
): Promise<{ kept: true } | { kept: false; now: Debrief }> {
  const { meeting } = await seeDebrief(actor, code)
  return asActor(actor, async (tx) => {
    const done = await ask.writeDebrief(tx, meeting.id, { ...written, writtenAt: actor.house.clock.now() })
    if (done) return { kept: true }
    const now = await ask.debriefOf(tx, meeting.id)
    if (!now) return refuse('busy')
    // Pressed twice: it is there already.
    return isSame(now, written) ? { kept: true } : { kept: false, now }
  })
}

// --- The mail of the next morning

/**
 * Somebody wants the result by mail. Where the first morning has passed, the next one is ordered, once for all who ask. Answers whether
 * there was room: so many may ask and no more.
 */
export async function wishForMail(
  actor: Actor,
  hall: Hall,
  later: LaterWork,
  meeting: MeetingHere,
  { address, lang }: ask.Wish,
): Promise<boolean> {
  const { house } = actor
  // The municipality sees its own version, later, and not by mail.
  if (isMunicipal(actor)) refuse('not-yours')
  if (!house.mail || meeting.life.phase !== 'closed') refuse('result.not-yet')
  const { timeZone } = meeting.community
  const now = house.clock.now()
  const passed = morningAfter(meeting.life.closedAt, timeZone) <= now
  const others = await asSystem(house, 'has anybody asked before?', (tx) => countWishes(tx, meeting.id))
  try {
    if (!(await wishForResult(hall, meeting, address, lang))) return false
  } catch (error) {
    if (error instanceof Refusal && error.code === 'busy') return false
    throw error
  }
  if (passed && others === 0)
    await asSystem(house, 'order the mail of the next morning', (tx) =>
      later.order(tx, mailJob, { meeting: meeting.id }, morningAfter(now, timeZone)),
    )
  return true
}

/** Writes the letters and forgets who asked, in one transaction. Done again, there is nobody left to write to. */
export async function sendResults(house: House, meeting: string, origin: string): Promise<void> {
  const themes = await asActor(guestIn(house), (tx) => ask.themesOpen(tx, meeting))
  await asSystem(house, 'write to those who asked for the result', async (tx) => {
    const here = await findMeetingById(tx, meeting)
    if (!here) return
    const body = await lastResult(tx, meeting)
    if (!body) throw new Error('the result is not counted yet')
    const wishes = await ask.takeWishes(tx, meeting)
    const priorities = themes.filter(({ priority }) => priority).map(({ name }) => name)
    for (const { address, lang } of wishes)
      await writeLetter(tx, {
        kind: 'result',
        to: address,
        ...resultLetter(lang, { meeting: here, body, priorities, origin }),
      })
  })
}

/** The later work of this room: the mail of the next morning. `origin` is what its links begin with. */
export const recordJobs = (origin: string): JobKind[] => [
  { name: mailJob, work: (house, data) => sendResults(house, data.meeting ?? '', origin) },
]
