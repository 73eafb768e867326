// The machine that was measured on, in words, and how busy it was with other things.

import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { askOwner } from '../rehearse/keyboard.ts'
import type { Stage } from './stage.ts'

export interface Machine {
  processor: string
  memory: string
  system: string
  node: string
  postgres: string
}

export async function machineOf(stage: Stage): Promise<Machine> {
  const [row] = await askOwner<{ server_version: string }>(stage.program.place, 'show server_version')
  return {
    ...machineAlone(),
    postgres: `${row?.server_version ?? ''}, the embedded one with its own settings, fsync on`,
  }
}

/** The same where no database is asked. */
export function machineAlone(): Omit<Machine, 'postgres'> {
  const cores = cpus()
  return {
    processor: `${cores.length} x ${cores[0]?.model.trim() ?? 'unknown'}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GB`,
    system: `${type()} ${release()}`,
    node: process.version,
  }
}

/** How many processes wanted to run in the last minute. Much above one before the first figure, and all of them are too low. */
export const busyness = (): number => loadavg()[0] ?? 0

/** The resident memory of a process, in bytes. */
export function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}
