// All questions of signing in, one function each. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { WayIn } from './sign-in.ts'

export type PlaceRole = 'resident' | 'host' | 'keyholder'

export interface Account {
  id: string
  name: string
  municipalRole: string | null
  /** Its access has been ended: it signs in no more. */
  ended: boolean
  /** The communities it belongs to, and as what. */
  places: { community: string; role: PlaceRole }[]
}

export interface SessionSeen {
  id: string
  via: WayIn
  expiresAt: Date
  /** `yyyy-mm-dd` */
  seenOn: string
  provenAt: Date | null
  /** Six digits (or a code on paper) were shown in it, by somebody of the municipality. */
  factorShown: boolean
}

interface AccountRow {
  id: string
  name: string
  municipal_role: string | null
  ended_at: Date | null
  places: Account['places']
}

const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  municipalRole: row.municipal_role,
  ended: row.ended_at !== null,
  places: row.places,
})

const placesOf = sql<
  Account['places']
>`(select coalesce(jsonb_agg(jsonb_build_object('community', r.community_id, 'role', r.role)), '[]')
  from access.community_role r where r.account_id = a.id)`

export async function findAccount(tx: Tx, id: string): Promise<Account | null> {
  const { rows } = await sql<AccountRow>`select a.id, a.name, a.municipal_role, a.ended_at, ${placesOf} as places
    from access.account a where a.id = ${id}`.execute(tx)
  return rows[0] ? accountOf(rows[0]) : null
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
            .where('r.role', 'in', ['host', 'keyholder']),
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

interface NewSession {
  hash: Buffer
  account: string
  via: WayIn
  device: string
  idpSession: string | null
  now: Date
  expiresAt: Date
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

export async function addSession(tx: Tx, session: NewSession): Promise<void> {
  await tx
    .insertInto('access.session')
    .values({
      token_hash: session.hash,
      account_id: session.account,
      via: session.via,
      device: session.device,
      idp_session: session.idpSession,
      opened_on: dayOf(session.now),
      seen_on: dayOf(session.now),
      proven_at: session.now,
      expires_at: session.expiresAt,
    })
    .execute()
}

/** Whose session this is, with what they may do: one question for each page. Nobody whose access has ended. */
export async function sessionHolder(
  tx: Tx,
  hash: Buffer,
  now: Date,
): Promise<{ account: Account; session: SessionSeen } | null> {
  const { rows } = await sql<
    AccountRow & {
      session: string
      via: WayIn
      expires_at: Date
      seen_on: string
      proven_at: Date | null
      factor_at: Date | null
    }
  >`select a.id, a.name, a.municipal_role, a.ended_at, ${placesOf} as places,
      s.id as session, s.via, s.expires_at, s.seen_on, s.proven_at, s.factor_at
    from access.session s join access.account a on a.id = s.account_id
    where s.token_hash = ${hash} and s.expires_at > ${now} and a.ended_at is null`.execute(tx)
  const row = rows[0]
  if (!row) return null
  const { session: id, via, expires_at: expiresAt, seen_on: seenOn, proven_at: provenAt } = row
  const factorShown = row.factor_at !== null
  return { account: accountOf(row), session: { id, via, expiresAt, seenOn, provenAt, factorShown } }
}

/** It was used today, and a resident's goes on from here, for so many days and so many in all. Answers when it ends. */
export async function seenToday(
  tx: Tx,
  session: string,
  now: Date,
  slides: { days: number; atMost: number } | null,
): Promise<Date> {
  const day = dayOf(now)
  const { rows } = await sql<{ expires_at: Date }>`update access.session set seen_on = ${day}, expires_at = case
      when ${slides === null} then expires_at
      else greatest(expires_at, least(${now}::timestamptz + make_interval(days => ${slides?.days ?? 0}),
        (opened_on + ${slides?.atMost ?? 0}::integer)::timestamptz)) end
    where id = ${session} returning expires_at`.execute(tx)
  return rows[0]?.expires_at ?? now
}

export async function setProven(tx: Tx, session: string, at: Date): Promise<void> {
  await tx.updateTable('access.session').set({ proven_at: at }).where('id', '=', session).execute()
}

export async function endSession(tx: Tx, hash: Buffer): Promise<void> {
  await tx.deleteFrom('access.session').where('token_hash', '=', hash).execute()
}

export interface Device {
  id: string
  via: WayIn
  device: string
  /** `yyyy-mm-dd` */
  openedOn: string
  seenOn: string
}

/** The devices on which an account is signed in, the latest used first. Read as the one whose account it is. */
export async function devicesOf(tx: Tx, account: string, now: Date): Promise<Device[]> {
  const rows = await tx
    .selectFrom('access.session')
    .select(['id', 'via', 'device', 'opened_on', 'seen_on'])
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('seen_on', 'desc')
    .orderBy('opened_on', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    via: row.via as WayIn,
    device: row.device,
    openedOn: row.opened_on,
    seenOn: row.seen_on,
  }))
}

export async function endDevice(tx: Tx, account: string, session: string): Promise<void> {
  await tx.deleteFrom('access.session').where('account_id', '=', account).where('id', '=', session).execute()
}

export async function endOthers(tx: Tx, account: string, session: string): Promise<void> {
  await tx.deleteFrom('access.session').where('account_id', '=', account).where('id', '!=', session).execute()
}

/** Ends every session of an account: at once, on every device. */
export async function endAll(tx: Tx, account: string): Promise<void> {
  await tx.deleteFrom('access.session').where('account_id', '=', account).execute()
}

/** What has run out: links, letters' questions, sessions; and tries that failed more than thirty days ago. */
export async function dropExpired(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('access.sign_in_link').where('expires_at', '<=', now).execute()
  await tx.deleteFrom('access.mail_question').where('expires_at', '<=', now).execute()
  await tx.deleteFrom('access.session').where('expires_at', '<=', now).execute()
  await sql`delete from access.failed_try where day < ${dayOf(now)}::date - 30`.execute(tx)
}

/** As the system. The same id again is the same account. */
export async function addAccount(tx: Tx, account: string, name: string): Promise<void> {
  await tx
    .insertInto('access.account')
    .values({ id: account, name })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
}

/** As the one whose account it is. */
export async function renameAccount(tx: Tx, account: string, name: string): Promise<void> {
  await tx.updateTable('access.account').set({ name }).where('id', '=', account).execute()
}

/** Was a session of this account opened in this way since then? */
export async function openedSince(tx: Tx, account: string, via: WayIn, since: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('access.session')
    .select('id')
    .where('account_id', '=', account)
    .where('via', '=', via)
    .where('proven_at', '>=', since)
    .executeTakeFirst()
  return row !== undefined
}
