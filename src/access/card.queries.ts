// The questions about printed cards, and about tries that failed. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface CardFor {
  account_id: string | null
  /** The person, as the community knows them. */
  name: string
  community: string
  /** The association that keeps its room; null while the municipality has the responsibility. */
  keeper: string | null
  /** How many cards they have had; 0 for none. */
  number: number
  given_on: string | null
  verdict: 'yes' | 'not-here' | 'own-way' | 'key' | 'elsewhere'
}

/** May this key holder give that person a card? Null when there is no such person for them. */
export async function cardFor(tx: Tx, place: string, person: string): Promise<CardFor | null> {
  const { rows } = await sql<CardFor>`select account_id, name, community, keeper, number, given_on, verdict
    from access.card_for(${place}, ${person})`.execute(tx)
  return rows[0] ?? null
}

interface Giving {
  place: string
  person: string
  seen: number
  newAccount: string
  letters: string
  hash: Buffer
}

export async function giveCard(
  tx: Tx,
  giving: Giving,
): Promise<'given' | 'not-found' | 'changed' | CardFor['verdict']> {
  const { place, person, seen, newAccount, letters, hash } = giving
  const { rows } = await sql<{ done: 'given' | 'not-found' | 'changed' | CardFor['verdict'] }>`select
    access.give_card(${place}, ${person}, ${seen}, ${newAccount}, ${letters}, ${hash}) as done`.execute(tx)
  return rows[0]?.done ?? 'not-found'
}

export interface CardKept {
  account: string
  hash: Buffer
}

/** The card that these letters find; none of an account that has ended, or that works for the municipality. */
export async function findCard(tx: Tx, letters: string): Promise<CardKept | null> {
  const row = await tx
    .selectFrom('access.card as k')
    .innerJoin('access.account as a', 'a.id', 'k.account_id')
    .select(['k.account_id', 'k.secret_hash'])
    .where('k.public_part', '=', letters)
    .where('a.municipal_role', 'is', null)
    .where('a.ended_at', 'is', null)
    .executeTakeFirst()
  return row ? { account: row.account_id, hash: row.secret_hash } : null
}

/** One closes one's own, and whoever else is in by it is out. Asked as the one whose card it is. */
export async function closeCard(tx: Tx, account: string, session: string): Promise<void> {
  await tx.deleteFrom('access.card').where('account_id', '=', account).execute()
  await tx
    .deleteFrom('access.session')
    .where('account_id', '=', account)
    .where('via', '=', 'card')
    .where('id', '!=', session)
    .execute()
}

/** The card was used today. False when it has been replaced meanwhile. */
export async function useCard(tx: Tx, letters: string, hash: Buffer, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('access.card')
    .set({ used_on: now.toISOString().slice(0, 10) })
    .where('public_part', '=', letters)
    .where('secret_hash', '=', hash)
    .returning('account_id')
    .executeTakeFirst()
  return row !== undefined
}

/** One more try that failed. Answers how many it has been today, in all ways. */
export async function countFailure(tx: Tx, account: string, via: 'mail' | 'card', day: string): Promise<number> {
  await sql`delete from access.failed_try where account_id = ${account} and day < ${day}::date - 30`.execute(tx)
  await sql`insert into access.failed_try (account_id, day, via, times) values (${account}, ${day}, ${via}, 1)
    on conflict (account_id, day, via) do update set times = failed_try.times + 1`.execute(tx)
  const { rows } = await sql<{ times: number }>`select sum(times)::integer as times from access.failed_try
    where account_id = ${account} and day = ${day}`.execute(tx)
  return rows[0]?.times ?? 0
}

/** True for the first who asks today: the owner is written to once. */
export async function tellOnce(tx: Tx, account: string, day: string): Promise<boolean> {
  const { rows } = await sql`update access.failed_try set told = true where account_id = ${account} and day = ${day}
      and not exists (select from access.failed_try t where t.account_id = ${account} and t.day = ${day} and t.told)
    returning 1`.execute(tx)
  return rows.length > 0
}

export interface OwnDoors {
  /** The address by which they sign in; null for none. */
  address: string | null
  card: { giver: string; given_on: string; used_on: string | null; community: string } | null
  failures: { day: string; via: 'mail' | 'card'; times: number }[]
  places: { slug: string; name: string; role: string }[]
}

/** All that one's own page says besides the devices, in one question. Asked as the one whose page it is. */
export async function ownDoors(tx: Tx, account: string, since: string): Promise<OwnDoors> {
  const { rows } = await sql<OwnDoors>`select
    (select m.address from access.mail_address m where m.account_id = ${account}) as address,
    (select jsonb_build_object('giver', k.giver, 'given_on', k.given_on, 'used_on', k.used_on, 'community', c.name)
      from access.card k join community.community c on c.id = k.community_id where k.account_id = ${account}) as card,
    (select coalesce(jsonb_agg(jsonb_build_object('day', f.day, 'via', f.via, 'times', f.times) order by f.day desc, f.via), '[]')
      from access.failed_try f where f.account_id = ${account} and f.day >= ${since}) as failures,
    (select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'name', c.name, 'role', r.role) order by c.name), '[]')
      from access.community_role r join community.community c on c.id = r.community_id where r.account_id = ${account}) as places`.execute(
    tx,
  )
  return rows[0] ?? { address: null, card: null, failures: [], places: [] }
}
