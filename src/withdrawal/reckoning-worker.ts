// The worker that reckons for a large place, so that the program goes on serving. A file of its own in the built program too.
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { tasks } from './reckoning-tasks.ts'

/** Where there are few processors, whoever asks for a page comes first. Linux has a number for each thread; elsewhere it stays as it is. */
try {
  setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), 5)
} catch {
  // Reckoning goes on all the same.
}

parentPort?.on('message', ({ task, given }: { task: keyof typeof tasks; given: never }) => {
  parentPort?.postMessage(tasks[task](given))
})
