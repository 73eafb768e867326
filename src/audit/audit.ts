// The list of what was done that weighs: its kinds, in one place, so that each has words.

/** Everything that is written down here. Looks at people have a list of their own, which those people read. */
export const auditEvents = [
  'api.key-made',
  'api.key-closed',
  'webhook.added',
  'room.handed-over',
  'key.changed',
  'staff.closed',
  'staff.opened',
  'provider.set',
  'provider.removed',
  'list.brought-in',
  'move.asked',
  'move.agreed',
  'move.stopped',
  'bundle.made',
  'bundle.taken-in',
  'community.let-go',
  'backup.restored',
  'incident.begun',
  'incident.closed',
  'access-request.answered',
  'access-request.passed-on',
  'retention.run',
  'set-up.done',
] as const
export type AuditEvent = (typeof auditEvents)[number]
export const isAuditEvent = (text: string): text is AuditEvent => auditEvents.some((one) => one === text)

/** Numbers, days and codes: nothing that somebody wrote. */
export type Facts = Readonly<Record<string, number | boolean | null | string>>

export interface Entry {
  id: number
  at: Date
  what: string
  /** As what it was done. */
  role: string
  /** Who, of the municipality; null for a neighbour and for the program. */
  name: string | null
  /** The address of the place. */
  place: string | null
  facts: Facts
  /** SHA-256, in hexadecimal digits. */
  hash: string
}
