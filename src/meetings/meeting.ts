// A meeting: what it is for, when and where, and which part of its life it is in.

export const kinds = ['listening', 'dialogue', 'house', 'public', 'training', 'action'] as const
export type Kind = (typeof kinds)[number]

/** `open` means that the exit card takes answers. */
export type Life =
  | { phase: 'planned' }
  | { phase: 'open'; openedAt: Date; closesBy: Date }
  | { phase: 'closed'; openedAt: Date; closedAt: Date }

export interface Meeting {
  id: string
  communityId: string
  code: string
  kind: Kind
  purpose: string
  place: string
  hostName: string
  startsAt: Date
  /** How many were there; null until somebody has counted. */
  attended: number | null
  life: Life
}

/** What a host fills in to plan a meeting. Date and time are the community's wall clock. */
export interface Plan {
  kind: Kind
  purpose: string
  place: string
  hostName: string
  date: string
  time: string
  /** The host works for the municipality; `hostReason` says why, when the place has held meetings before. */
  hostMunicipal?: boolean
  hostReason?: string | null
}

/** An exit card that nobody closes is closed after this many hours, so that its key does not lie about. */
export const longestOpen = 12
/** Late cards may come for this many days: a phone keeps an answer no longer. */
export const lateDays = 7
/** This many late cards join at once, whatever they say. Fewer wait for the last late day. */
export const lateBatch = 20
/** The municipality sees a result this many hours after those who gave it. */
export const communityFirstHours = 48

const hour = 3_600_000

export const closesBy = (openedAt: Date): Date => new Date(openedAt.getTime() + longestOpen * hour)
export const lateUntil = (closedAt: Date): Date => new Date(closedAt.getTime() + lateDays * 24 * hour)

export const isKind = (text: unknown): text is Kind => kinds.includes(text as Kind)

/** All are invited to these, by poster and page. Whoever holds a house meeting or a training invites in person: those are not announced. */
export const isAnnounced = (kind: Kind): boolean => kind !== 'house' && kind !== 'training'
