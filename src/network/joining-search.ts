// Searches for the pair of two parts that may meet and joins most, without trying all pairs.

/** Who of some parts may still be asked: the first of them at once, all of them in order only when that is wanted. */
export class Asked {
  readonly #people: number[] = []
  readonly #first: (a: number, b: number) => number
  #sorted = false

  constructor(
    members: (part: number) => Int32Array,
    parts: number[],
    proposed: Int32Array,
    perPerson: number,
    first: (a: number, b: number) => number,
  ) {
    this.#first = first
    for (const part of parts)
      for (const person of members(part)) if ((proposed[person] as number) < perPerson) this.#people.push(person)
    const people = this.#people
    for (let i = 1; i < people.length; i++) if (first(people[i] as number, people[0] as number) < 0) swap(people, 0, i)
  }

  get count(): number {
    return this.#people.length
  }

  at(place: number): number {
    if (place > 0 && !this.#sorted) {
      this.#people.sort(this.#first)
      this.#sorted = true
    }
    return this.#people[place] as number
  }
}

/** The first two who may meet, tried so that those who stand first in both lists come first. */
export function firstAllowed(
  some: Asked,
  others: Asked,
  may: (a: number, b: number) => boolean,
  goOn: () => boolean,
): readonly [number, number] | undefined {
  for (let sum = 0; sum <= some.count + others.count - 2 && goOn(); sum++) {
    for (let i = Math.max(0, sum - others.count + 1); i <= Math.min(sum, some.count - 1); i++) {
      const pair = [some.at(i), others.at(sum - i)] as const
      if (may(...pair)) return pair
    }
  }
  return undefined
}

/** Pairs of places in falling sizes, the largest product first, without making all pairs: a heap of the next of each row. */
export function* largestProducts(sizes: number[]): Generator<[number, number]> {
  const product = ([i, j]: [number, number]) => (sizes[i] as number) * (sizes[j] as number)
  const heap: [number, number][] = []
  const above = (x: [number, number], y: [number, number]) => product(x) > product(y)
  const push = (pair: [number, number]) => {
    if (pair[1] >= sizes.length) return
    let at = heap.push(pair) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!above(heap[at] as [number, number], heap[up] as [number, number])) break
      swap(heap, at, up)
      at = up
    }
  }
  push([0, 1])
  while (heap.length > 0) {
    const pair = heap[0] as [number, number]
    const last = heap.pop() as [number, number]
    if (heap.length > 0) {
      heap[0] = last
      for (let at = 0; ; ) {
        let most = at
        for (const down of [2 * at + 1, 2 * at + 2])
          if (down < heap.length && above(heap[down] as [number, number], heap[most] as [number, number])) most = down
        if (most === at) break
        swap(heap, at, most)
        at = most
      }
    }
    yield pair
    push([pair[0], pair[1] + 1])
    if (pair[1] === pair[0] + 1) push([pair[0] + 1, pair[1] + 1])
  }
}

function swap<T>(list: T[], one: number, other: number): void {
  const kept = list[one] as T
  list[one] = list[other] as T
  list[other] = kept
}
