// The questions of the paper twin to the database: the door list, and dots counted on the wall. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { BroughtBy } from '../saying/saying.ts'
import type { Arrival, Arrived } from './arrival.ts'

interface Row {
  id: string
  medium: string
  name: string | null
  first_time: boolean | null
  brought_by: string
  bringer: string | null
  rev: number
}

const arrivalOf = (row: Row): Arrival => ({
  id: row.id,
  medium: row.medium as Arrival['medium'],
  name: row.name,
  firstTime: row.first_time,
  broughtBy: row.brought_by as BroughtBy,
  bringer: row.bringer,
  rev: row.rev,
})

/** Who came, by name; those without a name last. */
export async function arrivalsOf(tx: Tx, meeting: string): Promise<Arrival[]> {
  const { rows } = await sql<Row>`select a.id, a.medium, a.name, a.first_time, a.brought_by, a.bringer, a.rev
    from community.arrival a where a.meeting_id = ${meeting} order by lower(a.name) nulls last, a.id`.execute(tx)
  return rows.map(arrivalOf)
}

export async function findArrival(tx: Tx, meeting: string, id: string): Promise<Arrival | null> {
  const { rows } = await sql<Row>`select a.id, a.medium, a.name, a.first_time, a.brought_by, a.bringer, a.rev
    from community.arrival a where a.meeting_id = ${meeting} and a.id = ${id}`.execute(tx)
  return rows[0] ? arrivalOf(rows[0]) : null
}

/** Writes somebody on the list. Sent again, they are there already. */
export async function addArrival(
  tx: Tx,
  meeting: string,
  id: string,
  medium: 'paper' | 'host',
  { name, firstTime, broughtBy, bringer }: Arrived,
): Promise<void> {
  await sql`insert into community.arrival (id, meeting_id, medium, name, first_time, brought_by, bringer)
    values (${id}, ${meeting}, ${medium}, ${name}, ${firstTime}, ${broughtBy}, ${bringer}) on conflict do nothing`.execute(
    tx,
  )
}

/** Corrects a row, if nobody has since `rev`. */
export async function correctArrival(tx: Tx, id: string, to: Arrived, rev: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.arrival set name = ${to.name}, first_time = ${to.firstTime},
      brought_by = ${to.broughtBy}, bringer = ${to.bringer}, rev = rev + 1
    where id = ${id} and rev = ${rev}`.execute(tx)
  return numAffectedRows === 1n
}

export async function strikeArrival(tx: Tx, meeting: string, id: string): Promise<boolean> {
  const { numAffectedRows } =
    await sql`delete from community.arrival where id = ${id} and meeting_id = ${meeting}`.execute(tx)
  return numAffectedRows === 1n
}

export interface ThemeDots {
  theme: string
  name: string
  /** Counted on the wall; null when nobody has typed it yet. */
  n: number | null
  /** 0 when nobody has typed it yet. */
  rev: number
}

/** The themes in their order, each with the dots that were counted on it. */
export async function wallDotsOf(tx: Tx, meeting: string): Promise<ThemeDots[]> {
  const { rows } = await sql<ThemeDots>`select t.id as theme, t.name, c.n, coalesce(c.rev, 0) as rev
    from community.theme t
    left join community.dot_count c on c.theme_id = t.id and c.meeting_id = t.meeting_id and c.medium = 'paper'
    where t.meeting_id = ${meeting} and not t.gone order by t.place, t.id`.execute(tx)
  return rows
}

/** Types a theme's total for the first time. Answers whether it was the first. */
export async function typeDots(tx: Tx, meeting: string, theme: string, n: number): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into community.dot_count (meeting_id, theme_id, medium, n)
    values (${meeting}, ${theme}, 'paper', ${n}) on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** Corrects a theme's total, if nobody has since `rev`. */
export async function correctDots(
  tx: Tx,
  meeting: string,
  { theme, n, seen }: { theme: string; n: number; seen: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.dot_count set n = ${n}, rev = rev + 1
    where meeting_id = ${meeting} and theme_id = ${theme} and medium = 'paper' and rev = ${seen}`.execute(tx)
  return numAffectedRows === 1n
}

export interface Written {
  here: number
  /** Slips and what a host has written for somebody, that still stand. */
  words: number
  promises: number
}

/** How much has been written down so far, as its hosts see it. */
export async function writtenSoFar(tx: Tx, meeting: string): Promise<Written> {
  const { rows } = await sql<Written>`select
    (select count(*)::int from community.arrival a where a.meeting_id = ${meeting}) as here,
    (select count(*)::int from community.statement s
      where s.meeting_id = ${meeting} and s.medium <> 'phone' and s.state = 'shown') as words,
    (select count(*)::int from community.commitment c where c.meeting_id = ${meeting}) as promises`.execute(tx)
  return rows[0] ?? { here: 0, words: 0, promises: 0 }
}
