// A person asks what is kept of them (GDPR 15): by which day the answer is due, and what the officer does next.
import { Temporal } from 'temporal-polyfill'

/** How many days before its last day a request is the thing to do. */
const nearDays = 7

/** One month from the day it came; with a reason told to the person, two more (GDPR 12(3)). */
export function answerBy(received: string, extended: boolean): string {
  return Temporal.PlainDate.from(received)
    .add({ months: extended ? 3 : 1 })
    .toString()
}

/** Days until `by`, both `yyyy-mm-dd`: 0 on the last day, negative when it has passed. */
export const daysUntil = (by: string, today: string): number =>
  Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(by), { largestUnit: 'days' }).days

export interface OpenIncident {
  id: string
  deadline: Date
}
export interface OpenRequest {
  id: string
  answerBy: string
}
export type NextThing = { kind: 'incident'; id: string } | { kind: 'request'; id: string } | null

/** The one thing to do: the incident whose clock ends first, then the request whose last day is near or over. */
export function nextThing(
  incidents: readonly OpenIncident[],
  requests: readonly OpenRequest[],
  today: string,
): NextThing {
  const incident = incidents.toSorted((a, b) => a.deadline.getTime() - b.deadline.getTime())[0]
  if (incident) return { kind: 'incident', id: incident.id }
  const request = requests
    .filter(({ answerBy: by }) => daysUntil(by, today) <= nearDays)
    .toSorted((a, b) => (a.answerBy < b.answerBy ? -1 : 1))[0]
  return request ? { kind: 'request', id: request.id } : null
}
