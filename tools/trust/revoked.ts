// A right that is taken (T9): within a second nothing opens that it opened, on any page, file or feed that was open to it before.
import type { Actor } from '../../src/db/as-actor.ts'
import type { World } from '../../src/test-house.ts'
import { type Browser, mark, type Planted } from './planted.ts'

export interface Right {
  name: string
  /** Who has it. */
  holder(planted: Planted): Actor
  /** Takes it away, as whoever may; answers how to give it back. */
  take(planted: Planted, actor: Actor): Promise<() => Promise<unknown>>
}

export interface Revoked {
  right: string
  /** Addresses that told something of the place while the right was there. */
  open: number
  /** Of those, the ones that still told it a second later. */
  still: string[]
}

const role = (world: World, actor: Actor) => async (as: string | null) => {
  if (as === null)
    await world.sql('delete from access.community_role where account_id = $1 and community_id = $2', [
      actor.account,
      world.holmetofte,
    ])
  else
    await world.sql(
      `insert into access.community_role (account_id, community_id, role) values ($1, $2, $3)
       on conflict (account_id, community_id) do update set role = excluded.role`,
      [actor.account, world.holmetofte, as],
    )
}

export const rights: readonly Right[] = [
  {
    name: 'a host no longer hosts',
    holder: ({ world }) => world.freja,
    take: async ({ world }, actor) => {
      const set = role(world, actor)
      await set('resident')
      return () => set('host')
    },
  },
  {
    name: 'a key holder has given up the key',
    holder: ({ world }) => world.poul,
    take: async ({ world }, actor) => {
      const set = role(world, actor)
      await set('resident')
      return () => set('keyholder')
    },
  },
  {
    name: 'somebody has left the place',
    holder: ({ world }) => world.poul,
    take: async ({ world }, actor) => {
      const set = role(world, actor)
      await set(null)
      return () => set('keyholder')
    },
  },
  {
    name: 'an account has been ended',
    holder: ({ world }) => world.freja,
    take: async ({ world }, actor) => {
      await world.sql('update access.account set ended_at = now() where id = $1', [actor.account])
      return () => world.sql('update access.account set ended_at = null where id = $1', [actor.account])
    },
  },
  {
    name: 'a device was signed out elsewhere',
    holder: ({ world }) => world.poul,
    take: async ({ world }, actor) => {
      await world.sql('delete from access.session where account_id = $1', [actor.account])
      return async () => undefined
    },
  },
]

/** The addresses of the site, filled in with what is really there. */
function addressesOf({ routes, known }: Planted): string[] {
  return routes
    .filter(({ method, path }) => method === 'GET' && !/^\/(i|g|k|in)\//.test(path))
    .flatMap(({ path }) => {
      const open = path
        .replace(/:what\{.*\}/, 'words')
        .replace(':code', known.code)
        .replace(':slug', known.slug)
      return open.includes(':') ? Object.values(known.ids).map((id) => open.replace(/:\w+/g, id)) : [open]
    })
}

const tells = async (ask: Browser, addresses: readonly string[]): Promise<string[]> => {
  const told: string[] = []
  for (const address of addresses) if ((await ask('GET', address)).body.includes(mark)) told.push(address)
  return told
}

/** Takes each right once. The browser that had it is the one that asks again: it does not sign in anew. */
export async function revoked(planted: Planted): Promise<Revoked[]> {
  const found: Revoked[] = []
  const addresses = addressesOf(planted)
  for (const right of rights) {
    const actor = right.holder(planted)
    const ask = await planted.browser(actor, true)
    const open = await tells(ask, addresses)
    const giveBack = await right.take(planted, actor)
    const still = await tells(ask, open)
    await giveBack()
    found.push({ right: right.name, open: open.length, still })
  }
  return found
}
