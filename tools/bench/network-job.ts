// One measurement of the network room in a process of its own, so that its memory is its own: reads a network, works, prints JSON.
import { existsSync, readFileSync } from 'node:fs'
import { betweennessAtWork } from '../../src/network/at-work.ts'
import { awayOf } from '../../src/network/away.ts'
import { betweenness } from '../../src/network/betweenness.ts'
import { chanceFrom, wholeBelow } from '../../src/network/chance.ts'
import { componentsOf } from '../../src/network/components.ts'
import { coresOf } from '../../src/network/cores.ts'
import { cutsOf } from '../../src/network/cuts.ts'
import { tiesThatJoin } from '../../src/network/joining.ts'
import { leiden } from '../../src/network/leiden.ts'
import { adjustedRandIndex } from '../../src/network/modularity.ts'
import { type Network, networkFrom } from '../../src/network/network.ts'
import { pagerank } from '../../src/network/pagerank.ts'
import { type Switchboard, switchboard } from '../../src/network/switching.ts'
import { median } from './row.ts'

export interface Job {
  /** The network's path without its ending. */
  file: string
  work: keyof typeof works
  times: number
}

export interface Done {
  /** Milliseconds of each time: of the processor, all threads together, and by the clock. */
  cpu: number[]
  wall: number[]
  /** What came out, the last time. */
  found: Record<string, number>
  peak: number
}

type Found = Record<string, number>

/** What is measured, and what is then read from its result, which is not. */
interface Work<T> {
  run(): T | Promise<T>
  found(result: T): Found
}

const work = <T>(run: Work<T>['run'], found: Work<T>['found']): Work<T> => ({ run, found })
const candidates = 1_000_000
const most = ({ of }: { of: Float64Array }) => of.reduce((high, figure) => Math.max(high, figure), 0)
const staffOf = (file: string): number[] => JSON.parse(readFileSync(`${file}.json`, 'utf8')).employees

const works = {
  cuts: (network: Network) =>
    work(
      () => cutsOf(network),
      ({ components, cutPeopleCount, bridges }) => ({
        ties: network.ties,
        components: components.count,
        cutPeople: cutPeopleCount,
        bridges: bridges.length / 2,
      }),
    ),
  cores: (network: Network) =>
    work(
      () => coresOf(network),
      (cores) => ({ cores: cores.reduce((sum, core) => sum + core, 0) }),
    ),
  components: (network: Network) =>
    work(
      () => componentsOf(network),
      ({ count }) => ({ components: count }),
    ),
  between: (network: Network) =>
    work(
      () => betweenness(network),
      (result) => ({ most: most(result) }),
    ),
  betweenAtTwo: (network: Network) =>
    work(
      () => betweennessAtWork(network, {}, { workers: 2 }),
      (result) => ({ most: most(result) }),
    ),
  between256AtTwo: (network: Network) =>
    work(
      () => betweennessAtWork(network, { sources: 256 }, { workers: 2 }),
      (result) => ({ most: most(result), sources: result.sources }),
    ),
  sampled: (network: Network) => {
    const first = ({ of }: { of: Float64Array }) => [...of.keys()].sort((a, b) => falling(of, a, b)).slice(0, 100)
    const before = process.cpuUsage()
    const exact = betweenness(network)
    const whole = busyFor(before)
    const known = new Set(first(exact))
    return work(
      () => betweenness(network, { sources: Math.round(sampledShare * network.people) }),
      (result) => ({
        whole,
        sources: result.sources,
        same: first(result).filter((person) => known.has(person)).length,
      }),
    )
  },
  pagerank: (network: Network) =>
    work(
      () => pagerank(network),
      (of) => ({ most: most({ of }) * network.people }),
    ),
  leiden: (network: Network, file: string) =>
    work(
      () => leiden(network),
      ({ of, count, modularity }) => ({ count, modularity, ...agreement(file, of) }),
    ),
  joining: (network: Network, file: string) => {
    const staff = staffOf(file)
    const chance = chanceFrom(1)
    const pairs = Int32Array.from({ length: 2 * candidates }, () => wholeBelow(chance, network.people))
    return work(
      () => tiesThatJoin(network, awayOf(network.people, staff), { candidates: pairs, howMany: 20 }),
      ({ ties }) => ({ ties: ties.length, first: ties[0]?.pairs ?? 0, last: ties.at(-1)?.pairs ?? 0 }),
    )
  },
  switching: (network: Network, file: string) => {
    const staff = staffOf(file)
    const board = switchboard(network, staff)
    return work(
      () => switchedEach(board, staff.slice(0, 200)),
      (took) => ({ ...took, together: board.now().together }),
    )
  },
}

/** Fewer than a fifth of the people: their walks are not all of the time, and a sampled one does more than an exact one. */
const sampledShare = 0.12

/** The middle time of one employee leaving, and coming, while all the others are there. */
function switchedEach(board: Switchboard, staff: number[]) {
  board.setAll(true)
  const took = { off: [] as number[], on: [] as number[] }
  for (const employee of staff) {
    for (const there of [false, true]) {
      const began = performance.now()
      board.set(employee, there)
      took[there ? 'on' : 'off'].push(performance.now() - began)
    }
  }
  return { off: median(took.off), on: median(took.on) }
}

/** How alike the villages that the generator made and the communities found are, where the villages are known. */
function agreement(file: string, of: Int32Array): Found {
  if (!existsSync(`${file}.village.bin`)) return {}
  const bytes = new Uint8Array(readFileSync(`${file}.village.bin`))
  return { rand: adjustedRandIndex(of, new Uint32Array(bytes.buffer)) }
}

const falling = (figures: Float64Array, a: number, b: number) =>
  (figures[b] as number) - (figures[a] as number) || a - b

function busyFor(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function main() {
  const { file, work: name, times } = JSON.parse(process.argv[2] ?? '') as Job
  const network = readNetwork(file)
  const { run, found } = works[name](network, file) as Work<unknown>
  const done: Done = { cpu: [], wall: [], found: {}, peak: 0 }
  for (let time = 0; time < times; time++) {
    const [began, before] = [performance.now(), process.cpuUsage()]
    const result = await run()
    done.wall.push(performance.now() - began)
    done.cpu.push(busyFor(before))
    if (time === times - 1) done.found = found(result)
  }
  done.peak = process.resourceUsage().maxRSS * 1024
  console.log(JSON.stringify(done))
}

function readNetwork(file: string): Network {
  const bytes = readFileSync(`${file}.bin`)
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  return networkFrom(words[0] as number, words.subarray(2))
}

await main()
