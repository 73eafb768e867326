// The demo municipality: loaded into an empty database, through the same deeds and the same sealing as the real thing.
import { v7 as uuid } from 'uuid'
import { accountsHere } from '../access/sign-in.deeds.ts'
import { type Clock, instantIn, wallTimeIn } from '../clock.ts'
import { enterPopulation } from '../communities/community.deeds.ts'
import { type Actor, asSystem, type House } from '../db/as-actor.ts'
import type { LaterWork } from '../jobs/jobs.ts'
import { answerExitCard, sayNext } from '../meetings/answering.deeds.ts'
import { sayComing } from '../meetings/coming/coming.deeds.ts'
import { closeExitCard, countAttendance, openExitCard } from '../meetings/exit-card.deeds.ts'
import type { CardAnswers } from '../meetings/exit-card.ts'
import { openHall } from '../meetings/hall.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import { issueToken, readToken } from '../meetings/phone-token.ts'
import { countQuarter } from '../numbers/numbers.deeds.ts'
import { quarterOf } from '../numbers/numbers.ts'
import * as ask from './demo.queries.ts'
import {
  ageBandsOf,
  communities,
  futureMeeting,
  municipality,
  openMeeting,
  type PastMeeting,
  pastMeetings,
  people,
  runningMeeting,
} from './demo-data.ts'
import { leavePlaces } from './demo-leaving.ts'
import { neighboursOf } from './demo-neighbours.ts'
import { walkTheWay } from './demo-path.ts'
import { keepDemoQuarters } from './demo-quarters.ts'
import { peopleOf, settleRooms } from './demo-rooms.ts'
import { holdTalks } from './demo-talks.ts'
import { shareTasks } from './demo-tasks.ts'
import { layDemoTies } from './demo-ties.ts'
import { holdTrainings } from './demo-training.ts'
import { holdEvening } from './hold-evening.ts'

const day = 86_400_000
const timeZone = 'Europe/Copenhagen'

/** Who can sign in here, and the code of a card that is open. Nobody and null where the municipality is a real one. */
export interface Demo {
  people: { account: string; name: string; as: string }[]
  openCode: string | null
  /** A meeting that is going on. */
  runningCode: string | null
}

/** Where people work in earnest. */
export const noDemo: Demo = { people: [], openCode: null, runningCode: null }

/** Loads the demo when the database knows no municipality. */
export async function loadDemo(house: House, later: LaterWork): Promise<Demo> {
  const known = await asSystem(house, 'is the database empty?', ask.municipalityName)
  if (known === null) {
    await load(house, later)
    house.log.say('demo.loaded')
  } else if (known !== municipality) return noDemo
  const accounts = await accountsHere(house)
  return {
    people: people.flatMap((person) => {
      const account = accounts.find((one) => one.name === person.name)
      return account ? { account: account.id, name: person.name, as: person.as } : []
    }),
    openCode: await asSystem(house, 'find the open card of the demo', (tx) => ask.openCodeIn(tx, openMeeting.slug)),
    runningCode: await asSystem(house, 'find the running meeting of the demo', (tx) =>
      ask.runningCodeIn(tx, runningMeeting.slug),
    ),
  }
}

async function load(house: House, later: LaterWork): Promise<void> {
  const now = house.clock.now().getTime()
  const idOf = new Map(communities.map(({ slug }) => [slug, uuid()]))
  const hostOf = new Map<string, Actor>()

  await asSystem(house, 'found the demo municipality', async (tx) => {
    await ask.addMunicipality(tx, municipality)
    const founded = new Date(now - 400 * day)
    for (const community of communities) {
      const id = idOf.get(community.slug) ?? ''
      const lastDay = new Date(now + community.plan.daysLeft * day).toISOString().slice(0, 10)
      await ask.addCommunity(tx, { ...community, id, founded, lastDay, stillMissing: community.plan.stillMissing })
      const versions = community.definition?.versions ?? []
      for (const [place, version] of versions.entries())
        await ask.addDefinition(tx, id, {
          version: place + 1,
          ...version,
          writtenAt: new Date(now - (300 - 90 * place) * day),
        })
    }
    for (const { name, municipalRole, keeps, hosts, lives, works } of people) {
      const id = uuid()
      await ask.addAccount(tx, { id, name, municipalRole })
      const add = (slug: string, role: 'keyholder' | 'host' | 'resident') =>
        ask.addPlace(tx, { account: id, name, community: idOf.get(slug) ?? '', role, since: founded })
      for (const slug of keeps) await add(slug, 'keyholder')
      for (const slug of hosts) await add(slug, 'host')
      for (const slug of lives) await add(slug, 'resident')
      for (const slug of [...keeps, ...hosts])
        if (!hostOf.has(slug)) hostOf.set(slug, { house, role: keeps.length > 0 ? 'keyholder' : 'host', account: id })
      for (const slug of works) await ask.addWork(tx, id, idOf.get(slug) ?? '')
    }
  })

  for (const community of communities)
    await enterPopulation(house, idOf.get(community.slug) ?? '', {
      people: ageBandsOf(community),
      source: 'Opdigtet til fremvisning',
      year: new Date(now).getFullYear(),
    })

  const today = new Date(now).toISOString().slice(0, 10)
  await asSystem(house, 'let neighbours of the demo take part', async (tx) => {
    for (const { slug } of communities) await ask.addNeighbours(tx, idOf.get(slug) ?? '', neighboursOf(slug, today))
  })
  await settleRooms(house, later, idOf)
  await layDemoTies(house, idOf)
  await keepDemoQuarters(house, idOf)
  await holdTalks(await peopleOf(house, idOf))
  await holdTrainings(await peopleOf(house, idOf))
  await shareTasks(await peopleOf(house, idOf))
  await leavePlaces(house, idOf, new Map((await accountsHere(house)).map(({ id, name }) => [name, id])))
  // Counted at the turn of the last quarter and of this one.
  const quarter = quarterOf(today)
  for (const one of [quarterOf(new Date(Date.parse(quarter) - day).toISOString().slice(0, 10)), quarter])
    await countQuarter({ ...house, clock: { now: () => instantIn(timeZone, one, '03:00') } }, later, one)

  const host = (slug: string): Actor => {
    const actor = hostOf.get(slug)
    if (!actor) throw new Error('every place of the demo with a meeting has a host')
    return actor
  }
  const placeOf = (slug: string) => ({ id: idOf.get(slug) ?? '', timeZone })

  for (const past of pastMeetings) {
    // The card was open at the end of the evening.
    const { date } = wallTimeIn(timeZone, new Date(now - past.daysAgo * day))
    const clock: Clock = { now: () => instantIn(timeZone, date, '20:45') }
    await hold({ ...house, clock }, later, { ...host(past.slug), house: { ...house, clock } }, placeOf(past.slug), past)
  }

  await walkTheWay(house, idOf)

  // Poul stands in the tree by his name.
  const poul = (await peopleOf(house, idOf))('Poul', 30)
  await asSystem(house, 'let somebody of the demo stand in the tree by name', (tx) =>
    ask.sayYes(tx, poul.account, 'treeName', new Date(now - 30 * day)),
  )

  const tonight = wallTimeIn(timeZone, new Date(now))
  const openCode = await planMeeting(host(openMeeting.slug), placeOf(openMeeting.slug), {
    ...openMeeting.plan,
    ...tonight,
  })
  await openExitCard(host(openMeeting.slug), later, openCode)
  await countAttendance(host(openMeeting.slug), openCode, openMeeting.attended)
  await answerAll(house, openCode, openMeeting)
  const hourAgo = wallTimeIn(timeZone, new Date(now - 3_600_000))
  const running = await planMeeting(host(runningMeeting.slug), placeOf(runningMeeting.slug), {
    ...runningMeeting.plan,
    ...hourAgo,
  })
  await holdEvening(host(runningMeeting.slug), later, running, runningMeeting.evening)
  const nextWeek = wallTimeIn(timeZone, new Date(now + futureMeeting.daysAhead * day))
  const future = await planMeeting(host(futureMeeting.slug), placeOf(futureMeeting.slug), {
    ...futureMeeting.plan,
    date: nextWeek.date,
    time: '19:00',
  })
  const hall = openHall(house)
  const meeting = await hall.find(future)
  for (const name of futureMeeting.coming) if (meeting) await sayComing(hall, meeting, { name, key: uuid() })
}

async function hold(
  house: House,
  later: LaterWork,
  host: Actor,
  place: { id: string; timeZone: string },
  past: PastMeeting,
): Promise<void> {
  const { date } = wallTimeIn(timeZone, house.clock.now())
  const code = await planMeeting(host, place, { ...past.plan, date, time: '19:00' })
  if (past.evening) await holdEvening(host, later, code, past.evening)
  await openExitCard(host, later, code)
  await countAttendance(host, code, past.attended)
  await answerAll(house, code, past)
  await closeExitCard(host, later, code)
  const door = past.door ?? []
  const meeting = door.length > 0 && (await openHall(house).find(code))
  if (meeting) await asSystem(house, 'type in the door list of the demo', (tx) => ask.addArrivals(tx, meeting.id, door))
}

/** Everybody answers on a phone of their own. */
async function answerAll(
  house: House,
  code: string,
  { counts, next, nothing, who }: Pick<PastMeeting, 'counts' | 'next' | 'nothing' | 'who'>,
): Promise<void> {
  const hall = openHall(house)
  const meeting = await hall.find(code)
  const phones = meeting?.phones
  if (!meeting || !phones) throw new Error('the demo meeting is open')
  const spread = (numbers: readonly number[]) =>
    numbers.flatMap((n, place) => Array.from({ length: n }, () => place + 1))
  const [INF, ABLE, COUR] = [spread(counts.INF), spread(counts.ABLE), spread(counts.COUR)]
  const token = () => readToken(phones, issueToken(phones))
  await Promise.all(
    INF.map((answer, place) =>
      answerExitCard(hall, meeting, token(), {
        answers: { INF: answer, ABLE: ABLE[place] ?? null, COUR: COUR[place] ?? null } as CardAnswers,
        rev: 1,
      }),
    ),
  )
  await Promise.all([
    ...next.map((text) => sayNext(hall, meeting, token(), { next: { kind: 'words', text }, who: null, rev: 1 })),
    ...Array.from({ length: nothing }, () =>
      sayNext(hall, meeting, token(), { next: { kind: 'nothing' }, who: null, rev: 1 }),
    ),
    ...who.map((people) => sayNext(hall, meeting, token(), { next: null, who: people, rev: 1 })),
  ])
}
