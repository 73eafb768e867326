// What the database is asked about an evening as a whole; each part of the evening has further questions of its own.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import {
  type AgendaItem,
  type AgendaKind,
  type Evening,
  isStage,
  isStatementKind,
  phonesForDots,
  type ScreenShow,
  type Speaker,
  type Stage,
  type Statement,
  type Theme,
} from './evening.ts'

/** The stage of an evening; null before it has begun. */
export async function stageOf(tx: Tx, meeting: string): Promise<Stage | null> {
  const row = await tx
    .selectFrom('community.evening')
    .select('stage')
    .where('meeting_id', '=', meeting)
    .executeTakeFirst()
  return row && isStage(row.stage) ? row.stage : null
}

export async function agendaOf(tx: Tx, meeting: string): Promise<AgendaItem[]> {
  const rows = await tx
    .selectFrom('community.agenda_item')
    .select(['title', 'minutes', 'kind', 'reason'])
    .where('meeting_id', '=', meeting)
    .orderBy('place')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as AgendaKind }))
}

/** The whole evening as the program holds it, for the system to draw once for all who watch. Null before it has begun. */
export async function wholeEvening(tx: Tx, meeting: string): Promise<Evening | null> {
  const row = await tx.selectFrom('community.evening').selectAll().where('meeting_id', '=', meeting).executeTakeFirst()
  if (!row || !isStage(row.stage)) return null
  const { rows: counts } = await sql<{ here: number; promises: number; dot_phones: number }>`select
    (select count(*)::int from community.arrival a where a.meeting_id = ${meeting}) as here,
    (select count(*)::int from community.commitment c where c.meeting_id = ${meeting} and c.state <> 'released') as promises,
    (select count(distinct d.tag)::int from community.dot d where d.meeting_id = ${meeting}) as dot_phones`.execute(tx)
  const { here = 0, promises = 0, dot_phones: dotPhones = 0 } = counts[0] ?? {}
  return {
    meeting,
    stage: row.stage,
    begunAt: row.begun_at,
    putAwayAt: row.put_away_at,
    agenda: await agendaOf(tx, meeting),
    agendaAt: row.agenda_at,
    agendaSince: row.agenda_since,
    talk: {
      residentsMs: row.residents_ms,
      municipalityMs: row.municipality_ms,
      talking: row.talking as Speaker | null,
      since: row.talking_since,
    },
    screen: { show: row.screen as ScreenShow, page: row.screen_page },
    dotsEach: row.dots_each,
    voices: row.voices,
    here,
    promises,
    dotPhones,
    statements: await statementsOf(tx, meeting),
    themes: await themesOf(tx, meeting, dotPhones),
    rev: row.rev,
  }
}

async function statementsOf(tx: Tx, meeting: string): Promise<Statement[]> {
  const { rows } = await sql<{
    id: string
    ordinal: number
    kind: string
    text: string
    lang: string
    medium: string
    state: string
    hidden_why: string | null
    open_to: string
    theme_id: string | null
    recognised: number
    rev: number
  }>`select s.id, s.ordinal, s.kind, s.text, s.lang, s.medium, s.state, s.hidden_why, s.open_to, s.theme_id, s.rev,
      s.recognised + coalesce(r.n, 0)::int as recognised
    from community.statement s
    left join (select statement_id, count(*) as n from community.recognition where meeting_id = ${meeting} group by 1) r
      on r.statement_id = s.id
    where s.meeting_id = ${meeting} and s.state in ('shown', 'hidden')
    order by s.ordinal`.execute(tx)
  return rows.flatMap((row) =>
    isStatementKind(row.kind)
      ? {
          id: row.id,
          ordinal: row.ordinal,
          kind: row.kind,
          text: row.text,
          lang: row.lang,
          medium: row.medium as Statement['medium'],
          state: row.state as Statement['state'],
          hiddenWhy: row.hidden_why as Statement['hiddenWhy'],
          openTo: row.open_to as Statement['openTo'],
          theme: row.theme_id,
          recognised: row.recognised,
          rev: row.rev,
        }
      : [],
  )
}

async function themesOf(tx: Tx, meeting: string, dotPhones: number): Promise<Theme[]> {
  const { rows } = await sql<{
    id: string
    name: string
    place: number
    priority: boolean
    rev: number
    live: number
    counted: number | null
    paper: number
  }>`select t.id, t.name, t.place, t.priority, t.rev,
      (select coalesce(sum(d.n), 0)::int from community.dot d where d.theme_id = t.id) as live,
      (select c.n from community.dot_count c where c.theme_id = t.id and c.medium = 'phone') as counted,
      coalesce((select c.n from community.dot_count c where c.theme_id = t.id and c.medium = 'paper'), 0) as paper
    from community.theme t where t.meeting_id = ${meeting} and not t.gone order by t.place, t.id`.execute(tx)
  return rows.map(({ live, counted, paper, ...theme }) => ({
    ...theme,
    phoneDots: counted ?? (dotPhones >= phonesForDots ? live : null),
    paperDots: paper,
  }))
}

/**
 * Throws away what ties words, recognitions and dots to phones: recognitions and dots become counts. Dots of fewer than five phones
 * leave no count. Run twice, it does nothing more.
 */
export async function putAway(tx: Tx, meeting: string, at: Date): Promise<void> {
  const { rows } = await sql<{ meeting_id: string }>`update community.evening set put_away_at = ${at}
    where meeting_id = ${meeting} and put_away_at is null returning meeting_id`.execute(tx)
  if (rows.length === 0) return
  await sql`update community.statement s set
      recognised = s.recognised + (select count(*) from community.recognition r where r.statement_id = s.id), tag = null,
      state = case when s.state = 'asked' then 'withdrawn' else s.state end
    where s.meeting_id = ${meeting}`.execute(tx)
  await sql`insert into community.dot_count (meeting_id, theme_id, medium, n)
    select d.meeting_id, d.theme_id, 'phone', sum(d.n)::int from community.dot d where d.meeting_id = ${meeting}
      and (select count(distinct tag) from community.dot where meeting_id = ${meeting}) >= ${phonesForDots}
    group by d.meeting_id, d.theme_id order by d.theme_id on conflict do nothing`.execute(tx)
  await sql`delete from community.recognition where meeting_id = ${meeting}`.execute(tx)
  await sql`delete from community.dot where meeting_id = ${meeting}`.execute(tx)
  await sql`delete from community.voice where meeting_id = ${meeting}`.execute(tx)
  // Who meant to come is of no use when they have been: who came stands on the door list.
  await sql`delete from community.coming where meeting_id = ${meeting}`.execute(tx)
  await sql`delete from community.invitation where meeting_id = ${meeting}`.execute(tx)
  await sql`update community.arrival set tag = null where meeting_id = ${meeting}`.execute(tx)
}
