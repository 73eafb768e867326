// Wrong letters are slowed: five for each person, then a wait. In memory, by the account that tries, so nobody waits for another.
import { RateLimiterMemory } from 'rate-limiter-flexible'

const wrongForOne = { points: 5, duration: 600 }

export interface Tries {
  /** Takes one try. Answers the minutes to wait when there is none left. Those that come at once are counted one by one. */
  take(account: string): Promise<number | null>
  /** The right letters came: the next slip begins from none. */
  right(account: string): Promise<void>
}

export function watchTries(): Tries {
  const limiter = new RateLimiterMemory(wrongForOne)
  return {
    take: (account) =>
      limiter.consume(account).then(
        () => null,
        (left: { msBeforeNext: number }) => Math.max(1, Math.ceil(left.msBeforeNext / 60_000)),
      ),
    right: async (account) => {
      await limiter.delete(account)
    },
  }
}
