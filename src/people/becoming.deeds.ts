// A guest becomes a person: inside the deed of a room above, which knows what the guest has done. Only by their own yes, and nobody under fifteen.
import { v7 as uuid } from 'uuid'
import { accountForGuest } from '../access/account.deeds.ts'
import { wallTimeIn } from '../clock.ts'
import type { Community } from '../communities/community.ts'
import type { House, Tx } from '../db/as-actor.ts'
import * as ask from './people.queries.ts'
import type { Told } from './person.ts'

type Place = Pick<Community, 'id' | 'timeZone'>

interface Saying {
  community: Place
  account: string
  name: string
  existsBy: 'came' | 'said_yes'
}

/** The person that this account is in the place; made when there is none. In a transaction of the system. */
export async function personFor(tx: Tx, house: House, { community, account, name, existsBy }: Saying): Promise<string> {
  const today = wallTimeIn(community.timeZone, house.clock.now()).date
  await ask.makePerson(tx, { id: uuid(), community: community.id, account, name, existsBy, today })
  const person = await ask.personOfAccount(tx, community.id, account)
  if (!person) throw new Error('who has just said yes is a person here')
  return person.id
}

/**
 * A guest who says yes: an account that only this phone opens, and a person. `account` comes from the form's own random key, so that the form
 * sent twice is one person. Null when that was done longer ago. In a transaction of the system.
 */
export async function becomePerson(
  tx: Tx,
  house: House,
  saying: Saying & { device: string },
): Promise<{ token: string; person: string } | null> {
  const opened = await accountForGuest(tx, house, saying)
  return opened && { token: opened.token, person: await personFor(tx, house, saying) }
}

/** How somebody who has just said yes wants to hear from others, as they said it with the yes. In a transaction of the system. */
export async function tellFor(
  tx: Tx,
  community: string,
  account: string,
  told: Pick<Told, 'contactWish' | 'telephone' | 'mail'>,
): Promise<void> {
  const person = await ask.personOfAccount(tx, community, account)
  if (person) await ask.changePerson(tx, person.id, { ...person, ...told }, person.rev)
}
