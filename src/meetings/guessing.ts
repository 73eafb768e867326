// Guessing codes is slowed: by the device that guesses, and together for all who bring no device. Never by address, for a hall shares one.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { refuse } from '../refusal.ts'

export const deviceCookie = 'oplive_device'

/** A person who mistypes needs two or three tries. */
const wrongForDevice = { points: 10, duration: 60 }
/** Wrong codes a minute from everybody without a device, before they begin to wait for each other. */
const wrongForNobody = { points: 60, duration: 60 }
const slow = 2000
/** So many may wait at once; a program that asks faster than that is told to stop. */
const mostWaiting = 100

export interface Guessing {
  /**
   * A wrong code was asked for. Returns (perhaps after a wait) what to remember the device by, if it is new.
   * Refuses `too-many-guesses`. A right code never comes here: nobody in the hall is slowed by a guesser.
   */
  wrong(device: string | undefined): Promise<{ device: string | null }>
}

export function watchGuessing(secret: Buffer, slowMs = slow): Guessing {
  const devices = new RateLimiterMemory(wrongForDevice)
  const nobody = new RateLimiterMemory(wrongForNobody)
  let waiting = 0

  const sign = (random: string) =>
    createHmac('sha256', secret).update(`device ${random}`).digest('base64url').slice(0, 16)
  const isOurs = (device: string) => {
    const [random = '', signature = ''] = device.split('.')
    const right = Buffer.from(sign(random))
    const given = Buffer.from(signature)
    return right.length === given.length && timingSafeEqual(right, given)
  }
  const isWithin = (limiter: RateLimiterMemory, key: string) =>
    limiter.consume(key).then(
      () => true,
      () => false,
    )

  return {
    async wrong(device) {
      if (device && isOurs(device)) {
        if (!(await isWithin(devices, device))) refuse('too-many-guesses')
        return { device: null }
      }
      if (!(await isWithin(nobody, 'nobody'))) {
        if (waiting >= mostWaiting) refuse('too-many-guesses')
        waiting++
        try {
          await wait(slowMs)
        } finally {
          waiting--
        }
      }
      const random = randomBytes(9).toString('base64url')
      return { device: `${random}.${sign(random)}` }
    },
  }
}
