// `npm run attack`: plays the administrator (T1) and the watcher (T2) against the sealed exit card, and ends with 1 if either finds anybody.
//
// --seed N      the same residents, gaps and guesses again (keys and ids stay random)
// --meetings N  meetings of each size, 200 if not said
import { parseArgs } from 'node:util'
import { attackMeetings, readControl } from './attack/administrator.ts'
import { dice } from './attack/dice.ts'
import { openAttackedHouse } from './attack/house.ts'
import { controlTable, faults, sizeTable, watchLines } from './attack/report.ts'
import { watchHeld, watchStories } from './attack/watching.ts'

const sizes = [5, 12, 60]
/** Where one person answers the counts are that person's card. Where a closing is cut off they are counted twice. */
const oddOnes = [
  { residents: 1, meetings: 10 },
  { residents: 12, meetings: 10, cutOff: true },
]
const orders = 10_000
const controlOrders = 200
const heldPairs = 15

async function attack(): Promise<boolean> {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, meetings: { type: 'string' } } })
  const seed = whole(values.seed, 'seed') ?? Math.floor(Math.random() * 1_000_000)
  const meetings = whole(values.meetings, 'meetings') ?? 200
  const began = performance.now()
  const all = dice(seed)
  const attacked = await openAttackedHouse()
  // The database is told to end as well.
  process.once('SIGINT', () => void attacked.end().finally(() => process.exit(130)))
  try {
    say(`The administrator attacks: PostgreSQL ${attacked.version}, ${meetings} meetings of each size, --seed ${seed}`)
    const control = await readControl(attacked, 60, all.apart('control'))
    say(controlTable(control))
    const found = []
    for (const which of [...sizes.map((residents) => ({ residents, meetings })), ...oddOnes]) {
      const result = await attackMeetings(attacked, which, all.apart(JSON.stringify(which)))
      found.push(result)
      say(sizeTable(result))
    }
    const watchControl = watchStories(all.apart('careless'), controlOrders, true)
    const told = watchStories(all.apart('orders'), orders)
    const held = await watchHeld(attacked, all.apart('held'), heldPairs)
    say(watchLines(watchControl, told, held))

    const wrong = faults({ control, sizes: found, watchControl, told, held })
    const took = `${((performance.now() - began) / 1000).toFixed(0)} s`
    say(
      wrong.length === 0
        ? `Nobody is linked better than chance, and nobody is certain (${took}).`
        : `The promise does not hold (${took}):\n${wrong.map((one) => `- ${one}`).join('\n')}\nAgain with: npm run attack -- --seed ${seed} --meetings ${meetings}`,
    )
    return wrong.length === 0
  } finally {
    await attacked.end()
  }
}

function whole(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is "${text}", but it must be a whole number.`)
  return Number(text)
}

const say = (text: string) => process.stdout.write(`${text}\n\n`)

attack().then(
  (safe) => process.exit(safe ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack ?? String(error)}\n`)
    process.exit(1)
  },
)
