// What the room asks the database about its hand-over: what is proposed, who has said yes, and whose it is.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface HandOver {
  id: string
  associationId: string
  association: string
  cvr: string | null
  /** `yyyy-mm-dd` */
  onDate: string
  byMunicipality: boolean
  proposedAt: Date
  state: 'open' | 'done'
  endedAt: Date | null
  signed: number | null
}

const handOvers = sql`select h.id, h.association_id as "associationId", a.name as association, a.cvr, h.on_date as "onDate",
    h.by_municipality as "byMunicipality", h.proposed_at as "proposedAt", h.state, h.ended_at as "endedAt", h.signed
  from community.hand_over h join community.association a on a.id = h.association_id`

/** What is proposed now; null for nothing. */
export async function openHandOver(tx: Tx, community: string): Promise<HandOver | null> {
  const { rows } = await sql<HandOver>`${handOvers} where h.community_id = ${community} and h.state = 'open'`.execute(
    tx,
  )
  return rows[0] ?? null
}

export interface RoomFacts {
  /** The association that keeps the room; null for the municipality. */
  keeper: string | null
  since: Date
  held: number
  asked: number
  open: HandOver | null
  /** How many have said yes to what is open, and still hold a key. */
  yes: number
  /** The last one that happened. */
  last: HandOver | null
  /** The hand-over whose moment has come. */
  due: string | null
}

type Told = Omit<HandOver, 'proposedAt' | 'endedAt'> & { proposedAt: string; endedAt: string | null }
const dated = (told: Told | null): HandOver | null =>
  told && { ...told, proposedAt: new Date(told.proposedAt), endedAt: told.endedAt ? new Date(told.endedAt) : null }

/** What stands about a room, in one question. */
export async function roomFacts(tx: Tx, community: string): Promise<RoomFacts> {
  const { rows } = await sql<
    Omit<RoomFacts, 'open' | 'last'> & { open: Told | null; last: Told | null }
  >`with told as (${handOvers} where h.community_id = ${community} and h.state in ('open', 'done') order by h.ended_at desc nulls last)
    select a.name as keeper, k.since, n.held, n.asked, community.hand_over_due(${community}) as due,
      (select to_jsonb(t) from told t where t.state = 'open') as open,
      coalesce((select community.yes_that_counts(t.id) from told t where t.state = 'open'), 0) as yes,
      (select to_jsonb(t) from told t where t.state = 'done' limit 1) as last
    from community.controller k left join community.association a on a.id = k.association_id
      cross join community.keys_counted(${community}) n where k.community_id = ${community}`.execute(tx)
  const [row] = rows
  if (!row) throw new RangeError('every place has a controller')
  return { ...row, open: dated(row.open), last: dated(row.last) }
}

/** The associations a room can be handed over to. */
export async function associationsToTakeOver(tx: Tx, community: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select a.id, a.name from community.association a
    left join community.controller k on k.association_id = a.id
    where a.community_id = ${community} and a.kind = 'association' and not a.municipal and k.community_id is null
    order by a.name collate "da-x-icu"`.execute(tx)
  return rows
}

interface NewHandOver {
  id: string
  community: string
  association: string
  onDate: string
  byMunicipality: boolean
  account: string | null
  at: Date
}

/** Answers false when another one is open. */
export async function addHandOver(tx: Tx, h: NewHandOver): Promise<boolean> {
  const { rows } =
    await sql`insert into community.hand_over (id, community_id, association_id, on_date, by_municipality, by_account, proposed_at)
    values (${h.id}, ${h.community}, ${h.association}, ${h.onDate}, ${h.byMunicipality}, ${h.account}, ${h.at})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

/** Answers false when they had said it before. */
export async function addYes(tx: Tx, handOver: string, person: string, at: Date): Promise<boolean> {
  const { rows } =
    await sql`insert into community.hand_over_yes (hand_over_id, person_id, at) values (${handOver}, ${person}, ${at})
    on conflict do nothing returning person_id`.execute(tx)
  return rows.length > 0
}

export async function takeYesBack(tx: Tx, handOver: string, person: string): Promise<void> {
  await sql`delete from community.hand_over_yes where hand_over_id = ${handOver} and person_id = ${person}`.execute(tx)
}

export async function whoSaidYes(tx: Tx, handOver: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select person_id as id from community.hand_over_yes where hand_over_id = ${handOver} order by at`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function yesCount(tx: Tx, handOver: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.yes_that_counts(${handOver}) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

/** The hand-over whose moment has come; null for none. */
export async function dueHandOver(tx: Tx, community: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select community.hand_over_due(${community}) as id`.execute(tx)
  return rows[0]?.id ?? null
}

export async function setController(tx: Tx, community: string, association: string, since: Date): Promise<void> {
  await sql`update community.controller set kind = 'association', association_id = ${association}, since = ${since}
    where community_id = ${community}`.execute(tx)
}

export async function endHandOver(
  tx: Tx,
  id: string,
  state: string,
  at: Date,
  signed: number | null = null,
): Promise<void> {
  await sql`update community.hand_over set state = ${state}, ended_at = ${at}, signed = ${signed} where id = ${id} and state = 'open'`.execute(
    tx,
  )
}
