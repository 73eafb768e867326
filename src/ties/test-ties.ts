// A place in which people have talked: neighbours and employees for the tests of ties.
import { v7 as uuid } from 'uuid'
import { layTies, type Weave } from '../demo/demo-ties.ts'
import type { World } from '../test-world.ts'

export interface Laid {
  community: string
  people: string[]
  staff: string[]
}

/** A new place with the talks of a weave, as if they had been held over the last eleven months. */
export async function layWeave(world: World, slug: string, weave: Weave): Promise<Laid> {
  const community = uuid()
  const today = world.clock.now().toISOString()
  await world.sql('insert into community.community (id, slug, name, founded_at) values ($1, $2, $2, $3)', [
    community,
    slug,
    today,
  ])
  const people = (
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       select gen_random_uuid(), $1, 'Nabo ' || n, 'came', 'paper', '2026-03-01', $3::date from generate_series(1, $2::integer) n returning id`,
      [community, weave.residents, today.slice(0, 10)],
    )
  ).map(({ id }) => String(id))
  const staff: string[] = []
  for (let n = 0; n < weave.staff; n++) {
    const id = uuid()
    staff.push(id)
    await world.sql(`insert into access.account (id, name, municipal_role) values ($1, $2, 'employee')`, [
      id,
      `Medarbejder ${n + 1}`,
    ])
    await world.sql('insert into access.employee_community (account_id, community_id) values ($1, $2)', [id, community])
  }
  await layTies(world.house, community, weave, { people, staff })
  return { community, people, staff }
}

/** The person that an account is in Holmetofte. */
export const personOf = async (world: World, { account }: { account: string | null }): Promise<string> =>
  String((await world.sql('select id from community.person where account_id = $1', [account]))[0]?.id)

/** Two of a place have talked on a day. */
export async function talked(world: World, starter: string, other: string, on: string): Promise<string> {
  const id = uuid()
  const of = (await world.sql('select community_id from community.person where id = $1', [other]))[0]?.community_id
  const atWork = (await world.sql('select from access.account where id = $1', [starter])).length > 0
  await world.sql(
    `insert into ${atWork ? 'municipal' : 'community'}.talk
       (id, community_id, starter, other, kind, medium, purpose, answer, held_on, touched_on)
     values ($1, $2, $3, $4, 'maintenance', 'walk', 'En snak', 'yes', $5, $5)`,
    [id, of, starter, other, on],
  )
  return id
}
