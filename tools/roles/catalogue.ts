// What PostgreSQL itself knows of roles, tables, grants and policies, and the sentence that stands over each policy in its migration.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who acts, in the order in which they are told of. */
export const roles = [
  'guest',
  'resident',
  'host',
  'keyholder',
  'employee',
  'leader',
  'officer',
  'operator',
  'system',
] as const
export type RoleName = (typeof roles)[number]

export const verbs = ['select', 'insert', 'update', 'delete'] as const
export type Verb = (typeof verbs)[number]

/** Asks the database as its owner. */
export type Ask = (text: string) => Promise<Record<string, unknown>[]>

export interface Granted {
  table: string
  role: RoleName
  verb: Verb
  /** Null: every column. */
  columns: string[] | null
}

export interface Policy {
  table: string
  name: string
  verb: Verb | 'all'
  /** Every role it holds for, those that inherit too. */
  roles: RoleName[]
  using: string | null
  check: string | null
  /** The plain sentence over it; empty where there is none. */
  sentence: string
}

export interface Table {
  name: string
  comment: string
}

const schemas = `('access', 'community', 'municipal', 'personal')`

export async function tablesOf(ask: Ask): Promise<Table[]> {
  const rows = await ask(`select n.nspname || '.' || c.relname as name, coalesce(obj_description(c.oid), '') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${schemas} and c.relkind in ('r', 'p') order by 1`)
  return rows.map(({ name, comment }) => ({ name: String(name), comment: String(comment) }))
}

export async function grantsOf(ask: Ask): Promise<Granted[]> {
  const rows = await ask(`
    select n.nspname || '.' || c.relname as table, r.role, v.verb, has_table_privilege('oplive_' || r.role, c.oid, v.verb) as whole,
      case when v.verb <> 'delete' then (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and has_column_privilege('oplive_' || r.role, c.oid, a.attnum, v.verb)) end as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
      cross join unnest(array[${roles.map((role) => `'${role}'`).join(', ')}]) r (role)
      cross join unnest(array['select', 'insert', 'update', 'delete']) v (verb)
    where n.nspname in ${schemas} and c.relkind in ('r', 'p') order by 1`)
  // PostgreSQL may give them in any order within a table; the page has one.
  const place = (row: Record<string, unknown>) =>
    roles.indexOf(row.role as RoleName) * verbs.length + verbs.indexOf(row.verb as Verb)
  rows.sort((a, b) => (a.table === b.table ? place(a) - place(b) : 0))
  return rows.flatMap((row) => {
    const columns = row.columns as string[] | null
    if (!row.whole && !columns) return []
    return [
      {
        table: String(row.table),
        role: row.role as RoleName,
        verb: row.verb as Verb,
        columns: row.whole ? null : columns,
      },
    ]
  })
}

export async function policiesOf(ask: Ask): Promise<Policy[]> {
  const rows = await ask(`
    select n.nspname || '.' || c.relname as table, p.polname as name,
      case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end as verb,
      (select array_agg(r.role order by r.place) from unnest(array[${roles.map((role) => `'${role}'`).join(', ')}]) with ordinality r (role, place)
        where p.polroles = '{0}' or exists (select from unnest(p.polroles) o where o <> 0 and pg_has_role('oplive_' || r.role, o, 'usage'))) as roles,
      pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as "check", obj_description(p.oid) as comment
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ${schemas} order by 1, 2`)
  const sentences = sentencesOfMigrations()
  return rows.map((row) => ({
    table: String(row.table),
    name: String(row.name),
    verb: row.verb as Policy['verb'],
    roles: (row.roles ?? []) as RoleName[],
    using: row.using as string | null,
    check: row.check as string | null,
    sentence: String(row.comment ?? sentences.get(`${row.table} ${row.name}`) ?? ''),
  }))
}

const migrations = join(import.meta.dirname, '../../src/db/migrations')

/** Under which sentence each policy was written: the nearest comment above it, of the same run of policies. */
function sentencesOfMigrations(): Map<string, string> {
  const found = new Map<string, string>()
  for (const file of globSync(`${migrations}/*.sql`).sort()) {
    let sentence: string[] = []
    let said = false
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const comment = /^\s*-- (.*)$/.exec(line)?.[1]
      if (comment !== undefined) {
        if (said) sentence = []
        said = false
        sentence.push(comment)
        continue
      }
      const policy = /^\s*create policy (\w+) on (\w+\.\w+)/.exec(line)
      if (policy) {
        found.set(`${policy[2]} ${policy[1]}`, sentence.join(' '))
        said = true
      } else if (/^\s*(create|alter|grant|comment|insert|do|revoke|end)\b/.test(line)) {
        sentence = []
        said = false
      }
    }
  }
  return found
}
