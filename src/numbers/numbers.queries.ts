// What the database is asked for numbers about people: to count, and for what was kept. It has no question about a person.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Count, PlaceNumbers } from './numbers.ts'

/** Counts at the turn of this quarter. Answers in how many places there is a new count; null when it was counted before. */
export async function countPeople(tx: Tx, quarter: string): Promise<number | null> {
  const { rows } = await sql<{ fresh: number | null }>`select municipal.count_people(${quarter}) as fresh`.execute(tx)
  return rows[0]?.fresh ?? null
}

export async function isCounted(tx: Tx, quarter: string): Promise<boolean> {
  const row = await tx
    .selectFrom('municipal.people_quarter')
    .select('quarter')
    .where('quarter', '=', quarter)
    .executeTakeFirst()
  return row !== undefined
}

/** At the turn of which quarter it was last counted; null before the first time. */
export async function lastQuarter(tx: Tx): Promise<string | null> {
  const row = await tx
    .selectFrom('municipal.people_quarter')
    .select('quarter')
    .orderBy('quarter', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.quarter ?? null
}

interface Row extends Omit<Count, 'all' | 'parts'> {
  people: number | null
  members: number | null
  under40: number | null
  from60: number | null
  from40to59: number | null
  under25: number | null
  under18: number | null
  from75: number | null
}

const countOf = ({ quarter, associations, people, ...parts }: Row): Count => ({
  quarter,
  associations,
  all: people,
  parts,
})

/** Does the one who acts belong to this place? */
export async function belongsThere(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.belongs(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** All places by the Danish alphabet, or this one, with every count that the one who asks may see. */
export async function placesWithCounts(tx: Tx, community: string | null): Promise<PlaceNumbers[]> {
  const { rows } = await sql<Omit<PlaceNumbers, 'counts'> & { counts: Row[] | null }>`
    select c.slug, c.name, c.residents, n.counts
    from community.community c
      left join lateral (
        select json_agg(json_build_object('quarter', k.quarter, 'associations', k.associations, 'people', k.people, 'members', k.members,
          'under40', k.under40, 'from60', k.from60, 'from40to59', k.from40to59, 'under25', k.under25, 'under18', k.under18, 'from75', k.from75)
          order by k.quarter desc) as counts
        from municipal.people_count k where k.community_id = c.id
      ) n on true
    where ${community}::uuid is null or c.id = ${community}
    order by c.name collate "da-x-icu"`.execute(tx)
  return rows.map(({ counts, ...place }) => ({ ...place, counts: (counts ?? []).map(countOf) }))
}
