// Merges that want the same person at the same moment: what `npm run trust` tries many times, and the suite a few.
import { v7 as uuid } from 'uuid'
import { Refusal } from '../refusal.ts'
import type { World } from '../test-house.ts'
import { confirmTwins } from './merge.deeds.ts'

export interface Race {
  runs: number
  /** Merges that were done. */
  won: number
  /** Key holders who were told that another was quicker. */
  told: number
  /** What must never be: a run in which it was. */
  broken: string[]
}

/** In each run three hands press at once: C goes into A, C goes into B, and C goes into A once more. One merge is done; two are told. */
export async function mergeRace(world: World, runs: number): Promise<Race> {
  const race: Race = { runs, won: 0, told: 0, broken: [] }
  for (let run = 0; run < runs; run++) {
    const people = [uuid(), uuid(), uuid()]
    for (const id of people)
      await world.sql(
        `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
         values ($1, $2, 'Samme Navn', 'came', 'paper', '2027-01-02', '2027-01-02')`,
        [id, world.holmetofte],
      )
    const [a = '', b = '', c = ''] = people
    // Who was here first stays, so the last one is wanted by all three.
    const pairs = [
      [a, c],
      [b, c],
      [c, a],
    ] as const
    const outcomes = await Promise.allSettled(
      pairs.map((pair) => confirmTwins(world.poul, 'holmetofte', run % 2 ? pair : [pair[1], pair[0]], 'voice')),
    )
    const won = outcomes.filter((one) => one.status === 'fulfilled').length
    const told = outcomes.filter(
      (one) => one.status === 'rejected' && one.reason instanceof Refusal && one.reason.code === 'merge.taken',
    ).length
    race.won += won
    race.told += told
    const [row] = await world.sql(
      `select (select count(*)::int from community.person where id = any ($1) and merged_into is not null) as gone,
        (select count(*)::int from community.merge where kept = any ($1) and done_at is not null) as done`,
      [people],
    )
    if (won !== 1 || told !== 2 || row?.gone !== 1 || row?.done !== 1)
      race.broken.push(
        `run ${run}: ${won} won, ${told} told, ${row?.gone} gone, ${row?.done} done: ${outcomes.map((one) => (one.status === 'rejected' ? String(one.reason) : one.value)).join()}`,
      )
    await world.sql('delete from community.person where id = any ($1)', [people])
  }
  return race
}
