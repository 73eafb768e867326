// Workers that stay a while, for a room that reckons for a large place again and again: the next page comes sooner, and whoever only asks for a page waits for nobody.
import { Worker } from 'node:worker_threads'

interface Crew {
  /** The room's file beside main.js, or in the sources: it calls `serve` with the room's tasks. */
  entry: URL
  most: number
  /** So many jobs may wait; whoever comes after them is told so by `full`, and does not make the row longer. */
  mostWaiting: number
  full: () => never
}

interface Job {
  task: string
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

const restsFor = 60_000

/** Answers what gives a task to whoever has nothing to do. Rejects with what the worker threw. */
export function crewOf({ entry, most, mostWaiting, full }: Crew): (task: string, given: unknown) => Promise<unknown> {
  const waiting: Job[] = []
  const helpers = new Set<Helper>()

  /** Gives what has waited longest to whoever has nothing to do. */
  function give(): void {
    if (waiting.length === 0) return
    const helper = [...helpers].find(({ job }) => !job) ?? (helpers.size < most ? another() : null)
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

  return async (task, given) => {
    if (waiting.length >= mostWaiting) full()
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.push({ task, given, resolve, reject })
    give()
    return await promise
  }
}
