// The questions about what was passed on to an association. Nobody else imports them.
import { sql } from 'kysely'
import type { Tx } from '../db/as-actor.ts'

export interface PassedOn {
  community: string
  passedOn: string
  answeredOn: string | null
}

/** Where a request was passed on to, for the officer. */
export async function passedOn(tx: Tx, request: string): Promise<PassedOn[]> {
  const { rows } = await sql<PassedOn>`select community_id as community, passed_on::text as "passedOn",
    answered_on::text as "answeredOn" from municipal.request_passed_on where request_id = ${request}`.execute(tx)
  return rows
}

/** Once, also when it is sent twice. */
export async function passOn(tx: Tx, request: string, community: string, day: string): Promise<void> {
  await sql`insert into municipal.request_passed_on (request_id, community_id, passed_on)
    values (${request}, ${community}, ${day}) on conflict do nothing`.execute(tx)
}

export interface Asking {
  request: string
  name: string
  mail: string | null
  telephone: string | null
  passedOn: string
}

/** Who asks this place, for who holds a key of it: those who wait. */
export async function askingIn(tx: Tx, community: string): Promise<Asking[]> {
  const { rows } = await sql<Asking>`select request, name, mail, telephone, passed_on::text as "passedOn"
    from municipal.passed_on_to(${community})`.execute(tx)
  return rows
}

export async function answeredHere(tx: Tx, request: string, community: string, day: string): Promise<boolean> {
  const done = await sql`update municipal.request_passed_on set answered_on = ${day}
    where request_id = ${request} and community_id = ${community} and answered_on is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0n) > 0
}
