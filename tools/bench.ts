// `npm run bench`: measures each figure beside its anchor, prints the table, and writes docs/bench.md when all were measured.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { answersFigure } from './bench/answers.ts'
import { backupFigure } from './bench/backup.ts'
import { broughtFigure } from './bench/brought.ts'
import { eveningFigure } from './bench/evening.ts'
import { leavingFigure } from './bench/leaving.ts'
import { busyness, machineAlone, machineOf } from './bench/machine.ts'
import { startFigure, streamsFigure } from './bench/memory.ts'
import { momentFigure } from './bench/moment.ts'
import { movingInFigure } from './bench/moving-in.ts'
import { networkFigure } from './bench/network.ts'
import { pagesFigure } from './bench/pages.ts'
import { peopleFigure } from './bench/people.ts'
import { pageFigure } from './bench/phone-page.ts'
import { inTerminal, writeReport, writeSection } from './bench/report.ts'
import type { Figure, FigureAlone, Row } from './bench/row.ts'
import { setStage } from './bench/stage.ts'
import { build, root } from './rehearse/own-program.ts'

const figures: Figure[] = [
  pageFigure,
  answersFigure,
  momentFigure,
  streamsFigure,
  pagesFigure,
  eveningFigure,
  peopleFigure,
  movingInFigure,
  leavingFigure,
  broughtFigure,
  backupFigure,
  startFigure,
]

const figuresAlone: FigureAlone[] = [networkFigure]
const page = join(root, 'docs/bench.md')
const command = (rest = '') =>
  `${['OPLIVE_ANCHORS', 'OPLIVE_FORCEATLAS2'].map((name) => (process.env[name] ? `${name}=… ` : '')).join('')}npm run bench${rest}`
const today = () => new Date().toISOString().slice(0, 10)

async function main() {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
  const wanted = [...(values.only?.split(',') ?? []), ...positionals]
  const names = [...figures, ...figuresAlone].map(({ name }) => name)
  const unknown = wanted.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}. Name some of ${names.join(', ')}, or none for all.`)
  const isWanted = ({ name }: { name: string }) => wanted.length === 0 || wanted.includes(name)

  if (busyness() > 1) console.log(`This machine is busy (${busyness().toFixed(1)}): all figures will be too low.\n`)
  const onStage = figures.filter(isWanted)
  if (onStage.length > 0) await measureOnStage(onStage)
  for (const figure of figuresAlone.filter(isWanted)) await measureAlone(figure, wanted.length > 0)
}

/** What is measured on the program and its database; the table of the page is written anew when all of it was. */
async function measureOnStage(chosen: Figure[]): Promise<void> {
  const busyBefore = busyness()
  await build()
  const stage = await setStage()
  const stop = () => void stage.clear().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const rows: Row[] = []
  try {
    const machine = await machineOf(stage)
    console.log(`${Object.values(machine).join(' · ')}\n`)
    for (const figure of chosen) {
      const before = busyness()
      const some = await figure.measure(stage)
      console.log(`${inTerminal(some)}\n`)
      if (figure.section === undefined) rows.push(...some)
      else
        writeSection(page, figure.name, {
          ...{ machine, command: command(` -- ${figure.name}`), date: today(), title: figure.section },
          ...{ busyBefore: before, busyAfter: busyness(), rows: some },
        })
    }
    if (chosen.length < figures.length) return
    writeReport(page, { machine, command: command(), date: today(), busyBefore, busyAfter: busyness(), rows })
    console.log('Written to docs/bench.md.')
  } finally {
    await stage.clear()
  }
}

/** What needs neither writes its own section of the page, and is left out of a run of all where its anchors are not there. */
async function measureAlone(figure: FigureAlone, askedFor: boolean): Promise<void> {
  if (!askedFor && !process.env.OPLIVE_ANCHORS) return
  const busyBefore = busyness()
  const rows = await figure.measureAlone()
  console.log(`${inTerminal(rows)}\n`)
  const machine = machineAlone()
  const run = {
    machine,
    command: command(` -- ${figure.name}`),
    date: today(),
    busyBefore,
    busyAfter: busyness(),
    rows,
  }
  writeSection(page, figure.name, run)
  console.log(`Written to docs/bench.md, the section ${figure.name}.`)
}

await main()
