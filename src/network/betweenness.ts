// Who stands between the others: betweenness, exact or from a sample of sources with its error.
import { chanceFrom } from './chance.ts'
import { type Passing, passingIn, type Run } from './dependencies.ts'
import type { Network } from './network.ts'
import { type WeighedBlock, weighedBlocksOf } from './weighed-blocks.ts'

export interface Betweenness {
  /**
   * people long: for each unordered pair of others, the share of their shortest paths that pass through the person, summed
   * (Freeman 1977, Sociometry 40:35). Steps are counted, not weights. 0 to (people - 1)(people - 2) / 2.
   */
  readonly of: Float64Array
  /** people long: the standard error of each figure. All 0 where it is exact. */
  readonly error: Float64Array
  /** How many sources were walked from, in blocks of three people or more. */
  readonly sources: number
}

export interface Sampling {
  /** About how many sources to walk from, of all; missing: all, which is exact. A whole number from 1. */
  readonly sources?: number
  /** The same seed gives the same sample. */
  readonly seed?: number
}

/** Work cut into runs, before any of it is done: the same runs whoever does them, joined in their order. */
export interface BetweennessPlan {
  readonly blocks: readonly WeighedBlock[]
  readonly runs: readonly Run[]
  readonly pairsParted: Float64Array
}

/** A long block is cut into this many runs at most: enough for progress, few enough to be joined in no time. */
const runsInABlock = 48

/**
 * Betweenness of everybody. Exact: O(people × ties) at worst, and no more than the sum over blocks of their people × their ties;
 * 60 bytes for each person and 16 for each tie of passing memory. Sampled: as large a share of that time as the sources are of
 * all, and a third more; 50 bytes more for each person.
 *
 * Sources are drawn in even steps along each block from a chance beginning, by weight: people who stand near each other in a
 * block send much the same, so an even spread errs less than lots drawn one by one. Whoever weighs more than a step is always
 * a source. The error comes from how much changes between sources that follow each other (Wolter 2007, Introduction to Variance
 * Estimation, 8.2), and is rather too large than too small.
 */
export function betweenness(network: Network, sampling: Sampling = {}): Betweenness {
  const plan = planBetweenness(network, sampling)
  const joined = joinerFor(network, plan)
  plan.runs.forEach((run, i) => {
    joined.add(i, passingIn(plan.blocks[run.block] as WeighedBlock, run))
  })
  return joined.result()
}

/** Which runs make the betweenness of this network. Throws RangeError for a number of sources that is none. */
export function planBetweenness(network: Network, { sources, seed = 1 }: Sampling = {}): BetweennessPlan {
  if (sources !== undefined && !(Number.isSafeInteger(sources) && sources >= 1))
    throw new RangeError(`${sources} is not a number of sources`)
  const { blocks, pairsParted } = weighedBlocksOf(network)
  const inBlocks = blocks.reduce((sum, { members }) => sum + members.length, 0)
  const chance = chanceFrom(seed)
  const runs = blocks.flatMap((block, number) => {
    const size = block.members.length
    const wanted = sources === undefined ? size : Math.max(2, Math.round((sources * size) / inBlocks))
    if (wanted >= size) {
      const all = Int32Array.from({ length: size }, (_, i) => i)
      return cut({ block: number, sources: all, times: block.weight, sampled: false, unasked: 0 })
    }
    return evenSample(block, wanted, chance()).flatMap((drawn) => cut({ block: number, sampled: true, ...drawn }))
  })
  return { blocks, runs, pairsParted }
}

/** Adds up runs in their order, in whatever order they arrive. */
export function joinerFor({ people }: Network, { blocks, runs, pairsParted }: BetweennessPlan) {
  const of = pairsParted.slice()
  const error = new Float64Array(people)
  const early = new Map<number, Passing>()
  let next = 0
  return {
    add(number: number, passing: Passing): void {
      early.set(number, passing)
      for (let here = early.get(next); here; here = early.get(++next)) {
        early.delete(next)
        join(blocks, runs[next] as Run, here, of, error)
      }
    },
    result: (): Betweenness => ({
      of,
      error: error.map(Math.sqrt),
      sources: runs.reduce((sum, run) => sum + run.sources.length, 0),
    }),
  }
}

function join(
  blocks: readonly WeighedBlock[],
  run: Run,
  { sum, changes }: Passing,
  of: Float64Array,
  error: Float64Array,
) {
  const { members } = blocks[run.block] as WeighedBlock
  const count = run.sources.length
  const spread = count > 1 ? (run.unasked * count) / (2 * (count - 1)) : 0
  for (let i = 0; i < members.length; i++) {
    const u = members[i] as number
    of[u] = (of[u] as number) + (sum[i] as number)
    if (spread > 0) error[u] = (error[u] as number) + spread * (changes[i] as number)
  }
}

type Drawn = Pick<Run, 'sources' | 'times' | 'unasked'>

/** Those who weigh a whole step, each for themselves; the others in even steps of weight, each standing for a step. */
function evenSample({ weight }: WeighedBlock, wanted: number, beginning: number): Drawn[] {
  const certain = new Uint8Array(weight.length)
  let [left, others, step] = [wanted, 0, 0]
  for (let more = true; more; ) {
    more = false
    others = 0
    for (let v = 0; v < weight.length; v++) if (!certain[v]) others += weight[v] as number
    step = others / Math.max(2, left)
    for (let v = 0; v < weight.length; v++) {
      if (certain[v] || (weight[v] as number) < step) continue
      certain[v] = 1
      left--
      more = true
    }
  }
  const everyone = Array.from(weight.keys())
  const sure = everyone.filter((v) => certain[v])
  const rest = everyone.filter((v) => !certain[v])
  let passed = 0
  let due = beginning * step
  const drawn = rest.filter((v) => {
    passed += weight[v] as number
    if (passed <= due) return false
    due += step
    return true
  })
  return [
    { sources: Int32Array.from(sure), times: Float64Array.from(sure, (v) => weight[v] as number), unasked: 0 },
    {
      sources: Int32Array.from(drawn),
      times: new Float64Array(drawn.length).fill(step),
      unasked: 1 - drawn.length / Math.max(1, rest.length),
    },
  ]
}

/** Equal parts of a long run; a short one stays whole, so that its error can be told. */
function cut(whole: Run): Run[] {
  const count = whole.sources.length
  if (count === 0) return []
  const parts = Math.max(1, Math.min(runsInABlock, Math.floor(count / 8)))
  const at = (part: number) => Math.floor((part * count) / parts)
  return Array.from({ length: parts }, (_, part) => ({
    ...whole,
    sources: whole.sources.slice(at(part), at(part + 1)),
    times: whole.times.slice(at(part), at(part + 1)),
  }))
}
