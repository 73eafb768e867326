// What the database is asked about the record of a meeting beyond the rooms below: what is open to all, the debrief, promises, wishes for mail.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { isStatementKind, type Statement, type Theme } from '../evening.ts'
import { isKind, type Kind } from '../meeting.ts'
import type { ResultBody } from '../result.ts'
import { type Debrief, debriefFields } from './debrief.ts'

/** How many have said something; 0 before an evening has begun. */
export async function voicesOf(tx: Tx, meeting: string): Promise<number> {
  const row = await tx
    .selectFrom('community.evening')
    .select('voices')
    .where('meeting_id', '=', meeting)
    .executeTakeFirst()
  return row?.voices ?? 0
}

/** What the one who asks may see of what was said; to anybody but a host, what its speakers have opened to the public. */
export async function statementsOpen(tx: Tx, meeting: string): Promise<Statement[]> {
  const rows = await tx
    .selectFrom('community.statement')
    .select([
      'id',
      'ordinal',
      'kind',
      'text',
      'lang',
      'medium',
      'state',
      'hidden_why',
      'open_to',
      'theme_id',
      'recognised',
      'rev',
    ])
    .where('meeting_id', '=', meeting)
    .where('state', '=', 'shown')
    .where('open_to', '=', 'public')
    .orderBy('ordinal')
    .execute()
  return rows.flatMap(({ kind, theme_id: theme, hidden_why, open_to, ...row }) =>
    isStatementKind(kind)
      ? {
          ...row,
          kind,
          theme,
          medium: row.medium as Statement['medium'],
          state: row.state as Statement['state'],
          hiddenWhy: hidden_why as Statement['hiddenWhy'],
          openTo: open_to as Statement['openTo'],
        }
      : [],
  )
}

/** The themes of a meeting, which are public; their dots are the hall's. */
export async function themesOpen(tx: Tx, meeting: string): Promise<Theme[]> {
  const rows = await tx
    .selectFrom('community.theme')
    .select(['id', 'name', 'place', 'priority', 'rev'])
    .where('meeting_id', '=', meeting)
    .where('gone', '=', false)
    .orderBy('place')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, phoneDots: null, paperDots: 0 }))
}

export interface HeldMeeting {
  id: string
  kind: Kind
  startsAt: Date
  closedAt: Date
  /** Null when the one who asks may not see it yet. */
  body: ResultBody | null
}

/** The closed meetings of a community in the order of time, each with the newest result that the one who asks may see. */
export async function heldMeetings(tx: Tx, community: string): Promise<HeldMeeting[]> {
  const { rows } = await sql<{ id: string; kind: string; starts_at: Date; closed_at: Date; body: ResultBody | null }>`
    select m.id, m.kind, m.starts_at, m.closed_at,
      (select r.body from community.result r where r.meeting_id = m.id order by r.version desc limit 1) as body
    from community.meeting m where m.community_id = ${community} and m.phase = 'closed'
    order by m.starts_at, m.id`.execute(tx)
  return rows.flatMap(({ kind, starts_at: startsAt, closed_at: closedAt, ...row }) =>
    isKind(kind) ? { ...row, kind, startsAt, closedAt } : [],
  )
}

export interface PromiseMade {
  name: string
  what: string
  /** `yyyy-mm-dd`. */
  byWhen: string | null
  toWhom: string | null
  state: string
}

/** The promises by name, by the alphabet. Empty unless the one who acts hosts here. */
export async function promisesOf(tx: Tx, meeting: string): Promise<PromiseMade[]> {
  const { rows } =
    await sql<PromiseMade>`select name, what, to_char(by_when, 'YYYY-MM-DD') as "byWhen", to_whom as "toWhom", state
    from community.commitment where meeting_id = ${meeting} and state <> 'released'
    order by name collate "da-x-icu", what collate "da-x-icu", id`.execute(tx)
  return rows
}

export interface ArrivalHere {
  name: string | null
  firstTime: boolean | null
  broughtBy: string
  bringer: string | null
}

/** The door list by the alphabet. Empty unless the one who acts hosts here. */
export async function doorListOf(tx: Tx, meeting: string): Promise<ArrivalHere[]> {
  const { rows } = await sql<ArrivalHere>`select name, first_time as "firstTime", brought_by as "broughtBy", bringer
    from community.arrival where meeting_id = ${meeting}
    order by name collate "da-x-icu" nulls last, first_time, brought_by, bringer collate "da-x-icu"`.execute(tx)
  return rows
}

// --- The debrief

/** What the team has written; null when nothing yet, or when the one who acts does not host here. */
export async function debriefOf(tx: Tx, meeting: string): Promise<Debrief | null> {
  const row = await tx.selectFrom('community.debrief').selectAll().where('meeting_id', '=', meeting).executeTakeFirst()
  if (!row) return null
  return {
    said: {
      happened: row.happened,
      plus: row.plus,
      delta: row.delta,
      grew: row.grew,
      missing: row.missing,
      hope: row.hope,
      nextStep: row.next_step,
      nextOwner: row.next_owner,
    },
    grewOk: row.grew_ok,
    writtenAt: row.written_at,
    rev: row.rev,
  }
}

const columns = {
  happened: 'happened',
  plus: 'plus',
  delta: 'delta',
  grew: 'grew',
  missing: 'missing',
  hope: 'hope',
  nextStep: 'next_step',
  nextOwner: 'next_owner',
} as const satisfies Record<(typeof debriefFields)[number], string>

/** Writes the debrief over the version that was seen (0: there was none). Answers whether that was still the one that stands. */
export async function writeDebrief(tx: Tx, meeting: string, debrief: Debrief): Promise<boolean> {
  const row = {
    ...Object.fromEntries(debriefFields.map((field) => [columns[field], debrief.said[field]])),
    grew_ok: debrief.grewOk,
    written_at: debrief.writtenAt,
  }
  if (debrief.rev === 0) {
    const done = await tx
      .insertInto('community.debrief')
      .values({ ...row, meeting_id: meeting })
      .onConflict((oc) => oc.column('meeting_id').doNothing())
      .executeTakeFirst()
    return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
  }
  const done = await tx
    .updateTable('community.debrief')
    .set({ ...row, rev: debrief.rev + 1 })
    .where('meeting_id', '=', meeting)
    .where('rev', '=', debrief.rev)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

// --- The mail of the next morning

export interface Wish {
  address: string
  lang: Lang
}

/** Takes those who have asked for the result by mail: whoever asks again is a new wish. */
export async function takeWishes(tx: Tx, meeting: string): Promise<Wish[]> {
  const { rows } = await sql<{ address: string; lang: string }>`
    delete from community.mail_wish where meeting_id = ${meeting} returning address, lang`.execute(tx)
  return rows.map(({ address, lang }) => ({ address, lang: lang === 'en' ? 'en' : 'da' }))
}
