// Who may do what, as a database itself says it: every grant, policy, guard and role in a line each, to be laid beside what the program was
// built with. `npm run schema` writes catalogue.json from a new database.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import built from './catalogue.json' with { type: 'json' }

/** Where lines are broken is not what is said. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ')

const sum = (text: string | null): string =>
  text === null ? '-' : createHash('sha256').update(text).digest('base64url').slice(0, 12)

const ours = `n.nspname in ('access', 'community', 'municipal', 'personal')`
/** The one who migrated has another name in each installation; the rest of the world is `public`. */
const nameOf = (oid: string) =>
  `case when ${oid} = (select nspowner from pg_namespace where nspname = 'access') then 'owner' when ${oid} = 0 then 'public' else ${oid}::regrole::text end`

/** Each answers `what` it is about, and what it `says`; a part in `says2` is text that PostgreSQL writes anew. */
const questions: readonly string[] = [
  `select 'schema ' || n.nspname as what, string_agg(${nameOf('a.grantee')} || ' ' || lower(a.privilege_type), ', ' order by ${nameOf('a.grantee')} collate "C", a.privilege_type) as says
    from pg_namespace n, aclexplode(n.nspacl) a where ${ours} and a.grantee <> n.nspowner group by n.nspname`,
  `select 'table ' || n.nspname || '.' || c.relname as what, concat_ws(' ', case when c.relkind in ('r', 'p') then case when c.relrowsecurity then 'guarded' else 'OPEN' end else c.relkind::text end,
      ${nameOf('c.relowner')}, (select string_agg(option, ' ' order by option) from unnest(c.reloptions) option)) as says
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind in ('r', 'p', 'v', 'm', 'S')`,
  `select 'grant on ' || n.nspname || '.' || c.relname || ' to ' || ${nameOf('a.grantee')} as what,
      string_agg(lower(a.privilege_type) || case when a.is_grantable then '*' else '' end, ' ' order by a.privilege_type) as says
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where ${ours} and a.grantee <> c.relowner group by n.nspname, c.relname, a.grantee`,
  `select 'grant on ' || n.nspname || '.' || c.relname || ' (' || lower(x.privilege_type) || ') to ' || ${nameOf('x.grantee')} as what,
      string_agg(a.attname, ' ' order by a.attname collate "C") as says
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x
    where ${ours} and a.attnum > 0 and not a.attisdropped group by n.nspname, c.relname, x.grantee, x.privilege_type`,
  `select 'policy ' || p.polname || ' on ' || n.nspname || '.' || c.relname as what,
      concat_ws(' ', p.polcmd::text, case when p.polpermissive then 'opens' else 'closes' end,
        (select string_agg(${nameOf('r')}, ',' order by ${nameOf('r')} collate "C") from unnest(p.polroles) r)) as says,
      coalesce(pg_get_expr(p.polqual, p.polrelid), '-') || ' | ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-') as says2
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  `select 'function ' || p.oid::regprocedure::text as what,
      concat_ws(' ', case when p.prosecdef then 'as' else 'by' end, ${nameOf('p.proowner')}, p.provolatile::text, (select string_agg(c, ' ' order by c) from unnest(p.proconfig) c),
        'for', coalesce((select string_agg(${nameOf('a.grantee')}, ',' order by ${nameOf('a.grantee')} collate "C") from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
          where a.grantee <> p.proowner), 'nobody')) as says,
      p.prosrc || coalesce(pg_get_function_sqlbody(p.oid), '') as says2
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours}`,
  `select 'trigger ' || t.tgname || ' on ' || n.nspname || '.' || c.relname as what, concat_ws(' ', t.tgenabled::text, t.tgtype::text, t.tgfoid::regproc::text) as says
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and not t.tgisinternal`,
  `select 'role ' || r.rolname as what, concat_ws(' ', case when r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb then 'ABOVE' else 'plain' end,
      case when r.rolcanlogin then 'login' end, case when r.rolinherit then 'inherits' end, 'of',
      coalesce((select string_agg(m.roleid::regrole::text, ',' order by m.roleid::regrole::text collate "C") from pg_auth_members m where m.member = r.oid), 'none')) as says
    from pg_roles r where r.rolname like 'oplive\\_%' and r.rolname not like 'oplive\\_app\\_%'`,
]

/** What a database says, each line under its name, in one order. */
export async function catalogueOf(owner: pg.ClientBase): Promise<Record<string, string>> {
  const found: [string, string][] = []
  // With an empty path every name is told whole, whatever the one who asks has set.
  const { rows: before } = await owner.query<{ path: string }>(`select current_setting('search_path') as path`)
  await owner.query(`select set_config('search_path', '', false)`)
  try {
    for (const question of questions) {
      const { rows } = await owner.query<{ what: string; says: string; says2?: string }>(question)
      for (const { what, says, says2 } of rows)
        found.push([what, says2 === undefined ? says : `${says} ${sum(plain(says2))}`])
    }
  } finally {
    await owner.query(`select set_config('search_path', $1, false)`, [before[0]?.path ?? ''])
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Where a database says something else than the one the program was built with: empty when nowhere. */
export async function strayed(owner: pg.ClientBase, should: Record<string, string> = built): Promise<string[]> {
  const is = await catalogueOf(owner)
  const all = [...new Set([...Object.keys(should), ...Object.keys(is)])].sort()
  return all.flatMap((what) => {
    // Roles belong to the server, which may hold a newer Oplive's as well.
    if (should[what] === is[what] || (should[what] === undefined && what.startsWith('role '))) return []
    return [
      should[what] === undefined
        ? `${what} is too much`
        : is[what] === undefined
          ? `${what} is gone`
          : `${what} is another`,
    ]
  })
}
