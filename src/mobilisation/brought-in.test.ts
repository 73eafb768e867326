import { sql } from 'kysely'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Actor, asActor } from '../db/as-actor.ts'
import { tornehuseEvenings } from '../demo/demo-brought.ts'
import { join, lookAtDoings } from '../meetings/keeping/keeping.deeds.ts'
import { makeWorld, type World } from '../test-world.ts'
import { personOf } from '../ties/test-ties.ts'
import { type Brought, reckon, type Tree } from './brought.ts'
import { cameBy, findCard, makeCard, makeMyCard, seeBrought, seeMyCard } from './mobilisation.deeds.ts'
import { broughtIn } from './mobilisation.queries.ts'
import { broughtBy, cameAs, heldWith } from './test-door-lists.ts'

let world: World
let freja: string
let poul: string
const slug = 'holmetofte'
const today = '2027-03-14'
const daysBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
  poul = await personOf(world, world.poul)
})
beforeEach(async () => {
  await world.sql('delete from community.meeting')
  await world.sql('delete from community.own_card')
})

const held = (on: string, ...door: Parameters<typeof heldWith>[3]) => heldWith(world, world.holmetofte, on, door)
const read = async (who: Actor): Promise<Tree | null> => asActor(who, (tx) => broughtIn(tx, world.holmetofte, today))
const seen = async (who: Actor = world.freja): Promise<Brought> => {
  const tree = await read(who)
  if (!tree) throw new Error('those who belong there see the tree')
  return reckon(tree, 412)
}

describe('the tree of Tornehuse, read off its door lists', () => {
  test('has the numbers that are computed by hand in method 8.4', async () => {
    for (const { daysAgo, door } of tornehuseEvenings) await held(daysBefore(daysAgo), ...door)
    const { found, neighbours, fromStaff, again, reached, mine } = await seen(world.poul)
    expect(found.firstTimers).toBe(31)
    expect(found.brought).toEqual({ byNeighbours: 19, byMunicipality: 6, byAssociation: 0, bySelf: 3, unknown: 3 })
    // Wilson of 19 of 28: by hand 49 to 82 in a hundred; with the unknown 19 to 22 of 31.
    expect(neighbours).toMatchObject({ some: 19, of: 28 })
    expect(neighbours?.interval.low).toBeCloseTo(0.4934, 3)
    expect(neighbours?.interval.high).toBeCloseTo(0.8207, 3)
    expect(found.neighbourShare).toMatchObject({ low: 19 / 31, high: 22 / 31 })
    // Poul's chain (20 with himself) and five more of the municipality's.
    expect(fromStaff).toMatchObject({ some: 25, of: 31 })
    expect(found.generations).toEqual([12, 1, 3, 13, 2])
    // Poul, Freja, Sofus, Ida, Jens, Oksana; the tenth of six is one, who brought six of nineteen.
    expect(found.bringers).toBe(6)
    expect(found.concentration).toBeCloseTo(6 / 19, 12)
    // Each came within ninety days of whoever brought them; the last two are too new to have brought anybody.
    expect(again).toMatchObject({ parents: 29, younger: 2, children: 19 })
    expect(reached).toEqual({ people: 31, of: 412, share: 31 / 412 })
    expect(mine).toBe(1)
  })
})

describe('who a name stands for', () => {
  test('one who is on the lists and later in the place is one; a name that two have is a neighbour, nobody knows which', async () => {
    await held('2027-01-01', cameAs('self', 'Poul'), cameAs('self', 'Anna'), cameAs('self', 'Anna'))
    await held(
      '2027-02-01',
      broughtBy('poul ', 'Mette'),
      broughtBy('Anna', 'Sanne'),
      cameAs('neighbour', 'Poul', false),
    )
    const { found } = await seen(world.poul)
    expect(found.firstTimers).toBe(5)
    expect(found.brought).toMatchObject({ byNeighbours: 2, bySelf: 3 })
    expect(found.bringers).toBe(1)
    expect(found.roots.unknown).toBe(1)
    expect((await seen(world.poul)).mine).toBe(1)
  })

  test('a neighbour who was there before anybody counted brings people too, and is no first-timer', async () => {
    await held(
      '2027-01-01',
      broughtBy('Karsten', 'Mette'),
      broughtBy('karsten', 'Lis'),
      broughtBy('En fra vejen', 'Per'),
    )
    const { found } = await seen()
    expect(found).toMatchObject({ firstTimers: 3, bringers: 2, roots: { before: 5, all: 5 } })
  })

  test('»Amira« is the employee, unless a neighbour is called so', async () => {
    await held('2027-01-01', broughtBy('Amira', 'Mette'), broughtBy('amira ', 'Lis'))
    expect((await seen()).found.brought).toMatchObject({ byMunicipality: 2, byNeighbours: 0 })
    await held('2027-01-02', cameAs('self', 'Amira'))
    expect((await seen()).found.brought).toMatchObject({ byMunicipality: 0, byNeighbours: 2 })
  })

  test('whose name is gone after two years is still counted, as brought by a neighbour', async () => {
    await held('2027-01-01', broughtBy('Poul', 'Mette'))
    await world.sql('update community.arrival set name = null, bringer = null, person_id = null')
    expect((await seen()).found).toMatchObject({ firstTimers: 1, bringers: 0, brought: { byNeighbours: 1 } })
  })

  test('two who are said to have brought each other are a chain that closes on itself, and told so', async () => {
    await held('2027-01-01', broughtBy('Lis', 'Mette'), broughtBy('Mette', 'Lis'), broughtBy('Lis', 'Per'))
    const { found } = await seen()
    expect(found).toMatchObject({ firstTimers: 3, roots: { loop: 3 }, brought: { unknown: 2, byNeighbours: 1 } })
    expect(found.loops).toHaveLength(1)
  })
})

describe('cards of one’s own', () => {
  test('a chain goes through codes alone: whoever came by a card has one whose parent it is, and nobody is made by it', async () => {
    const people = async () => (await world.sql('select count(*)::integer as n from community.person'))[0]?.n
    const before = await people()
    await makeMyCard(world.freja, slug)
    const own = (await seeMyCard(world.freja, slug)).seen
    const card = await findCard(world.house, own?.secret ?? '')
    expect(card?.code).toBe(own?.card.code)
    const key = 'k'.repeat(22)
    const made = await makeCard(world.house, { slug, parent: card?.id ?? null, key })
    // Sent twice, it is one card.
    expect((await makeCard(world.house, { slug, parent: card?.id ?? null, key })).secret).toBe(made.secret)
    const next = await findCard(world.house, made.secret)
    const spaced = `${next?.code.slice(0, 3).toLowerCase()} ${next?.code.slice(3)}`
    await held(
      '2027-01-01',
      broughtBy(own?.card.code ?? '', 'Mette'),
      broughtBy(spaced, null),
      broughtBy(spaced, 'Per'),
    )
    const { found, mine } = await seen()
    expect(found).toMatchObject({ firstTimers: 3, bringers: 2, brought: { byNeighbours: 3 } })
    // Freja, Mette; the card that nobody has seen the holder of; the two who came by it.
    expect(found.generations).toEqual([1, 1, 2])
    expect(mine).toBe(1)
    expect((await seeMyCard(world.freja, slug)).seen?.came).toBe(1)
    expect(await cameBy(world.house, next?.id ?? '')).toBe(2)
    expect(await people()).toBe(before)
  })

  test('one neighbour has one card, however often they press', async () => {
    await Promise.all([makeMyCard(world.freja, slug), makeMyCard(world.freja, slug), makeMyCard(world.freja, slug)])
    expect(await world.sql('select from community.own_card')).toHaveLength(1)
  })

  test('whoever joins with a card that came from another’s was brought by them, before any door list says it, and is no first-timer by that', async () => {
    await makeMyCard(world.freja, slug)
    const parent = await findCard(world.house, (await seeMyCard(world.freja, slug)).seen?.secret ?? '')
    const made = await makeCard(world.house, { slug, parent: parent?.id ?? null, key: 'j'.repeat(22) })
    const shown = { invitations: [made.secret] }
    expect((await lookAtDoings(world.house, slug, shown)).doings).toMatchObject([{ kind: 'card', person: null }])
    await join(world.house, slug, shown, { name: 'Birgit', key: 'b'.repeat(22), device: 'en telefon' })
    const [birgit] = await world.sql(`select id from community.person where name = 'Birgit'`)
    expect(await world.sql('select person_id from community.own_card where parent_id is not null')).toEqual([
      { person_id: birgit?.id },
    ])
    expect((await seen()).found).toMatchObject({ firstTimers: 0, bringers: 0 })
    // She brings Per; then she comes herself, and nobody asks her who brought her.
    await held('2027-01-01', broughtBy('Birgit', 'Per'))
    expect((await seen()).found).toMatchObject({ firstTimers: 1, bringers: 1, generations: [1, 0, 1] })
    await held('2027-01-02', { ...cameAs('unknown', 'Birgit'), person: String(birgit?.id) })
    expect((await seen()).found).toMatchObject({ firstTimers: 2, bringers: 2, generations: [1, 1, 1] })
    await world.sql('delete from community.person where id = $1', [birgit?.id])
  })

  test('a card whose link was made where its place lived before gets the link of this house when its owner looks', async () => {
    await makeMyCard(world.freja, slug)
    await world.sql(`update community.own_card set secret_hash = sha256('from elsewhere')`)
    const { seen } = await seeMyCard(world.freja, slug)
    expect((await findCard(world.house, seen?.secret ?? ''))?.id).toBe(seen?.card.id)
  })

  test('one reads one’s own card in the database, and nobody else’s; the municipality none; a link’s hash nobody', async () => {
    await makeMyCard(world.freja, slug)
    await makeMyCard(world.poul, slug)
    const cards = (who: Actor, columns = 'code, person_id') =>
      asActor(who, async (tx) => (await sql`select ${sql.raw(columns)} from community.own_card`.execute(tx)).rows)
    expect(await cards(world.freja)).toMatchObject([{ person_id: freja }])
    expect(await cards(world.karsten)).toEqual([])
    for (const actor of [world.guest, world.amira, world.helle, world.nadia, world.mikkel])
      await expect(cards(actor)).rejects.toThrow('permission denied')
    await expect(cards(world.freja, 'secret_hash')).rejects.toThrow('permission denied')
  })

  test('a card used by forty is told as one card that went round', async () => {
    await makeMyCard(world.poul, slug)
    const code = (await seeMyCard(world.poul, slug)).seen?.card.code ?? ''
    await held('2027-01-01', ...Array.from({ length: 40 }, () => broughtBy(code, null)))
    expect((await seen()).found).toMatchObject({ firstTimers: 40, bringers: 1, concentration: 1, wide: [{ used: 40 }] })
  })

  test('whoever is forgotten is gone from it: their card with them', async () => {
    const [row] = await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       values (gen_random_uuid(), $1, 'Birthe', 'came', 'paper', $2, $2) returning id`,
      [world.holmetofte, today],
    )
    await world.sql(
      `insert into community.own_card (community_id, secret_hash, code, person_id, made_in) values ($1, sha256('x'), 'BBB222', $2, '2027-03-01')`,
      [world.holmetofte, row?.id],
    )
    await world.sql('delete from community.person where id = $1', [row?.id])
    expect(await world.sql('select from community.own_card')).toEqual([])
  })
})

describe('names', () => {
  const agree = (person: string) =>
    world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values (gen_random_uuid(), $1, 'treeName', 1, 'tap', '2027-03-01')`,
      [person],
    )
  const named = async (who: Actor) => (await read(who))?.names.filter((one) => one !== null).sort()

  test('are those who have said yes, for those in the tree alone; never for the municipality, however often it asks', async () => {
    await held('2027-01-01', { ...cameAs('municipality', 'Poul'), person: poul }, broughtBy('Poul', 'Freja', freja))
    expect(await named(world.freja)).toEqual([])
    await agree(poul)
    expect(await named(world.freja)).toEqual(['Poul'])
    // Karsten belongs to the place, and is not in the tree.
    expect(await named(world.karsten)).toEqual([])
    for (const actor of [world.amira, world.helle])
      for (let time = 0; time < 5; time++) expect(await named(actor)).toEqual([])
    await world.sql(`update community.consent set withdrawn_at = '2027-03-02' where purpose = 'treeName'`)
    expect(await named(world.freja)).toEqual([])
  })

  test('the municipality sees a quarter that is over, and strangers nothing', async () => {
    await held('2026-12-30', cameAs('self', 'Mette'))
    await held('2027-01-02', cameAs('self', 'Per'))
    expect((await read(world.freja))?.broughtBy).toHaveLength(2)
    expect((await read(world.amira))?.broughtBy).toHaveLength(1)
    expect((await read(world.amira))?.on).toBe('2026-12-31')
    for (const actor of [world.stranger, world.nadia, world.mikkel]) {
      expect(await read(actor).catch(() => null)).toBeNull()
      await expect(seeBrought(actor, slug)).rejects.toMatchObject({ code: 'not-yours' })
    }
  })
})
