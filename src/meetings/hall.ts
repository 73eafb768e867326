// What this process knows about meetings right now: who has asked by its code is answered without asking the database again.
import { asActor, asSystem, guestIn, type House } from '../db/as-actor.ts'
import type { PhoneSecrets } from '../keys/key-cabinet.ts'
import { type CardWriter, cardWriter } from './card-writer.ts'
import { stageOf } from './evening.queries.ts'
import type { Stage } from './evening.ts'
import { type Evenings, seeEvenings } from './evening-seen.ts'
import { lateCardCame } from './exit-card.deeds.ts'
import * as ask from './meetings.queries.ts'

/** A meeting with the round that takes cards and the secrets that know its phones, if they lie on this machine. */
export interface MeetingInHall extends ask.MeetingHere {
  round: ask.CardRound | null
  phones: PhoneSecrets | null
  /** The private keys of the open round lie on this machine: what is sealed here can be counted here. */
  countable: boolean
  /** What phones can do in the evening; null before it has begun. */
  stage: Stage | null
}

export interface Hall {
  house: House
  writer: CardWriter
  evenings: Evenings
  /** Null for a code that no meeting has. */
  find(code: string): Promise<MeetingInHall | null>
  /** The meeting, if it has been asked for before and nothing has changed since. */
  here(code: string): MeetingInHall | undefined
  /** Something about a meeting has changed (or, without an id, nobody knows what): ask the database again. */
  forget(meeting?: string): void
  /** A card was kept: whoever watches the meeting, on any machine, hears of it within a moment. */
  cardKept(meeting: string): void
  /** A late card was kept: see whether a full batch may join. */
  lateCard(meeting: string): void
}

/** Codes are few; this is only against a program that would ask for ever. */
const mostKnown = 2000
/** Cards that are kept within this time are told together. */
const tellEvery = 150

export function openHall(house: House): Hall {
  const known = new Map<string, Promise<MeetingInHall | null>>()
  /** The same, as far as the database has answered. */
  const answered = new Map<string, MeetingInHall>()
  const lookingAtLate = new Set<string>()
  const untold = new Set<string>()

  async function fetch(code: string): Promise<MeetingInHall | null> {
    const meeting = await asActor(guestIn(house), async (tx) => {
      const here = await ask.findMeeting(tx, code)
      if (!here) return null
      return { ...here, round: await ask.openRoundOf(tx, here.id), stage: await stageOf(tx, here.id) }
    })
    if (!meeting) return null
    const countable = meeting.round !== null && house.keys.openRound(meeting.id, meeting.round.round) !== null
    return { ...meeting, phones: house.keys.openPhones(meeting.id), countable }
  }

  return {
    house,
    writer: cardWriter(house.cards),
    evenings: seeEvenings({ house }),
    async find(code) {
      const before = known.get(code)
      if (before) return before
      const asked = fetch(code)
      if (known.size >= mostKnown) {
        known.clear()
        answered.clear()
      }
      known.set(code, asked)
      // An unknown code is not kept: it may be somebody's in a minute. Nor is a question that the database did not answer.
      const meeting = await asked.catch((error) => {
        known.delete(code)
        throw error
      })
      if (!meeting) known.delete(code)
      else if (known.get(code) === asked) answered.set(code, meeting)
      return meeting
    },
    here: (code) => answered.get(code),
    forget(id) {
      for (const [code, asked] of known) {
        void asked.then(
          (meeting) => {
            if (id && meeting?.id !== id) return
            if (known.get(code) !== asked) return
            known.delete(code)
            answered.delete(code)
          },
          () => {},
        )
      }
    },
    cardKept(meeting) {
      if (untold.has(meeting)) return
      untold.add(meeting)
      setTimeout(() => {
        untold.delete(meeting)
        // If this fails, the next card tells.
        house.cards.query(`select pg_notify('oplive_cards', $1)`, [meeting]).catch(() => undefined)
      }, tellEvery).unref()
    },
    lateCard(meeting) {
      if (lookingAtLate.has(meeting)) return
      lookingAtLate.add(meeting)
      setTimeout(() => {
        lookingAtLate.delete(meeting)
        lateCardCame(house, meeting).catch((error) => house.log.fail('work.failed', error))
      }, 500).unref()
    },
  }
}

/** How many have answered while the card is open, for the hall screen. */
export const answeredSoFar = (hall: Hall, meeting: string): Promise<number> =>
  asActor(guestIn(hall.house), (tx) => ask.answeredSoFar(tx, meeting))

/** The newest result as the community sees it; null before the card has closed. */
export const communityResult = (hall: Hall, meeting: string): Promise<ask.FrozenResult | null> =>
  asActor(guestIn(hall.house), (tx) => ask.resultOf(tx, meeting))

/** Looks a meeting up again in the database, past what is known. For the counting page of a scribe after a round has changed. */
export async function findAgain(hall: Hall, meeting: MeetingInHall): Promise<MeetingInHall> {
  const round = await asSystem(hall.house, 'find the round that takes cards now', (tx) =>
    ask.openRoundOf(tx, meeting.id),
  )
  hall.forget(meeting.id)
  return { ...meeting, round, countable: round !== null && hall.house.keys.openRound(meeting.id, round.round) !== null }
}
