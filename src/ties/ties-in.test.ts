import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { crowd, hangingOnOne, heldOn, twoYearsLater, type Weave } from '../demo/demo-ties.ts'
import { componentsOf, largestOf } from '../network/components.ts'
import { networkFrom } from '../network/network.ts'
import { makeWorld, type World } from '../test-world.ts'
import { layWeave, personOf, talked } from './test-ties.ts'
import { type Ties, weightOf } from './tie.ts'
import { completenessIn, tieMarkIn, tiesIn } from './ties-in.ts'

let world: World
let freja: string
let karsten: string
let poul: string
const today = '2027-03-14'

beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
  karsten = await personOf(world, world.karsten)
  poul = await personOf(world, world.poul)
})
beforeEach(async () => {
  for (const table of ['community.talk', 'municipal.talk', 'community.meeting', 'community.tie_choice'])
    await world.sql(`delete from ${table}`)
})

const asked = (who: Actor, on = today, community = world.holmetofte) => asActor(who, (tx) => tiesIn(tx, community, on))
const asProgram = (community: string, on = today) => asSystem(world.house, 'count', (tx) => tiesIn(tx, community, on))
/** How many residents hang together, with the employees and without. */
function hanging({ people, ends, staff }: Ties) {
  const network = networkFrom(people, ends)
  const away = new Uint8Array(people)
  const all = componentsOf(network)
  for (const { at } of staff) away[at] = 1
  return { residents: people - staff.length, with: largestOf(all), without: largestOf(componentsOf(network, away)) }
}
const meetingOn = async (on: string) => {
  const [row] = await world.sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
     values (gen_random_uuid(), $1, upper(translate(substr(md5(random()::text), 1, 6), '01', '23')), 'house', 'Mødes', 'Hallen', 'Freja',
       $2::date + time '18:00', 'closed', $2, $2, $2) returning id`,
    [world.holmetofte, on],
  )
  return String(row?.id)
}

describe('what makes a tie', () => {
  test('a talk, a kept promise, who brought whom and an evening carried together; each weighed by its age', async () => {
    const talk = await talked(world, freja, karsten, '2027-03-01')
    await world.sql(
      `insert into community.talk_promise (id, talk_id, community_id, starter, other, promised_by, what, state)
       values (gen_random_uuid(), $1, $2, $3, $4, 'starter', 'Kaffe', 'kept'), (gen_random_uuid(), $1, $2, $3, $4, 'other', 'Kage', 'made')`,
      [talk, world.holmetofte, freja, karsten],
    )
    const meeting = await meetingOn('2026-12-01')
    await world.sql(
      `insert into community.arrival (meeting_id, medium, name, brought_by, bringer, person_id) values ($1, 'host', 'Karsten', 'neighbour', ' freja ', $2)`,
      [meeting, karsten],
    )
    await world.sql(
      `insert into community.meeting_role (meeting_id, role, name) values ($1, 'host', 'Freja'), ($1, 'scribe', 'Karsten'), ($1, 'welcomer', 'Freja')`,
      [meeting],
    )
    const { people, ends, weights, staff, me, on } = await asked(world.freja)
    expect({ people, ends: ends.length, staff, on }).toEqual({ people: 2, ends: 2, staff: [], on: today })
    expect([0, 1]).toContain(me)
    expect(weights[0]).toBeCloseTo(
      weightOf(
        [
          { kind: 'talk', on: '2027-03-01' },
          { kind: 'promise', on: '2027-03-01' },
          { kind: 'brought', on: '2026-12-01' },
          { kind: 'team', on: '2026-12-01' },
        ],
        today,
      ),
      5,
    )
  })

  test('to have been at the same meeting is none; nor a plan, a name that two have, a talk of last year', async () => {
    const meeting = await meetingOn('2027-02-01')
    await world.sql(
      `insert into community.arrival (meeting_id, medium, name, person_id) values ($1, 'host', 'Karsten', $2), ($1, 'host', 'Freja', $3)`,
      [meeting, karsten, freja],
    )
    await talked(world, freja, karsten, '2026-03-14')
    await world.sql(`update community.talk set held_on = null where held_on > '2027-01-01'`)
    expect(await asked(world.freja)).toMatchObject({ people: 0, me: null })
    // On the day before it still counted.
    expect((await asked(world.freja, '2027-03-13')).people).toBe(2)
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       values (gen_random_uuid(), $1, 'Freja', 'came', 'paper', $2, $2)`,
      [world.holmetofte, today],
    )
    await world.sql(
      `insert into community.arrival (meeting_id, medium, name, brought_by, bringer, person_id) values ($1, 'host', 'Karsten', 'neighbour', 'Freja', $2)`,
      [meeting, karsten],
    )
    expect((await asked(world.freja)).people).toBe(0)
    await world.sql(`delete from community.person where account_id is null`)
    expect((await asked(world.freja)).people).toBe(2)
  })

  test('one has brought the other by the code of their card, and by the invitation that the other said yes with: also when that is gone', async () => {
    const ways = { code: '2027-02-01', invitation: '2027-02-02' }
    const byCode = await meetingOn(ways.code)
    await world.sql(
      `insert into community.own_card (community_id, secret_hash, code, person_id, made_in) values ($1, sha256('tie'), 'BKT482', $2, '2027-02-01')`,
      [world.holmetofte, freja],
    )
    const arrive = `insert into community.arrival (meeting_id, medium, name, brought_by, bringer, person_id) values ($1, 'host', 'Karsten', $2, $3, $4)`
    await world.sql(arrive, [byCode, 'neighbour', 'bkt 482', karsten])
    const invited = await meetingOn(ways.invitation)
    const [invitation] = await world.sql(
      `insert into community.invitation (meeting_id, secret_hash, inviter, person_id) values ($1, sha256('tie'), 'Freja', $2) returning id`,
      [invited, freja],
    )
    await world.sql(
      'insert into community.coming (meeting_id, name, invitation_id, person_id) values ($1, $2, $3, $4)',
      [invited, 'Karsten', invitation?.id, karsten],
    )
    await world.sql(arrive, [invited, 'unknown', null, karsten])
    const both = [
      { kind: 'brought' as const, on: ways.code },
      { kind: 'brought' as const, on: ways.invitation },
    ]
    expect((await asked(world.freja)).weights[0]).toBeCloseTo(weightOf(both, today), 5)
    await world.sql('delete from community.coming')
    await world.sql('delete from community.invitation')
    expect((await asked(world.karsten)).weights[0]).toBeCloseTo(weightOf(both, today), 5)
    await world.sql('delete from community.own_card')
  })

  test('what one of the two has left out counts for nobody; what is hidden counts and says so', async () => {
    await talked(world, freja, karsten, '2027-03-01')
    await talked(world, poul, karsten, '2027-03-01')
    const choose = (person: string, other: string, choice: string) =>
      world.sql(
        `insert into community.tie_choice (person_id, other_person, choice, chosen_on) values ($1, $2, $3, $4)`,
        [person, other, choice, today],
      )
    await choose(karsten, poul, 'hidden')
    expect([...(await asked(world.freja)).hidden].sort()).toEqual([0, 1])
    await choose(karsten, freja, 'removed')
    const left = await asked(world.freja)
    expect([left.people, [...left.hidden]]).toEqual([2, [1]])
    // Whoever is forgotten is gone from it at once, with what they had chosen.
    await world.sql('delete from community.person where id = $1', [await extra()])
    expect((await asked(world.freja)).people).toBe(2)
  })

  /** Somebody who talked with Freja, hid it, and is then forgotten. */
  async function extra(): Promise<string> {
    const [row] = await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       values (gen_random_uuid(), $1, 'Birthe', 'came', 'paper', $2, $2) returning id`,
      [world.holmetofte, today],
    )
    const id = String(row?.id)
    await talked(world, id, karsten, '2027-03-10')
    await world.sql(
      `insert into community.tie_choice (person_id, other_person, choice, chosen_on) values ($1, $2, 'hidden', $3)`,
      [karsten, id, today],
    )
    expect((await asked(world.freja)).people).toBe(3)
    return id
  }
})

describe('a whole place', () => {
  test('if the employees went tomorrow, 78 of 96 would still hang together; two years before, 6 of 41', async () => {
    const later = await layWeave(world, 'senere', twoYearsLater())
    expect(hanging(await asProgram(later.community))).toEqual({ residents: 96, with: 98, without: 78 })
    const before = await layWeave(world, 'foer', hangingOnOne())
    expect(hanging(await asProgram(before.community))).toEqual({ residents: 41, with: 42, without: 6 })
  })

  test('has the same ties and weights as reckoned by hand from all that was done', async () => {
    const weave = crowd(120, 400, 3, 7)
    const laid = await layWeave(world, 'mange', weave)
    const { weights, people, ends } = await asProgram(laid.community)
    expect(ends.length / 2).toBe(weave.among.length + weave.withStaff.length)
    expect(people).toBeLessThanOrEqual(123)
    const byHand = (list: Weave['among']) =>
      list.reduce((sum, _, place) => sum + weightOf([{ kind: 'talk', on: heldOn(place, today) }], today), 0)
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(byHand(weave.among) + byHand(weave.withStaff), 2)
  })

  test('has other numbers for its people at each question', async () => {
    const laid = await layWeave(world, 'lod', twoYearsLater())
    const numbers = async () => (await asProgram(laid.community)).staff.map(({ at }) => at).sort()
    const seen = new Set<string>()
    for (let i = 0; i < 6; i++) seen.add(String(await numbers()))
    expect(seen.size).toBeGreaterThan(3)
  })
})

describe('who may know how a place hangs together', () => {
  test('those of the place, employees who work with it, leaders and the program; nobody else, and no stranger learns that it is there', async () => {
    await talked(world, freja, karsten, '2026-11-01')
    for (const who of [world.freja, world.karsten, world.poul, world.amira, world.helle])
      expect((await asked(who)).people).toBe(2)
    await expect(asked(world.stranger)).rejects.toMatchObject({ code: 'not-found' })
    await expect(asked(world.amira, today, world.lyngo)).rejects.toMatchObject({ code: 'not-found' })
    for (const who of [world.guest, world.nadia, world.mikkel])
      await expect(asked(who)).rejects.toMatchObject({ code: '42501' })
    await expect(asActor(world.stranger, (tx) => completenessIn(tx, world.holmetofte, today))).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('the municipality sees a quarter that is over, however it asks: what happened since shows nowhere', async () => {
    await talked(world, String(world.amira.account), freja, '2026-12-31')
    const before = await asked(world.amira)
    expect([before.on, before.people, before.staff.map(({ name }) => name)]).toEqual(['2026-12-31', 2, ['Amira']])
    await talked(world, freja, karsten, '2027-01-02')
    await talked(world, String(world.amira.account), karsten, '2027-03-13')
    for (const who of [world.amira, world.helle])
      for (const on of [today, '2027-03-13', '2099-01-01']) expect((await asked(who, on)).people).toBe(2)
    expect((await asked(world.freja)).people).toBe(3)
  })

  test('a mark says that somebody has gone, come or chosen, to those who may know the shape', async () => {
    const mark = (who: Actor = world.freja) => asActor(who, (tx) => tieMarkIn(tx, world.holmetofte))
    const before = await mark()
    expect([(await asked(world.freja)).mark, await mark(world.helle)]).toEqual([before, before])
    await world.sql(
      `insert into community.tie_choice (person_id, other_person, choice, chosen_on) values ($1, $2, 'removed', $3)`,
      [freja, karsten, today],
    )
    const chosen = await mark()
    expect(chosen).not.toBe(before)
    await world.sql(`update community.tie_choice set choice = 'hidden'`)
    expect(await mark()).not.toBe(chosen)
    await world.sql('delete from community.tie_choice')
    expect(await mark()).toBe(before)
    await expect(mark(world.stranger)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('nobody but the program asks what the ties are made of', async () => {
    for (const who of [world.freja, world.poul, world.amira, world.helle, world.nadia, world.mikkel, world.guest])
      for (const what of ['community.tie_source', 'community.whom_a_name_means'])
        await expect(
          asActor(who, (tx) =>
            tx
              .selectFrom(what as 'community.tie_source')
              .selectAll()
              .execute(),
          ),
        ).rejects.toMatchObject({ code: '42501' })
  })

  test('recorded is who has confirmed within six months, of those who did something in them', async () => {
    const complete = () => asActor(world.freja, (tx) => completenessIn(tx, world.holmetofte, today))
    await world.sql(`update community.person set active_on = '2026-08-01', joined_on = '2026-01-01' where id = $1`, [
      poul,
    ])
    expect(await complete()).toEqual({ active: 2, confirmed: 0 })
    await world.sql('insert into community.tie_confirmed values ($1, $2), ($3, $4)', [
      freja,
      '2026-09-20',
      karsten,
      '2026-09-01',
    ])
    expect(await complete()).toEqual({ active: 2, confirmed: 1 })
  })
})
