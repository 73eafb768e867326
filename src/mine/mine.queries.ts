// Mine oplysninger's other questions: which places are somebody's and who answers for them, who has looked, and the locks of forgetting.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { OfAccount, OfPerson } from './everything.queries.ts'

export interface PlaceOfMine {
  id: string
  slug: string
  name: string
  timeZone: string
  /** The association that answers for the room; null: the municipality, for the time being. */
  association: string | null
}

export interface Here {
  places: PlaceOfMine[]
  municipality: { name: string; timeZone: string }
  names: Map<string, string>
  book: number | null
}

/** The communities in which somebody is a person, who answers for their rooms, what places are called, and whether they have a book. */
export async function roomsOf(tx: Tx, account: string): Promise<Here> {
  const { rows } = await sql<{
    places: PlaceOfMine[]
    municipality: Here['municipality'] | null
    names: Record<string, string>
    book: number | null
  }>`select
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'timeZone', c.time_zone, 'association', a.name)
        order by c.name), '[]')
      from community.person p join community.community c on c.id = p.community_id
        left join community.controller r on r.community_id = c.id left join community.association a on a.id = r.association_id
      where p.account_id = ${account} and p.merged_into is null) as places,
    (select jsonb_build_object('name', m.name, 'timeZone', m.time_zone) from municipal.municipality m) as municipality,
    (select coalesce(jsonb_object_agg(c.id, c.name), '{}') from community.community c) as names,
    (select (select count(*)::int from personal.entry e where e.account_id = b.account_id)
      from personal.book b where b.account_id = ${account}) as book`.execute(tx)
  const { places = [], municipality, names = {}, book = null } = rows[0] ?? {}
  return {
    places,
    municipality: municipality ?? { name: '', timeZone: 'Europe/Copenhagen' },
    names: new Map(Object.entries(names)),
    book,
  }
}

/** What the municipality is called. */
export async function municipalityOf(tx: Tx): Promise<Here['municipality']> {
  const { rows } = await sql<{ name: string; timeZone: string }>`
    select name, time_zone as "timeZone" from municipal.municipality`.execute(tx)
  return rows[0] ?? { name: '', timeZone: 'Europe/Copenhagen' }
}

/** Has somebody anything to show anew that it is them: a mailbox, a card, a passkey? Whoever only kept what they did at a meeting has not. */
export async function canProve(tx: Tx, account: string): Promise<boolean> {
  const { rows } = await sql<{
    can: boolean
  }>`select exists (select from access.mail_address m where m.account_id = ${account})
    or exists (select from access.card k where k.account_id = ${account})
    or exists (select from access.passkey k where k.account_id = ${account}) as can`.execute(tx)
  return rows[0]?.can ?? true
}

export async function setName(tx: Tx, account: string, name: string): Promise<void> {
  await tx.updateTable('access.account').set({ name }).where('id', '=', account).execute()
}

// --- One at a time

/** Nobody waits long for another: whoever comes second is told. Counts until the transaction ends. */
export async function patience(tx: Tx): Promise<void> {
  await sql`select set_config('lock_timeout', '1500ms', true), set_config('idle_in_transaction_session_timeout', '60s', true)`.execute(
    tx,
  )
}

/** Holds the account as long as it is being read: whoever wants to delete it has to wait. False when it is gone. */
export async function holdToRead(tx: Tx, account: string): Promise<boolean> {
  const { rows } = await sql`select from access.account where id = ${account} for key share`.execute(tx)
  return rows.length > 0
}

/** Holds the account and its persons to delete them. False when they are gone. */
export async function holdToForget(tx: Tx, { account, community }: OfAccount): Promise<boolean> {
  const { rows } = await sql`select from access.account where id = ${account} for update`.execute(tx)
  if (rows.length === 0) return false
  // In the order of their ids, as whoever merges two of them: nobody waits in a ring.
  const people = await sql`with recursive mine as (
      select id from community.person where account_id = ${account} and (${community}::uuid is null or community_id = ${community})
      union select p.id from community.person p join mine on p.merged_into = mine.id)
    select p.id from community.person p where p.id in (select id from mine) order by p.id for update of p`.execute(tx)
  return community === null || people.rows.length > 0
}

/** Holds somebody without an account, and who was merged into them, to delete them. `other`: they have an account by now, or are one with another. */
export async function holdPersonToForget(tx: Tx, { person, community }: OfPerson): Promise<'held' | 'gone' | 'other'> {
  const { rows } = await sql<{ id: string; has_account: boolean; merged: boolean }>`with recursive theirs as (
      select id from community.person where id = ${person} and community_id = ${community}
      union select p.id from community.person p join theirs on p.merged_into = theirs.id)
    select p.id, p.account_id is not null as has_account, p.merged_into is not null as merged
    from community.person p where p.id in (select id from theirs) order by p.id for update of p`.execute(tx)
  const one = rows.find(({ id }) => id === person)
  if (!one) return 'gone'
  return one.merged || rows.some(({ has_account }) => has_account) ? 'other' : 'held'
}

// --- Keys

export interface LastKey {
  slug: string
  name: string
  /** Somebody else is there who could take it. */
  others: boolean
}

/** The places to whose rooms somebody alone holds a key. */
export async function lastKeysOf(tx: Tx, account: string, community: string | null): Promise<LastKey[]> {
  const { rows } = await sql<LastKey>`select c.slug, c.name,
      exists (select from community.person p where p.community_id = c.id and p.account_id <> ${account} and p.merged_into is null) as others
    from access.community_role r join community.community c on c.id = r.community_id
    where r.account_id = ${account} and r.role = 'keyholder' and (${community}::uuid is null or c.id = ${community})
      and not exists (select from access.community_role o join access.account a on a.id = o.account_id
        where o.community_id = c.id and o.role = 'keyholder' and o.account_id <> ${account} and a.ended_at is null)
    order by c.name`.execute(tx)
  return rows
}
