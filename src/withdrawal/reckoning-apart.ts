// Reckons here what takes a moment, and in two workers what would let others wait.
import { crewOf } from '../network/crew.ts'
import { refuse } from '../refusal.ts'
import type { Picture, ToDraw } from './drawing.ts'
import type { Outline, ToOutline } from './outline.ts'
import type { Asked, Reckoned } from './reckoning.ts'
import { type Found, type Given, type TaskName, tasks } from './reckoning-tasks.ts'

/** Up to so many people and ties it takes some milliseconds. */
const smallUpTo = 1500

/** Beside this file in the sources, and beside main.js in the built program. */
const entry = new URL(import.meta.url.endsWith('.ts') ? 'reckoning-worker.ts' : 'reckoning-worker.js', import.meta.url)
/** Six large pages, three pieces each: whoever comes after them is told to wait. */
const inWorker = crewOf({ entry, most: 2, mostWaiting: 18, full: () => refuse('busy') })

export const isLarge = ({ people, ends }: Pick<Asked, 'people' | 'ends'>): boolean =>
  people + ends.length / 2 > smallUpTo

/** When the workers had something to do last: a while after that they have left, and those who come are slow at first. */
let busyLast = Number.NEGATIVE_INFINITY
const coldAfter = 50_000

/** A page of so many people is about to be reckoned: two workers come and warm up, while the database is still asked for the ties. */
export function wakeFor(people: number): void {
  if (people < smallUpTo / 2 || performance.now() - busyLast < coldAfter) return
  busyLast = performance.now()
  // Where they cannot, the page says so soon enough.
  for (const draws of [true, false]) inWorker('warmUp', { draws }).catch(() => undefined)
}

/** The same as `reckon`. Rejects with what a worker threw. */
export async function reckonApart(asked: Asked): Promise<Reckoned> {
  const [ways, holds] = await Promise.all([apart('waysOf', asked, asked), apart('holdsOf', asked, asked)])
  return { ...holds, ...ways }
}

/** The same as `picture`. */
export const pictureApart = (toDraw: ToDraw): Promise<Picture> => apart('picture', toDraw, toDraw)

/** The same as `outlineOf`. */
export const outlineApart = (toOutline: ToOutline): Promise<Outline | null> => apart('outlineOf', toOutline, toOutline)

async function apart<Name extends TaskName>(
  task: Name,
  given: Given<Name>,
  of: Pick<Asked, 'people' | 'ends'>,
): Promise<Found<Name>> {
  const work = tasks[task] as (given: Given<Name>) => Found<Name>
  if (!isLarge(of)) return work(given)
  busyLast = performance.now()
  return (await inWorker(task, given)) as Found<Name>
}
