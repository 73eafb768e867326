// The demo municipality: loaded into an empty database, through the same deeds and the same sealing as the real thing.
import { v7 as uuid } from 'uuid'
import { addAccount, addPlace, allAccounts } from './access/access.queries.ts'
import { type Clock, wallTimeIn } from './clock.ts'
import { type Actor, asSystem, type House } from './db/as-actor.ts'
import type { LaterWork } from './jobs/jobs.ts'
import { answerExitCard, sayNext } from './meetings/answering.deeds.ts'
import { communities, futureMeeting, type PastMeeting, pastMeetings, people, municipality, openMeeting } from './demo-data.ts'
import type { CardAnswers } from './meetings/exit-card.ts'
import { closeExitCard, countAttendance, openExitCard } from './meetings/exit-card.deeds.ts'
import { openHall } from './meetings/hall.ts'
import { planMeeting } from './meetings/meeting.deeds.ts'
import { issueToken, readToken } from './meetings/phone-token.ts'
import type { WayIn } from './welcome.ts'

const day = 86_400_000
const timeZone = 'Europe/Copenhagen'

/** Loads the demo when the database knows no municipality. Answers who can sign in while it is the demo, by name and role; else nobody. */
export async function loadDemo(house: House, later: LaterWork): Promise<WayIn[]> {
  const known = await asSystem(house, 'is the database empty?', (tx) => tx.selectFrom('municipal.municipality').select('name').executeTakeFirst())
  if (!known) {
    await load(house, later)
    house.log.say('demo.loaded')
  } else if (known.name !== municipality) return []
  const accounts = await asSystem(house, 'list the people of the demo', allAccounts)
  return people.flatMap((person) => {
    const account = accounts.find((one) => one.name === person.name)
    return account ? { account: account.id, name: person.name, as: person.as } : []
  })
}

async function load(house: House, later: LaterWork): Promise<void> {
  const now = house.clock.now().getTime()
  const idOf = new Map(communities.map(({ slug }) => [slug, uuid()]))
  const hostOf = new Map<string, Actor>()

  await asSystem(house, 'found the demo municipality', async (tx) => {
    await tx.insertInto('municipal.municipality').values({ name: municipality }).execute()
    for (const { slug, name, residents, presence, definition, plan } of communities) {
      const id = idOf.get(slug) ?? ''
      const founded = new Date(now - 400 * day)
      await tx
        .insertInto('community.community')
        .values({ id, slug, name, residents, residents_source: 'Opdigtet til fremvisning', presence, founded_at: founded })
        .execute()
      await tx
        .updateTable('community.withdrawal_plan')
        .set({ last_day: new Date(now + plan.daysLeft * day).toISOString().slice(0, 10), still_missing: plan.stillMissing, written_at: founded })
        .where('community_id', '=', id)
        .execute()
      const versions = definition?.versions ?? []
      for (const [place, version] of versions.entries())
        await tx
          .insertInto('community.definition')
          .values({ community_id: id, version: place + 1, text: version.text, authors: version.authors, written_at: new Date(now - (300 - 90 * place) * day) })
          .execute()
    }
    for (const { name, municipalRole, hosts, lives } of people) {
      const id = uuid()
      await addAccount(tx, { id, name, municipalRole })
      for (const slug of hosts) {
        await addPlace(tx, id, idOf.get(slug) ?? '', 'host')
        if (!hostOf.has(slug)) hostOf.set(slug, { house, role: 'host', account: id })
      }
      for (const slug of lives) await addPlace(tx, id, idOf.get(slug) ?? '', 'resident')
    }
  })

  const host = (slug: string): Actor => {
    const actor = hostOf.get(slug)
    if (!actor) throw new Error('every place of the demo with a meeting has a host')
    return actor
  }
  const placeOf = (slug: string) => ({ id: idOf.get(slug) ?? '', timeZone })

  for (const past of pastMeetings) {
    const clock: Clock = { now: () => new Date(now - past.daysAgo * day) }
    await hold({ ...house, clock }, later, { ...host(past.slug), house: { ...house, clock } }, placeOf(past.slug), past)
  }

  const tonight = wallTimeIn(timeZone, new Date(now))
  const openCode = await planMeeting(host(openMeeting.slug), placeOf(openMeeting.slug), { ...openMeeting.plan, ...tonight })
  await openExitCard(host(openMeeting.slug), later, openCode)
  await countAttendance(host(openMeeting.slug), openCode, openMeeting.attended)
  await answerAll(house, openCode, openMeeting)
  const nextWeek = wallTimeIn(timeZone, new Date(now + futureMeeting.daysAhead * day))
  await planMeeting(host(futureMeeting.slug), placeOf(futureMeeting.slug), { ...futureMeeting.plan, date: nextWeek.date, time: '19:00' })
}

async function hold(house: House, later: LaterWork, host: Actor, place: { id: string; timeZone: string }, past: PastMeeting): Promise<void> {
  const { date } = wallTimeIn(timeZone, house.clock.now())
  const code = await planMeeting(host, place, { ...past.plan, date, time: '19:00' })
  await openExitCard(host, later, code)
  await countAttendance(host, code, past.attended)
  await answerAll(house, code, past)
  await closeExitCard(host, later, code)
}

/** Everybody answers on a phone of their own. */
async function answerAll(house: House, code: string, { counts, next, nothing, who }: Pick<PastMeeting, 'counts' | 'next' | 'nothing' | 'who'>): Promise<void> {
  const hall = openHall(house)
  const meeting = await hall.find(code)
  const phones = meeting?.phones
  if (!meeting || !phones) throw new Error('the demo meeting is open')
  const spread = (numbers: readonly number[]) => numbers.flatMap((n, place) => Array.from({ length: n }, () => place + 1))
  const [INF, ABLE, COUR] = [spread(counts.INF), spread(counts.ABLE), spread(counts.COUR)]
  const token = () => readToken(phones, issueToken(phones))
  await Promise.all(
    INF.map((answer, place) =>
      answerExitCard(hall, meeting, token(), { answers: { INF: answer, ABLE: ABLE[place] ?? null, COUR: COUR[place] ?? null } as CardAnswers, rev: 1 }),
    ),
  )
  await Promise.all([
    ...next.map((text) => sayNext(hall, meeting, token(), { next: { kind: 'words', text }, who: null, rev: 1 })),
    ...Array.from({ length: nothing }, () => sayNext(hall, meeting, token(), { next: { kind: 'nothing' }, who: null, rev: 1 })),
    ...who.map((people) => sayNext(hall, meeting, token(), { next: null, who: people, rev: 1 })),
  ])
}
