// Answering: a phone's three answers, its promise and its number, and a scribe's pile of paper cards, sealed and put on disk.
import { randomBytes } from 'node:crypto'
import type { Purpose } from '../keys/key-cabinet.ts'
import { refuse } from '../refusal.ts'
import { type CardAnswers, encodeAnswers, encodeNext, encodeWho, type Next } from './exit-card.ts'
import { findAgain, type Hall, type MeetingInHall } from './hall.ts'
import { paperTag, tagOf } from './phone-token.ts'

/** The same phone's answer replaces its first. Without a token (no cookies) every card is a new one. */
export async function answerExitCard(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer | null,
  card: { answers: CardAnswers; rev: number },
): Promise<void> {
  await keepOne(hall, meeting, 'shares', token, card.rev, encodeAnswers(card.answers))
}

/** What somebody will do now, and with how many they will talk. Each is sealed by itself, under a tag of its own. */
export async function sayNext(
  hall: Hall,
  meeting: MeetingInHall,
  token: Buffer | null,
  said: { next: Next | null; who: number | null; rev: number },
): Promise<void> {
  const kept: Promise<void>[] = []
  if (said.next) kept.push(keepOne(hall, meeting, 'next', token, said.rev, encodeNext(said.next)))
  if (said.who !== null) kept.push(keepOne(hall, meeting, 'who', token, said.rev, encodeWho(said.who)))
  await Promise.all(kept)
}

export interface PaperCard {
  answers: CardAnswers
  next: Next | null
  who: number | null
}

/** A pile of paper cards, typed twice and found alike. `pile` is its random id: sent again, it is the same pile. */
export async function keepPile(
  hall: Hall,
  meeting: MeetingInHall,
  pile: string,
  cards: readonly PaperCard[],
): Promise<void> {
  const secrets = meeting.phones ?? refuse(meeting.life.phase === 'planned' ? 'meeting.not-open' : 'meeting.closed')
  const keep = (purpose: Purpose, place: number, plain: Uint8Array) =>
    keepTagged(hall, meeting, purpose, paperTag(secrets, purpose, pile, place), 1, plain)
  await Promise.all(
    cards.flatMap((card, place) => [
      keep('shares', place, encodeAnswers(card.answers)),
      ...(card.next ? [keep('next', place, encodeNext(card.next))] : []),
      ...(card.who !== null ? [keep('who', place, encodeWho(card.who))] : []),
    ]),
  )
}

async function keepOne(
  hall: Hall,
  meeting: MeetingInHall,
  purpose: Purpose,
  token: Buffer | null,
  rev: number,
  plain: Uint8Array,
): Promise<void> {
  if (meeting.life.phase === 'planned') refuse('meeting.not-open')
  // After closing, only a phone that was here while the card was open: its token was given out then.
  if (meeting.life.phase === 'closed' && !token) refuse('meeting.closed')
  const tag = token && meeting.phones ? tagOf(meeting.phones, purpose, token) : randomBytes(16)
  await keepTagged(hall, meeting, purpose, tag, rev, plain)
}

async function keepTagged(
  hall: Hall,
  meeting: MeetingInHall,
  purpose: Purpose,
  tag: Buffer,
  rev: number,
  plain: Uint8Array,
): Promise<void> {
  let here = meeting
  const keep = () => {
    const round = here.round ?? refuse('meeting.closed')
    // Nobody is thanked for a card that could never be counted.
    if (!here.countable) refuse('key.missing')
    return hall.writer.keep({
      purpose,
      meeting: here.id,
      round: round.round,
      publicKey: round.keys[purpose],
      tag,
      rev,
      plain,
    })
  }
  let verdict = await keep()
  // The round was counted while this card was under way: it is a late card now.
  if (verdict === 'closed') {
    here = await findAgain(hall, meeting)
    verdict = await keep()
  }
  if (verdict === 'closed') refuse('meeting.closed')
  if (verdict === 'too-late') refuse('card.counted')
  if (purpose !== 'shares') return
  hall.cardKept(meeting.id)
  if (here.round && here.round.round > 1) hall.lateCard(meeting.id)
}
