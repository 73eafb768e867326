// The evening beside its exit cards: phones say, recognise, put dots and arrive, then answer; and the administrator looks for a tie.

import { wallTimeIn } from '../../src/clock.ts'
import { issueEveningToken, readEveningToken } from '../../src/meetings/evening-token.ts'
import { openExitCard } from '../../src/meetings/exit-card.deeds.ts'
import type { MeetingInHall } from '../../src/meetings/hall.ts'
import { addTheme, beginEvening, setStage } from '../../src/meetings/leading/leading.deeds.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import { arrive, putDots, recognise, sayStatement } from '../../src/meetings/saying/saying.deeds.ts'
import type { AttackedHouse } from './house.ts'
import { formOf, post } from './phones.ts'
import type { Resident } from './residents.ts'
import { administratorOf, type StoredRow } from './traces.ts'

const eveningTables = ['statement', 'recognition', 'dot', 'arrival'].map((name) => `community.${name}`)
const cardTables = ['shares', 'next', 'who'].map((name) => `community.sealed_${name}`)

export interface Tie {
  how: string
  evening: string
  what: string
}

/** Everything somebody does on one evening, by each of these residents' phones. Answers all rows that were ever in a backup. */
export async function holdEveningAndCards(
  attacked: AttackedHouse,
  residents: readonly Resident[],
): Promise<StoredRow[]> {
  const { house, hall, later, places, port } = attacked
  const [place] = places
  const wall = wallTimeIn(place.timeZone, house.clock.now())
  const plan = {
    kind: 'listening',
    purpose: 'Hvem tør have nøglen?',
    place: 'Salen',
    hostName: 'Freja',
    ...wall,
  } as const
  const code = await planMeeting(place.host, place, plan)
  // The evening is put away by a job, which the queue of the attacked house does not keep: it is ordered and never comes.
  const order = { order: async () => {} } as typeof later
  await beginEvening(place.host, hall, order, code)
  const here = async (): Promise<MeetingInHall> => {
    const meeting = await hall.find(code)
    if (!meeting) throw new Error('the meeting is there')
    return meeting
  }
  const meeting = await here()
  const administrator = await administratorOf(attacked)
  const phones = residents.map(() => ({
    evening: tokenFor(attacked, meeting, 'evening'),
    door: tokenFor(attacked, meeting, 'door'),
  }))
  const rows: StoredRow[] = []
  const look = async () => rows.push(...(await administrator.backup(meeting.id)).rows)
  const said: string[] = []
  await setStage(place.host, hall, code, 'say')
  for (const [nth, { evening, door }] of phones.entries()) {
    await arrive(hall, meeting, door, {
      name: `Nr. ${nth}`,
      firstTime: nth % 2 === 0,
      broughtBy: 'self',
      bringer: null,
    })
    const key = `key-of-${nth}-made-up`
    const { id } = await sayStatement(hall, meeting, evening, {
      kind: nth % 2 === 0 ? 'hope' : 'unbearable',
      text: `Jeg savner lys ved hus nummer ${nth}`,
      lang: 'da',
      openTo: 'hall',
      key,
    })
    said.push(id)
    for (const other of said.slice(0, 3)) await recognise(hall, meeting, evening, other, true)
  }
  const theme = await addTheme(place.host, hall, code, 'Lyset')
  await setStage(place.host, hall, code, 'choose')
  for (const { evening } of phones) await putDots(hall, await here(), evening, new Map([[theme, 2]]))
  await look()
  await openExitCard(place.host, later, code)
  hall.forget(meeting.id)
  for (const { answers } of residents) {
    const { status } = await post(port, `/m/${code}/answer`, formOf(answers, 1), null)
    if (status !== 303) throw new Error(`a card got ${status}`)
  }
  await look()
  return rows
}

function tokenFor({ house }: AttackedHouse, { id }: MeetingInHall, cookie: 'evening' | 'door'): Buffer {
  const token = readEveningToken(house, id, cookie, issueEveningToken(house, id, cookie))
  if (!token) throw new Error('a token that was just given out is valid')
  return token
}

/**
 * What ties a row of the evening to a sealed card, or two rows of the evening with different purposes to each other: the same
 * value that is rare enough to be somebody's, or the same transaction.
 */
export function tiesOf(rows: readonly StoredRow[]): Tie[] {
  const of = (tables: readonly string[]) => rows.filter(({ table }) => tables.includes(table))
  const groups = [...eveningTables.map((table) => of([table])), of(cardTables)]
  const ties = new Map<string, Tie>()
  const tables = [...eveningTables, 'community.sealed_card']
  for (const [nth, some] of groups.entries())
    for (const [other, others] of groups.entries()) {
      if (other <= nth) continue
      const values = new Map<string, string>()
      const born = new Set<number>()
      for (const { row, xmin } of some) {
        born.add(xmin)
        for (const [column, value] of Object.entries(row)) if (isRare(column, value)) values.set(String(value), column)
      }
      for (const { row, xmin } of others) {
        const add = (how: string, what: string) =>
          ties.set(`${nth} ${other} ${how}`, { how, evening: `${tables[nth]} and ${tables[other]}`, what })
        if (born.has(xmin)) add('the same transaction', String(xmin))
        for (const [column, value] of Object.entries(row))
          if (isRare(column, value) && values.has(String(value)))
            add('the same value', `${values.get(String(value))} = ${column}`)
      }
    }
  return [...ties.values()]
}

/** Bytes and ids of somebody or something; what all rows of a meeting have alike, and what rightly names a statement or theme, tells nothing. */
const isRare = (column: string, value: unknown): boolean =>
  typeof value === 'string' &&
  value.length >= 16 &&
  /^(\\x)?[0-9a-f-]+$/i.test(value) &&
  !['meeting_id', 'statement_id', 'theme_id'].includes(column)
