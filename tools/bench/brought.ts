// "Who brought whom" for a place where 20,000 have come: from request to page with the database, and whether anybody else waits for it.
import { Agent } from 'node:http'
import { plantCrowd } from '../../src/people/test-crowd.ts'
import { askOwner } from '../rehearse/keyboard.ts'
import { besideOthers, keeperOf } from './beside.ts'
import type { Figure } from './row.ts'

const people = 20_000
const meetings = 200
const times = 5

const plantMeetings = `
  insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
  select gen_random_uuid(), $1, 'ZZ' || translate(upper(lpad(to_hex(n), 4, '0')), '01', 'XY'), 'house', 'Måling', 'Hallen', 'Freja', d, 'closed', d, d, d
  from generate_series(1, $2::integer) n cross join lateral (select now() - (n * interval '3 days') as d) x`
/** Two of three have joined; the others are a name on a list, or nothing. Six of ten came with a neighbour: by name, and some by a code. */
const plantDoorLists = `
  with who as (select id, name, (row_number() over (order by id) - 1)::integer as n from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$'),
  evening as (select id, (row_number() over (order by starts_at) - 1)::integer as n from community.meeting where community_id = $1 and purpose = 'Måling'),
  card as (select code, (row_number() over (order by id) - 1)::integer as n from community.own_card where community_id = $1 and made_in = '2020-01-01')
  insert into community.arrival (meeting_id, medium, name, person_id, first_time, brought_by, bringer)
  select e.id, 'paper', case when w.n % 3 < 2 then w.name else 'På papir ' || translate(w.n::text, '0123456789', 'abcdefghij') end, case when w.n % 3 < 2 then w.id end, true,
    (array['neighbour', 'neighbour', 'neighbour', 'neighbour', 'neighbour', 'neighbour', 'municipality', 'self', 'association', 'unknown'])[1 + w.n % 10],
    case when w.n % 10 >= 6 then null when w.n % 10 = 0 then c.code when w.n < 400 then 'Kim fra vejen' else 'På papir ' || translate((w.n * 7919 % w.n / 3 * 3 + 2)::text, '0123456789', 'abcdefghij') end
  from who w join evening e on e.n = w.n * $2::integer / $3::integer left join card c on c.n = w.n % 500`
const plantCards = `
  insert into community.own_card (community_id, secret_hash, code, made_in)
  select $1, sha256(('måling ' || n)::bytea), 'BKT' || (2 + n / 64 % 8) || (2 + n / 8 % 8) || (2 + n % 8), '2020-01-01' from generate_series(0, 499) n
  on conflict do nothing`

export const broughtFigure: Figure = {
  name: 'brought',
  section: 'Who brought whom',
  async measure(stage) {
    const { place } = stage.program
    const keeper = await keeperOf(stage)
    const here = keeper.community
    await plantCrowd((text, values) => askOwner(place, text, values ?? []), here, people)
    await askOwner(place, plantMeetings, [here, meetings])
    await askOwner(place, plantCards, [here])
    await askOwner(place, plantDoorLists, [here, meetings, people])
    for (const table of ['community.meeting', 'community.arrival', 'community.person'])
      await askOwner(place, `analyze ${table}`, [])
    const agent = new Agent({ keepAlive: true })
    try {
      const what = `${people.toLocaleString('en-GB')} who have come: "Who brought whom"`
      return await besideOthers(stage, { agent, keeper, path: `/c/${keeper.slug}/brought`, times, what })
    } finally {
      agent.destroy()
      await askOwner(place, `delete from community.meeting where community_id = $1 and purpose = 'Måling'`, [here])
      await askOwner(place, `delete from community.own_card where community_id = $1 and made_in = '2020-01-01'`, [here])
      await askOwner(
        place,
        `delete from community.person where community_id = $1 and telephone ~ '^[2-9][0-9]{7}$' and account_id is null`,
        [here],
      )
    }
  },
}
