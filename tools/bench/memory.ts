// What the program weighs: idle after its start, for each open stream of results, and how soon it is there.
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root, withManyFiles } from '../rehearse/own-program.ts'
import type { Crowd } from './crowd.ts'
import { memoryOf } from './machine.ts'
import { type Figure, kilobytes, median } from './row.ts'
import type { Stage } from './stage.ts'

const streams = 5000

/** The database's own first start, initdb and demo are behind it: this is how it starts every other day. */
async function startAgain(stage: Stage): Promise<number> {
  await stage.program.end()
  return stage.program.start()
}

export const startFigure: Figure = {
  name: 'start',
  async measure(stage) {
    const took: number[] = []
    for (let time = 0; time < 3; time++) took.push(await startAgain(stage))
    await sleep(20_000)
    const memory = memoryOf(stage.program.pid())
    return [
      {
        what: 'first page after a later start, the embedded database included, median of 3',
        goal: '3 s',
        measured: `${(median(took) / 1000).toFixed(2)} s`,
        anchor: '',
        reached: median(took) <= 3000,
      },
      {
        what: 'the program 20 s after its start, idle, PostgreSQL apart',
        goal: '120 MB',
        measured: `${(memory / 1e6).toFixed(0)} MB`,
        anchor: '',
        reached: memory <= 120e6,
      },
    ]
  },
}

export const streamsFigure: Figure = {
  name: 'streams',
  async measure(stage) {
    await startAgain(stage)
    const { code } = await stage.openMeeting()
    // What the first streams make it load, and never again, is not the weight of a stream.
    const first = await holdStreams(stage, code, 100)
    await first.letGo()
    await sleep(3000)
    const before = memoryOf(stage.program.pid())
    const all = await holdStreams(stage, code, streams)
    await sleep(3000)
    const each = (memoryOf(stage.program.pid()) - before) / streams
    await all.letGo()
    return [
      {
        what: `an open stream of results, at ${streams.toLocaleString('en-GB')}`,
        goal: '25 kB',
        measured: kilobytes(each),
        anchor: '',
        reached: each <= 25_000,
      },
    ]
  },
}

async function holdStreams(stage: Stage, code: string, phones: number): Promise<{ letGo(): Promise<void> }> {
  const job: Crowd = { port: stage.port, phones, code, host: null, hold: true }
  const file = stage.file('crowd.json', JSON.stringify(job))
  const crowd = withManyFiles([process.execPath, join(root, 'tools/bench/crowd.ts'), file])
  const gone = once(crowd, 'exit')
  const held = crowd.stdout ? once(crowd.stdout, 'data') : gone
  let complaint = ''
  crowd.stderr?.on('data', (text: Buffer) => {
    complaint += text
  })
  await Promise.race([held, gone])
  if (crowd.exitCode !== null) throw new Error(`the streams did not open: ${complaint}`)
  return {
    async letGo() {
      crowd.kill('SIGKILL')
      await gone
    },
  }
}
