// Whether the program answers and may be sent people: one word each, for a proxy or a watcher. Nothing of anybody.

/** `ready`: send people here. `starting`, `stopping`: not now. `away`: it lives, and its database does not answer. */
export type Health = 'ready' | 'starting' | 'stopping' | 'away'

export interface HealthWatch {
  /** Set once by the program when it ends. */
  stop(): void
  look(): Promise<Health>
}

const patience = 2_000

/** `ask` asks the database something small. */
export function watchHealth(ask: () => Promise<unknown>): HealthWatch {
  let stopping = false
  return {
    stop: () => {
      stopping = true
    },
    async look() {
      if (stopping) return 'stopping'
      let hurry: NodeJS.Timeout | undefined
      const tooLong = new Promise<false>((resolve) => {
        hurry = setTimeout(resolve, patience, false)
      })
      const answers = ask().then(
        () => true,
        () => false,
      )
      const well = await Promise.race([answers, tooLong])
      clearTimeout(hurry)
      return well ? 'ready' : 'away'
    },
  }
}
