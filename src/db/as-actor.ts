// Who acts: every transaction takes one of ten roles and says whose account it is, and PostgreSQL's policies do the rest.
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, sql, type Transaction, type TransactionBuilder } from 'kysely'
import type { Pool } from 'pg'
import type { Clock } from '../clock.ts'
import type { KeyCabinet } from '../keys/key-cabinet.ts'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
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

/** Who acts, as one of eight. A key holder may all that a host may. */
export type Role = 'guest' | 'resident' | 'host' | 'keyholder' | 'employee' | 'leader' | 'officer' | 'operator'

/** Somebody who acts, in a house. A guest has no account. */
export interface Actor {
  house: House
  role: Role
  account: string | null
}

/** Somebody of the municipality: a guest in every community's room. */
export const isMunicipal = ({ role }: Pick<Actor, 'role'>): boolean =>
  role === 'employee' || role === 'leader' || role === 'officer' || role === 'operator'

/** Hosts somewhere, perhaps with a key. Where, the database knows. */
export const isHost = ({ role }: Pick<Actor, 'role'>): boolean => role === 'host' || role === 'keyholder'

/** An open transaction, as somebody. */
export type Tx = Transaction<DB>

export const guestIn = (house: House): Actor => ({ house, role: 'guest', account: null })

/** Runs the work in one transaction, as this person: they see and change what the policies let them, and nothing else. */
export function asActor<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(actor.house, { role: `oplive_${actor.role}`, account: actor.account }, work)
}

/** Runs the work as the program itself, when no person may do it. The reason is for the reader of the code. */
export function asSystem<T>(house: House, _why: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(house, { role: 'oplive_system', account: null }, work)
}

/** Runs the work as the one who moves a whole community in: what the program may, and to write what only a move writes. */
export function asMover<T>(house: House, _why: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inRole(house, { role: 'oplive_mover', account: null }, work)
}

interface Hat {
  role: string
  account: string | null
}

async function putOn(tx: Tx, house: House, { role, account }: Hat): Promise<void> {
  // Local to the transaction: the next one on this connection starts as nobody.
  await sql`select set_config('role', ${role}, true), set_config('oplive.account', ${account ?? ''}, true),
    set_config('oplive.now', ${house.clock.now().toISOString()}, true)`.execute(tx)
}

/** A page for somebody who is signed in: all it asks for is asked in one transaction. */
interface Visiting {
  db: Kysely<DB>
  tx: Tx
  hat: Hat | null
  /** The questions of a page take turns: none is asked in the hat of another. */
  last: Promise<unknown>
  /** A question has failed: nothing asked after it can be answered, and nothing written before it is kept. */
  broken: boolean
  over: boolean
}

const visiting = new AsyncLocalStorage<Visiting>()
/** The hat of the question that is being answered: what it asks in turn belongs to the same turn, and its hat is put back after. */
const turns = new AsyncLocalStorage<{ visit: Visiting; hat: Hat }>()

/**
 * Runs the work of one page in one transaction, which changes hats as the page asks: as this person, as the system. Throws at the end
 * if a question failed, also when the work has caught it: what was written before is not kept, and the page must not say it is.
 */
export function inOneTransaction<T>(house: House, work: () => Promise<T>): Promise<T> {
  return visitedIn(house.db.transaction(), house, work)
}

/** The same, and all of it sees the database as it was at one moment: for what somebody takes with them. */
export function inOnePicture<T>(house: House, work: () => Promise<T>): Promise<T> {
  return visitedIn(house.db.transaction().setIsolationLevel('repeatable read'), house, work)
}

function visitedIn<T>(begin: TransactionBuilder<DB>, house: House, work: () => Promise<T>): Promise<T> {
  return begin.execute(async (tx) => {
    const visit: Visiting = { db: house.db, tx, hat: null, last: Promise.resolve(), broken: false, over: false }
    try {
      const done = await visiting.run(visit, work)
      await visit.last
      if (visit.broken) throw new Error('a question of this page failed')
      return done
    } finally {
      visit.over = true
    }
  })
}

function inRole<T>(house: House, hat: Hat, work: (tx: Tx) => Promise<T>): Promise<T> {
  const visit = visiting.getStore()
  if (!visit || visit.over || visit.db !== house.db)
    return house.db.transaction().execute(async (tx) => {
      await putOn(tx, house, hat)
      return work(tx)
    })
  const outer = turns.getStore()
  if (outer?.visit === visit) return wearing(visit, house, hat, work).finally(() => wear(visit, house, outer.hat))
  const turn = visit.last.then(() => wearing(visit, house, hat, work))
  visit.last = turn.catch(() => undefined)
  return turn
}

async function wear(visit: Visiting, house: House, hat: Hat): Promise<void> {
  if (visit.broken || (visit.hat?.role === hat.role && visit.hat.account === hat.account)) return
  await putOn(visit.tx, house, hat)
  visit.hat = hat
}

async function wearing<T>(visit: Visiting, house: House, hat: Hat, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    await wear(visit, house, hat)
    return await turns.run({ visit, hat }, () => work(visit.tx))
  } catch (error) {
    // What a deed refuses is no fault of the database; what PostgreSQL refuses has ended the transaction.
    if (!(error instanceof Refusal)) visit.broken = true
    throw error
  }
}
