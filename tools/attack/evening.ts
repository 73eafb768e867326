// An evening: residents answer through the real door while the administrator looks on, the card closes, and late cards come.
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { LaterWork } from '../../src/jobs/jobs.ts'
import { keepPile } from '../../src/meetings/answering.deeds.ts'
import { closeExitCard, lateCardCame } from '../../src/meetings/exit-card.deeds.ts'
import { questions } from '../../src/meetings/exit-card.ts'
import { issueToken, readToken } from '../../src/meetings/phone-token.ts'
import { seal } from '../../src/meetings/seal.ts'
import type { Dice } from './dice.ts'
import type { AttackedHouse } from './house.ts'
import { formOf, nextOf, openMeeting, post, seenOf } from './phones.ts'
import type { Resident } from './residents.ts'
import {
  type Administrator,
  asKeys,
  type Batch,
  bytesOf,
  countedBetween,
  distinct,
  keyFiles,
  type Moment,
  ownersOf,
  type Person,
} from './traces.ts'

/** One batch that was counted, what the administrator has of it, and the truth beside it. */
export interface Counted {
  batch: Batch
  truth: readonly Resident[]
  /** Cards that were refused are in no count: there is nothing to link. */
  joined: boolean
  late: boolean
  /** Key files copied before the counting, which only a dishonest administrator would do. */
  keysBefore: readonly Buffer[]
}

/** `hall`: 3-27 ms apart, each on their own. `queue`: the next one sends when the one before has been thanked. */
export type Pace = 'hall' | 'queue'

interface Evening {
  attacked: AttackedHouse
  administrator: Administrator
  residents: readonly Resident[]
  pace: Pace
  dice: Dice
  /** The closing is cut off at its last step, before the last phone has answered, and done again afterwards. */
  cutOff?: boolean
}

/** The power goes when the counts are written but not committed. */
const powerCut: LaterWork = { order: () => Promise.reject(new Error('the power went')) }

/** Holds a whole meeting. What comes from bytes and logs is read once for many meetings, and added by the caller. */
export async function holdEvening({
  attacked,
  administrator,
  residents,
  pace,
  dice,
  cutOff,
}: Evening): Promise<Counted[]> {
  const { port, keyFolder, house } = attacked
  const meeting = await openMeeting(attacked)
  const opened = await administrator.backup(meeting.id)
  const people = new Map<number, Person>()
  const statements: string[] = []
  const pile = randomUUID()

  async function visit(resident: Resident, later: number): Promise<void> {
    const card = resident.late ? issueToken(meeting.phones) : null
    const at = performance.now()
    const first = resident.first ?? resident.answers
    const answered = await post(port, `/m/${meeting.code}/answer`, formOf(first, 1), card && `card=${card}`)
    const token = /card=([\w-]{32})/.exec(String(answered.headers['set-cookie'] ?? ''))?.[1] ?? card
    const cookie = token && `card=${token}`
    const next = issueToken(meeting.phones)
    const { id } = resident
    // Who is turned away is in no count.
    if (answered.status === 303)
      people.set(id, {
        id,
        at,
        token: token ? readToken(meeting.phones, token) : null,
        nextToken: readToken(meeting.phones, next),
        pile: null,
        response: `first ${seenOf(answered, meeting.code)}`,
      })
    const rest = async () => {
      await wait(later)
      if (resident.retries) await post(port, `/m/${meeting.code}/answer`, formOf(first, 1), cookie)
      if (resident.next || resident.who !== null)
        await post(port, `/n/${meeting.code}`, nextOf(resident), `next=${next}`)
      if (!resident.first) return
      const again = await post(port, `/m/${meeting.code}/answer`, formOf(resident.answers, 2), cookie)
      const person = people.get(id)
      if (person) people.set(id, { ...person, response: `again ${seenOf(again, meeting.code)}` })
    }
    goOn(rest())
  }
  const underWay: Promise<unknown>[] = []
  const failures: unknown[] = []
  const goOn = (work: Promise<unknown>) => void underWay.push(work.catch((error) => failures.push(error)))

  async function come(some: readonly Resident[], how: Pace, look?: () => Promise<void>): Promise<void> {
    const lookAfter = dice.below(some.length)
    for (const [nth, resident] of some.entries()) {
      if (cutOff && !resident.late && nth === some.length - 1) {
        while (underWay.length > 0) await underWay.pop()
        await closeExitCard(attacked.places[0].host, powerCut, meeting.code).catch(() => {})
      }
      const visiting = visit(resident, dice.below(20))
      if (how === 'queue') await visiting
      else {
        goOn(visiting)
        await wait(3 + dice.below(25))
      }
      if (nth === lookAfter) await look?.()
    }
    while (underWay.length > 0) await underWay.pop()
    if (failures.length > 0) throw failures[0]
  }

  const onTime = residents.filter(({ late }) => !late)
  const during: Moment[] = [opened]
  await come(
    onTime.filter(({ medium }) => medium === 'phone'),
    pace,
    async () => {
      during.push(await administrator.backup(meeting.id))
      statements.push(...(await administrator.activity()))
    },
  )
  const paper = onTime.filter(({ medium }) => medium === 'paper')
  if (paper.length > 0) await keepPile(attacked.hall, meeting, pile, paper)
  paper.forEach(({ id }, place) => {
    const at = performance.now()
    people.set(id, { id, at, token: null, nextToken: null, pile: { id: pile, place }, response: '' })
  })

  const before = await administrator.backup(meeting.id)
  const keysBefore = asKeys(keyFiles(keyFolder, meeting.id))
  await closeExitCard(attacked.places[0].host, attacked.later, meeting.code)
  const after = await administrator.backup(meeting.id, true)
  const keysAfter = asKeys(keyFiles(keyFolder, meeting.id))
  const secrets = house.keys.openPhones(meeting.id)

  const comers = residents.filter(({ late }) => late)
  if (comers.length > 0) await come(comers, 'queue')
  // Whose box lies in the first round was there in time, as the tags tell.
  const owners = ownersOf({ people: [...people.values()], secrets }, 'shares')
  const firstRound = before.rows.filter(({ row }) => row.purpose === 'shares' && row.round === 1)
  const inTime = new Set(firstRound.map(({ row }) => owners.get(bytesOf(row.tag)?.toString('hex') ?? '')))
  const early = residents.filter(({ id }) => inTime.has(id))
  const latecomers = residents.filter(({ id }) => people.has(id) && !inTime.has(id))
  const beforeLate = await administrator.backup(meeting.id)
  const keysBeforeLate = asKeys(keyFiles(keyFolder, meeting.id))
  await lateCardCame(house, meeting.id)
  await attacked.jobs.find(({ name }) => name.endsWith('end-late'))?.work(house, { meeting: meeting.id })
  const end = await administrator.backup(meeting.id, true)
  const keysEnd = asKeys(keyFiles(keyFolder, meeting.id))

  const whole = (
    truth: readonly Resident[],
    from: Moment[],
    last: Moment,
    then: Moment,
    keysLeft: Buffer[],
    keys: Buffer[],
  ): Counted => {
    const counts = countedBetween(last, then)
    const batch: Batch = {
      meeting: meeting.id,
      people: truth.flatMap(({ id }) => people.get(id) ?? []),
      during: from,
      before: last,
      after: then,
      counts,
      keysLeft,
      secrets,
      seals: {
        box: (plains, tag) =>
          seal(
            meeting.round?.keys.shares ?? Buffer.alloc(32),
            plains.map((plain) => ({ tag, plain })),
          ),
      },
      changes: [],
      wal: [],
      files: [],
      lines: statements,
      tried: [],
    }
    return {
      batch,
      truth,
      joined: questions.some((question) => counts[question].length > 0),
      late: truth === latecomers,
      keysBefore: keys,
    }
  }
  const counted = [whole(early, during, before, after, distinct([...keysAfter, ...keysEnd]), keysBefore)]
  if (latecomers.length > 0) counted.push(whole(latecomers, [after], beforeLate, end, keysEnd, keysBeforeLate))
  return counted
}
