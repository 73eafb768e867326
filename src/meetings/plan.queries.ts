// What the database is asked about the plan of a meeting: its agenda, who does what, and how many the place has held before.
import type { Tx } from '../db/as-actor.ts'
import type { AgendaItem } from './evening.ts'
import { isRole, type MeetingRole, type Role, roles } from './roles.ts'

const inOrder = (a: { role: Role }, b: { role: Role }) => roles.indexOf(a.role) - roles.indexOf(b.role)

/** Who does what, as far as the one who asks may see it: hosts see all of their own meetings. */
export async function rolesOf(tx: Tx, meeting: string): Promise<MeetingRole[]> {
  const rows = await tx
    .selectFrom('community.meeting_role')
    .select(['role', 'name', 'municipal', 'reason'])
    .where('meeting_id', '=', meeting)
    .execute()
  return rows.flatMap((row) => (isRole(row.role) ? { ...row, role: row.role } : [])).sort(inOrder)
}

/** What all may know: who hosts and leads, and who is of the municipality, with the reason. For the public pages of a meeting. */
export async function publicRoles(tx: Tx, meeting: string): Promise<MeetingRole[]> {
  const all = await rolesOf(tx, meeting)
  return all.filter(({ role, municipal }) => role === 'host' || role === 'facilitator' || municipal)
}

/** Hands the roles out anew. */
export async function handOutRoles(tx: Tx, meeting: string, handed: readonly MeetingRole[]): Promise<void> {
  await tx.deleteFrom('community.meeting_role').where('meeting_id', '=', meeting).execute()
  const rows = handed.map((one) => ({ ...one, meeting_id: meeting }))
  if (rows.length > 0) await tx.insertInto('community.meeting_role').values(rows).execute()
}

/** Writes the plan of the evening anew. */
export async function writeAgenda(tx: Tx, meeting: string, items: readonly AgendaItem[]): Promise<void> {
  await tx.deleteFrom('community.agenda_item').where('meeting_id', '=', meeting).execute()
  const rows = items.map((item, before) => ({ ...item, meeting_id: meeting, place: before + 1 }))
  if (rows.length > 0) await tx.insertInto('community.agenda_item').values(rows).execute()
}

/** How many meetings the community has held: those whose exit card was opened. Without `except`, the one that is asked about. */
export async function meetingsHeld(tx: Tx, community: string, except: string | null): Promise<number> {
  const held = tx
    .selectFrom('community.meeting')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('community_id', '=', community)
    .where('phase', 'in', ['open', 'closed'])
  const row = await (except === null ? held : held.where('id', '<>', except)).executeTakeFirstOrThrow()
  return Number(row.n)
}
