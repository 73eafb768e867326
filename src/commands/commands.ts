// The commands of the program: which there are, and how one is run from the words after `oplive`. A room hands in its own.
import { backupCommands } from '../backup/backup.command.ts'
import { keysCommand } from '../book/keys.command.ts'
import { bundleCommands } from '../bundle/bundle.command.ts'
import { type Command, KeyboardProblem } from '../command.ts'
import { ConfigProblem } from '../config.ts'
import { dataMapCommand } from '../data-map/data-map.command.ts'
import { DatabaseProblem } from '../db/connect.ts'
import { EmbeddedProblem } from '../db/embedded.ts'

import { bounceCommand } from '../post/bounce.command.ts'
import { retentionCommand } from '../retention/retention.command.ts'
import { sbomCommand } from './sbom.command.ts'

/** In the order in which they are told. */
const commands: readonly Command[] = [
  ...backupCommands,
  ...bundleCommands,
  keysCommand,
  dataMapCommand,
  sbomCommand,
  retentionCommand,
  bounceCommand,
]

/** Where a command says what it has to say. */
export interface Terminal {
  out(text: string): void
  err(text: string): void
}

const terminal: Terminal = { out: (text) => console.log(text), err: (text) => console.error(text) }

/**
 * Runs what was typed. Answers how the program ends: 0 done and good; 1 not done, or what was found is bad; 2 not understood.
 * Whoever types nothing starts the program itself, and does not come here.
 */
export async function runCommand(
  [name = '', ...args]: readonly string[],
  { out, err }: Terminal = terminal,
  known = commands,
): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') {
    const about = known.find((command) => command.name === args[0])
    out(about ? usageOf(about) : helpOf(known))
    return 0
  }
  const command = known.find((one) => one.name === name)
  if (!command) {
    err(`There is no command "${name}". "oplive help" lists those there are.`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    out(usageOf(command))
    return 0
  }
  try {
    return (await command.run(args)) === false ? 1 : 0
  } catch (error) {
    const code = String((error as { code?: unknown })?.code ?? '')
    if (code.startsWith('ERR_PARSE_ARGS')) {
      err(`${(error as Error).message.split('.')[0]}. "oplive help ${name}" says how it is asked.`)
      return 2
    }
    err(isTold(error) ? error.message : ((error as Error)?.stack ?? String(error)))
    return 1
  }
}

/** What the one at the keyboard can mend is a sentence; anything else is a fault of ours, and is shown whole. */
const isTold = (error: unknown): error is Error =>
  [KeyboardProblem, ConfigProblem, DatabaseProblem, EmbeddedProblem].some((problem) => error instanceof problem)

function helpOf(known: readonly Command[]): string {
  const width = Math.max(...known.map(({ name }) => name.length)) + 3
  return [
    'oplive                starts the program',
    'oplive COMMAND …      does one thing, and ends: 0 when it went well, 1 when not, 2 when it was not understood',
    'oplive help COMMAND   says how a command is asked',
    '',
    ...known.map(({ name, does }) => `  ${name.padEnd(width)}${does}`),
  ].join('\n')
}

function usageOf({ does, usage }: Command): string {
  const width = Math.max(...usage.map(([form]) => form.length)) + 3
  return [does, '', ...usage.map(([form, meaning]) => `  ${form.padEnd(width)}${meaning}`)].join('\n')
}
