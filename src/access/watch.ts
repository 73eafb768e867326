// Watches the doors: how many letters go to one address, and how often somebody guesses at one mailbox or one card. In memory, never by network address.
import { setTimeout as wait } from 'node:timers/promises'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { refuse } from '../refusal.ts'
import { lettersAnHour } from './mail-question.ts'
import { hashOf } from './sign-in.ts'

/** Wrong digits for one mailbox in a day, over all questions; after that only the link in the letter opens. Ten of a million. */
const digitsADay = { points: 10, duration: 86_400 }
/** Wrong secrets for one card before each try at it has to wait. */
export const wrongCards = { points: 5, duration: 900 }
const slow = 2_000
/** So many may wait at once; a program that asks faster is told to stop. */
const mostWaiting = 100

/** So many come to these doors in a minute, all together, before they wait for each other: a whole town after a meeting is fewer. */
const atTheDoors = { points: 1_200, duration: 60 }

export interface Watch {
  /** Somebody asks for a letter or shows a card. Waits when very many do, so that nobody fills the house. Refuses `busy`. */
  enter(): Promise<void>
  /** May one more letter go to this address? Counts it. */
  mayWrite(address: string): Promise<boolean>
  /** Do digits without the link still open this mailbox today? */
  digitsOpen(address: string): Promise<boolean>
  wrongDigits(address: string): Promise<void>
  /** Somebody tries a card. Waits when it has been tried wrongly too often: a right secret gets in all the same. */
  tryCard(letters: string, right: boolean): Promise<void>
}

export function watchDoors(slowMs = slow): Watch {
  const letters = new RateLimiterMemory({ points: lettersAnHour, duration: 3_600 })
  const digits = new RateLimiterMemory(digitsADay)
  const cards = new RateLimiterMemory(wrongCards)
  const doors = new RateLimiterMemory(atTheDoors)
  let waiting = 0
  /** False: too many wait already. */
  const waits = async (): Promise<boolean> => {
    if (waiting >= mostWaiting) return false
    waiting++
    await wait(slowMs)
    waiting--
    return true
  }
  /** No address lies in memory. */
  const keyOf = (address: string) => hashOf(address).toString('base64')
  const within = (limiter: RateLimiterMemory, key: string) =>
    limiter.consume(key).then(
      () => true,
      () => false,
    )

  return {
    async enter() {
      if (!(await within(doors, 'all')) && !(await waits())) refuse('busy')
    },
    mayWrite: (address) => within(letters, keyOf(address)),
    digitsOpen: async (address) => ((await digits.get(keyOf(address)))?.consumedPoints ?? 0) < digitsADay.points,
    wrongDigits: async (address) => {
      await within(digits, keyOf(address))
    },
    async tryCard(card, right) {
      if (right) {
        // No stranger shuts anybody out: the owner waits a moment, and is in.
        if (((await cards.get(card))?.consumedPoints ?? 0) >= wrongCards.points) await wait(slowMs)
        return
      }
      if (await within(cards, card)) return
      await waits()
      refuse('card.wait')
    },
  }
}
