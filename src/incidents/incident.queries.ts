// The questions about what has gone wrong. Nobody else imports them.
import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Tx } from '../db/as-actor.ts'
import type { Decision, Incident, NewIncident, Step } from './incident.ts'
import type { Reminder } from './incident-clock.ts'

const columns = sql`id, what, noticed_at as "noticedAt", begun_by as "begunBy", communities::text[] as communities, entry, kinds,
  tell_authority as "tellAuthority", authority_why as "authorityWhy", tell_people as "tellPeople", people_why as "peopleWhy",
  reminded, closed_at as "closedAt"`

/** Those that are open first, the one that was noticed first on top. As the one who asks may see them. */
export async function incidents(tx: Tx): Promise<Incident[]> {
  const { rows } = await sql<Incident>`select ${columns} from municipal.incident
    order by closed_at desc nulls first, noticed_at limit 100`.execute(tx)
  return rows
}

export async function incidentOf(tx: Tx, id: string): Promise<Incident | null> {
  const { rows } = await sql<Incident>`select ${columns} from municipal.incident where id = ${id}`.execute(tx)
  return rows[0] ?? null
}

export async function stepsOf(tx: Tx, id: string): Promise<Step[]> {
  const { rows } =
    await sql<Step>`select at, by, what, text from municipal.incident_step where incident_id = ${id} order by at, id`.execute(
      tx,
    )
  return rows
}

/** Written once, also when the form is sent twice. Answers whether it is new. */
export async function addIncident(tx: Tx, one: NewIncident, now: Date, by: string): Promise<boolean> {
  const done =
    await sql`insert into municipal.incident (id, what, noticed_at, begun_at, begun_by, communities, entry, kinds)
    values (${one.id}, ${one.what}, ${one.noticedAt}, ${now}, ${by}, ${one.communities}::uuid[], ${one.entry}, ${one.kinds})
    on conflict (id) do nothing`.execute(tx)
  return Number(done.numAffectedRows ?? 0n) > 0
}

export async function addStep(tx: Tx, incident: string, step: Step): Promise<void> {
  await sql`insert into municipal.incident_step (id, incident_id, at, by, what, text)
    values (${uuid()}, ${incident}, ${step.at}, ${step.by}, ${step.what}, ${step.text})`.execute(tx)
}

/** Answers false when it is closed meanwhile. */
export async function decide(tx: Tx, id: string, what: Decision, tell: boolean, why: string): Promise<boolean> {
  const done =
    what === 'authority'
      ? await sql`update municipal.incident set tell_authority = ${tell}, authority_why = ${why} where id = ${id} and closed_at is null`.execute(
          tx,
        )
      : await sql`update municipal.incident set tell_people = ${tell}, people_why = ${why} where id = ${id} and closed_at is null`.execute(
          tx,
        )
  return Number(done.numAffectedRows ?? 0n) > 0
}

export async function close(tx: Tx, id: string, now: Date): Promise<boolean> {
  const done =
    await sql`update municipal.incident set closed_at = ${now} where id = ${id} and closed_at is null`.execute(tx)
  return Number(done.numAffectedRows ?? 0n) > 0
}

export interface Count {
  incident: string
  noticedAt: Date
  closed: boolean
  /** Null: those who can sign in. */
  community: string | null
  people: number
}

export async function counts(tx: Tx): Promise<Count[]> {
  const { rows } = await sql<Count>`select incident, noticed_at as "noticedAt", closed, community, people
    from municipal.incident_counts() order by noticed_at desc`.execute(tx)
  return rows
}

/** Those about whose telling nothing is decided yet, held until the transaction ends: two programs do not remind twice. */
export async function undecided(tx: Tx): Promise<{ id: string; noticedAt: Date; reminded: Reminder | null }[]> {
  const { rows } = await sql<{ id: string; noticedAt: Date; reminded: Reminder | null }>`
    select id, noticed_at as "noticedAt", reminded from municipal.incident
    where closed_at is null and tell_authority is null for update skip locked`.execute(tx)
  return rows
}

export async function noteReminded(tx: Tx, id: string, hours: Reminder): Promise<void> {
  await sql`update municipal.incident set reminded = ${hours} where id = ${id}`.execute(tx)
}

export async function officerMail(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ address: string }>`select address from access.officer_mail()`.execute(tx)
  return rows.map(({ address }) => address)
}
