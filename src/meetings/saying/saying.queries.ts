// What the database is asked for phones in the hall: own words by their tag, recognitions, dots, and the door list.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { HiddenReason, Medium, StatementKind, StatementState } from '../evening.ts'
import type { AtTheDoor } from './saying.ts'

/** Something this phone has said, and what became of it. */
export interface OwnWord {
  id: string
  ordinal: number
  kind: StatementKind
  text: string
  lang: string
  state: StatementState
  hiddenWhy: HiddenReason | null
  openTo: 'hall' | 'public'
  /** The name of the theme it was gathered under. */
  theme: string | null
  recognised: number
  rev: number
}

interface NewStatement {
  id: string
  meeting: string
  kind: StatementKind
  text: string
  lang: string
  medium: Medium
  tag: Buffer
  state: 'asked' | 'shown'
  openTo: 'hall' | 'public'
  most: number
}

/**
 * Puts a statement down, unless it is there already. The evening is taken first, so that its order and its voices are counted one
 * phone at a time. Answers whether it was put down now.
 */
export async function addStatement(tx: Tx, one: NewStatement): Promise<boolean> {
  const { rows } = await sql`with here as materialized (
      select meeting_id from community.evening where meeting_id = ${one.meeting} and put_away_at is null for update)
    insert into community.statement (id, meeting_id, kind, text, lang, medium, tag, state, open_to)
    select ${one.id}::uuid, here.meeting_id, ${one.kind}, ${one.text}, ${one.lang}, ${one.medium}, ${one.tag}::bytea, ${one.state}, ${one.openTo}
    from here
    where (select count(*) from community.statement s where s.meeting_id = ${one.meeting} and s.tag = ${one.tag}::bytea) < ${one.most}
      and not exists (select from community.statement s where s.id = ${one.id}::uuid)
    on conflict (id) do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function statementById(
  tx: Tx,
  meeting: string,
  id: string,
): Promise<{ text: string; kind: string; state: StatementState } | null> {
  const row = await tx
    .selectFrom('community.statement')
    .select(['text', 'kind', 'state'])
    .where('id', '=', id)
    .where('meeting_id', '=', meeting)
    .executeTakeFirst()
  return row ? { ...row, state: row.state as StatementState } : null
}

/** Takes one's own statement for this transaction: nobody takes it down or gathers it meanwhile. */
export async function lockOwn(
  tx: Tx,
  meeting: string,
  tag: Buffer,
  id: string,
): Promise<{ text: string; kind: StatementKind; state: StatementState } | null> {
  const row = await tx
    .selectFrom('community.statement')
    .select(['text', 'kind', 'state'])
    .where('id', '=', id)
    .where('meeting_id', '=', meeting)
    .where('tag', '=', tag)
    .forUpdate()
    .executeTakeFirst()
  return row ? { ...row, kind: row.kind as StatementKind, state: row.state as StatementState } : null
}

type Change = Partial<{ kind: StatementKind; text: string; lang: string; openTo: 'hall' | 'public' }> & {
  state: StatementState
}

export async function changeOwn(tx: Tx, id: string, change: Change): Promise<void> {
  const { openTo, ...rest } = change
  await tx
    .updateTable('community.statement')
    .set({
      ...rest,
      ...(openTo && { open_to: openTo }),
      // Why it was taken down belongs to words that are down.
      ...(change.state !== 'hidden' && { hidden_why: null }),
    })
    .set((eb) => ({ rev: eb('rev', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** What others knew was other words: the count begins anew. */
export async function forgetRecognitions(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('community.recognition').where('statement_id', '=', id).execute()
}

export type Taking = 'open' | 'over' | 'not-begun'

/** Does this evening take anything? Held for this transaction, so that it is not put away meanwhile. */
export async function taking(tx: Tx, meeting: string): Promise<{ now: Taking; stage: string; dotsEach: number }> {
  const { rows } = await sql<{
    put_away_at: Date | null
    stage: string
    dots_each: number
  }>`select put_away_at, stage, dots_each
    from community.evening where meeting_id = ${meeting} for share`.execute(tx)
  const row = rows[0]
  if (!row) return { now: 'not-begun', stage: '', dotsEach: 0 }
  return { now: row.put_away_at ? 'over' : 'open', stage: row.stage, dotsEach: row.dots_each }
}

/** Answers false when there is no such statement to be seen now, or the evening takes nothing. Twice is once. */
export async function addRecognition(tx: Tx, meeting: string, tag: Buffer, statement: string): Promise<boolean> {
  const { rows } = await sql<{ here: boolean }>`with here as materialized (
      select s.id from community.statement s join community.evening e on e.meeting_id = s.meeting_id
      where s.id = ${statement}::uuid and s.meeting_id = ${meeting} and s.state = 'shown' and e.put_away_at is null
      for share of e),
    added as (insert into community.recognition (statement_id, meeting_id, tag)
      select id, ${meeting}::uuid, ${tag}::bytea from here on conflict do nothing)
    select exists (select from here) as here`.execute(tx)
  return rows[0]?.here ?? false
}

export async function removeRecognition(tx: Tx, meeting: string, tag: Buffer, statement: string): Promise<void> {
  await tx
    .deleteFrom('community.recognition')
    .where('statement_id', '=', statement)
    .where('meeting_id', '=', meeting)
    .where('tag', '=', tag)
    .execute()
}

/** One phone's dots are put one after the other, also from two tabs. */
export async function lockDots(tx: Tx, tag: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(encode(${tag}::bytea, 'hex'), 7))`.execute(tx)
}

/** Which of these themes are there to be given dots. */
export async function themesHere(tx: Tx, meeting: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('community.theme')
    .select('id')
    .where('meeting_id', '=', meeting)
    .where('gone', '=', false)
    .where('id', 'in', ids)
    .execute()
  return rows.map(({ id }) => id)
}

/** All the dots of one phone: these, and no others. */
export async function setDots(tx: Tx, meeting: string, tag: Buffer, dots: ReadonlyMap<string, number>): Promise<void> {
  await tx.deleteFrom('community.dot').where('meeting_id', '=', meeting).where('tag', '=', tag).execute()
  if (dots.size === 0) return
  await tx
    .insertInto('community.dot')
    .values([...dots].map(([theme_id, n]) => ({ meeting_id: meeting, theme_id, tag, n })))
    .execute()
}

/** The door list's row of this phone. Said again, it takes the place of what was said before. */
export async function setArrival(tx: Tx, meeting: string, tag: Buffer, said: AtTheDoor): Promise<boolean> {
  const { rows } =
    await sql`insert into community.arrival (meeting_id, tag, medium, name, first_time, brought_by, bringer)
    select e.meeting_id, ${tag}::bytea, 'phone', ${said.name}, ${said.firstTime}::boolean, ${said.broughtBy}, ${said.bringer}
    from community.evening e where e.meeting_id = ${meeting} and e.put_away_at is null for share
    on conflict (meeting_id, tag) do update set name = excluded.name, first_time = excluded.first_time,
      brought_by = excluded.brought_by, bringer = excluded.bringer, rev = community.arrival.rev + 1
    returning id`.execute(tx)
  return rows.length > 0
}

export async function arrivalOf(tx: Tx, meeting: string, tag: Buffer): Promise<AtTheDoor | null> {
  const row = await tx
    .selectFrom('community.arrival')
    .select(['name', 'first_time', 'brought_by', 'bringer'])
    .where('meeting_id', '=', meeting)
    .where('tag', '=', tag)
    .executeTakeFirst()
  return row
    ? {
        name: row.name,
        firstTime: row.first_time,
        broughtBy: row.brought_by as AtTheDoor['broughtBy'],
        bringer: row.bringer,
      }
    : null
}

/** Everything this phone has said, in the order it was said. */
export async function ownWords(tx: Tx, meeting: string, tag: Buffer): Promise<OwnWord[]> {
  const { rows } = await sql<{
    id: string
    ordinal: number
    kind: StatementKind
    text: string
    lang: string
    state: StatementState
    hidden_why: HiddenReason | null
    open_to: 'hall' | 'public'
    theme: string | null
    recognised: number
    rev: number
  }>`select s.id, s.ordinal, s.kind, s.text, s.lang, s.state, s.hidden_why, s.open_to, s.rev, t.name as theme,
      s.recognised + (select count(*)::int from community.recognition r where r.statement_id = s.id) as recognised
    from community.statement s left join community.theme t on t.id = s.theme_id and not t.gone
    where s.meeting_id = ${meeting} and s.tag = ${tag}::bytea order by s.ordinal`.execute(tx)
  return rows.map(({ hidden_why: hiddenWhy, open_to: openTo, ...row }) => ({ ...row, hiddenWhy, openTo }))
}

/** What this phone has done, in one question: for drawing its page. */
export async function doneBy(
  tx: Tx,
  meeting: string,
  tags: { say: Buffer; know: Buffer; dots: Buffer },
): Promise<{ own: { id: string; state: StatementState }[]; known: string[]; dots: [theme: string, n: number][] }> {
  const { rows } = await sql<{ what: 'own' | 'known' | 'dot'; id: string; state: string; n: number }>`
    select 'own' as what, id::text, state, 0 as n from community.statement where meeting_id = ${meeting} and tag = ${tags.say}::bytea
    union all select 'known', statement_id::text, '', 0 from community.recognition where meeting_id = ${meeting} and tag = ${tags.know}::bytea
    union all select 'dot', theme_id::text, '', n from community.dot where meeting_id = ${meeting} and tag = ${tags.dots}::bytea`.execute(
    tx,
  )
  return {
    own: rows.flatMap(({ what, id, state }) => (what === 'own' ? { id, state: state as StatementState } : [])),
    known: rows.flatMap(({ what, id }) => (what === 'known' ? id : [])),
    dots: rows.flatMap(({ what, id, n }) => (what === 'dot' ? [[id, n] as [string, number]] : [])),
  }
}
