// "If we left tomorrow" for a place of 20,000 people with 80,000 ties: from request to page with the database, and whether anybody else waits for it.
import { Agent } from 'node:http'
import { plantCrowd } from '../../src/people/test-crowd.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { besideOthers, keeperOf, linkFor } from './beside.ts'
import { inChromium } from './leaving-page.ts'
import type { Figure } from './row.ts'

const people = 20_000
const ties = 80_000
const staff = 3
const times = 5

/** Most talk with those who live nearby; one of twenty talks is with somebody of the municipality. As many rows as ties, but for pairs drawn twice. */
const plantTalks = `
  with drawn as (
    select n, (random() * $2::integer)::integer % $2::integer as a, random() as r, (random() * 12)::integer as near, (random() * $2::integer)::integer % $2::integer as far
    from generate_series(1, $3::integer) n
  ), who as (select id, (row_number() over (order by id) - 1)::integer as n from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$')
  insert into community.talk (id, community_id, starter, other, kind, medium, purpose, answer, held_on, touched_on)
  select gen_random_uuid(), $1, x.id, y.id, 'maintenance', 'walk', 'En snak', 'yes', current_date - d.n % 330, current_date
  from drawn d join who x on x.n = d.a join who y on y.n = case when r < 0.2 then far else (a + 1 + near) % $2::integer end where x.id <> y.id`
const plantWork = `
  with worker as (select account_id, (row_number() over (order by account_id) - 1)::integer as n from access.employee_community where community_id = $1),
  who as (select id, (row_number() over (order by id) - 1)::integer as n from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$')
  insert into municipal.talk (id, community_id, starter, other, kind, medium, purpose, answer, held_on, touched_on)
  select gen_random_uuid(), $1, w.account_id, p.id, 'maintenance', 'walk', 'En snak', 'yes', current_date - t % 330, current_date
  from generate_series(1, $2::integer) t join worker w on w.n = t % (select count(*)::integer from worker) join who p on p.n = (t * 7919) % $3::integer`

export const leavingFigure: Figure = {
  name: 'leaving',
  section: 'If we left tomorrow',
  async measure(stage) {
    const { place } = stage.program
    const keeper = await keeperOf(stage)
    const here = keeper.community
    await plantCrowd((text, values) => askOwner(place, text, values ?? []), here, people)
    for (let n = 0; n < staff; n++)
      await askOwner(
        place,
        `with a as (insert into access.account (id, name, municipal_role) values (gen_random_uuid(), $2, 'employee') returning id)
         insert into access.employee_community select id, $1 from a`,
        [here, `Måling ${n}`],
      )
    await askOwner(place, plantTalks, [here, people, ties - ties / 20])
    await askOwner(place, plantWork, [here, ties / 20, people])
    for (const table of ['community.talk', 'municipal.talk', 'community.person'])
      await askOwner(place, `analyze ${table}`, [])
    const agent = new Agent({ keepAlive: true })
    try {
      const path = `/c/${keeper.slug}/if-we-left`
      const size = `${people.toLocaleString('en-GB')} people, ${ties.toLocaleString('en-GB')} ties`
      return [
        ...(await besideOthers(stage, { agent, keeper, path, times, what: `${size}: "If we left tomorrow"` })),
        ...(await inChromium({
          origin: stage.program.url,
          path,
          link: await linkFor(stage, keeper),
          pictures: process.env.OPLIVE_PICTURES,
        })),
      ]
    } finally {
      agent.destroy()
      for (const table of ['community.talk', 'municipal.talk'])
        await askOwner(place, `delete from ${table} where community_id = $1`, [here])
      await askOwner(place, `delete from access.account where name ~ '^Måling [0-9]$'`, [])
      await askOwner(
        place,
        `delete from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$' and account_id is null`,
        [here],
      )
    }
  },
}
