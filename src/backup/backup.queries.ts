// What a backup asks of a database as its owner: which tables there are, one moment to read them at, and how they are filled again.
import pg from 'pg'
import type { TableBegins, Work } from './frame.ts'

/** Not schemas that are PostgreSQL's, nor the queue's, whose tables belong to its own version, nor what is set aside. */
const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pgboss') and n.nspname not like 'pg\\_%' and n.nspname not like 'oplive\\_aside\\_%'
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`

/** Every table of ours with the columns that somebody wrote; the others are computed. */
export async function tables(owner: pg.ClientBase): Promise<TableBegins[]> {
  const { rows } = await owner.query<TableBegins>(`
    select format('%I.%I', n.nspname, c.relname) as table,
        array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = '' order by a.attnum) as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and ${ours} and (n.nspname, c.relname) not in (('public', 'oplive_migration'), ('public', 'oplive_aside_migration')) order by 1`)
  return rows
}

/** From here on everything is read as it is at this moment, however long that takes. Nobody waits for it. */
export const beginPicture = (owner: pg.ClientBase) =>
  owner.query('begin transaction isolation level repeatable read, read only')

export async function migrationsRun(owner: pg.ClientBase): Promise<{ name: string; checksum: string }[]> {
  const { rows } = await owner.query('select name, checksum from public.oplive_migration order by name')
  return rows
}

export const columnsOf = ({ columns }: TableBegins) => columns.map((name) => pg.escapeIdentifier(name)).join(', ')
export const copyOutText = (table: TableBegins) => `copy ${table.table} (${columnsOf(table)}) to stdout`
export const copyInText = (table: TableBegins) => `copy ${table.table} (${columnsOf(table)}) from stdin`

/** Later work that has not been done. What is under way now counts as not done: work may be done twice. */
export async function workToDo(owner: pg.ClientBase): Promise<Work[]> {
  const { rows: there } = await owner.query<{ job: string | null }>(`select to_regclass('pgboss.job')::text as job`)
  if (!there[0]?.job) return []
  const { rows } = await owner.query<{ name: string; data: Record<string, string> | null; at: Date }>(
    `select name, data, start_after as at from pgboss.job where state in ('created', 'retry', 'active') and name not like '\\_\\_%'`,
  )
  return rows.map(({ name, data, at }) => ({ name, data: data ?? {}, at: at.toISOString() }))
}

interface Tie {
  table: string
  name: string
  text: string
}

/** Takes away what looks at each row while it comes: ties between tables, and triggers. Answers how it is put back. */
export async function loosen(owner: pg.ClientBase, all: readonly TableBegins[]): Promise<() => Promise<void>> {
  const { rows: ties } = await owner.query<Tie>(`
    select format('%I.%I', n.nspname, c.relname) as table, k.conname::text as name, pg_get_constraintdef(k.oid) as text
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and ${ours}`)
  for (const { table, name } of ties)
    await owner.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`)
  for (const { table } of all) await owner.query(`alter table ${table} disable trigger user`)
  if (all.length > 0) await owner.query(`truncate ${all.map(({ table }) => table).join(', ')}`)
  return async () => {
    // Putting a tie back looks through every row: what does not hold together is not taken.
    for (const { table, name, text } of ties)
      await owner.query(`alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${text}`)
    for (const { table } of all) await owner.query(`alter table ${table} enable trigger user`)
  }
}

/** Numbers that PostgreSQL counts up go on after the highest that is there. */
export async function countOn(owner: pg.ClientBase): Promise<void> {
  const { rows } = await owner.query<{ table: string; column: string; sequence: string }>(`
    select format('%I.%I', n.nspname, c.relname) as table, quote_ident(a.attname) as column,
        pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and ${ours}
        and pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) is not null`)
  for (const { table, column, sequence } of rows)
    await owner.query(`select setval('${sequence}', (select coalesce(max(${column}), 0) + 1 from ${table}), false)`)
}

export async function rowsIn(owner: pg.ClientBase, table: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(`select count(*) as n from ${table}`)
  return Number(rows[0]?.n)
}

/** Whether somebody's Oplive is in this database already. */
export async function isInUse(owner: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from pg_namespace where nspname in ('access', 'community', 'municipal', 'personal', 'pgboss') limit 1`,
  )
  return (rowCount ?? 0) > 0
}

/** What PostgreSQL has been extended by in this database. */
export async function extensions(owner: pg.ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>('select extname::text as name from pg_extension')
  return rows.map(({ name }) => name)
}

/** Takes a restore that failed out of a database that was empty before, but for the extensions it had. */
export async function emptyAgain(owner: pg.ClientBase, had: readonly string[]): Promise<void> {
  await owner.query('drop schema if exists access, community, municipal, personal, pgboss cascade')
  await owner.query('drop table if exists public.oplive_migration')
  for (const name of await extensions(owner))
    if (!had.includes(name)) await owner.query(`drop extension if exists ${pg.escapeIdentifier(name)}`)
}

/** Who has another way in signs in anew: a session that was ended since the backup does not come back. Answers how many are gone. */
export async function endSessions(owner: pg.ClientBase): Promise<number> {
  await owner.query('delete from access.sign_in_link')
  await owner.query('delete from access.mail_question')
  const { rowCount } = await owner.query(`
    delete from access.session s using access.account a where a.id = s.account_id and (a.municipal_role is not null
      or exists (select from access.mail_address m where m.account_id = a.id)
      or exists (select from access.card k where k.account_id = a.id)
      or exists (select from access.passkey p where p.account_id = a.id))`)
  return rowCount ?? 0
}

/** How many exit cards are open: what phones have answered there needs a key that is in no backup. */
export async function openCards(owner: pg.ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>(
    `select distinct s.meeting_id::text as id from community.sealed_card s
      join community.card_round r on r.meeting_id = s.meeting_id and r.round = s.round where r.counted_at is null`,
  )
  return rows.map(({ id }) => id)
}

/** Tables of ours that look at nobody's role: row-level security is off. */
export async function unguarded(owner: pg.ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ table: string }>(`
    select format('%I.%I', n.nspname, c.relname) as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('access', 'community', 'municipal', 'personal')
        and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid)) order by 1`)
  return rows.map(({ table }) => table)
}

/** Rules that hold across tables: each with the number of rows that break it. */
export async function brokenRules(owner: pg.ClientBase): Promise<Record<string, number>> {
  const { rows } = await owner.query<Record<string, number>>(`select
    (select count(*)::int from municipal.municipality) - 1 as "one municipality",
    (select count(*)::int from community.community c where not exists
      (select from community.withdrawal_plan w where w.community_id = c.id)) as "a withdrawal plan for every place",
    (select count(*)::int from community.community c where not exists
      (select from community.controller k where k.community_id = c.id)) as "somebody responsible for every room",
    (select count(*)::int from community.card_round r where r.counted_at is not null and exists
      (select from community.sealed_card s where s.meeting_id = r.meeting_id and s.round = r.round)) as "no sealed card of a counted round",
    (select count(access.audit_broken_at())::int) as "an unbroken chain of weighty deeds",
    (select count(*)::int from pg_roles where (rolsuper or rolbypassrls) and rolname like 'oplive\\_%') as "no role of ours past the policies"`)
  return rows[0] ?? {}
}

/** Everything of which a restore must know whether it still stands: who is here, what they agree to, and what they may. */
export async function standing(owner: pg.ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ what: string }>(`
    select 'account ' || id as what from access.account
    union all select 'person ' || id from community.person
    union all select 'consent ' || id from community.consent where withdrawn_at is null
    union all select 'key ' || id from access.api_key
    union all select concat_ws(' ', 'role', account_id, community_id, role) from access.community_role`)
  return rows.map(({ what }) => what)
}

/** Writes down, as the program, that the database came out of a backup of this day. */
export async function noteRestored(owner: pg.ClientBase, facts: { day: string; people: number | null }): Promise<void> {
  await owner.query('begin')
  await owner.query('set local role oplive_system')
  await owner.query(`select access.note_audit('backup.restored', null, $1::jsonb)`, [JSON.stringify(facts)])
  await owner.query('commit')
}

/** Where the municipality is; null before it is set up. */
export async function zoneOf(owner: pg.ClientBase): Promise<string | null> {
  const { rows } = await owner.query<{ zone: string }>('select time_zone as zone from municipal.municipality')
  return rows[0]?.zone ?? null
}

/** Whose person this is, for those who are to be forgotten. */
export async function personNamed(
  owner: pg.ClientBase,
  person: string,
): Promise<{ community: string; account: string | null } | undefined> {
  const { rows } = await owner.query(
    'select community_id::text as community, account_id::text as account from community.person where id = $1',
    [person],
  )
  return rows[0]
}

/** Takes back what no longer stands: a yes, a key of another program. */
export async function takeBack(owner: pg.ClientBase, kind: string, id: string, at: string): Promise<void> {
  if (kind === 'consent')
    await owner.query('update community.consent set withdrawn_at = greatest(given_at, $2::timestamptz) where id = $1', [
      id,
      at,
    ])
  if (kind === 'key') await owner.query('delete from access.api_key where id = $1', [id])
}

/** What somebody may do in a place now; null: they are no longer of it. */
export async function setRole(owner: pg.ClientBase, [account, community]: readonly string[], role: string | null) {
  await owner.query(
    role
      ? 'update access.community_role set role = $3 where account_id = $1 and community_id = $2'
      : 'delete from access.community_role where account_id = $1 and community_id = $2 and $3::text is null',
    [account, community, role],
  )
}
