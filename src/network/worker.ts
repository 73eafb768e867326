// A worker of the network room: does one task, job after job. Started by `workers.ts`; a file of its own in the built program too.
import { parentPort, workerData } from 'node:worker_threads'
import { tasks } from './tasks.ts'

const { task, common } = workerData as { task: keyof typeof tasks; common: never }

parentPort?.on('message', (job: unknown) => {
  const result = tasks[task](common, job as never)
  parentPort?.postMessage(result, [...new Set(buffersIn(result))])
})

/** What is sent is not copied: the worker has no more use for it. */
function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffersIn) : []
}
