// What a host does with a meeting before it opens: plans it, and changes the plan.
import { v7 as uuid } from 'uuid'
import { instantIn } from '../clock.ts'
import { type Actor, asActor } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import type { Plan } from './meeting.ts'
import { newCode } from './meeting-code.ts'
import * as ask from './meetings.queries.ts'

/** Plans a meeting in a community that the actor hosts. Answers its code. The wall-clock time is the community's. */
export async function planMeeting(
  actor: Actor,
  community: { id: string; timeZone: string },
  plan: Plan,
): Promise<string> {
  if (actor.role === 'guest') refuse('sign-in.needed')
  if (actor.role !== 'host') refuse('not-yours')
  return asActor(actor, async (tx) => {
    if (!(await ask.mayHost(tx, community.id))) refuse('not-yours')
    const code = newCode()
    await ask.addMeeting(tx, {
      id: uuid(),
      communityId: community.id,
      code,
      kind: plan.kind,
      purpose: plan.purpose,
      place: plan.place,
      hostName: plan.hostName,
      startsAt: instantIn(community.timeZone, plan.date, plan.time),
    })
    return code
  })
}
