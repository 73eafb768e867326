// What a host does round a meeting: is let in to plan one, looks at the desk, and changes a plan.

import { instantIn } from '../../clock.ts'
import { seeCommunity } from '../../communities/community.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { type Actor, asActor } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { lateCardsWaiting, meetingToHost } from '../exit-card.deeds.ts'
import { lateUntil, type Plan } from '../meeting.ts'
import { answeredSoFar, type MeetingHere, mayHost, nextWordsOf, resultOf } from '../meetings.queries.ts'
import { type Desk, isEarly } from './desk.ts'
import { changePlanned } from './hosting.queries.ts'

/** The community, if the one who acts hosts it. */
export async function communityToHost(actor: Actor, slug: string): Promise<Community> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  const { community } = await seeCommunity(actor, slug)
  const hosts = actor.role === 'host' && (await asActor(actor, (tx) => mayHost(tx, community.id)))
  return hosts ? community : refuse('not-yours')
}

/** What the host needs to know now. */
export async function lookAtDesk(actor: Actor, code: string): Promise<Desk> {
  const meeting = await meetingToHost(actor, code)
  const { life } = meeting
  if (life.phase === 'planned')
    return { phase: 'planned', meeting, early: isEarly(meeting.startsAt, actor.house.clock.now()) }
  if (life.phase === 'open') {
    const answered = await asActor(actor, (tx) => answeredSoFar(tx, meeting.id))
    return { phase: 'open', meeting, closesBy: life.closesBy, answered }
  }
  const { result, words } = await asActor(actor, async (tx) => ({
    result: await resultOf(tx, meeting.id),
    words: await nextWordsOf(tx, meeting.id),
  }))
  const late = {
    waiting: await lateCardsWaiting(actor, meeting.id),
    until: lateUntil(life.closedAt),
    // Without the meeting's secrets no card can be told from another any more.
    open: actor.house.keys.openPhones(meeting.id) !== null,
  }
  return { phase: 'closed', meeting, answered: result?.body.answered ?? null, words, late }
}

/** The meeting, as long as its plan may be changed. */
export async function planToChange(actor: Actor, code: string): Promise<MeetingHere> {
  const meeting = await meetingToHost(actor, code)
  if (meeting.life.phase !== 'planned') refuse('meeting.not-planned')
  return meeting
}

/** Changes what a planned meeting is for, when and where. Its code stays, and so do the poster and the cards. */
export async function changePlan(actor: Actor, code: string, plan: Plan): Promise<void> {
  const meeting = await planToChange(actor, code)
  const startsAt = instantIn(meeting.community.timeZone, plan.date, plan.time)
  const { kind, purpose, place, hostName } = plan
  await asActor(actor, async (tx) => {
    const changed = await changePlanned(tx, meeting.id, { kind, purpose, place, hostName, startsAt })
    if (!changed) refuse('meeting.not-planned')
  })
}
