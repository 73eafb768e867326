// Reckons here what takes a moment, and in workers what would let others wait. Two workers, which stay a minute: the next page comes sooner.
import { Worker } from 'node:worker_threads'
import type { Picture, ToDraw } from './drawing.ts'
import type { Asked, Reckoned } from './reckoning.ts'
import { type Found, type Given, type TaskName, tasks } from './reckoning-tasks.ts'

/** Up to so many people and ties it takes some milliseconds. */
const smallUpTo = 1500
const mostWorkers = 2
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

const waiting: Job[] = []
const resting: { worker: Worker; leaves: NodeJS.Timeout }[] = []
let workers = 0

function inWorker(job: Pick<Job, 'task' | 'given'>): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  waiting.push({ ...job, resolve, reject })
  next()
  return promise
}

/** Gives what has waited longest to whoever has nothing to do. */
function next(): void {
  if (waiting.length === 0) return
  const rested = resting.pop()
  if (!rested && workers >= mostWorkers) return
  const job = waiting.shift() as Job
  clearTimeout(rested?.leaves)
  const worker = rested?.worker ?? new Worker(entry)
  if (rested) worker.removeAllListeners().ref()
  if (!rested) workers++
  let over = false
  const end = (how: () => void, stays: boolean) => {
    if (over) return
    over = true
    worker.removeAllListeners()
    if (stays) rest(worker)
    else leave(worker)
    how()
    next()
  }
  worker.once('message', (found) => end(() => job.resolve(found), true))
  worker.once('error', (error) => end(() => job.reject(error), false))
  worker.once('exit', (code) =>
    end(() => job.reject(new Error(`the worker ended with ${code} before it had reckoned`)), false),
  )
  worker.postMessage({ task: job.task, given: job.given })
}

/** It keeps nothing of what it reckoned, and does not keep the program from ending. */
function rest(worker: Worker): void {
  const leaves = setTimeout(() => {
    gone()
    leave(worker)
  }, restsFor).unref()
  const one = { worker, leaves }
  const gone = () => {
    clearTimeout(leaves)
    worker.removeAllListeners()
    const at = resting.indexOf(one)
    if (at >= 0) resting.splice(at, 1)
  }
  worker.once('error', () => undefined)
  worker.once('exit', () => {
    gone()
    workers--
  })
  worker.unref()
  resting.push(one)
}

function leave(worker: Worker): void {
  workers--
  void worker.terminate()
}
