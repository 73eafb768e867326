// What is set aside in a database while a backup comes into its place: each schema of ours under another name, taken back or let go whole.
import type pg from 'pg'

const schemas = ['access', 'community', 'municipal', 'personal', 'pgboss'] as const
const before = 'oplive_aside_'
const table = 'oplive_migration'
const tableAside = 'oplive_aside_migration'

/** One at a time, and a start waits for it. Held as long as the connection. */
export const takeTurn = (owner: pg.ClientBase) => owner.query('select pg_advisory_lock(7083563)')

/** Whether somebody's Oplive is set aside here. */
export async function isAside(owner: pg.ClientBase): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>(
    `select to_regclass('public.${tableAside}') is not null as there`,
  )
  return rows[0]?.there ?? false
}

/** In a transaction of the caller. */
export async function setAside(owner: pg.ClientBase): Promise<void> {
  for (const schema of await there(owner, '')) await owner.query(`alter schema ${schema} rename to ${before}${schema}`)
  await owner.query(`alter table public.${table} rename to ${tableAside}`)
  await owner.query(`alter index public.${table}_pkey rename to ${tableAside}_pkey`)
}

/** Takes away what came into its place, and puts back what was there. In a transaction of the caller. */
export async function putBack(owner: pg.ClientBase): Promise<void> {
  const half = await there(owner, '')
  if (half.length > 0) await owner.query(`drop schema ${half.join(', ')} cascade`)
  await owner.query(`drop table if exists public.${table}`)
  for (const schema of await there(owner, before))
    await owner.query(`alter schema ${before}${schema} rename to ${schema}`)
  await owner.query(`alter table public.${tableAside} rename to ${table}`)
  await owner.query(`alter index public.${tableAside}_pkey rename to ${table}_pkey`)
}

/** In a transaction of the caller. */
export async function letGo(owner: pg.ClientBase): Promise<void> {
  const gone = await there(owner, before)
  if (gone.length > 0) await owner.query(`drop schema ${gone.map((name) => before + name).join(', ')} cascade`)
  await owner.query(`drop table public.${tableAside}`)
}

async function there(owner: pg.ClientBase, head: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    'select nspname::text as name from pg_namespace where nspname = any($1)',
    [schemas.map((name) => head + name)],
  )
  return rows.map(({ name }) => name.slice(head.length))
}

/** Whether anybody has ever set this installation up or come into it. Nobody can, until the transaction of the caller has ended. */
export async function isEmpty(owner: pg.ClientBase): Promise<boolean> {
  await owner.query('lock table municipal.municipality, access.account, community.community in access exclusive mode')
  const { rows } = await owner.query<{ empty: boolean }>(`select not exists (select from municipal.municipality)
    and not exists (select from access.account) and not exists (select from community.community) as empty`)
  return rows[0]?.empty ?? false
}

/** Whether a program serves from this database now, by the login that programs have. */
export async function isServed(owner: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await owner.query(
    `select from pg_stat_activity where datname = current_database() and usename = left('oplive_app_' || current_database(), 63) limit 1`,
  )
  return (rowCount ?? 0) > 0
}
