// People placed so that who are few steps apart lie near each other: stress, made small term by term.
import { type Chance, wholeBelow } from './chance.ts'

/** A small connected network to be placed, with its own numbers. */
export interface Rows {
  readonly nodes: number
  readonly start: Int32Array
  readonly neighbour: Int32Array
  /** How long each tie would like to be; missing when all are 1. */
  readonly length: Float64Array | undefined
}

/** Where things lie. Both as long as there are nodes. */
export interface Places {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** For each term: node `a` would like to lie at `wish` from `b`. */
interface Terms {
  readonly a: Int32Array
  readonly b: Int32Array
  readonly wish: Float64Array
  readonly weight: Float64Array
  /** Whether b moves too, or is only looked at. */
  readonly both: Uint8Array
  readonly count: number
  readonly farthest: number
}

/** Up to so many nodes every pair is a term; above, ties and the ways to some pivots. */
const everyPair = 120
const pivots = 12

/**
 * Stress majorisation by stochastic gradient descent (Zheng, Pawar & Goodman 2018, IEEE TVCG 25:2738); above `all` nodes with the
 * sparse stress of Ortmann, Klimenta & Brandes (2017, JGAA 21:791): ties, and the ways to 12 pivots far from each other.
 * Writes into `at`, whose unit is the length of a tie. From anywhere, or `calm` from where everybody lies already.
 * O(nodes² × rounds) up to `all`, else O((nodes + ties) × rounds).
 */
export function settle(rows: Rows, at: Places, chance: Chance, calm: boolean, all = everyPair): void {
  const { nodes } = rows
  if (nodes < 2) return
  const terms = nodes <= all ? pairTerms(rows) : sparseTerms(rows, chance)
  if (!calm) {
    for (let v = 0; v < nodes; v++) {
      const angle = 2 * Math.PI * chance()
      const radius = (terms.farthest / 2) * Math.sqrt(chance())
      at.x[v] = radius * Math.cos(angle)
      at.y[v] = radius * Math.sin(angle)
    }
  }
  const rounds = calm ? 10 : nodes <= all ? 40 : 16
  const first = calm ? 0.25 : terms.farthest ** 2
  const last = 0.05
  const order = shuffled(terms.count, chance)
  for (let round = 0; round < rounds; round++) {
    descend(terms, order, wholeBelow(chance, terms.count), first * (last / first) ** (round / (rounds - 1)), at)
  }
}

function descend({ a, b, wish, weight, both }: Terms, order: Int32Array, from: number, step: number, at: Places): void {
  const { x, y } = at
  const count = order.length
  for (let i = 0; i < count; i++) {
    const term = order[i + from < count ? i + from : i + from - count] as number
    const one = a[term] as number
    const other = b[term] as number
    const share = Math.min(1, (weight[term] as number) * step)
    let dx = (x[one] as number) - (x[other] as number)
    const dy = (y[one] as number) - (y[other] as number)
    let distance = Math.sqrt(dx * dx + dy * dy)
    if (distance < 1e-9) {
      dx = 1e-9
      distance = 1e-9
    }
    const far = (share * ((wish[term] as number) - distance)) / distance
    if (both[term] === 1) {
      x[one] = (x[one] as number) + (far / 2) * dx
      y[one] = (y[one] as number) + (far / 2) * dy
      x[other] = (x[other] as number) - (far / 2) * dx
      y[other] = (y[other] as number) - (far / 2) * dy
    } else {
      x[one] = (x[one] as number) + far * dx
      y[one] = (y[one] as number) + far * dy
    }
  }
}

function pairTerms(rows: Rows): Terms {
  const { nodes } = rows
  const count = (nodes * (nodes - 1)) / 2
  const a = new Int32Array(count)
  const b = new Int32Array(count)
  const wish = new Float64Array(count)
  const weight = new Float64Array(count)
  const walk = walkerOf(nodes)
  let at = 0
  let farthest = 0
  for (let v = 1; v < nodes; v++) {
    const distance = walk(rows, v)
    for (let u = 0; u < v; u++) {
      const d = distance[u] as number
      a[at] = v
      b[at] = u
      wish[at] = d
      weight[at++] = 1 / (d * d)
      if (d > farthest) farthest = d
    }
  }
  return { a, b, wish, weight, both: new Uint8Array(count).fill(1), count, farthest }
}

function sparseTerms(rows: Rows, chance: Chance): Terms {
  const { nodes, start, neighbour, length } = rows
  const most = neighbour.length / 2 + pivots * nodes
  const a = new Int32Array(most)
  const b = new Int32Array(most)
  const wish = new Float64Array(most)
  const weight = new Float64Array(most)
  const both = new Uint8Array(most)
  let at = 0
  for (let v = 0; v < nodes; v++)
    for (let half = start[v] as number; half < (start[v + 1] as number); half++) {
      const u = neighbour[half] as number
      if (u > v) continue
      const d = length ? (length[half] as number) : 1
      a[at] = v
      b[at] = u
      wish[at] = d
      weight[at] = 1 / (d * d)
      both[at++] = 1
    }
  const ways = farApart(rows, chance)
  const nearest = nearestOf(ways, nodes)
  let farthest = 0
  ways.forEach(({ pivot, distance }, p) => {
    const inReach = distance.filter((_, v) => nearest[v] === p).sort()
    for (let v = 0; v < nodes; v++) {
      const d = distance[v] as number
      if (d > farthest) farthest = d
      if (v === pivot || d === 0) continue
      a[at] = v
      b[at] = pivot
      wish[at] = d
      // The pivot stands for those of its own region who are nearer to it than half the way.
      weight[at++] = notAbove(inReach, d / 2) / (d * d)
    }
  })
  return { a, b, wish, weight, both, count: at, farthest }
}

interface Ways {
  readonly pivot: number
  readonly distance: Float64Array
}

/** Pivots, each as far as can be from those before. */
function farApart(rows: Rows, chance: Chance): Ways[] {
  const { nodes } = rows
  const walk = walkerOf(nodes)
  const nearest = new Float64Array(nodes).fill(Infinity)
  const ways: Ways[] = []
  let pivot = wholeBelow(chance, nodes)
  while (ways.length < pivots) {
    const distance = walk(rows, pivot).slice()
    ways.push({ pivot, distance })
    let next = pivot
    for (let v = 0; v < nodes; v++) {
      const d = distance[v] as number
      if (d < (nearest[v] as number)) nearest[v] = d
      if ((nearest[v] as number) > (nearest[next] as number)) next = v
    }
    if (nearest[next] === 0) break
    pivot = next
  }
  return ways
}

function nearestOf(ways: Ways[], nodes: number): Int8Array {
  const nearest = new Int8Array(nodes)
  for (let v = 0; v < nodes; v++)
    ways.forEach(({ distance }, p) => {
      if ((distance[v] as number) < (ways[nearest[v] as number]?.distance[v] as number)) nearest[v] = p
    })
  return nearest
}

/** How many of these rising numbers are not above the limit. */
function notAbove(rising: Float64Array, limit: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Walks from a node to all; the answer is good until the next walk. A queue, in which a node may stand again when a way was shorter. */
function walkerOf(nodes: number): (rows: Rows, from: number) => Float64Array {
  const distance = new Float64Array(nodes)
  const queue = new Int32Array(nodes)
  const waiting = new Uint8Array(nodes)
  return ({ start, neighbour, length }, from) => {
    distance.fill(Infinity)
    distance[from] = 0
    queue[0] = from
    let head = 0
    let inQueue = 1
    while (inQueue > 0) {
      const v = queue[head] as number
      if (++head === nodes) head = 0
      inQueue--
      waiting[v] = 0
      const end = start[v + 1] as number
      for (let half = start[v] as number; half < end; half++) {
        const u = neighbour[half] as number
        const d = (distance[v] as number) + (length ? (length[half] as number) : 1)
        if (d >= (distance[u] as number)) continue
        distance[u] = d
        if (waiting[u] === 1) continue
        waiting[u] = 1
        const tail = head + inQueue++
        queue[tail < nodes ? tail : tail - nodes] = u
      }
    }
    return distance
  }
}

function shuffled(count: number, chance: Chance): Int32Array {
  const order = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const j = wholeBelow(chance, i + 1)
    order[i] = order[j] as number
    order[j] = i
  }
  return order
}
