import { chmodSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newSecret, sealSecret } from '../access/second-factor.ts'
import { makeLock, newDeviceSecret } from '../book/lock.ts'
import { strayed } from '../db/catalogue.ts'
import { closeExitCard, openExitCard } from '../meetings/exit-card.deeds.ts'
import { planMeeting } from '../meetings/meeting.deeds.ts'
import { makeWorld, type World } from '../test-world.ts'
import { checkDatabase } from './check.deeds.ts'
import { checkKeys } from './check-keys.deeds.ts'

let world: World
let owner: pg.Client
beforeAll(async () => {
  world = await makeWorld()
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
})
afterAll(() => owner.end())

describe('who may do what, changed by hand, is found and named:', () => {
  test.each([
    ['a policy that is gone', 'drop policy own on access.account', 'policy own on access.account is gone'],
    [
      'a policy that opens more',
      'alter policy own on access.account using (true)',
      'policy own on access.account is another',
    ],
    [
      'a grant on a table',
      'grant select on access.session to oplive_employee',
      'grant on access.session to oplive_employee is too much',
    ],
    [
      'a grant on a column',
      'grant update (municipal_role) on access.account to oplive_resident',
      'grant on access.account (update) to oplive_resident is another',
    ],
    [
      'a function for everybody',
      'grant execute on function access.note_audit to public',
      'function access.note_audit(text,text,jsonb) is another',
    ],
    [
      'a function that acts as its owner',
      'alter function access.me() security definer',
      'function access.me() is another',
    ],
    [
      'a trigger that sleeps',
      'alter table access.audit disable trigger audit_stands',
      'trigger audit_stands on access.audit is another',
    ],
    [
      'a guard that is off',
      'alter table community.person disable row level security',
      'table community.person is another',
    ],
    ['a role in another', 'grant oplive_system to oplive_guest', 'role oplive_guest is another'],
  ])('%s', async (_, change, words) => {
    await owner.query('begin')
    try {
      await owner.query(change)
      expect(await strayed(owner)).toEqual([words])
    } finally {
      await owner.query('rollback')
    }
  })

  test('by the check, which is well again when it is put back', async () => {
    const line = async () => (await checkDatabase(world.ownerUrl)).find(({ what }) => what === 'who may do what')
    expect(await line()).toMatchObject({ good: true })
    await owner.query('grant select on access.session to oplive_employee')
    expect(await line()).toMatchObject({ good: false, said: 'grant on access.session to oplive_employee is too much' })
    await owner.query('revoke select on access.session from oplive_employee')
    expect(await line()).toMatchObject({ good: true })
  })
})

describe('keys', () => {
  const red = async () =>
    (await checkKeys(world.ownerUrl, { folder: world.keyFolder, bookKeys: null }))
      .filter(({ good }) => !good)
      .map(({ what, said }) => `${what}: ${said}`)
  const plan = (purpose: string) =>
    planMeeting(
      world.freja,
      { id: world.holmetofte, timeZone: 'Europe/Copenhagen' },
      { kind: 'listening', purpose, place: 'Hallen', hostName: 'Freja', date: '2027-03-14', time: '19:00' },
    )

  test('that are needed and here, and none too many, are well: of cards, of Min bog and of the six digits', async () => {
    await openExitCard(world.freja, world.later, await plan('Åben'))
    const closed = await plan('Lukket')
    await openExitCard(world.freja, world.later, closed)
    await closeExitCard(world.freja, world.later, closed)
    const { keys } = world.house
    const account = String(world.karsten.account)
    const lock = makeLock(keys.bookKeys(), account, 'device', newDeviceSecret(), Buffer.alloc(32, 1))
    await world.sql(`insert into personal.book (account_id) values ($1)`, [account])
    await world.sql(
      `insert into personal.lock (account_id, id, kind, key_id, box, made_on, seen_on) values ($1, $2, 'device', $3, $4, current_date, current_date)`,
      [account, lock.id, lock.keyId, lock.box],
    )
    await world.sql('insert into access.second_factor (account_id, secret) values ($1, $2)', [
      world.helle.account,
      sealSecret(keys.houseSecret(), String(world.helle.account), newSecret()),
    ])
    expect(await red()).toEqual([])
  })

  test('one that is away, left over, damaged, readable by others or another is named, and its name alone', async () => {
    const [live] = await world.sql(
      `select meeting_id as id, round from community.card_round where counted_at is null order by round limit 1`,
    )
    const round = `${live?.id}.round-${live?.round}.key`
    const [book = ''] = readdirSync(world.keyFolder).filter((name) => name.startsWith('book-'))
    rmSync(join(world.keyFolder, round))
    rmSync(join(world.keyFolder, book))
    const [counted] = await world.sql(
      `select meeting_id as id from community.card_round where counted_at is not null limit 1`,
    )
    writeFileSync(join(world.keyFolder, `${counted?.id}.round-1.key`), Buffer.alloc(96), { mode: 0o600 })
    writeFileSync(join(world.keyFolder, 'house.secret'), Buffer.alloc(32, 9))
    writeFileSync(join(world.keyFolder, 'book-7.key'), 'short', { mode: 0o600 })
    chmodSync(join(world.keyFolder, 'house.secret'), 0o644)
    const lines = (await red()).join('\n')
    for (const words of [
      `${round} is not here`,
      `${counted?.id}.round-1.key is left of a card that is counted`,
      'book-7.key is damaged',
      'others on this machine may read house.secret',
      'is not here, and locks need it',
      '1 of 1 do not open: house.secret is another',
    ])
      expect(lines).toContain(words)
  })
})
