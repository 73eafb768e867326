// What a check asks as the owner about things that are sealed: which rows need a key, and a few of them to try it on.
import type pg from 'pg'
import type { LockKind } from '../book/lock.ts'

/** Every round of an exit card, and whether it is counted. */
export async function rounds(owner: pg.ClientBase): Promise<{ meeting: string; round: number; counted: boolean }[]> {
  const { rows } = await owner.query(
    `select meeting_id::text as meeting, round::int as round, counted_at is not null as counted from community.card_round`,
  )
  return rows
}

export interface LockToTry {
  account: string
  id: string
  kind: LockKind
  keyId: string
  box: Buffer
}

/** For each key that locks of Min bog need, a few of those locks. */
export async function locksToTry(owner: pg.ClientBase, each = 20): Promise<LockToTry[]> {
  const { rows } = await owner.query<LockToTry>(
    `select account, id, kind, "keyId", box from (select account_id::text as account, id, kind, key_id as "keyId", box,
       row_number() over (partition by key_id order by random()) as n from personal.lock) l where n <= $1`,
    [each],
  )
  return rows
}

/** The second factors of those who work for the municipality, as they are sealed. */
export async function factors(owner: pg.ClientBase): Promise<{ account: string; sealed: Buffer }[]> {
  const { rows } = await owner.query('select account_id::text as account, secret as sealed from access.second_factor')
  return rows
}
