// What the worker of a large tree is asked for: its numbers, from short rows that are quick to send.
import { type Brought, reckon } from './brought.ts'

export interface Sent {
  on: string
  broughtBy: Int32Array
  counted: Uint8Array
  firstDay: Float64Array
  card: Int32Array
  me: number | null
  residents: number | null
}

export function reckonSent({ residents, ...sent }: Sent): Brought {
  const tree = {
    ...sent,
    broughtBy: [...sent.broughtBy],
    counted: [...sent.counted],
    firstDay: [...sent.firstDay],
    card: [...sent.card],
  }
  return reckon(tree, residents)
}
