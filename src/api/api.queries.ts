// The questions of other programs: their keys, and the addresses that are told. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { ApiKey, KeyRole } from './api-key.ts'
import type { WebhookEvent } from './webhook.ts'

// --- Keys

export async function ownKeys(tx: Tx, today: string): Promise<ApiKey[]> {
  const rows = await tx
    .selectFrom('access.api_key as k')
    .leftJoin('community.community as c', 'c.id', 'k.community_id')
    .select(['k.id', 'k.name', 'k.as_role', 'k.made_on', 'k.expires_on', 'k.used_on', 'c.slug', 'c.name as place'])
    .where('k.account_id', '=', sql<string>`access.me()`)
    .where('k.expires_on', '>', today)
    .orderBy('k.made_on', 'desc')
    .orderBy('k.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: row.as_role as KeyRole,
    place: row.slug !== null && row.place !== null ? { slug: row.slug, name: row.place } : null,
    madeOn: row.made_on,
    expiresOn: row.expires_on,
    usedOn: row.used_on,
  }))
}

export async function addKey(
  tx: Tx,
  key: { hash: Buffer; community: string | null; role: KeyRole; name: string; madeOn: string; expiresOn: string },
): Promise<void> {
  await sql`insert into access.api_key (secret_hash, account_id, community_id, as_role, name, made_on, expires_on)
    values (${key.hash}, access.me(), ${key.community}, ${key.role}, ${key.name}, ${key.madeOn}, ${key.expiresOn})`.execute(
    tx,
  )
}

/** Answers whether there was one of one's own. */
export async function dropKey(tx: Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('access.api_key').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

export interface KeyHolder {
  id: string
  account: string
  role: KeyRole
  community: { id: string; slug: string } | null
  /** What the owner is today, in the key's place or in the municipality; null for nothing. */
  held: string | null
  usedOn: string | null
}

/** Whose key it is, with what they are today. Null for a key that is unknown, has run out, or whose owner has ended. */
export async function keyHolder(tx: Tx, hash: Buffer, today: string): Promise<KeyHolder | null> {
  const { rows } = await sql<{
    id: string
    account: string
    role: KeyRole
    community: string | null
    slug: string | null
    held: string | null
    usedOn: string | null
  }>`select k.id, k.account_id as account, k.as_role as role, k.community_id as community, c.slug, k.used_on as "usedOn",
      case when k.community_id is null then a.municipal_role else r.role end as held
    from access.api_key k join access.account a on a.id = k.account_id
      left join community.community c on c.id = k.community_id
      left join access.community_role r on r.account_id = k.account_id and r.community_id = k.community_id
    where k.secret_hash = ${hash} and k.expires_on > ${today} and a.ended_at is null`.execute(tx)
  const row = rows[0]
  if (!row) return null
  const { community, slug, ...rest } = row
  return { ...rest, community: community !== null && slug !== null ? { id: community, slug } : null }
}

export async function usedToday(tx: Tx, id: string, today: string): Promise<void> {
  await tx.updateTable('access.api_key').set({ used_on: today }).where('id', '=', id).execute()
}

/** Forgets those that have run out. */
export async function dropOldKeys(tx: Tx, today: string): Promise<void> {
  await tx.deleteFrom('access.api_key').where('expires_on', '<=', today).execute()
}

// --- Addresses that are told

export interface Webhook {
  id: string
  url: string
  madeOn: string
  failingSince: string | null
  stoppedOn: string | null
  lastAnswer: string | null
}

export async function webhooksOf(tx: Tx, community: string): Promise<Webhook[]> {
  const rows = await tx
    .selectFrom('community.webhook')
    .selectAll()
    .where('community_id', '=', community)
    .orderBy('made_on')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    madeOn: row.made_on,
    failingSince: row.failing_since,
    stoppedOn: row.stopped_on,
    lastAnswer: row.last_answer,
  }))
}

/** Answers false when it is there already. */
export async function addWebhook(
  tx: Tx,
  hook: { id: string; community: string; url: string; day: string },
): Promise<boolean> {
  const { rows } = await sql`insert into community.webhook (id, community_id, url, made_on)
    values (${hook.id}, ${hook.community}, ${hook.url}, ${hook.day}) on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function dropWebhook(tx: Tx, community: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('community.webhook')
    .where('community_id', '=', community)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** One that was given up is told again. */
export async function goOn(tx: Tx, community: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('community.webhook')
    .set({ stopped_on: null, failing_since: null })
    .where('community_id', '=', community)
    .where('id', '=', id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface Call {
  id: string
  webhook: string
  url: string
  event: WebhookEvent
  tries: number
  laidAt: Date
  meeting: {
    id: string
    kind: string
    purpose: string
    place: string
    host: string
    startsAt: Date
    phase: string
    slug: string
    community: string
  }
}

/** Takes one call that is due, for whoever asks first: nobody else is given it before `again`. What is three days old is gone. */
export async function takeCall(tx: Tx, now: Date, again: Date, tooOld: Date): Promise<Call | null> {
  await tx.deleteFrom('community.webhook_call').where('laid_at', '<=', tooOld).execute()
  const { rows } = await sql<Omit<Call, 'meeting'> & Call['meeting'] & { meetingId: string }>`
    with taken as (update community.webhook_call c set tries = c.tries + 1, not_before = ${again}
      where c.id = (select n.id from community.webhook_call n join community.webhook w on w.id = n.webhook_id and w.stopped_on is null
        where n.not_before <= ${now} order by n.not_before limit 1 for update of n skip locked) returning c.*)
    select t.id, t.webhook_id as webhook, w.url, t.event, t.tries, t.laid_at as "laidAt", m.id as "meetingId", m.kind, m.purpose, m.place,
      m.host_name as host, m.starts_at as "startsAt", m.phase, p.slug, p.name as community
    from taken t join community.webhook w on w.id = t.webhook_id join community.meeting m on m.id = t.meeting_id
      join community.community p on p.id = m.community_id`.execute(tx)
  const row = rows[0]
  if (!row) return null
  const { id, webhook, url, event, tries, laidAt, meetingId, ...meeting } = row
  return { id, webhook, url, event, tries, laidAt, meeting: { ...meeting, id: meetingId } }
}

export async function calledWell(tx: Tx, call: Call, answer: string): Promise<void> {
  await tx.deleteFrom('community.webhook_call').where('id', '=', call.id).execute()
  await tx
    .updateTable('community.webhook')
    .set({ failing_since: null, last_answer: answer })
    .where('id', '=', call.webhook)
    .execute()
}

/** It did not arrive: tried again at `at`. Where nothing has arrived since `giveUp`, nothing more is told. */
export async function calledInVain(
  tx: Tx,
  call: Call,
  { answer, at, today, giveUp }: { answer: string; at: Date; today: string; giveUp: string },
): Promise<void> {
  await tx.updateTable('community.webhook_call').set({ not_before: at }).where('id', '=', call.id).execute()
  await sql`update community.webhook set last_answer = ${answer}, failing_since = coalesce(failing_since, ${today}),
    stopped_on = case when failing_since <= ${giveUp} then ${today}::date else stopped_on end where id = ${call.webhook}`.execute(
    tx,
  )
}
