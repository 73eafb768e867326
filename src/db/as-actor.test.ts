import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { Refusal, refuse } from '../refusal.ts'
import { makeWorld, type World } from '../test-world.ts'
import { asActor, asSystem, guestIn, inOnePicture, inOneTransaction, type Tx } from './as-actor.ts'

let world: World
beforeAll(async () => {
  world = await makeWorld()
})

interface Wearing {
  role: string
  account: string
  transaction: string
}
const wearing = async (tx: Tx): Promise<Wearing> => {
  const { rows } =
    await sql<Wearing>`select current_setting('role') as role, current_setting('oplive.account') as account,
    pg_current_xact_id()::text as transaction`.execute(tx)
  return rows[0] ?? { role: '', account: '', transaction: '' }
}
const asked = () => asActor(world.freja, wearing)
const askedBySystem = () => asSystem(world.house, 'test', wearing)

describe('a page for somebody who is signed in', () => {
  test('is read in one transaction, each question in its own hat', async () => {
    const all = await inOneTransaction(world.house, async () => [
      await asked(),
      await askedBySystem(),
      await asked(),
      await asActor(guestIn(world.house), wearing),
    ])
    expect(all.map(({ role }) => role)).toEqual(['oplive_host', 'oplive_system', 'oplive_host', 'oplive_guest'])
    expect(all.map(({ account }) => account)).toEqual([world.freja.account, '', world.freja.account, ''])
    expect(new Set(all.map(({ transaction }) => transaction)).size).toBe(1)
  })

  test('asks one thing at a time also when it asks many at once: nobody wears the system’s hat by mistake', async () => {
    const all = await inOneTransaction(world.house, () =>
      Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? asked() : askedBySystem()))),
    )
    expect(all.map(({ role }) => role)).toEqual(
      Array.from({ length: 40 }, (_, n) => (n % 2 ? 'oplive_host' : 'oplive_system')),
    )
  })

  test('puts the hat back when one question asks another, also when that one is refused', async () => {
    const seen: string[] = []
    await inOneTransaction(world.house, () =>
      asActor(world.freja, async (tx) => {
        await asSystem(world.house, 'test', async () => refuse('not-yours')).catch((error) => {
          if (!(error instanceof Refusal)) throw error
        })
        seen.push((await wearing(tx)).role)
      }),
    )
    expect(seen).toEqual(['oplive_host'])
  })

  test('says that it failed when a question failed, also if somebody has caught it: what was written before is not kept', async () => {
    const page = inOneTransaction(world.house, async () => {
      await asSystem(world.house, 'test', (tx) =>
        sql`update access.account set name = 'Lost' where id = ${world.freja.account}`.execute(tx),
      )
      await asActor(world.freja, (tx) => sql`select 1/0`.execute(tx)).catch(() => undefined)
    })
    await expect(page).rejects.toThrow()
    expect(await world.sql('select name from access.account where id = $1', [world.freja.account])).toEqual([
      { name: 'Freja' },
    ])
  })

  test('keeps what it wrote down, such as that somebody looked', async () => {
    await inOneTransaction(world.house, () =>
      asSystem(world.house, 'test', (tx) =>
        sql`update access.account set name = 'Kept' where id = ${world.karsten.account}`.execute(tx),
      ),
    )
    expect(await world.sql('select name from access.account where id = $1', [world.karsten.account])).toEqual([
      { name: 'Kept' },
    ])
  })

  test('lets what goes on after it ask for itself', async () => {
    let later: Promise<Wearing> | undefined
    const first = await inOneTransaction(world.house, async () => {
      later = new Promise((done) => setTimeout(done, 30)).then(asked)
      return asked()
    })
    expect((await later)?.transaction).not.toBe(first.transaction)
  })
})

test('what somebody takes with them is as it was at one moment, whoever acts meanwhile and whichever hat reads', async () => {
  const { house } = world
  const count = () =>
    asSystem(house, 'count in a test', async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from access.account`.execute(tx)
      return rows[0]?.n
    })
  const seen = await inOnePicture(house, async () => {
    const before = await count()
    await world.sql(`insert into access.account (id, name) values (gen_random_uuid(), 'Ny')`)
    await asActor(world.karsten, (tx) => sql`select 1`.execute(tx))
    return [before, await count()]
  })
  expect(seen[0]).toBe(seen[1])
  expect(await count()).toBe(Number(seen[0]) + 1)
})
