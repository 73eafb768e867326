// What a move from a page asks the database: how far it has come, who holds keys, and each yes.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Move } from './move.ts'

export interface Held {
  id: string
  name: string
  /** The municipality still has the responsibility for the room. */
  interim: boolean
}

/** One after the other: whoever asks, agrees and lets go in a place waits for the one before. */
export async function hold(tx: Tx, slug: string): Promise<Held | undefined> {
  const { rows } = await sql<Held>`select c.id, c.name, k.association_id is null as interim
    from community.controller k join community.community c on c.id = k.community_id where c.slug = ${slug} for update of k`.execute(
    tx,
  )
  return rows[0]
}

/** The person of this account who holds a key of the place, and whether it came to them a short while ago. */
export async function keyHolder(
  tx: Tx,
  community: string,
  account: string,
): Promise<{ id: string; news: boolean } | undefined> {
  const { rows } = await sql<{ id: string; news: boolean }>`select p.id, community.key_is_news(p.id) as news
    from community.person p join access.community_role r on r.account_id = p.account_id and r.community_id = p.community_id
    where p.community_id = ${community} and p.account_id = ${account} and p.merged_into is null and r.role = 'keyholder'`.execute(
    tx,
  )
  return rows[0]
}

/** The move that is not over. Who has no key any more has no yes. */
export async function moveOf(tx: Tx, community: string): Promise<Move | null> {
  const yes = (step: string) => sql`coalesce((select array_agg(y.person_id order by y.at) from community.move_yes y
    join community.person p on p.id = y.person_id and p.merged_into is null
    join access.community_role r on r.account_id = p.account_id and r.community_id = m.community_id and r.role = 'keyholder'
    where y.move_id = m.id and y.step = ${step}), '{}')`
  const { rows } =
    await sql<Move>`select m.id, m.asked_at as "askedAt", m.agreed_at as "agreedAt", m.receipt, m.although,
      ${yes('pack')} as "packYes", ${yes('let-go')} as "goYes"
    from community.move m where m.community_id = ${community} and m.ended_at is null`.execute(tx)
  return rows[0] ?? null
}

export async function addMove(tx: Tx, id: string, community: string, at: Date): Promise<void> {
  await sql`insert into community.move (id, community_id, asked_at) values (${id}, ${community}, ${at})`.execute(tx)
}

/** Answers false when they had said it before. */
export async function addYes(tx: Tx, move: string, step: 'pack' | 'let-go', person: string, at: Date) {
  const { rows } = await sql`insert into community.move_yes (move_id, step, person_id, at)
    values (${move}, ${step}, ${person}, ${at}) on conflict do nothing returning person_id`.execute(tx)
  return rows.length > 0
}

export const agree = (tx: Tx, move: string, at: Date) =>
  sql`update community.move set agreed_at = ${at} where id = ${move}`.execute(tx)

export const end = (tx: Tx, move: string, at: Date) =>
  sql`update community.move set ended_at = ${at} where id = ${move}`.execute(tx)

/** Lays a receipt there, or takes it away (null). Each yes to an earlier one is over. */
export async function setReceipt(tx: Tx, move: string, receipt: string | null, although: boolean): Promise<void> {
  await sql`delete from community.move_yes where move_id = ${move} and step = 'let-go'`.execute(tx)
  await sql`update community.move set receipt = ${receipt}, although = ${although} where id = ${move}`.execute(tx)
}

/** Every member reads what has happened to their room. */
export const tell = (
  tx: Tx,
  event: {
    id: string
    community: string
    what: 'move_asked' | 'move_agreed' | 'move_stopped'
    person: string
    at: Date
  },
) =>
  sql`insert into community.key_event (id, community_id, what, person_id, at)
    values (${event.id}, ${event.community}, ${event.what}, ${event.person}, ${event.at})`.execute(tx)

export interface Holder {
  id: string
  name: string
  holds: boolean
}

/** Those whose names stand in the story of the keys, for a member. */
export async function people(tx: Tx, community: string): Promise<Holder[]> {
  const { rows } = await sql<Holder>`select * from community.key_people(${community})`.execute(tx)
  return rows
}

/** The member who asks; null for nobody of the place. */
export async function myself(tx: Tx, community: string, account: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from community.person
    where community_id = ${community} and account_id = ${account} and merged_into is null`.execute(tx)
  return rows[0]?.id ?? null
}
