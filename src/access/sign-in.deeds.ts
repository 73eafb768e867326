// Signing in by a one-time link from the terminal: it is made, looked at, and spent once.
import { asSystem, type House } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './access.queries.ts'
import { addSession } from './session.deeds.ts'
import { hashOf, isToken, linkMinutes, newToken } from './sign-in.ts'

/** Makes a one-time link for an account. Answers its token, which is kept nowhere else. */
export async function makeLink(house: House, account: string): Promise<string> {
  const token = newToken()
  const now = house.clock.now()
  await asSystem(house, 'make a one-time link', async (tx) => {
    await ask.dropExpired(tx, now)
    await ask.addLink(tx, hashOf(token), account, new Date(now.getTime() + linkMinutes * 60_000))
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
export async function signIn(house: House, token: string, device = ''): Promise<string> {
  if (!isToken(token)) refuse('sign-in.used')
  return asSystem(house, 'spend a one-time link and open a session', async (tx) => {
    const account = (await ask.spendLink(tx, hashOf(token), house.clock.now())) ?? refuse('sign-in.used')
    return addSession(tx, house, { account, via: 'terminal', device })
  })
}

/** For the one at the keyboard of the server: everybody who can sign in. */
export const accountsHere = (house: House) => asSystem(house, 'list accounts for the operator', ask.allAccounts)
