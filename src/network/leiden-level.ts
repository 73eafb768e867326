// One level of Leiden: a network whose nodes are groups of people, and how a division of it becomes the next level.

import { heaviestOf } from './modularity.ts'
import type { Network } from './network.ts'

/** Nodes with what they hold. Ties inside a node are gone from its row and remain in its strength. */
export interface Level {
  readonly nodes: number
  readonly start: Int32Array
  readonly neighbour: Int32Array
  /** Missing when every tie counts as 1. */
  readonly weight: Float64Array | undefined
  /** The weight of all ties of each node's people, those inside counted twice. */
  readonly strength: Float64Array
}

/**
 * The people themselves as the first level, numbered anew along a breadth-first walk so that who know each other lie near each
 * other in memory, and the sum of all strengths. `order[i]` is the person who is node i.
 */
export function firstLevel(network: Network): { level: Level; order: Int32Array; total: number } {
  const { people, start, neighbour, weight } = network
  const heaviest = heaviestOf(weight)
  const { order, nodeOf } = breadthFirst(network)
  const newStart = new Int32Array(people + 1)
  const newNeighbour = new Int32Array(neighbour.length)
  const newWeight = weight && new Float64Array(neighbour.length)
  const strength = new Float64Array(people)
  let at = 0
  let total = 0
  for (let node = 0; node < people; node++) {
    const u = order[node] as number
    const end = start[u + 1] as number
    let sum = 0
    for (let half = start[u] as number; half < end; half++) {
      newNeighbour[at] = nodeOf[neighbour[half] as number] as number
      if (weight && newWeight) {
        const w = heaviest === 0 ? 0 : (weight[half] as number) / heaviest
        newWeight[at] = w
        sum += w
      }
      at++
    }
    if (!weight) sum = at - (newStart[node] as number)
    newStart[node + 1] = at
    strength[node] = sum
    total += sum
  }
  return {
    level: { nodes: people, start: newStart, neighbour: newNeighbour, weight: newWeight, strength },
    order,
    total,
  }
}

function breadthFirst({ people, start, neighbour }: Network): { order: Int32Array; nodeOf: Int32Array } {
  const order = new Int32Array(people)
  const nodeOf = new Int32Array(people).fill(-1)
  let tail = 0
  for (let first = 0; first < people; first++) {
    if (nodeOf[first] !== -1) continue
    let head = tail
    nodeOf[first] = tail
    order[tail++] = first
    while (head < tail) {
      const u = order[head++] as number
      const end = start[u + 1] as number
      for (let half = start[u] as number; half < end; half++) {
        const v = neighbour[half] as number
        if (nodeOf[v] !== -1) continue
        nodeOf[v] = tail
        order[tail++] = v
      }
    }
  }
  return { order, nodeOf }
}

/** The nodes of a division, group after group: those of group g are node[start[g]] up to node[start[g + 1]]. */
export interface Members {
  readonly start: Int32Array
  readonly node: Int32Array
}

/** A counting sort of the nodes by their group. */
export function membersOf(groupOf: Int32Array, groups: number): Members {
  const start = new Int32Array(groups + 1)
  for (let v = 0; v < groupOf.length; v++) {
    const after = (groupOf[v] as number) + 1
    start[after] = (start[after] as number) + 1
  }
  for (let g = 0; g < groups; g++) start[g + 1] = (start[g + 1] as number) + (start[g] as number)
  const place = start.slice(0, groups)
  const node = new Int32Array(groupOf.length)
  for (let v = 0; v < groupOf.length; v++) {
    const g = groupOf[v] as number
    const at = place[g] as number
    node[at] = v
    place[g] = at + 1
  }
  return { start, node }
}

/** Numbers groups anew from 0 without gaps, in the order in which their first node comes; gives how many there are. */
export function closeGaps(groupOf: Int32Array): number {
  const numberOf = new Int32Array(groupOf.length).fill(-1)
  let count = 0
  for (let v = 0; v < groupOf.length; v++) {
    const g = groupOf[v] as number
    if (numberOf[g] === -1) numberOf[g] = count++
    groupOf[v] = numberOf[g] as number
  }
  return count
}

/** The next level: each group a node, the ties between two groups one tie with the sum of their weights. */
export function gathered(level: Level, groupOf: Int32Array, members: Members): Level {
  const { start, neighbour, weight } = level
  const groups = members.start.length - 1
  const newStart = new Int32Array(groups + 1)
  const strength = new Float64Array(groups)
  const rows = new Int32Array(neighbour.length)
  const weights = new Float64Array(neighbour.length)
  /** Where in the row being written a group stands; older rows lie before `row`, so they need no clearing. */
  const placeOf = new Int32Array(groups).fill(-1)
  let at = 0
  for (let g = 0; g < groups; g++) {
    const row = at
    let sum = 0
    const last = members.start[g + 1] as number
    for (let i = members.start[g] as number; i < last; i++) {
      const v = members.node[i] as number
      sum += level.strength[v] as number
      const end = start[v + 1] as number
      for (let half = start[v] as number; half < end; half++) {
        const other = groupOf[neighbour[half] as number] as number
        if (other === g) continue
        const w = weight ? (weight[half] as number) : 1
        const place = placeOf[other] as number
        if (place >= row) weights[place] = (weights[place] as number) + w
        else {
          placeOf[other] = at
          rows[at] = other
          weights[at++] = w
        }
      }
    }
    strength[g] = sum
    newStart[g + 1] = at
  }
  return { nodes: groups, start: newStart, neighbour: rows.slice(0, at), weight: weights.slice(0, at), strength }
}
