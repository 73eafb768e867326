// The one thing to do next, for each who signs in: chosen from what is there, by a rule that can be read here.
import type { Role } from '../db/as-actor.ts'
import type { Line } from '../running/running.ts'

/** A meeting of a place that the one at the desk belongs to. */
export interface DeskMeeting {
  /** Null for who does not host there: the code is in the hall, and on the place's page where all are invited. */
  code: string | null
  slug: string
  place: string
  timeZone: string
  startsAt: Date
  isOn: boolean
  /** Does the one at the desk host there? */
  mayLead: boolean
}

/** Something that waits for the one at the desk: a group that asks, a key, a hand-over, a merge, an objection. */
export interface Waiting {
  what:
    | 'group'
    | 'key'
    | 'keyYes'
    | 'handover'
    | 'merge'
    | 'objection'
    | 'promise'
    | 'request'
    | 'incident'
    | 'talk'
    | 'talkThanks'
    | 'asked'
  /** Where it is answered. */
  href: string
  /** The group, the place, or what was promised. */
  name: string
}

export interface AtDesk {
  role: Exclude<Role, 'guest'>
  meetings: readonly DeskMeeting[]
  waiting: readonly Waiting[]
  /** A meeting that was held within three days and has no debrief. */
  debrief: { code: string; place: string } | null
  /** A place where one hosts and nothing is planned. */
  unplanned: { slug: string; name: string } | null
  /** For the municipality: a place that nobody of its own keeps, then one without a date for the hand-over. */
  unkept: { slug: string; name: string } | null
  undated: { slug: string; name: string } | null
  /** For the leader: the place that the municipality means to leave first. */
  leaving: { slug: string; name: string; lastDay: string } | null
  /** For the operator: what is to be mended now, the first of it, and whether mail can be sent at all. */
  red: Line | null
  mail: boolean
}

export type Step =
  | { kind: 'lead' | 'join' | 'prepare' | 'bring'; meeting: DeskMeeting }
  | { kind: 'wait'; waiting: Waiting }
  | { kind: 'debrief'; debrief: NonNullable<AtDesk['debrief']> }
  | { kind: 'plan' | 'firstKeys' | 'setDate'; place: { slug: string; name: string } }
  | { kind: 'leave'; place: NonNullable<AtDesk['leaving']> }
  | { kind: 'mend'; line: Line }
  | { kind: 'mail' | 'numbers' | 'looks' | 'well' | 'code' | 'quiet' }

/** What cannot wait goes first: a meeting that is on, then what somebody waits for, then what is to come. */
export function nextStep(desk: AtDesk): Step {
  switch (desk.role) {
    case 'employee':
      return ofEmployee(desk)
    case 'leader':
      return desk.leaving ? { kind: 'leave', place: desk.leaving } : { kind: 'numbers' }
    case 'officer':
      return first(desk) ?? { kind: 'looks' }
    case 'operator':
      if (desk.red) return { kind: 'mend', line: desk.red }
      return { kind: desk.mail ? 'well' : 'mail' }
    default:
      return ofNeighbour(desk)
  }
}

const first = ({ waiting }: AtDesk): Step | null => (waiting[0] ? { kind: 'wait', waiting: waiting[0] } : null)

function ofEmployee(desk: AtDesk): Step {
  const waiting = first(desk)
  if (waiting) return waiting
  if (desk.unkept) return { kind: 'firstKeys', place: desk.unkept }
  if (desk.undated) return { kind: 'setDate', place: desk.undated }
  return desk.leaving ? { kind: 'leave', place: desk.leaving } : { kind: 'quiet' }
}

function ofNeighbour(desk: AtDesk): Step {
  const on = desk.meetings.find(({ isOn }) => isOn)
  if (on) return { kind: on.mayLead ? 'lead' : 'join', meeting: on }
  const waiting = first(desk)
  if (waiting) return waiting
  if (desk.debrief) return { kind: 'debrief', debrief: desk.debrief }
  const hosted = desk.meetings.find(({ mayLead }) => mayLead)
  if (hosted) return { kind: 'prepare', meeting: hosted }
  if (desk.unplanned) return { kind: 'plan', place: desk.unplanned }
  const next = desk.meetings[0]
  return next ? { kind: 'bring', meeting: next } : { kind: 'code' }
}
