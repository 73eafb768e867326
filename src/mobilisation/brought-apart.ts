// The numbers of a large tree are reckoned by a worker, so that nobody else waits for them; those of a small one here, in a moment.
import { crewOf } from '../network/crew.ts'
import { refuse } from '../refusal.ts'
import { type Brought, reckon, type Tree } from './brought.ts'
import type { Sent } from './brought-tasks.ts'

const smallUpTo = 1500

/** Beside this file in the sources, and beside main.js in the built program. */
const entry = new URL(import.meta.url.endsWith('.ts') ? 'brought-worker.ts' : 'brought-worker.js', import.meta.url)
const inWorker = crewOf({ entry, most: 1, mostWaiting: 18, full: () => refuse('busy') })

/** The same as `reckon`. Nobody's name is sent along. */
export async function reckonApart(tree: Tree, residents: number | null): Promise<Brought> {
  if (tree.broughtBy.length <= smallUpTo) return reckon(tree, residents)
  const sent: Sent = {
    on: tree.on,
    broughtBy: Int32Array.from(tree.broughtBy),
    counted: Uint8Array.from(tree.counted),
    firstDay: Float64Array.from(tree.firstDay),
    card: Int32Array.from(tree.card),
    me: tree.me,
    residents,
  }
  return (await inWorker('reckonSent', sent)) as Brought
}
