// Several deeds at once on one thing (T6): one wins, the others are told, and what must always hold still holds.

import { makeLink, signIn } from '../../src/access/sign-in.deeds.ts'
import { writeDefinition } from '../../src/communities/community.deeds.ts'
import { closeExitCard, openExitCard } from '../../src/meetings/exit-card.deeds.ts'
import { openHall } from '../../src/meetings/hall.ts'
import { changePlan } from '../../src/meetings/hosting/hosting.deeds.ts'
import { beginEvening } from '../../src/meetings/leading/leading.deeds.ts'
import { planMeeting } from '../../src/meetings/meeting.deeds.ts'
import { Refusal } from '../../src/refusal.ts'
import type { World } from '../../src/test-house.ts'
import type { Dice } from '../attack/dice.ts'

/** What became of a number of races of one kind. */
export interface Raced {
  kind: string
  runs: number
  /** What did not hold afterwards, with the run in which it was found. */
  broken: string[]
}

/** Runs the deeds at once. Each is done or refused; anything else that goes wrong is itself a fault. */
export async function atOnce(
  deeds: readonly (() => Promise<unknown>)[],
): Promise<{ done: number; refused: number; faults: string[] }> {
  const ends = await Promise.allSettled(deeds.map((deed) => deed()))
  const faults = ends.flatMap((end) =>
    end.status === 'rejected' && !(end.reason instanceof Refusal)
      ? [String((end.reason as Error).message ?? end.reason)]
      : [],
  )
  const done = ends.filter(({ status }) => status === 'fulfilled').length
  return { done, refused: ends.length - done - faults.length, faults }
}

const plan = {
  kind: 'listening',
  purpose: 'Hvem har nøglen?',
  place: 'Hallen',
  hostName: 'Freja',
  date: '2027-03-14',
  time: '19:00',
} as const

interface MeetingRow {
  phase: 'planned' | 'open' | 'closed'
  opened: boolean
  closed: boolean
  open_rounds: number
  results: number
}

/** A meeting is in one state, and never has two first results. */
function holds({ phase, opened, closed, open_rounds: rounds, results }: MeetingRow): boolean {
  const states = {
    planned: !opened && !closed && rounds === 0,
    open: opened && !closed && rounds === 1,
    closed: opened && closed,
  }
  return states[phase] && results <= 1
}

/** A meeting that is changed, begun, opened and closed by two to eight hands at the same moment. */
export async function meetingRace(world: World, runs: number, chance: Dice): Promise<Raced> {
  const broken: string[] = []
  const place = { id: world.holmetofte, timeZone: 'Europe/Copenhagen' }
  for (let run = 0; run < runs; run++) {
    const code = await planMeeting(world.freja, place, plan)
    const hall = openHall(world.house)
    const hands = [
      () => openExitCard(world.freja, world.later, code),
      () => openExitCard(world.poul, world.later, code),
      () => closeExitCard(world.freja, world.later, code),
      () => closeExitCard(world.poul, world.later, code),
      () => beginEvening(world.freja, hall, world.later, code),
      () => changePlan(world.poul, code, { ...plan, place: 'Præstegården' }),
      () => openExitCard(world.stranger, world.later, code),
      () => closeExitCard(world.amira, world.later, code),
    ]
    const { faults } = await atOnce(chance.shuffled(hands).slice(0, 2 + chance.below(7)))
    for (const fault of faults) broken.push(`run ${run}: ${fault}`)
    const [row] = await world.sql(
      `select m.phase, m.opened_at is not null as opened, m.closed_at is not null as closed,
        (select count(*)::int from community.card_round r where r.meeting_id = m.id and r.closed_at is null) as open_rounds,
        (select count(*)::int from community.result r where r.meeting_id = m.id and r.audience = 'community') as results
       from community.meeting m where m.code = $1`,
      [code],
    )
    if (!row || !holds(row as unknown as MeetingRow)) broken.push(`run ${run}: ${JSON.stringify(row)}`)
  }
  return { kind: 'meeting', runs, broken }
}

/** One link, spent by several at once: one gets in. */
export async function linkRace(world: World, runs: number, chance: Dice): Promise<Raced> {
  const broken: string[] = []
  for (let run = 0; run < runs; run++) {
    const token = await makeLink(world.house, String(world.karsten.account))
    const { done, faults } = await atOnce(
      Array.from({ length: 2 + chance.below(7) }, () => () => signIn(world.house, token)),
    )
    if (done !== 1 || faults.length > 0) broken.push(`run ${run}: ${done} got in; ${faults.join('; ')}`)
  }
  return { kind: 'link', runs, broken }
}

/** Several word the definition of a place at once: every version is kept, under a number of its own. */
export async function definitionRace(world: World, runs: number, chance: Dice): Promise<Raced> {
  const broken: string[] = []
  for (let run = 0; run < runs; run++) {
    const before = await world.sql(
      'select coalesce(max(version), 0)::int as n from community.definition where community_id = $1',
      [world.holmetofte],
    )
    const hands = 2 + chance.below(4)
    const { done, faults } = await atOnce(
      Array.from(
        { length: hands },
        (_, hand) => () =>
          writeDefinition(chance.happens(0.5) ? world.freja : world.karsten, 'holmetofte', {
            text: `Run ${run}, hånd ${hand}`,
            authors: 3,
          }),
      ),
    )
    const after = await world.sql(
      'select count(*)::int as n, max(version)::int as last from community.definition where community_id = $1',
      [world.holmetofte],
    )
    const [was, is] = [Number(before[0]?.n), after[0] as { n: number; last: number }]
    if (done !== hands || faults.length > 0 || is.last !== was + hands || is.n !== is.last)
      broken.push(`run ${run}: ${JSON.stringify({ was, is, done, faults })}`)
  }
  return { kind: 'definition', runs, broken }
}
