// The questions about two who may be one: who looks like whom, what has been said about it, and the merge itself.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Medium } from './person.ts'

export interface Pair {
  a: { id: string; name: string; hasAccount: boolean }
  b: { id: string; name: string; hasAccount: boolean }
  /** They have the same telephone or mail. */
  sameContact: boolean
}

/** For a key holder: who may be one, of one person or of the whole place. The surest first, fifty at most. */
export async function twins(tx: Tx, community: string, one: string | null): Promise<Pair[]> {
  const { rows } = await sql<{
    a: string
    a_name: string
    a_account: boolean
    b: string
    b_name: string
    b_account: boolean
    same_contact: boolean
  }>`select * from community.twins(${community}::uuid, ${one}::uuid)`.execute(tx)
  return rows.map((row) => ({
    a: { id: row.a, name: row.a_name, hasAccount: row.a_account },
    b: { id: row.b, name: row.b_name, hasAccount: row.b_account },
    sameContact: row.same_contact,
  }))
}

export interface Twin {
  id: string
  name: string
  hasAccount: boolean
}

/** Others with a name like that of the one who acts, and the same telephone or mail. */
export async function myTwins(tx: Tx, community: string): Promise<Twin[]> {
  const { rows } = await sql<{ id: string; name: string; has_account: boolean }>`
    select * from community.my_twins(${community}::uuid)`.execute(tx)
  return rows.map(({ id, name, has_account: hasAccount }) => ({ id, name, hasAccount }))
}

export interface Merge {
  id: string
  kept: Twin
  gone: Twin
  keptYes: string | null
  goneYes: string | null
  doneAt: Date | null
}

interface MergeRow {
  id: string
  kept: string
  kept_name: string
  kept_account: boolean
  gone: string
  gone_name: string
  gone_account: boolean
  kept_yes: string | null
  gone_yes: string | null
  done_at: Date | null
}

/** As the system: what is said about a person (or, null, in the place) and not undone, the newest first. Nothing of those who are apart. */
export async function mergesOf(tx: Tx, community: string, person: string | null, since: Date): Promise<Merge[]> {
  const { rows } = await sql<MergeRow>`
    select m.id, m.kept, k.name as kept_name, k.account_id is not null as kept_account, m.gone, g.name as gone_name,
      g.account_id is not null as gone_account, m.kept_yes, m.gone_yes, m.done_at
    from community.merge m join community.person k on k.id = m.kept join community.person g on g.id = m.gone
    where m.community_id = ${community}::uuid and not m.apart and m.undone_at is null and (m.done_at is null or m.done_at >= ${since})
      and (${person}::uuid is null or ${person}::uuid in (m.kept, m.gone)) and k.merged_into is null
    order by m.done_at desc nulls first, m.asked_on desc, m.id limit 100`.execute(tx)
  return rows.map((row) => ({
    id: row.id,
    kept: { id: row.kept, name: row.kept_name, hasAccount: row.kept_account },
    gone: { id: row.gone, name: row.gone_name, hasAccount: row.gone_account },
    keptYes: row.kept_yes,
    goneYes: row.gone_yes,
    doneAt: row.done_at,
  }))
}

/** As the system: two persons of one place, as they stand; locked until the end, always in the same order. */
export async function lockPair(
  tx: Tx,
  community: string,
  pair: readonly [string, string],
): Promise<{ id: string; account: string | null; merged: boolean; role: string | null; joinedOn: string }[]> {
  const { rows } = await sql<{
    id: string
    account: string | null
    merged: boolean
    role: string | null
    joined_on: string
  }>`
    select p.id, p.account_id as account, p.merged_into is not null as merged, p.joined_on::text,
      (select r.role from access.community_role r where r.account_id = p.account_id and r.community_id = p.community_id) as role
    from community.person p where p.community_id = ${community}::uuid and p.id in (${pair[0]}::uuid, ${pair[1]}::uuid)
    order by p.id for update`.execute(tx)
  return rows.map(({ joined_on: joinedOn, ...row }) => ({ ...row, joinedOn }))
}

/** As the system, with the pair locked: what stands about the two, if it has not been undone. */
export async function mergeOfPair(
  tx: Tx,
  pair: readonly [string, string],
): Promise<{ id: string; kept: string; apart: boolean; done: boolean } | null> {
  const { rows } = await sql<{ id: string; kept: string; apart: boolean; done: boolean }>`
    select id, kept, apart, done_at is not null as done from community.merge where undone_at is null
      and kept in (${pair[0]}::uuid, ${pair[1]}::uuid) and gone in (${pair[0]}::uuid, ${pair[1]}::uuid)`.execute(tx)
  return rows[0] ?? null
}

export async function beginMerge(
  tx: Tx,
  merge: { id: string; community: string; kept: string; gone: string; today: string },
): Promise<void> {
  await sql`insert into community.merge (id, community_id, kept, gone, asked_on)
    values (${merge.id}, ${merge.community}, ${merge.kept}, ${merge.gone}, ${merge.today}::date)`.execute(tx)
}

/** One side says yes. Whoever had said that they are two has thought again. */
export async function sayYes(tx: Tx, merge: string, person: string, medium: Medium): Promise<void> {
  await sql`update community.merge set apart = false, kept_yes = case when kept = ${person}::uuid then ${medium} else kept_yes end,
      gone_yes = case when gone = ${person}::uuid then ${medium} else gone_yes end
    where id = ${merge} and done_at is null`.execute(tx)
}

/** They are two: nobody asks again. */
export async function sayApart(tx: Tx, merge: string): Promise<void> {
  await sql`update community.merge set apart = true, kept_yes = null, gone_yes = null
    where id = ${merge} and done_at is null`.execute(tx)
}

export type MergeOutcome = 'done' | 'waiting' | 'taken' | 'keys' | 'gone'
export type UndoOutcome = 'done' | 'taken' | 'late' | 'later' | 'gone'

/** Merges, if both have said yes and nobody was quicker. */
export async function mergePeople(tx: Tx, merge: string, at: Date): Promise<MergeOutcome> {
  const { rows } = await sql<{
    did: MergeOutcome
  }>`select community.merge_people(${merge}::uuid, ${at}) as did`.execute(tx)
  return rows[0]?.did ?? 'gone'
}

export async function undoMerge(tx: Tx, merge: string, at: Date): Promise<UndoOutcome> {
  const { rows } = await sql<{ did: UndoOutcome }>`select community.undo_merge(${merge}::uuid, ${at}) as did`.execute(
    tx,
  )
  return rows[0]?.did ?? 'gone'
}

/** As the system: the two of a merge, with the accounts they have. */
export async function sidesOf(
  tx: Tx,
  merge: string,
): Promise<{ community: string; accounts: (string | null)[]; pair: [string, string] } | null> {
  const { rows } = await sql<{ community_id: string; kept: string; gone: string; k: string | null; g: string | null }>`
    select m.community_id, m.kept, m.gone, k.account_id as k, g.account_id as g from community.merge m
    join community.person k on k.id = m.kept join community.person g on g.id = m.gone where m.id = ${merge}::uuid`.execute(
    tx,
  )
  const row = rows[0]
  return row ? { community: row.community_id, accounts: [row.k, row.g], pair: [row.kept, row.gone] } : null
}
