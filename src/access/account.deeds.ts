// An account of one's own, for somebody who becomes a person of a place: made inside the deed that makes the person, and called what they are.
import type { House, Tx } from '../db/as-actor.ts'
import * as ask from './access.queries.ts'
import { addSession } from './session.deeds.ts'

/** So long the same form, sent again, opens the door it opened before: a press that came twice, a net that was gone. */
const againMinutes = 10

/**
 * Makes the account and lets its owner in on the phone in hand, inside a transaction of the system. Answers the session's token; null when
 * the account was made longer ago: what made it is no key.
 */
export async function accountForGuest(
  tx: Tx,
  house: House,
  { account, name, device }: { account: string; name: string; device: string },
): Promise<{ token: string; made: boolean } | null> {
  const before = await ask.findAccount(tx, account)
  const since = new Date(house.clock.now().getTime() - againMinutes * 60_000)
  if (before && !(await ask.openedSince(tx, account, 'kept', since))) return null
  await ask.addAccount(tx, account, name)
  return { token: await addSession(tx, house, { account, via: 'kept', device }), made: before === null }
}

/** As the one whose account it is: it is called what they are called. */
export const callAccount = (tx: Tx, account: string, name: string): Promise<void> =>
  ask.renameAccount(tx, account, name)
