// Something has gone wrong with what is kept of people: what is written down of it.
import type { Reminder } from './incident-clock.ts'

export interface NewIncident {
  id: string
  what: string
  noticedAt: Date
  communities: string[]
  /** What the municipality itself keeps is touched: signing in. */
  entry: boolean
  /** Purposes of the data map. */
  kinds: string[]
}

export interface Incident extends NewIncident {
  begunBy: string
  tellAuthority: boolean | null
  authorityWhy: string | null
  tellPeople: boolean | null
  peopleWhy: string | null
  reminded: Reminder | null
  closedAt: Date | null
}

export const decisions = ['authority', 'people'] as const
export type Decision = (typeof decisions)[number]

export interface Step {
  at: Date
  by: string
  what: 'begun' | 'authority' | 'people' | 'note' | 'reminded' | 'closed'
  text: string | null
}

/** It may be closed when both decisions are made. */
export const mayClose = ({ tellAuthority, tellPeople, closedAt }: Incident): boolean =>
  closedAt === null && tellAuthority !== null && tellPeople !== null
