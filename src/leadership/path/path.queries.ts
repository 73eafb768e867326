// What Ledervejen asks the database: the acts of the one who asks, their own yes, and the few numbers a place sees. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { AgeCount, Mix } from './mix.ts'
import type { Act, StageNumber, Step } from './path.ts'

/** Who the one who acts is in a place; null when nobody there. */
export async function selfIn(tx: Tx, community: string, account: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.person')
    .select('id')
    .where('community_id', '=', community)
    .where('account_id', '=', account)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** What the lists say that the one who acts has done. A meeting that has begun is one, whatever day it was planned for. */
export async function myActs(tx: Tx, community: string, on: string): Promise<Act[]> {
  const { rows } = await sql<Act>`select kind, on_date::text as "on", base, about, whom
    from community.my_path_acts(${community}::uuid)`.execute(tx)
  return [...rows, ...(await broughtByMe(tx, community, on))]
}

/** Whom the one who acts has brought along, up to a day: days, never names. As the tree sends it: an int4 for each person, and a byte for who is counted. */
async function broughtByMe(tx: Tx, community: string, on: string): Promise<Act[]> {
  const { rows } = await sql<{ by: Buffer; counted: Buffer; first: Buffer; me: number | null }>`
    select brought_by as by, counted, first_day as first, me from community.brought_in(${community}::uuid, ${on}::date)`.execute(
    tx,
  )
  const [tree] = rows
  if (!tree || tree.me === null) return []
  const acts: Act[] = []
  for (const [at, counted] of tree.counted.entries()) {
    const day = tree.first.readInt32BE(4 * at)
    if (tree.by.readInt32BE(4 * at) !== tree.me || counted === 0 || day === noDay) continue
    const first = new Date(day * 86_400_000).toISOString().slice(0, 10)
    acts.push({ kind: 'brought', on: first, base: 'tree', about: null })
  }
  return acts
}
const noDay = -(2 ** 31)

/** For a key holder: what the lists say of somebody without an account. */
export async function actsFor(tx: Tx, person: string): Promise<Act[]> {
  const { rows } = await sql<Act>`select kind, on_date::text as "on", base, about
    from community.path_acts_for(${person}::uuid)`.execute(tx)
  return rows
}

export async function stepsOf(tx: Tx, person: string): Promise<Step[]> {
  const rows = await tx
    .selectFrom('community.path_step')
    .select([
      'stage',
      'said_on as saidOn',
      'stands_on as standsOn',
      'resting_since as restingSince',
      'coach_may_know as coachMayKnow',
    ])
    .where('person_id', '=', person)
    .orderBy('stage')
    .execute()
  return rows.map((row) => ({ ...row, stage: row.stage as StageNumber }))
}

/** Said again, it stands from today, and they rest from it no longer. */
export async function sayYes(
  tx: Tx,
  person: string,
  { stage, on, coachMayKnow }: { stage: StageNumber; on: string; coachMayKnow: boolean },
): Promise<void> {
  await tx
    .insertInto('community.path_step')
    .values({ person_id: person, stage, said_on: on, stands_on: on, coach_may_know: coachMayKnow })
    .onConflict((already) =>
      already
        .columns(['person_id', 'stage'])
        .doUpdateSet({ stands_on: on, resting_since: null, coach_may_know: coachMayKnow }),
    )
    .execute()
}

/** From which day they rest from their yes to a stage (null: from all of them); `null` takes them up again. Answers whether there was one. */
export async function rest(tx: Tx, person: string, stage: StageNumber | null, since: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.path_step
    set resting_since = case when ${since}::date is null then null else coalesce(resting_since, ${since}::date) end
    where person_id = ${person} and (${stage}::smallint is null or stage = ${stage}::smallint)`.execute(tx)
  return (numAffectedRows ?? 0n) > 0n
}

/** All that they have said yes to is still so today. */
export async function stands(tx: Tx, person: string, on: string): Promise<void> {
  await sql`update community.path_step set stands_on = greatest(stands_on, ${on}::date) where person_id = ${person}`.execute(
    tx,
  )
}

export async function takeBack(tx: Tx, person: string, stage: StageNumber): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('community.path_step')
    .where('person_id', '=', person)
    .where('stage', '=', stage)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** How old they have said they are; null when they have not. */
export async function ageOf(tx: Tx, person: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.profile')
    .select('age_band as band')
    .where('person_id', '=', person)
    .executeTakeFirst()
  return row?.band ?? null
}

export async function sayAge(tx: Tx, person: string, band: string): Promise<void> {
  await sql`insert into community.profile (person_id, age_band) values (${person}, ${band})
    on conflict (person_id) do update set age_band = excluded.age_band`.execute(tx)
}

/** By a key holder, for somebody without an account: 0 takes everything back. */
export async function sayFor(tx: Tx, person: string, stage: StageNumber, on: string): Promise<void> {
  await sql`select community.path_step_for(${person}::uuid, ${stage}::integer, ${on}::date)`.execute(tx)
}

// --- Numbers about a place

export interface PlaceMix extends Mix {
  /** The first day of the quarter at whose end it was reckoned. */
  quarter: string
}

export async function newestMix(tx: Tx, community: string): Promise<PlaceMix | null> {
  const { rows } = await sql<PlaceMix>`select quarter::text, takes_on as "takesOn", others, blend
    from community.path_quarter where community_id = ${community} order by quarter desc limit 1`.execute(tx)
  return rows[0] ?? null
}

export interface PlaceToCount {
  id: string
  residents: number | null
}

/** As the system: the places that have no row for a quarter (its first day) that was theirs to its end. */
export async function placesWithout(tx: Tx, quarter: string): Promise<PlaceToCount[]> {
  const { rows } = await sql<PlaceToCount>`select c.id, c.residents from community.community c
    where c.founded_at < (${quarter}::date + interval '3 months')
      and not exists (select from community.path_quarter q where q.community_id = c.id and q.quarter = ${quarter}::date)
    order by c.id`.execute(tx)
  return rows
}

/** As the system. */
export async function agesIn(tx: Tx, community: string, on: string): Promise<AgeCount[]> {
  const { rows } = await sql<AgeCount>`select age_band as band, people, earlier, since
    from community.path_ages(${community}::uuid, ${on}::date)`.execute(tx)
  return rows
}

/** As the system. What stands there already stays: it is reckoned once. */
export async function writeMix(tx: Tx, community: string, quarter: string, mix: Mix): Promise<void> {
  await sql`insert into community.path_quarter (community_id, quarter, takes_on, others, blend)
    select ${community}, ${quarter}::date, ${mix.takesOn}, ${mix.others}, ${mix.blend}
    from community.community c where c.id = ${community}
    on conflict do nothing`.execute(tx)
}
