// Bundles that wait between the first click and the second: in files without a name, for an hour, one for each operator.
import { closeSync } from 'node:fs'
import { v4 as random } from 'uuid'
import type { Manifest } from './envelope.ts'
import type { Fault } from './problem.ts'

/** What was found when it was tried. */
export interface Checked {
  manifest: Manifest
  fingerprint: string
  /** Why it would not be taken in; null when it would. */
  fault: { fault: Fault; where: string } | null
  /** The address it would get: its own, or another where that is taken. */
  slug: string
  cardsLeft: number
  wereHere: number
}

export interface Waiting extends Checked {
  id: string
  file: number
}

const waits = 3_600_000
const mostAtOnce = 4

export interface Arrivals {
  /** Keeps the open file from now on. One that the same person brought before is gone. */
  keep(account: string, file: number, checked: Checked): string
  /** Whoever brought it finds it; nobody else. */
  find(account: string, id: string): Waiting | null
  forget(id: string): void
}

export function openArrivals(): Arrivals {
  const all = new Map<string, { account: string; waiting: Waiting; timer: NodeJS.Timeout }>()
  const forget = (id: string) => {
    const one = all.get(id)
    if (!one) return
    all.delete(id)
    clearTimeout(one.timer)
    closeSync(one.waiting.file)
  }
  return {
    keep(account, file, checked) {
      for (const [id, one] of all) if (one.account === account) forget(id)
      for (const id of [...all.keys()].slice(0, Math.max(0, all.size - mostAtOnce + 1))) forget(id)
      const id = random()
      const timer = setTimeout(() => forget(id), waits)
      timer.unref()
      all.set(id, { account, waiting: { ...checked, id, file }, timer })
      return id
    },
    find(account, id) {
      const one = all.get(id)
      return one?.account === account ? one.waiting : null
    },
    forget,
  }
}
