// Questions about what people have said no to: their own, and those that the one who acts has to answer.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Objection } from './objection.ts'

interface Row {
  id: string
  community: Objection['community']
  controller: Objection['controller']
  name: string
  text: string
  askedOn: string
  answer: Objection['answer']
  own: boolean
}

const all = (where: RawBuilder<unknown>): RawBuilder<Row> => sql<Row>`
  select o.id, case when c.id is not null then jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name) end as community,
    o.controller, o.name, o.text, o.asked_on as "askedOn",
    case when o.answer is not null then jsonb_build_object('text', o.answer, 'on', o.answered_on, 'by', o.answerer) end as answer,
    o.account_id = access.me() as own
  from community.objection o left join community.community c on c.id = o.community_id
  where ${where} order by o.answer is not null, o.asked_on, o.id`

/** One's own. */
export const ownObjections = async (tx: Tx, account: string): Promise<Objection[]> =>
  (await all(sql`o.account_id = ${account}`).execute(tx)).rows

/** Those that the one who acts has to answer: the policies know which. Those that wait, and how many have been answered. */
export const toAnswer = async (tx: Tx): Promise<Objection[]> =>
  (await all(sql`o.answer is null and o.account_id <> access.me()`).execute(tx)).rows

export async function countAnswered(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from community.objection o
    where o.answer is not null and o.account_id <> access.me()`.execute(tx)
  return rows[0]?.n ?? 0
}

export const findObjection = async (tx: Tx, id: string): Promise<Objection | null> =>
  (await all(sql`o.id = ${id} and o.account_id <> access.me()`).execute(tx)).rows[0] ?? null

/** Says no. It goes to who answers for the room at this moment, as the policy asks. */
export async function addObjection(
  tx: Tx,
  one: {
    id: string
    account: string
    community: string | null
    name: string
    text: string
    askedOn: string
  },
): Promise<void> {
  await sql`insert into community.objection (id, account_id, community_id, controller, name, text, asked_on)
    values (${one.id}, ${one.account}, ${one.community},
      case when ${one.community}::uuid is null or community.is_interim(${one.community}) then 'municipality' else 'association' end, ${one.name}, ${one.text}, ${one.askedOn})
    on conflict (id) do nothing`.execute(tx)
}

/** Answers it, once. False when somebody else has, or when it was taken back. */
export async function answerObjection(
  tx: Tx,
  id: string,
  answer: { text: string; on: string; by: string },
): Promise<boolean> {
  const done =
    await sql`update community.objection set answer = ${answer.text}, answered_on = ${answer.on}, answerer = ${answer.by}
    where id = ${id} and answer is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0n) > 0
}

export interface RoomHeld {
  name: string
  association: string | null
  since: Date
  /** Objections that the municipality has to answer and that wait. Null where they are not the municipality's to see. */
  waiting: number | null
}

/** Who is responsible for which room, and how many wait there for the municipality's answer. */
export async function roomsHeld(tx: Tx): Promise<RoomHeld[]> {
  const { rows } = await sql<RoomHeld>`select c.name, a.name as association, r.since,
      case when r.kind = 'municipality' or exists (select from community.objection o where o.community_id = c.id and o.answer is null)
        then (select count(*)::int from community.objection o where o.community_id = c.id and o.answer is null) end as waiting
    from community.community c join community.controller r on r.community_id = c.id
      left join community.association a on a.id = r.association_id order by c.name`.execute(tx)
  return rows
}
