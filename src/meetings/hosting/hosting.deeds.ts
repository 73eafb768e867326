// What a host does round a meeting: is let in to plan one, looks at the desk, and changes a plan.

import { instantIn } from '../../clock.ts'
import { seeCommunity } from '../../communities/community.deeds.ts'
import type { Community } from '../../communities/community.ts'
import { type Actor, asActor, isHost, type Tx } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { agendaOf, stageOf } from '../evening.queries.ts'
import type { AgendaItem } from '../evening.ts'
import { lateCardsWaiting, meetingToHost } from '../exit-card.deeds.ts'
import { markOf } from '../mark.ts'
import { hostOf } from '../meeting.deeds.ts'
import { lateUntil, type Plan } from '../meeting.ts'
import {
  answeredSoFar,
  findMeetingById,
  lockMeeting,
  type MeetingHere,
  mayHost,
  nextWordsOf,
  resultOf,
} from '../meetings.queries.ts'
import { handOutRoles, meetingsHeld, rolesOf, writeAgenda } from '../plan.queries.ts'
import { asksWhy, type MeetingRole } from '../roles.ts'
import { usualAgenda, usualIn } from '../usual-agenda.ts'
import { type Desk, isEarly } from './desk.ts'
import { changePlanned } from './hosting.queries.ts'

/** The community, if the one who acts hosts it. */
export async function communityToHost(actor: Actor, slug: string): Promise<Community> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  const { community } = await seeCommunity(actor, slug)
  const hosts = isHost(actor) && (await asActor(actor, (tx) => mayHost(tx, community.id)))
  return hosts ? community : refuse('not-yours')
}

/** What the host needs to know now. */
export async function lookAtDesk(actor: Actor, code: string): Promise<Desk> {
  const meeting = await meetingToHost(actor, code)
  const { life } = meeting
  if (life.phase === 'planned') {
    const early = isEarly(meeting.startsAt, actor.house.clock.now())
    return { phase: 'planned', meeting, early, ...(await asActor(actor, (tx) => planOf(tx, meeting.id))) }
  }
  if (life.phase === 'open') {
    const { answered, begun } = await asActor(actor, async (tx) => ({
      answered: await answeredSoFar(tx, meeting.id),
      begun: (await stageOf(tx, meeting.id)) !== null,
    }))
    return { phase: 'open', meeting, closesBy: life.closesBy, answered, begun }
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

// --- The plan

const planOf = async (tx: Tx, meeting: string) => ({
  agenda: await agendaOf(tx, meeting),
  roles: await rolesOf(tx, meeting),
})

/** The meeting, as long as its plan may be changed. */
export async function planToChange(actor: Actor, code: string): Promise<MeetingHere> {
  const meeting = await meetingToHost(actor, code)
  if (meeting.life.phase !== 'planned') refuse('meeting.not-planned')
  return meeting
}

/** A planned meeting with all that was planned. */
export interface PlanSeen {
  meeting: MeetingHere
  agenda: AgendaItem[]
  roles: MeetingRole[]
  /** How many meetings the community has held before. */
  held: number
}

export async function seePlan(actor: Actor, code: string): Promise<PlanSeen> {
  const meeting = await planToChange(actor, code)
  return asActor(actor, async (tx) => ({
    meeting,
    ...(await planOf(tx, meeting.id)),
    held: await meetingsHeld(tx, meeting.communityId, meeting.id),
  }))
}

/** How many meetings the community has held: who plans the fourth is asked more. */
export const heldIn = (actor: Actor, community: string): Promise<number> =>
  asActor(actor, (tx) => meetingsHeld(tx, community, null))

const hostIn = (roles: readonly MeetingRole[]) => roles.find(({ role }) => role === 'host')

/** What of a meeting its first page changes, as a mark. */
export const planMark = ({ meeting, roles }: Pick<PlanSeen, 'meeting' | 'roles'>): string => {
  const { kind, purpose, place, hostName, startsAt } = meeting
  return markOf({ kind, purpose, place, hostName, startsAt, host: hostIn(roles) })
}
export const agendaMark = ({ agenda }: Pick<PlanSeen, 'agenda'>): string => markOf(agenda)
export const rolesMark = ({ roles }: Pick<PlanSeen, 'roles'>): string => markOf(roles)

/**
 * Changes a planned meeting, one host at a time. Another host may have changed it since this one looked (`seen`, a mark): then nothing
 * is changed, and what stands now is answered. Null when it is done.
 */
async function change(
  actor: Actor,
  code: string,
  mark: (plan: PlanSeen) => string,
  seen: string | undefined,
  write: (tx: Tx, plan: PlanSeen) => Promise<void>,
): Promise<PlanSeen | null> {
  const { id, communityId } = await planToChange(actor, code)
  return asActor(actor, async (tx) => {
    await lockMeeting(tx, id)
    const meeting = await findMeetingById(tx, id)
    if (meeting?.life.phase !== 'planned') refuse('meeting.not-planned')
    const plan = { meeting, ...(await planOf(tx, id)), held: await meetingsHeld(tx, communityId, id) }
    if (seen !== undefined && seen !== mark(plan)) return plan
    await write(tx, plan)
    return null
  })
}

/** Changes what a planned meeting is for, when and where, and who hosts. Its code stays, and so do the poster and the cards. */
export const changePlan = (actor: Actor, code: string, plan: Plan, seen?: string): Promise<PlanSeen | null> =>
  change(actor, code, planMark, seen, async (tx, { meeting, agenda, roles, held }) => {
    const startsAt = instantIn(meeting.community.timeZone, plan.date, plan.time)
    const { kind, purpose, place, hostName } = plan
    if (!(await changePlanned(tx, meeting.id, { kind, purpose, place, hostName, startsAt })))
      refuse('meeting.not-planned')
    await handOut(tx, meeting, [hostOf(plan), ...roles.filter(({ role }) => role !== 'host')], held)
    // An untouched plan of the evening follows the kind of meeting; one that somebody has worked on is theirs.
    const usual = usualIn(agenda, meeting.kind)
    if (usual && kind !== meeting.kind && (await stageOf(tx, meeting.id)) === null)
      await writeAgenda(tx, meeting.id, usualAgenda(kind, usual))
  })

/** Plans the evening anew. Not any more when it has begun: its clock runs on the plan. */
export const setAgenda = (
  actor: Actor,
  code: string,
  items: readonly AgendaItem[],
  seen?: string,
): Promise<PlanSeen | null> =>
  change(actor, code, agendaMark, seen, async (tx, { meeting }) => {
    if ((await stageOf(tx, meeting.id)) !== null) refuse('evening.begun')
    await writeAgenda(tx, meeting.id, items)
  })

/** Hands the roles out anew. The host is the meeting's, and stands on the poster. */
export const setRoles = (
  actor: Actor,
  code: string,
  handed: readonly MeetingRole[],
  seen?: string,
): Promise<PlanSeen | null> =>
  change(actor, code, rolesMark, seen, async (tx, { meeting, held }) => {
    const hostName = hostIn(handed)?.name ?? meeting.hostName
    if (hostName !== meeting.hostName) await changePlanned(tx, meeting.id, { ...meeting, hostName })
    await handOut(tx, meeting, handed, held)
  })

async function handOut(tx: Tx, meeting: MeetingHere, handed: readonly MeetingRole[], held: number): Promise<void> {
  if (handed.some((one) => asksWhy(one, held) && one.reason === null))
    throw new RangeError('somebody of the municipality who leads is asked why before the role is handed out')
  await handOutRoles(tx, meeting.id, handed)
}
