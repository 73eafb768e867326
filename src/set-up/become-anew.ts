// The program from its beginning, in the same process: whoever watches over it sees no end, and nobody has to type anything.

/** `setUp`: the link that goes on in the browser that has it. Where a process cannot become another, whoever watches over it starts it again. */
export function becomeAnew(setUp = ''): never {
  const { OPLIVE_SET_UP_AGAIN: _, ...env } = process.env
  const again = setUp ? { ...env, OPLIVE_SET_UP_AGAIN: setUp } : env
  process.execve?.(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], again)
  process.exit(75)
}
