// The host's desk: what a host needs to know in each part of the meeting's life, and how many were counted in the hall.
import type { AgendaItem } from '../evening.ts'
import { longestOpen } from '../meeting.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import type { MeetingRole } from '../roles.ts'

export type Desk =
  | { phase: 'planned'; meeting: MeetingHere; early: boolean; agenda: AgendaItem[]; roles: MeetingRole[] }
  | { phase: 'open'; meeting: MeetingHere; closesBy: Date; answered: number; begun: boolean }
  | {
      phase: 'closed'
      meeting: MeetingHere
      /** Null when they are too few to say. */
      answered: number | null
      /** What people wrote that they will do now. Empty until five have. */
      words: string[]
      late: { waiting: number; until: Date; open: boolean }
    }

const hour = 3_600_000

/** A card that opens this long before the meeting would be closed before people can answer it. */
export const isEarly = (startsAt: Date, now: Date): boolean => startsAt.getTime() - now.getTime() > longestOpen * hour

const mostAttended = 20_000

export type ReadAttended = { ok: true; attended: number } | { ok: false; code: 'attended' | 'attendedMany' }

/** Reads how many were there: a whole number; "1.200" is one thousand two hundred. */
export function readAttended(typed: string): ReadAttended {
  const digits = typed.trim().replace(/^(\d{1,3})[. ](\d{3})$/, '$1$2')
  if (!/^\d{1,9}$/.test(digits)) return { ok: false, code: 'attended' }
  const attended = Number(digits)
  return attended > mostAttended ? { ok: false, code: 'attendedMany' } : { ok: true, attended }
}
