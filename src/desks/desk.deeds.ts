// What the desks look up, each as the one who asks: the front page, one place, and whether a code is a meeting's.

import type { SignedIn } from '../access/session.deeds.ts'
import { type CommunitySeen, seeCommunities, seeCommunity } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { talksWaitingFor } from '../conversations/talks.deeds.ts'
import { type Actor, asActor, isHost, isMunicipal } from '../db/as-actor.ts'
import { officerWaits } from '../incidents/officer.deeds.ts'
import { voicesForWall } from '../meetings/evening.ts'
import { findResult, type ResultSeen } from '../meetings/result.deeds.ts'
import { refuse } from '../refusal.ts'
import { type NoticeSeen, noticesFor } from '../rooms/room.deeds.ts'
import { type Installation, seeRunning } from '../running/running.deeds.ts'
import type { Criterion } from '../withdrawal/criteria.ts'
import { seeFallen } from '../withdrawal/withdrawal.deeds.ts'
import * as ask from './desks.queries.ts'
import { type AtDesk, nextStep, type Step } from './next-step.ts'
import { inOrder, type Meetings, type MeetingToTell, stillToCome } from './place.ts'
import { type Beside, beside, type Doing, doingOf, fewestFor, type Promises, promisesToTell } from './said-here.ts'

export interface PlaceInList {
  community: Community
  next: ask.NextMeeting | null
}

/** Every place with its next meeting, by the alphabet. */
export async function seePlaces(actor: Actor): Promise<PlaceInList[]> {
  const communities = await seeCommunities(actor)
  const from = stillToCome(actor.house.clock.now())
  const next = await asActor(actor, (tx) => ask.nextMeetings(tx, from))
  return communities.map((community) => ({ community, next: next.get(community.id) ?? null }))
}

export interface DeskSeen {
  step: Step
  /** The places one belongs to or works with, and the others. Everybody's next meeting. */
  own: PlaceInList[]
  others: PlaceInList[]
  /** For the municipality: every place with its plan, the one to be left first on top. */
  plans: ask.PlaceToLeave[]
}

const nothingToDo: Omit<AtDesk, 'role' | 'mail'> = {
  meetings: [],
  waiting: [],
  debrief: null,
  unplanned: null,
  unkept: null,
  undated: null,
  leaving: null,
  red: null,
}

/** The first page after signing in: the one thing to do next, and one's own places. */
export async function seeDesk(person: SignedIn, installation?: Installation): Promise<DeskSeen> {
  const now = person.house.clock.now()
  const from = stillToCome(now)
  const places = await seePlaces(person)
  const { role } = person
  if (role === 'guest') return refuse('sign-in.needed')
  const desk = { ...nothingToDo, role, mail: person.house.mail }
  if (!isMunicipal(person)) {
    const seen = await asActor(person, async (tx) => ({
      meetings: await ask.ownMeetings(tx, from),
      waiting: [
        ...(role === 'keyholder' ? [...(await ask.askedHere(tx)), ...(await ask.objectionsForMe(tx))] : []),
        ...(await ask.waitingForMe(tx, now)),
        ...(await talksWaitingFor(tx, person)),
      ],
      ...(isHost(person) ? await ask.hostsToDo(tx, now, from) : {}),
    }))
    const mine = new Set(person.places.map(({ community }) => community))
    const isOwn = ({ community }: PlaceInList) => mine.has(community.id)
    return {
      step: nextStep({ ...desk, ...seen }),
      own: places.filter(isOwn).sort((a, b) => Number(b.next?.isOn ?? false) - Number(a.next?.isOn ?? false)),
      others: places.filter((place) => !isOwn(place)),
      plans: [],
    }
  }
  const lines = role === 'operator' && installation ? await seeRunning(person, installation) : []
  const { plans, waiting } = await asActor(person, async (tx) => ({
    plans: await ask.placesToLeave(tx),
    waiting:
      role === 'officer'
        ? [...(await officerWaits(tx, now, places[0]?.community.timeZone)), ...(await ask.objectionsForMe(tx))]
        : role === 'employee'
          ? await talksWaitingFor(tx, person)
          : [],
  }))
  const works = role === 'employee' ? plans.filter(({ mine }) => mine) : plans
  const step = nextStep({
    ...desk,
    red: lines.find(({ state }) => state === 'red') ?? null,
    waiting,
    unkept: works.find(({ kept, keeper }) => !kept && !keeper) ?? null,
    undated: works.find(({ keeper, dated }) => !keeper && !dated) ?? null,
    leaving: works.find(({ presence }) => presence !== 'out') ?? null,
  })
  const slugs = new Set(works.map(({ slug }) => slug))
  const isOwn = ({ community }: PlaceInList) => role === 'employee' && slugs.has(community.slug)
  return {
    step,
    own: places.filter(isOwn),
    others: places.filter((place) => !isOwn(place)),
    plans: role === 'operator' ? [] : works,
  }
}

export interface PlaceSeen extends CommunitySeen {
  meetings: Meetings<MeetingToTell>
  /** The newest meeting that has been counted, with its result as the one who asks may see it; null before the first. */
  latest: ResultSeen | null
  /** Hopes and what we have beside what is unbearable, as their speakers opened them to all. */
  beside: Beside
  /** What past meetings chose to take on. */
  doing: Doing[]
  promises: Promises | null
  /** What has happened to the keys of the place within a month; only for those who belong. */
  notices: NoticeSeen[]
  /** What has fallen since the municipality stepped back; only for those who belong. */
  fallen: Criterion[]
}

/** One place, with what the one who asks may see of it. */
export async function seePlace(actor: Actor, slug: string): Promise<PlaceSeen> {
  const seen = await seeCommunity(actor, slug)
  const { all, words, chosen, made } = await asActor(actor, async (tx) => ({
    all: await ask.meetingsToTell(tx, seen.community.id),
    words: await ask.openedWords(tx, seen.community.id, voicesForWall),
    chosen: await ask.prioritiesOf(tx, seen.community.id),
    made: await ask.countPromises(tx, seen.community.id),
  }))
  const meetings = inOrder(all, actor.house.clock.now())
  const counted = meetings.held.find(({ phase }) => phase === 'closed')
  return {
    ...seen,
    meetings,
    latest: counted ? await findResult(actor, counted.code) : null,
    notices: await noticesFor(actor, seen.community.id),
    fallen: await seeFallen(actor, seen.community),
    beside: beside(words),
    doing: doingOf(chosen, meetings.held),
    promises: promisesToTell(made, fewestFor(actor.role, seen.community.residents)),
  }
}

/** Is there a meeting with this code? */
export const isMeeting = (actor: Actor, code: string): Promise<boolean> =>
  asActor(actor, (tx) => ask.isMeeting(tx, code))
