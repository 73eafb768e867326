// What a host does first: plans a meeting, with the usual ninety minutes and a host.
import { v7 as uuid } from 'uuid'
import { instantIn } from '../clock.ts'
import { type Actor, asActor, isHost } from '../db/as-actor.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { refuse } from '../refusal.ts'
import type { AgendaItem } from './evening.ts'
import type { Plan } from './meeting.ts'
import { newCode } from './meeting-code.ts'
import * as ask from './meetings.queries.ts'
import { handOutRoles, meetingsHeld, writeAgenda } from './plan.queries.ts'
import { asksWhy, type MeetingRole } from './roles.ts'
import { usualAgenda } from './usual-agenda.ts'

/** What a plan may bring along; else the usual ninety minutes, and nobody but the host. */
export interface PlanBrings {
  /** The language of the usual plan. */
  lang?: Lang
  agenda?: readonly AgendaItem[]
  /** The others beside the host. */
  roles?: readonly MeetingRole[]
}

/** The host of a plan as a role. */
export const hostOf = ({ hostName, hostMunicipal, hostReason }: Plan): MeetingRole => ({
  role: 'host',
  name: hostName,
  municipal: hostMunicipal ?? false,
  reason: hostMunicipal ? (hostReason ?? null) : null,
})

/** Plans a meeting in a community that the actor hosts. Answers its code. The wall-clock time is the community's. */
export async function planMeeting(
  actor: Actor,
  community: { id: string; timeZone: string },
  plan: Plan,
  brings: PlanBrings = {},
): Promise<string> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (!isHost(actor)) refuse('not-yours')
  return asActor(actor, async (tx) => {
    if (!(await ask.mayHost(tx, community.id))) refuse('not-yours')
    const roles = [hostOf(plan), ...(brings.roles ?? []).filter(({ role }) => role !== 'host')]
    const held = await meetingsHeld(tx, community.id, null)
    if (roles.some((one) => asksWhy(one, held) && one.reason === null))
      throw new RangeError('somebody of the municipality who leads is asked why before the meeting is planned')
    const code = newCode()
    const id = uuid()
    await ask.addMeeting(tx, {
      id,
      communityId: community.id,
      code,
      kind: plan.kind,
      purpose: plan.purpose,
      place: plan.place,
      hostName: plan.hostName,
      startsAt: instantIn(community.timeZone, plan.date, plan.time),
    })
    await writeAgenda(tx, id, brings.agenda ?? usualAgenda(plan.kind, brings.lang ?? 'da'))
    await handOutRoles(tx, id, roles)
    return code
  })
}
