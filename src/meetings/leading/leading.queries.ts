// The questions leading asks the database: the evening is taken first, so that two who lead act one after the other.
import { sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { Change, LeadingDeed, Value } from './leading.ts'

/** The evening's own row, taken for this transaction. Null before it has begun. */
export async function takeEvening(tx: Tx, meeting: string) {
  return (
    (await tx
      .selectFrom('community.evening')
      .select([
        'meeting_id',
        'stage',
        'agenda_at',
        'agenda_since',
        'residents_ms',
        'municipality_ms',
        'talking',
        'talking_since',
        'screen',
        'screen_page',
        'put_away_at',
        'rev',
      ])
      .where('meeting_id', '=', meeting)
      .forUpdate()
      .executeTakeFirst()) ?? null
  )
}
export type EveningRow = NonNullable<Awaited<ReturnType<typeof takeEvening>>>

/** Answers whether it was begun now: of two who begin at once, one does. */
export async function addEvening(tx: Tx, meeting: string, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('community.evening')
    .values({ meeting_id: meeting, begun_at: at, agenda_since: at })
    .onConflict((oc) => oc.column('meeting_id').doNothing())
    .returning('meeting_id')
    .executeTakeFirst()
  return row !== undefined
}

/** How many items the plan of a meeting has. */
export async function agendaLength(tx: Tx, meeting: string): Promise<number> {
  const row = await tx
    .selectFrom('community.agenda_item')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('meeting_id', '=', meeting)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export async function themesOf(tx: Tx, meeting: string) {
  return tx
    .selectFrom('community.theme')
    .select(['id', 'name', 'place', 'priority', 'gone', 'rev'])
    .where('meeting_id', '=', meeting)
    .orderBy('place')
    .orderBy('id')
    .execute()
}

export async function addTheme(tx: Tx, theme: { id: string; meeting: string; name: string; place: number }) {
  await tx
    .insertInto('community.theme')
    .values({ id: theme.id, meeting_id: theme.meeting, name: theme.name, place: theme.place })
    .execute()
}

/** The statements with these ids that the one who acts may see, in this meeting. */
export async function statementsBy(tx: Tx, meeting: string, ids: readonly string[]) {
  if (ids.length === 0) return []
  return tx
    .selectFrom('community.statement')
    .select(['id', 'theme_id', 'state', 'hidden_why', 'medium'])
    .where('meeting_id', '=', meeting)
    .where('id', 'in', [...ids])
    .where('state', 'in', ['shown', 'hidden'])
    .execute()
}

export async function statementsIn(tx: Tx, meeting: string, theme: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('community.statement')
    .select('id')
    .where('meeting_id', '=', meeting)
    .where('theme_id', '=', theme)
    .where('state', 'in', ['shown', 'hidden'])
    .execute()
  return rows.map(({ id }) => id)
}

export async function isThere(tx: Tx, statement: string): Promise<boolean> {
  const row = await tx.selectFrom('community.statement').select('id').where('id', '=', statement).executeTakeFirst()
  return row !== undefined
}

export interface NewStatement {
  id: string
  meeting: string
  kind: string
  text: string
  lang: string
  medium: string
  openTo: string
}

export async function addStatement(tx: Tx, said: NewStatement): Promise<void> {
  await sql`insert into community.statement (id, meeting_id, kind, text, lang, medium, state, open_to)
    values (${said.id}, ${said.meeting}, ${said.kind}, ${said.text}, ${said.lang}, ${said.medium}, 'shown', ${said.openTo})`.execute(
    tx,
  )
}

/** What was written down for somebody is taken back: so is their voice. */
export async function unsay(tx: Tx, meeting: string, statement: string): Promise<void> {
  const done = await tx
    .updateTable('community.statement')
    .set({ state: 'withdrawn', rev: sql`rev + 1` })
    .where('id', '=', statement)
    .where('meeting_id', '=', meeting)
    .where('medium', '<>', 'phone')
    .where('state', '=', 'shown')
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) return
  await tx
    .updateTable('community.evening')
    .set({ voices: sql`greatest(0, voices - 1)` })
    .where('meeting_id', '=', meeting)
    .execute()
}

// --- Changing and undoing, by the names of the columns

const tables = { evening: 'community.evening', theme: 'community.theme', statement: 'community.statement' } as const
const keys = { evening: 'meeting_id', theme: 'id', statement: 'id' } as const
const columns: Record<Change['of'], readonly string[]> = {
  evening: [
    'stage',
    'agenda_at',
    'agenda_since',
    'residents_ms',
    'municipality_ms',
    'talking',
    'talking_since',
    'screen',
    'screen_page',
  ],
  theme: ['name', 'place', 'priority', 'gone'],
  statement: ['theme_id', 'state', 'hidden_why'],
}

const plain = (value: unknown): Value => (value instanceof Date ? value.toISOString() : (value as Value))

/** How it is now; null when it is not there, or not to be seen by the one who acts. */
export async function howItIs(
  tx: Tx,
  meeting: string,
  of: Change['of'],
  id: string,
): Promise<Record<string, Value> | null> {
  const table = sql.table(tables[of])
  const { rows } = await sql<Record<string, unknown>>`select ${sql.join(columns[of].map((name) => sql.ref(name)))}
    from ${table} where ${sql.ref(keys[of])} = ${id} and meeting_id = ${meeting} for update`.execute(tx)
  const row = rows[0]
  return row ? Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])) : null
}

/** Several statements at once, as `howItIs`. */
export async function howStatementsAre(
  tx: Tx,
  meeting: string,
  ids: readonly string[],
): Promise<Map<string, Record<string, Value>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Record<string, Value>>`select id, theme_id, state, hidden_why from community.statement
    where meeting_id = ${meeting} and id = any(${[...ids]}::uuid[]) and state in ('shown', 'hidden') for update`.execute(
    tx,
  )
  return new Map(rows.map((row) => [String(row.id), row]))
}

/** Sets what is named, and nothing else. */
export async function setTo(
  tx: Tx,
  meeting: string,
  of: Change['of'],
  ids: readonly string[],
  wanted: Record<string, Value>,
): Promise<void> {
  const names = Object.keys(wanted).filter((name) => columns[of].includes(name))
  if (names.length === 0 || ids.length === 0) return
  const sets = names.map((name) => sql`${sql.ref(name)} = ${wanted[name]}`)
  await sql`update ${sql.table(tables[of])} set ${sql.join(sets)}, rev = rev + 1
    where meeting_id = ${meeting} and ${sql.ref(keys[of])} = any(${[...ids]}::uuid[])`.execute(tx)
}

/** Something else of the evening has changed than its own row. */
export async function touch(tx: Tx, meeting: string): Promise<void> {
  await sql`update community.evening set rev = rev + 1 where meeting_id = ${meeting}`.execute(tx)
}

// --- The list of what was done

export interface Done {
  id: string
  deed: LeadingDeed
  changes: Change[]
}

export async function remember(tx: Tx, meeting: string, deed: LeadingDeed, changes: readonly Change[]): Promise<void> {
  await tx
    .insertInto('community.undo')
    .values({ meeting_id: meeting, deed, back: JSON.stringify(changes) })
    .execute()
}

/** What can be undone, newest first. */
export async function doneSoFar(tx: Tx, meeting: string, most: number): Promise<Done[]> {
  const rows = await tx
    .selectFrom('community.undo')
    .select(['id', 'deed', 'back'])
    .where('meeting_id', '=', meeting)
    .where('undone', '=', false)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ id, deed, back }) => ({
    id: String(id),
    deed: deed as LeadingDeed,
    changes: back as unknown as Change[],
  }))
}

/** One thing that was done, unless it has been undone already. */
export async function doneBy(tx: Tx, meeting: string, id: string): Promise<Done | null> {
  const row = await tx
    .selectFrom('community.undo')
    .select(['id', 'deed', 'back'])
    .where('meeting_id', '=', meeting)
    .where('id', '=', id)
    .where('undone', '=', false)
    .executeTakeFirst()
  return row ? { id: String(row.id), deed: row.deed as LeadingDeed, changes: row.back as unknown as Change[] } : null
}

export async function markUndone(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('community.undo').set({ undone: true }).where('id', '=', id).execute()
}

/** With the evening put away, nobody undoes any more. */
export async function forgetDone(tx: Tx, meeting: string): Promise<void> {
  await tx.deleteFrom('community.undo').where('meeting_id', '=', meeting).execute()
}
