// The log: JSON lines that say what happened to the program, never who did what. There is no place for a name, a code or free text.
import { pino } from 'pino'

/** Everything that is ever logged. `docs/logs.md` lists them for the one who runs the server; a test keeps the two alike. */
export const events = [
  'started',
  'stopping',
  'database.started',
  'database.taken-over',
  'database.revived',
  'database.lost',
  'migrated',
  'demo.loaded',
  'request.failed',
  'sign-in.refused',
  'work.failed',
  'card.closed',
  'card.late-joined',
  'card.late-ended',
  'key.swept',
  'people.counted',
  'listener.reconnected',
  'backup.made',
  'backup.failed',
  'post.sent',
  'post.refused',
  'post.given-up',
  'post.away',
  'post.week',
  'upgrade.without-backup',
  'restore.undone',
  'upgrade.stands',
  'retention.run',
  'webhook.failed',
] as const
export type LogEvent = (typeof events)[number]

/** Only counts, durations, switches, and codes that the program itself defines (an error class, an SQLSTATE, a file and line of ours). */
export interface Facts {
  ms?: number
  count?: number
  status?: number
  /** The pattern of a route, such as `/m/:code/lead`; never the address asked for. */
  route?: string
  /** The class or code of an error. */
  error?: string
  /** Where in our own code, as file:line. */
  at?: string
  version?: string
}

export interface Log {
  say(event: LogEvent, facts?: Facts): void
  /** An error without its message, which may hold what somebody typed: class, code and the first line of ours in its stack. */
  fail(event: LogEvent, error: unknown, facts?: Facts): void
}

export function jsonLog(write: (line: string) => void = (line) => void process.stdout.write(line)): Log {
  const out = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    { write },
  )
  return {
    say: (event, facts = {}) => out.info({ event, ...facts }),
    fail: (event, error, facts = {}) => out.error({ event, ...facts, ...factsOf(error) }),
  }
}

export const silentLog: Log = { say: () => {}, fail: () => {} }

function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = (error as { code?: unknown }).code
  const name = typeof code === 'string' && /^[\w.-]{1,40}$/.test(code) ? `${error.name} ${code}` : error.name
  const at = /\/(?:src|dist)\/([\w./-]+:\d+)/.exec(error.stack?.split('\n').slice(1).join('\n') ?? '')?.[1]
  return at ? { error: name, at } : { error: name }
}
