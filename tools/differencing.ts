// `npm run differencing`: attacks the numbers of generated villages (T3), and ends with 1 if anybody is found.
//
// --seed N      the same villages again
// --villages N  how many, 10,000 if not said
import { parseArgs } from 'node:util'
import { type Control, differencing } from './trust/differencing.ts'

const controls: readonly Control[] = ['exact', 'totals', 'restless']

function attack(): boolean {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, villages: { type: 'string' } } })
  const seed = whole(values.seed, 'seed') ?? Math.floor(Math.random() * 1_000_000)
  const villages = whole(values.villages, 'villages') ?? 10_000
  const began = performance.now()
  say(`Somebody subtracts: ${villages} villages, two years, --seed ${seed}`)
  let undone = true
  for (const control of controls) {
    const { recovered, unanimous, hidden, inside } = differencing({ villages: 100, seed, control })
    undone &&= recovered + unanimous + hidden + inside.found > 0
    say(
      `  careless (${control}), 100 villages: ${recovered} cells of 1-4, ${unanimous} all alike, ${hidden} hidden, ${inside.found} of newcomers`,
    )
  }
  const { cells, recovered, unanimous, hidden, inside, examples } = differencing({ villages, seed })
  say(
    `  as it is: ${recovered} cells of 1-4, ${unanimous} groups under 20 all alike, ${hidden} hidden cells, of ${cells} numbers sought`,
  )
  say(
    `  by who knows who came and left: ${inside.found} of ${inside.groups} groups (not promised; see docs/decisions/2026-11-28-numbers-across-rooms.md)`,
  )
  for (const example of examples) say(`  - ${example}`)
  const safe = undone && recovered + unanimous + hidden === 0
  const took = `${((performance.now() - began) / 1000).toFixed(0)} s`
  say(safe ? `Nobody is found, and careless numbers are undone (${took}).` : `The promise does not hold (${took}).`)
  return safe
}

function whole(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is "${text}", but it must be a whole number.`)
  return Number(text)
}

const say = (text: string) => process.stdout.write(`${text}\n`)

process.exit(attack() ? 0 : 1)
