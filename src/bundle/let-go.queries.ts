// What letting go asks the database: what was packed, what leads on, and that the place goes with all that hangs on it.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

/** What was noted when this bundle was made of this place; undefined when it was made elsewhere, or of another place. */
export async function madeHere(tx: Tx, slug: string, bundle: string): Promise<{ content: string } | undefined> {
  const { rows } = await sql<{ content: string }>`select facts ->> 'content' as content from access.audit
    where what = 'bundle.made' and place = ${slug} and facts ->> 'bundle' = ${bundle} limit 1`.execute(tx)
  return rows[0]
}

/** Nobody writes in the place while it goes. */
export async function hold(tx: Tx, place: string): Promise<void> {
  await sql`select from community.community where id = ${place} for update`.execute(tx)
  await sql`select from community.meeting where community_id = ${place} for update`.execute(tx)
}

export async function noteMovedAway(
  tx: Tx,
  { id, slug, name, address, on }: { id: string; slug: string; name: string; address: string; on: string },
): Promise<void> {
  // An address may have been that of a place that moved before.
  await sql`delete from community.moved_away where slug = ${slug}`.execute(tx)
  await sql`insert into community.moved_away (community_id, slug, name, address, moved_on)
    values (${id}, ${slug}, ${name}, ${address}, ${on})`.execute(tx)
}

/** The codes of its meetings and the secrets of its links, as hashes. */
export const noteSigns = (tx: Tx, place: string) =>
  sql`insert into community.moved_sign (hash, community_id)
    select hash, ${place} from (
      select sha256(code::text::bytea) as hash from community.meeting where community_id = ${place}
      union select x.secret_hash from community.invitation x join community.meeting m on m.id = x.meeting_id where m.community_id = ${place}
      union select x.secret_hash from community.own_card x where x.community_id = ${place}
      union select x.secret_hash from community.coming x join community.meeting m on m.id = x.meeting_id where m.community_id = ${place}
      union select x.secret_hash from community.commitment x join community.meeting m on m.id = x.meeting_id where m.community_id = ${place}
    ) all_of_them where hash is not null on conflict do nothing`.execute(tx)

export async function meetingsOf(tx: Tx, place: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from community.meeting where community_id = ${place}`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Accounts that are here for this place alone: no other place, no role in the municipality, and no book. */
export async function onlyHere(tx: Tx, place: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select a.id from access.account a
    where (exists (select from community.person p where p.account_id = a.id and p.community_id = ${place})
        or exists (select from access.community_role r where r.account_id = a.id and r.community_id = ${place}))
      and a.municipal_role is null
      and not exists (select from community.person p where p.account_id = a.id and p.community_id <> ${place})
      and not exists (select from access.community_role r where r.account_id = a.id and r.community_id <> ${place})
      and not exists (select from personal.book b where b.account_id = a.id)`.execute(tx)
  return rows.map(({ id }) => id)
}

export const deletePlace = (tx: Tx, place: string) =>
  sql`delete from community.community where id = ${place}`.execute(tx)

export const deleteAccounts = (tx: Tx, ids: readonly string[]) =>
  sql`delete from access.account where id = any (${[...ids]}::uuid[])`.execute(tx)

/** A community that came here, with the bundle that brought it. */
export async function cameHere(tx: Tx, slug: string): Promise<string | undefined> {
  const { rows } = await sql<{ bundle: string }>`select i.bundle_id as bundle from community.moved_in i
    join community.community c on c.id = i.community_id where c.slug = ${slug} order by i.taken_at desc limit 1`.execute(
    tx,
  )
  return rows[0]?.bundle
}

export interface CameHere {
  slug: string
  name: string
  from: string
  takenAt: Date
}

/** The communities that came here in a bundle, the newest first. */
export async function allThatCame(tx: Tx): Promise<CameHere[]> {
  const { rows } =
    await sql<CameHere>`select c.slug, c.name, i.from_name as "from", i.taken_at as "takenAt" from community.moved_in i
    join community.community c on c.id = i.community_id order by i.taken_at desc limit 100`.execute(tx)
  return rows
}

export interface MovedAway {
  slug: string
  name: string
  address: string
}

export async function movedAway(
  tx: Tx,
  { slug, hash }: { slug?: string; hash?: Buffer },
): Promise<MovedAway | undefined> {
  const { rows } = await sql<MovedAway>`select a.slug, a.name, a.address from community.moved_away a
    where a.slug = ${slug ?? null} or a.community_id in (select s.community_id from community.moved_sign s where s.hash = ${hash ?? null})
    limit 1`.execute(tx)
  return rows[0]
}
