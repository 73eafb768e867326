// The blocks of a network, each as a network of its own, and how many people hang behind each of its members.
import { blocksOf } from './blocks.ts'
import { componentsOf } from './components.ts'
import type { Network } from './network.ts'

/** One block of three people or more. Blocks of two are bridges: nobody stands between others inside them. */
export interface WeighedBlock {
  /** Who its people are, by their number in the whole network; the place in this list is their number here. */
  readonly members: Int32Array
  /** Compressed rows as in `Network`, in numbers of the block: breadth first from who knows most, so near people stand near. */
  readonly start: Int32Array
  readonly neighbour: Int32Array
  /** As long as `members`: the person and everybody who reaches the block through them first. All together: the component. */
  readonly weight: Float64Array
}

export interface WeighedBlocks {
  /** The largest first; equal ones by their first member. */
  readonly blocks: readonly WeighedBlock[]
  /** people long: how many unordered pairs of others can reach each other through this person alone. */
  readonly pairsParted: Float64Array
}

/**
 * Shortest paths between two people run block by block, and change blocks at cut people only. So each block can be measured
 * alone, its people weighed by how many stand behind them, and what runs through cut people from branch to branch is counted,
 * not walked (as Puzis et al. 2012, and Sariyuce et al. 2013, take networks apart for betweenness; exact). O(people + ties):
 * everybody is below one top only, so each row is read once.
 */
export function weighedBlocksOf(network: Network): WeighedBlocks {
  const { people } = network
  const { count, start, member } = blocksOf(network)
  const { of, sizes } = componentsOf(network)
  const sizeAt = (u: number) => sizes[of[u] as number] as number
  /** Blocks come from below, the top of each first: how many are behind its members is known when its turn comes. */
  const behind = new Float64Array(people).fill(1)
  const below = new Float64Array(count)
  for (let b = 0; b < count; b++) {
    const first = start[b] as number
    let branch = 0
    for (let at = first + 1; at < (start[b + 1] as number); at++) branch += behind[member[at] as number] as number
    below[b] = branch
    const top = member[first] as number
    behind[top] = (behind[top] as number) + branch
  }
  return { blocks: largeOnes(network, start, member, behind, below, sizeAt), pairsParted: partedBy() }

  /** Pairs in different branches of u: half of (all others)² less the square of each branch. */
  function partedBy() {
    const parted = new Float64Array(people)
    for (let u = 0; u < people; u++) {
      const above = sizeAt(u) - (behind[u] as number)
      parted[u] = (sizeAt(u) - 1) ** 2 - above ** 2
    }
    for (let b = 0; b < count; b++) {
      const top = member[start[b] as number] as number
      parted[top] = (parted[top] as number) - (below[b] as number) ** 2
    }
    for (let u = 0; u < people; u++) parted[u] = (parted[u] as number) / 2
    return parted
  }
}

function largeOnes(
  network: Network,
  start: Int32Array,
  member: Int32Array,
  behind: Float64Array,
  below: Float64Array,
  sizeAt: (u: number) => number,
): WeighedBlock[] {
  const local = new Int32Array(network.people).fill(-1)
  const blocks: WeighedBlock[] = []
  for (let b = 0; b < below.length; b++) {
    const inside = member.subarray(start[b], start[b + 1])
    if (inside.length < 3) continue
    const block = blockOf(network, inside, local)
    const weight = Float64Array.from(block.members, (u) => behind[u] as number)
    const top = inside[0] as number
    weight[block.members.indexOf(top)] = sizeAt(top) - (below[b] as number)
    blocks.push({ ...block, weight })
  }
  return blocks.sort(
    (a, b) => b.members.length - a.members.length || (a.members[0] as number) - (b.members[0] as number),
  )
}

/** The rows of one block, its people numbered breadth first from the one who knows most in it. `local` is -1 before and after. */
function blockOf(network: Network, inside: Int32Array, local: Int32Array): Omit<WeighedBlock, 'weight'> {
  const size = inside.length
  for (let i = 0; i < size; i++) local[inside[i] as number] = i
  const rows = rowsInside(network, inside, local)
  let first = 0
  const known = (i: number) => (rows.start[i + 1] as number) - (rows.start[i] as number)
  for (let i = 1; i < size; i++) if (known(i) > known(first)) first = i
  const number = new Int32Array(size).fill(-1)
  const order = new Int32Array(size)
  order[0] = first
  number[first] = 0
  const start = new Int32Array(size + 1)
  for (let head = 0, tail = 1; head < size; head++) {
    const u = order[head] as number
    start[head + 1] = (start[head] as number) + known(u)
    for (let half = rows.start[u] as number; half < (rows.start[u + 1] as number); half++) {
      const v = rows.neighbour[half] as number
      if (number[v] !== -1) continue
      number[v] = tail
      order[tail++] = v
    }
  }
  const neighbour = new Int32Array(rows.neighbour.length)
  for (let i = 0; i < size; i++) {
    const u = order[i] as number
    const row = neighbour.subarray(start[i], start[i + 1])
    for (let j = 0, half = rows.start[u] as number; j < row.length; j++, half++)
      row[j] = number[rows.neighbour[half] as number] as number
    row.sort()
  }
  for (let i = 0; i < size; i++) local[inside[i] as number] = -1
  return { members: order.map((i) => inside[i] as number), start, neighbour }
}

/** Ties among `inside`, read from the rows of all but the first, the top, who may stand on top of many blocks. */
function rowsInside({ start, neighbour }: Network, inside: Int32Array, local: Int32Array) {
  const ends: number[] = []
  for (let i = 1; i < inside.length; i++) {
    const u = inside[i] as number
    for (let half = start[u] as number; half < (start[u + 1] as number); half++) {
      const j = local[neighbour[half] as number] as number
      if (j >= 0 && (j === 0 || j < i)) ends.push(i, j)
    }
  }
  return rowsFrom(inside.length, ends)
}

function rowsFrom(size: number, ends: readonly number[]) {
  const start = new Int32Array(size + 1)
  for (const i of ends) start[i + 1] = (start[i + 1] as number) + 1
  for (let i = 0; i < size; i++) start[i + 1] = (start[i] as number) + (start[i + 1] as number)
  const place = start.slice()
  const neighbour = new Int32Array(ends.length)
  ends.forEach((i, at) => {
    const to = place[i] as number
    place[i] = to + 1
    neighbour[to] = ends[at ^ 1] as number
  })
  return { start, neighbour }
}
