// Migrations: plain SQL files, forward only, each remembered with its checksum. All that are due run in one transaction: an upgrade is whole
// or has not been.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { DatabaseProblem, inSpiteOfOthers, isOfOthers } from './connect.ts'

const folder = fileURLToPath(new URL('./migrations/', import.meta.url))

/** Every migration that this program brings, with its checksum. */
export function migrationsHere(): { name: string; checksum: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, checksum: checksumOf(readFileSync(`${folder}${name}`, 'utf8')) }))
}

const checksumOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Of what a migration tells in its first sentence. */
const storyOf = (text: string): string => {
  const comment = text.split('\n').findIndex((line) => !line.startsWith('--'))
  const said = text
    .split('\n')
    .slice(0, Math.max(comment, 1))
    .map((line) => line.replace(/^--\s?/, ''))
    .join(' ')
  return /^(.*?\.)(\s|$)/.exec(said)?.[1] ?? said.slice(0, 200)
}

export interface HowToMigrate {
  /** Before anything is changed in a database that has been used: `names` are due. What it throws stops the upgrade, with nothing changed. */
  before?: (names: readonly string[]) => Promise<void>
  /** What each that has run brings, in a sentence. */
  told?: (name: string, story: string) => void
  /** Where the files lie; for tests. */
  folder?: string
}

/**
 * Brings the database up to the newest migration, or to `only` these, as a backup of an older program was. Answers how many ran. Throws
 * DatabaseProblem when a file that has run was changed, when the database is newer than this program, and when an upgrade does not come
 * out as it must: then nothing has been changed, and the version before goes on.
 */
export async function migrate(ownerUrl: string, only?: readonly string[], how: HowToMigrate = {}): Promise<number> {
  const from = how.folder ?? folder
  const files = readdirSync(from)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const owner = new pg.Client({ connectionString: ownerUrl })
  // A connection that is cut is told where it was asked.
  owner.on('error', () => {})
  await owner.connect()
  try {
    // Two programs that start at once take turns.
    await owner.query('select pg_advisory_lock(7083561)')
    await owner.query(
      'create table if not exists public.oplive_migration (name text primary key, checksum text not null, ran_at timestamptz not null default now())',
    )
    const { rows } = await owner.query<{ name: string; checksum: string }>(
      'select name, checksum from public.oplive_migration',
    )
    const done = new Map(rows.map((row) => [row.name, row.checksum]))
    const newer = [...done.keys()].find((name) => !files.includes(name))
    if (newer)
      throw new DatabaseProblem(
        `The database has been used by a newer Oplive (it knows ${newer}). Start that version, or restore an older backup. Nothing was changed.`,
      )
    const due: { name: string; text: string; checksum: string }[] = []
    for (const name of files) {
      if (only && !only.includes(name)) continue
      const text = readFileSync(`${from}${name}`, 'utf8')
      const checksum = checksumOf(text)
      const before = done.get(name)
      if (before === checksum) continue
      if (before)
        throw new DatabaseProblem(
          `The migration ${name} has run here with another text. Migrations go forward: put the change in a new file.`,
        )
      due.push({ name, text, checksum })
    }
    if (due.length === 0) return 0
    if (done.size > 0) await how.before?.(due.map(({ name }) => name))
    await inSpiteOfOthers(() => run(owner, due, done.size > 0))
    for (const { name, text } of due) how.told?.(name, storyOf(text))
    return due.length
  } finally {
    await owner.end().catch(() => undefined)
  }
}

/** All in one transaction, looked at before it is kept. */
async function run(
  owner: pg.Client,
  due: readonly { name: string; text: string; checksum: string }[],
  upgrade: boolean,
): Promise<void> {
  let at = ''
  try {
    await owner.query('begin')
    for (const { name, text, checksum } of due) {
      at = name
      await owner.query(text)
      await owner.query('insert into public.oplive_migration (name, checksum) values ($1, $2)', [name, checksum])
    }
    at = 'the look at what came out'
    const { rows } = await owner.query<{ name: string }>(`select n.nspname || '.' || c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('access', 'community', 'municipal', 'personal') and not c.relrowsecurity`)
    if (rows.length > 0) throw new Error(`there are no policies on ${rows.map(({ name }) => name).join(', ')}`)
    await owner.query('commit')
  } catch (error) {
    await owner.query('rollback').catch(() => undefined)
    if (!upgrade || isOfOthers(error)) throw error
    throw new DatabaseProblem(
      `The upgrade stopped at ${at} (${(error as Error).message}). Nothing was changed: start the version that ran before, and tell us.`,
    )
  }
}
