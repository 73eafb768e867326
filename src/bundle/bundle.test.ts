import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { v4, v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { signInByCard } from '../access/card.deeds.ts'
import { type CardCode, cardHash, newCardCode } from '../access/printed-card.ts'
import { watchDoors } from '../access/watch.ts'
import { plantCrowd } from '../people/test-crowd.ts'
import { association, neighbour } from '../rooms/test-room.ts'
import { makeWorld, type World } from '../test-world.ts'
import { fingerprintOf, type Manifest, openEnvelope, signerOf, writeEnvelope } from './envelope.ts'
import { packCommunity } from './export.deeds.ts'
import { lookInto, moveIn } from './import.deeds.ts'
import { goes, stays } from './what-goes.ts'

let a: World
let b: World
const path = join(tmpdir(), `oplive-bundle-${v4()}`)
let fingerprint = ''
const foreign = v4()
const card: CardCode = newCardCode()

beforeAll(async () => {
  a = await makeWorld()
  b = await makeWorld()
  // The new installation has a place of its own; Holmetofte is not there.
  await b.sql('delete from community.community where id = $1', [b.holmetofte])
  await fill(a)
  fingerprint = (await packCommunity(a.house, 'holmetofte', path)).fingerprint
  return () => rmSync(path, { force: true })
})

/** One or more rows in as many tables as a lived-in place has. */
async function fill(world: World): Promise<void> {
  const { sql, holmetofte: place } = world
  await plantCrowd(sql, place, 60)
  const ruth = await neighbour(world, 'Ruth', 'keyholder')
  const lis = await neighbour(world, 'Lis')
  const club = await association(world, 'Holmetofte Borgerforening')
  const group = v7()
  await sql(
    `insert into community.association (id, community_id, parent_id, kind, name, made_on) values ($1, $2, $3, 'group', 'Kaffeholdet', '2026-01-01')`,
    [group, place, club],
  )
  await sql(`insert into community.membership values ($1, $2, '2026-02-02T10:00:00.123456Z', 'tap')`, [
    group,
    lis.person,
  ])
  await sql(`insert into community.profile values ($1, '40-59', 'Haver')`, [lis.person])
  await sql(
    `insert into community.consent values ($1, $2, 'contactList', 1, 'tap', '2026-01-01', '2026-03-01'), ($3, $2, 'letters', 1, 'tap', '2026-01-01', null)`,
    [v7(), lis.person, v7()],
  )
  await sql(`insert into access.mail_address values ($1, 'lis@example.dk', '2026-01-01')`, [lis.account])
  await sql(
    `insert into access.card (account_id, public_part, secret_hash, number, community_id, giver, given_on) values ($1, $2, $3, 1, $4, 'Ruth', '2026-01-01')`,
    [ruth.account, card.letters, await cardHash(card), place],
  )
  await sql('insert into community.trust values ($1, $2, $3)', [lis.person, ruth.person, '2026-05-05'])
  await sql('delete from community.controller where community_id = $1', [place])
  await sql(`insert into community.controller values ($1, 'association', $2, '2026-06-06')`, [place, club])
  const look = v7()
  await sql(
    `insert into community.look (id, community_id, account_id, looker, what, reason, at) values ($1, $2, $3, 'Amira', 'people', 'Ser efter', '2026-01-01')`,
    [look, place, world.amira.account],
  )
  await sql('insert into community.looked_at values ($1, $2)', [look, lis.person])
  const twin = v7()
  await sql(
    `insert into community.person (id, community_id, name, exists_by, medium, joined_on, active_on, merged_into)
     values ($1, $2, 'Lise', 'came', 'paper', '2026-01-01', '2026-01-01', $3)`,
    [twin, place, lis.person],
  )
  await sql(
    `insert into community.definition values ($1, 1, 'Her hilser vi "på" hinanden\nog på æøå', 4, '2026-01-01')`,
    [place],
  )
  const meeting = v7()
  await sql(
    `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by, closed_at)
     values ($1, $2, 'K7MPX3', 'listening', 'Hvad nu?', 'Hallen', 'Freja', '2027-01-01T18:00Z', 'closed', '2027-01-01T19:00Z', '2027-01-01T21:00Z', '2027-01-01T20:00Z')`,
    [meeting, place],
  )
  await sql(
    `insert into community.evening (meeting_id, begun_at, agenda_since) values ($1, '2027-01-01T18:00Z', '2027-01-01T18:00Z')`,
    [meeting],
  )
  for (const text of ['Bussen er væk', 'Vi synger', 'Der er mørkt'])
    await sql(
      `insert into community.statement (id, meeting_id, kind, text, lang, medium, state) values ($1, $2, 'change', $3, 'da', 'facilitator', 'shown')`,
      [v4(), meeting, text],
    )
  await sql(`delete from community.statement where text = 'Vi synger'`)
  await sql(`update community.evening set put_away_at = '2027-01-08T18:00Z' where meeting_id = $1`, [meeting])
  await sql(`insert into community.next_word (meeting_id, text) values ($1, 'Jeg kommer'), ($1, 'Jeg bager')`, [
    meeting,
  ])
  await sql(
    `insert into community.commitment (id, meeting_id, name, what, medium, secret_hash, person_id) values ($1, $2, 'Lis', 'Kage', 'phone', $3, $4)`,
    [v4(), meeting, Buffer.alloc(32, 7), lis.person],
  )
  // Somebody of another place made a promise here: the promise goes along, and the tie to their person stays.
  await sql(
    `insert into community.commitment (id, meeting_id, name, what, medium, person_id) select $1, $2, 'Ø', 'Sang', 'paper', id from community.person where community_id = $3`,
    [foreign, meeting, world.lyngo],
  )
  await sql(`insert into community.invitation (meeting_id, secret_hash, inviter) values ($1, $2, 'Lis')`, [
    meeting,
    Buffer.alloc(32, 8),
  ])
  await sql(
    `insert into community.result (meeting_id, version, audience, published_at, body) values ($1, 1, 'community', '2027-01-02', '{"cards": 12, "x": [1.5, null]}')`,
    [meeting],
  )
}

/** Every row of the tables that go, of one place, without what stays. */
async function contentOf(world: World): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {}
  for (const [table, { without = [] }] of Object.entries(goes)) {
    const rows = await world.sql(`select to_jsonb(t) - $1::text[] as row from ${table} t order by 1`, [[...without]])
    found[table] = rows.map(({ row }) => row)
  }
  return found
}

const aCopy = (change: (bytes: Buffer) => Buffer): string => {
  const copy = join(tmpdir(), `oplive-bundle-${v4()}`)
  writeFileSync(copy, change(readFileSync(path)))
  return copy
}

describe('what goes along when a community moves', () => {
  test('every table of the database is stated, once: it goes, or it stays for a reason', async () => {
    const rows =
      await a.sql(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('access', 'community', 'municipal', 'personal') order by 1`)
    expect([...Object.keys(goes), ...Object.keys(stays)].sort()).toEqual(rows.map(({ name }) => name))
  })

  test('what a row points at comes before it, or goes in afterwards', async () => {
    const links =
      await a.sql(`select k.conrelid::regclass::text as tab, k.confrelid::regclass::text as to, a.attname as col from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.contype = 'f'`)
    const order = Object.keys(goes)
    const wrong = links.filter(({ tab, to, col }) => {
      const one = goes[String(tab)]
      if (!one || one.without?.includes(String(col)) || one.later === col) return false
      return tab === to ? true : order.indexOf(String(to)) < 0 || order.indexOf(String(to)) > order.indexOf(String(tab))
    })
    expect(wrong).toEqual([])
  })

  test('no role in the municipality, no session and no line of Min bog is in the file', () => {
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain('municipal_role')
    expect(text).not.toMatch(/personal\.|access\.session|token_hash/)
    expect(text).not.toContain(a.amira.account ?? '-')
  })

  test('the same rows give the same bytes, in whatever order they came', async () => {
    const again = join(tmpdir(), `oplive-bundle-${v4()}`)
    await a.sql(`create temp table words as select * from community.next_word order by text desc`)
    const before = lookInto(path).manifest
    await a.sql(`update community.next_word set text = text`)
    const after = (await packCommunity(a.house, 'holmetofte', again)).manifest
    rmSync(again)
    expect(after.files.slice(1, -1)).toEqual(before.files.slice(1, -1))
  })
})

/** A bundle that somebody has changed and signed anew, with a key that the receiver has confirmed. */
function forged(table: string, change: (row: Record<string, unknown>) => void): string {
  const copy = join(tmpdir(), `oplive-bundle-${v4()}`)
  const { manifest, lines, close } = openEnvelope(path)
  const out = writeEnvelope(copy)
  const files = manifest.files.map(({ name }) => {
    const rows = [...lines(name)].map(({ text }) => {
      if (!name.endsWith(`-${table}.jsonl`)) return text
      const row = JSON.parse(text) as Record<string, unknown>
      change(row)
      return JSON.stringify(row)
    })
    return out.whole(name, rows.map((row) => `${row}\n`).join(''))
  })
  const signer = signerOf(a.house.keys)
  const text = JSON.stringify({ ...manifest, files } satisfies Manifest)
  out.whole('manifest.json', text)
  out.whole('manifest.sig', signer.sign(text))
  out.close()
  close()
  return copy
}

describe('a bundle that is not as it was is refused whole', () => {
  const refused = async (file: string, why: RegExp, signer = fingerprint) => {
    const before = await contentOf(b)
    await expect(moveIn(b.house, file, { signer })).rejects.toThrow(why)
    expect(await contentOf(b)).toEqual(before)
    rmSync(file, { force: true })
  }

  test('one byte changed anywhere', () => {
    const bytes = readFileSync(path)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const copy = aCopy((all) => {
          all[at] = (all[at] ?? 0) ^ by
          return all
        })
        expect(() => lookInto(copy)).toThrow(/./)
        rmSync(copy)
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    )
  })

  test('cut off anywhere, or made longer', () => {
    const bytes = readFileSync(path)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (at) => {
        const copy = aCopy((all) => all.subarray(0, at))
        expect(() => lookInto(copy)).toThrow(/./)
        rmSync(copy)
      }),
      { numRuns: 60 },
    )
    const longer = aCopy((all) => Buffer.concat([all, Buffer.alloc(512)]))
    expect(() => lookInto(longer)).toThrow(/./)
    rmSync(longer)
  })

  test('it says in which file', async () => {
    const at = readFileSync(path).indexOf('Her hilser vi')
    const copy = aCopy((all) => {
      all[at] = 0x68
      return all
    })
    await refused(copy, /data\/\d\d-community\.definition\.jsonl was changed/)
  })

  test('two of its files changed about', async () => {
    const { files } = lookInto(path).manifest
    const copy = aCopy((all) => {
      const first = files[0]
      const second = files[1]
      if (!first || !second) throw new Error('there are files')
      const length = ({ size }: { size: number }) => 512 + Math.ceil(size / 512) * 512
      const [one, two] = [length(first), length(second)]
      return Buffer.concat([all.subarray(one, one + two), all.subarray(0, one), all.subarray(one + two)])
    })
    await refused(copy, /in that order/)
  })

  test('a row that would land in the room of another place, however well it is signed', async () => {
    for (const [table, column] of [
      ['community.meeting', 'community_id'],
      ['community.definition', 'community_id'],
    ] as const) {
      const file = forged(table, (row) => {
        row[column] = b.lyngo
      })
      await refused(file, new RegExp(`${table.replace('.', '\\.')}\\.jsonl, line 1: the row is not of this community`))
    }
    const [someone] = await b.sql('select id from community.person where community_id = $1', [b.lyngo])
    const trusting = forged('community.trust', (row) => {
      row.to_person = someone?.id
    })
    await refused(trusting, /community\.trust\.jsonl, line 1/)
  })

  test('a row that says more than the table takes, or is no row', async () => {
    const more = forged('access.account', (row) => {
      row.municipal_role = 'operator'
    })
    await refused(more, /access\.account\.jsonl, line 1/)
    const wrong = forged('community.profile', (row) => {
      row.age_band = '0-3'
    })
    await refused(wrong, /community\.profile\.jsonl, line 1: the row is not taken \(23514\)/)
  })

  test('signed by a key that nobody has confirmed', () =>
    refused(
      aCopy((all) => all),
      /signed by somebody else/,
      fingerprintOf('x'),
    ))
})

describe('a community moves in', () => {
  test('no role but the mover writes what only a move writes', async () => {
    const rows = await a.sql(`select has_table_privilege('oplive_system', 'community.objection', 'insert') as objection,
      has_table_privilege('oplive_system', 'community.controller', 'delete') as controller,
      has_table_privilege('oplive_keyholder', 'community.controller', 'delete') as keyholder`)
    expect(rows).toEqual([{ objection: false, controller: false, keyholder: false }])
  })

  test('an address that is taken is said, and changed', async () => {
    await b.sql(
      `insert into community.community (id, slug, name, founded_at) values ($1, 'holmetofte', 'Et andet', '2026-01-01')`,
      [v7()],
    )
    await expect(moveIn(b.house, path, { signer: fingerprint })).rejects.toThrow('/c/holmetofte is taken')
    await b.sql(`delete from community.community where slug = 'holmetofte'`)
  })

  test('a meeting code that is taken is said with its line, and nothing is kept', async () => {
    await b.sql(
      `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at)
       values ($1, $2, 'K7MPX3', 'dialogue', 'x', 'x', 'x', '2027-01-01')`,
      [v7(), b.lyngo],
    )
    const before = await contentOf(b)
    await expect(moveIn(b.house, path, { signer: fingerprint })).rejects.toThrow(/community\.meeting\.jsonl, line 1/)
    expect(await contentOf(b)).toEqual(before)
    await b.sql(`delete from community.meeting where community_id = $1`, [b.lyngo])
  })

  test('every row of every table is there as it was, and the same bundle is taken in once', async () => {
    await a.sql('update community.commitment set person_id = null where id = $1', [foreign])
    const sent = await contentOf(a)
    const before = await contentOf(b)
    const done = await moveIn(b.house, path, { signer: fingerprint })
    const after = await contentOf(b)
    const text = (rows: unknown[] = []) => rows.map((row) => JSON.stringify(row))
    for (const table of Object.keys(goes)) {
      const old = new Set(text(before[table]))
      const came = text(after[table]).filter((row) => !old.has(row))
      const { rows = -1 } = done.manifest.tables.find((one) => one.table === table) ?? {}
      expect([table, came.length]).toEqual([table, rows])
      const all = new Set(text(sent[table]))
      expect([table, came.filter((row) => !all.has(row))]).toEqual([table, []])
    }
    await expect(moveIn(b.house, path, { signer: fingerprint })).rejects.toThrow('has been taken in here before')
  })

  test('both installations have it on the list of what was done', async () => {
    const last = 'select what, role, place from access.audit order by id desc limit 1'
    expect(await a.sql(last)).toEqual([{ what: 'bundle.made', role: 'system', place: 'holmetofte' }])
    expect(await b.sql(last)).toEqual([{ what: 'bundle.taken-in', role: 'system', place: 'holmetofte' }])
  })

  test('the card that was printed at the old place opens the new door', async () => {
    expect(await signInByCard(b.house, watchDoors(), card, '')).toMatch(/.+/)
  })

  test('an open exit card does not move: what is sealed to this machine would be lost', async () => {
    await a.sql(
      `insert into community.meeting (id, community_id, code, kind, purpose, place, host_name, starts_at, phase, opened_at, closes_by)
       values ($1, $2, 'K7MPX4', 'dialogue', 'x', 'x', 'x', '2027-01-01', 'open', '2027-01-01', '2027-01-02')`,
      [v7(), a.holmetofte],
    )
    await expect(packCommunity(a.house, 'holmetofte', `${path}-2`)).rejects.toThrow('exit card is open')
  })

  test('late cards are not left behind: nothing is packed before their seven days are over, and the day is said', async () => {
    await a.sql(`update community.meeting set phase = 'closed', closed_at = '2027-01-01T20:00Z' where code = 'K7MPX4'`)
    await a.sql(
      `insert into community.card_round (meeting_id, round, shares_key, next_key, who_key, closed_at, counted_at)
       select m.id, n, $1, $1, $1, case n when 1 then m.closed_at end, case n when 1 then m.closed_at end
       from community.meeting m, generate_series(1, 2) n where m.code = 'K7MPX4'`,
      [Buffer.alloc(32)],
    )
    const again = packCommunity(a.house, 'holmetofte', `${path}-2`)
    await expect(again).rejects.toMatchObject({ fault: 'late', where: '2027-01-08T20:00:00.000Z' })
    await a.sql(
      `update community.card_round set closed_at = '2027-01-08T20:00Z', counted_at = '2027-01-08T20:00Z' where round = 2`,
    )
    await expect(packCommunity(a.house, 'holmetofte', `${path}-2`)).resolves.toMatchObject({ fingerprint })
    rmSync(`${path}-2`)
  })
})
