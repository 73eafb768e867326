// What is done with the audit: written in the same transaction as the deed, read by the officer and the operator, checked link by link.
import { type Actor, asActor, type Tx } from '../db/as-actor.ts'
import { refuse } from '../refusal.ts'
import * as ask from './audit.queries.ts'
import type { AuditEvent, Entry, Facts } from './audit.ts'

/**
 * Writes down that something was done, as the one who acts in this transaction: kept with the deed, or gone with it. `place`: the address of
 * a community. `facts`: numbers, days and codes, never what somebody wrote.
 */
export const noteAudit = (
  tx: Tx,
  what: AuditEvent,
  about: { place?: string | null; facts?: Facts } = {},
): Promise<void> => ask.note(tx, what, about.place ?? null, about.facts ?? {})

const onPage = 100

export interface AuditSeen {
  entries: Entry[]
  /** There are older ones. */
  more: boolean
  /** The number of the entry at which the chain is broken; null when it is whole. */
  brokenAt: number | null
}

/** The newest hundred before `before`, and whether the chain is whole. */
export async function seeAudit(actor: Actor, before: number | null): Promise<AuditSeen> {
  if (actor.role !== 'officer' && actor.role !== 'operator') refuse('not-yours')
  return asActor(actor, async (tx) => {
    const found = await ask.entries(tx, before, onPage + 1)
    return { entries: found.slice(0, onPage), more: found.length > onPage, brokenAt: await ask.brokenAt(tx) }
  })
}

/** All of it, for a file. */
export async function allEntries(actor: Actor): Promise<Entry[]> {
  if (actor.role !== 'officer' && actor.role !== 'operator') refuse('not-yours')
  return asActor(actor, (tx) => ask.entries(tx, null, 1_000_000))
}

/** Takes away what is five years old, in a transaction of the system. Answers how many entries. */
export const cutAudit = (tx: Tx): Promise<number> => ask.cut(tx)
/** Where the chain is broken, in a transaction of the system, an officer or an operator; null when it is whole. */
export const auditBrokenAt = (tx: Tx): Promise<number | null> => ask.brokenAt(tx)
