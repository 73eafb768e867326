// What a scribe does: is let in with a pile of paper cards, and lays it in when both typings agree.
import type { Actor } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { keepPile, type PaperCard } from '../answering.deeds.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import { answeredSoFar, findAgain, type Hall } from '../hall.ts'
import type { MeetingHere } from '../meetings.queries.ts'

/** The meeting, if the one who acts hosts its community and its card still takes answers: open, or in its late days. */
export async function meetingForScribe(actor: Actor, code: string): Promise<MeetingHere> {
  const meeting = await meetingToHost(actor, code)
  if (meeting.life.phase === 'planned') refuse('meeting.not-open')
  if (!actor.house.keys.openPhones(meeting.id)) refuse('meeting.closed')
  return meeting
}

/** Lays a pile in. Sent again, it is the same pile: `pile` is its random id. Nothing tells afterwards which cards came in it. */
export async function layPile(
  actor: Actor,
  hall: Hall,
  code: string,
  pile: string,
  cards: readonly PaperCard[],
): Promise<void> {
  const meeting = await meetingForScribe(actor, code)
  // Asked for anew: what this process knows about the meeting may be older than what its host has just done.
  const phones = actor.house.keys.openPhones(meeting.id)
  const here = await findAgain(hall, { ...meeting, round: null, countable: false, phones, stage: null })
  await keepPile(hall, here, pile, cards)
}

/** The meeting and, while its card is open, how many have answered in all. */
export async function lookAtKept(
  actor: Actor,
  hall: Hall,
  code: string,
): Promise<{ meeting: MeetingHere; answered: number | null }> {
  const meeting = await meetingToHost(actor, code)
  return { meeting, answered: meeting.life.phase === 'open' ? await answeredSoFar(hall, meeting.id) : null }
}
