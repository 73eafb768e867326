// Looks whether a database is as the program needs it: its migrations, who may do what, its rules, and as many rows as a backup said.
import pg from 'pg'
import { strayed } from '../db/catalogue.ts'
import { migrationsHere } from '../db/migrate.ts'
import * as ask from './backup.queries.ts'
import type { Manifest } from './frame.ts'

/** One thing that was looked at. */
export interface Line {
  good: boolean
  what: string
  said: string
}

/** `manifest`: of the backup it came out of, when nobody has written since. */
export async function checkDatabase(ownerUrl: string, manifest?: Manifest): Promise<Line[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive check' })
  owner.on('error', () => {})
  await owner.connect()
  try {
    const lines = [await migrations(owner), await guards(owner), await matrix(owner)]
    for (const [what, broken] of Object.entries(await ask.brokenRules(owner)))
      lines.push({ good: broken === 0, what, said: broken === 0 ? 'as it should be' : `${broken} are not` })
    if (manifest) lines.push(await counts(owner, manifest))
    return lines
  } finally {
    await owner.end().catch(() => undefined)
  }
}

/** Whether there are as many rows as a backup said. */
export async function checkCounts(ownerUrl: string, manifest: Manifest): Promise<Line> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'oplive check' })
  owner.on('error', () => {})
  await owner.connect()
  try {
    return await counts(owner, manifest)
  } finally {
    await owner.end().catch(() => undefined)
  }
}

async function migrations(owner: pg.Client): Promise<Line> {
  const here = migrationsHere()
  const ran = new Map((await ask.migrationsRun(owner)).map(({ name, checksum }) => [name, checksum]))
  const missing = here.filter(({ name, checksum }) => ran.get(name) !== checksum)
  const strange = ran.size - (here.length - missing.length)
  const good = missing.length === 0 && strange === 0
  const said = good
    ? `${here.length} have run`
    : `${missing.length} have not run as they stand here, ${strange} are not known here`
  return { good, what: 'migrations', said }
}

async function guards(owner: pg.Client): Promise<Line> {
  const open = await ask.unguarded(owner)
  return {
    good: open.length === 0,
    what: 'policies',
    said: open.length === 0 ? 'every table has them, and they are on' : `none on ${open.join(', ')}`,
  }
}

/** Grants, policies, functions, triggers and roles, each beside the one that the program was built with. */
async function matrix(owner: pg.Client): Promise<Line> {
  const where = await strayed(owner)
  const shown = where.slice(0, 12).join('; ')
  return {
    good: where.length === 0,
    what: 'who may do what',
    said:
      where.length === 0
        ? 'every grant and policy is as it was built'
        : `${shown}${where.length > 12 ? `; and ${where.length - 12} more` : ''}`,
  }
}

async function counts(owner: pg.Client, manifest: Manifest): Promise<Line> {
  const wrong: string[] = []
  let rows = 0
  for (const [table, n] of Object.entries(manifest.tables)) {
    const found = await ask.rowsIn(owner, table)
    rows += found
    if (found !== n) wrong.push(`${table} ${found} for ${n}`)
  }
  return {
    good: wrong.length === 0,
    what: 'rows',
    said: wrong.length === 0 ? `${rows}, as the backup says` : wrong.join(', '),
  }
}
