// What the tests of a room set up: neighbours who are signed in, keys in their hands, and an association to take over.
import { v7 as uuid } from 'uuid'
import { type SignedIn, whoIs } from '../access/session.deeds.ts'
import { makeLink, signIn } from '../access/sign-in.deeds.ts'
import type { Actor } from '../db/as-actor.ts'
import type { World } from '../test-house.ts'

/** The person as signed in just now, with a fresh proof. */
export async function signedIn(world: World, actor: Pick<Actor, 'account'>): Promise<SignedIn> {
  const session = await signIn(world.house, await makeLink(world.house, actor.account ?? ''))
  const person = await whoIs(world.house, session)
  if (!person) throw new Error('somebody who has just signed in is signed in')
  return person
}

export interface Neighbour extends Pick<Actor, 'account'> {
  account: string
  person: string
}

/** A neighbour with an account, as the owner writes them down. */
export async function neighbour(
  world: World,
  name: string,
  role: 'resident' | 'host' | 'keyholder' = 'resident',
  { joined = '2026-01-01', active = '2027-03-14', place = world.holmetofte, known = true } = {},
): Promise<Neighbour> {
  const account = uuid()
  const person = uuid()
  await world.sql('insert into access.account (id, name) values ($1, $2)', [account, name])
  await world.sql(
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on, known_on)
     values ($1, $2, $3, $4, 'said_yes', 'tap', $5, $6, $7)`,
    [person, place, account, name, joined, active, known ? joined : null],
  )
  await world.sql('update access.community_role set role = $3 where account_id = $1 and community_id = $2', [
    account,
    place,
    role,
  ])
  return { account, person }
}

export async function association(world: World, name: string, municipal = false): Promise<string> {
  const id = uuid()
  await world.sql(
    `insert into community.association (id, community_id, kind, name, municipal, made_on) values ($1, $2, 'association', $3, $4, '2026-01-01')`,
    [id, world.holmetofte, name, municipal],
  )
  return id
}

export const personIn = async (world: World, { account }: Pick<Actor, 'account'>): Promise<string> => {
  const [row] = await world.sql('select id from community.person where account_id = $1', [account])
  return String(row?.id)
}

/** Who holds a key to Holmetofte, by name. */
export const holders = async (world: World): Promise<string[]> =>
  (
    await world.sql(
      `select p.name from access.community_role r join community.person p on p.account_id = r.account_id and p.community_id = r.community_id
       where r.community_id = $1 and r.role = 'keyholder' order by p.name`,
      [world.holmetofte],
    )
  ).map(({ name }) => String(name))
