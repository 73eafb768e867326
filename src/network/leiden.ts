// The communities of a network by modularity, with Leiden: quick, and every community hangs together.
import { type Chance, chanceFrom } from './chance.ts'
import { closeGaps, firstLevel, gathered, type Level, membersOf } from './leiden-level.ts'
import { moveNodes } from './leiden-moving.ts'
import { refined } from './leiden-refining.ts'
import { checkResolution, modularity } from './modularity.ts'
import type { Network } from './network.ts'

export interface Communities {
  readonly count: number
  /** people long: the number of each person's community. 0 is the largest; equal ones by their first person. */
  readonly of: Int32Array
  /** count long: how many people each has. Whoever has no tie is a community of one. */
  readonly sizes: Int32Array
  /** At the resolution asked for. */
  readonly modularity: number
  /** The modularity after each round, never falling. */
  readonly rounds: readonly number[]
}

export interface LeidenOptions {
  /** The same seed gives the same communities. A whole number. */
  seed?: number
  /** Above 1 more and smaller communities, below 1 fewer and larger. */
  resolution?: number
  /** At most so many rounds, fewer when one changes nothing; Infinity goes on until one does. */
  rounds?: number
}

/**
 * Leiden (Traag, Waltman & van Eck 2019, From Louvain to Leiden, Scientific Reports 9:5233): move people, refine, gather the parts
 * into nodes of a smaller network, and again until nothing moves. Every community is connected, and modularity never falls.
 * In practice near linear in ties for each round; about 40 bytes of passing memory for each half of a tie and 100 for each person.
 */
export function leiden(network: Network, { seed = 1, resolution = 1, rounds = 4 }: LeidenOptions = {}): Communities {
  checkResolution(resolution)
  if (!(rounds >= 1)) throw new RangeError(`${rounds} rounds find nothing`)
  const chance = chanceFrom(seed)
  const { level, order, total } = firstLevel(network)
  const communityOf = new Int32Array(level.nodes)
  for (let v = 0; v < level.nodes; v++) communityOf[v] = v
  const heights: number[] = []
  if (total > 0) {
    const pull = resolution / total
    for (let round = 0; round < rounds; round++) {
      const before = communityOf.slice()
      oneRound(level, communityOf, pull, chance)
      closeGaps(communityOf)
      heights.push(heightOf(level, communityOf, pull, total))
      if (same(before, communityOf)) break
    }
  }
  const of = new Int32Array(network.people)
  for (let v = 0; v < order.length; v++) of[order[v] as number] = communityOf[v] as number
  const sizes = largestFirst(of)
  return { count: sizes.length, of, sizes, modularity: modularity(network, of, resolution), rounds: heights }
}

/** Moves, refines and gathers until nothing more can be gathered; `communityOf` is changed in place. */
function oneRound(bottom: Level, communityOf: Int32Array, pull: number, chance: Chance): void {
  let level = bottom
  /** The division of the nodes of `level`. */
  let division = communityOf
  /** The node of `level` that each node at the bottom is in; at the bottom itself. */
  let nodeOf: Int32Array | undefined
  for (;;) {
    moveNodes(level, division, pull, chance)
    const communities = closeGaps(division)
    const members = membersOf(division, communities)
    if (communities === level.nodes) break
    const { partOf, parts } = refined(level, division, members, pull, chance)
    if (parts === level.nodes) break
    const next = gathered(level, partOf, membersOf(partOf, parts))
    const nextDivision = new Int32Array(parts)
    for (let v = 0; v < level.nodes; v++) nextDivision[partOf[v] as number] = division[v] as number
    if (nodeOf) for (let v = 0; v < nodeOf.length; v++) nodeOf[v] = partOf[nodeOf[v] as number] as number
    else nodeOf = partOf
    level = next
    division = nextDivision
  }
  connect(level, division)
  if (nodeOf) for (let v = 0; v < nodeOf.length; v++) communityOf[v] = division[nodeOf[v] as number] as number
}

/** Parts what does not hang together by ties that weigh: modularity can only rise by it. */
function connect({ nodes, start, neighbour, weight }: Level, division: Int32Array): void {
  const partOf = new Int32Array(nodes).fill(-1)
  const queue = new Int32Array(nodes)
  let parts = 0
  for (let first = 0; first < nodes; first++) {
    if (partOf[first] !== -1) continue
    let tail = 1
    queue[0] = first
    partOf[first] = parts
    for (let head = 0; head < tail; head++) {
      const u = queue[head] as number
      for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
        const v = neighbour[half] as number
        if (partOf[v] !== -1 || division[v] !== division[u] || weight?.[half] === 0) continue
        partOf[v] = parts
        queue[tail++] = v
      }
    }
    parts++
  }
  division.set(partOf)
}

/** Modularity on the first level. */
function heightOf(level: Level, communityOf: Int32Array, pull: number, total: number): number {
  const { nodes, start, neighbour, weight, strength } = level
  const strengthOf = new Float64Array(nodes)
  let inside = 0
  for (let v = 0; v < nodes; v++) {
    const c = communityOf[v] as number
    strengthOf[c] = (strengthOf[c] as number) + (strength[v] as number)
    for (let half = start[v] as number; half < (start[v + 1] as number); half++)
      if (communityOf[neighbour[half] as number] === c) inside += weight ? (weight[half] as number) : 1
  }
  let expected = 0
  for (let c = 0; c < nodes; c++) expected += (strengthOf[c] as number) ** 2
  return (inside - pull * expected) / total
}

function same(one: Int32Array, other: Int32Array): boolean {
  for (let v = 0; v < one.length; v++) if (one[v] !== other[v]) return false
  return true
}

/** Numbers the communities anew, the largest first and equal ones by their first person; gives the sizes. */
function largestFirst(of: Int32Array): Int32Array {
  const count = closeGaps(of)
  const sizes = new Int32Array(count)
  for (let u = 0; u < of.length; u++) sizes[of[u] as number] = (sizes[of[u] as number] as number) + 1
  const order = Array.from(sizes.keys()).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
  const numberOf = new Int32Array(count)
  order.forEach((c, number) => {
    numberOf[c] = number
  })
  for (let u = 0; u < of.length; u++) of[u] = numberOf[of[u] as number] as number
  return Int32Array.from(order, (c) => sizes[c] as number)
}
