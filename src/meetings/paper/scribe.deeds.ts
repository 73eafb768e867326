// What a scribe does beyond the pile: types in the door list, slips, promises and dots from paper, and takes the last row back.
import { type Actor, asActor } from '../../db/as-actor.ts'
import { refuse } from '../../refusal.ts'
import { commitmentHere, strikeCommitment, todayAt, writeCommitment } from '../commitments/commitments.deeds.ts'
import { countAttendance, meetingToHost } from '../exit-card.deeds.ts'
import type { Hall } from '../hall.ts'
import { undoOne, whatWasDone, writeStatement } from '../leading/leading.deeds.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { type Arrival, type Arrived, sayBringer } from './arrival.ts'
import * as ask from './paper.queries.ts'
import type { DotTotal, ReadRows, Section } from './scribe.ts'

export interface ScribesDesk {
  meeting: MeetingHere
  /** Words and dots are written down from when the evening has begun. */
  begun: boolean
  written: ask.Written
  dots: ask.ThemeDots[]
  today: string
}

/** Where the scribe is: what has been written so far, and the themes with their dots. */
export async function lookAtScribesDesk(actor: Actor, hall: Hall, code: string): Promise<ScribesDesk> {
  const meeting = await meetingToHost(actor, code)
  const evening = await hall.evenings.of(meeting.id)
  return asActor(actor, async (tx) => ({
    meeting,
    begun: evening !== null && evening.putAwayAt === null,
    written: await ask.writtenSoFar(tx, meeting.id),
    dots: await ask.wallDotsOf(tx, meeting.id),
    today: todayAt(meeting, actor.house),
  }))
}

/** Keeps rows as they were read. Sent again, they are the same rows. */
export async function keepRows<S extends Section>(
  actor: Actor,
  hall: Hall,
  code: string,
  section: S,
  rows: ReadRows<S>['rows'],
): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  await keepers[section](actor, hall, meeting, rows)
  hall.evenings.changed(meeting.id)
}

type Keeper<S extends Section> = (
  actor: Actor,
  hall: Hall,
  meeting: MeetingHere,
  rows: ReadRows<S>['rows'],
) => Promise<void>

const keepers: { [S in Section]: Keeper<S> } = {
  door: (actor, _hall, meeting, rows) =>
    asActor(actor, async (tx) => {
      for (const { id, value } of rows) await ask.addArrival(tx, meeting.id, id, 'paper', value)
    }),
  words: async (actor, hall, { code }, rows) => {
    for (const { id, value } of rows) await writeStatement(actor, hall, code, { ...value, id, medium: 'paper' })
  },
  promises: async (actor, hall, { code }, rows) => {
    for (const { id, value } of rows) await writeCommitment(actor, hall, code, { ...value, id, medium: 'paper' })
  },
}

/** Takes a row back that was just written. Answers what stood in it, to be mended; null when it is gone already. */
export async function takeRowBack(
  actor: Actor,
  hall: Hall,
  code: string,
  section: Section,
  id: string,
  kind: Parameters<typeof sayBringer>[1],
): Promise<Record<string, string> | null> {
  const meeting = await meetingToHost(actor, code)
  if (section === 'door') {
    const row = await asActor(actor, (tx) => ask.findArrival(tx, meeting.id, id))
    if (!row) return null
    await strikeArrival(actor, hall, code, id)
    return asTyped(row, kind)
  }
  if (section === 'promises') {
    const { commitment } = await commitmentHere(actor, code, id)
    await strikeCommitment(actor, hall, code, id)
    const { name, what, byWhen, toWhom, telephone } = commitment
    return { name, what, when: byWhen ?? '', whom: toWhom ?? '', telephone: telephone ?? '' }
  }
  const said = (await hall.evenings.of(meeting.id))?.statements.find((statement) => statement.id === id)
  const deeds = await whatWasDone(actor, meeting.id, mostUndone)
  const written = deeds.find(({ deed, changes }) => deed === 'write' && changes[0]?.id === id)
  if (!written) return null
  await undoOne(actor, hall, code, written.id)
  return said ? { kind: said.kind, text: said.text } : null
}

/** The last row is among so many deeds of all who lead and write. */
const mostUndone = 500

/** A row of the door list as it would be typed. */
export const asTyped = (row: Arrived, kind: Parameters<typeof sayBringer>[1]): Record<string, string> => ({
  name: row.name ?? '',
  first: row.firstTime === null ? '' : row.firstTime ? 'f' : 'n',
  bringer: sayBringer(row, kind),
})

/** Types what was counted on the wall. Answers the themes whose total somebody else has typed meanwhile; they keep theirs. */
export async function countDots(
  actor: Actor,
  hall: Hall,
  code: string,
  totals: readonly DotTotal[],
): Promise<ask.ThemeDots[]> {
  const meeting = await meetingToHost(actor, code)
  const elsewhere = await asActor(actor, async (tx) => {
    const refused: string[] = []
    const themes = new Set((await ask.wallDotsOf(tx, meeting.id)).map(({ theme }) => theme))
    for (const total of totals) {
      if (!themes.has(total.theme)) continue
      const done =
        total.seen === 0
          ? await ask.typeDots(tx, meeting.id, total.theme, total.n)
          : await ask.correctDots(tx, meeting.id, total)
      if (!done) refused.push(total.theme)
    }
    const now = await ask.wallDotsOf(tx, meeting.id)
    // Typed twice with the same number, it is no quarrel.
    return now.filter(
      ({ theme, n }) => refused.includes(theme) && totals.some((total) => total.theme === theme && total.n !== n),
    )
  })
  hall.evenings.changed(meeting.id)
  return elsewhere
}

// --- The door list

/** Who came, for the hosts of the place. */
export async function doorList(actor: Actor, code: string): Promise<{ meeting: MeetingHere; arrivals: Arrival[] }> {
  const meeting = await meetingToHost(actor, code)
  return { meeting, arrivals: await asActor(actor, (tx) => ask.arrivalsOf(tx, meeting.id)) }
}

export async function arrivalHere(
  actor: Actor,
  code: string,
  id: string,
): Promise<{ meeting: MeetingHere; arrival: Arrival }> {
  const meeting = await meetingToHost(actor, code)
  const arrival = await asActor(actor, (tx) => ask.findArrival(tx, meeting.id, id))
  if (!arrival) refuse('not-found')
  return { meeting, arrival }
}

/** Writes somebody on the list who told a host. Sent again with the same id, they are there already. */
export async function addArrival(actor: Actor, hall: Hall, code: string, id: string, arrived: Arrived): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  await asActor(actor, (tx) => ask.addArrival(tx, meeting.id, id, 'host', arrived))
  hall.evenings.changed(meeting.id)
}

/** `elsewhere`: somebody corrected it meanwhile. */
export async function correctArrival(
  actor: Actor,
  hall: Hall,
  code: string,
  id: string,
  to: Arrived,
  rev: number,
): Promise<'done' | 'elsewhere'> {
  const { meeting } = await arrivalHere(actor, code, id)
  const done = await asActor(actor, (tx) => ask.correctArrival(tx, id, to, rev))
  hall.evenings.changed(meeting.id)
  return done ? 'done' : 'elsewhere'
}

/** Strikes a row: it was written twice, or they asked for it. Struck before, it is struck. */
export async function strikeArrival(actor: Actor, hall: Hall, code: string, id: string): Promise<void> {
  const meeting = await meetingToHost(actor, code)
  await asActor(actor, (tx) => ask.strikeArrival(tx, meeting.id, id))
  hall.evenings.changed(meeting.id)
}

/** Takes the number on the list as the number of people who were there. */
export async function takeAsAttended(actor: Actor, hall: Hall, code: string): Promise<number> {
  const { meeting, arrivals } = await doorList(actor, code)
  await countAttendance(actor, code, arrivals.length)
  hall.forget(meeting.id)
  return arrivals.length
}
