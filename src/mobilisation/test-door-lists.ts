// Door lists for the tests of who brought whom.
import type { AtTheDoor } from '../demo/demo.queries.ts'
import type { World } from '../test-world.ts'

export type Row = AtTheDoor & { person?: string | null }

/** A meeting that was held on a day, with who came. */
export async function heldWith(world: World, community: string, on: string, door: readonly Row[]): Promise<string> {
  const [row] = await world.sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
     values (gen_random_uuid(), $1, upper(translate(substr(md5(random()::text), 1, 6), '01', '23')), 'house', 'Mødes', 'Hallen', 'Freja',
       $2::date + time '18:00', 'closed', $2, $2, $2) returning id`,
    [community, on],
  )
  for (const { name, firstTime, broughtBy, bringer, person } of door)
    await world.sql(
      `insert into community.arrival (meeting_id, medium, name, first_time, brought_by, bringer, person_id) values ($1, 'paper', $2, $3, $4, $5, $6)`,
      [row?.id, name, firstTime, broughtBy, bringer, person ?? null],
    )
  return String(row?.id)
}

/** Somebody came for the first time, brought by a neighbour of this name, or by this card. */
export const broughtBy = (bringer: string, name: string | null, person: string | null = null): Row => ({
  name,
  firstTime: true,
  broughtBy: 'neighbour',
  bringer,
  person,
})
export const cameAs = (how: string, name: string | null, firstTime = true): Row => ({
  name,
  firstTime,
  broughtBy: how,
  bringer: null,
})
