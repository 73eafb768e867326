// A room that is handed over, and keys that go over, by many hands at once (T6): one controller, never a room without a key.
import { v7 as uuid } from 'uuid'
import { type SignedIn, whoIs } from '../../src/access/session.deeds.ts'
import { makeLink, signIn } from '../../src/access/sign-in.deeds.ts'
import { acceptHandOver, happens, proposeHandOver, stopHandOver } from '../../src/rooms/hand-over.deeds.ts'
import { approveTransfer, giveUpKey, proposeTransfer, stopChange, takeKey } from '../../src/rooms/keys.deeds.ts'
import type { World } from '../../src/test-house.ts'
import type { Dice } from '../attack/dice.ts'
import { atOnce, type Raced } from './races.ts'

const slug = 'holmetofte'

async function signedIn(world: World, account: string | null): Promise<SignedIn> {
  const person = await whoIs(world.house, await signIn(world.house, await makeLink(world.house, account ?? '')))
  if (!person) throw new Error('somebody who has just signed in is signed in')
  return person
}

interface Hand {
  account: string
  person: string
  acts: SignedIn
}

/** A neighbour with this role, who is signed in. */
async function hand(world: World, name: string, role: 'keyholder' | 'resident'): Promise<Hand> {
  const [account, person] = [uuid(), uuid()]
  await world.sql('insert into access.account (id, name) values ($1, $2)', [account, name])
  await world.sql(
    `insert into community.person (id, community_id, account_id, name, exists_by, medium, joined_on, active_on)
     values ($1, $2, $3, $4, 'said_yes', 'tap', '2026-01-01', '2027-03-14')`,
    [person, world.holmetofte, account, name],
  )
  await world.sql('update access.community_role set role = $2 where account_id = $1', [account, role])
  return { account, person, acts: await signedIn(world, account) }
}

const count = async (world: World, text: string, values: unknown[]): Promise<number> =>
  Number((await world.sql(`select count(*)::integer as n from ${text}`, values))[0]?.n)

/** Back to the municipality for the time being, as nobody but the owner can set it. */
async function takeHome(world: World): Promise<void> {
  await world.sql('alter table community.controller disable trigger handed_over')
  await world.sql(
    `update community.controller set kind = 'municipality', association_id = null where community_id = $1`,
    [world.holmetofte],
  )
  await world.sql('alter table community.controller enable trigger handed_over')
  await world.sql('delete from community.hand_over where community_id = $1', [world.holmetofte])
}

/** Proposed, accepted, refused, taken back and withdrawn by two to eight hands at the same moment. */
export async function handOverRace(world: World, runs: number, chance: Dice): Promise<Raced> {
  const broken: string[] = []
  const poul = await signedIn(world, world.poul.account)
  const inger = await hand(world, 'Inger', 'keyholder')
  const third = await hand(world, 'Tredje', 'keyholder')
  const amira = await signedIn(world, world.amira.account)
  const guilds = [uuid(), uuid()]
  for (const id of guilds)
    await world.sql(
      `insert into community.association (id, community_id, kind, name, made_on) values ($1, $2, 'association', 'En forening', '2026-01-01')`,
      [id, world.holmetofte],
    )
  const today = '2027-03-14'
  for (let run = 0; run < runs; run++) {
    await takeHome(world)
    const [one = '', other = ''] = guilds
    await proposeHandOver(amira, world.later, slug, { association: one, onDate: today })
    const id = String((await world.sql(`select id from community.hand_over where state = 'open'`))[0]?.id)
    const hands = [
      () => acceptHandOver(poul, slug, id),
      () => acceptHandOver(poul, slug, id),
      () => acceptHandOver(inger.acts, slug, id),
      () => acceptHandOver(third.acts, slug, id),
      () => stopHandOver(inger.acts, slug, id, 'no'),
      () => stopHandOver(amira, slug, id, 'withdraw'),
      () => proposeHandOver(poul, world.later, slug, { association: other, onDate: today }),
      () => happens(world.house, slug),
    ]
    const { faults } = await atOnce(chance.shuffled(hands).slice(0, 2 + chance.below(7)))
    broken.push(...faults.map((fault) => `run ${run}: ${fault}`))
    const controllers = await count(world, 'community.controller where community_id = $1', [world.holmetofte])
    const done = await count(
      world,
      `community.hand_over h join community.controller k on k.community_id = h.community_id and k.association_id = h.association_id
       where h.state = 'done' and h.signed >= 2 and h.community_id = $1`,
      [world.holmetofte],
    )
    const handed = await count(world, `community.controller where kind = 'association' and community_id = $1`, [
      world.holmetofte,
    ])
    const open = await count(world, `community.hand_over where state = 'open' and community_id = $1`, [
      world.holmetofte,
    ])
    if (controllers !== 1) broken.push(`run ${run}: ${controllers} controllers`)
    if (done !== handed) broken.push(`run ${run}: the room is handed over ${handed} times, by ${done} hand-overs`)
    if (open > 1) broken.push(`run ${run}: ${open} proposals are open`)
  }
  await takeHome(world)
  for (const { account } of [inger, third])
    await world.sql(`update access.community_role set role = 'resident' where account_id = $1`, [account])
  return { kind: 'hand-over', runs, broken }
}

/** Keys that are proposed, agreed on, taken, refused and given up by two to eight hands at the same moment. */
export async function keyRace(world: World, runs: number, chance: Dice): Promise<Raced> {
  const broken: string[] = []
  const poul = await signedIn(world, world.poul.account)
  const mine = String(
    (await world.sql('select id from community.person where account_id = $1', [world.poul.account]))[0]?.id,
  )
  const inger = await hand(world, 'Inger', 'keyholder')
  const els = await hand(world, 'Else', 'resident')
  const role = (account: string | null, as: string) =>
    world.sql('update access.community_role set role = $2 where account_id = $1', [account, as])
  for (let run = 0; run < runs; run++) {
    await world.sql('delete from community.key_change')
    await role(world.poul.account, 'keyholder')
    await role(inger.account, 'keyholder')
    await role(els.account, 'resident')
    await proposeTransfer(poul, slug, { from: inger.person, to: els.person })
    const id = String((await world.sql(`select id from community.key_change where state = 'open'`))[0]?.id)
    const before = await count(world, `community.key_event where what in ('transferred', 'given_up')`, [])
    const hands = [
      () => approveTransfer(inger.acts, slug, id),
      () => approveTransfer(inger.acts, slug, id),
      () => takeKey(els.acts, slug, id),
      () => takeKey(els.acts, slug, id),
      () => giveUpKey(poul, slug),
      () => giveUpKey(inger.acts, slug),
      () => stopChange(els.acts, slug, id),
      () => proposeTransfer(inger.acts, slug, { from: mine, to: els.person }),
    ]
    const { faults } = await atOnce(chance.shuffled(hands).slice(0, 2 + chance.below(7)))
    broken.push(...faults.map((fault) => `run ${run}: ${fault}`))
    const keys = await count(world, `access.community_role where role = 'keyholder' and community_id = $1`, [
      world.holmetofte,
    ])
    const [told] = await world.sql(
      `select count(*) filter (where what = 'given_up')::integer as up, count(*)::integer as n from
        (select what from community.key_event where what in ('transferred', 'given_up') order by at, id offset $1) e`,
      [before],
    )
    if (keys < 1) broken.push(`run ${run}: nobody holds a key`)
    if (keys !== 2 - Number(told?.up)) broken.push(`run ${run}: ${keys} keys after ${String(told?.n)} events`)
  }
  for (const { account } of [inger, els]) await role(account, 'resident')
  await role(world.poul.account, 'keyholder')
  return { kind: 'keys', runs, broken }
}
