import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asActor, asSystem } from '../db/as-actor.ts'
import { tie } from '../meetings/keeping/keeping.queries.ts'
import { makeWorld, type World } from '../test-world.ts'
import { personOf } from '../ties/test-ties.ts'
import { type Brought, reckon } from './brought.ts'
import { makeMyCard, seeMyCard } from './mobilisation.deeds.ts'
import { broughtIn } from './mobilisation.queries.ts'
import { broughtBy, cameAs, heldWith, type Row } from './test-door-lists.ts'

let world: World
let meeting: string
let freja: string
const today = '2027-03-14'

beforeAll(async () => {
  world = await makeWorld()
  freja = await personOf(world, world.freja)
})
beforeEach(async () => {
  await world.sql('delete from community.meeting')
  await world.sql('delete from community.own_card')
  meeting = await heldWith(world, world.holmetofte, '2027-03-10', [])
})

const seen = async (): Promise<Brought> => {
  const tree = await asActor(world.freja, (tx) => broughtIn(tx, world.holmetofte, today))
  return reckon(tree ?? expect.fail('Freja belongs there'), 412)
}
const invited = async (by: string, { person = null as string | null, parent = null as string | null } = {}) =>
  String(
    (
      await world.sql(
        `insert into community.invitation (meeting_id, secret_hash, inviter, person_id, parent_id)
         values ($1, sha256(gen_random_uuid()::text::bytea), $2, $3, $4) returning id`,
        [meeting, by, person, parent],
      )
    )[0]?.id,
  )
const saysYes = (name: string, invitation: string | null) =>
  world.sql('insert into community.coming (meeting_id, name, invitation_id) values ($1, $2, $3)', [
    meeting,
    name,
    invitation,
  ])
const atTheDoor = async (...door: Row[]) => {
  for (const { name, firstTime, broughtBy, bringer } of door)
    await world.sql(
      `insert into community.arrival (meeting_id, medium, name, first_time, brought_by, bringer) values ($1, 'paper', $2, $3, $4, $5)`,
      [meeting, name, firstTime, broughtBy, bringer],
    )
}
/** As eight days after the meeting: who meant to come, and the invitations, are gone. */
const eightDaysLater = async () => {
  await world.sql('delete from community.coming')
  await world.sql('delete from community.invitation')
}
const silent = (name: string | null, firstTime = true): Row => cameAs('unknown', name, firstTime)

describe('an invitation to a meeting', () => {
  test('by which somebody said that they come, and came, has brought them: also when it is gone, and nobody has a name by it', async () => {
    const card = await invited('Freja', { person: freja })
    await saysYes('Mette', card)
    await saysYes('Per', card)
    await atTheDoor(silent('mette '), silent('Sanne'))
    for (const when of ['that week', 'later']) {
      const { found, mine } = await seen()
      // The meeting's own numbers say the same.
      expect(await world.sql('select name, brought_by from community.arrival order by name'), when).toEqual([
        { name: 'Sanne', brought_by: 'unknown' },
        { name: 'mette ', brought_by: 'neighbour' },
      ])
      expect(found.brought, when).toMatchObject({ byNeighbours: 1, unknown: 1 })
      expect(mine, when).toBe(1)
      await eightDaysLater()
    }
    const kept = await world.sql('select code, secret_hash, person_id, for_meeting from community.own_card')
    expect(kept).toEqual([{ code: null, secret_hash: null, person_id: freja, for_meeting: true }])
    await makeMyCard(world.freja, 'holmetofte')
    expect((await seeMyCard(world.freja, 'holmetofte')).seen?.came).toBe(1)
  })

  test('by which nobody came leaves nothing', async () => {
    await saysYes('Mette', await invited('Freja'))
    await atTheDoor(silent('Sanne'))
    await eightDaysLater()
    expect(await world.sql('select from community.own_card')).toEqual([])
  })

  test('says nothing where the door list does: another neighbour, the municipality, by themselves, or that they have been there before', async () => {
    const card = await invited('Freja', { person: freja })
    for (const name of ['Mette', 'Per', 'Lis', 'Ole', 'Ulla']) await saysYes(name, card)
    await atTheDoor(
      broughtBy('Poul', 'Mette'),
      cameAs('municipality', 'Per'),
      cameAs('self', 'Lis'),
      silent('Ole', false),
      broughtBy('Freja', 'Ulla'),
    )
    const { found, mine } = await seen()
    expect(found).toMatchObject({
      firstTimers: 4,
      bringers: 2,
      brought: { byNeighbours: 2, byMunicipality: 1, bySelf: 1 },
    })
    expect(mine).toBe(1)
  })

  test('tells which neighbour it was where two have the name that was written', async () => {
    const other = await heldWith(world, world.holmetofte, '2027-03-01', [
      cameAs('self', 'Anna'),
      cameAs('self', 'Anna'),
    ])
    expect(other).not.toBe(meeting)
    const card = await invited('Anna')
    await saysYes('Mette', card)
    await saysYes('Per', card)
    await atTheDoor(broughtBy('Anna', 'Mette'), broughtBy('Anna', 'Per'), broughtBy('Anna', 'Lis'))
    const { found, unnamed } = await seen()
    expect(found.brought).toMatchObject({ byNeighbours: 3, bySelf: 2 })
    // One card that nobody has the name of brought two; Lis came with one of the two, nobody knows which.
    expect(found.bringers).toBe(1)
    expect(unnamed).toBe(1)
  })

  test('is one with the neighbour whose name others wrote who came by it', async () => {
    const card = await invited('Birgit')
    await saysYes('Mette', card)
    await saysYes('Per', card)
    await atTheDoor(cameAs('self', 'Birgit'), broughtBy('birgit', 'Mette'), silent('Per'))
    await eightDaysLater()
    expect((await seen()).found).toMatchObject({ firstTimers: 3, bringers: 1, generations: [1, 2] })
  })

  test('is no bringer of whoever made it, brings one where two of that name came, and nobody where two of that name had said so', async () => {
    const card = await invited('Freja', { person: freja })
    for (const name of ['Freja', 'Mette']) await saysYes(name, card)
    await atTheDoor(silent('Freja'), silent('Mette'), silent('Mette'))
    expect((await seen()).found.brought).toMatchObject({ byNeighbours: 1, unknown: 2 })
    await world.sql('delete from community.arrival')
    const poul = await invited('Poul')
    await saysYes('Lis', card)
    await saysYes('Lis', poul)
    await atTheDoor(silent('Lis'))
    expect((await seen()).found.brought).toMatchObject({ byNeighbours: 0, unknown: 1 })
  })

  test('made by one who came by another’s goes on from theirs, with nobody’s name', async () => {
    const first = await invited('Freja', { person: freja })
    const second = await invited('Birthe', { parent: first })
    await saysYes('Ole', second)
    await atTheDoor(silent('Ole'))
    await eightDaysLater()
    // Freja, whoever handed it on, Ole.
    expect((await seen()).found).toMatchObject({ firstTimers: 1, generations: [1, 0, 1], roots: { before: 2 } })
  })

  test('used by forty is told as one that went round', async () => {
    const card = await invited('Poul')
    const forty = Array.from({ length: 40 }, (_, n) => `Nabo ${n}`)
    for (const name of forty) await saysYes(name, card)
    await atTheDoor(...forty.map((name) => silent(name)))
    expect((await seen()).found).toMatchObject({ firstTimers: 40, bringers: 1, wide: [{ used: 40 }] })
  })

  test('goes with the name on the row, and with another word at the door; a name that is put right keeps it', async () => {
    await saysYes('Mette', await invited('Freja'))
    await atTheDoor(silent('Mette'))
    await eightDaysLater()
    const cards = async () => (await world.sql('select card_id is not null as card from community.arrival'))[0]?.card
    await world.sql(`update community.arrival set name = 'Mette H'`)
    expect(await cards()).toBe(true)
    await world.sql(`update community.arrival set brought_by = 'self'`)
    expect(await cards()).toBe(false)
    await world.sql(
      `update community.arrival set brought_by = 'unknown', card_id = (select id from community.own_card)`,
    )
    await world.sql('update community.arrival set name = null, bringer = null, person_id = null')
    expect(await cards()).toBe(false)
  })

  test('whose maker is forgotten was a neighbour’s all the same', async () => {
    const [row] = await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       values (gen_random_uuid(), $1, 'Birthe', 'came', 'paper', $2, $2) returning id`,
      [world.holmetofte, today],
    )
    await saysYes('Mette', await invited('Birthe', { person: String(row?.id) }))
    await atTheDoor(silent('Mette'))
    await world.sql('delete from community.person where id = $1', [row?.id])
    expect((await seen()).found).toMatchObject({ firstTimers: 1, bringers: 0, brought: { byNeighbours: 1 } })
    expect(await world.sql('select from community.own_card')).toEqual([])
  })

  test('that somebody keeps when they join is theirs with what has come of it', async () => {
    const card = await invited('Freja')
    await saysYes('Mette', card)
    await atTheDoor(silent('Mette'))
    await asSystem(world.house, 'a test', (tx) => tie(tx, { kind: 'invitation', id: card }, freja))
    expect((await seen()).mine).toBe(1)
  })
})

describe('a code on paper', () => {
  test('is read through the letters and digits that hands mix up, beside a name, and with a dash', async () => {
    await world.sql(
      `insert into community.own_card (community_id, secret_hash, code, person_id, made_in) values ($1, sha256('x'), 'BSG286', $2, '2027-03-01')`,
      [world.holmetofte, freja],
    )
    const ways = ['bsg 286', '8S6 2B6', 'B5G-Z86', 'BSG.286', 'Freja bsg286', '(BSG 286)', 'Poul, BSG 286']
    await atTheDoor(...ways.map((way, n) => broughtBy(way, `Nabo ${n}`)))
    const { found, mine } = await seen()
    expect(found).toMatchObject({ firstTimers: ways.length, bringers: 1 })
    expect(mine).toBe(ways.length)
  })

  test('that no card has is a neighbour, nobody knows which, and makes no neighbour of that name', async () => {
    const unread = ['BKT 482', 'bkt482', 'Abe 123', '8KT 4 8', 'ham i nr. 12']
    await atTheDoor(...unread.map((said, n) => broughtBy(said, `Nabo ${n}`)), broughtBy('Nabo 4', 'Mette'))
    const { found, unnamed } = await seen()
    expect(found).toMatchObject({ firstTimers: 6, bringers: 1, brought: { byNeighbours: 6 }, roots: { before: 0 } })
    expect(unnamed).toBe(5)
  })

  test('that is the meeting’s own says nothing of who it was', async () => {
    const [{ code } = {}] = await world.sql('select code from community.meeting')
    await atTheDoor(broughtBy(String(code), 'Mette'))
    expect((await seen()).found.brought).toMatchObject({ byNeighbours: 0, unknown: 1 })
    await saysYes('Per', await invited('Freja'))
    await atTheDoor(broughtBy(String(code), 'Per'))
    expect((await seen()).found.brought).toMatchObject({ byNeighbours: 1, unknown: 1 })
  })

  test('written again by who has been there before counts once for whoever made it', async () => {
    await makeMyCard(world.freja, 'holmetofte')
    const code = (await seeMyCard(world.freja, 'holmetofte')).seen?.card.code ?? ''
    await atTheDoor(broughtBy(code, 'Mette'))
    await heldWith(world, world.holmetofte, '2027-03-12', [{ ...broughtBy(code, 'Mette'), firstTime: false }])
    expect((await seeMyCard(world.freja, 'holmetofte')).seen?.came).toBe(1)
    expect((await seen()).mine).toBe(1)
  })
})

describe('whoever brought somebody', () => {
  const aPerson = async (name: string) =>
    String(
      (
        await world.sql(
          `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
           values (gen_random_uuid(), $1, $2, 'came', 'paper', $3, $3) returning id`,
          [world.holmetofte, name, today],
        )
      )[0]?.id,
    )
  const aCard = (code: string, person: string | null, parent: string | null = null) =>
    world
      .sql(
        `insert into community.own_card (community_id, secret_hash, code, person_id, parent_id, made_in)
         values ($1, sha256(gen_random_uuid()::text::bytea), $2, $3, $4, '2027-03-01') returning id`,
        [world.holmetofte, code, person, parent],
      )
      .then(([row]) => String(row?.id))

  test('and is forgotten leaves a neighbour, nobody knows which; a chain through their card begins behind it', async () => {
    const birthe = await aPerson('Birthe')
    const hers = await aCard('BKT482', birthe)
    await aCard('BKT483', null, hers)
    await atTheDoor(broughtBy('BKT 482', 'Mette'), broughtBy('BKT 483', 'Per'))
    expect((await seen()).found).toMatchObject({ bringers: 2, roots: { before: 3 }, generations: [1, 1, 1] })
    await world.sql('delete from community.person where id = $1', [birthe])
    const { found, unnamed } = await seen()
    expect(found).toMatchObject({ firstTimers: 2, bringers: 1, brought: { byNeighbours: 2 } })
    expect(unnamed).toBe(1)
  })

  test('and was two in the lists is one when they are made one: by name, by either card, and in what they are told', async () => {
    const twin = await aPerson('Freja Holm')
    await aCard('BKT482', twin)
    await makeMyCard(world.freja, 'holmetofte')
    const own = (await seeMyCard(world.freja, 'holmetofte')).seen?.card.code ?? ''
    await atTheDoor(broughtBy('BKT482', 'Mette'), broughtBy(own, 'Per'), broughtBy('Freja Holm', 'Lis'))
    expect((await seen()).found.bringers).toBe(2)
    await world.sql('update community.person set merged_into = $1 where id = $2', [freja, twin])
    const { found, mine } = await seen()
    expect(found).toMatchObject({ bringers: 1, brought: { byNeighbours: 3 } })
    expect(mine).toBe(3)
    expect((await seeMyCard(world.freja, 'holmetofte')).seen?.came).toBe(2)
    await world.sql('delete from community.person where id = $1', [twin])
  })

  test('of whom there are two by that name, of whom one has joined, is told by a code, and by the name is nobody’s', async () => {
    await atTheDoor(cameAs('self', 'Poul'), cameAs('self', 'Poul'), broughtBy('Poul', 'Mette'))
    const { found, unnamed } = await seen()
    expect(found).toMatchObject({ firstTimers: 3, bringers: 0 })
    expect(unnamed).toBe(1)
  })

  test('and wrote their own name or code stands in a chain that closes on itself, and counts as unknown', async () => {
    await aCard('BKT482', await aPerson('Ole Holm'))
    await atTheDoor(broughtBy('Kim', 'Kim'), broughtBy('BKT 482', 'Ole Holm'))
    const { found } = await seen()
    expect(found).toMatchObject({ firstTimers: 2, bringers: 0, brought: { unknown: 2 } })
    expect(found.loops).toHaveLength(2)
    await world.sql(`delete from community.person where name = 'Ole Holm'`)
  })

  test('on the day that was planned, or when it began before that', async () => {
    await world.sql(`update community.meeting set starts_at = '2027-03-20'`)
    await atTheDoor(broughtBy('Poul', 'Mette'))
    expect((await seen()).found.firstTimers).toBe(0)
    await world.sql(
      `insert into community.evening (meeting_id, begun_at, agenda_since) values ($1, '2027-03-14 10:00Z', '2027-03-14 10:00Z')`,
      [meeting],
    )
    expect((await seen()).found.firstTimers).toBe(1)
  })
})
