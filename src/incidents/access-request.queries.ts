// The questions about those who ask what is kept of them. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface AccessRequest {
  id: string
  name: string
  mail: string | null
  telephone: string | null
  reason: string
  receivedOn: string
  extendedBecause: string | null
  answeredOn: string | null
  answerer: string | null
}

const columns = sql`id, name, mail, telephone, reason, received_on::text as "receivedOn", extended_because as "extendedBecause",
  answered_on::text as "answeredOn", answerer`

/** Those that wait first, the oldest on top; then what was answered. */
export async function requests(tx: Tx): Promise<AccessRequest[]> {
  const { rows } = await sql<AccessRequest>`select ${columns} from municipal.access_request
    order by answered_on desc nulls first, received_on limit 200`.execute(tx)
  return rows
}

export async function requestOf(tx: Tx, id: string): Promise<AccessRequest | null> {
  const { rows } = await sql<AccessRequest>`select ${columns} from municipal.access_request where id = ${id}`.execute(
    tx,
  )
  return rows[0] ?? null
}

export type NewRequest = Pick<AccessRequest, 'id' | 'name' | 'mail' | 'telephone' | 'reason' | 'receivedOn'>

/** Written once, also when the form is sent twice. */
export async function addRequest(tx: Tx, one: NewRequest): Promise<void> {
  await sql`insert into municipal.access_request (id, name, mail, telephone, reason, received_on)
    values (${one.id}, ${one.name}, ${one.mail}, ${one.telephone}, ${one.reason}, ${one.receivedOn})
    on conflict (id) do nothing`.execute(tx)
}

export interface Match {
  person: string
  community: string
  name: string
}

/** Who may be the one who asks. The database writes down that it was looked for before it answers. */
export async function findFor(tx: Tx, request: string): Promise<Match[]> {
  const { rows } = await sql<Match>`select person, community, name from community.find_for_request(${request})`.execute(
    tx,
  )
  return rows
}

export interface Opened {
  community: string
  account: string | null
  name: string
}

/** Opens what is kept of one person for one request. Null where there is none that waits, or where it is not the municipality's to open. */
export async function openFor(tx: Tx, request: string, person: string): Promise<Opened | null> {
  const { rows } =
    await sql<Opened>`select community, account, name from community.open_for_request(${request}, ${person})`.execute(
      tx,
    )
  return rows[0] ?? null
}

export async function extend(tx: Tx, id: string, because: string): Promise<boolean> {
  const done =
    await sql`update municipal.access_request set extended_because = ${because} where id = ${id} and extended_because is null`.execute(
      tx,
    )
  return Number(done.numAffectedRows ?? 0n) > 0
}

export async function answered(tx: Tx, id: string, day: string, answerer: string): Promise<boolean> {
  const done =
    await sql`update municipal.access_request set answered_on = ${day}, answerer = ${answerer} where id = ${id}`.execute(
      tx,
    )
  return Number(done.numAffectedRows ?? 0n) > 0
}

/** Everybody else in these rooms, by name: in a transaction of the system. */
export async function namesIn(tx: Tx, places: readonly string[], but: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    name: string
  }>`select name from community.names_in(${places}::uuid[], ${but}::uuid[])`.execute(tx)
  return rows.map(({ name }) => name)
}
