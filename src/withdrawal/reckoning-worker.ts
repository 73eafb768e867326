// The worker that reckons for a large place, so that the program goes on serving. A file of its own in the built program too.
import { parentPort } from 'node:worker_threads'
import { tasks } from './reckoning-tasks.ts'

parentPort?.on('message', ({ task, given }: { task: keyof typeof tasks; given: never }) => {
  parentPort?.postMessage(tasks[task](given))
})
