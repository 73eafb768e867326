// The questions about who comes and who invites, and what calendars are told. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import { isKind, type Kind } from '../meeting.ts'

/** Somebody who has said that they come. */
export interface Comes {
  id: string
  name: string
}

export interface ComesHere extends Comes {
  meeting: string
  code: string
  invitation: string | null
  /** Whose it is, if they have become a person. */
  person: string | null
}

/** The same link again changes nothing. Answers whether it is new. */
export async function addComing(
  tx: Tx,
  coming: {
    id?: string
    meeting: string
    name: string
    secretHash: Buffer | null
    invitation: string | null
    person?: string | null
  },
): Promise<boolean> {
  const done = await tx
    .insertInto('community.coming')
    .values({
      ...(coming.id === undefined ? {} : { id: coming.id }),
      meeting_id: coming.meeting,
      name: coming.name,
      secret_hash: coming.secretHash,
      invitation_id: coming.invitation,
      // Somebody who has been forgotten meanwhile is nobody.
      person_id: sql`(select p.id from community.person p where p.id = ${coming.person ?? null}::uuid)`,
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function findComing(tx: Tx, secretHash: Buffer): Promise<ComesHere | null> {
  const row = await tx
    .selectFrom('community.coming as c')
    .innerJoin('community.meeting as m', 'm.id', 'c.meeting_id')
    .select(['c.id', 'c.name', 'c.meeting_id as meeting', 'm.code', 'c.invitation_id as invitation'])
    .select('c.person_id as person')
    .where('c.secret_hash', '=', secretHash)
    .executeTakeFirst()
  return row ?? null
}

/** Those of these links that somebody has said yes with. */
export async function findAllComing(
  tx: Tx,
  secretHashes: readonly Buffer[],
): Promise<(Comes & { secretHash: Buffer })[]> {
  if (secretHashes.length === 0) return []
  const rows = await tx
    .selectFrom('community.coming')
    .select(['id', 'name', 'secret_hash'])
    .where('secret_hash', 'in', [...secretHashes])
    .execute()
  return rows.flatMap(({ id, name, secret_hash: secretHash }) => (secretHash ? { id, name, secretHash } : []))
}

export async function dropComing(tx: Tx, secretHash: Buffer): Promise<void> {
  await tx.deleteFrom('community.coming').where('secret_hash', '=', secretHash).execute()
}

export async function countComing(tx: Tx, meeting: string): Promise<number> {
  const row = await tx
    .selectFrom('community.coming')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('meeting_id', '=', meeting)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Who comes, by the alphabet. Empty unless the one who asks hosts the place. */
export async function whoComes(tx: Tx, meeting: string): Promise<Comes[]> {
  return tx
    .selectFrom('community.coming')
    .select(['id', 'name'])
    .where('meeting_id', '=', meeting)
    .orderBy(sql`name collate "da-x-icu"`)
    .orderBy('id')
    .execute()
}

/** As the host who acts: written down for somebody who told them. */
export async function writeComing(tx: Tx, id: string, meeting: string, name: string): Promise<void> {
  await tx
    .insertInto('community.coming')
    .values({ id, meeting_id: meeting, name })
    .onConflict((oc) => oc.column('id').doNothing())
    .execute()
}

/** As the host who acts. Answers whether there was somebody to strike. */
export async function strikeComing(tx: Tx, meeting: string, id: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('community.coming')
    .where('meeting_id', '=', meeting)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** Everything of one row, to bring it back as it was. */
export async function wholeComing(
  tx: Tx,
  meeting: string,
  id: string,
): Promise<{
  id: string
  name: string
  secretHash: Buffer | null
  invitation: string | null
  person: string | null
} | null> {
  const row = await tx
    .selectFrom('community.coming')
    .select(['id', 'name', 'secret_hash as secretHash', 'invitation_id as invitation', 'person_id as person'])
    .where('meeting_id', '=', meeting)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

// --- Invitations: who asks, and nothing about who is asked

export async function addInvitation(
  tx: Tx,
  invitation: { meeting: string; inviter: string; secretHash: Buffer; parent: string | null; person: string | null },
): Promise<void> {
  await tx
    .insertInto('community.invitation')
    .values({
      meeting_id: invitation.meeting,
      inviter: invitation.inviter,
      secret_hash: invitation.secretHash,
      parent_id: invitation.parent,
      person_id: invitation.person,
    })
    .onConflict((oc) => oc.column('secret_hash').doNothing())
    .execute()
}

/** Who somebody with an account is in the place of a meeting; null when nobody there. */
export async function selfAt(tx: Tx, meeting: string, account: string): Promise<string | null> {
  const row = await tx
    .selectFrom('community.person as p')
    .innerJoin('community.meeting as m', 'm.community_id', 'p.community_id')
    .select('p.id')
    .where('m.id', '=', meeting)
    .where('p.account_id', '=', account)
    .where('p.merged_into', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function countInvitations(tx: Tx, meeting: string): Promise<number> {
  const row = await tx
    .selectFrom('community.invitation')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('meeting_id', '=', meeting)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export interface Invitation {
  id: string
  inviter: string
  meeting: string
  code: string
}

export async function findInvitation(tx: Tx, secretHash: Buffer): Promise<Invitation | null> {
  const row = await tx
    .selectFrom('community.invitation as i')
    .innerJoin('community.meeting as m', 'm.id', 'i.meeting_id')
    .select(['i.id', 'i.inviter', 'i.meeting_id as meeting', 'm.code'])
    .where('i.secret_hash', '=', secretHash)
    .executeTakeFirst()
  return row ?? null
}

// --- The result by mail

/** Asked for twice, it is sent once. */
export async function addWish(tx: Tx, meeting: string, address: string, lang: string): Promise<void> {
  await tx
    .insertInto('community.mail_wish')
    .values({ meeting_id: meeting, address, lang })
    .onConflict((oc) => oc.columns(['meeting_id', 'address']).doNothing())
    .execute()
}

export async function countWishes(tx: Tx, meeting: string): Promise<number> {
  const row = await tx
    .selectFrom('community.mail_wish')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('meeting_id', '=', meeting)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

// --- Calendars

export interface CalendarRow {
  id: string
  code: string
  revision: number
  kind: Kind
  purpose: string
  place: string
  hostName: string
  startsAt: Date
  /** The plan's minutes; null when there is no plan. */
  minutes: number | null
  community: { name: string; slug: string; timeZone: string }
}

const inCalendar = (tx: Tx) =>
  tx
    .selectFrom('community.meeting as m')
    .innerJoin('community.community as c', 'c.id', 'm.community_id')
    .select(['m.id', 'm.code', 'm.revision', 'm.kind', 'm.purpose', 'm.place', 'm.host_name', 'm.starts_at'])
    .select(['c.name', 'c.slug', 'c.time_zone'])
    .select(
      sql<number | null>`(select sum(a.minutes)::int from community.agenda_item a where a.meeting_id = m.id)`.as(
        'minutes',
      ),
    )

type Row = Awaited<ReturnType<ReturnType<typeof inCalendar>['execute']>>[number]

const rowOf = (row: Row): CalendarRow[] =>
  isKind(row.kind)
    ? [
        {
          id: row.id,
          code: row.code,
          revision: row.revision,
          kind: row.kind,
          purpose: row.purpose,
          place: row.place,
          hostName: row.host_name,
          startsAt: row.starts_at,
          minutes: row.minutes,
          community: { name: row.name, slug: row.slug, timeZone: row.time_zone },
        },
      ]
    : []

export async function meetingForCalendar(tx: Tx, meeting: string): Promise<CalendarRow | null> {
  const rows = await inCalendar(tx).where('m.id', '=', meeting).execute()
  return rows.flatMap(rowOf)[0] ?? null
}

/** Every meeting of a community from this instant on, in their order. */
export async function meetingsForFeed(tx: Tx, slug: string, from: Date): Promise<CalendarRow[]> {
  const rows = await inCalendar(tx)
    .where('c.slug', '=', slug)
    .where('m.starts_at', '>=', from)
    .orderBy('m.starts_at')
    .orderBy('m.id')
    .limit(500)
    .execute()
  return rows.flatMap(rowOf)
}
