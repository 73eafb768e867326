// The outlines of a place as they are kept: written by the program, read by those who may, kept or thrown away by the place.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { type Outline, readOutline } from './outline.ts'

export interface KeptOutline {
  /** The first day of the quarter, `yyyy-mm-dd`. */
  first: string
  /** The place keeps it longer than twelve months. */
  kept: boolean
  outline: Outline
}

/** Those that the one who acts may see, the newest first. */
export async function outlinesOf(tx: Tx, community: string): Promise<KeptOutline[]> {
  const { rows } = await sql<{ first: string; kept: boolean; outline: unknown }>`
    select quarter::text as first, kept, outline from community.quarter_outline
    where community_id = ${community} order by quarter desc limit 40`.execute(tx)
  return rows.flatMap(({ outline, ...row }) => {
    const read = readOutline(outline)
    return read ? [{ ...row, outline: read }] : []
  })
}

/** The first days of the quarters whose outline the place keeps, the oldest first. */
export async function keptIn(tx: Tx, community: string): Promise<string[]> {
  const { rows } = await sql<{ first: string }>`select quarter::text as first from community.quarter_outline
    where community_id = ${community} and kept order by quarter`.execute(tx)
  return rows.map(({ first }) => first)
}

/** Answers whether there was one. */
export async function setKept(tx: Tx, community: string, first: string, kept: boolean): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.quarter_outline set kept = ${kept}
    where community_id = ${community} and quarter = ${first}::date`.execute(tx)
  return numAffectedRows === 1n
}

export async function throwAway(tx: Tx, community: string, first: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from community.quarter_outline
    where community_id = ${community} and quarter = ${first}::date`.execute(tx)
  return numAffectedRows === 1n
}

// --- As the program

/** Once for each quarter: what stands there stays. `kept`: as a place of the demo has chosen. */
export async function writeOutline(
  tx: Tx,
  community: string,
  first: string,
  outline: Outline,
  kept = false,
): Promise<void> {
  await sql`insert into community.quarter_outline (community_id, quarter, outline, kept)
    select c.id, ${first}::date, ${JSON.stringify(outline)}::jsonb, ${kept} from community.community c where c.id = ${community}
    on conflict (community_id, quarter) do nothing`.execute(tx)
}

/** How many neighbours have got a tie in a quarter, or one more; without those that one of the two has left out. */
export async function newInQuarter(tx: Tx, community: string, first: string): Promise<number> {
  const { rows } = await sql<{ people: number }>`
    select count(distinct p.id)::integer as people from community.tie_source s cross join lateral (values (s.one), (s.two)) as e (id)
      join community.person p on p.id = e.id
    where s.community_id = ${community} and s.on_date >= ${first}::date and s.on_date < (${first}::date + interval '3 months')::date
      and not exists (select from community.tie_choice c where c.choice = 'removed'
        and ((c.person_id = s.one and (c.other_person = s.two or c.other_account = s.two)) or (c.person_id = s.two and c.other_person = s.one)))`.execute(
    tx,
  )
  return rows[0]?.people ?? 0
}

/** What nobody keeps goes when the quarter ended twelve months ago, as the ties it was reckoned from. */
export async function forgetOutlines(tx: Tx, today: string): Promise<void> {
  await sql`delete from community.quarter_outline
    where not kept and quarter + interval '15 months' <= ${today}::date`.execute(tx)
}
