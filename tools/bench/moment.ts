// The whole moment of a full hall: five thousand phones load, watch, answer, and hold the result.
import { anchorsFor } from './anchors.ts'
import type { Crowd, Crowded } from './crowd.ts'
import { bareServer, runHelper } from './loading.ts'
import { type Figure, median } from './row.ts'
import type { Stage } from './stage.ts'

const phones = 5000
const times = 3

const crowd = (stage: Stage, job: Omit<Crowd, 'phones' | 'hold'>) =>
  runHelper<Crowded>('crowd.ts', stage.file('crowd.json', JSON.stringify({ ...job, phones, hold: false })))

const middle = (all: readonly Crowded[]): Crowded => {
  const total = median(all.map((one) => one.total))
  return all.find((one) => one.total === total) as Crowded
}

const inParts = ({ pages, streams, answers, answerP99, closing, result }: Crowded): string =>
  `pages ${pages.toFixed(1)} s, streams ${streams.toFixed(1)} s, ${(3 * phones).toLocaleString('en-GB')} answers ${answers.toFixed(1)} s (p99 ${Math.round(answerP99)} ms), ${closing > 0.05 ? `closing ${closing.toFixed(2)} s, ` : ''}result on every phone ${result.toFixed(2)} s after the last answer`

export const momentFigure: Figure = {
  name: 'moment',
  async measure(stage) {
    const anchors = await anchorsFor(stage)
    const us: Crowded[] = []
    const them: Crowded[] = []
    const minutes: number[] = []
    for (let round = 0; round < times; round++) {
      const { code } = await stage.openMeeting()
      us.push(await crowd(stage, { port: stage.port, code, host: stage.host.cookie() }))
      const page = stage.file('page', 'x'.repeat(4000))
      const server = await bareServer({ kind: 'moment', database: await stage.bareDatabase(), page, encoding: '' })
      them.push(await crowd(stage, { port: server.port, code: null, host: null }))
      await server.stop()
      if (anchors) minutes.push(await anchors.minute(phones))
    }
    const [ours, theirs] = [middle(us), middle(them)]
    const measure = anchors ? median(minutes) : theirs.total
    return [
      {
        what: `${phones.toLocaleString('en-GB')} phones: page, stream, three answers each, closing, the full result on every phone; median of ${times}`,
        goal: 'twice the bare server',
        measured: `${ours.total.toFixed(1)} s (${(ours.total / measure).toFixed(2)})`,
        anchor: anchors
          ? `minute.mjs ${measure.toFixed(1)} s; own bare server ${theirs.total.toFixed(1)} s`
          : `bare server ${measure.toFixed(1)} s`,
        reached: ours.total <= 2 * measure,
        remarks: [`The program: ${inParts(ours)}. The bare server, with the same phones: ${inParts(theirs)}.`],
      },
    ]
  },
}
