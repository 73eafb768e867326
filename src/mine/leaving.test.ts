import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../access/test-person.ts'
import { type Actor, asSystem } from '../db/as-actor.ts'
import { keepRooms } from '../rooms/trust.deeds.ts'
import { makeWorld, type World } from '../test-world.ts'
import { exportMine } from './export.deeds.ts'
import { leave, seeLeaving } from './forget.deeds.ts'

let world: World
let meeting: string
beforeAll(async () => {
  world = await makeWorld()
  meeting = uuid()
  await world.sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at)
     values ($1, $2, 'HALLEN', 'listening', 'Lys i hallen', 'Hallen', 'Freja', '2027-03-10T18:00:00Z')`,
    [meeting, world.holmetofte],
  )
})

interface Neighbour {
  actor: Actor & { account: string }
  person: string
}

/** A new neighbour of Holmetofte, signed in. */
async function neighbour(name: string, mail: string | null = null): Promise<Neighbour> {
  const account = uuid()
  const person = uuid()
  await world.sql('insert into access.account (id, name) values ($1, $2)', [account, name])
  await world.sql(
    `insert into community.person (id, community_id, account_id, name, mail, exists_by, medium, joined_on, active_on)
     values ($1, $2, $3, $4, $5, 'said_yes', 'tap', '2027-01-01', '2027-03-01')`,
    [person, world.holmetofte, account, name, mail],
  )
  return { actor: { house: world.house, role: 'resident', account }, person }
}

const them = ({ actor }: Neighbour, provenAt: Date | null = world.clock.now()) => {
  const person = signedIn(actor, 'Nabo') ?? expect.fail()
  return { ...person, session: { ...person.session, provenAt } }
}
const ask = { format: 'json', lang: 'da', device: undefined } as const
const bringers = async (name: string) =>
  (await world.sql('select from community.arrival where bringer = $1', [name])).length
const accounts = async ({ actor }: Neighbour) =>
  (await world.sql('select from access.account where id = $1', [actor.account])).length

describe('one wins, and the other is told', () => {
  test('a deletion during an export waits for nobody long: it is told, and the file is whole', async () => {
    const one = await neighbour('Ida')
    // Enough that the file is not sent in one go.
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at, withdrawn_at)
       select gen_random_uuid(), $1, 'photo', 1, 'tap', '2027-01-01', '2027-01-02' from generate_series(1, 3000)`,
      [one.person],
    )
    const file = (await exportMine(them(one), ask)).getReader()
    const first = await file.read()
    await expect(leave(them(one), null)).rejects.toMatchObject({ code: 'mine.taken' })
    expect(await accounts(one)).toBe(1)
    let text = new TextDecoder().decode(first.value)
    for (let part = await file.read(); !part.done; part = await file.read())
      text += new TextDecoder().decode(part.value)
    const read = JSON.parse(text) as { everything: { piece: string; rows: unknown[] }[] }
    expect(read.everything.find(({ piece }) => piece === 'consent')?.rows).toHaveLength(3000)
    await leave(them(one), null)
    expect(await accounts(one)).toBe(0)
    await expect(exportMine(them(one), ask)).rejects.toMatchObject({ code: 'mine.gone' })
  })

  test('whoever stops reading their file half way does not keep others from theirs', async () => {
    const one = await neighbour('Bo')
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at, withdrawn_at)
       select gen_random_uuid(), $1, 'photo', 1, 'tap', '2027-01-01', '2027-01-02' from generate_series(1, 3000)`,
      [one.person],
    )
    for (let times = 0; times < 4; times += 1) {
      const file = await exportMine(them(one), ask)
      await file.cancel()
    }
    await expect
      .poll(() =>
        leave(them(one), null).then(
          () => 'gone',
          () => 'taken',
        ),
      )
      .toBe('gone')
  })

  test('with many at once one waits for one’s turn, and gets it when somebody is done', async () => {
    const one = await neighbour('Kim')
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at, withdrawn_at)
       select gen_random_uuid(), $1, 'photo', 1, 'tap', '2027-01-01', '2027-01-02' from generate_series(1, 3000)`,
      [one.person],
    )
    const [first, second] = [await exportMine(them(one), ask), await exportMine(them(one), ask)]
    let begun = false
    const third = exportMine(them(one), ask).then((file) => {
      begun = true
      return file
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(begun).toBe(false)
    await first.cancel()
    const text = await new Response(await third).text()
    expect(JSON.parse(text)).toMatchObject({ about: 'Nabo' })
    await second.cancel()
  })

  test('twice at once: one deletes, the other hears that it is gone', async () => {
    const one = await neighbour('Ole')
    const answers = await Promise.allSettled([leave(them(one), null), leave(them(one), null)])
    const said = answers.map((answer) =>
      answer.status === 'fulfilled' ? 'done' : (answer.reason as { code: string }).code,
    )
    expect(said.sort()).toEqual(['done', 'mine.gone'])
  })

  test('while somebody else holds the person, as one who merges does, the deletion is told so and nothing is half gone', async () => {
    const one = await neighbour('Eva')
    const merging = await world.connections.db.startTransaction().execute()
    await sql`set local role oplive_system`.execute(merging)
    await sql`select from community.person where id = ${one.person} for update`.execute(merging)
    await expect(leave(them(one), null)).rejects.toMatchObject({ code: 'mine.taken' })
    await merging.rollback().execute()
    expect(await accounts(one)).toBe(1)
    await leave(them(one), null)
    expect(await accounts(one)).toBe(0)
  })
})

test('a deletion at the same moment as a merge: whichever comes first, nobody is half gone and nothing of theirs is left', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [one, twin] = [await neighbour(`Ulla ${round}`), uuid()]
    await world.sql(
      `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on)
       values ($1, $2, $3, 'came', 'paper', '2027-01-01', '2027-03-01')`,
      [twin, world.holmetofte, `Ulla ${round}`],
    )
    await world.sql(
      `insert into community.consent (id, person_id, purpose, text_version, medium, given_at) values (gen_random_uuid(), $1, 'photo', 1, 'paper', '2027-01-01')`,
      [twin],
    )
    const merge = uuid()
    await world.sql(
      `insert into community.merge (id, community_id, kept, gone, kept_yes, gone_yes, asked_on) values ($1, $2, $3, $4, 'tap', 'paper', '2027-03-01')`,
      [merge, world.holmetofte, one.person, twin],
    )
    const merging = asSystem(world.house, 'merge two in a test', async (tx) => {
      const { rows } = await sql<{ said: string }>`select community.merge_people(${merge}, now()) as said`.execute(tx)
      return rows[0]?.said
    })
    const [merged, left] = await Promise.allSettled([merging, leave(them(one), null)])
    // Who came second is told; pressed once more, it is done.
    if (left.status === 'rejected') {
      expect(left.reason).toMatchObject({ code: 'mine.taken' })
      await leave(them(one), null)
    }
    expect(merged.status === 'fulfilled' && ['done', 'gone'].includes(String(merged.value))).toBe(true)
    expect(await accounts(one)).toBe(0)
    expect(await world.sql('select from community.person where id = $1', [one.person])).toEqual([])
    expect(await world.sql('select from community.merge where id = $1', [merge])).toEqual([])
    // The twin went along if they were one by then; else it is still somebody of the place.
    const [still] = await world.sql(
      `select (select count(*)::int from community.person where id = $1) as people,
        (select count(*)::int from community.consent where person_id = $1) as consents`,
      [twin],
    )
    expect([
      { people: 0, consents: 0 },
      { people: 1, consents: 1 },
    ]).toContainEqual(still)
  }
})

describe('what goes, and what is somebody else’s', () => {
  test('leaving one place leaves the other, the account and the way in', async () => {
    const one = await neighbour('Liv')
    const there = uuid()
    await world.sql(
      `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
       values ($1, $2, $3, 'Liv', 'said_yes', 'tap', '2027-01-01', '2027-03-01')`,
      [there, world.lyngo, one.actor.account],
    )
    await world.sql(
      `insert into access.mail_address (account_id, address, confirmed_on) values ($1, 'liv@example.dk', '2027-01-01')`,
      [one.actor.account],
    )
    expect(await leave(them(one), 'holmetofte')).toEqual({ person: 1, role: 1 })
    expect(await world.sql('select id from community.person where account_id = $1', [one.actor.account])).toEqual([
      { id: there },
    ])
    expect(
      await world.sql('select community_id from access.community_role where account_id = $1', [one.actor.account]),
    ).toEqual([{ community_id: world.lyngo }])
    expect(
      await world.sql('select address from access.mail_address where account_id = $1', [one.actor.account]),
    ).toHaveLength(1)
    await expect(leave(them(one), 'holmetofte')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a first name, and a name that two have, are left where others wrote them: they may be somebody else’s', async () => {
    const arrive = (bringer: string) =>
      world.sql(
        `insert into community.arrival (meeting_id, medium, name, bringer) values ($1, 'paper', 'Birthe', $2)`,
        [meeting, bringer],
      )
    for (const name of ['Mads', 'Per Holm', 'Signe Lund']) await arrive(name)
    const twin = await neighbour('Per Holm')
    for (const one of [await neighbour('Mads'), await neighbour('Per Holm'), await neighbour('Signe Lund')])
      await leave(them(one), null)
    expect([await bringers('Mads'), await bringers('Per Holm'), await bringers('Signe Lund')]).toEqual([1, 1, 0])
    await leave(them(twin), null)
    expect(await bringers('Per Holm')).toBe(0)
  })

  test('two who share a mailbox are two: what waits for its address stays for the other', async () => {
    const [one, other] = [await neighbour('Tove', 'hjem@example.dk'), await neighbour('Kaj', 'Hjem@example.dk')]
    await world.sql(
      `insert into community.mail_wish (meeting_id, address, lang) values ($1, 'hjem@example.dk', 'da')`,
      [meeting],
    )
    const wishes = async () => (await world.sql('select from community.mail_wish')).length
    await leave(them(one), null)
    expect(await wishes()).toBe(1)
    await leave(them(other), null)
    expect(await wishes()).toBe(0)
  })

  test('who alone holds the key is told before they go', async () => {
    const poul = { actor: { ...world.poul, account: world.poul.account ?? '' }, person: '' }
    expect((await seeLeaving(them(poul), null)).lastKeys).toEqual([
      { slug: 'holmetofte', name: 'Holmetofte', others: true },
    ])
    await world.sql(`update community.community set founded_at = '2024-01-01'`)
    // The night asks who has been there longest, when the last key is gone.
    const night = async () => {
      await keepRooms(world.house)
      return world.sql(`select how, state from community.key_change where community_id = $1`, [world.holmetofte])
    }
    expect(await night()).toEqual([])
    const two = await neighbour('Rie')
    await world.sql(`update access.community_role set role = 'keyholder' where account_id = $1`, [two.actor.account])
    expect((await seeLeaving(them(poul), null)).lastKeys).toEqual([])
    await leave(them(poul), null)
    await leave(them(two), null)
    expect(await night()).toEqual([{ how: 'inherit', state: 'open' }])
  })
})

test('whoever has anything to show it by must show that it is them; who has nothing is not shut out from their own', async () => {
  const one = await neighbour('Nina')
  const before = new Date(world.clock.now().getTime() - 3_600_000)
  const file = await exportMine(them(one, before), ask)
  await file.cancel()
  await world.sql(
    `insert into access.mail_address (account_id, address, confirmed_on) values ($1, 'nina@example.dk', '2027-01-01')`,
    [one.actor.account],
  )
  await expect(exportMine(them(one, before), ask)).rejects.toMatchObject({ code: 'proof.needed' })
  await expect(leave(them(one, before), null)).rejects.toMatchObject({ code: 'proof.needed' })
  expect(await accounts(one)).toBe(1)
})
