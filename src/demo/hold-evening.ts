// Holds an evening of the demo as people would: through the deeds of phones, of those who lead, and of the scribe.
import { randomUUID } from 'node:crypto'
import { type Actor, asSystem, type House } from '../db/as-actor.ts'
import type { LaterWork } from '../jobs/jobs.ts'
import { sayHowItWent, writeCommitment } from '../meetings/commitments/commitments.deeds.ts'
import { issueEveningToken, readEveningToken } from '../meetings/evening-token.ts'
import { type Hall, type MeetingInHall, openHall } from '../meetings/hall.ts'
import {
  addTheme,
  beginEvening,
  goToItem,
  hideStatement,
  moveStatements,
  setPriority,
  setStage,
  writeStatement,
} from '../meetings/leading/leading.deeds.ts'
import { putDots, recognise, sayStatement } from '../meetings/saying/saying.deeds.ts'
import * as ask from './demo.queries.ts'
import type { DemoEvening, DemoWords } from './demo-evenings.ts'

const minute = 60_000
const day = 86_400_000

/** Begins the evening and brings it to where it stands; a held one has been through all of it, and its exit card can be opened. */
export async function holdEvening(host: Actor, later: LaterWork, code: string, evening: DemoEvening): Promise<void> {
  const { house } = host
  const hall = openHall(house)
  await beginEvening(host, hall, later, code)
  const meeting = await here(hall, code)
  await asSystem(house, 'the door list and the talk time of the demo', async (tx) => {
    await ask.addArrivals(tx, meeting.id, atTheDoor(evening.door))
    const { residents = 0, municipality = 0 } = evening.talk ?? {}
    await ask.setTalk(tx, meeting.id, residents * minute, municipality * minute)
  })

  await setStage(host, hall, code, 'say')
  const said: string[] = []
  for (const one of evening.words) said.push(await say(host, hall, meeting, one))
  const phones = Array.from({ length: Math.max(0, ...evening.words.map(({ known = 0 }) => known)) }, () =>
    aPhone(house, meeting),
  )
  await Promise.all(
    evening.words.map(async ({ known = 0 }, place) => {
      for (const phone of turned(phones, place * 7).slice(0, known))
        await recognise(hall, meeting, phone, said[place] ?? '', true)
    }),
  )
  const themes: string[] = []
  for (const [place, { name }] of evening.themes.entries()) {
    themes.push(await addTheme(host, hall, code, name))
    const gathered = said.filter((_, at) => evening.words[at]?.theme === place)
    if (gathered.length > 0) await moveStatements(host, hall, code, gathered, themes[place] ?? null)
  }
  for (const [place, { hidden }] of evening.words.entries())
    if (hidden) await hideStatement(host, hall, code, said[place] ?? '', hidden)
  if (evening.stage) {
    await setStage(host, hall, code, evening.stage)
    if (evening.agendaAt) await goToItem(host, hall, code, evening.agendaAt)
    return
  }

  await setStage(host, hall, code, 'choose')
  const { dotPhones = 0 } = evening
  const dots = evening.themes.flatMap(({ dots = 0 }, place) => Array.from({ length: dots }, () => themes[place] ?? ''))
  await Promise.all(
    Array.from({ length: dotPhones }, (_, phone) => {
      const mine = dots.filter((_theme, at) => at % dotPhones === phone)
      const put = new Map<string, number>()
      for (const theme of mine) put.set(theme, (put.get(theme) ?? 0) + 1)
      return putDots(hall, meeting, aPhone(house, meeting), put)
    }),
  )
  await asSystem(house, 'dots that were counted on the wall of the demo', async (tx) => {
    for (const [place, { paperDots = 0 }] of evening.themes.entries())
      if (paperDots > 0) await ask.addPaperDots(tx, meeting.id, themes[place] ?? '', paperDots)
  })
  for (const [place, { priority }] of evening.themes.entries())
    if (priority) await setPriority(host, hall, code, themes[place] ?? '', true)

  await setStage(host, hall, code, 'promise')
  for (const { name, what, days, whom, telephone, state, how } of evening.promises) {
    const byWhen = days === undefined ? null : dateIn(meeting.startsAt, days)
    const id = await writeCommitment(host, hall, code, {
      name,
      what,
      byWhen,
      toWhom: whom ?? null,
      telephone: telephone ?? null,
      medium: 'paper',
    })
    if (!state) continue
    const again = state === 'renegotiated' && days !== undefined ? dateIn(meeting.startsAt, days + 21) : null
    await sayHowItWent(host, hall, code, id, { state, how: how ?? null, byWhen: again }, 1)
  }
}

const here = async (hall: Hall, code: string): Promise<MeetingInHall> => {
  hall.forget()
  const meeting = await hall.find(code)
  if (!meeting) throw new Error('the demo meeting is planned')
  return meeting
}

function say(host: Actor, hall: Hall, meeting: MeetingInHall, words: DemoWords): Promise<string> {
  const { kind, text, lang = 'da', paper, open } = words
  const openTo = open ? 'public' : 'hall'
  if (paper) return writeStatement(host, hall, meeting.code, { kind, text, lang, medium: 'paper', openTo })
  const said = { kind, text, lang, openTo, key: randomUUID(), sure: true } as const
  return sayStatement(hall, meeting, aPhone(host.house, meeting), said).then(({ id }) => id)
}

/** A phone that nobody has used before. */
function aPhone(house: House, meeting: MeetingInHall): Buffer {
  const token = readEveningToken(house, meeting.id, 'evening', issueEveningToken(house, meeting.id, 'evening'))
  if (!token) throw new Error('a token that was just given out is read')
  return token
}

const turned = <T>(all: readonly T[], by: number): T[] => {
  const at = all.length > 0 ? by % all.length : 0
  return [...all.slice(at), ...all.slice(0, at)]
}

const dateIn = (from: Date, days: number): string => new Date(from.getTime() + days * day).toISOString().slice(0, 10)

function atTheDoor(door: DemoEvening['door']): ask.AtTheDoor[] {
  const names = door.names ?? []
  const nameless = (firstTime: boolean, broughtBy: string, n: number) =>
    Array.from({ length: Math.max(0, n) }, () => ({ name: null, firstTime, broughtBy, bringer: null }))
  const named = (wanted: (one: (typeof names)[number]) => boolean) => names.filter(wanted)
  const firstNamed = named(({ first }) => first).length
  return [
    ...names.map(({ name, bringer, first }) => ({
      name,
      firstTime: first,
      broughtBy: bringer ? 'neighbour' : 'unknown',
      bringer: bringer ?? null,
    })),
    ...nameless(false, 'unknown', door.before - (names.length - firstNamed)),
    ...nameless(true, 'neighbour', (door.neighbour ?? 0) - firstNamed),
    ...nameless(true, 'association', door.association ?? 0),
    ...nameless(true, 'municipality', door.municipality ?? 0),
    ...nameless(true, 'self', door.self ?? 0),
    ...nameless(true, 'unknown', door.unknown ?? 0),
  ]
}
