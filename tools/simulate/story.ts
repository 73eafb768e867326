// One story from a seed: a meeting with phones that lose their net, a server that dies, work that runs late or twice, a clock that jumps and a
// mail server that sulks. After every step what must always hold is looked for; at the end every answer that was thanked for is counted once.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { asSystem } from '../../src/db/as-actor.ts'
import { answerExitCard } from '../../src/meetings/answering.deeds.ts'
import {
  closeExitCard,
  countAttendance,
  exitCardJobs,
  finishClosings,
  lateCardCame,
  openExitCard,
} from '../../src/meetings/exit-card.deeds.ts'
import type { CardAnswers } from '../../src/meetings/exit-card.ts'
import { communityResult, type Hall, openHall } from '../../src/meetings/hall.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import { issueToken, readToken } from '../../src/meetings/phone-token.ts'
import type { Handed, MailServer } from '../../src/post/mail-server.ts'
import { emptyBox, writeLetter } from '../../src/post/post.ts'
import { Refusal } from '../../src/refusal.ts'
import type { World } from '../../src/test-house.ts'
import { type Chance, chanceOf } from '../rehearse/chance.ts'

/** Faults put in on purpose, to see that they are found. */
export const mutants = [
  'thanks-before-kept',
  'phone-forgets-itself',
  'counted-early',
  'letter-twice',
  'result-changes',
] as const
export type Mutant = (typeof mutants)[number]

export interface Told {
  /** What happened, line by line: the same for the same seed. */
  trace: string[]
  /** What did not hold. Empty when all did. */
  faults: string[]
  steps: number
  answered: number
  late: number
}

interface Phone {
  token: Buffer
  rev: number
  /** What it sent, by rev. */
  sent: Map<number, CardAnswers>
  /** The highest rev that the server has kept before the card closed; 0 for none. */
  kept: number
  /** The highest rev that it was thanked for. */
  thanked: number
  late: boolean
}

interface Message {
  phone: number
  rev: number
}

const answersOf = (chance: Chance): CardAnswers =>
  ({ INF: chance.between(1, 5), ABLE: chance.between(1, 5), COUR: chance.between(1, 5) }) as CardAnswers

const minute = 60_000

export async function tellStory(world: World, seed: number, mutant: Mutant | null = null): Promise<Told> {
  const chance = chanceOf(seed)
  const trace: string[] = []
  const faults: string[] = []
  const tell = (line: string) => void trace.push(line)
  const fault = (line: string) => void faults.push(`step ${trace.length}: ${line}`)
  world.later.ordered.length = 0
  world.clock.set(new Date(Date.parse('2027-03-14T18:00:00Z') + (seed % 300) * 86_400_000).toISOString())
  const { house } = world
  const now = () => house.clock.now().getTime()
  let latest = now()
  const forward = (ms: number) => {
    world.clock.set(new Date(now() + ms).toISOString())
    latest = Math.max(latest, now())
  }

  const code = await planMeeting(
    world.freja,
    { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
    {
      kind: 'listening',
      purpose: `Historie ${seed}`,
      place: 'Hallen',
      hostName: 'Freja',
      date: '2029-03-14',
      time: '19:00',
    },
  )
  await openExitCard(world.freja, world.later, code)
  let hall: Hall = openHall(house)
  const meeting =
    (await hall.find(code)) ??
    (() => {
      throw new Error('the meeting is there')
    })()
  const secrets = meeting.phones
  if (!secrets) throw new Error('the card is open')
  const count = chance.between(6, 45)
  const phones: Phone[] = Array.from({ length: count }, () => ({
    token: readToken(secrets, issueToken(secrets)) ?? Buffer.alloc(0),
    rev: 0,
    sent: new Map(),
    kept: 0,
    thanked: 0,
    late: false,
  }))
  tell(`${count} phones`)
  const net: Message[] = []
  let closed = false
  let attended: number | null = null
  let firstResult: string | null = null
  /** Letters by subject, and how often each arrived. */
  const letters = new Map<string, number>()
  let mailIsWell = true
  const mail: MailServer = {
    async hand(letter) {
      if (!mailIsWell)
        return { outcome: 'away', error: new Error('away'), answer: null, atAddress: false } satisfies Handed
      letters.set(letter.subject, (letters.get(letter.subject) ?? 0) + (mutant === 'letter-twice' ? 2 : 1))
      return { outcome: 'sent' }
    },
    close: () => {},
  }
  const peopleBefore = Number((await world.sql('select count(*)::int as n from community.person'))[0]?.n)

  /** One message reaches the server; what the phone hears of it is another matter. */
  async function deliver({ phone: number, rev }: Message, ackLost: boolean): Promise<void> {
    const phone = phones[number]
    const answers = phone?.sent.get(rev)
    if (!phone || !answers) return
    if (mutant === 'thanks-before-kept' && chance.next() < 0.05) {
      phone.thanked = Math.max(phone.thanked, rev)
      return
    }
    const token =
      mutant === 'phone-forgets-itself' && rev > 1
        ? readToken(secrets as NonNullable<typeof secrets>, issueToken(secrets as NonNullable<typeof secrets>))
        : phone.token
    try {
      await answerExitCard(hall, await hallNow(), token, { answers, rev })
      if (closed) {
        phone.late ||= phone.kept === 0
        await lateCardCame(house, meeting.id)
      } else phone.kept = Math.max(phone.kept, rev)
      if (!ackLost) phone.thanked = Math.max(phone.thanked, rev)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // It is told, and does not send it again.
      tell(`  ${number}.${rev} was told ${error.code}`)
      if (!closed) fault(`phone ${number} was refused (${error.code}) while the card was open`)
    }
  }
  const hallNow = async () => (await hall.find(code)) ?? meeting

  const kinds = exitCardJobs(() => world.later)
  async function runJobs(late: boolean): Promise<void> {
    for (const one of [...world.later.ordered]) {
      if (one.at.getTime() > now() && !late) continue
      if (one.at.getTime() > now()) continue
      const kind = kinds.find(({ name }) => name === one.name)
      await kind?.work(house, one.data)
    }
  }

  const steps: Record<string, number> = {
    say: 26,
    deliver: 34,
    twice: 6,
    correct: 8,
    lose: 5,
    restart: 4,
    minutes: 6,
    jump: 1.5,
    jobs: 5,
    mail: 3,
    letter: 2,
    attended: 1,
    close: 0,
  }
  let step = 0
  const most = chance.between(60, 260)
  const done = () => closed && net.length === 0 && step > most
  for (; !done() && step < most * 3; step++) {
    if (step > most * 0.6) steps.close = closed ? 0 : 6
    if (step > most * 1.2) steps.say = steps.correct = steps.lose = steps.jump = 0
    const what = chance.weighed(steps)
    switch (what) {
      case 'say':
      case 'correct': {
        const number = chance.between(0, count - 1)
        const phone = phones[number]
        if (!phone || (what === 'say') !== (phone.rev === 0)) break
        if (closed && phone.rev > 0) break
        phone.rev++
        phone.sent.set(phone.rev, answersOf(chance))
        net.push({ phone: number, rev: phone.rev })
        tell(`${number} says ${phone.rev}`)
        break
      }
      case 'deliver':
      case 'twice': {
        // In any order.
        const [message] = net.splice(chance.between(0, Math.max(0, net.length - 1)), 1)
        if (!message) break
        const lost = chance.next() < 0.15
        tell(`${message.phone}.${message.rev} arrives${what === 'twice' ? ' twice' : ''}${lost ? ', unheard' : ''}`)
        if (what === 'twice') await Promise.all([deliver(message, lost), deliver(message, lost)])
        else await deliver(message, lost)
        // Who was not thanked sends it again.
        if (lost) net.push(message)
        break
      }
      case 'lose': {
        const message = net[chance.between(0, Math.max(0, net.length - 1))]
        if (message) net.push({ ...message })
        break
      }
      case 'restart':
        tell('the server dies and comes back')
        hall = openHall(house)
        await finishClosings(house)
        break
      case 'minutes':
        forward(chance.between(1, 40) * minute)
        break
      case 'jump': {
        const hours = chance.pick([-24, -1, 1, 24])
        tell(`the clock jumps ${hours} h`)
        // A card that has been open for twelve hours is closed by its deadline; the story closes its own.
        if (hours < 12 || closed) forward(hours * 60 * minute)
        break
      }
      case 'jobs':
        await runJobs(false)
        if (chance.next() < 0.3) await runJobs(false)
        break
      case 'letter': {
        const subject = `Brev ${seed}.${step}`
        letters.set(subject, 0)
        await asSystem(house, 'simulate', (tx) =>
          writeLetter(tx, { to: 'birthe@example.dk', subject, body: 'x', notBefore: house.clock.now() }),
        )
        break
      }
      case 'mail':
        mailIsWell = chance.next() < 0.6
        tell(`mail is ${mailIsWell ? 'well' : 'away'}`)
        await emptyBox(house, mail)
        break
      case 'attended':
        attended = count + chance.between(0, 10)
        await countAttendance(world.freja, code, attended)
        break
      case 'close': {
        tell('the host closes')
        const twice = chance.next() < 0.3
        const closing = [
          closeExitCard(world.freja, world.later, code),
          ...(twice ? [closeExitCard(world.freja, world.later, code)] : []),
        ]
        const ends = await Promise.allSettled(closing)
        if (ends.every(({ status }) => status === 'rejected')) fault('nobody could close the card')
        for (const end of ends) if (end.status === 'rejected' && !(end.reason instanceof Refusal)) throw end.reason
        closed = true
        break
      }
    }
    await look()
  }

  /** What must hold after every step. */
  async function look(): Promise<void> {
    if (mutant === 'counted-early' && !closed && chance.next() < 0.02)
      await world.sql(
        `insert into community.card_count (meeting_id, question, answer, n) values ($1, 'INF', 1, 5) on conflict do nothing`,
        [meeting.id],
      )
    const [state] = await world.sql(
      `select (select count(*)::int from community.sealed_shares where meeting_id = $1) as sealed,
        (select count(*)::int from community.card_count where meeting_id = $1) as counts,
        (select count(*)::int from community.result where meeting_id = $1) as results,
        (select count(*)::int from community.person) as people,
        (select phase from community.meeting where id = $1) as phase`,
      [meeting.id],
    )
    if (state?.people !== peopleBefore) fault('an answer made a person')
    if (!closed && state?.phase === 'closed') closed = true
    if (!closed) {
      if (state?.counts !== 0 || state?.results !== 0) fault('something is counted before the card has closed')
      const kept = phones.filter((phone) => phone.kept > 0).length
      if (state?.sealed !== kept) fault(`${state?.sealed} cards lie sealed, and ${kept} phones have been heard`)
    }
    for (const [number, phone] of phones.entries())
      if (!closed && phone.thanked > phone.kept)
        fault(`phone ${number} was thanked for ${phone.thanked} and ${phone.kept} is kept`)
    const result = await communityResult(hall, meeting.id)
    if (!closed && result) fault('a result is shown before the card has closed')
    const [first] = await world.sql(
      `select body::text as body from community.result where meeting_id = $1 and audience = 'community' and version = 1`,
      [meeting.id],
    )
    if (first) {
      if (mutant === 'result-changes' && firstResult !== null && chance.next() < 0.2)
        await world
          .sql(`update community.result set body = body || '{"attended": 1}' where meeting_id = $1 and version = 1`, [
            meeting.id,
          ])
          .catch(() => fault('the frozen result cannot be written over'))
      if (firstResult !== null && firstResult !== first.body) fault('a result that was told has changed')
      firstResult = String(first.body)
    }
    for (const [subject, times] of letters) if (times > 1) fault(`${subject} went out ${times} times`)
  }

  // --- The end: eight days after all of it everything is settled.
  if (!closed) {
    await closeExitCard(world.freja, world.later, code)
    closed = true
  }
  for (const message of net.splice(0)) await deliver(message, false)
  mailIsWell = true
  // A clock that was set back has a longer way to go.
  for (const end = latest + 8 * 24 * 60 * minute; now() < end; ) {
    forward(24 * 60 * minute)
    hall = openHall(house)
    await finishClosings(house)
    await runJobs(true)
    await emptyBox(house, mail)
    await look()
  }
  const inTime = phones.filter((phone) => phone.kept > 0)
  const late = phones.filter((phone) => phone.kept === 0 && phone.late)
  const [cards] = await world.sql('select cards from community.counted_cards where meeting_id = $1', [meeting.id])
  const counted = Number(cards?.cards ?? 0)
  const fits =
    counted === inTime.length || counted === inTime.length + late.length || (inTime.length < 5 && counted === 0)
  if (!fits && late.length < 20)
    fault(`${counted} cards are counted of ${inTime.length} in time and ${late.length} late`)
  if (counted === inTime.length && inTime.length >= 5) {
    const rows = await world.sql('select question, answer, n from community.card_count where meeting_id = $1', [
      meeting.id,
    ])
    for (const question of ['INF', 'ABLE', 'COUR'] as const)
      for (let answer = 1; answer <= 5; answer++) {
        const said = inTime.filter((phone) => phone.sent.get(phone.kept)?.[question] === answer).length
        const told = Number(rows.find((row) => row.question === question && row.answer === answer)?.n ?? 0)
        if (said !== told) fault(`${question} ${answer}: ${said} said so, ${told} are counted`)
      }
  }
  const [left] = await world.sql(
    `select (select count(*)::int from community.sealed_shares where meeting_id = $1) + (select count(*)::int from community.sealed_card where meeting_id = $1) as sealed`,
    [meeting.id],
  )
  if (left?.sealed !== 0) fault(`${left?.sealed} sealed cards are left after the late days`)
  if (existsSync(world.keyFolder) && readdirSync(world.keyFolder).some((name) => name.startsWith(meeting.id)))
    fault('a key is left after the late days')
  for (const [subject, times] of letters) if (times !== 1) fault(`${subject} arrived ${times} times`)
  tell(`${inTime.length} in time, ${late.length} late, ${counted} counted`)
  return { trace, faults, steps: step, answered: inTime.length, late: late.length }
}

/** The story as one number: two tellings of the same seed have the same. */
export const markOf = ({ trace }: Told): string =>
  createHash('sha256').update(trace.join('\n')).digest('hex').slice(0, 16)
