// How the municipality leaves the places of the demo: Lyngø that went out, came back and went out again, and what Holmetofte has received.
import { v7 as uuid } from 'uuid'
import { asSystem, type House } from '../db/as-actor.ts'
import * as ask from './demo.queries.ts'

const day = 86_400_000

const votes = [
  // Lyngø, an island: out after a year behind, called back when the ferry was cut, and out again.
  {
    slug: 'lyngoe',
    from: 'on_call',
    to: 'out',
    daysAgo: 330,
    yes: 9,
    no: 1,
    blank: 1,
    farewell: 'Kaffe på molen. Alle var med.',
  },
  {
    slug: 'lyngoe',
    from: 'on_call',
    to: 'out',
    daysAgo: 95,
    yes: 11,
    no: 0,
    blank: 1,
    farewell: 'Vi drak et krus til, i Ø-foreningens hus.',
  },
  { slug: 'bredlunde', from: 'beside', to: 'behind', daysAgo: 60, yes: 6, no: 2, blank: 0, farewell: null },
  { slug: 'sigerlunde', from: 'behind', to: 'on_call', daysAgo: 40, yes: 12, no: 3, blank: 2, farewell: null },
] as const

const calls = [
  {
    slug: 'lyngoe',
    from: 'out',
    daysAgo: 180,
    words: 'Færgen sejler kun to gange om ugen. Vi vil gerne tænke højt med nogen.',
  },
] as const

const items = [
  { slug: 'holmetofte', kind: 'keys', what: 'Nøglen til hallen', by: 'Karsten', daysAgo: 20 },
  { slug: 'holmetofte', kind: 'calendar', what: 'Kalenderen over, hvem der låner hallen', by: 'Freja', daysAgo: 12 },
  { slug: 'holmetofte', kind: 'accounts', what: 'Siden på nettet, hvor møderne står', by: null, daysAgo: 0 },
  { slug: 'holmetofte', kind: 'money', what: 'Kontoen med pengene til kaffe', by: null, daysAgo: 0 },
] as const

/** `places` are the communities by slug, `accounts` those who can sign in by name. */
export async function leavePlaces(
  house: House,
  places: ReadonlyMap<string, string>,
  accounts: ReadonlyMap<string, string>,
): Promise<void> {
  const now = house.clock.now().getTime()
  const at = (daysAgo: number) => new Date(now - daysAgo * day)
  await asSystem(house, 'tell how the municipality leaves the places of the demo', async (tx) => {
    for (const { slug, daysAgo, ...vote } of votes)
      await ask.addOldVote(tx, places.get(slug) ?? '', { id: uuid(), ...vote, at: at(daysAgo) })
    for (const { slug, daysAgo, ...call } of calls)
      await ask.addOldCall(tx, places.get(slug) ?? '', {
        id: uuid(),
        ...call,
        at: at(daysAgo),
        comesOn: at(daysAgo - 7),
      })
    for (const { slug, by, daysAgo, ...item } of items) {
      const receiver = by ? (accounts.get(by) ?? null) : null
      await ask.addPassedOn(tx, places.get(slug) ?? '', {
        id: uuid(),
        ...item,
        at: at(60),
        receiver,
        receivedAt: at(daysAgo),
      })
    }
  })
}
