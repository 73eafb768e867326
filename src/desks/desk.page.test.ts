import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type TestSite, visitAs } from '../communities/test-site.ts'
import type { Actor } from '../db/as-actor.ts'
import { startJobs } from '../jobs/jobs.ts'
import { watchGuessing } from '../meetings/guessing.ts'
import type { Installation } from '../running/running.deeds.ts'
import { makeWorld, type World } from '../test-world.ts'
import { deskPages } from './desks.page.tsx'

let world: World
/** A server of its own: no backup was ever made. */
const installation = (): Installation => ({
  dataFolder: world.keyFolder,
  backupFolder: world.keyFolder,
  version: '1.2.3',
  origin: null,
  staff: () => 'passkey',
  began: world.clock.now(),
})
const personOf: Record<string, string> = {}
const as = (actor: Actor): Promise<TestSite> =>
  visitAs(world.house, actor, deskPages(watchGuessing(Buffer.alloc(32), 1), installation()))
const desk = async (actor: Actor) => (await (await as(actor)).get('/')).text

beforeAll(async () => {
  world = await makeWorld()
  await (await startJobs(world.appUrl, world.house, [])).stop()
  for (const row of await world.sql('select id, name from community.person where community_id = $1', [
    world.holmetofte,
  ]))
    personOf[String(row.name)] = String(row.id)
})

describe('the first page after signing in', () => {
  test('tells an employee whom a place still lacks: somebody with a key, then a day for the hand-over', async () => {
    expect(await desk(world.amira)).toContain('Det næste Hvornår får Holmetofte sit eget rum?')
    await world.sql(`update access.community_role set role = 'host' where role = 'keyholder'`)
    expect(await desk(world.amira)).toContain('Det næste Ingen i Holmetofte har en nøgle endnu')
    await world.sql(`update access.community_role set role = 'keyholder' where account_id = $1`, [world.poul.account])
  })

  test('tells a key holder that a hand-over waits for their yes, until they have said it', async () => {
    const [association, handOver] = [randomUUID(), randomUUID()]
    await world.sql(
      `insert into community.association (id, community_id, kind, name, made_on) values ($1, $2, 'association', 'Borgerforeningen', '2027-01-01')`,
      [association, world.holmetofte],
    )
    await world.sql(
      `insert into community.hand_over (id, community_id, association_id, on_date, by_municipality, proposed_at) values ($1, $2, $3, '2027-06-01', true, '2027-03-01')`,
      [handOver, world.holmetofte, association],
    )
    expect(await desk(world.poul)).toContain('Det næste Holmetofte er klar til at få sit rum')
    expect(await desk(world.karsten)).not.toContain('er klar til at få sit rum')
    await world.sql(`insert into community.hand_over_yes (hand_over_id, person_id, at) values ($1, $2, '2027-03-02')`, [
      handOver,
      personOf.Poul,
    ])
    expect(await desk(world.poul)).not.toContain('er klar til at få sit rum')
    expect(await desk(world.amira)).not.toContain('Hvornår får Holmetofte')
  })

  test('tells a neighbour that they are asked to take a key, and that a group would like them', async () => {
    await world.sql(
      `insert into community.key_change (id, community_id, how, to_person, asked_at) values ($1, $2, 'trust', $3, '2027-03-01')`,
      [randomUUID(), world.holmetofte, personOf.Karsten],
    )
    expect(await desk(world.karsten)).toContain('Det næste Holmetofte spørger, om du vil have en nøgle')
    await world.sql(`update community.key_change set state = 'declined', ended_at = '2027-03-02'`)
    await world.sql(
      `insert into community.membership (association_id, person_id) select id, $1 from community.association limit 1`,
      [personOf.Karsten],
    )
    expect(await desk(world.karsten)).toContain('Det næste Borgerforeningen vil gerne have dig med')
  })

  test('tells the officer of what nobody has answered, and nobody else of it', async () => {
    expect(await desk(world.nadia)).toContain('Det næste Intet venter på dig')
    await world.sql(
      `insert into community.objection (id, account_id, community_id, controller, name, text, asked_on)
       values ($1, $2, $3, 'municipality', 'Karsten', 'Jeg vil ikke stå der.', '2027-03-02')`,
      [randomUUID(), world.karsten.account, world.holmetofte],
    )
    expect(await desk(world.nadia)).toContain('Det næste Nogen har sagt fra')
    for (const other of [world.amira, world.helle, world.mikkel, world.poul])
      expect(await desk(other)).not.toContain('har sagt fra')
  })

  test('tells the operator how it runs and names no person; the leader plans, and no person either', async () => {
    await world.sql(
      `insert into community.letter (address, subject, body, tries, not_before) values ('birthe@example.dk', 'Lyttemøde', 'Vi ses', 9, '2027-03-15')`,
    )
    const mikkel = await desk(world.mikkel)
    expect(mikkel).toContain('Det næste Sikkerhedskopi')
    expect(mikkel).toContain('Sådan står det til')
    expect(mikkel).not.toMatch(/birthe|Karsten|Freja/)
    const helle = await desk(world.helle)
    expect(helle).toContain('Hvornår I går, og hvad der mangler')
    expect(helle).not.toMatch(/Karsten|Freja|Poul/)
  })
})
