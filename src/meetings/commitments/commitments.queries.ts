// The questions commitments ask the database. Nobody else imports them.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/as-actor.ts'
import type { Medium } from '../evening.ts'
import { type Commitment, isCommitmentState, type Promised, type Told } from './commitment.ts'

interface Row {
  id: string
  name: string
  what: string
  by_when: string | null
  to_whom: string | null
  telephone: string | null
  medium: string
  state: string
  how: string | null
  rev: number
}

/** A day is a day: never an instant in some zone. */
const columns: RawBuilder<unknown> = sql.raw(
  `c.id, c.name, c.what, to_char(c.by_when, 'YYYY-MM-DD') as by_when, c.to_whom, c.telephone, c.medium, c.state, c.how, c.rev`,
)

const commitmentOf = (row: Row): Commitment => ({
  id: row.id,
  name: row.name,
  what: row.what,
  byWhen: row.by_when,
  toWhom: row.to_whom,
  telephone: row.telephone,
  medium: row.medium as Medium,
  state: isCommitmentState(row.state) ? row.state : 'made',
  how: row.how,
  rev: row.rev,
})

/** Keeps what a phone promises. Sent again, it is there already. */
export async function keepPromise(
  tx: Tx,
  kept: Promised & { id: string; meeting: string; secretHash: Buffer },
): Promise<void> {
  await sql`insert into community.commitment (id, meeting_id, name, what, by_when, to_whom, telephone, medium, secret_hash)
    values (${kept.id}, ${kept.meeting}, ${kept.name}, ${kept.what}, ${kept.byWhen}::date, ${kept.toWhom}, ${kept.telephone},
      'phone', ${kept.secretHash})
    on conflict do nothing`.execute(tx)
}

/** Keeps what a host writes down for somebody. Sent again, it is there already. */
export async function writeDown(
  tx: Tx,
  written: Promised & { id: string; meeting: string; medium: 'facilitator' | 'paper' },
): Promise<void> {
  await sql`insert into community.commitment (id, meeting_id, name, what, by_when, to_whom, telephone, medium)
    values (${written.id}, ${written.meeting}, ${written.name}, ${written.what}, ${written.byWhen}::date, ${written.toWhom},
      ${written.telephone}, ${written.medium})
    on conflict do nothing`.execute(tx)
}

/** All that was promised at a meeting, by name. */
export async function promisedAt(tx: Tx, meeting: string): Promise<Commitment[]> {
  const { rows } = await sql<Row>`select ${columns} from community.commitment c where c.meeting_id = ${meeting}
    order by lower(c.name), c.id`.execute(tx)
  return rows.map(commitmentOf)
}

export async function findCommitment(tx: Tx, meeting: string, id: string): Promise<Commitment | null> {
  const { rows } = await sql<Row>`select ${columns} from community.commitment c
    where c.meeting_id = ${meeting} and c.id = ${id}`.execute(tx)
  return rows[0] ? commitmentOf(rows[0]) : null
}

/** One's own, by what only its link knows. */
export async function findBySecret(
  tx: Tx,
  secretHash: Buffer,
): Promise<{ commitment: Commitment; code: string } | null> {
  const { rows } = await sql<Row & { code: string }>`select ${columns}, m.code from community.commitment c
    join community.meeting m on m.id = c.meeting_id where c.secret_hash = ${secretHash}`.execute(tx)
  return rows[0] ? { commitment: commitmentOf(rows[0]), code: rows[0].code } : null
}

/** Changes it, if nobody has changed it since `rev`. */
export async function change(tx: Tx, id: string, to: Promised, rev: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.commitment set name = ${to.name}, what = ${to.what},
      by_when = ${to.byWhen}::date, to_whom = ${to.toWhom}, telephone = ${to.telephone}, rev = rev + 1
    where id = ${id} and rev = ${rev}`.execute(tx)
  return numAffectedRows === 1n
}

/** Keeps how it went, if nobody has changed it since `rev`. A new day takes the old one's place, also when it is no day at all. */
export async function keepTold(tx: Tx, id: string, { state, how, byWhen }: Told, rev: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update community.commitment set state = ${state}, how = ${how},
      by_when = case when ${state} = 'renegotiated' then ${byWhen}::date else by_when end, rev = rev + 1
    where id = ${id} and rev = ${rev}`.execute(tx)
  return numAffectedRows === 1n
}

/** Gone, with all that stood in it. */
export async function strike(tx: Tx, id: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from community.commitment where id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
