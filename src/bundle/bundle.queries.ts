// What a move asks the database: the rows that go, in an order that tells nothing, and their way in again.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import { goes } from './what-goes.ts'

type Owner = (typeof goes)[string]['ties'][number][1]

/** What each kind of tie points at, of one place. */
function ownersOf(owner: Owner, place: string): RawBuilder<unknown> {
  const id = sql`${place}::uuid`
  switch (owner) {
    case 'place':
      return sql`select ${id}`
    case 'account':
      return sql`select account_id from community.person where community_id = ${id} and account_id is not null
        union select account_id from access.community_role where community_id = ${id}`
    case 'person':
      return sql`select id from community.person where community_id = ${id}`
    case 'meeting':
      return sql`select id from community.meeting where community_id = ${id}`
    case 'association':
      return sql`select id from community.association where community_id = ${id}`
    case 'handOver':
      return sql`select id from community.hand_over where community_id = ${id}`
    case 'keyChange':
      return sql`select id from community.key_change where community_id = ${id}`
    case 'look':
      return sql`select id from community.look where community_id = ${id}`
  }
}

const partsOf = (table: string) => table.split('.') as [string, string]
const tableName = (table: string) => sql.table(table)

/** Times and numbers are written alike on every machine. */
export const inOneWriting = (tx: Tx) =>
  sql`select set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true)`.execute(tx)

export interface Place {
  id: string
  slug: string
  name: string
  municipality: string
  /** Meetings whose card is open, and evenings that are not put away. */
  going: number
  /** When the last card was closed whose late cards are still being gathered; null when none are. */
  lateClosed: Date | null
}

export async function placeToMove(tx: Tx, slug: string): Promise<Place | undefined> {
  const { rows } = await sql<Place>`select c.id, c.slug, c.name,
      coalesce((select m.name from municipal.municipality m), 'Oplive') as municipality,
      (select count(*)::integer from community.meeting m left join community.evening e on e.meeting_id = m.id
        where m.community_id = c.id and (m.phase = 'open' or (e.meeting_id is not null and e.put_away_at is null))) as going,
      (select max(m.closed_at) from community.meeting m where m.community_id = c.id and m.phase = 'closed'
        and exists (select from community.card_round r where r.meeting_id = m.id and r.counted_at is null)) as "lateClosed"
    from community.community c where c.slug = ${slug}`.execute(tx)
  return rows[0]
}

export interface Shape {
  /** What can be written: no generated column. */
  columns: string[]
  key: string[]
  /** Columns that point at another table's key. */
  links: { column: string; to: string }[]
}

/** How a table looks in this database; undefined when it is not there. */
export async function shapeOf(tx: Tx, table: string): Promise<Shape | undefined> {
  const [schema, name] = partsOf(table)
  const { rows } = await sql<Shape>`select
      (select array_agg(a.attname::text order by a.attname) from pg_attribute a
        where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select array_agg(a.attname::text order by array_position(i.indkey::smallint[], a.attnum)) from pg_index i
        join pg_attribute a on a.attrelid = t.oid and a.attnum = any (i.indkey::smallint[]) where i.indrelid = t.oid and i.indisprimary) as key,
      (select coalesce(jsonb_agg(jsonb_build_object('column', a.attname, 'to', fn.nspname || '.' || f.relname)), '[]') from pg_constraint k
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k.conkey[1] join pg_class f on f.oid = k.confrelid
        join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = t.oid and k.contype = 'f' and cardinality(k.conkey) = 1) as links
    from pg_class t join pg_namespace n on n.oid = t.relnamespace where n.nspname = ${schema} and t.relname = ${name}`.execute(
    tx,
  )
  return rows[0]
}

/** The rows of a table that go, as JSON, two thousand at a time: by their key, never by when they came. */
export async function* rowsThatGo(tx: Tx, table: string, shape: Shape, place: string): AsyncGenerator<string[]> {
  const ties = (goes[table]?.ties ?? []).map(
    ([column, owner]) => sql`${sql.ref(column)} in (${ownersOf(owner, place)})`,
  )
  const columns = shape.columns.map((column) =>
    column === goes[table]?.perhaps
      ? sql`case when ${sql.ref(column)} in (${ownersOf('person', place)}) then ${sql.ref(column)} end as ${sql.ref(column)}`
      : sql.ref(column),
  )
  const order = shape.key.map((column) => sql`${sql.ref(column)}::text collate "C"`)
  await sql`declare going no scroll cursor for select to_jsonb(x)::text as line from (select ${sql.join(columns)} from ${tableName(table)}
    where ${sql.join(ties, sql` and `)} order by ${sql.join(order)}) x`.execute(tx)
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch 2000 from going`.execute(tx)
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
  }
  await sql`close going`.execute(tx)
}

export async function wasTakenIn(tx: Tx, bundle: string, community: string, slug: string) {
  const { rows } = await sql<{ bundle: boolean; community: boolean; slug: boolean }>`select
      exists (select from community.moved_in where bundle_id = ${bundle}) as bundle,
      exists (select from community.community where id = ${community}) as community,
      exists (select from community.community where slug = ${slug}) as slug`.execute(tx)
  return rows[0] ?? { bundle: false, community: false, slug: false }
}

/** Of these accounts, those that are here already. */
export async function accountsHere(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from access.account where id = any (${[...ids]}::uuid[])`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Of these first letters of cards, those that are taken here. */
export async function lettersTaken(tx: Tx, letters: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    letters: string
  }>`select public_part as letters from access.card where public_part = any (${[...letters]}::text[])`.execute(tx)
  return rows.map((row) => row.letters)
}

/** Takes away what a new community is born with, before what came along takes its place. */
export const makeRoom = (tx: Tx, table: string, community: string) =>
  sql`delete from ${tableName(table)} where community_id = ${community}`.execute(tx)

/** Writes rows as they came. All of them, or none and the database's own error. */
export async function takeIn(tx: Tx, table: string, columns: readonly string[], rows: readonly string[]) {
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const put = (some: readonly string[]) =>
    sql`insert into ${tableName(table)} (${names})
    select ${names} from jsonb_populate_recordset(null::${tableName(table)}, ${`[${some.join(',')}]`}::jsonb)`.execute(
      tx,
    )
  await sql`savepoint before_these`.execute(tx)
  try {
    await put(rows)
    return null
  } catch (error) {
    await sql`rollback to savepoint before_these`.execute(tx)
    // One after the other: which of them is it?
    for (const [index, row] of rows.entries())
      try {
        await put([row])
      } catch (one) {
        return { index, error: one }
      }
    return { index: 0, error }
  }
}

/** Fills in what points into the table itself. */
export const fillIn = (tx: Tx, table: string, column: string, pairs: readonly [string, string][]) =>
  sql`update ${tableName(table)} t set ${sql.ref(column)} = v.other
    from unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, other]) => other)}::uuid[]) v (id, other) where t.id = v.id`.execute(
    tx,
  )

/** A place that comes back lives here again: nobody is led on. */
export const isBack = (tx: Tx, community: string) =>
  sql`delete from community.moved_away where community_id = ${community}`.execute(tx)

export const noteMovedIn = (tx: Tx, bundle: string, community: string, from: string, signer: string, at: Date) =>
  sql`insert into community.moved_in (bundle_id, community_id, from_name, signer, taken_at)
    values (${bundle}, ${community}, ${from}, ${signer}, ${at})`.execute(tx)

/** The rest of the transaction is the program's own: the list of what was done knows no mover. */
export const asProgram = (tx: Tx) => sql`select set_config('role', 'oplive_system', true)`.execute(tx)
