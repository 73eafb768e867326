// What is done to sign in: a link is made, looked at, spent once; a session is found and ended.
import { type Actor, asSystem, type House } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './access.queries.ts'
import { hashOf, isToken, linkMinutes, newToken, roleOf, sessionDays } from './sign-in.ts'

const minutes = (n: number) => n * 60_000

/** Somebody who is signed in: how they act, and what they are called. */
export interface SignedIn extends Actor {
  account: string
  name: string
  places: ask.Account['places']
}

/** Makes a one-time link for an account. Answers its token, which is kept nowhere else. */
export async function makeLink(house: House, account: string): Promise<string> {
  const token = newToken()
  const now = house.clock.now()
  await asSystem(house, 'make a one-time link', async (tx) => {
    await ask.dropExpired(tx, now)
    await ask.addLink(tx, hashOf(token), account, new Date(now.getTime() + minutes(linkMinutes)))
  })
  return token
}

/** Whose link this is. Looking does not spend it: programs that look at links before people do are no harm. */
export async function lookAtLink(house: House, token: string): Promise<{ name: string }> {
  const holder = isToken(token)
    ? await asSystem(house, 'look at a one-time link', (tx) => ask.linkHolder(tx, hashOf(token), house.clock.now()))
    : null
  return holder ?? refuse('sign-in.used')
}

/** Spends the link. Answers the token of the new session, for the cookie. */
export async function signIn(house: House, token: string): Promise<string> {
  if (!isToken(token)) refuse('sign-in.used')
  const session = newToken()
  await asSystem(house, 'spend a one-time link and open a session', async (tx) => {
    const now = house.clock.now()
    const account = (await ask.spendLink(tx, hashOf(token), now)) ?? refuse('sign-in.used')
    await ask.addSession(tx, hashOf(session), account, new Date(now.getTime() + minutes(sessionDays * 24 * 60)))
  })
  return session
}

/** Who holds this session; null for nobody. */
export async function whoIs(house: House, session: string | undefined): Promise<SignedIn | null> {
  if (!isToken(session)) return null
  const account = await asSystem(house, 'find whose session this is', async (tx) => {
    const id = await ask.sessionHolder(tx, hashOf(session), house.clock.now())
    return id ? ask.findAccount(tx, id) : null
  })
  return account && { house, role: roleOf(account), account: account.id, name: account.name, places: account.places }
}

export async function signOut(house: House, session: string | undefined): Promise<void> {
  if (isToken(session)) await asSystem(house, 'end a session', (tx) => ask.endSession(tx, hashOf(session)))
}

/** For the one at the keyboard of the server: everybody who can sign in. */
export const accountsHere = (house: House) => asSystem(house, 'list accounts for the operator', ask.allAccounts)
