// The inner loops of betweenness: how much of what one person sends to all others in a block passes through each.
import type { WeighedBlock } from './weighed-blocks.ts'

/** What one run over some sources of a block is to do. */
export interface Run {
  /** The number of the block, in the order of `weighedBlocksOf`. */
  readonly block: number
  readonly sources: Int32Array
  /** As long as `sources`: how often each counts. */
  readonly times: Float64Array
  /**
   * True where the sources stand for others too. What lies between source and target then counts by its distance from the
   * source as a share of the whole way, and not in full: both directions of a pair make 1 together, as before, but people right
   * beside a source are no longer counted as if everybody sent all their paths through them (the linear scaling of Geisberger,
   * Sanders & Schultes 2008, ALENEX; unbiased).
   */
  readonly sampled: boolean
  /** Of a sampled run: the share of those it stands for that is not asked, 0 to 1. */
  readonly unasked: number
}

/** What came of a run, for each person of the block. */
export interface Passing {
  /** Unordered pairs that pass, from these sources. */
  readonly sum: Float64Array
  /** Of sampled runs: the squares of what changed from each source to the next. Empty otherwise. */
  readonly changes: Float64Array
}

/** One run. O(sources × (people + ties) of the block). The same numbers wherever it is done. */
export function passingIn(block: WeighedBlock, { sources, times, sampled }: Run): Passing {
  const size = block.members.length
  const bench = benchFor(block)
  const sum = new Float64Array(size)
  const changes = new Float64Array(sampled ? size : 0)
  const before = new Float64Array(sampled ? size : 0)
  for (let i = 0; i < sources.length; i++) {
    spread(block, bench, sources[i] as number, sampled)
    const { paths, share, own, steps } = bench
    // Without sampling every pair is met from both its ends.
    const count = (times[i] as number) * (sampled ? 1 : 0.5)
    for (let v = 0; v < size; v++) {
      let passes = count * (paths[v] as number) * ((share[v] as number) - (own[v] as number))
      if (sampled) {
        passes *= steps[v] as number
        const change = i === 0 ? 0 : passes - (before[v] as number)
        changes[v] = (changes[v] as number) + change * change
        before[v] = passes
      }
      sum[v] = (sum[v] as number) + passes
    }
  }
  return { sum, changes }
}

/** The runs from `from` up to, but not with, `to`. */
export function passingOf(
  { blocks, runs }: { readonly blocks: readonly WeighedBlock[]; readonly runs: readonly Run[] },
  { from, to }: { from: number; to: number },
): Passing[] {
  return runs.slice(from, to).map((run) => passingIn(blocks[run.block] as WeighedBlock, run))
}

/** Arrays that every source of a run uses again. */
function benchFor({ members, neighbour }: WeighedBlock) {
  const size = members.length
  return {
    steps: new Int32Array(size),
    queue: new Int32Array(size + 1),
    from: new Int32Array(neighbour.length / 2 + 1),
    to: new Int32Array(neighbour.length / 2 + 1),
    paths: new Float64Array(size),
    share: new Float64Array(size),
    own: new Float64Array(size),
  }
}

const far = 0x3fffffff

/**
 * Shortest paths from one source and, backwards, what passes where (Brandes 2001, Journal of Mathematical Sociology 25:163).
 *
 * The order is Brandes's; the form is for the processor. Which neighbours lie one step further on is decided by arithmetic
 * instead of a branch that would be guessed wrong every third time, and the ties that lead further on are written down, so that
 * counting paths and adding up each walk one straight list. With own = weight / paths, and share = own + the sum of share over
 * those one step further on, what passes through v is paths × (share - own).
 */
function spread(
  { start, neighbour, weight }: WeighedBlock,
  { steps, queue, from, to, paths, share, own }: ReturnType<typeof benchFor>,
  source: number,
  byDistance: boolean,
): void {
  steps.fill(far)
  paths.fill(0)
  steps[source] = 0
  paths[source] = 1
  queue[0] = source
  let tail = 1
  let onward = 0
  for (let head = 0; head < tail; head++) {
    const u = queue[head] as number
    const next = (steps[u] as number) + 1
    const end = start[u + 1] as number
    for (let half = start[u] as number; half < end; half++) {
      const v = neighbour[half] as number
      const ahead = (steps[v] as number) - next
      // 1 where v was not seen before: ahead > 0.
      const fresh = -ahead >>> 31
      queue[tail] = v
      tail += fresh
      steps[v] = next + (ahead & (fresh - 1))
      from[onward] = u
      to[onward] = v
      // 1 where v lies one step on: ahead >= 0.
      onward += (ahead >>> 31) ^ 1
    }
  }
  for (let i = 0; i < onward; i++) {
    const v = to[i] as number
    paths[v] = (paths[v] as number) + (paths[from[i] as number] as number)
  }
  const size = share.length
  if (byDistance)
    for (let v = 0; v < size; v++)
      share[v] = own[v] = (weight[v] as number) / ((paths[v] as number) * (steps[v] as number))
  else for (let v = 0; v < size; v++) share[v] = own[v] = (weight[v] as number) / (paths[v] as number)
  share[source] = 0
  for (let i = onward - 1; i >= 0; i--) {
    const u = from[i] as number
    share[u] = (share[u] as number) + (share[to[i] as number] as number)
  }
  // Nothing passes through the source itself.
  own[source] = share[source] as number
}
