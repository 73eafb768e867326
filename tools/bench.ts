// `npm run bench`: measures each figure beside its anchor, prints the table, and writes docs/bench.md when all were measured.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { answersFigure } from './bench/answers.ts'
import { eveningFigure } from './bench/evening.ts'
import { busyness, machineOf } from './bench/machine.ts'
import { startFigure, streamsFigure } from './bench/memory.ts'
import { momentFigure } from './bench/moment.ts'
import { movingInFigure } from './bench/moving-in.ts'
import { pagesFigure } from './bench/pages.ts'
import { peopleFigure } from './bench/people.ts'
import { pageFigure } from './bench/phone-page.ts'
import { inTerminal, writeReport } from './bench/report.ts'
import type { Row } from './bench/row.ts'
import { setStage } from './bench/stage.ts'
import { build, root } from './rehearse/own-program.ts'

const figures = [
  pageFigure,
  answersFigure,
  momentFigure,
  streamsFigure,
  pagesFigure,
  eveningFigure,
  peopleFigure,
  movingInFigure,
  startFigure,
]

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const names = figures.map(({ name }) => name)
  const chosen = figures.filter(({ name }) => !values.only || values.only.split(',').includes(name))
  if (chosen.length === 0) throw new Error(`--only takes one of ${names.join(', ')}, or several with commas.`)

  const busyBefore = busyness()
  if (busyBefore > 1) console.log(`This machine is busy (${busyBefore.toFixed(1)}): all figures will be too low.\n`)
  await build()
  const stage = await setStage()
  const stop = () => void stage.clear().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const rows: Row[] = []
  try {
    const machine = await machineOf(stage)
    console.log(`${Object.values(machine).join(' · ')}\n`)
    for (const figure of chosen) {
      const some = await figure.measure(stage)
      console.log(`${inTerminal(some)}\n`)
      rows.push(...some)
    }
    if (chosen.length < figures.length) return
    const command = `${process.env.OPLIVE_ANCHORS ? 'OPLIVE_ANCHORS=… ' : ''}npm run bench`
    const date = new Date().toISOString().slice(0, 10)
    writeReport(join(root, 'docs/bench.md'), { machine, command, date, busyBefore, busyAfter: busyness(), rows })
    console.log('Written to docs/bench.md.')
  } finally {
    await stage.clear()
  }
}

await main()
