// All questions the meetings' room asks the database, one function each. Nobody else imports them.
import { sql } from 'kysely'
import type { Community } from '../communities/community.ts'
import type { Tx } from '../db/as-actor.ts'
import type { Purpose } from '../keys/key-cabinet.ts'
import type { Audience } from '../shares/published.ts'
import { isKind, type Kind, type Life, type Meeting } from './meeting.ts'
import type { CountedQuestion, ResultBody, Tally } from './result.ts'

/** A meeting with what its pages say about its community. */
export interface MeetingHere extends Meeting {
  community: Pick<Community, 'id' | 'slug' | 'name' | 'timeZone' | 'residents' | 'keeper'>
}

interface Row {
  id: string
  community_id: string
  code: string
  kind: string
  purpose: string
  place: string
  host_name: string
  starts_at: Date
  attended: number | null
  phase: string
  opened_at: Date | null
  closes_by: Date | null
  closed_at: Date | null
  slug: string
  name: string
  time_zone: string
  residents: number | null
  keeper: string | null
}

const meetingsHere = (tx: Tx) =>
  tx
    .selectFrom('community.meeting as m')
    .innerJoin('community.community as c', 'c.id', 'm.community_id')
    .leftJoin('community.controller as k', 'k.community_id', 'm.community_id')
    .leftJoin('community.association as a', 'a.id', 'k.association_id')
    .selectAll('m')
    .select(['c.slug', 'c.name', 'c.time_zone', 'c.residents', 'a.name as keeper'])

const kindOf = (text: string): Kind => {
  if (!isKind(text)) throw new RangeError('a kind of meeting the program does not know')
  return text
}

function lifeOf(row: Row): Life {
  const { phase, opened_at: openedAt, closes_by: closesBy, closed_at: closedAt } = row
  if (phase === 'open' && openedAt && closesBy) return { phase, openedAt, closesBy }
  if (phase === 'closed' && openedAt && closedAt) return { phase, openedAt, closedAt }
  return { phase: 'planned' }
}

const meetingOf = (row: Row): MeetingHere => ({
  id: row.id,
  communityId: row.community_id,
  code: row.code,
  kind: kindOf(row.kind),
  purpose: row.purpose,
  place: row.place,
  hostName: row.host_name,
  startsAt: row.starts_at,
  attended: row.attended,
  life: lifeOf(row),
  community: {
    id: row.community_id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    residents: row.residents,
    keeper: row.keeper,
  },
})

export async function findMeeting(tx: Tx, code: string): Promise<MeetingHere | null> {
  const row = await meetingsHere(tx).where('m.code', '=', code).executeTakeFirst()
  return row ? meetingOf(row) : null
}

export async function findMeetingById(tx: Tx, id: string): Promise<MeetingHere | null> {
  const row = await meetingsHere(tx).where('m.id', '=', id).executeTakeFirst()
  return row ? meetingOf(row) : null
}

export async function addMeeting(tx: Tx, meeting: Omit<Meeting, 'life' | 'attended'>): Promise<void> {
  await tx
    .insertInto('community.meeting')
    .values({
      id: meeting.id,
      community_id: meeting.communityId,
      code: meeting.code,
      kind: meeting.kind,
      purpose: meeting.purpose,
      place: meeting.place,
      host_name: meeting.hostName,
      starts_at: meeting.startsAt,
    })
    .execute()
}

/** Does the one who acts host the community of this meeting? */
export async function mayHost(tx: Tx, community: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select access.hosts(${community}) as yes`.execute(tx)
  return rows[0]?.yes ?? false
}

/** Answers whether the meeting was there to be changed. */
export async function setAttended(tx: Tx, meeting: string, attended: number): Promise<boolean> {
  const done = await tx.updateTable('community.meeting').set({ attended }).where('id', '=', meeting).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function setOpen(tx: Tx, meeting: string, openedAt: Date, closesBy: Date): Promise<void> {
  await tx
    .updateTable('community.meeting')
    .set({ phase: 'open', opened_at: openedAt, closes_by: closesBy })
    .where('id', '=', meeting)
    .execute()
}

export async function setClosed(tx: Tx, meeting: string, closedAt: Date): Promise<void> {
  await tx
    .updateTable('community.meeting')
    .set({ phase: 'closed', closed_at: closedAt })
    .where('id', '=', meeting)
    .execute()
}

/** Takes the meeting for this transaction alone, so that it is opened or closed once. */
export async function lockMeeting(tx: Tx, meeting: string): Promise<void> {
  await tx.selectFrom('community.meeting').select('id').where('id', '=', meeting).forUpdate().execute()
}

// --- The sealed cards

export interface CardRound {
  meeting: string
  round: number
  keys: Record<Purpose, Buffer>
}

export async function addRound(tx: Tx, { meeting, round, keys }: CardRound): Promise<void> {
  await tx
    .insertInto('community.card_round')
    .values({ meeting_id: meeting, round, shares_key: keys.shares, next_key: keys.next, who_key: keys.who })
    .execute()
}

/** The round that takes cards now, if there is one. */
export async function openRoundOf(tx: Tx, meeting: string): Promise<CardRound | null> {
  const row = await tx
    .selectFrom('community.card_round')
    .selectAll()
    .where('meeting_id', '=', meeting)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row
    ? { meeting, round: row.round, keys: { shares: row.shares_key, next: row.next_key, who: row.who_key } }
    : null
}

/** Takes the open round for closing: whoever keeps a card has finished, or will find the round closed. */
export async function lockOpenRound(tx: Tx, meeting: string): Promise<number | null> {
  const row = await tx
    .selectFrom('community.card_round')
    .select('round')
    .where('meeting_id', '=', meeting)
    .where('closed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row?.round ?? null
}

/** From now on the round takes no more cards. Whose cards it holds is remembered, written in the order of the keyed hash. */
export async function closeRound(tx: Tx, meeting: string, round: number, closedAt: Date): Promise<void> {
  await tx
    .updateTable('community.card_round')
    .set({ closed_at: closedAt })
    .where('meeting_id', '=', meeting)
    .where('round', '=', round)
    .execute()
  await sql`insert into community.card_receipt (meeting_id, purpose, tag, rev)
    select meeting_id, purpose, tag, rev from community.sealed_card
    where meeting_id = ${meeting} and round = ${round} order by purpose, tag on conflict do nothing`.execute(tx)
}

/** The first round that is closed and not counted yet. */
export async function roundToCount(tx: Tx, meeting: string): Promise<number | null> {
  const row = await tx
    .selectFrom('community.card_round')
    .select('round')
    .where('meeting_id', '=', meeting)
    .where('closed_at', 'is not', null)
    .where('counted_at', 'is', null)
    .orderBy('round')
    .executeTakeFirst()
  return row?.round ?? null
}

/** Meetings with a round that is closed and not counted yet: a counting is under way, or was cut off. */
export async function meetingsToCount(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectFrom('community.card_round')
    .select('meeting_id')
    .distinct()
    .where('closed_at', 'is not', null)
    .where('counted_at', 'is', null)
    .execute()
  return rows.map((row) => row.meeting_id)
}

export async function endRound(tx: Tx, meeting: string, round: number, countedAt: Date): Promise<void> {
  await tx
    .updateTable('community.card_round')
    .set({ counted_at: countedAt })
    .where('meeting_id', '=', meeting)
    .where('round', '=', round)
    .execute()
}

export interface Sealed {
  purpose: Purpose
  tag: Buffer
  box: Buffer
}

/** Every sealed card of a round. They come without an order. */
export async function sealedCards(tx: Tx, meeting: string, round: number): Promise<Sealed[]> {
  const rows = await tx
    .selectFrom('community.sealed_card')
    .select(['purpose', 'tag', 'box'])
    .where('meeting_id', '=', meeting)
    .where('round', '=', round)
    .execute()
  return rows as Sealed[]
}

export async function countSealed(tx: Tx, meeting: string, round: number): Promise<number> {
  const row = await tx
    .selectFrom('community.sealed_card')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('purpose', '=', 'shares')
    .where('meeting_id', '=', meeting)
    .where('round', '=', round)
    .executeTakeFirstOrThrow()
  return row.n
}

/** Sealed cards are dropped once they are counted. */
export async function dropSealed(tx: Tx, meeting: string, round: number): Promise<void> {
  await tx.deleteFrom('community.sealed_card').where('meeting_id', '=', meeting).where('round', '=', round).execute()
}

export async function dropReceipts(tx: Tx, meeting: string): Promise<void> {
  await tx.deleteFrom('community.card_receipt').where('meeting_id', '=', meeting).execute()
}

// --- What was counted, and the frozen results

export async function addCounts(tx: Tx, meeting: string, cards: number, tally: Tally): Promise<void> {
  await tx
    .insertInto('community.counted_cards')
    .values({ meeting_id: meeting, cards })
    .onConflict((oc) => oc.column('meeting_id').doUpdateSet({ cards: sql`counted_cards.cards + excluded.cards` }))
    .execute()
  // In the order of the answers: in the order in which they were met, the first row would be the first card's.
  const rows = [...tally].flatMap(([question, counts]) =>
    [...counts].sort(([a], [b]) => a - b).map(([answer, n]) => ({ meeting_id: meeting, question, answer, n })),
  )
  if (rows.length === 0) return
  await tx
    .insertInto('community.card_count')
    .values(rows)
    .onConflict((oc) =>
      oc.columns(['meeting_id', 'question', 'answer']).doUpdateSet({ n: sql`card_count.n + excluded.n` }),
    )
    .execute()
}

export async function countsOf(tx: Tx, meeting: string): Promise<{ cards: number; tally: Tally }> {
  const cards = await tx
    .selectFrom('community.counted_cards')
    .select('cards')
    .where('meeting_id', '=', meeting)
    .executeTakeFirst()
  const rows = await tx.selectFrom('community.card_count').selectAll().where('meeting_id', '=', meeting).execute()
  const tally = new Map<CountedQuestion, Map<number, number>>()
  for (const { question, answer, n } of rows) {
    const counts = tally.get(question as CountedQuestion) ?? new Map<number, number>()
    tally.set(question as CountedQuestion, counts.set(answer, n))
  }
  return { cards: cards?.cards ?? 0, tally }
}

export async function addNextWords(tx: Tx, meeting: string, texts: readonly string[]): Promise<void> {
  // In the order of their content: the order of arrival is gone.
  const rows = [...texts].sort().map((text) => ({ meeting_id: meeting, text }))
  if (rows.length > 0) await tx.insertInto('community.next_word').values(rows).execute()
}

/** What people wrote that they will do now, by the alphabet. Empty unless the one who acts hosts here and five have written. */
export async function nextWordsOf(tx: Tx, meeting: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('community.next_word')
    .select('text')
    .where('meeting_id', '=', meeting)
    .orderBy(sql`text collate "da-x-icu"`)
    .execute()
  return rows.map((row) => row.text)
}

export interface FrozenResult {
  version: number
  publishedAt: Date
  body: ResultBody
}

export async function addResult(
  tx: Tx,
  meeting: string,
  audience: Audience,
  publishedAt: Date,
  body: ResultBody,
): Promise<void> {
  // The same body again is no new version.
  await sql`insert into community.result (meeting_id, audience, version, published_at, body)
    select ${meeting}, ${audience}, coalesce(max(version), 0) + 1, ${publishedAt}, ${JSON.stringify(body)}::jsonb
    from community.result where meeting_id = ${meeting} and audience = ${audience}
    having coalesce((array_agg(body order by version desc))[1], '{}') is distinct from ${JSON.stringify(body)}::jsonb`.execute(
    tx,
  )
}

/** Tells every process that something about the meeting has changed, when the transaction commits. */
export async function tellMeeting(tx: Tx, meeting: string): Promise<void> {
  await sql`select pg_notify('oplive_meeting', ${meeting})`.execute(tx)
}

/** The newest frozen result that the one who acts may see. */
export async function resultOf(tx: Tx, meeting: string): Promise<FrozenResult | null> {
  const row = await tx
    .selectFrom('community.result')
    .select(['version', 'published_at', 'body'])
    .where('meeting_id', '=', meeting)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { version: row.version, publishedAt: row.published_at, body: row.body as unknown as ResultBody } : null
}

export async function answeredSoFar(tx: Tx, meeting: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select community.answered_so_far(${meeting}) as n`.execute(tx)
  return rows[0]?.n ?? 0
}

/** Every round of these meetings, and whether it has been counted. */
export async function roundsOf(
  tx: Tx,
  meetings: readonly string[],
): Promise<{ meeting: string; round: number; counted: boolean }[]> {
  if (meetings.length === 0) return []
  const rows = await tx
    .selectFrom('community.card_round')
    .select(['meeting_id', 'round', 'counted_at'])
    .where('meeting_id', 'in', [...meetings])
    .execute()
  return rows.map((row) => ({ meeting: row.meeting_id, round: row.round, counted: row.counted_at !== null }))
}
