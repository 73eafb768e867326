// A right that is taken (T9): within a second nothing opens that it opened, on any page, file or feed that was open to it before.
import type { Actor } from '../../src/db/as-actor.ts'
import type { World } from '../../src/test-house.ts'
import { type Browser, mark, type Planted } from './planted.ts'

export interface Right {
  name: string
  /** Who has it. */
  holder(planted: Planted): Actor
  /** What it opens, where that is not told by a page that is only asked for. Answers what was told. */
  opens?(planted: Planted, ask: Browser): Promise<string[]>
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

/** Looks somebody up, with a reason, as an employee who works with the place may while the municipality keeps its room for a time. */
async function look(_: Planted, ask: Browser): Promise<string[]> {
  const { body } = await ask('POST', '/c/holmetofte/look', `reason=Ringer+om+m%C3%B8det&query=${mark}`)
  return body.includes(`${mark} Pers`) ? ['POST /c/:slug/look'] : []
}

/** Finds a neighbour on the contact list, on the page and in the file. */
async function onContactList(_: Planted, ask: Browser): Promise<string[]> {
  const told: string[] = []
  for (const path of ['/c/holmetofte/contacts', '/c/holmetofte/contacts.vcf'])
    if ((await ask('GET', path)).body.includes(`${mark} Person`)) told.push(path)
  return told
}

export const rights: readonly Right[] = [
  {
    name: 'an employee no longer works with the place',
    holder: ({ world }) => world.amira,
    opens: look,
    take: async ({ world }, actor) => {
      await world.sql('delete from access.employee_community where account_id = $1', [actor.account])
      return () =>
        world.sql('insert into access.employee_community (account_id, community_id) values ($1, $2)', [
          actor.account,
          world.holmetofte,
        ])
    },
  },
  {
    name: 'the room has been handed over',
    holder: ({ world }) => world.amira,
    opens: look,
    take: async ({ world, known }) => {
      await world.sql('alter table community.controller disable trigger user')
      await world.sql(
        `update community.controller set kind = 'association', association_id = $2 where community_id = $1`,
        [world.holmetofte, known.ids.association],
      )
      return async () => {
        await world.sql(
          `update community.controller set kind = 'municipality', association_id = null where community_id = $1`,
          [world.holmetofte],
        )
        await world.sql('alter table community.controller enable trigger user')
      }
    },
  },
  {
    name: 'a neighbour has taken back their yes to the contact list',
    holder: ({ world }) => world.poul,
    opens: onContactList,
    take: async ({ world, known }) => {
      await world.sql(`update community.consent set withdrawn_at = '2027-03-14T18:00:00Z' where id = $1`, [
        known.ids.consent,
      ])
      return async () => undefined
    },
  },
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
  const openTo = new Map<Actor, string[]>()
  for (const right of rights) {
    const actor = right.holder(planted)
    const ask = await planted.browser(actor, true)
    const opened = (some: readonly string[]) => right.opens?.(planted, ask) ?? tells(ask, some)
    // What is open to somebody is looked for once.
    const known = right.opens ? undefined : openTo.get(actor)
    const open = await opened(known ?? addresses)
    if (!right.opens) openTo.set(actor, open)
    const giveBack = await right.take(planted, actor)
    const still = await opened(open)
    await giveBack()
    found.push({ right: right.name, open: open.length, still })
  }
  return found
}
