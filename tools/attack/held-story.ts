// A held story: the same events through the real deeds and the real database, to see that the rules without them are the same.
import { setTimeout as wait } from 'node:timers/promises'
import { answerExitCard, keepPile, sayNext } from '../../src/meetings/answering.deeds.ts'
import { closeExitCard, countAttendance, lateCardCame, openExitCard } from '../../src/meetings/exit-card.deeds.ts'
import { answeredSoFar, communityResult, type Hall, type MeetingInHall } from '../../src/meetings/hall.ts'
import { drawMeeting } from '../../src/meetings/hall-door.page.ts'
import { drawEvening } from '../../src/meetings/leading/draw-evening.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import { issueToken, readToken } from '../../src/meetings/phone-token.ts'
import { findResult } from '../../src/meetings/result.deeds.ts'
import type { ResultBody } from '../../src/meetings/result.ts'
import { Refusal } from '../../src/refusal.ts'
import type { AttackedHouse } from './house.ts'
import type { Event, Seen, Story } from './story.ts'

export interface HeldSeen extends Seen {
  /** The hall screen's whole state, without what every meeting has of its own. */
  screen: string
}

/** Two days later, for the municipality. */
const later = 49 * 3_600_000

export async function holdStory(attacked: AttackedHouse, { residents, events }: Story): Promise<HeldSeen[]> {
  const place = attacked.places.find((one) => one.residents === residents) ?? attacked.places[0]
  const plan = {
    kind: 'dialogue',
    purpose: 'Hvad nu?',
    place: 'Hallen',
    hostName: 'Freja',
    date: '2027-03-14',
    time: '19:00',
  } as const
  const code = await planMeeting(place.host, place, plan)
  await openExitCard(place.host, attacked.later, code)
  // Whether a full batch has come is asked by the story, not by the clock.
  const hall: Hall = { ...attacked.hall, lateCard: () => {} }
  const phones = (await here(hall, code)).phones
  if (!phones) throw new Error('the meeting is open')
  const tokens = new Map<string, Buffer | null>()
  const tokenOf = (by: string): Buffer | null => {
    const token = tokens.get(by) ?? readToken(phones, issueToken(phones))
    tokens.set(by, token)
    return token
  }

  const seen: HeldSeen[] = []
  for (const event of events) {
    await happen(event).catch((error) => {
      if (!(error instanceof Refusal)) throw error
    })
    seen.push(await look(attacked, hall, code))
  }
  return seen

  async function happen(event: Event): Promise<void> {
    const meeting = await here(hall, code)
    switch (event.kind) {
      case 'card':
        return answerExitCard(hall, meeting, tokenOf(event.by), { answers: event.card, rev: event.rev })
      case 'next':
        if (meeting.life.phase !== 'open') return
        return sayNext(hall, meeting, tokenOf(event.by), {
          next: event.words ? { kind: 'words', text: `Jeg ${event.by}` } : { kind: 'nothing' },
          who: null,
          rev: event.rev,
        })
      case 'who':
        if (meeting.life.phase !== 'open') return
        return sayNext(hall, meeting, tokenOf(event.by), { next: null, who: event.people, rev: event.rev })
      case 'pile':
        return keepPile(
          hall,
          meeting,
          `${code} ${event.pile}`,
          event.cards.map((answers) => ({ answers, next: null, who: null })),
        )
      case 'attended':
        return countAttendance(place.host, code, event.people)
      case 'close':
        return closeExitCard(place.host, attacked.later, code)
      case 'full-batch':
        return lateCardCame(attacked.house, meeting.id)
      case 'last-day':
        return attacked.jobs
          .find(({ name }) => name.endsWith('end-late'))
          ?.work(attacked.house, { meeting: meeting.id })
    }
  }
}

/** The meeting as the database has it now. */
async function here(hall: Hall, code: string): Promise<MeetingInHall> {
  const known = await hall.find(code)
  hall.forget(known?.id)
  await wait(0)
  const meeting = await hall.find(code)
  if (!meeting) throw new Error('the meeting is there')
  return meeting
}

async function look(attacked: AttackedHouse, hall: Hall, code: string): Promise<HeldSeen> {
  const meeting = await here(hall, code)
  const view = { watching: 'screen', lang: 'da', origin: 'http://hall' } as const
  const screen = await drawMeeting(hall, drawEvening(hall))(meeting, view)
  const community = await communityResult(hall, meeting.id)
  const clock = { now: () => new Date(attacked.house.clock.now().getTime() + later) }
  const employee = { ...attacked.employee, house: { ...attacked.house, clock } }
  const { result } = await findResult(employee, code)
  return {
    onScreen: meeting.life.phase === 'open' ? await answeredSoFar(hall, meeting.id) : null,
    community: community?.body ?? null,
    municipality: (result?.body as ResultBody | undefined) ?? null,
    screen: plainScreen(screen, code),
  }
}

/** Without the QR code and the code itself, which every meeting has of its own. */
const plainScreen = (screen: string, code: string): string =>
  [code, code.slice(0, 3), code.slice(3)].reduce(
    (text, part) => text.replaceAll(part, '…'),
    screen.replaceAll(/<svg[\s\S]*?<\/svg>/g, ''),
  )
