import { v7 as uuid } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../access/test-person.ts'
import { startJobs } from '../jobs/jobs.ts'
import { makeWorld, type World } from '../test-world.ts'
import { pieceKeys, pieceOf } from './everything.ts'
import { exportMine } from './export.deeds.ts'
import { leave, seeLeaving } from './forget.deeds.ts'
import { type Doer, sentinel, somebodyWhoDidEverything } from './test-everything.ts'
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
  // The queue has its tables, and work that waits.
  const jobs = await startJobs(world.appUrl, world.house, [])
  await jobs.stop()
})

const fileOf = async (doer: Doer, format: 'json' | 'csv'): Promise<string> =>
  new Response(
    await exportMine(signedIn(doer.actor, doer.name) ?? expect.fail(), { format, lang: 'da', device: doer.device }),
  ).text()

const asThem = (doer: Doer) => signedIn(doer.actor, doer.name) ?? expect.fail()

describe('Export of all of a person’s data works while the account exists; deletion leaves only counts', () => {
  test('one person who did everything takes all of it along, and afterwards no table knows them', async () => {
    const before = await everyRow(world)
    const doer = await somebodyWhoDidEverything(world, meeting)
    // Words of somebody else, with the name in the middle: they are that one's, and stay.
    await world.sql(
      `insert into community.evening (meeting_id, begun_at, agenda_since) values ($1, '2027-03-10T18:00:00Z', '2027-03-10T18:00:00Z')`,
      [meeting],
    )
    await world.sql(
      `insert into community.statement (id, meeting_id, kind, text, lang, medium, state) values ($1, $2, 'hope', 'Det var Sentinella Navnesen, der åbnede', 'da', 'paper', 'shown')`,
      [uuid(), meeting],
    )
    const full = await everyRow(world)

    // Everything a table can hold of somebody, this one has: a new table fails here until the test's person uses it.
    const used = pieceKeys.filter((key) => !pieceOf(key).staff && !pieceOf(key).table.startsWith('personal.'))
    const counts = (await seeLeaving(asThem(doer), null)).counts
    const empty = used.filter((key) => !counts[key] && pieceOf(key).forget.by !== 'stays' && key !== 'lookedAt')
    expect(empty).toEqual([])

    const [json, csv] = [await fileOf(doer, 'json'), await fileOf(doer, 'csv')]
    const read = JSON.parse(json) as { about: string; everything: { piece: string; rows: unknown[] }[] }
    expect(read.about).toBe(sentinel.name)
    expect(read.everything.map(({ piece }) => piece).sort()).toEqual([...used].sort())
    for (const text of doer.texts) expect([text, json.includes(text), csv.includes(text)]).toEqual([text, true, true])
    // No hash, and nobody else.
    for (const trace of doer.traces.filter((one) => /^[0-9a-f]{32,64}$/.test(one)))
      expect(json + csv).not.toContain(trace)
    for (const other of ['Freja', 'Jeg kommer med kaffe']) expect(json + csv).not.toContain(other)

    const gone = await leave(asThem(doer), null)
    expect(gone).toMatchObject({ person: 3, commitment: 1, session: 4, bringer: 1 })
    const after = await everyRow(world)
    expect(found(after, doer.traces)).toEqual([
      expect.stringMatching(/^community\.statement: .*Det var Sentinella Navnesen, der åbnede/),
    ])

    // What others have is as it was, but for the fields that held this one's name.
    const cleared: string[] = []
    for (const [table, rows] of full) {
      // That something was deleted moves the end of the chain.
      if (table === 'access.audit_start') continue
      const others = rows.filter((row) => !touches(row, doer.traces))
      const now = after.get(table) ?? []
      expect([table, others.filter((row) => !now.includes(row))]).toEqual([table, []])
      if (table !== 'community.statement' && table !== 'access.audit')
        cleared.push(...now.filter((row) => !others.includes(row)).map(() => table))
    }
    expect(cleared.sort()).toEqual([
      'community.arrival',
      'community.arrival',
      'community.arrival',
      'community.called_back',
      'community.commitment',
      'community.debrief',
      'community.hand_over',
      'community.key_event',
      'community.meeting',
      'community.moving_in',
      'community.passed_on',
      'community.phase_vote',
      'community.training',
      'community.training_seat',
      'community.training_seat',
    ])
    // Counts stay: who came, how, and for the first time or not.
    const arrivals = await world.sql(
      'select medium, name, first_time, brought_by, bringer, tag from community.arrival order by medium, name nulls last',
    )
    expect(arrivals).toEqual([
      { medium: 'paper', name: 'Birthe', first_time: true, brought_by: 'neighbour', bringer: null, tag: null },
      { medium: 'paper', name: null, first_time: null, brought_by: 'unknown', bringer: null, tag: null },
      { medium: 'phone', name: null, first_time: false, brought_by: 'neighbour', bringer: null, tag: null },
    ])
    expect(await world.sql('select attended, host_name from community.meeting')).toEqual([
      { attended: 58, host_name: 'En nabo' },
    ])
    // What was there before they came is there as it was.
    for (const [table, rows] of before)
      if (table !== 'community.meeting' && table !== 'access.audit_start')
        expect(rows.filter((row) => !(after.get(table) ?? []).includes(row))).toEqual([])
  })
})
