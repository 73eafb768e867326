// What the signs are reckoned from, as the program: meetings, roles, arrivals, votes and earlier quarters. Numbers about a place; no name leaves here.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface PlaceToMeasure {
  id: string
  timeZone: string
}

/** The places that have no figures for a quarter (its first day) that was theirs to its end. */
export async function placesWithout(tx: Tx, quarter: string): Promise<PlaceToMeasure[]> {
  const { rows } = await sql<PlaceToMeasure>`select c.id, c.time_zone as "timeZone" from community.community c
    where c.founded_at < (${quarter}::date + interval '3 months')
      and not exists (select from community.withdrawal_quarter q where q.community_id = c.id and q.quarter = ${quarter}::date)
    order by c.id`.execute(tx)
  return rows
}

export interface Counted {
  /** Meetings held in six months, and those that no employee hosted, led or recorded. */
  meetings: number
  own: number
  /** Of the seven tasks: how many at least two neighbours have done twice in twelve months, or say that they share. */
  twoCan: number
  /** Neighbours who call themselves leader or more, by their own yes, and do not rest from it; so many of them say how old they are, and are of so many ages. */
  leaders: number
  agesSaid: number
  ages: number
  /** First-timers of twelve months of whom it is known who brought them, and those whom a neighbour brought. */
  newcomers: number
  brought: number
  /** The place's last confirmed vote: adopted or not, and how many were there. */
  voted: { adopted: boolean; present: number } | null
  /** The employees' share of the ways in the quarters before, the oldest first. */
  shares: (number | null)[]
  /** How many people the place has. */
  people: number
}

/** All of it as it stood at the end of a day (`yyyy-mm-dd`). */
export async function countFor(tx: Tx, place: PlaceToMeasure, on: string): Promise<Counted> {
  const { id, timeZone } = place
  const twoCan = (await tasksOf(tx, place, on)).filter(({ neighbours }) => neighbours >= 2).length
  const { rows } = await sql<Omit<Counted, 'twoCan'>>`
    with held as materialized (
      select m.id, (m.starts_at at time zone ${timeZone})::date as day from community.meeting m
      where m.community_id = ${id} and m.phase <> 'planned' and (m.starts_at at time zone ${timeZone})::date <= ${on}::date
        and (m.starts_at at time zone ${timeZone})::date > (${on}::date - interval '12 months')::date
    ), part as materialized (
      select h.id, r.role, lower(btrim(r.name)) as name, r.municipal from held h join community.meeting_role r on r.meeting_id = h.id
    ), half as (
      select h.id, bool_or(p.role = 'host' and not p.municipal) and not coalesce(bool_or(p.municipal and p.role in ('host', 'facilitator', 'scribe')), false) as own
      from held h left join part p on p.id = h.id where h.day > (${on}::date - interval '6 months')::date group by h.id
    ), came as (
      select a.brought_by from community.arrival a join held h on h.id = a.meeting_id where a.first_time and a.brought_by <> 'unknown'
    )
    select (select count(*)::integer from half) as meetings, (select count(*)::integer from half where own) as own,
      l.leaders, l.said as "agesSaid", l.bands as ages,
      (select count(*)::integer from came) as newcomers, (select count(*)::integer from came where brought_by = 'neighbour') as brought,
      (select jsonb_build_object('adopted', v.state = 'adopted', 'present', v.yes + v.no + v.blank) from community.phase_vote v
        where v.community_id = ${id} and v.state in ('adopted', 'fell') and v.voted_on <= ${on}::date order by v.voted_on desc, v.ended_at desc limit 1) as voted,
      (select coalesce(jsonb_agg(q.value order by q.quarter), '[]') from community.withdrawal_quarter q
        where q.community_id = ${id} and q.criterion = 'brokerage-share' and q.quarter < date_trunc('quarter', ${on}::date)) as shares,
      (select count(*)::integer from community.person where community_id = ${id} and merged_into is null) as people
    from community.path_leaders(${id}::uuid, ${on}::date) l`.execute(tx)
  return { ...(rows[0] as Omit<Counted, 'twoCan'>), twoCan }
}

/** Who can do a task, as numbers: nobody is named, and one alone is told as one. */
export interface Task {
  task: 'host' | 'facilitator' | 'welcomer' | 'scribe' | 'keys' | 'contact' | 'coach'
  /**
   * Neighbours who have done it twice or more in twelve months at meetings, or hold a key now; or who have said, two or more, that they share it. For
   * `coach`: on whom somebody leans, from two on. What one has said of themselves alone is not told.
   */
  neighbours: number
  /** Meetings of twelve months where somebody of the municipality did it. */
  staff: number
}

/** The seven tasks as they stood at the end of a day (`yyyy-mm-dd`). */
export async function tasksOf(tx: Tx, { id, timeZone }: PlaceToMeasure, on: string): Promise<Task[]> {
  const { rows } = await sql<Task>`
    with part as materialized (
      select r.role, lower(btrim(r.name)) as name, r.municipal from community.meeting m join community.meeting_role r on r.meeting_id = m.id
      where m.community_id = ${id} and m.phase <> 'planned' and (m.starts_at at time zone ${timeZone})::date <= ${on}::date
        and (m.starts_at at time zone ${timeZone})::date > (${on}::date - interval '12 months')::date
    ), shared as (
      select c.kind, count(distinct c.person_id)::integer as carriers from community.carried_task c
      where c.community_id = ${id} and c.since <= ${on}::date and (c.ended_on is null or c.ended_on > ${on}::date)
      group by c.kind, c.task having count(distinct c.person_id) >= 2
    ), leant_on as (
      select count(distinct c.coach)::integer as coaches from community.coaching c
      where c.community_id = ${id} and c.since <= ${on}::date and (c.ended_on is null or c.ended_on > ${on}::date)
    )
    select t.task, case t.task when 'coach' then (select case when coaches >= 2 then coaches else 0 end from leant_on)
        else greatest(coalesce((select max(s.carriers) from shared s where s.kind = t.kind), 0), case t.task
          when 'keys' then (select count(*)::integer from access.community_role where community_id = ${id} and role = 'keyholder')
          else (select count(*)::integer from (select from part p where p.role = t.task and not p.municipal group by p.name having count(*) >= 2) able) end)
        end as neighbours,
      (select count(*)::integer from part p where p.role = t.task and p.municipal) as staff
    from unnest(array['host', 'facilitator', 'welcomer', 'scribe', 'keys', 'contact', 'coach'],
      array['convene', 'chair', 'welcome', 'record', 'keys', 'contact', null]) with ordinality as t (task, kind, n)
    order by t.n`.execute(tx)
  return rows
}

/** Meetings held in six months, and those that no employee hosted, led or recorded. */
export interface OwnMeetings {
  all: number
  own: number
}

/** As `countFor` counts them for the signs. */
export async function ownMeetingsOf(tx: Tx, { id, timeZone }: PlaceToMeasure, on: string): Promise<OwnMeetings> {
  const { rows } = await sql<OwnMeetings>`
    select count(*)::integer as all, (count(*) filter (where own))::integer as own from (
      select coalesce(bool_or(r.role = 'host' and not r.municipal), false)
        and not coalesce(bool_or(r.municipal and r.role in ('host', 'facilitator', 'scribe')), false) as own
      from community.meeting m left join community.meeting_role r on r.meeting_id = m.id
      where m.community_id = ${id} and m.phase <> 'planned' and (m.starts_at at time zone ${timeZone})::date <= ${on}::date
        and (m.starts_at at time zone ${timeZone})::date > (${on}::date - interval '6 months')::date
      group by m.id) held`.execute(tx)
  return rows[0] as OwnMeetings
}

export interface Figure {
  criterion: string
  value: number | null
  base: number
}

/** What was reckoned takes the place of what stood there. */
export async function writeFigures(
  tx: Tx,
  community: string,
  quarter: string,
  figures: readonly Figure[],
): Promise<void> {
  await sql`insert into community.withdrawal_quarter (community_id, quarter, criterion, value, base)
    select ${community}, ${quarter}::date, f.criterion, f.value, f.base
    from jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) as f (criterion text, value numeric, base integer)
      join community.community c on c.id = ${community}
    on conflict (community_id, quarter, criterion) do update set value = excluded.value, base = excluded.base`.execute(
    tx,
  )
}
