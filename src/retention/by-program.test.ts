import { createHash, randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { beforeAll, expect, test } from 'vitest'
import { sweepDoors } from '../access/session.deeds.ts'
import { forgetOldKeys } from '../api/api-key.deeds.ts'
import { forgetOldTries } from '../book/book.deeds.ts'
import { forgetRested } from '../conversations/talk-letters.deeds.ts'
import { forgetUnapproved } from '../conversations/unapproved.deeds.ts'
import { forgetAskedAlong } from '../leadership/coaching/asking.deeds.ts'
import { forgetOldPost } from '../letters/letters.deeds.ts'
import { forgetUnanswered } from '../moving-in/take-in.deeds.ts'
import { makeWorld, type World } from '../test-world.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

const hash = () => createHash('sha256').update(randomUUID()).digest()
/** What the program does each hour, or oftener. */
const hourly = async () => {
  for (const work of [
    sweepDoors,
    forgetOldKeys,
    forgetOldTries,
    forgetOldPost,
    forgetUnanswered,
    forgetUnapproved,
    forgetAskedAlong,
    forgetRested,
  ])
    await work(world.house)
}

test('what a rule leaves to the program goes when its time is over, also where nobody comes by, and not a day before', async () => {
  world.clock.set('2027-03-01T12:00:00Z')
  const account = world.karsten.account
  await world.sql('delete from access.session')
  const add = async (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row)
    await world.sql(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, n) => `$${n + 1}`).join(', ')})`,
      Object.values(row),
    )
  }
  await add('access.sign_in_link', { token_hash: hash(), account_id: account, expires_at: '2027-03-01T13:00:00Z' })
  await add('access.mail_question', {
    browser_hash: hash(),
    code_by_browser: hash(),
    purpose: 'prove',
    account_id: account,
    expires_at: '2027-03-01T12:10:00Z',
  })
  await add('access.session', {
    token_hash: hash(),
    account_id: account,
    expires_at: '2027-03-31T12:00:00Z',
    seen_on: '2027-03-01',
  })
  await add('access.failed_try', { account_id: account, day: '2027-03-01', via: 'mail', times: 1 })
  await add('personal.wrong_try', { account_id: account, on_day: '2027-03-01', tries: 1 })
  await add('access.api_key', {
    secret_hash: hash(),
    account_id: account,
    community_id: world.holmetofte,
    as_role: 'resident',
    name: 'x',
    made_on: '2027-03-01',
    expires_on: '2028-02-29',
  })
  await add('community.mail_trouble', {
    address: 'x@example.dk',
    what: 'returned',
    first_on: '2027-03-01',
    last_on: '2027-03-01',
  })
  await add('community.talk_rest', { mark: hash(), until: '2027-04-01' })
  await add('community.post_day', { day: '2027-03-01', kind: 'digest' })
  const list = uuid()
  await add('community.moving_in', {
    id: list,
    community_id: world.holmetofte,
    account_id: account,
    asker: 'Karsten',
    state: 'done',
    mapping: ['name'],
    seen: '{}',
    source: 'En forening',
    said_by: 'Poul',
    basis: 'members',
    looked_at: '2027-03-01T12:00:00Z',
    confirmed_at: '2027-03-01T12:00:00Z',
  })
  await add('community.asked_person', {
    id: uuid(),
    moving_in_id: list,
    community_id: world.holmetofte,
    row_number: 2,
    name: 'Birthe',
    mail: 'b@example.dk',
    asked_on: '2027-03-01',
    link_hash: hash(),
  })

  const [one, two] = (await world.sql('select id from community.person limit 2')).map(({ id }) => id)
  await add('community.asked_along', { community_id: world.holmetofte, asker: one, asked: two, asked_on: '2027-03-01' })

  for (const room of ['community', 'municipal']) {
    const talk = uuid()
    await add(`${room}.talk`, {
      id: talk,
      community_id: world.holmetofte,
      starter: room === 'community' ? (await world.sql('select id from community.person'))[0]?.id : world.amira.account,
      kind: 'recruitment',
      medium: 'walk',
      purpose: 'Lys i hallen',
      touched_on: '2027-03-01',
    })
    await add(`${room}.unapproved_note`, {
      talk_id: talk,
      yes_by: 'starter',
      secret_hash: hash(),
      box: hash(),
      expires_at: '2027-03-02T12:00:00Z',
    })
  }

  /** From when on a row may not be there; the last moment at which it must. */
  const spans: [table: string, here: string, gone: string][] = [
    ['access.mail_question', '2027-03-01T12:09:00Z', '2027-03-01T12:11:00Z'],
    ['access.sign_in_link', '2027-03-01T12:59:00Z', '2027-03-01T13:01:00Z'],
    ['community.talk_rest', '2027-03-31T12:00:00Z', '2027-04-01T12:00:00Z'],
    ['community.unapproved_note', '2027-03-02T11:59:00Z', '2027-03-02T12:01:00Z'],
    ['municipal.unapproved_note', '2027-03-02T11:59:00Z', '2027-03-02T12:01:00Z'],
    ['access.session', '2027-03-31T11:59:00Z', '2027-03-31T12:01:00Z'],
    ['access.failed_try', '2027-03-31T12:00:00Z', '2027-04-01T12:00:00Z'],
    ['personal.wrong_try', '2027-03-31T12:00:00Z', '2027-04-01T12:00:00Z'],
    ['community.asked_person', '2027-04-29T12:00:00Z', '2027-05-02T12:00:00Z'],
    ['community.asked_along', '2027-04-29T12:00:00Z', '2027-05-02T12:00:00Z'],
    ['community.mail_trouble', '2027-05-30T12:00:00Z', '2027-05-31T12:00:00Z'],
    ['community.post_day', '2027-05-30T12:00:00Z', '2027-05-31T12:00:00Z'],
    ['access.api_key', '2028-02-28T12:00:00Z', '2028-02-29T12:00:00Z'],
    ['community.moving_in', '2028-02-28T12:00:00Z', '2028-03-02T12:00:00Z'],
  ]
  const moments = spans
    .flatMap(([table, here, gone]) => [
      { table, at: here, rows: 1 },
      { table, at: gone, rows: 0 },
    ])
    .sort((a, b) => (a.at < b.at ? -1 : 1))
  for (const { table, at, rows } of moments) {
    world.clock.set(at)
    await hourly()
    expect([table, at, (await world.sql(`select from ${table}`)).length]).toEqual([table, at, rows])
  }
})
