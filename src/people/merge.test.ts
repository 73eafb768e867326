import { beforeAll, describe, expect, test } from 'vitest'
import { whoIs } from '../access/session.deeds.ts'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { confirmTwins, seeTwins, tapTwin, undoMerge } from './merge.deeds.ts'
import { seePeople } from './people.deeds.ts'
import { everyRow, type PlantedGround, plantGround, plantPerson, plantRows } from './test-merge.ts'
import { mergeRace } from './test-merge-race.ts'

let world: World
let ground: PlantedGround
beforeAll(async () => {
  world = await makeWorld()
  ground = await plantGround(world)
})

const signedIn = async (actor: Actor) => {
  const found = await whoIs(world.house, await signIn(world.house, await makeLink(world.house, actor.account ?? '')))
  if (!found) throw new Error('they are signed in')
  return found
}
const idOf = async (actor: Actor): Promise<string> =>
  String((await world.sql('select id from community.person where account_id = $1', [actor.account]))[0]?.id)
const standing = async (a: string, b: string) =>
  (
    await world.sql(
      `select id, kept, gone, kept_yes, gone_yes, done_at is not null as done from community.merge
       where kept in ($1, $2) and gone in ($1, $2) and undone_at is null`,
      [a, b],
    )
  )[0] as { id: string; kept: string; gone: string; kept_yes: string; gone_yes: string; done: boolean } | undefined

describe('two who are one', () => {
  test('are suggested to key holders by the same name, or a name like it with the same telephone', async () => {
    const a = await plantPerson(world, 'Åse Holm', '11112222')
    const b = await plantPerson(world, 'Aase Holm', '33334444')
    const c = await plantPerson(world, 'Aase Holmm', '+45 1111 2222')
    await plantPerson(world, 'Bent', '11112222')
    const { pairs } = await seeTwins(world.poul, 'holmetofte')
    const found = pairs.map((pair) => [pair.a.id, pair.b.id].sort().join())
    expect(found).toContain([a, b].sort().join())
    expect(found).toContain([a, c].sort().join())
    expect(pairs.flatMap((pair) => [pair.a.name, pair.b.name])).not.toContain('Bent')
    await confirmTwins(world.poul, 'holmetofte', [a, b], 'apart')
    const after = (await seeTwins(world.poul, 'holmetofte')).pairs.map((pair) => [pair.a.id, pair.b.id].sort().join())
    expect(after).not.toContain([a, b].sort().join())
  })

  test('without accounts they are merged by their word to a key holder; who is merged does not count and does not show', async () => {
    const a = await plantPerson(world, 'Jytte Et')
    const b = await plantPerson(world, 'Jytte Et')
    const before = (await seePeople(world.poul, 'holmetofte', '', null)).counts.everybody
    expect(await confirmTwins(world.poul, 'holmetofte', [a, b], 'voice')).toBe('done')
    expect((await seePeople(world.poul, 'holmetofte', '', null)).counts.everybody).toBe(before - 1)
    expect((await seePeople(world.poul, 'holmetofte', 'Jytte', null)).people).toHaveLength(1)
    await expect(confirmTwins(world.poul, 'holmetofte', [a, b], 'voice')).rejects.toMatchObject({ code: 'merge.taken' })
  })

  test('taken apart within thirty days, every row is as it was before; afterwards it is too late', async () => {
    const a = await plantPerson(world, 'Else Ravn')
    const b = await plantPerson(world, 'Else Ravn')
    await plantRows(world, ground, a, false)
    await plantRows(world, ground, b, true)
    const before = await everyRow(world)
    await confirmTwins(world.poul, 'holmetofte', [a, b], 'paper')
    const m = await standing(a, b)
    const rows = async (table: string, of: string) =>
      Number((await world.sql(`select count(*) as n from community.${table} where person_id = $1`, [of]))[0]?.n)
    expect(m?.done).toBe(true)
    const { kept = '', gone = '' } = m ?? {}
    for (const table of ['coming', 'arrival', 'commitment', 'invitation']) {
      expect([table, await rows(table, kept), await rows(table, gone)]).toEqual([table, 2, 0])
    }
    // In both groups now, also where they had only been asked.
    expect(
      await world.sql(
        'select count(*)::int as n from community.membership where person_id = $1 and said_yes_at is not null',
        [kept],
      ),
    ).toEqual([{ n: 2 }])
    await undoMerge(world.poul, 'holmetofte', m?.id ?? '')
    expect(await everyRow(world)).toEqual(before)
    await confirmTwins(world.poul, 'holmetofte', [a, b], 'paper')
    const again = await standing(a, b)
    world.clock.forward(24 * 60 * 31)
    await expect(undoMerge(world.poul, 'holmetofte', again?.id ?? '')).rejects.toMatchObject({ code: 'merge.late' })
  })

  test('a yes that one of them took back later does not come again by the other', async () => {
    const a = await plantPerson(world, 'Ruth Dam')
    const b = await plantPerson(world, 'Ruth Dam')
    await plantRows(world, ground, a, false)
    await plantRows(world, ground, b, true)
    await confirmTwins(world.poul, 'holmetofte', [a, b], 'paper')
    const kept = (await standing(a, b))?.kept ?? ''
    const stands = async () =>
      (
        await world.sql(
          `select purpose from community.consent where person_id = $1 and withdrawn_at is null order by 1`,
          [kept],
        )
      ).map(({ purpose }) => purpose)
    // Given 3 January by the one, taken back 9 January by the other.
    expect(await stands()).toEqual(kept === a ? ['askMe', 'contactList'] : ['askMe', 'contactList', 'photo'])
  })
})

describe('with an account', () => {
  test('their own tap and a key holder’s word make one of two; neither alone does', async () => {
    const karsten = await idOf(world.karsten)
    await world.sql(`update community.person set telephone = '77778888' where id = $1`, [karsten])
    const twin = await plantPerson(world, 'Karsten', '+45 77 77 88 88')
    const me = await signedIn(world.karsten)
    expect(await tapTwin(me, 'holmetofte', twin, true)).toBe('waiting')
    expect((await standing(karsten, twin))?.done).toBe(false)
    expect(await confirmTwins(world.poul, 'holmetofte', [karsten, twin], 'voice')).toBe('done')
    expect(await standing(karsten, twin)).toMatchObject({
      kept: karsten,
      gone: twin,
      kept_yes: 'tap',
      gone_yes: 'voice',
    })
    await undoMerge(me, 'holmetofte', (await standing(karsten, twin))?.id ?? '')
    expect(await standing(karsten, twin)).toBeUndefined()
  })

  test('nobody begins with somebody they were not shown, nor undoes what is not theirs', async () => {
    const other = await plantPerson(world, 'Helt Anden', '99990000')
    const me = await signedIn(world.karsten)
    await expect(tapTwin(me, 'holmetofte', other, true)).rejects.toMatchObject({ code: 'not-found' })
    const [a, b] = [await plantPerson(world, 'Ove Lund'), await plantPerson(world, 'Ove Lund')]
    await confirmTwins(world.poul, 'holmetofte', [a, b], 'voice')
    const id = (await standing(a, b))?.id ?? ''
    for (const actor of [world.karsten, world.freja, world.stranger, world.amira, world.guest])
      await expect(undoMerge(actor, 'holmetofte', id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(confirmTwins(world.freja, 'holmetofte', [a, b], 'voice')).rejects.toMatchObject({ code: 'not-found' })
    await expect(confirmTwins(world.poul, 'lyngo', [a, b], 'voice')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('two with accounts say it themselves, each on their own page; a role is never got by it', async () => {
    const [karsten, freja] = [await idOf(world.karsten), await idOf(world.freja)]
    await world.sql(`update community.person set name = 'Freja', telephone = '12121212' where id in ($1, $2)`, [
      karsten,
      freja,
    ])
    await expect(confirmTwins(world.poul, 'holmetofte', [karsten, freja], 'voice')).rejects.toMatchObject({
      code: 'merge.own-yes',
    })
    expect(await tapTwin(await signedIn(world.karsten), 'holmetofte', freja, true)).toBe('waiting')
    expect(await tapTwin(await signedIn(world.freja), 'holmetofte', karsten, true)).toBe('done')
    // The host stays, and the other is nobody here until they are taken apart.
    expect(await standing(karsten, freja)).toMatchObject({ kept: freja, gone: karsten })
    const roles = () =>
      world.sql('select role from access.community_role where account_id = $1', [world.karsten.account])
    expect(await roles()).toEqual([])
    await undoMerge(world.freja, 'holmetofte', (await standing(karsten, freja))?.id ?? '')
    expect(await roles()).toEqual([{ role: 'resident' }])
  })
})

describe('at once', () => {
  test('of merges that want the same person one wins and the others are told, and nobody is lost or doubled', async () => {
    const runs = Number(process.env.OPLIVE_RUNS ?? 20)
    const { broken, won, told } = await mergeRace(world, runs)
    expect(broken).toEqual([])
    expect(won).toBe(runs)
    expect(told).toBe(runs * 2)
  }, 120_000)
})

test('every table that points at a person can be given over in a merge, or says why not', async () => {
  const rows = await world.sql(
    `select l.tab || '.' || l.col as link from community.links_to_person() l
     where not has_column_privilege('oplive_system', l.tab, l.col, 'update') order by 1`,
  )
  expect(rows.map(({ link }) => link)).toEqual([])
})
