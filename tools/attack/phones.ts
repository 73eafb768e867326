// Phones: what they send to the hall's door, and everything about the response that a proxy may log.
import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { wallTimeIn } from '../../src/clock.ts'
import type { PhoneSecrets } from '../../src/keys/key-cabinet.ts'
import { closeExitCard, openExitCard } from '../../src/meetings/exit-card.deeds.ts'
import { type CardAnswers, fieldOf, questions } from '../../src/meetings/exit-card.ts'
import type { MeetingInHall } from '../../src/meetings/hall.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import type { AttackedHouse } from './house.ts'
import type { Resident } from './residents.ts'
import { allCards, nameOf } from './said.ts'
import type { Batch } from './traces.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

interface Response {
  status: number
  headers: IncomingHttpHeaders
  length: number
}

export function post(
  port: number,
  path: string,
  form: Record<string, string>,
  cookie: string | null,
): Promise<Response> {
  const body = new URLSearchParams(form).toString()
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': body.length,
      ...(cookie ? { cookie } : {}),
    }
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent }, (res) => {
      let length = 0
      res.on('data', (part: Buffer) => {
        length += part.length
      })
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, length }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** What a proxy may log of a response, without what differs by meeting, by phone and by second. */
export const seenOf = ({ status, headers, length }: Response, code: string): string =>
  JSON.stringify([
    status,
    length,
    Object.entries(headers)
      .filter(([name]) => name !== 'date')
      .map(([name, value]) => [
        name,
        String(value)
          .replaceAll(code, 'CODE')
          .replace(/=[\w-]{32};/, '=TOKEN;'),
      ]),
  ])

export const formOf = (card: CardAnswers, rev: number): Record<string, string> => ({
  ...Object.fromEntries(questions.map((question) => [fieldOf[question], String(card[question])])),
  rev: String(rev),
  lang: 'da',
})

export function nextOf({ next, who }: Resident): Record<string, string> {
  return {
    next: next?.kind === 'words' ? next.text : '',
    ...(next?.kind === 'nothing' ? { nothing: '1' } : {}),
    who: who === null ? '' : String(who),
    lang: 'da',
  }
}

/** Plans and opens a meeting. */
export async function openMeeting({
  house,
  hall,
  later,
  places: [place],
}: AttackedHouse): Promise<MeetingInHall & { phones: PhoneSecrets }> {
  const wall = wallTimeIn(place.timeZone, house.clock.now())
  const plan = {
    kind: 'listening',
    purpose: 'Hvem tør have nøglen?',
    place: 'Forsamlingshuset',
    hostName: 'Freja',
    ...wall,
  } as const
  const code = await planMeeting(place.host, place, plan)
  await openExitCard(place.host, later, code)
  const meeting = await hall.find(code)
  if (!meeting?.phones) throw new Error('the meeting is open')
  return { ...meeting, phones: meeting.phones }
}

/** The administrator fills in all 125 cards at a meeting of their own, to learn what each of them gets back. */
export async function tryEveryCard(attacked: AttackedHouse): Promise<Batch['tried']> {
  const meeting = await openMeeting(attacked)
  const tried: { answers: string; response: string }[] = []
  for (const card of allCards) {
    const response = await post(attacked.port, `/m/${meeting.code}/answer`, formOf(card, 1), null)
    const cookie = String(response.headers['set-cookie']).split(';')[0] ?? null
    const again = await post(attacked.port, `/m/${meeting.code}/answer`, formOf(card, 2), cookie)
    tried.push({ answers: nameOf(card), response: `first ${seenOf(response, meeting.code)}` })
    tried.push({ answers: nameOf(card), response: `again ${seenOf(again, meeting.code)}` })
  }
  await closeExitCard(attacked.places[0].host, attacked.later, meeting.code)
  return tried
}
