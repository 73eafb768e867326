// One who knows numbers about sums of unknown numbers, and finds out what each of them can be: bounds that narrow each other, and trials.

/** A sum of unknown numbers (some of them taken away) lies between two others. Unknown numbers are named by their place. */
export interface Fact {
  plus: readonly number[]
  minus?: readonly number[]
  low: number
  high: number
}
/** A fact, or one of several sets of facts: at least one of them holds. */
export type Clue = Fact | { any: readonly (readonly Fact[])[] }

export type Sum = Pick<Fact, 'plus' | 'minus'>

export const anything = 1_000_000
const none: readonly number[] = []

/** Every unknown is a number of people: from 0 up. */
export class Solver {
  private readonly low: Int32Array
  private readonly high: Int32Array
  private readonly facts: Fact[]
  private readonly choices: (readonly (readonly Fact[])[])[]
  /** Facts by the unknown they speak of. */
  private readonly about: number[][]
  /** Nothing fits: what was told cannot be. */
  readonly impossible: boolean

  constructor(unknowns: number, clues: readonly Clue[]) {
    this.low = new Int32Array(unknowns)
    this.high = new Int32Array(unknowns).fill(anything)
    this.facts = clues.filter((clue): clue is Fact => !('any' in clue))
    this.choices = clues.flatMap((clue) => ('any' in clue ? [clue.any] : []))
    this.about = Array.from({ length: unknowns }, () => [])
    for (const [at, { plus, minus = none }] of this.facts.entries())
      for (const unknown of [...plus, ...minus]) this.about[unknown]?.push(at)
    this.impossible = !this.settle(this.low, this.high, [], this.facts.keys())
  }

  /** May the sum lie between these two? "No" is certain; "yes" is as far as this one sees. */
  may(sum: Sum, low: number, high: number): boolean {
    if (high < low) return false
    return this.settle(this.low.slice(), this.high.slice(), [{ ...sum, low, high }], none)
  }

  /** The least and the most the sum can be. */
  bounds(sum: Sum): { low: number; high: number } {
    let [low, high] = reach(sum, this.low, this.high)
    while (low < high && !this.may(sum, low, low)) low++
    // Whoever has no bound above is not tried.
    while (high > low && high < anything / 2 && !this.may(sum, high, high)) high--
    return { low, high }
  }

  /** Narrows the bounds by these facts, and by every fact that they move, until nothing moves. False when nothing fits. */
  private settle(low: Int32Array, high: Int32Array, more: readonly Fact[], first: Iterable<number>): boolean {
    let added = more
    let waiting = first
    for (;;) {
      if (!this.narrow(low, high, added, waiting)) return false
      waiting = none
      const open: (readonly Fact[])[] = []
      for (const choice of this.choices) {
        const left = choice.filter((facts) => facts.every((fact) => fits(fact, low, high)))
        if (left.length === 0) return false
        // Where only one is left, it holds.
        if (left.length === 1 && left[0] && !left[0].every((fact) => added.includes(fact))) open.push(left[0])
      }
      if (open.length === 0) return true
      added = [...added, ...open.flat()]
    }
  }

  private narrow(low: Int32Array, high: Int32Array, more: readonly Fact[], first: Iterable<number>): boolean {
    let waiting = new Set(first)
    for (;;) {
      const touched: number[] = []
      for (const at of waiting) {
        const fact = this.facts[at]
        if (fact && !tighten(fact, low, high, touched)) return false
      }
      for (const fact of more) if (!tighten(fact, low, high, touched)) return false
      if (touched.length === 0) return true
      waiting = new Set()
      for (const unknown of touched) for (const at of this.about[unknown] ?? none) waiting.add(at)
    }
  }
}

function reach({ plus, minus = none }: Sum, low: Int32Array, high: Int32Array): [number, number] {
  let [least, most] = [0, 0]
  for (const one of plus) {
    least += low[one] ?? 0
    most += high[one] ?? 0
  }
  for (const one of minus) {
    least -= high[one] ?? 0
    most -= low[one] ?? 0
  }
  return [least, most]
}

function fits(fact: Fact, low: Int32Array, high: Int32Array): boolean {
  const [least, most] = reach(fact, low, high)
  return least <= fact.high && most >= fact.low
}

/** Narrows each unknown of one fact by the others of it. Written out: it is what all the time goes into. */
function tighten(fact: Fact, low: Int32Array, high: Int32Array, touched: number[]): boolean {
  const [least, most] = reach(fact, low, high)
  if (least > fact.high || most < fact.low) return false
  // Nothing of it can be narrowed.
  if (least >= fact.low && most <= fact.high) return true
  for (const one of fact.plus) {
    const [from, to] = [low[one] ?? 0, high[one] ?? 0]
    if (!move(one, fact.low - most + to, fact.high - least + from, low, high, touched)) return false
  }
  for (const one of fact.minus ?? none) {
    const [from, to] = [low[one] ?? 0, high[one] ?? 0]
    if (!move(one, least + to - fact.high, most + from - fact.low, low, high, touched)) return false
  }
  return true
}

function move(one: number, from: number, to: number, low: Int32Array, high: Int32Array, touched: number[]): boolean {
  const [before, after] = [low[one] ?? 0, high[one] ?? 0]
  if (from > before) low[one] = from
  if (to < after) high[one] = to
  if (from > before || to < after) touched.push(one)
  return (low[one] ?? 0) <= (high[one] ?? 0)
}
