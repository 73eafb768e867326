// From the machine's Node to Node 24: this process becomes the other one, or stands in front of it where it cannot.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { node24, root } from './installed.mjs'

/**
 * Runs Node 24 with these arguments in the project's folder, and ends as it ends.
 * Node 22.15 and newer can turn into it, so that no second process stays in memory, loses a signal or leaves an orphan.
 * An older one, as on the very first start, waits for it and passes each signal on once.
 */
export function become(args, env = process.env) {
  process.chdir(root)
  if (process.execve) process.execve(node24, [node24, ...args], env)
  const program = spawn(node24, args, { env, stdio: 'inherit' })
  const passed = new Set()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!passed.has(signal)) program.kill(signal)
      passed.add(signal)
    })
  }
  program.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
  program.on('error', (error) => {
    console.error(`The Node that came with "npm ci" does not run on this machine (${error.message}).`)
    process.exit(1)
  })
}
