// The network room beside igraph's C core and plain C: every goal of it, in turns, each measurement a process of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Measured, middleOf, type NetworkAnchors, networkAnchors, sizes } from './network-anchors.ts'
import { type Built, builtInto } from './network-built.ts'
import type { Done, Job } from './network-job.ts'
import { layoutRows } from './network-layout.ts'
import { type FigureAlone, median, type Row } from './row.ts'

/** Of the generator's networks with seed 1, as its own page has them. */
const known: Record<(typeof sizes)[number], Done['found']> = {
  1000: { ties: 3_665, components: 11, cutPeople: 74, bridges: 75, cores: 4_604 },
  10000: { ties: 34_974, components: 116, cutPeople: 714, bridges: 754, cores: 46_021 },
  100000: { ties: 349_128, components: 1_009, cutPeople: 7_647, bridges: 7_953, cores: 457_499 },
  1000000: { ties: 3_493_349, components: 9_910, cutPeople: 76_330, bridges: 79_700, cores: 4_573_263 },
}
/** The largest betweenness, to a hundredth. */
const knownMost = { 1000: 113_827.67, 10000: 3_102_723 } as const

export const networkFigure: FigureAlone = {
  name: 'network',
  async measureAlone() {
    const given = process.env.OPLIVE_ANCHORS
    if (!given) throw new Error('The network room is measured beside anchors: set OPLIVE_ANCHORS to their folder.')
    const folder = mkdtempSync(join(tmpdir(), 'oplive-network-'))
    try {
      const anchors = { ...(await networkAnchors(given, folder)), built: await builtInto(join(folder, 'built')) }
      console.log(`Beside ${anchors.versions}.`)
      const rows: Row[] = [await checkRow(anchors)]
      for (const measure of [
        linearRows,
        coresRow,
        betweenRows,
        sampledRow,
        pagerankRow,
        leidenRows,
        joiningRow,
        switchRow,
      ]) {
        rows.push(...[await measure(anchors)].flat())
        console.log(`${rows.length} rows, ${Math.round(process.uptime())} s`)
      }
      return [...rows, ...(await layoutRows(anchors))]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

type Beside = NetworkAnchors & { built: Built }

const ours = ({ built }: Beside, file: string, work: Job['work'], times: number): Promise<Done> =>
  built.run<Done>('network-job', JSON.stringify({ file, work, times } satisfies Job))

interface Turns {
  times?: number
  rounds?: number
  /** The works of igraph that do together what ours does. */
  igraph: string
  plainC?: string[]
  sources?: number
}

/** Ours and the anchors in turn, so that what else the machine does falls on both. The first time of each process warms it up. */
async function inTurns(anchors: Beside, file: string, work: Job['work'], how: Turns) {
  const { times = 3, rounds = 3, igraph, plainC, sources } = how
  const [mine, theirs, plain]: [Measured[], Measured[], Measured[]] = [[], [], []]
  let found: Done['found'] = {}
  for (let round = 0; round < rounds; round++) {
    const done = await ours(anchors, file, work, times)
    const warm = (list: number[]) => median(list.length > 1 ? list.slice(1) : list)
    mine.push({ cpu: warm(done.cpu), wall: warm(done.wall), check: 0, peak: done.peak })
    found = done.found
    theirs.push(together(await anchors.igraph(file, igraph, sources), igraph.split(',')))
    if (plainC) plain.push(together(await anchors.plainC(file), plainC))
  }
  return {
    mine: middleOf(mine),
    igraph: middleOf(theirs),
    plain: middleOf(plain),
    found,
    runs: mine.map(({ cpu }) => cpu),
  }
}

function together(lines: Record<string, Measured>, names: string[]): Measured {
  const some = names.map((name) => {
    const line = lines[name]
    if (!line) throw new Error(`the anchor did not measure ${name}`)
    return line
  })
  const sum = (key: 'cpu' | 'wall') => some.reduce((all, one) => all + one[key], 0)
  return { cpu: sum('cpu'), wall: sum('wall'), check: some.at(-1)?.check ?? 0, peak: some.at(-1)?.peak ?? 0 }
}

const ms = (time: number) => `${time < 10 ? time.toFixed(2) : Math.round(time).toLocaleString('en-GB')} ms`
const ratio = (one: number, other: number) => (one / other).toFixed(one / other < 0.1 ? 3 : 2)

interface Compared {
  what: string
  mine: number
  igraph: number
  goal: number
  /** What else must hold. */
  also?: { goal: string; measured: string; reached: boolean }
  remarks?: string[]
}

const rowOf = ({ what, mine, igraph, goal, also, remarks }: Compared): Row => ({
  what,
  goal: [`${goal} of igraph`, also?.goal].filter(Boolean).join(', '),
  measured: [`${ms(mine)} (${ratio(mine, igraph)})`, also?.measured].filter(Boolean).join(', '),
  anchor: `igraph ${ms(igraph)}`,
  reached: mine <= goal * igraph && (also?.reached ?? true),
  ...(remarks && { remarks }),
})

/** Every number of the generator's page, of each network and of the same people shuffled; anything else ends the bench. */
async function checkRow(anchors: Beside): Promise<Row> {
  for (const people of sizes) {
    for (const file of [anchors.network(people), anchors.network(people, true)]) {
      const found = {
        ...(await ours(anchors, file, 'cuts', 1)).found,
        ...(await ours(anchors, file, 'cores', 1)).found,
      }
      if (people < 100_000) {
        const { most } = (await ours(anchors, file, 'between', 1)).found
        const right = knownMost[people as keyof typeof knownMost]
        if (Math.abs((most ?? 0) - right) > 0.01)
          throw new Error(`${file}: the largest betweenness is ${most}, not ${right}`)
      }
      for (const [name, right] of Object.entries(known[people]))
        if (found[name] !== right) throw new Error(`${file}: ${name} are ${found[name]}, not ${right}`)
    }
  }
  return {
    what: 'ties, components, cut people, bridges, core numbers, the largest betweenness, at 1,000 to 1,000,000 and shuffled',
    goal: 'the check values, exactly',
    measured: 'all the same',
    anchor: 'the page of the anchors',
    reached: true,
  }
}

async function linearRows(anchors: Beside): Promise<Row[]> {
  const file = anchors.network(1_000_000, true)
  const { mine, igraph, plain } = await inTurns(anchors, file, 'cuts', {
    igraph: 'components,artic,bridges',
    plainC: ['components', 'cuts'],
  })
  const peaks = { ours: [] as number[], igraph: [] as number[] }
  for (let round = 0; round < 3; round++) {
    peaks.ours.push((await ours(anchors, file, 'cuts', 1)).peak)
    const all = await anchors.igraph(file, 'components,artic,bridges')
    peaks.igraph.push(all.bridges?.peak ?? Number.NaN)
  }
  const [own, theirs] = [median(peaks.ours), median(peaks.igraph)]
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`
  return [
    rowOf({
      what: 'components, articulation points and bridges, 1,000,000 shuffled',
      mine: mine.cpu,
      igraph: igraph.cpu,
      goal: 0.2,
      also: {
        goal: '1.5 of plain C',
        measured: `${ratio(mine.cpu, plain.cpu)} of plain C, ${ms(plain.cpu)}`,
        reached: mine.cpu <= 1.5 * plain.cpu,
      },
    }),
    {
      what: 'peak memory of that, from reading the file on',
      goal: '0.65 of igraph',
      measured: `${megabytes(own)} (${ratio(own, theirs)})`,
      anchor: `igraph ${megabytes(theirs)}`,
      reached: own <= 0.65 * theirs,
    },
  ]
}

async function coresRow(anchors: Beside): Promise<Row> {
  const { mine, igraph } = await inTurns(anchors, anchors.network(1_000_000, true), 'cores', { igraph: 'kcore' })
  return rowOf({ what: 'k-core, 1,000,000 shuffled', mine: mine.cpu, igraph: igraph.cpu, goal: 0.55 })
}

async function betweenRows(anchors: Beside): Promise<Row[]> {
  const [small, large] = [anchors.network(10_000), anchors.network(100_000)]
  const one = await inTurns(anchors, small, 'between', { igraph: 'between', times: 1 })
  const two: Measured[] = []
  for (let round = 0; round < 3; round++) {
    const { wall } = await ours(anchors, small, 'betweenAtTwo', 1)
    two.push({ cpu: 0, wall: median(wall), check: 0, peak: 0 })
  }
  const some = await inTurns(anchors, large, 'between256AtTwo', { igraph: 'between_s', times: 1, sources: 256 })
  return [
    rowOf({ what: 'betweenness exact, 10,000, one thread', mine: one.mine.cpu, igraph: one.igraph.cpu, goal: 0.8 }),
    rowOf({
      what: 'betweenness exact, 10,000, two workers, by the clock',
      mine: middleOf(two).wall,
      igraph: one.igraph.wall,
      goal: 0.42,
    }),
    rowOf({
      what: `betweenness, 256 sources asked for (${some.found.sources} walked), 100,000, two workers, by the clock`,
      mine: some.mine.wall,
      igraph: some.igraph.wall,
      goal: 0.28,
    }),
  ]
}

async function sampledRow(anchors: Beside): Promise<Row> {
  const done = await ours(anchors, anchors.network(10_000), 'sampled', 3)
  const { whole = 0, same = 0, sources } = done.found
  const share = median(done.cpu) / whole
  return {
    what: `sampled betweenness, 10,000, from ${sources} sources: how many of the true first 100 are among its first 100`,
    goal: '85 in 20 % of the exact time',
    measured: `${same} in ${(100 * share).toFixed(0)} %`,
    anchor: `exact, ours, ${ms(whole)}`,
    reached: same >= 85 && share <= 0.2,
  }
}

async function pagerankRow(anchors: Beside): Promise<Row> {
  const { mine, igraph, found } = await inTurns(anchors, anchors.network(1_000_000), 'pagerank', { igraph: 'pagerank' })
  const { most = Number.NaN } = found
  return rowOf({
    what: 'PageRank to 1e-10, 1,000,000',
    mine: mine.cpu,
    igraph: igraph.cpu,
    goal: 1,
    also: {
      goal: 'the same largest',
      measured: `${most.toFixed(3)} of 1 in the mean, igraph ${igraph.check}`,
      reached: Math.abs(most / igraph.check - 1) < 1e-5,
    },
  })
}

async function leidenRows(anchors: Beside): Promise<Row[]> {
  const rows: Row[] = []
  for (const [people, shuffled, rounds] of [
    [100_000, false, 3],
    [100_000, true, 3],
    [1_000_000, true, 2],
  ] as const) {
    const file = anchors.network(people, shuffled)
    const { mine, igraph, found } = await inTurns(anchors, file, 'leiden', { igraph: 'leiden', times: 2, rounds })
    const { modularity = 0, rand } = found
    const villages = rand === undefined ? '' : `, adjusted Rand index ${rand.toFixed(3)}`
    rows.push(
      rowOf({
        what: `Leiden, ${people.toLocaleString('en-GB')}${shuffled ? ' shuffled' : ''}`,
        mine: mine.cpu,
        igraph: igraph.cpu,
        goal: 0.8,
        also: {
          goal: `0.999 of its modularity${rand === undefined ? '' : ', villages found with adjusted Rand index 0.97'}`,
          measured: `modularity ${modularity.toFixed(4)} (${(modularity / igraph.check).toFixed(4)})${villages}`,
          reached: modularity >= 0.999 * igraph.check && (rand ?? 1) >= 0.97,
        },
      }),
    )
  }
  return rows
}

async function joiningRow(anchors: Beside): Promise<Row> {
  const file = anchors.network(1_000_000, true)
  const { mine, igraph, found } = await inTurns(anchors, file, 'joining', { igraph: 'components', times: 4 })
  return rowOf({
    what: `all employees away, components, the ${found.ties} best ties of 1,000,000 candidates, 1,000,000 shuffled`,
    mine: mine.cpu,
    igraph: igraph.cpu,
    goal: 0.55,
  })
}

async function switchRow(anchors: Beside): Promise<Row> {
  const file = anchors.network(100_000, true)
  const { igraph, found } = await inTurns(anchors, file, 'switching', { igraph: 'components' })
  const own = await ours(anchors, file, 'components', 5)
  const { off = Number.NaN, on = Number.NaN } = found
  const pass = median(own.cpu)
  return rowOf({
    what: 'one employee off, at 100,000 shuffled, while 584 others are there (on is quicker)',
    mine: off,
    igraph: igraph.cpu,
    goal: 1.2,
    also: {
      goal: '1.2 of one components pass of our own',
      measured: `${ratio(off, pass)} of our own, ${ms(pass)}; on ${ms(on)}`,
      reached: Math.max(on, off) <= 1.2 * pass,
    },
  })
}
