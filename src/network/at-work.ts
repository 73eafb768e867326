// The long measures done by workers: the same answers, while the thread that asked goes on serving.
import { type Betweenness, joinerFor, planBetweenness, type Sampling } from './betweenness.ts'
import { closenessFrom } from './closeness.ts'
import type { Network } from './network.ts'
import type { Job, Result, Whole } from './tasks.ts'
import { type Help, processors, shareOut } from './workers.ts'

/** How it is to be done. Without `workers`: here what is done in an instant, otherwise one for each processor. */
export type AtWork = Partial<Help>

/** Halves of ties walked in about 50 ms. */
const anInstant = 1e7

const helpFor = (work: number, { workers, ...rest }: AtWork): Help => ({
  ...rest,
  workers: workers ?? (work > anInstant ? processors() : 0),
})

/**
 * As `betweenness`, to the last bit, whatever the number of workers. Rejects with the reason of the signal when that is given.
 * 8 bytes more for each person of a block and each of its runs that waits to be joined.
 */
export async function betweennessAtWork(
  network: Network,
  sampling: Sampling = {},
  how: AtWork = {},
): Promise<Betweenness> {
  const plan = planBetweenness(network, sampling)
  const joined = joinerFor(network, plan)
  const costs = plan.runs.map(({ block, sources }) => {
    const { members, neighbour } = plan.blocks[block] ?? { members: [], neighbour: [] }
    return sources.length * (members.length + neighbour.length)
  })
  const work = costs.reduce((sum, cost) => sum + cost, 0)
  const jobs = inJobs(costs, work / 64)
  await shareOut(
    'passingOf',
    { blocks: plan.blocks, runs: plan.runs },
    jobs,
    (number, passings) => {
      const first = jobs[number]?.from ?? 0
      passings.forEach((passing, i) => {
        joined.add(first + i, passing)
      })
    },
    helpFor(work, how),
  )
  return joined.result()
}

/** Runs that follow each other, gathered until they are worth a message. */
function inJobs(costs: readonly number[], enough: number): { from: number; to: number }[] {
  const jobs: { from: number; to: number }[] = []
  let [from, cost] = [0, 0]
  costs.forEach((one, i) => {
    cost += one
    if (cost < enough && i < costs.length - 1) return
    jobs.push({ from, to: i + 1 })
    ;[from, cost] = [i + 1, 0]
  })
  return jobs
}

/** For each half of a tie: several steps at random in memory, each longer than a step of a walk in a block; measured. */
const steps = (measure: Whole): number => (measure === 'layout' ? 400 : measure === 'leiden' ? 100 : 8)

/**
 * A measure of the whole network, taken by one worker: `await atWork('leiden', network, { seed: 3 })`. The same answer as the
 * function of that name gives. With `workers: 0`, and what is done in an instant, here.
 */
export async function atWork<Name extends Whole>(
  measure: Name,
  network: Network,
  option?: Job<Name>,
  how: AtWork = {},
): Promise<Result<Name>> {
  let answer: Result<Name> | undefined
  const keep = (_: number, result: Result<Name>) => {
    answer = result
  }
  await shareOut<Name>(
    measure,
    network,
    [option as Job<Name>],
    keep,
    helpFor(steps(measure) * network.neighbour.length, how),
  )
  return answer as Result<Name>
}

/** As `closeness`, to the last bit, whatever the number of workers. Rejects with the reason of the signal when that is given. */
export async function closenessAtWork(network: Network, how: AtWork = {}): Promise<Float64Array> {
  const { people, start, neighbour } = network
  const steps = new Float64Array(people)
  // Sums of whole numbers below 2^53: their order leaves no trace.
  const each = 32 * Math.max(1, Math.ceil(people / 32 / 64))
  const jobs = Array.from({ length: Math.ceil(people / each) }, (_, i) => ({
    from: i * each,
    to: Math.min(people, (i + 1) * each),
  }))
  await shareOut(
    'stepsAround',
    { people, start, neighbour },
    jobs,
    (_, part) => {
      for (let u = 0; u < people; u++) steps[u] = (steps[u] as number) + (part[u] as number)
    },
    helpFor((people * neighbour.length) / 4, how),
  )
  return closenessFrom(network, steps)
}
