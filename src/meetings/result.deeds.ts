// Asking for a result: the one who acts sees the newest frozen version that is theirs to see.
import { type Actor, asActor } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './meetings.queries.ts'

export interface ResultSeen {
  meeting: ask.MeetingHere
  /** Null before the card has closed, and for the municipality in the first 48 hours. */
  result: ask.FrozenResult | null
}

export function findResult(actor: Actor, code: string): Promise<ResultSeen> {
  return asActor(actor, async (tx) => {
    const meeting = (await ask.findMeeting(tx, code)) ?? refuse('code.unknown')
    return { meeting, result: await ask.resultOf(tx, meeting.id) }
  })
}
