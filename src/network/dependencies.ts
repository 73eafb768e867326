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
   * True where the sources stand for others too. Of a pair whose path passes at the share x of its way from source to target,
   * 3x² - 2x³ is then counted, and not all: from both its ends together a pair makes 1 as before, so nothing is off on average,
   * but people right beside a source are no longer counted as if everybody sent all their paths through them. (Geisberger,
   * Sanders & Schultes 2008, ALENEX, count x; the curve that is flat at both ends errs a third less.)
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
  const bench = benchFor(block, sampled)
  const sum = new Float64Array(size)
  const changes = new Float64Array(sampled ? size : 0)
  const before = new Float64Array(sampled ? size : 0)
  for (let i = 0; i < sources.length; i++) {
    walk(block, bench, sources[i] as number)
    const count = times[i] as number
    if (sampled) {
      shareByDistance(block, bench, sources[i] as number)
      addSampled(bench, count, sum, i === 0 ? undefined : changes, before)
    } else {
      shareInFull(block, bench, sources[i] as number)
      const { paths, share, own } = bench
      // Every pair is met from both its ends.
      const half = count / 2
      for (let v = 0; v < size; v++)
        sum[v] = (sum[v] as number) + half * (paths[v] as number) * ((share[v] as number) - (own[v] as number))
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
interface Bench {
  readonly steps: Int32Array
  readonly queue: Int32Array
  /** The ties that lead one step further on, as the walk met them; how many. */
  readonly from: Int32Array
  readonly to: Int32Array
  onward: number
  readonly paths: Float64Array
  readonly share: Float64Array
  readonly own: Float64Array
  /** By the third power of the distance; empty where nothing is sampled. */
  readonly share3: Float64Array
  readonly own3: Float64Array
}

function benchFor({ members, neighbour }: WeighedBlock, sampled: boolean): Bench {
  const size = members.length
  return {
    steps: new Int32Array(size),
    queue: new Int32Array(size + 1),
    from: new Int32Array(neighbour.length / 2 + 1),
    to: new Int32Array(neighbour.length / 2 + 1),
    onward: 0,
    paths: new Float64Array(size),
    share: new Float64Array(size),
    own: new Float64Array(size),
    share3: new Float64Array(sampled ? size : 0),
    own3: new Float64Array(sampled ? size : 0),
  }
}

const far = 0x3fffffff

/**
 * Shortest paths from one source: how many steps, how many paths, and which ties lead on (Brandes 2001, Journal of Mathematical
 * Sociology 25:163). The order is Brandes's; the form is for the processor. Which neighbours lie one step further on is decided
 * by arithmetic instead of a branch that would be guessed wrong every third time, and the ties that lead on are written down, so
 * that counting paths, and later adding up, each go along one straight list.
 */
function walk({ start, neighbour }: WeighedBlock, bench: Bench, source: number): void {
  const { steps, queue, from, to, paths } = bench
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
  bench.onward = onward
}

/** With own = weight / paths, and share = own + the share of those one step on: paths × (share - own) passes through a person. */
function shareInFull({ weight }: WeighedBlock, { paths, share, own, from, to, onward }: Bench, source: number): void {
  for (let v = 0; v < share.length; v++) share[v] = own[v] = (weight[v] as number) / (paths[v] as number)
  for (let i = onward - 1; i >= 0; i--) {
    const u = from[i] as number
    share[u] = (share[u] as number) + (share[to[i] as number] as number)
  }
  // Nothing passes through the source itself.
  own[source] = share[source] as number
}

/** The same twice, each target divided by the square, and by the third power, of its distance. */
function shareByDistance({ weight }: WeighedBlock, bench: Bench, source: number): void {
  const { steps, paths, share, own, share3, own3, from, to, onward } = bench
  for (let v = 0; v < share.length; v++) {
    const distance = steps[v] as number
    const square = (weight[v] as number) / ((paths[v] as number) * distance * distance)
    share[v] = own[v] = square
    share3[v] = own3[v] = square / distance
  }
  share[source] = share3[source] = 0
  for (let i = onward - 1; i >= 0; i--) {
    const u = from[i] as number
    const v = to[i] as number
    share[u] = (share[u] as number) + (share[v] as number)
    share3[u] = (share3[u] as number) + (share3[v] as number)
  }
  own[source] = share[source] as number
  own3[source] = share3[source] as number
}

function addSampled(
  { steps, paths, share, own, share3, own3 }: Bench,
  count: number,
  sum: Float64Array,
  changes: Float64Array | undefined,
  before: Float64Array,
): void {
  for (let v = 0; v < sum.length; v++) {
    const distance = steps[v] as number
    const squares = 3 * ((share[v] as number) - (own[v] as number))
    const thirds = 2 * distance * ((share3[v] as number) - (own3[v] as number))
    // Never less than nothing, also where rounding would have it so.
    const passes = squares > thirds ? count * (paths[v] as number) * distance * distance * (squares - thirds) : 0
    sum[v] = (sum[v] as number) + passes
    if (changes) changes[v] = (changes[v] as number) + (passes - (before[v] as number)) ** 2
    before[v] = passes
  }
}
