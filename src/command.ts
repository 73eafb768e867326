// A command of the program, as a room hands it in: `oplive NAME …` at the keyboard of the server.
import { resolve } from 'node:path'

/** One sentence for whoever typed the command. */
export class KeyboardProblem extends Error {}

export interface Command {
  /** The word after `oplive`. */
  name: string
  /** What it does, in a line. */
  does: string
  /** How it is asked: each line a form and what it means. */
  usage: readonly (readonly [form: string, meaning: string])[]
  /**
   * Does it. `args`: what stood behind the name. Answers false when it was done and what it found is bad; throws KeyboardProblem, or a
   * problem of the settings or the database, for what the one at the keyboard can mend.
   */
  run(args: readonly string[]): Promise<boolean | undefined>
}

/** A file that was named, from where whoever typed stands: the program itself has gone into its own folder. */
export const named = (path: string, standing = process.env.OPLIVE_STANDING): string => resolve(standing || '.', path)
