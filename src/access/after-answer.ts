// Work that is done when the answer has gone out: how long it takes says nothing to whoever asked.
import type { House } from '../db/as-actor.ts'

const going = new WeakMap<House, Set<Promise<void>>>()

/** Does it after the answer. What fails is logged; whoever waits for a letter asks again. */
export function afterAnswer(house: House, work: () => Promise<void>): void {
  const all = going.get(house) ?? new Set()
  going.set(house, all)
  const done: Promise<void> = new Promise<void>((begin) => setImmediate(begin))
    .then(work)
    .catch((error: unknown) => house.log.fail('work.failed', error))
    .finally(() => all.delete(done))
  all.add(done)
}

/** Waits until nothing is left to do: for a program that stops, and for tests. */
export async function allAnswered(house: House): Promise<void> {
  for (let all = going.get(house); all && all.size > 0; ) await Promise.all(all)
}
