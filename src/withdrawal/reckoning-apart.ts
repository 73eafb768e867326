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
  return isLarge(of) ? ((await inWorker(task, given)) as Found<Name>) : work(given)
}
