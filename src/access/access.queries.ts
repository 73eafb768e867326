// All questions of signing in, one function each. Nobody else imports them.
import type { Tx } from '../db/as-actor.ts'

export interface Account {
  id: string
  name: string
  municipalRole: string | null
  /** The communities it belongs to, and as what. */
  places: { community: string; role: 'host' | 'resident' }[]
}

export async function findAccount(tx: Tx, id: string): Promise<Account | null> {
  const row = await tx.selectFrom('access.account').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const places = await tx
    .selectFrom('access.community_role')
    .select(['community_id', 'role'])
    .where('account_id', '=', id)
    .execute()
  return {
    id: row.id,
    name: row.name,
    municipalRole: row.municipal_role,
    places: places.map(({ community_id, role }) => ({
      community: community_id,
      role: role === 'host' ? 'host' : 'resident',
    })),
  }
}

export async function allAccounts(
  tx: Tx,
): Promise<{ id: string; name: string; municipalRole: string | null; hosts: boolean }[]> {
  const rows = await tx
    .selectFrom('access.account as a')
    .select((eb) => [
      'a.id',
      'a.name',
      'a.municipal_role',
      eb
        .exists(
          eb
            .selectFrom('access.community_role as r')
            .select('r.role')
            .whereRef('r.account_id', '=', 'a.id')
            .where('r.role', '=', 'host'),
        )
        .as('hosts'),
    ])
    .orderBy('a.name')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    municipalRole: row.municipal_role,
    hosts: Boolean(row.hosts),
  }))
}

export async function addLink(tx: Tx, hash: Buffer, account: string, expiresAt: Date): Promise<void> {
  await tx
    .insertInto('access.sign_in_link')
    .values({ token_hash: hash, account_id: account, expires_at: expiresAt })
    .execute()
}

/** Whose link this is, if it has not been used and is not too old. */
export async function linkHolder(tx: Tx, hash: Buffer, now: Date): Promise<{ account: string; name: string } | null> {
  const row = await tx
    .selectFrom('access.sign_in_link as l')
    .innerJoin('access.account as a', 'a.id', 'l.account_id')
    .select(['a.id', 'a.name'])
    .where('l.token_hash', '=', hash)
    .where('l.expires_at', '>', now)
    .executeTakeFirst()
  return row ? { account: row.id, name: row.name } : null
}

/** Uses the link up: of two who press at once, one gets the account. */
export async function spendLink(tx: Tx, hash: Buffer, now: Date): Promise<string | null> {
  const row = await tx
    .deleteFrom('access.sign_in_link')
    .where('token_hash', '=', hash)
    .returning(['account_id', 'expires_at'])
    .executeTakeFirst()
  return row && row.expires_at > now ? row.account_id : null
}

export async function addSession(tx: Tx, hash: Buffer, account: string, expiresAt: Date): Promise<void> {
  await tx
    .insertInto('access.session')
    .values({ token_hash: hash, account_id: account, expires_at: expiresAt })
    .execute()
}

export async function sessionHolder(tx: Tx, hash: Buffer, now: Date): Promise<string | null> {
  const row = await tx
    .selectFrom('access.session')
    .select('account_id')
    .where('token_hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.account_id ?? null
}

export async function endSession(tx: Tx, hash: Buffer): Promise<void> {
  await tx.deleteFrom('access.session').where('token_hash', '=', hash).execute()
}

export async function dropExpired(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('access.sign_in_link').where('expires_at', '<=', now).execute()
  await tx.deleteFrom('access.session').where('expires_at', '<=', now).execute()
}
