// The questions of the audit. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'
import type { Entry, Facts } from './audit.ts'

export async function note(tx: Tx, what: string, place: string | null, facts: Facts): Promise<void> {
  await sql`select access.note_audit(${what}, ${place}, ${JSON.stringify(facts)}::jsonb)`.execute(tx)
}

/** So many entries before this one, the newest first. */
export async function entries(tx: Tx, before: number | null, most: number): Promise<Entry[]> {
  const rows = await tx
    .selectFrom('access.audit')
    .selectAll()
    .$if(before !== null, (query) => query.where('id', '<', String(before)))
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    at: row.at,
    what: row.what,
    role: row.role,
    name: row.name,
    place: row.place,
    facts: row.facts as Facts,
    hash: row.hash.toString('hex'),
  }))
}

/** The number of the first entry that is not as it was written; null when the chain is whole. */
export async function brokenAt(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ at: string | null }>`select access.audit_broken_at() as at`.execute(tx)
  const at = rows[0]?.at
  return at === null || at === undefined ? null : Number(at)
}

/** Takes away what is five years old. Answers how many entries. */
export async function cut(tx: Tx): Promise<number> {
  const { rows } = await sql<{ n: number }>`select access.cut_audit() as n`.execute(tx)
  return rows[0]?.n ?? 0
}
