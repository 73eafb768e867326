// Connections to PostgreSQL: the program's own login, which may act as ten roles and bypass no policy.
import { createHmac } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { DB } from './schema.ts'

export class DatabaseProblem extends Error {}

/** The roles the login may take. */
const roles = [
  'guest',
  'resident',
  'host',
  'keyholder',
  'employee',
  'leader',
  'officer',
  'operator',
  'system',
  'mover',
].map((role) => `oplive_${role}`)

// Counts and versions fit a JavaScript number; dates without a time stay text.
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1082, (text) => text)

/**
 * Makes sure the program's own login exists in this database, and gives its address. The owner's address is used for this
 * and for migrations only. The password is derived from the installation's secret, so that nobody has to keep it.
 */
export async function ownLogin(ownerUrl: string, secret: Buffer): Promise<string> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect().catch((error) => {
    throw new DatabaseProblem(
      `The database does not answer at ${nameOf(ownerUrl)} (${codeOf(error)}). Check DATABASE_URL, and that PostgreSQL runs.`,
    )
  })
  try {
    const { rows } = await owner.query<{ name: string; version: number; encoding: string }>(
      `select current_database() as name, current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
    )
    const { name, version, encoding } = rows[0] ?? { name: '', version: 0, encoding: '' }
    if (version < 150_000)
      throw new DatabaseProblem(
        `PostgreSQL ${Math.floor(version / 10_000)} is too old: Oplive needs version 15 or newer.`,
      )
    if (encoding !== 'UTF8')
      throw new DatabaseProblem(
        `The database ${name} is kept in ${encoding}, which cannot hold all letters: make one with encoding UTF8.`,
      )
    const login = `oplive_app_${name}`.slice(0, 63)
    const password = createHmac('sha256', secret).update(login).digest('base64url')
    const id = pg.escapeIdentifier(login)
    const known = await owner.query('select from pg_roles where rolname = $1', [login])
    await owner.query(
      `${known.rowCount ? 'alter' : 'create'} role ${id} login noinherit password ${pg.escapeLiteral(password)}`,
    )
    await inSpiteOfOthers(() => owner.query(`grant ${roles.join(', ')} to ${id}`))
    await owner.query(`grant connect on database ${pg.escapeIdentifier(name)} to ${id}`)
    const url = new URL(ownerUrl)
    url.username = encodeURIComponent(login)
    url.password = encodeURIComponent(password)
    return url.href
  } finally {
    await owner.end()
  }
}

/** 40P01: each waited for the other. XX000: both changed the same row. */
export const isOfOthers = (error: unknown): boolean =>
  ['40P01', 'XX000'].includes(String((error as { code?: unknown }).code))

/** Roles belong to the whole server: of two databases on it that give some at once, PostgreSQL may stop one, with nothing done. */
export async function inSpiteOfOthers<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (tries <= 1 || !isOfOthers(error)) throw error
    return inSpiteOfOthers(work, tries - 1)
  }
}

export interface Connections {
  db: Kysely<DB>
  cards: pg.Pool
  /** A connection of its own, for LISTEN. The caller ends it. */
  listener(): pg.Client
  end(): Promise<void>
}

/** A database that does not answer is said to be away, instead of being waited for. */
const patience = { connectionTimeoutMillis: 8000, keepAlive: true } as const

/** Opens the pools. Refuses (DatabaseProblem) to act as anybody whom the policies do not bind. */
export async function connect(url: string): Promise<Connections> {
  const pool = new pg.Pool({ connectionString: url, max: 8, application_name: 'oplive', ...patience })
  const cards = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'oplive cards',
    ...patience,
    query_timeout: 15_000,
    options: '-c role=oplive_guest',
  })
  // A broken idle connection is replaced at the next use; the query in flight has its own error.
  pool.on('error', () => {})
  cards.on('error', () => {})
  // Nor may one that breaks while somebody holds it end the program: what was asked on it fails, and is told there.
  for (const some of [pool, cards]) some.on('connect', (client) => void client.on('error', () => {}))
  try {
    await refuseUnbound(pool)
  } catch (error) {
    await Promise.all([pool.end(), cards.end()])
    throw error
  }
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    cards,
    listener: () => new pg.Client({ connectionString: url, application_name: 'oplive listener', keepAlive: true }),
    end: async () => {
      await Promise.all([db.destroy(), cards.end()])
    },
  }
}

/** A superuser, a role with BYPASSRLS and the owner of a table all see past the policies. */
async function refuseUnbound(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ who: string; why: string }>(`
    select r.rolname as who, case when r.rolsuper then 'is a superuser' else 'may bypass row-level security' end as why
      from pg_roles r where (r.rolsuper or r.rolbypassrls) and (r.rolname = session_user or pg_has_role(session_user, r.oid, 'member'))
    union all
    select session_user, 'owns tables of Oplive' from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('access', 'community', 'municipal', 'personal') and c.relkind in ('r', 'p') and pg_has_role(session_user, c.relowner, 'member')
    limit 1`)
  const found = rows[0]
  if (found)
    throw new DatabaseProblem(
      `Oplive does not serve as "${found.who}", which ${found.why}: row-level security would protect nobody. Give it a login of its own.`,
    )
}

const nameOf = (url: string) => `${new URL(url).hostname || 'localhost'}:${new URL(url).port || 5432}`
const codeOf = (error: unknown) => (error as { code?: string }).code ?? 'no code'
