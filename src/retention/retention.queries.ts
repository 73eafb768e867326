// What the night forgets, rule by rule: one function for each, in a transaction of the system. Each answers how many rows it touched.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

const count = async (tx: Tx, query: RawBuilder<unknown>): Promise<number> =>
  Number((await query.execute(tx)).numAffectedRows ?? 0n)

/** Names of a meeting that began before: who came, who hosted and led, who took what on. That it was, and how many came, stays. */
export async function clearAttendance(tx: Tx, before: Date): Promise<number> {
  const old = sql`(select m.id from community.meeting m where m.starts_at < ${before})`
  return (
    (await count(
      tx,
      sql`update community.arrival set name = null, bringer = null, tag = null, person_id = null where meeting_id in ${old}
        and (name is not null or bringer is not null or tag is not null or person_id is not null)`,
    )) +
    (await count(tx, sql`delete from community.meeting_role where meeting_id in ${old}`)) +
    (await count(
      tx,
      sql`update community.meeting set host_name = 'En nabo' where starts_at < ${before} and host_name <> 'En nabo'`,
    )) +
    (await count(
      tx,
      sql`update community.debrief set next_owner = '', grew = '', grew_ok = false, rev = rev + 1 where meeting_id in ${old}
        and (next_owner <> '' or grew <> '')`,
    ))
  )
}

/** Names of a training that began before: who led it, who had signed up. That it was, and how many were there, stays. */
export async function clearTrainings(tx: Tx, before: Date): Promise<number> {
  const old = sql`(select t.id from community.training t where t.starts_at < ${before})`
  return (
    (await count(
      tx,
      sql`update community.training_seat set person_id = null, name = null where training_id in ${old}
        and (person_id is not null or name is not null)`,
    )) +
    // A seat that is nobody's, and on which nobody was there, is no number either.
    (await count(tx, sql`delete from community.training_seat where person_id is null and name is null and not came`)) +
    (await count(
      tx,
      sql`update community.training set leader_name = 'En nabo', leader_id = null where starts_at < ${before}
        and (leader_name <> 'En nabo' or leader_id is not null)`,
    ))
  )
}

/** Wishes for a training that were made before. */
export const dropTrainingWishes = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from community.training_wish where wished_on < ${before}::date`)

/** What somebody promised at a meeting that began before. */
export const dropPromises = (tx: Tx, before: Date): Promise<number> =>
  count(
    tx,
    sql`delete from community.commitment c using community.meeting m where m.id = c.meeting_id and m.starts_at < ${before}`,
  )

/** The telephone number of a promise: counted from the day that was named, or from the meeting where that is later. */
export const clearTelephones = (tx: Tx, before: Date): Promise<number> =>
  count(
    tx,
    sql`update community.commitment c set telephone = null, rev = c.rev + 1 from community.meeting m
      where m.id = c.meeting_id and c.telephone is not null and m.starts_at < ${before}
        and (c.by_when is null or c.by_when < ${before}::date)`,
  )

/** A wish for a result that never came. */
export const dropWishes = (tx: Tx, before: Date): Promise<number> =>
  count(
    tx,
    sql`delete from community.mail_wish w using community.meeting m where m.id = w.meeting_id and m.starts_at < ${before}`,
  )

/** What went over in a merge that can no longer be undone. */
export const clearMerges = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`update community.merge set moved = '{}' where done_at < ${before} and moved <> '{}'`)

/** Objections that were answered before. */
export const dropObjections = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from community.objection where answered_on < ${before}::date`)

/** Answers to those who asked what is kept of them. */
export const dropRequests = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from municipal.access_request where answered_on < ${before}::date`)

/** Incidents that were closed five years ago, with their steps. */
export const dropIncidents = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from municipal.incident where closed_at < ${before}`)

/** Notes of talks whose two have not met since. */
export const dropAgreedNotes = async (tx: Tx, before: Date): Promise<number> =>
  (await count(
    tx,
    sql`delete from community.agreed_note n using community.talk t where t.id = n.talk_id and t.touched_on < ${before}::date`,
  )) +
  (await count(
    tx,
    sql`delete from municipal.agreed_note n using municipal.talk t where t.id = n.talk_id and t.touched_on < ${before}::date`,
  ))

/** Talks whose two have not met since, with what they promised each other. */
export const dropTalks = async (tx: Tx, before: Date): Promise<number> =>
  (await count(tx, sql`delete from community.talk where touched_on < ${before}::date`)) +
  (await count(tx, sql`delete from municipal.talk where touched_on < ${before}::date`))

/** Tasks that were laid down, somebody who is no longer leant on, and that a neighbour helped. */
export const dropShared = async (tx: Tx, before: Date): Promise<number> =>
  (await count(tx, sql`delete from community.carried_task where ended_on < ${before}::date`)) +
  (await count(tx, sql`delete from community.coaching where ended_on < ${before}::date`)) +
  (await count(tx, sql`delete from community.helper_mark where made_on < ${before}::date`))

/** A yes on the leaders' way that nobody has said again. */
export const dropOldYes = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from community.path_step where stands_on < ${before}::date`)

/** What employees asked themselves before a promise, and steps that were done. */
export const dropOwnWork = async (tx: Tx, before: Date): Promise<number> =>
  (await count(tx, sql`delete from municipal.legitimacy_check where checked_on < ${before}::date`)) +
  (await count(tx, sql`delete from municipal.step where done_on < ${before}::date`))

/** Looks of five years ago. */
export async function dropLooks(tx: Tx, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.drop_old_looks(${before}) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Somebody who worked for the municipality, a year after. */
export const dropStaff = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from access.account where municipal_role is not null and ended_at < ${before}`)

/** Who works with a place that the municipality left before. */
export const leavePlaces = (tx: Tx, before: Date): Promise<number> =>
  count(
    tx,
    sql`delete from access.employee_community e using community.community c, community.withdrawal_plan p
      where c.id = e.community_id and p.community_id = c.id and c.presence = 'out' and p.last_day < ${before}::date`,
  )

// --- Who shows no life

export interface Silent {
  person: string
  community: string
  account: string | null
  mail: string | null
  languages: readonly string[]
  place: string
}

/** Who has shown no life since, and is not asked yet. Those who hold the last key of a room are left: a room is not locked by the night. */
export async function silentSince(tx: Tx, before: Date): Promise<Silent[]> {
  const { rows } = await sql<Silent>`
    select p.id as person, p.community_id as community, p.account_id as account, p.languages, c.name as place,
      case when p.contact_wish = 'mail' or p.account_id is not null then coalesce(p.mail, a.address) end as mail
    from community.person p join community.community c on c.id = p.community_id
      left join access.mail_address a on a.account_id = p.account_id
    where p.merged_into is null and p.active_on < ${before}::date
      and not exists (select from community.still_question q where q.person_id = p.id)
      and not exists (select from access.community_role r where r.account_id = p.account_id and r.community_id = p.community_id and r.role = 'keyholder'
        and (select count(*) from access.community_role o where o.community_id = p.community_id and o.role = 'keyholder') = 1)
    order by p.id limit 5000 for update of p skip locked`.execute(tx)
  return rows
}

export async function askStill(tx: Tx, person: string, askedOn: string, until: string): Promise<void> {
  await tx.insertInto('community.still_question').values({ person_id: person, asked_on: askedOn, until }).execute()
}

/** Who has shown life since they were asked: the question is over. */
export const dropAnswered = (tx: Tx): Promise<number> =>
  count(
    tx,
    sql`delete from community.still_question q using community.person p where p.id = q.person_id and p.active_on >= q.asked_on`,
  )

/** Whose time to answer is over. */
export async function unanswered(
  tx: Tx,
  today: string,
): Promise<{ person: string; community: string; account: string | null }[]> {
  const { rows } = await sql<{ person: string; community: string; account: string | null }>`
    select p.id as person, p.community_id as community, p.account_id as account
    from community.still_question q join community.person p on p.id = q.person_id
    where q.until < ${today} order by p.id for update of p skip locked`.execute(tx)
  return rows
}

/** Has the account a place left, or a work? If not, nothing is left of it to come in to. */
export async function hasPlaces(tx: Tx, account: string): Promise<boolean> {
  const { rows } = await sql<{
    yes: boolean
  }>`select exists (select from community.person p where p.account_id = ${account})
    or exists (select from access.account a where a.id = ${account} and a.municipal_role is not null) as yes`.execute(
    tx,
  )
  return rows[0]?.yes ?? false
}

export interface Asked {
  name: string
  place: string
  slug: string
  until: string
}

/** Whom the question is about; null when it is answered. */
export async function askedStill(tx: Tx, person: string): Promise<Asked | null> {
  const { rows } = await sql<Asked>`
    select p.name, c.name as place, c.slug, q.until from community.still_question q
      join community.person p on p.id = q.person_id join community.community c on c.id = p.community_id
    where q.person_id = ${person}`.execute(tx)
  return rows[0] ?? null
}

export async function showLife(tx: Tx, person: string, today: string): Promise<void> {
  await sql`select community.shows_life(null, ${person}, ${today})`.execute(tx)
  await tx.deleteFrom('community.still_question').where('person_id', '=', person).execute()
}

export interface AskedHere extends Pick<Asked, 'name' | 'until'> {
  person: string
  hasAccount: boolean
  telephone: string | null
}

/** Who is asked in a place, for who holds a key of it. */
export async function askedIn(tx: Tx, community: string): Promise<AskedHere[]> {
  const { rows } = await sql<AskedHere>`
    select p.id as person, p.name, p.account_id is not null as "hasAccount", p.telephone, q.until
    from community.still_question q join community.person p on p.id = q.person_id
    where p.community_id = ${community} order by q.until, p.name collate "da-x-icu"`.execute(tx)
  return rows
}

// --- The run

export interface Run {
  day: string
  beganAt: Date
  endedAt: Date | null
  counts: Record<string, number>
}

/** Two programs do not forget at once. Answers false when another one does. */
export async function holdNight(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{
    held: boolean
  }>`select pg_try_advisory_xact_lock(hashtextextended('retention', 0)) as held`.execute(tx)
  return rows[0]?.held ?? false
}

export async function runOf(tx: Tx, day: string): Promise<Run | null> {
  const row = await tx.selectFrom('community.retention_run').selectAll().where('day', '=', day).executeTakeFirst()
  return row ? runFrom(row) : null
}

const runFrom = (row: { day: string; began_at: Date; ended_at: Date | null; counts: unknown }): Run => ({
  day: row.day,
  beganAt: row.began_at,
  endedAt: row.ended_at,
  counts: row.counts as Record<string, number>,
})

/** The newest runs first. */
export async function runs(tx: Tx, most: number): Promise<Run[]> {
  const rows = await tx.selectFrom('community.retention_run').selectAll().orderBy('day', 'desc').limit(most).execute()
  return rows.map(runFrom)
}

/** What was done is added to what a run that was cut off had done. */
export async function noteRun(
  tx: Tx,
  day: string,
  now: Date,
  counts: Record<string, number>,
  ended: boolean,
): Promise<void> {
  await sql`insert into community.retention_run (day, began_at, ended_at, counts)
      values (${day}, ${now}, ${ended ? now : null}, ${JSON.stringify(counts)}::jsonb)
    on conflict (day) do update set ended_at = excluded.ended_at, counts = (
      select coalesce(jsonb_object_agg(k, coalesce((retention_run.counts ->> k)::int, 0) + coalesce((excluded.counts ->> k)::int, 0)), '{}')
      from (select jsonb_object_keys(retention_run.counts) as k union select jsonb_object_keys(excluded.counts)) keys)`.execute(
    tx,
  )
}

/** Reports of runs are kept as long as the audit. */
export const dropOldRuns = (tx: Tx, before: Date): Promise<number> =>
  count(tx, sql`delete from community.retention_run where day < ${before}::date`)
