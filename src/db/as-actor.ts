// Who acts: every transaction takes one of five roles and says whose account it is, and PostgreSQL's policies do the rest.
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Pool } from 'pg'
import type { Clock } from '../clock.ts'
import type { KeyCabinet } from '../keys/key-cabinet.ts'
import type { Log } from '../log.ts'
import type { DB } from './schema.ts'

/** What the whole house shares: given to every deed by the one who acts. */
export interface House {
  db: Kysely<DB>
  /** Connections that are guests for good: for sealed cards, which arrive in batches from many phones at once. */
  cards: Pool
  clock: Clock
  keys: KeyCabinet
  log: Log
  /** Letters can be sent from here: somebody has said by which mail server. */
  mail: boolean
}

export type Role = 'guest' | 'resident' | 'host' | 'employee'

/** Somebody who acts, in a house. A guest has no account. */
export interface Actor {
  house: House
  role: Role
  account: string | null
}

/** An open transaction, as somebody. */
export type Tx = Transaction<DB>

export const guestIn = (house: House): Actor => ({ house, role: 'guest', account: null })

/** Runs the work in one transaction, as this person: they see and change what the policies let them, and nothing else. */
export function asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(actor.house, `oplive_${actor.role}`, actor.account, work)
}

/** Runs the work as the program itself, when no person may do it. The reason is for the reader of the code. */
export function asSystem<T>(house: House, _why: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(house, 'oplive_system', null, work)
}

function inRole<T>(house: House, role: string, account: string | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  return house.db.transaction().execute(async (tx) => {
    // Local to the transaction: the next one on this connection starts as nobody.
    await sql`select set_config('role', ${role}, true), set_config('oplive.account', ${account ?? ''}, true),
      set_config('oplive.now', ${house.clock.now().toISOString()}, true)`.execute(tx)
    return work(tx)
  })
}
