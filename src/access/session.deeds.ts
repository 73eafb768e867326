// Sessions: opened by any of the ways in, found by the hash of the token in the cookie, seen by their owner as devices, and ended.
import { type Actor, asActor, asSystem, type House, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './access.queries.ts'
import {
  endOf,
  hashOf,
  isToken,
  longestDays,
  newToken,
  proofMinutes,
  roleOf,
  sessionDays,
  type WayIn,
} from './sign-in.ts'

/** Somebody who is signed in: how they act, what they are called, and where. */
export interface SignedIn extends Actor {
  account: string
  name: string
  municipalRole: ask.Account['municipalRole']
  places: ask.Account['places']
  session: ask.SessionSeen
}

export interface Opening {
  account: string
  via: WayIn
  /** As `deviceOf` says it. */
  device?: string
  /** What the identity provider calls this session. */
  idpSession?: string
}

/** Opens a session inside a transaction of the system. Answers its token, for the cookie; refuses an account that has ended. */
export async function addSession(tx: Tx, house: House, opening: Opening): Promise<string> {
  const now = house.clock.now()
  const account = await ask.findAccount(tx, opening.account)
  if (!account || account.ended) return refuse('sign-in.used')
  const token = newToken()
  await ask.addSession(tx, {
    hash: hashOf(token),
    account: opening.account,
    via: opening.via,
    device: opening.device ?? '',
    idpSession: opening.idpSession ?? null,
    now,
    expiresAt: endOf(now, account.municipalRole !== null),
  })
  return token
}

/** Who holds this session; null for nobody, and for somebody whose access has ended: rights are looked up at each request. */
export async function whoIs(house: House, token: string | undefined): Promise<SignedIn | null> {
  if (!isToken(token)) return null
  const now = house.clock.now()
  const found = await asSystem(house, 'find whose session this is', async (tx) => {
    const held = await ask.sessionHolder(tx, hashOf(token), now)
    // Once a day: so that one knows which devices one still uses.
    if (held && held.session.seenOn < now.toISOString().slice(0, 10)) {
      const slides = held.account.municipalRole === null ? { days: sessionDays, atMost: longestDays } : null
      held.session.expiresAt = await ask.seenToday(tx, held.session.id, now, slides)
    }
    return held
  })
  if (!found) return null
  const { account, session } = found
  return {
    house,
    role: roleOf(account),
    account: account.id,
    name: account.name,
    municipalRole: account.municipalRole,
    places: account.places,
    session,
  }
}

export async function signOut(house: House, token: string | undefined): Promise<void> {
  if (isToken(token)) await asSystem(house, 'end a session', (tx) => ask.endSession(tx, hashOf(token)))
}

/** One's own devices, the one in hand first. */
export const devicesOf = (person: SignedIn): Promise<ask.Device[]> =>
  asActor(person, async (tx) => {
    const all = await ask.devicesOf(tx, person.account, person.house.clock.now())
    return all.sort((a, b) => Number(b.id === person.session.id) - Number(a.id === person.session.id))
  })

/** Signs out one device of one's own, or all but the one in hand. */
export const endDevices = (person: SignedIn, which: string | 'others'): Promise<void> =>
  asActor(person, (tx) =>
    which === 'others'
      ? ask.endOthers(tx, person.account, person.session.id)
      : ask.endDevice(tx, person.account, which),
  )

/** Has the one who acts proved who they are within the last minutes? Signing in is such a proof. */
export function hasProved({ house, session }: SignedIn): boolean {
  const since = house.clock.now().getTime() - (session.provenAt?.getTime() ?? 0)
  return since >= 0 && since < proofMinutes * 60_000
}

/** For exports and hand-overs: refuses unless they have. */
export function mustHaveProved(person: SignedIn): void {
  if (!hasProved(person)) refuse('proof.needed')
}

/** They have proved it now, by whichever way in. */
export const proved = (person: SignedIn): Promise<void> =>
  asSystem(person.house, 'somebody has proved anew who they are', (tx) =>
    ask.setProven(tx, person.session.id, person.house.clock.now()),
  )

/** Forgets what has run out. Called each hour, so that nothing lies longer than it is said to. */
export const sweepDoors = (house: House): Promise<void> =>
  asSystem(house, 'forget links, letters and sessions that have run out', (tx) =>
    ask.dropExpired(tx, house.clock.now()),
  )
