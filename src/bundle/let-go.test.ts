import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v4, v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { watchGuessing } from '../meetings/guessing.ts'
import { openHall } from '../meetings/hall.ts'
import { neighbour } from '../rooms/test-room.ts'
import { makeSite } from '../site.tsx'
import { makeWorld, type World } from '../test-world.ts'
import { fingerprintOf, signerOf } from './envelope.ts'
import { packCommunity } from './export.deeds.ts'
import { moveIn } from './import.deeds.ts'
import { letGo, newHomeOf, receiptFor } from './let-go.deeds.ts'
import { readReceipt, writeReceipt } from './receipt.ts'

let a: World
let b: World
let receipt = ''
let signer = ''
const path = join(tmpdir(), `oplive-bundle-${v4()}`)
const meeting = v7()
let withBook = ''
let elsewhere = ''
let only = ''
const secret = 'k3vR9xw2LmQp'

const accountsIn = async (world: World) =>
  (await world.sql('select id from access.account')).map(({ id }) => String(id))

beforeAll(async () => {
  a = await makeWorld()
  b = await makeWorld()
  await b.sql('delete from community.community where id = $1', [b.holmetofte])
  const [lis, ruth, per] = [await neighbour(a, 'Lis'), await neighbour(a, 'Ruth'), await neighbour(a, 'Per')]
  only = String(lis.account)
  withBook = String(ruth.account)
  elsewhere = String(per.account)
  await a.sql('insert into personal.book (account_id) values ($1)', [withBook])
  await a.sql(
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
     values ($1, $2, $3, 'Per', 'came', 'paper', '2026-01-01', '2026-01-01')`,
    [v7(), a.lyngo, elsewhere],
  )
  await a.sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
     values ($1, $2, 'K7MPX3', 'listening', 'Hvad nu?', 'Hallen', 'Freja', '2027-01-01T18:00Z', 'closed', '2027-01-01T19:00Z', '2027-01-01T21:00Z', '2027-01-01T20:00Z')`,
    [meeting, a.holmetofte],
  )
  await a.sql(`insert into community.invitation (meeting_id, secret_hash, inviter) values ($1, sha256($2), 'Lis')`, [
    meeting,
    secret,
  ])
  await a.sql(
    `insert into municipal.people_quarter (quarter, counted_at) values ('2027-01-01', '2027-01-01') on conflict do nothing`,
  )
  await a.sql(
    `insert into municipal.people_count (community_id, quarter, people, associations, counted_at) values ($1, '2027-01-01', 120, 3, '2027-01-01')`,
    [a.holmetofte],
  )
  a.house.keys.makePhones(meeting)
  const packed = await packCommunity(a.house, 'holmetofte', path)
  await moveIn(b.house, path, { signer: packed.fingerprint, slug: 'holmetofte-by' })
  receipt = await receiptFor(b.house, 'holmetofte-by', 'https://by.example')
  signer = fingerprintOf(signerOf(b.house.keys).key)
  return () => rmSync(path, { force: true })
})

describe('an old installation keeps a community until the new one has signed for it', () => {
  const kept = async (grounds: Parameters<typeof letGo>[2], why: RegExp) => {
    await expect(letGo(a.house, 'holmetofte', grounds)).rejects.toThrow(why)
    expect(await a.sql('select slug from community.community where id = $1', [a.holmetofte])).toHaveLength(1)
    expect(await newHomeOf(a.house, '/c/holmetofte')).toBeNull()
  }

  test('a receipt that was changed, or is none', async () => {
    await kept(
      { receipt: receipt.replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')), signer },
      /changed after it was signed/,
    )
    await kept({ receipt: 'Kære I. Vi har modtaget det.', signer }, /no receipt/)
  })

  test('signed by a key that nobody has confirmed', () =>
    kept({ receipt, signer: fingerprintOf('x') }, /somebody else/))

  test('for another bundle, however well it is signed', () => {
    const other = writeReceipt({ bundle: v4(), address: 'https://by.example/c/x-by' }, signerOf(b.house.keys))
    return kept({ receipt: other, signer }, /not made here/)
  })

  test('an address that would lead anywhere but to a place', () => {
    const { bundle } = readReceipt(receipt)
    const astray = writeReceipt({ bundle, address: 'javascript:alert(1)' }, signerOf(b.house.keys))
    return kept({ receipt: astray, signer }, /no address of a place/)
  })

  test('something was written after the packing', async () => {
    await a.sql(`update community.meeting set purpose = 'Et nyt ord' where id = $1`, [meeting])
    await kept({ receipt, signer }, /written here after the packing/)
    await a.sql(`update community.meeting set purpose = 'Hvad nu?' where id = $1`, [meeting])
  })

  test('without a receipt, when the name was typed wrong', () =>
    kept({ name: 'Holmetoft', address: 'https://by.example/c/holmetofte-by' }, /another name/))
})

describe('a community is let go', () => {
  test('all of it goes; Min bog, other places, the municipality and its numbers stay', async () => {
    const before = await accountsIn(a)
    const inLyngo = await a.sql('select * from community.person where community_id = $1 order by id', [a.lyngo])
    const done = await letGo(a.house, 'holmetofte', {
      receipt: `${receipt.slice(0, 60)}\n${receipt.slice(60)}`,
      signer,
    })
    expect(done).toMatchObject({ address: 'https://by.example/c/holmetofte-by', meetings: 1 })
    const after = await accountsIn(a)
    expect(after).toEqual(expect.arrayContaining([withBook, elsewhere, String(a.amira.account)]))
    expect(after).not.toContain(only)
    expect(before.length - after.length).toBe(done.accounts)
    expect(await a.sql('select * from community.person where community_id = $1 order by id', [a.lyngo])).toEqual(
      inLyngo,
    )
    expect(await a.sql('select from personal.book where account_id = $1', [withBook])).toHaveLength(1)
    expect(await a.sql('select people from municipal.people_count where community_id = $1', [a.holmetofte])).toEqual([
      { people: 120 },
    ])
    expect(a.house.keys.list().filter((one) => one.meeting === meeting)).toEqual([])
  })

  test('no row of any table names the place any more, but what says where it went and what the municipality counted', async () => {
    const columns =
      await a.sql(`select n.nspname || '.' || c.relname as tab from pg_attribute t join pg_class c on c.oid = t.attrelid
      join pg_namespace n on n.oid = c.relnamespace where t.attname = 'community_id' and c.relkind = 'r'
      and n.nspname in ('access', 'community', 'municipal', 'personal') order by 1`)
    const left = []
    for (const { tab } of columns)
      if ((await a.sql(`select from ${tab} where community_id = $1`, [a.holmetofte])).length > 0) left.push(tab)
    expect(left).toEqual(['community.moved_away', 'community.moved_sign', 'municipal.people_count'])
    expect(await a.sql('select from community.meeting where id = $1', [meeting])).toEqual([])
  })

  test('its address, its codes and its links on paper lead to the new one', async () => {
    const to = async (at: string) => (await newHomeOf(a.house, at))?.href
    expect(await to('/c/holmetofte/keys')).toBe('https://by.example/c/holmetofte-by')
    expect(await to('/m/k7mpx3')).toBe('https://by.example/m/k7mpx3')
    expect(await to(`/i/${secret}`)).toBe(`https://by.example/i/${secret}`)
    expect(await to('/c/lyngo')).toBeUndefined()
    expect(await to('/m/ABCDEF')).toBeUndefined()
  })

  test('whoever comes to a door of it is told where it lives now, and at other doors nothing is different', async () => {
    const site = makeSite({
      house: a.house,
      hall: openHall(a.house),
      later: a.later,
      guessing: watchGuessing(Buffer.alloc(32), 1),
      where: { origin: null, onNetwork: null },
      development: false,
      built: '.',
    })
    for (const at of [
      '/c/holmetofte',
      '/c/holmetofte/keys',
      '/m/K7MPX3',
      '/m/K7MPX3/come',
      `/i/${secret}`,
      `/i/${secret}.k3x9p`,
    ]) {
      const answer = await site.request(at)
      const html = await answer.text()
      expect([at, answer.status]).toEqual([at, 410])
      expect(html).toContain('er flyttet')
      expect(html).toContain('href="https://by.example/')
    }
    for (const at of ['/c/nowhere', '/m/ABCDEF', '/i/AAAAAAAAAAAA'])
      expect(await (await site.request(at)).text()).not.toContain('flyttet')
  })

  test('it stands on the list of what was done', async () => {
    expect(await a.sql('select what, place, facts from access.audit order by id desc limit 1')).toEqual([
      { what: 'community.let-go', place: 'holmetofte', facts: expect.objectContaining({ meetings: 1, receipt: true }) },
    ])
  })

  test('it may come back: then nobody is led on any more, and it may move again', async () => {
    const { fingerprint } = await packCommunity(b.house, 'holmetofte-by', `${path}-back`)
    await moveIn(a.house, `${path}-back`, { signer: fingerprint, slug: 'holmetofte' })
    rmSync(`${path}-back`)
    expect(await a.sql('select from community.moved_sign')).toEqual([])
    const address = 'https://andre.example/c/holmetofte'
    await letGo(a.house, 'holmetofte', { name: 'Holmetofte', address })
    expect(await newHomeOf(a.house, '/c/holmetofte')).toMatchObject({ href: address })
  })
})
