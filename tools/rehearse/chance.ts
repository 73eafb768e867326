// Chance that can be had again: the same seed gives the same meeting.

export interface Chance {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(things: readonly [T, ...T[]]): T
  /** Picks by weight. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T
}

/** `stream` makes independent chances of one seed: one for each phone, whatever the others do. */
export function chanceOf(seed: number, stream = 0): Chance {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 1, 0xc2b2ae35)) >>> 0
  /** mulberry32, public domain. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  next()
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (things) => things[Math.floor(next() * things.length)] ?? things[0],
    weighed(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][]
      let at = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [name, weight] of entries) {
        at -= weight
        if (at < 0) return name
      }
      return (entries.at(-1) as [keyof typeof weights, number])[0]
    },
  }
}
