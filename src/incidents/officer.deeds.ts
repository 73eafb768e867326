// The one thing that waits for the officer, for their desk: somebody whose answer is due.
import { wallTimeIn } from '../clock.ts'
import type { Tx } from '../db/as-actor.ts'
import { requests } from './access-request.queries.ts'
import { answerBy, nextThing } from './access-request.ts'

/** In a transaction of the officer. At most one, with its address and what it is called. */
export async function officerWaits(tx: Tx, now: Date): Promise<{ what: 'request'; href: string; name: string }[]> {
  const open = (await requests(tx)).filter(({ answeredOn }) => answeredOn === null)
  const today = wallTimeIn('Europe/Copenhagen', now).date
  const next = nextThing(
    [],
    open.map((one) => ({ id: one.id, answerBy: answerBy(one.receivedOn, one.extendedBecause !== null) })),
    today,
  )
  const found = open.find(({ id }) => id === next?.id)
  return found ? [{ what: 'request', href: `/access-requests/${found.id}`, name: found.name }] : []
}
