// Reckons here what takes a moment, and in workers what would let others wait. Two workers, which stay a minute: the next page comes sooner.
import { Worker } from 'node:worker_threads'
import { refuse } from '../refusal.ts'
import type { Picture, ToDraw } from './drawing.ts'
import type { Asked, Reckoned } from './reckoning.ts'
import { type Found, type Given, type TaskName, tasks } from './reckoning-tasks.ts'

/** Up to so many people and ties it takes some milliseconds. */
const smallUpTo = 1500
const mostWorkers = 2
/** Six large pages, three pieces each: whoever comes after them is told to wait, and does not make the row longer. */
const mostWaiting = 18
const restsFor = 60_000

/** Beside this file in the sources, and beside main.js in the built program. */
const entry = new URL(import.meta.url.endsWith('.ts') ? 'reckoning-worker.ts' : 'reckoning-worker.js', import.meta.url)

export const isLarge = ({ people, ends }: Pick<Asked, 'people' | 'ends'>): boolean =>
  people + ends.length / 2 > smallUpTo

/** The same as `reckon`. Rejects with what a worker threw. */
export async function reckonApart(asked: Asked): Promise<Reckoned> {
  const [ways, holds] = await Promise.all([apart('waysOf', asked, asked), apart('holdsOf', asked, asked)])
  return { ...holds, ...ways }
}

/** The same as `picture`. */
export const pictureApart = (toDraw: ToDraw): Promise<Picture> => apart('picture', toDraw, toDraw)

async function apart<Name extends TaskName>(
  task: Name,
  given: Given<Name>,
  of: Pick<Asked, 'people' | 'ends'>,
): Promise<Found<Name>> {
  const work = tasks[task] as (given: Given<Name>) => Found<Name>
  return isLarge(of) ? ((await inWorker({ task, given })) as Found<Name>) : work(given)
}

interface Job {
  task: TaskName
  given: unknown
  resolve(found: unknown): void
  reject(error: unknown): void
}

interface Helper {
  worker: Worker
  /** What it reckons now; null while it rests. */
  job: Job | null
  leaves?: NodeJS.Timeout
}

const waiting: Job[] = []
const helpers = new Set<Helper>()

async function inWorker(job: Pick<Job, 'task' | 'given'>): Promise<unknown> {
  if (waiting.length >= mostWaiting) refuse('busy')
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  waiting.push({ ...job, resolve, reject })
  give()
  return await promise
}

/** Gives what has waited longest to whoever has nothing to do. */
function give(): void {
  if (waiting.length === 0) return
  const helper = [...helpers].find(({ job }) => !job) ?? (helpers.size < mostWorkers ? another() : null)
  if (!helper) return
  helper.job = waiting.shift() as Job
  clearTimeout(helper.leaves)
  helper.worker.ref()
  helper.worker.postMessage({ task: helper.job.task, given: helper.job.given })
}

function another(): Helper {
  const helper: Helper = { worker: new Worker(entry), job: null }
  const { worker } = helper
  helpers.add(helper)
  const gone = (error: unknown) => {
    helpers.delete(helper)
    clearTimeout(helper.leaves)
    helper.job?.reject(error)
    helper.job = null
    give()
  }
  worker.on('message', (found) => {
    const { job } = helper
    helper.job = null
    // It keeps nothing of what it reckoned, and does not keep the program from ending.
    worker.unref()
    helper.leaves = setTimeout(() => {
      helpers.delete(helper)
      void worker.terminate()
    }, restsFor).unref()
    job?.resolve(found)
    give()
  })
  worker.on('error', gone)
  worker.on('exit', (code) => gone(new Error(`the worker ended with ${code} before it had reckoned`)))
  return helper
}
