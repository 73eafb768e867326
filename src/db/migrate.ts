// Migrations: plain SQL files, forward only, each in one transaction, each remembered with its checksum.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { DatabaseProblem } from './connect.ts'

const folder = fileURLToPath(new URL('./migrations/', import.meta.url))

/** Every migration that this program brings, with its checksum. */
export function migrationsHere(): { name: string; checksum: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, checksum: checksumOf(readFileSync(`${folder}${name}`, 'utf8')) }))
}

const checksumOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Brings the database up to the newest migration, or to `only` these, as a backup of an older program was. Answers how many ran. Throws DatabaseProblem when a file that has run was changed. */
export async function migrate(ownerUrl: string, only?: readonly string[]): Promise<number> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const owner = new pg.Client({ connectionString: ownerUrl })
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
    let ran = 0
    for (const name of files) {
      if (only && !only.includes(name)) continue
      const text = readFileSync(`${folder}${name}`, 'utf8')
      const checksum = checksumOf(text)
      const before = done.get(name)
      if (before === checksum) continue
      if (before)
        throw new DatabaseProblem(
          `The migration ${name} has run here with another text. Migrations go forward: put the change in a new file.`,
        )
      await owner.query('begin')
      try {
        await owner.query(text)
        await owner.query('insert into public.oplive_migration (name, checksum) values ($1, $2)', [name, checksum])
        await owner.query('commit')
      } catch (error) {
        await owner.query('rollback')
        throw error
      }
      ran++
    }
    return ran
  } finally {
    await owner.end()
  }
}
