// What a worker of a room does: one task after the other, after whoever asks for a page.
import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'

/** Called by the file of a room's worker with all that it can be asked for: plain functions of what can be sent. */
export function serve(tasks: Readonly<Record<string, (given: never) => unknown>>): void {
  // Where there are few processors, whoever asks for a page comes first. Linux has a number for each thread; elsewhere it stays as it is.
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), 5)
  } catch {
    // Reckoning goes on all the same.
  }
  parentPort?.on('message', ({ task, given }: { task: string; given: never }) => {
    parentPort?.postMessage(tasks[task]?.(given))
  })
}
