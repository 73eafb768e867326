import fc from 'fast-check'
import { v7 as uuid } from 'uuid'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { signedIn } from '../access/test-person.ts'
import type { Actor } from '../db/as-actor.ts'
import { makeWorld, type World } from '../test-world.ts'
import { seeSteps, writeStep } from './balance.deeds.ts'

let world: World
const meetings: string[] = []
const me = (actor: Actor) => signedIn(actor, 'x') ?? expect.fail()
beforeAll(async () => {
  world = await makeWorld()
  for (const day of ['2026-11-10', '2027-02-10']) {
    const id = uuid()
    meetings.push(id)
    await world.sql(
      `insert into community.meeting (id, community_id, code, kind, purpose, place, starts_at, phase, host_name)
       values ($1, $2, $3, 'listening', 'Hallen', 'Skolen', $4, 'planned', 'Freja')`,
      [id, world.holmetofte, `BKT48${meetings.length + 1}`, `${day}T18:00:00Z`],
    )
  }
})
beforeEach(async () => {
  world.clock.set('2027-03-14T18:00:00Z')
  await world.sql('delete from community.commitment')
  await world.sql('delete from municipal.step')
})

async function promise(name: string, what: string, more: { meeting?: number; medium?: string } = {}): Promise<string> {
  const id = uuid()
  await world.sql(`insert into community.commitment (id, meeting_id, name, what, medium) values ($1, $2, $3, $4, $5)`, [
    id,
    meetings[more.meeting ?? 0],
    name,
    what,
    more.medium ?? 'phone',
  ])
  return id
}
/** As the program does: by the clock of the house, in its transaction. */
const tell = (id: string, state: string) =>
  world.sql(
    `update community.commitment set state = case when set_config('oplive.now', $3, true) <> '' then $2 end where id = $1`,
    [id, state, world.clock.now().toISOString()],
  )
const seen = (actor: Actor = world.karsten) =>
  seeSteps(signedIn(actor, 'x', [{ community: world.holmetofte } as never]) ?? expect.fail(), 'holmetofte')
const now = async (actor?: Actor) => (await seen(actor)).now

test('each promise of a meeting counts once: said again by phone and paper, or written down as a step, it is one', async () => {
  for (const name of ['Birthe', 'Jens', 'Ruth', 'Lena', 'Amira']) await promise(name, 'Tage en nabo med')
  expect(await now()).toEqual({ residents: 4, of: 5 })
  await promise(' birthe ', 'tage en nabo med.', { medium: 'paper' })
  expect(await now()).toEqual({ residents: 4, of: 5 })
  // The same words of somebody else are another promise.
  await promise('Birthe', 'Booke hallen')
  expect(await now()).toEqual({ residents: 5, of: 6 })
  const owner = { owner: 'municipality', carriedBefore: 'nobody', giveBack: null } as const
  await writeStep(me(world.amira), 'holmetofte', { id: uuid(), what: 'Booke hallen', turn: owner })
  expect(await now()).toEqual({ residents: 4, of: 6 })
})

test('the employee’s name is the municipality, but not where a neighbour is called so', async () => {
  for (const name of ['Birthe', 'Jens', 'Ruth', 'Lena', 'Amira', 'Karsten']) await promise(name, 'Noget')
  expect(await now()).toEqual({ residents: 5, of: 6 })
  await world.sql(`update community.person set name = 'Amira' where account_id = $1`, [world.freja.account])
  expect(await now()).toEqual({ residents: 6, of: 6 })
  await world.sql(`update community.person set name = 'Freja' where account_id = $1`, [world.freja.account])
})

test('a promise is carried from its meeting until it was told as kept; told otherwise it is carried again; the quarters remember', async () => {
  const ids = []
  for (const name of ['Birthe', 'Jens', 'Ruth', 'Lena', 'Amira']) ids.push(await promise(name, 'Noget'))
  const own = String(ids[0])
  const quarters = async () => (await seen()).quarters.map(({ carried }) => carried.of)
  expect(await quarters()).toEqual([0, 0, 0, 5, 5])
  await tell(own, 'kept')
  await promise('Ruth', 'Noget andet', { meeting: 1 })
  expect(await quarters()).toEqual([0, 0, 0, 5, 5])
  world.clock.set('2027-03-20T18:00:00Z')
  // Said again another day, it was kept on the first.
  await tell(own, 'released')
  expect(await world.sql('select told_on from community.commitment where id = $1', [own])).toEqual([
    { told_on: '2027-03-14' },
  ])
  await tell(own, 'renegotiated')
  expect(await now()).toEqual({ residents: 5, of: 6 })
})

test('nobody learns of fewer than five, also not by taking away what stands on the page; strangers are told nothing', async () => {
  const turn = { owner: 'team', carriedBefore: null, giveBack: null } as const
  for (let n = 0; n < 6; n++) await writeStep(me(world.amira), 'holmetofte', { id: uuid(), what: `Skridt ${n}`, turn })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 8 }), async (many) => {
      await world.sql('delete from community.commitment')
      for (let n = 0; n < many; n++) await promise(`Nabo ${n}`, 'Noget')
      for (const actor of [world.karsten, world.amira, world.helle])
        expect((await now(actor)).of).toBe(6 + (many < 5 ? 0 : many))
    }),
    { numRuns: 5 },
  )
  const asked = `select * from community.promises_carried('${world.holmetofte}', array['2027-03-14']::date[])`
  expect(await world.sql(asked)).toEqual([])
})
