// Reckons here what takes a moment, and in a worker what would let others wait. One large place at a time.
import { Worker } from 'node:worker_threads'
import { type Asked, type Reckoned, reckon } from './reckoning.ts'

/** Up to so many people and ties it takes a few milliseconds. */
const smallUpTo = 4000

/** Beside this file in the sources, and beside main.js in the built program. */
const entry = new URL(import.meta.url.endsWith('.ts') ? 'reckoning-worker.ts' : 'reckoning-worker.js', import.meta.url)

let last: Promise<unknown> = Promise.resolve()

/** The same as `reckon`. Rejects with what the worker threw. */
export function reckonApart(asked: Asked): Promise<Reckoned> {
  if (asked.people + asked.ends.length / 2 <= smallUpTo) return Promise.resolve(reckon(asked))
  const mine = last.then(
    () => inWorker(asked),
    () => inWorker(asked),
  )
  last = mine.catch(() => undefined)
  return mine
}

const inWorker = (asked: Asked): Promise<Reckoned> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(entry, { workerData: asked })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code} before it had reckoned`)))
  })
