import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestSite, visitAs } from '../communities/test-site.ts'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { countQuarter, numbersJobs, startCounting } from './numbers.deeds.ts'
import { numbersPages } from './numbers.page.tsx'
import { quarterAfter, quarterOf } from './numbers.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
  // Those of the world joined in March; the others with them.
  await people(world.holmetofte, 59, ['60-74', '25-39', '40-59'])
  await people(world.lyngo, 2, ['75+'])
  const association = uuid()
  await world.sql(
    `insert into community.association (id, community_id, kind, name, made_on) values ($1, $2, 'association', 'Hallens venner', '2027-01-01')`,
    [association, world.holmetofte],
  )
  await world.sql(
    `insert into community.membership (association_id, person_id, said_yes_at, medium)
     select $1, p.id, '2027-03-01', 'paper' from community.person p where p.community_id = $2 order by p.id limit 33`,
    [association, world.holmetofte],
  )
})

async function people(community: string, count: number, bands: string[]) {
  for (let n = 0; n < count; n++) {
    const id = uuid()
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on) values ($1, $2, 'Sentinel-nabo', 'said_yes', 'paper', '2027-03-01', '2027-03-01')`,
      [id, community],
    )
    await world.sql('insert into community.profile (person_id, age_band) values ($1, $2)', [
      id,
      bands[n % bands.length],
    ])
  }
}

const site = (actor: Actor): Promise<TestSite> => visitAs(world.house, actor, numbersPages())

test('the fourteenth of March lies in the first quarter, and after the fourth comes a new year', () => {
  expect(['2027-03-14', '2027-04-01', '2027-12-31'].map(quarterOf)).toEqual(['2027-01-01', '2027-04-01', '2027-10-01'])
  expect(['2027-01-01', '2027-10-01'].map(quarterAfter)).toEqual(['2027-04-01', '2028-01-01'])
})

describe('the counting at the turn of a quarter', () => {
  beforeEach(() => {
    world.later.ordered.length = 0
  })

  test('before the first one the page says when it will be', async () => {
    expect((await (await site(world.helle)).get('/numbers')).text).toMatch(/Der er ikke talt endnu/)
  })

  test('the program orders it at its start, where this quarter has not been counted', async () => {
    world.clock.set('2027-04-01T00:30:00Z')
    await startCounting(world.house, world.later)
    expect(world.later.ordered).toMatchObject([{ name: 'numbers.count', data: { quarter: '2027-04-01' } }])
  })

  test('it counts, and orders the next one at night', async () => {
    const [job] = numbersJobs(() => world.later)
    await job?.work(world.house, { quarter: '2027-04-01' })
    expect(world.later.ordered).toMatchObject([
      { data: { quarter: '2027-07-01' }, at: new Date('2027-07-01T01:00:00Z') },
    ])
    const [count] = await world.sql(
      'select people, under40, from60, members from municipal.people_count where community_id = $1',
      [world.holmetofte],
    )
    // 59, Freja, Karsten and Poul; those three joined in March too.
    expect(count).toEqual({ people: 60, under40: 20, from60: 20, members: 35 })
  })

  test('it is done once, however often it is asked', async () => {
    await countQuarter(world.house, world.later, '2027-04-01')
    await startCounting(world.house, world.later)
    expect(world.later.ordered).toEqual([])
  })

  test('nobody but the program counts', async () => {
    for (const actor of [world.poul, world.amira, world.helle, world.nadia, world.mikkel])
      await expect(
        asActor(actor, (tx) =>
          tx.selectNoFrom((eb) => eb.fn('municipal.count_people', [eb.val('2027-07-01')]).as('n')).execute(),
        ),
      ).rejects.toMatchObject({ code: '42501' })
  })
})

describe('who sees the numbers', () => {
  test('those of the place at once, and the municipality after 48 hours', async () => {
    const own = await (await site(world.karsten)).get('/c/holmetofte/numbers')
    expect(own.text).toMatch(/60 af 538 beboere 35 1 1. april 2027/)
    expect((await (await site(world.helle)).get('/numbers')).text).not.toMatch(/60 af 538/)
    world.clock.forward(48)
    for (const actor of [world.helle, world.amira]) {
      const { text } = await (await site(actor)).get('/numbers')
      expect(text).toMatch(/60 af 538 beboere 35 1 1. april 2027/)
      expect(text).toMatch(/Lyngø for få til at vise/)
      expect(text).toMatch(/nærmeste fem/)
      expect(text).not.toMatch(/Sentinel/)
    }
  })

  test('in no other place, and nobody who only keeps the server or watches over data', async () => {
    const status = async (actor: Actor, path: string) => (await (await site(actor)).get(path)).status
    expect(await status(world.stranger, '/c/holmetofte/numbers')).toBe(403)
    expect(await status(world.amira, '/c/holmetofte/numbers')).toBe(403)
    for (const actor of [world.karsten, world.poul, world.nadia, world.mikkel])
      expect(await status(actor, '/numbers')).toBe(403)
    expect(await status(world.guest, '/numbers')).toBe(401)
    expect(await status(world.guest, '/c/holmetofte/numbers')).toBe(401)
    expect(await status(world.karsten, '/c/ingen/numbers')).toBe(404)
  })

  test('what is told of one age is told, and what is too few is not, also for those of the place', async () => {
    // 15 to 39, of these 15 to 24, of these 15 to 17; 40 to 59; 60 and over, of these 75 and over.
    for (const [actor, path] of [
      [world.karsten, '/c/holmetofte/numbers'],
      [world.helle, '/numbers'],
    ] as const)
      expect((await (await site(actor)).get(path)).text).toMatch(
        /Holmetofte 20 for få til at vise for få til at vise for få til at vise 20 for få til at vise/,
      )
  })

  test('places added up tell what they show one by one, and how many are silent', async () => {
    const { text } = await (await site(world.helle)).get('/numbers?place=holmetofte&place=lyngo&place=ingen')
    expect(text).toMatch(/2 byer lagt sammen/)
    expect(text).toMatch(/Er med 60 1 af 2/)
    expect(text).toMatch(/40 til 59 år for få til at vise ingen/)
  })

  test('in English too', async () => {
    expect((await (await site(world.helle)).get('/numbers?lang=en')).text).toMatch(
      /Numbers from the places .* 60 of 538 residents/,
    )
  })

  test('by the alphabet, never by size', async () => {
    const { text } = await (await site(world.helle)).get('/numbers')
    expect(text.indexOf('Holmetofte')).toBeLessThan(text.indexOf('Lyngø'))
  })
})

describe('the municipality has no other way to a number about people', () => {
  const tables = ['community.person', 'community.profile', 'community.membership', 'community.people_counted'] as const
  test.each(['employee', 'leader', 'officer', 'operator'] as const)('as %s', async (role) => {
    const actor = { house: world.house, role, account: world.amira.account }
    for (const table of tables)
      await expect(
        asActor(actor, (tx) =>
          tx
            .selectFrom(table)
            .select(({ fn }) => fn.countAll().as('n'))
            .execute(),
        ),
        table,
      ).rejects.toMatchObject({ code: '42501' })
  })

  test('a frozen number is not changed, not even by the program', async () => {
    await expect(
      asSystem(world.house, 'try', (tx) => tx.updateTable('municipal.people_count').set({ people: 65 }).execute()),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(world.sql('update municipal.people_count set people = 65 where people = 60')).rejects.toThrow(/frozen/)
  })
})

test('a quarter later four have come: the count stands; another four, and it is counted anew', async () => {
  const later = async (quarter: string) => {
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       select gen_random_uuid(), $1, 'Ny nabo', 'came', 'paper', $2::date - 30, $2::date - 30 from generate_series(1, 4)`,
      [world.holmetofte, quarter],
    )
    world.clock.set(`${quarter}T02:00:00Z`)
    await countQuarter(world.house, world.later, quarter)
    return (await (await site(world.karsten)).get('/c/holmetofte/numbers')).text
  }
  expect(await later('2027-07-01')).toMatch(/Sidst talt den 1. juli 2027.*60 af 538 beboere 35 1 1. april 2027/)
  expect(await later('2027-10-01')).toMatch(/70 af 538 beboere 60 \(1. april 2027\) 35 1 1. oktober 2027/)
})
