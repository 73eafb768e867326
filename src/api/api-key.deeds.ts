// What is done with keys for other programs: made once and shown once, used at each request, taken away at once.
import { mustHaveProved, type SignedIn } from '../access/session.deeds.ts'
import { dayAfter } from '../clock.ts'
import { type Actor, asActor, asSystem, type House } from '../db/as-actor.ts'
import { readLine } from '../line.ts'
import { refuse } from '../refusal.ts'
import * as ask from './api.queries.ts'
import {
  type ApiKey,
  hashOfKey,
  isRole,
  type KeyRole,
  lifeDays,
  longestName,
  mostKeys,
  newKey,
  rolesWithin,
  stillHolds,
} from './api-key.ts'

const today = (house: House): string => house.clock.now().toISOString().slice(0, 10)

/** What one's keys may read as: in each place what one is there or less, or what one is in the municipality. */
export interface Choice {
  /** As the form says it: `holmetofte:host`, or `:employee`. */
  value: string
  slug: string | null
  place: string | null
  role: KeyRole
}

export function choicesOf(person: SignedIn, places: readonly { id: string; slug: string; name: string }[]): Choice[] {
  const { municipalRole } = person
  if (municipalRole !== null)
    return isRole(municipalRole) ? [{ value: `:${municipalRole}`, slug: null, place: null, role: municipalRole }] : []
  return person.places.flatMap(({ community, role }) => {
    const here = places.find(({ id }) => id === community)
    return here
      ? rolesWithin(role).map((one) => ({ value: `${here.slug}:${one}`, slug: here.slug, place: here.name, role: one }))
      : []
  })
}

export const seeKeys = (person: SignedIn): Promise<ApiKey[]> =>
  asActor(person, (tx) => ask.ownKeys(tx, today(person.house)))

/** Makes one. The key is answered here and nowhere else, ever. */
export async function makeKey(
  person: SignedIn,
  choice: Choice & { community: string | null },
  typedName: string,
): Promise<{ key: string } | 'name' | 'many'> {
  mustHaveProved(person)
  const { line, fault } = readLine(typedName, longestName)
  if (fault) return 'name'
  const key = newKey()
  const madeOn = today(person.house)
  return asActor(person, async (tx) => {
    if ((await ask.ownKeys(tx, madeOn)).length >= mostKeys) return 'many'
    await ask.addKey(tx, {
      hash: hashOfKey(key),
      community: choice.community,
      role: choice.role,
      name: line,
      madeOn,
      expiresOn: dayAfter(madeOn, lifeDays(choice.role)),
    })
    return { key }
  })
}

export const dropKey = (person: SignedIn, id: string): Promise<void> =>
  asActor(person, async (tx) => {
    if (!(await ask.dropKey(tx, id))) refuse('not-found')
  })

/** Somebody's program: it acts as its owner, in one place. */
export interface Program extends Actor {
  account: string
  /** The only place it reads in; null for somebody of the municipality. */
  place: { id: string; slug: string } | null
  key: string
}

/** Who acts by this key; null for one that opens nothing today. Its owner's right is looked up each time. */
export const programBy = (house: House, key: string): Promise<Program | null> =>
  asSystem(house, 'whose key is this?', async (tx) => {
    const day = today(house)
    const holder = await ask.keyHolder(tx, hashOfKey(key), day)
    if (!holder || !stillHolds(holder.role, holder.held)) return null
    if (holder.usedOn !== day) await ask.usedToday(tx, holder.id, day)
    return { house, role: holder.role, account: holder.account, place: holder.community, key: holder.id }
  })

/** Forgets keys that have run out. Called each hour. */
export const forgetOldKeys = (house: House): Promise<void> =>
  asSystem(house, 'keys that have run out', (tx) => ask.dropOldKeys(tx, today(house)))
