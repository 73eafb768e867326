// The second step of Leiden: each community is built again from single nodes, so that what hangs badly together comes apart.
import { type Chance, wholeBelow } from './chance.ts'
import type { Level, Members } from './leiden-level.ts'
import { widestRow } from './leiden-moving.ts'

/** How freely a node picks among the parts it would gain by, in shares of the mean weight of a tie. 0.01 as in the paper. */
const freedom = 0.01

/**
 * Refinement (Traag, Waltman & van Eck 2019, their RefinePartition): the parts of each community, numbered from 0 without gaps
 * and community after community, and how many there are. A node joins a part it has a tie to, inside its own community, at most
 * once and only while it is alone: so every part is connected.
 */
export function refined(
  level: Level,
  communityOf: Int32Array,
  members: Members,
  pull: number,
  chance: Chance,
): { partOf: Int32Array; parts: number } {
  const { nodes, start, neighbour, weight, strength } = level
  const partOf = new Int32Array(nodes)
  const sizeOf = new Int32Array(nodes).fill(1)
  const strengthOf = strength.slice()
  /** The weight of the ties between each part and the rest of its community. */
  const outward = new Float64Array(nodes)
  for (let v = 0; v < nodes; v++) partOf[v] = v
  const link = new Float64Array(nodes)
  const widest = widestRow(level)
  const touched = new Int32Array(widest)
  const chances = new Float64Array(widest)
  const loose = freedom * meanWeight(level)
  const order = members.node.slice()
  const communities = members.start.length - 1

  for (let community = 0; community < communities; community++) {
    const first = members.start[community] as number
    const after = members.start[community + 1] as number
    if (after - first === 1) continue
    let all = 0
    for (let i = first; i < after; i++) {
      const v = order[i] as number
      all += strength[v] as number
      let sum = 0
      const end = start[v + 1] as number
      for (let half = start[v] as number; half < end; half++)
        if (communityOf[neighbour[half] as number] === community) sum += weight ? (weight[half] as number) : 1
      outward[v] = sum
    }
    for (let i = after - 1; i > first; i--) {
      const j = first + wholeBelow(chance, i - first + 1)
      const v = order[i] as number
      order[i] = order[j] as number
      order[j] = v
    }
    for (let i = first; i < after; i++) {
      const v = order[i] as number
      const k = strength[v] as number
      const inward = outward[v] as number
      if (sizeOf[partOf[v] as number] !== 1 || inward < pull * k * (all - k)) continue
      let touches = 0
      const end = start[v + 1] as number
      for (let half = start[v] as number; half < end; half++) {
        const u = neighbour[half] as number
        if (communityOf[u] !== community) continue
        const part = partOf[u] as number
        const before = link[part] as number
        if (before === 0) touched[touches++] = part
        link[part] = before + (weight ? (weight[half] as number) : 1)
      }
      let candidates = 0
      let best = 0
      for (let t = 0; t < touches; t++) {
        const part = touched[t] as number
        const l = link[part] as number
        const theirs = strengthOf[part] as number
        const gain = l - pull * k * theirs
        if (l <= 0 || gain < 0 || (outward[part] as number) < pull * theirs * (all - theirs)) {
          link[part] = 0
          continue
        }
        touched[candidates] = part
        chances[candidates++] = gain
        if (gain > best) best = gain
      }
      const chosen = pick(chances, candidates, best, loose, chance)
      if (chosen >= 0) {
        const part = touched[chosen] as number
        partOf[v] = part
        sizeOf[part] = (sizeOf[part] as number) + 1
        sizeOf[v] = 0
        strengthOf[part] = (strengthOf[part] as number) + k
        outward[part] = (outward[part] as number) + inward - 2 * (link[part] as number)
      }
      for (let t = 0; t < candidates; t++) link[touched[t] as number] = 0
    }
  }
  return { partOf, parts: numberParts(partOf, members) }
}

/** One of the gains, more likely the larger it is; -1 where there is none. */
function pick(gains: Float64Array, count: number, best: number, loose: number, chance: Chance): number {
  if (count < 2) return count - 1
  let sum = 0
  for (let i = 0; i < count; i++) {
    const likely = Math.exp(((gains[i] as number) - best) / loose)
    gains[i] = likely
    sum += likely
  }
  let rest = chance() * sum
  for (let i = 0; i < count - 1; i++) {
    rest -= gains[i] as number
    if (rest < 0) return i
  }
  return count - 1
}

function meanWeight({ weight }: Level): number {
  if (!weight) return 1
  let sum = 0
  for (let half = 0; half < weight.length; half++) sum += weight[half] as number
  return sum === 0 ? 1 : sum / weight.length
}

function numberParts(partOf: Int32Array, { node }: Members): number {
  const numberOf = new Int32Array(partOf.length).fill(-1)
  let parts = 0
  for (let i = 0; i < node.length; i++) {
    const v = node[i] as number
    const part = partOf[v] as number
    if (numberOf[part] === -1) numberOf[part] = parts++
    partOf[v] = numberOf[part] as number
  }
  return parts
}
