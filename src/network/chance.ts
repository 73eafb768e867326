// Chance from a seed: the same seed gives the same numbers on every machine, so that what rests on chance can be done again.

/** Gives the next number in [0, 1), with 32 random bits. */
export type Chance = () => number

/**
 * A stream of chance from a whole number. sfc32 (Chris Doty-Humphrey, PractRand, 2010): passes its tests, period above 2^32 from
 * every start. Not for secrets.
 */
export function chanceFrom(seed: number): Chance {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`${seed} is no seed: a whole number is`)
  let a = 0x9e3779b9 ^ seed
  let b = 0x243f6a88 ^ Math.floor(seed / 2 ** 32)
  let c = 0xb7e15162
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let warm = 0; warm < 16; warm++) next()
  return next
}

/** A whole number from 0 to below - 1, each as likely as the others to within 2^-32 × below. */
export const wholeBelow = (chance: Chance, below: number): number => Math.floor(chance() * below)
