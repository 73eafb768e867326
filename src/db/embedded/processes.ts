// What the operating system knows of its processes: who still lives, when it was born, what it was started as.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ProcessFacts {
  /** Together with the pid it names one process for ever: a reused pid has another birth. */
  birth: string
  /** The command line, parts joined by spaces; '' when hidden from us. */
  command: string
  /** Its working folder; PostgreSQL always stands in its data folder. Linux only. */
  folder: string | undefined
}

/** Undefined when no such process lives; a zombie is dead. */
export function factsOf(pid: number): ProcessFacts | undefined {
  if (process.platform !== 'linux') return factsFromPs(pid)
  const stat = readOr(`/proc/${pid}/stat`)
  // The name may hold spaces and brackets; what follows the last bracket is: state, parent, ... and as 20th the time of birth.
  const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (stat === '') return mayBeHidden(pid) ? { birth: 'hidden', command: '', folder: undefined } : undefined
  if (rest[0] === 'Z' || rest[0] === 'X') return undefined
  return {
    birth: rest[19] ?? 'hidden',
    command: readOr(`/proc/${pid}/cmdline`).split('\0').join(' ').trim(),
    folder: linkOr(`/proc/${pid}/cwd`),
  }
}

/** Is it still the process we knew by this birth? When /proc hides it we believe it lives: waiting harms less than two writers. */
export function stillLives(pid: number, birth: string): boolean {
  const facts = factsOf(pid)
  return facts !== undefined && (facts.birth === birth || facts.birth === 'hidden')
}

/** Is this process the head of a PostgreSQL that works on exactly this data folder? */
export function isPostmasterOf(pid: number, data: string): boolean {
  const facts = factsOf(pid)
  if (facts === undefined || facts.command.startsWith('postgres:')) return false
  if (!/(^|\/)postgres( |$)/.test(facts.command)) return false
  return facts.folder === data || `${facts.command} `.includes(` -D ${data} `)
}

/** Every PostgreSQL process that stands in this data folder. Elsewhere than on Linux we cannot know, and say none. */
export function postgresIn(data: string): number[] {
  return postgresProcesses().filter((pid) => linkOr(`/proc/${pid}/cwd`) === data)
}

/** Every PostgreSQL process, or its initdb, whose command line names this path. As above, only on Linux. */
export function postgresNaming(path: string): number[] {
  return postgresProcesses().filter((pid) => readOr(`/proc/${pid}/cmdline`).includes(path))
}

function postgresProcesses(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => /^(postgres|initdb)$/m.test(readOr(`/proc/${pid}/comm`)))
}

/** A signal to a process that may be gone by now. */
export function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how)
  } catch {
    // It went by itself in this moment.
  }
}

export const endAtOnce = (pid: number) => signal(pid, 'SIGKILL')

/**
 * Where pids mean the same as they do here: this boot of this machine and this container.
 * A process elsewhere (another container on the same volume) cannot be asked for by its pid.
 */
export const thisPlace: string = createHash('sha256')
  .update(readOr('/proc/sys/kernel/random/boot_id') + (linkOr('/proc/self/ns/pid') ?? ''))
  .digest('hex')
  .slice(0, 12)

function factsFromPs(pid: number): ProcessFacts | undefined {
  try {
    const line = execFileSync('/bin/ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim()
    const [, state, birth, command] = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line) ?? []
    if (state === undefined || state.startsWith('Z')) return undefined
    return { birth: (birth ?? '').replace(/\W+/g, '_'), command: command ?? '', folder: undefined }
  } catch {
    return undefined
  }
}

function mayBeHidden(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function linkOr(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
