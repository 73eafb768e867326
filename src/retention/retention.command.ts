// `oplive retention`: what the night would forget if it were now, and what the last nights forgot; in numbers, and nothing is done.
import { type Command, KeyboardProblem } from '../command.ts'
import { readConfig } from '../config.ts'
import { atKeyboard } from '../db/keyboard.ts'
import { lastRuns, nightRules, tryNight } from './retention.deeds.ts'

export const retentionCommand: Command = {
  name: 'retention',
  does: 'Tells what the nights forget, in numbers; forgets nothing itself.',
  usage: [['oplive retention', 'what would go now, rule by rule, and what the last nights took']],
  async run(args) {
    if (args.length > 0) throw new KeyboardProblem('Say "oplive retention", and nothing behind it.')
    await atKeyboard(readConfig(process.env), async (house) => {
      const counts = await tryNight(house)
      console.log('If it were night now:')
      for (const rule of nightRules) console.log(`  ${rule.padEnd(18)} ${counts[rule] ?? 0}`)
      const runs = await lastRuns(house)
      console.log(runs.length === 0 ? 'No night has passed yet.' : 'The last nights:')
      for (const { day, endedAt, counts: took } of runs)
        console.log(
          `  ${day}  ${Object.values(took).reduce((sum, n) => sum + n, 0)}${endedAt ? '' : '  cut off, goes on'}`,
        )
    })
    return undefined
  },
}
