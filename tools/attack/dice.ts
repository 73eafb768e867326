// Dice with a seed: the same seed gives the same residents, the same gaps between them and the same guesses.

export interface Dice {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from 0 to n-1. */
  below(n: number): number
  /** Happens this often, from 0 to 1. */
  happens(often: number): boolean
  /** A place in the list of weights. */
  weighted(weights: readonly number[]): number
  shuffled<T>(list: readonly T[]): T[]
  /** Dice of their own for a part of the work, so that what runs beside it does not change what falls. */
  apart(name: string): Dice
}

export function dice(seed: number): Dice {
  let state = seed >>> 0
  // mulberry32: small, fast, and even enough for guessing.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  return {
    next,
    below,
    happens: (often) => next() < often,
    weighted(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0)
      const place = weights.findIndex((weight) => {
        left -= weight
        return left < 0
      })
      return place < 0 ? weights.length - 1 : place
    },
    shuffled(list) {
      const mixed = [...list]
      for (let last = mixed.length - 1; last > 0; last--) {
        const place = below(last + 1)
        const kept = mixed[last] as (typeof mixed)[number]
        mixed[last] = mixed[place] as (typeof mixed)[number]
        mixed[place] = kept
      }
      return mixed
    },
    apart: (name) => dice([...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed | 0)),
  }
}
