// What the talks that would help most are found from, as the program; and what somebody is asked, as themselves.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface PlaceOfTies {
  id: string
  timeZone: string
}

/** The places that have nothing open to ask, oldest first. */
export async function placesToAsk(tx: Tx): Promise<PlaceOfTies[]> {
  const { rows } = await sql<PlaceOfTies>`select c.id, c.time_zone as "timeZone" from community.community c
    where not exists (select from community.introduction i where i.community_id = c.id) order by c.founded_at, c.id`.execute(
    tx,
  )
  return rows
}

export interface Woven {
  /** Everybody with a tie: neighbours and employees, by id. */
  people: string[]
  /** 1 for employees. */
  staff: number[]
  /** 1 for those who have a way to be asked: an account of their own. */
  canBeAsked: number[]
  /** [a, b, a, b, …] as places in `people`. */
  ends: number[]
}

/** Who is tied to whom in a place on a day, without what one of the two has left out. For the program alone. */
export async function wovenIn(tx: Tx, community: string, on: string): Promise<Woven> {
  const { rows } = await sql<{ one: string; two: string; staff: boolean }>`
    select distinct least(s.one, s.two) as one, greatest(s.one, s.two) as two, s.staff from community.tie_source s
    where s.community_id = ${community} and s.on_date <= ${on}::date and s.on_date > (${on}::date - interval '12 months')::date
      and not exists (select from community.tie_choice c where c.choice = 'removed'
        and ((c.person_id = s.one and (c.other_person = s.two or c.other_account = s.two)) or (c.person_id = s.two and c.other_person = s.one)))`.execute(
    tx,
  )
  const ids = [...new Set(rows.flatMap(({ one, two }) => [one, two]))]
  const { rows: known } = await sql<{
    id: string
    asked: boolean
  }>`select id, account_id is not null as asked from community.person
    where community_id = ${community} and merged_into is null and id = any (${ids}::uuid[])`.execute(tx)
  const isPerson = new Map(known.map(({ id, asked }) => [id, asked]))
  const at = new Map(ids.map((id, place) => [id, place]))
  return {
    people: ids,
    staff: ids.map((id) => (isPerson.has(id) ? 0 : 1)),
    canBeAsked: ids.map((id) => (isPerson.get(id) ? 1 : 0)),
    ends: rows.flatMap(({ one, two }) => [at.get(one) as number, at.get(two) as number]),
  }
}

export async function propose(
  tx: Tx,
  community: string,
  made: { id: string; one: string; two: string; sides: readonly [number, number]; on: string },
): Promise<void> {
  const [sideOne, sideTwo] = made.sides
  // Somebody may have left meanwhile: then nobody is asked.
  await sql`insert into community.introduction (id, community_id, one, two, side_one, side_two, made_on)
    select ${made.id}, ${community}, a.id, b.id, ${sideOne}, ${sideTwo}, ${made.on}::date
    from community.person a join community.person b on b.id = ${made.two} where a.id = ${made.one}`.execute(tx)
}

/** What is sixty days old is forgotten, and what somebody has said no to after seven. */
export async function forgetOld(tx: Tx, today: string): Promise<void> {
  await sql`delete from community.introduction where made_on <= ${today}::date - 60
    or (made_on <= ${today}::date - 7 and (one_says is false or two_says is false))`.execute(tx)
}

export interface AskedToMeet {
  id: string
  /** How many hang together on one's own side, and on the other's. */
  mine: number
  theirs: number
  /** Null: not answered. Those one has said no to are not here. */
  said: true | null
  /** Who it is: only when both have said yes. */
  name: string | null
}

export async function introductionsOf(tx: Tx, community: string): Promise<AskedToMeet[]> {
  const { rows } =
    await sql<AskedToMeet>`select id, mine, theirs, said, name from community.my_introductions(${community}::uuid)`.execute(
      tx,
    )
  return rows
}

export async function answer(tx: Tx, id: string, yes: boolean): Promise<boolean> {
  const { rows } = await sql<{
    was: boolean
  }>`select community.answer_introduction(${id}::uuid, ${yes}) as was`.execute(tx)
  return rows[0]?.was ?? false
}
