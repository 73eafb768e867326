import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../access/test-person.ts'
import { visitAs } from '../communities/test-site.ts'
import { type Actor, asSystem } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { minePages } from './mine.page.tsx'
import { seeOut, takeOut } from './paper.deeds.ts'
import { sentinel, somebodyWhoDidEverything } from './test-everything.ts'
import { everyRow, found, touches } from './test-traces.ts'

let world: World
let meeting: string
beforeAll(async () => {
  world = await makeWorld()
  meeting = uuid()
  await world.sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, attended)
     values ($1, $2, 'HALLEN', 'listening', 'Lys i hallen', 'Hallen', 'Freja', '2027-03-10T18:00:00Z', 58)`,
    [meeting, world.holmetofte],
  )
})

const as = (actor: Actor) => visitAs(world.house, actor, minePages())
const door = (id: string, what: 'kept' | 'out') => `/c/holmetofte/people/${id}/${what}`
const poul = (provenAt: Date | null = world.clock.now()) => {
  const person = signedIn(world.poul, 'Poul') ?? expect.fail()
  return { ...person, session: { ...person.session, provenAt } }
}

async function neighbour(name: string, mail: string | null = null): Promise<string> {
  const id = uuid()
  await world.sql(
    `insert into community.person (id, community_id, name, mail, exists_by, medium, joined_on, active_on)
     values ($1, $2, $3, $4, 'said_yes', 'paper', '2027-01-01', '2027-03-01')`,
    [id, world.holmetofte, name, mail],
  )
  return id
}
const isThere = async (id: string) => (await world.sql('select from community.person where id = $1', [id])).length === 1
const said = (answer: PromiseSettledResult<unknown>) =>
  answer.status === 'fulfilled' ? 'done' : (answer.reason as { code: string }).code

describe('A person without an account has the same right on paper: what is kept is printed for them, and deletion leaves only counts', () => {
  test('who did everything and has no account reads it on one page; when they say so, no table knows them, and others are as they were', async () => {
    const doer = await somebodyWhoDidEverything(world, meeting)
    // They never had an account, nor anything that hangs on one.
    await world.sql('update community.hand_over set by_account = null')
    // What they asked of the municipality stands in its own room, and goes there by its own rule.
    await world.sql('delete from municipal.access_request')
    await world.sql('delete from community.moving_in')
    await world.sql('delete from community.mail_trouble')
    await world.sql('update community.person set account_id = null where id = $1', [doer.here])
    await world.sql('delete from community.person where id = $1', [doer.there])
    await world.sql('delete from access.account where id = $1', [doer.actor.account])
    await world.sql('delete from community.letter')
    await world.sql('delete from community.mail_wish')
    await world.sql('delete from access.mail_question')
    const full = await everyRow(world)
    const site = await as(world.poul)

    const { status, text } = await site.get(door(doer.here, 'kept'))
    expect(status).toBe(200)
    for (const part of [
      `Alt om ${sentinel.name}`,
      sentinel.telephone,
      sentinel.mail,
      'Strikkecaféen',
      'Nina lover',
      'Amira fra kommunen',
      'Planlægger et møde',
      'Hvorfor',
      'Hvor længe',
      'Hvem kan se det',
      'Kun for dig',
      'Bed om et kort',
    ])
      expect(text).toContain(part)
    // What they tell of themselves, and whom they trust, is not for a key holder to read.
    for (const own of ['60-74', 'spørg om brød', 'Nina inviterer']) expect(text).not.toContain(own)
    const alone = text.slice(text.indexOf('Kun for dig'), text.indexOf('Vil du ændre noget?'))
    expect(alone).toContain('Naboer, du har tillid til')
    expect(alone).not.toContain('Karsten')

    const before = await site.get(door(doer.here, 'out'))
    expect(before.text).toContain('Hvem du er her')
    expect(before.html).not.toMatch(/name="toldBy"[^>]*checked/)
    const silent = await site.post(door(doer.here, 'out'), {})
    expect(silent.status).toBe(400)
    expect(silent.text).toContain('Vælg, om det var på papir eller højt')
    expect(await isThere(doer.here)).toBe(true)

    const { counts } = await seeOut(world.poul, 'holmetofte', doer.here)
    const done = await site.post(door(doer.here, 'out'), { toldBy: 'paper' })
    expect(done.status).toBe(200)
    expect(done.text).not.toContain(sentinel.name)
    expect(counts).toMatchObject({ person: 2, consent: 2, commitment: 1, ownCommitment: 1, bringer: 1 })
    const after = await everyRow(world)
    expect(found(after, doer.traces)).toEqual([])
    for (const [table, rows] of full) {
      // That something was deleted moves the end of the chain.
      if (table === 'access.audit_start') continue
      const others = rows.filter((row) => !touches(row, doer.traces))
      const now = after.get(table) ?? []
      expect([table, others.filter((row) => !now.includes(row))]).toEqual([table, []])
    }
    expect(await world.sql('select attended, host_name from community.meeting')).toEqual([
      { attended: 58, host_name: 'En nabo' },
    ])
  })

  test('for everybody who holds no key of the place, nobody is there; nor for a key holder, when the neighbour has an account', async () => {
    const id = await neighbour('Birthe')
    const [karsten] = await world.sql('select id from community.person where account_id = $1', [world.karsten.account])
    await world.sql(`update access.community_role set role = 'keyholder' where account_id = $1`, [
      world.stranger.account,
    ])
    const elsewhere: Actor = { ...world.stranger, role: 'keyholder' }
    for (const actor of [elsewhere, world.freja, world.karsten, world.amira, world.helle, world.nadia, world.guest]) {
      const site = await as(actor)
      for (const answer of [
        await site.get(door(id, 'kept')),
        await site.get(door(id, 'out')),
        await site.post(door(id, 'out'), { toldBy: 'paper' }),
      ])
        expect([answer.status, answer.html]).toEqual([404, 'not-found'])
    }
    const site = await as(world.poul)
    for (const other of [String(karsten?.id), uuid(), 'x'])
      for (const answer of [
        await site.get(door(other, 'kept')),
        await site.get(door(other, 'out')),
        await site.post(door(other, 'out'), { toldBy: 'paper' }),
      ])
        expect([answer.status, answer.html]).toEqual([404, 'not-found'])
    expect(await isThere(id)).toBe(true)
  })

  test('a key holder who has not shown lately who they are is asked first, and takes nobody out', async () => {
    const id = await neighbour('Inger')
    await expect(takeOut(poul(new Date(0)), 'holmetofte', id)).rejects.toMatchObject({ code: 'proof.needed' })
    expect(await isThere(id)).toBe(true)
    const site = await as(world.poul)
    await world.sql(`update access.session set proven_at = '2027-01-01'`)
    expect(await site.get(door(id, 'out'))).toMatchObject({
      status: 303,
      location: `/prove?next=${encodeURIComponent(door(id, 'out'))}`,
    })
  })

  test('a letter to an address that a key holder has written down is neither told to them nor stopped by them', async () => {
    await world.sql(
      `insert into community.mail_wish (meeting_id, address, lang) values ($1, 'en.anden@example.dk', 'da')`,
      [meeting],
    )
    const id = await neighbour('Gerda', 'en.anden@example.dk')
    expect((await seeOut(world.poul, 'holmetofte', id)).counts).toEqual({ person: 1 })
    await takeOut(poul(), 'holmetofte', id)
    expect(await world.sql('select from community.mail_wish')).toHaveLength(1)
  })
})

describe('one wins, and the other is told', () => {
  test('twice at once: one takes out, the other hears that it is gone', async () => {
    const id = await neighbour('Ole')
    const answers = await Promise.allSettled([takeOut(poul(), 'holmetofte', id), takeOut(poul(), 'holmetofte', id)])
    const codes = answers.map(said).sort()
    expect(codes[0]).toBe('done')
    expect(['mine.gone', 'not-found']).toContain(codes[1])
    expect(await isThere(id)).toBe(false)
  })

  test('while somebody merges them, it is told so, and nothing is half gone', async () => {
    const id = await neighbour('Eva')
    const merging = await world.connections.db.startTransaction().execute()
    await sql`set local role oplive_system`.execute(merging)
    await sql`select from community.person where id = ${id} for update`.execute(merging)
    await expect(takeOut(poul(), 'holmetofte', id)).rejects.toMatchObject({ code: 'mine.taken' })
    await merging.rollback().execute()
    expect(await isThere(id)).toBe(true)
  })

  test('at the same moment as a merge: whichever comes first, they are one and somebody else hears so, or they are gone', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [one, twin] = [await neighbour(`Ulla ${round}`), await neighbour(`Ulla ${round}`)]
      const [asked, other] = round % 2 === 0 ? [one, twin] : [twin, one]
      const merge = uuid()
      await world.sql(
        `insert into community.merge (id, community_id, kept, gone, kept_yes, gone_yes, asked_on) values ($1, $2, $3, $4, 'paper', 'paper', '2027-03-01')`,
        [merge, world.holmetofte, one, twin],
      )
      const merging = asSystem(world.house, 'merge two in a test', async (tx) => {
        const { rows } = await sql<{ said: string }>`select community.merge_people(${merge}, now()) as said`.execute(tx)
        return rows[0]?.said
      })
      const [merged, out] = await Promise.allSettled([merging, takeOut(poul(), 'holmetofte', asked)])
      expect(merged.status === 'fulfilled' && ['done', 'gone'].includes(String(merged.value))).toBe(true)
      if (out.status === 'fulfilled') {
        expect(await isThere(asked)).toBe(false)
        // Merged before, both were this one; else the other is somebody of the place still.
        expect(await isThere(other)).toBe(merged.status === 'fulfilled' && merged.value === 'gone')
      } else {
        expect(['mine.taken', 'not-found']).toContain(said(out))
        expect([await isThere(one), await isThere(twin)]).toEqual([true, true])
      }
    }
  })

  test('who gets an account in the same moment keeps everything, and is asked themselves', async () => {
    const id = await neighbour('Rie')
    const account = uuid()
    await world.sql('insert into access.account (id, name) values ($1, $2)', [account, 'Rie'])
    const giving = await world.connections.db.startTransaction().execute()
    await sql`set local role oplive_system`.execute(giving)
    await sql`update community.person set account_id = ${account} where id = ${id}`.execute(giving)
    const out = Promise.allSettled([takeOut(poul(), 'holmetofte', id)])
    await new Promise((resolve) => setTimeout(resolve, 300))
    await giving.commit().execute()
    expect((await out).map(said)).toEqual(['mine.taken'])
    expect(await isThere(id)).toBe(true)
    await expect(takeOut(poul(), 'holmetofte', id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
