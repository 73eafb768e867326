// All questions of staff sign-in, one function each. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { StaffRole, Way } from './staff-identity.ts'

/** Takes a number once: false when it has been taken before. What is too old to come again is forgotten. */
export async function spend(tx: Tx, hash: Buffer, now: Date, forgetAt: Date): Promise<boolean> {
  await tx.deleteFrom('access.spent_assertion').where('forget_at', '<=', now).execute()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('access.spent_assertion')
    .values({ id_hash: hash, forget_at: forgetAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Of two browsers of the same person that come in at once, one waits for the other. */
export async function oneAtATime(tx: Tx, hash: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${hash.readBigInt64BE(0).toString()}::bigint)`.execute(tx)
}

export interface KnownStaff {
  account: string
  role: string | null
  ended: boolean
}

/** The account of whoever is called this at the identity provider, kept for the length of the transaction. */
export async function findStaff(tx: Tx, hash: Buffer): Promise<KnownStaff | null> {
  const row = await tx
    .selectFrom('access.staff_identity as i')
    .innerJoin('access.account as a', 'a.id', 'i.account_id')
    .select(['a.id', 'a.municipal_role', 'a.ended_at'])
    .where('i.id_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()
  return row ? { account: row.id, role: row.municipal_role, ended: row.ended_at !== null } : null
}

export async function addStaff(tx: Tx, hash: Buffer, id: string, name: string, role: StaffRole, way: Way, day: string) {
  await tx.insertInto('access.account').values({ id, name, municipal_role: role }).execute()
  await tx.insertInto('access.staff_identity').values({ id_hash: hash, account_id: id, way, came_on: day }).execute()
}

export async function setStaff(tx: Tx, account: string, name: string, role: StaffRole, day: string): Promise<void> {
  await tx.updateTable('access.account').set({ name, municipal_role: role }).where('id', '=', account).execute()
  await tx.updateTable('access.staff_identity').set({ came_on: day }).where('account_id', '=', account).execute()
}

/** Works here no more, as the identity provider says. */
export async function takeRole(tx: Tx, account: string): Promise<void> {
  await tx.updateTable('access.account').set({ municipal_role: null }).where('id', '=', account).execute()
}

export async function communitiesHere(tx: Tx): Promise<{ id: string; slug: string; name: string }[]> {
  return tx.selectFrom('community.community').select(['id', 'slug', 'name']).execute()
}

/** With which communities an account works: these, and no other. */
export async function setCommunities(tx: Tx, account: string, communities: readonly string[]): Promise<void> {
  const gone = tx.deleteFrom('access.employee_community').where('account_id', '=', account)
  await (communities.length > 0 ? gone.where('community_id', 'not in', communities) : gone).execute()
  if (communities.length === 0) return
  await tx
    .insertInto('access.employee_community')
    .values(communities.map((community_id) => ({ account_id: account, community_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Ends sessions that an identity provider has ended. `who` and `which` are the halves of what it calls them. */
export async function endCalled(tx: Tx, way: Way, who: string | null, which: readonly string[]): Promise<number> {
  let ending = tx.deleteFrom('access.session').where('via', '=', way)
  if (who !== null) ending = ending.where(sql`split_part(idp_session, '.', 1)`, '=', who)
  if (which.length > 0) ending = ending.where(sql`split_part(idp_session, '.', 2)`, 'in', which)
  const { numDeletedRows } = await ending.executeTakeFirst()
  return Number(numDeletedRows)
}

export interface StaffSeen {
  id: string
  name: string
  role: StaffRole
  endedAt: Date | null
  /** Null for somebody who comes in by a way of the house itself. */
  way: Way | null
  /** `yyyy-mm-dd` */
  cameOn: string | null
  communities: string[]
}

/** Everybody of the municipality, by name. Read as a leader or an operator. */
export async function everybody(tx: Tx): Promise<StaffSeen[]> {
  const rows = await tx
    .selectFrom('access.account as a')
    .leftJoin('access.staff_identity as i', 'i.account_id', 'a.id')
    .select(['a.id', 'a.name', 'a.municipal_role', 'a.ended_at', 'i.way', 'i.came_on'])
    .select(
      sql<string[]>`(select coalesce(array_agg(c.name order by c.name collate "da-x-icu"), '{}')
        from access.employee_community e join community.community c on c.id = e.community_id where e.account_id = a.id)`.as(
        'communities',
      ),
    )
    .where('a.municipal_role', 'is not', null)
    .orderBy(sql`a.name collate "da-x-icu"`)
    .orderBy('a.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.municipal_role as StaffRole,
    endedAt: row.ended_at,
    way: row.way as Way | null,
    cameOn: row.came_on,
    communities: row.communities,
  }))
}

/** The role of somebody of the municipality, kept for the length of the transaction; null for anybody else. */
export async function roleOfStaff(tx: Tx, account: string): Promise<StaffRole | null> {
  const row = await tx
    .selectFrom('access.account')
    .select('municipal_role')
    .where('id', '=', account)
    .forUpdate()
    .executeTakeFirst()
  return (row?.municipal_role ?? null) as StaffRole | null
}

export async function setEnded(tx: Tx, account: string, at: Date | null): Promise<void> {
  await tx.updateTable('access.account').set({ ended_at: at }).where('id', '=', account).execute()
}

export async function metadata(tx: Tx): Promise<string | null> {
  const row = await tx.selectFrom('access.identity_provider').select('metadata').executeTakeFirst()
  return row?.metadata ?? null
}

export async function setMetadata(tx: Tx, text: string, day: string): Promise<void> {
  await tx
    .insertInto('access.identity_provider')
    .values({ metadata: text, put_in_on: day })
    .onConflict((conflict) => conflict.column('singleton').doUpdateSet({ metadata: text, put_in_on: day }))
    .execute()
}

export async function dropMetadata(tx: Tx): Promise<void> {
  await tx.deleteFrom('access.identity_provider').execute()
}
