// Work shared out to workers, so that the thread that asked goes on serving: with progress, and an end when nobody waits any more.
import { availableParallelism } from 'node:os'
import { setImmediate as next } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type Common, type Job, type Result, type TaskName, tasks } from './tasks.ts'

export interface Help {
  /** How many workers; 0: here, with a pause after each job. What comes out is the same, to the last bit. */
  readonly workers: number
  /** Ends the work: the promise is rejected with the reason of the signal, the workers stop at once. */
  readonly signal?: AbortSignal
  /** Told after each job how much is done, from 0 to 1. */
  readonly progress?: (share: number) => void
}

/** How many workers can be at work at the same time. In a browser: `navigator.hardwareConcurrency`. */
export const processors = availableParallelism

/**
 * Does all jobs of a task. `done` gets each result with the number of its job, in the order they end, which chance decides:
 * whoever adds up results must add them in the order of the jobs. Large arrays of `common` are put in shared memory once.
 * Rejects with what a job threw, and then no worker is left running.
 *
 * In a browser the same holds with `new Worker(url, { type: 'module' })` around `tasks`, on a page that is isolated across
 * origins (else there is no SharedArrayBuffer); nothing else in this room knows where it runs.
 */
export async function shareOut<Name extends TaskName>(
  task: Name,
  common: Common<Name>,
  jobs: readonly Job<Name>[],
  done: (number: number, result: Result<Name>) => void,
  { workers, signal, progress }: Help,
): Promise<void> {
  signal?.throwIfAborted()
  let ended = 0
  const tell = (number: number, result: Result<Name>) => {
    done(number, result)
    progress?.(++ended / jobs.length)
  }
  if (workers > 0 && jobs.length > 0) return inCrew(task, common, jobs, tell, Math.min(workers, jobs.length), signal)
  const work = tasks[task] as (common: Common<Name>, job: Job<Name>) => Result<Name>
  for (let number = 0; number < jobs.length; number++) {
    tell(number, work(common, jobs[number] as Job<Name>))
    await next()
    signal?.throwIfAborted()
  }
}

/** Beside this file in the sources and in the built program, where the file of the worker has the name of its room too. */
const entry = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'network-worker.js', import.meta.url)

async function inCrew<Name extends TaskName>(
  task: Name,
  common: Common<Name>,
  jobs: readonly Job<Name>[],
  done: (number: number, result: Result<Name>) => void,
  size: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const workerData = { task, common: inSharedMemory(common) }
  const crew = Array.from({ length: size }, () => new Worker(entry, { workerData }))
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = () => reject(signal?.reason)
  signal?.addEventListener('abort', stop)
  let given = 0
  let ended = 0
  for (const worker of crew) {
    let number = -1
    const give = () => {
      if (given < jobs.length) {
        number = given++
        worker.postMessage(jobs[number])
      }
    }
    worker.on('message', (result: Result<Name>) => {
      const finished = number
      give()
      try {
        done(finished, result)
      } catch (error) {
        return reject(error)
      }
      if (++ended === jobs.length) resolve()
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`a worker ended with ${code} before its work was done`)))
    give()
  }
  try {
    await promise
  } finally {
    signal?.removeEventListener('abort', stop)
    await Promise.all(crew.map((worker) => worker.terminate()))
  }
}

type Numbers = Int32Array | Float64Array | Uint8Array
const isNumbers = (value: object): value is Numbers =>
  value instanceof Int32Array || value instanceof Float64Array || value instanceof Uint8Array

/** The same, its long arrays where all workers read them; a short one is cheaper copied. */
function inSharedMemory<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (isNumbers(value))
    return value.byteLength < 4096 || value.buffer instanceof SharedArrayBuffer ? value : shared(value)
  if (Array.isArray(value)) return value.map(inSharedMemory) as T
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inSharedMemory(inner)])) as T
}

function shared<T extends Numbers>(value: T): T {
  const memory = new SharedArrayBuffer(value.byteLength)
  const copy = new (value.constructor as new (memory: SharedArrayBuffer) => T)(memory)
  copy.set(value)
  return copy
}
