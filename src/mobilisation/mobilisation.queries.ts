// The questions about who brought whom: the tree of a place without names, and the cards of neighbours. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { readTree, type SentTree, type Tree } from './brought.ts'

/** Who brought whom up to a day (`yyyy-mm-dd`). Null for strangers. */
export async function broughtIn(tx: Tx, community: string, on: string): Promise<Tree | null> {
  const { rows } = await sql<{ day: string } & SentTree>`select on_day::text as day, brought_by as "broughtBy", counted,
    first_day as "firstDay", card, named, names, me from community.brought_in(${community}::uuid, ${on}::date)`.execute(
    tx,
  )
  const row = rows[0]
  return row ? { on: row.day, ...readTree(row) } : null
}

// --- Cards

export interface Card {
  id: string
  code: string
}

export interface MyCard extends Card {
  secretHash: Buffer
  came: number
}

/** Their own card, as the one who has it, and how many came by it. */
export async function myCard(tx: Tx, community: string): Promise<MyCard | null> {
  const { rows } = await sql<MyCard>`select id, code, secret_hash as "secretHash", came
    from community.my_card(${community}::uuid)`.execute(tx)
  return rows[0] ?? null
}

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

export interface NewCard {
  id: string
  community: string
  secretHash: Buffer
  code: string
  parent: string | null
  person: string | null
  /** The first of a month. */
  madeIn: string
}

/** As the system. Made again, or where somebody has one, nothing happens; a code that is taken neither. Answers whether it is new. */
export async function addCard(tx: Tx, card: NewCard): Promise<boolean> {
  const done = await tx
    .insertInto('community.own_card')
    .values({
      id: card.id,
      community_id: card.community,
      secret_hash: card.secretHash,
      code: card.code,
      parent_id: card.parent,
      person_id: card.person,
      made_in: card.madeIn,
    })
    .onConflict((one) => one.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** As the system: a card whose link was made elsewhere, before its place moved here, is handed on by the link of this house. */
export async function relink(tx: Tx, card: string, secretHash: Buffer): Promise<void> {
  await tx.updateTable('community.own_card').set({ secret_hash: secretHash }).where('id', '=', card).execute()
}

export async function countCards(tx: Tx, community: string): Promise<number> {
  const row = await tx
    .selectFrom('community.own_card')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('community_id', '=', community)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export interface CardHere extends Card {
  slug: string
}

/** As the system: by its link, or by its id. */
export async function findCard(tx: Tx, by: { secretHash: Buffer } | { id: string }): Promise<CardHere | null> {
  const { rows } = await sql<CardHere>`select o.id, o.code, c.slug from community.own_card o
    join community.community c on c.id = o.community_id
    where ${'id' in by ? sql`o.id = ${by.id}::uuid` : sql`o.secret_hash = ${by.secretHash}`}`.execute(tx)
  return rows[0] ?? null
}

/** As the system: how many have come by it. */
export async function cameBy(tx: Tx, card: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.came_by_card(${card}::uuid) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

export interface NextMeeting {
  code: string
  purpose: string
  place: string
  startsAt: Date
}

/** The next meeting of a place that has not begun. */
export async function nextMeeting(tx: Tx, community: string, from: Date): Promise<NextMeeting | null> {
  const row = await tx
    .selectFrom('community.meeting')
    .select(['code', 'purpose', 'place', 'starts_at as startsAt'])
    .where('community_id', '=', community)
    .where('phase', '=', 'planned')
    .where('starts_at', '>=', from)
    .orderBy('starts_at')
    .orderBy('id')
    .executeTakeFirst()
  return row ?? null
}
