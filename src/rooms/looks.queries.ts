// What the room asks the database about looks: somebody of the municipality who opened something here, and why.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface Month {
  /** `yyyy-mm-dd`, its first day. */
  month: string
  looks: number
}

export async function byMonth(tx: Tx, community: string): Promise<Month[]> {
  const { rows } =
    await sql<Month>`select month::text, looks from community.looks_counted(${community}) limit 12`.execute(tx)
  return rows
}

export interface Look {
  place: string
  timeZone: string
  looker: string
  what: 'people' | 'person' | 'find' | 'card' | 'request'
  reason: string
  at: Date
}

const looks = sql`select c.name as place, c.time_zone as "timeZone", l.looker, l.what, l.reason, l.at
  from community.look l join community.community c on c.id = l.community_id`

export async function looksAt(tx: Tx, community: string, since: Date): Promise<Look[]> {
  const { rows } =
    await sql<Look>`${looks} where l.community_id = ${community} and l.at > ${since} order by l.at desc limit 200`.execute(
      tx,
    )
  return rows
}

export async function allLooks(tx: Tx): Promise<Look[]> {
  const { rows } = await sql<Look>`${looks} order by l.at desc limit 500`.execute(tx)
  return rows
}

/** Does the employee who acts work with this place? */
export async function worksHere(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.works_with(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

export async function isInterim(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select community.is_interim(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

export interface PersonSeen {
  id: string
  name: string
  contact_wish: string
  telephone: string | null
  mail: string | null
}

/** Fifty people at most, by name or from `after` on. The database writes down that they were looked at before it answers. */
export async function lookAtPeople(
  tx: Tx,
  look: { id: string; community: string; reason: string; query: string | null; after: string | null },
): Promise<PersonSeen[]> {
  const { rows } = await sql<PersonSeen>`select id, name, contact_wish, telephone, mail
    from community.look_at_people(${look.id}, ${look.community}, ${look.reason}, ${look.query}, ${look.after})`.execute(
    tx,
  )
  return rows
}
