import pg from 'pg'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Actor, asActor, asSystem } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { auditBrokenAt, cutAudit, noteAudit, seeAudit } from './audit.deeds.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
const note = (actor: Actor, facts = {}) =>
  asActor(actor, (tx) => noteAudit(tx, 'list.brought-in', { place: 'holmetofte', facts }))
const brokenAt = () => asSystem(world.house, 'test', auditBrokenAt)
/** As the owner of the database, who can do everything but must first say so. */
const behind = async (text: string) => {
  const client = new pg.Client({ connectionString: world.ownerUrl })
  await client.connect()
  const guards = (how: string) =>
    client.query(`alter table access.audit ${how} trigger user; alter table access.audit_start ${how} trigger user`)
  await guards('disable')
  await client.query(text).finally(() => guards('enable').then(() => client.end()))
}
afterEach(async () => {
  await behind('delete from access.audit')
  await behind(`update access.audit_start set id = 0, hash = sha256('oplive audit'), cut_on = null,
    last_id = 0, last_hash = sha256('oplive audit')`)
})

describe('what was done that weighs is written down', () => {
  test('with the deed or not at all, and of a neighbour only as what they are', async () => {
    await note(world.amira, { rows: 3 })
    await note(world.poul)
    await asActor(world.poul, async (tx) => {
      await noteAudit(tx, 'key.changed', { place: 'holmetofte' })
      throw new Error('the deed failed')
    }).catch(() => undefined)
    const { entries, brokenAt } = await seeAudit(world.nadia, null)
    expect(entries.map(({ id, role, name, facts }) => [id, role, name, facts])).toEqual([
      [2, 'keyholder', null, {}],
      [1, 'employee', 'Amira', { rows: 3 }],
    ])
    expect(brokenAt).toBeNull()
    for (const actor of [world.amira, world.helle, world.poul, world.karsten])
      await expect(seeAudit(actor, null)).rejects.toMatchObject({ code: 'not-yours' })
  })

  test('by twenty at once, one after the other and without a gap', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => note(n % 2 ? world.amira : world.poul, { n })))
    const { entries } = await seeAudit(world.mikkel, null)
    expect(entries.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, n) => 20 - n))
    expect(await brokenAt()).toBeNull()
  })

  test('and not even the program itself can write over it, take it away or put one in between', async () => {
    await note(world.amira)
    for (const text of [
      `update access.audit set what = 'a.b'`,
      'delete from access.audit',
      'truncate access.audit',
      `insert into access.audit (id, at, what, role, hash) values (2, now(), 'a.b', 'system', sha256('x'))`,
      'update access.audit_start set id = 5',
    ])
      for (const actor of [world.nadia, world.mikkel, world.poul, world.amira])
        await expect(
          asActor(actor, (tx) => tx.executeQuery({ sql: text, parameters: [], query: { kind: 'RawNode' } } as never)),
        ).rejects.toThrow()
    const app = new pg.Client({ connectionString: world.appUrl })
    await app.connect()
    for (const text of [
      'delete from access.audit',
      `set role oplive_system; delete from access.audit`,
      'alter table access.audit disable trigger user',
    ])
      await expect(app.query(text)).rejects.toThrow()
    await app.end()
    // The owner's own session is stopped by the table as well.
    await expect(world.sql('delete from access.audit')).rejects.toThrow('the audit is not changed')
    for (const text of [
      'truncate access.audit',
      `select set_config('oplive.audit_cut', 'yes', false); delete from access.audit`,
      'update access.audit_start set id = last_id, hash = last_hash',
      'update access.audit_start set last_id = 0',
      'delete from access.audit_start',
      'truncate access.audit_start',
    ])
      await expect(world.sql(text)).rejects.toThrow('the audit is not changed')
    expect((await seeAudit(world.nadia, null)).entries).toHaveLength(1)
  })

  test.each([
    ['changed', `update access.audit set facts = '{"rows": 1}' where id = 3`, 3],
    ['given another hour', `update access.audit set at = at + interval '1 hour' where id = 2`, 2],
    ['taken out in the middle', 'delete from access.audit where id = 3', 4],
    ['taken off the end', 'delete from access.audit where id > 3', 4],
    ['taken away with all the others', 'delete from access.audit', 1],
    ['taken off the beginning', 'delete from access.audit where id = 1', 2],
    [
      'put in',
      `insert into access.audit select 6, at, 'a.b', role, name, place, facts, hash from access.audit where id = 5`,
      6,
    ],
  ])('one that is %s behind the program is found', async (_, text, at) => {
    for (let n = 0; n < 5; n++) await note(world.amira, { n })
    await behind(text)
    expect(await brokenAt()).toBe(at)
  })

  test('is kept for five years; what goes then leaves the rest of the chain whole', async () => {
    // Long ago: entries go by the server's own clock too, which no test moves.
    world.clock.set('2017-03-01T12:00:00Z')
    for (let n = 0; n < 3; n++) await note(world.amira, { n })
    world.clock.set('2019-03-01T12:00:00Z')
    await note(world.amira)
    world.clock.set('2022-03-01T11:59:00Z')
    expect(await asSystem(world.house, 'test', cutAudit)).toBe(0)
    world.clock.set('2022-03-01T12:01:00Z')
    expect(await asSystem(world.house, 'test', cutAudit)).toBe(3)
    expect(await brokenAt()).toBeNull()
    await note(world.amira)
    expect((await seeAudit(world.nadia, null)).entries.map(({ id }) => id)).toEqual([5, 4])
    await behind('delete from access.audit where id = 4')
    expect(await brokenAt()).toBe(5)
    world.clock.set('2027-03-01T12:00:00Z')
  })

  test('and goes by the server’s own clock as well: whoever tells the program a year in the future empties nothing', async () => {
    world.clock.set('2027-03-01T12:00:00Z')
    await note(world.amira)
    world.clock.set('2199-01-01T00:00:00Z')
    const gone = await asSystem(world.house, 'test', cutAudit)
    world.clock.set('2027-03-01T12:00:00Z')
    expect(gone).toBe(0)
    expect((await seeAudit(world.nadia, null)).entries).toHaveLength(1)
  })

  test('holds no word that somebody wrote: facts are small, a place is an address, a kind is a code', async () => {
    for (const [what, place, facts] of [
      ['Noget', 'holmetofte', '{}'],
      ['a.b', 'Birthe Hansen', '{}'],
      ['a.b', 'holmetofte', `{"x": "${'x'.repeat(1000)}"}`],
      ['a.b', 'holmetofte', '[1]'],
      ['a.b', 'holmetofte', '{"who": "Birthe"}'],
      ['a.b', 'holmetofte', '{"why": "hun er syg"}'],
      ['a.b', 'holmetofte', '{"mail": "a@b.dk"}'],
      ['a.b', 'holmetofte', '{"rows": ["birthe"]}'],
      ['a.b', 'holmetofte', '{"rows": {"name": "birthe"}}'],
      ['a.b', 'holmetofte', '{"birthe hansen": 1}'],
    ])
      await expect(
        asActor(world.amira, (tx) =>
          tx.executeQuery({
            sql: 'select access.note_audit($1, $2, $3::jsonb)',
            parameters: [what, place, facts],
            query: { kind: 'RawNode' },
          } as never),
        ),
      ).rejects.toThrow()
  })
})

describe('what weighs is written down by the tables themselves', () => {
  const noted = async () =>
    (await seeAudit(world.nadia, null)).entries
      .map(({ what, place, facts }) => `${what} ${place ?? '-'} ${JSON.stringify(facts)}`)
      .reverse()

  test('keys for programs, addresses that are told, keys of a room, colleagues who are closed out', async () => {
    await asActor(world.poul, (tx) =>
      tx
        .insertInto('access.api_key')
        .values({
          secret_hash: Buffer.alloc(32, 5),
          account_id: String(world.poul.account),
          community_id: world.holmetofte,
          as_role: 'resident',
          name: 'Byens hjemmeside',
          made_on: '2027-03-01',
          expires_on: '2028-03-01',
        })
        .execute(),
    )
    await asActor(world.poul, (tx) => tx.deleteFrom('access.api_key').execute())
    await world.sql(
      `insert into community.key_event (id, community_id, what, at) values (gen_random_uuid(), $1, 'transferred', now()), (gen_random_uuid(), $1, 'handed_over', now())`,
      [world.holmetofte],
    )
    await world.sql('update access.account set ended_at = now() where id = $1', [world.amira.account])
    await world.sql('update access.account set ended_at = null where id = $1', [world.amira.account])
    // A neighbour who leaves is nobody's business here.
    await world.sql('update access.account set ended_at = now() where id = $1', [world.karsten.account])
    await world.sql('update access.account set ended_at = null where id = $1', [world.karsten.account])
    expect(await noted()).toEqual([
      'api.key-made holmetofte {"role":"resident"}',
      'api.key-closed holmetofte {"role":"resident"}',
      'key.changed holmetofte {"what":"transferred"}',
      'room.handed-over holmetofte {"what":"handed_over"}',
      'staff.closed - {"role":"employee"}',
      'staff.opened - {"role":"employee"}',
    ])
    expect(await brokenAt()).toBeNull()
  })
})
