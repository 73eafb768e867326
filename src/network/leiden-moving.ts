// The first step of Leiden: nodes move to the community that gains most by them, until nobody gains by moving.
import { type Chance, wholeBelow } from './chance.ts'
import type { Level } from './leiden-level.ts'

/**
 * Up to here nodes are asked in an order of chance, so that another seed tries another way. Beyond, in the order in which they lie:
 * it finds as much, and asking at random would take twice as long for memory's sake.
 */
const fewNodes = 2 ** 14

/**
 * Fast local moving (Traag, Waltman & van Eck 2019, Scientific Reports 9:5233, their MoveNodesFast). Changes `communityOf`
 * (numbers below level.nodes) in place; says whether anybody moved. Only those whose neighbours moved are asked again.
 * `pull` is resolution / the sum of all strengths. No move makes modularity fall, beyond rounding.
 */
export function moveNodes(level: Level, communityOf: Int32Array, pull: number, chance: Chance): boolean {
  const { nodes, start, neighbour, weight, strength } = level
  const strengthOf = new Float64Array(nodes)
  const sizeOf = new Int32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    const c = communityOf[v] as number
    strengthOf[c] = (strengthOf[c] as number) + (strength[v] as number)
    sizeOf[c] = (sizeOf[c] as number) + 1
  }
  const empty = new Int32Array(nodes)
  let empties = 0
  for (let c = nodes - 1; c >= 0; c--) if (sizeOf[c] === 0) empty[empties++] = c

  const queue = new Int32Array(nodes)
  for (let v = 0; v < nodes; v++) {
    const i = nodes > fewNodes ? v : wholeBelow(chance, v + 1)
    queue[v] = queue[i] as number
    queue[i] = v
  }
  const waiting = new Uint8Array(nodes).fill(1)
  let head = 0
  let inQueue = nodes

  /** The weight of the ties from the node being asked to each community it touches. */
  const link = new Float64Array(nodes)
  const touched = new Int32Array(widestRow(level))
  let anyMoved = false

  while (inQueue > 0) {
    const v = queue[head] as number
    if (++head === nodes) head = 0
    inQueue--
    waiting[v] = 0
    const from = start[v] as number
    const end = start[v + 1] as number
    if (from === end) continue
    const own = communityOf[v] as number
    let touches = 0
    for (let half = from; half < end; half++) {
      const c = communityOf[neighbour[half] as number] as number
      const before = link[c] as number
      if (before === 0) touched[touches++] = c
      link[c] = before + (weight ? (weight[half] as number) : 1)
    }
    const k = strength[v] as number
    const tug = pull * k
    const stay = (link[own] as number) - tug * ((strengthOf[own] as number) - k)
    let best = own
    let bestGain = stay
    for (let i = 0; i < touches; i++) {
      const c = touched[i] as number
      const l = link[c] as number
      link[c] = 0
      if (c === own) continue
      const gain = l - tug * (strengthOf[c] as number)
      if (gain > bestGain) {
        bestGain = gain
        best = c
      }
    }
    if (bestGain < 0 && sizeOf[own] !== 1) {
      bestGain = 0
      best = empty[empties - 1] as number
    }
    // What is less than rounding is no gain: two equal places must not be changed for ever.
    if (best === own || bestGain - stay <= 1e-10 * k) continue
    anyMoved = true
    if (sizeOf[best] === 0) empties--
    sizeOf[best] = (sizeOf[best] as number) + 1
    strengthOf[best] = (strengthOf[best] as number) + k
    const left = (sizeOf[own] as number) - 1
    sizeOf[own] = left
    strengthOf[own] = left === 0 ? 0 : (strengthOf[own] as number) - k
    if (left === 0) empty[empties++] = own
    communityOf[v] = best
    for (let half = from; half < end; half++) {
      const u = neighbour[half] as number
      if (waiting[u] === 1 || communityOf[u] === best) continue
      waiting[u] = 1
      let tail = head + inQueue
      if (tail >= nodes) tail -= nodes
      queue[tail] = u
      inQueue++
    }
  }
  return anyMoved
}

export function widestRow({ nodes, start }: Level): number {
  let widest = 0
  for (let v = 0; v < nodes; v++) {
    const width = (start[v + 1] as number) - (start[v] as number)
    if (width > widest) widest = width
  }
  return widest
}
