// The one thing that waits for the officer, for their desk: an open breach, or somebody whose answer is due.
import { wallTimeIn } from '../clock.ts'
import type { Tx } from '../db/as-actor.ts'
import { requests } from './access-request.queries.ts'
import { answerBy, nextThing } from './access-request.ts'
import { incidents } from './incident.queries.ts'
import { incidentClock } from './incident-clock.ts'

interface Waits {
  what: 'request' | 'incident'
  href: string
  /** Of a request the name, of a breach the day on which it was noticed. */
  name: string
}

/** In a transaction of the officer. At most one. */
export async function officerWaits(tx: Tx, now: Date, timeZone = 'Europe/Copenhagen'): Promise<Waits[]> {
  const asked = (await requests(tx)).filter(({ answeredOn }) => answeredOn === null)
  const open = (await incidents(tx)).filter(({ closedAt }) => closedAt === null)
  const today = wallTimeIn(timeZone, now).date
  const next = nextThing(
    open.map((one) => ({ id: one.id, deadline: incidentClock(one.noticedAt, now).deadline })),
    asked.map((one) => ({ id: one.id, answerBy: answerBy(one.receivedOn, one.extendedBecause !== null) })),
    today,
  )
  if (next?.kind === 'incident') {
    const one = open.find(({ id }) => id === next.id)
    return one
      ? [{ what: 'incident', href: `/incidents/${one.id}`, name: wallTimeIn(timeZone, one.noticedAt).date }]
      : []
  }
  const one = asked.find(({ id }) => id === next?.id)
  return one ? [{ what: 'request', href: `/access-requests/${one.id}`, name: one.name }] : []
}
