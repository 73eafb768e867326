// `npm run simulate -- --seeds 1000`: whole meetings from a seed, with clock, chance, network, mail and later work in its hands; what must
// always hold is looked for after each step, and a seed that breaks it is printed, to be had again with --seed.
import { parseArgs } from 'node:util'
import { raiseWorld } from '../src/test-house.ts'
import { type Mutant, markOf, mutants, tellStory } from './simulate/story.ts'
import { ownGround } from './trust/own-ground.ts'

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '100' },
      seed: { type: 'string' },
      from: { type: 'string', default: '1' },
      mutant: { type: 'string' },
    },
  })
  const mutant = values.mutant ? (mutants.find((one) => one === values.mutant) ?? null) : null
  if (values.mutant && !mutant) throw new Error(`--mutant is one of ${mutants.join(', ')}`)
  const seeds = values.seed
    ? [Number(values.seed)]
    : Array.from({ length: Number(values.seeds) }, (_, n) => Number(values.from) + n)
  const began = performance.now()
  const ground = await ownGround()
  const { world, down } = await raiseWorld(ground, '2027-03-14T10:00:00Z')
  const sums = { steps: 0, answered: 0, late: 0 }
  const broken: number[] = []
  try {
    for (const seed of seeds) {
      const told = await tellStory(world, seed, mutant)
      sums.steps += told.steps
      sums.answered += told.answered
      sums.late += told.late
      if (values.seed) console.log(told.trace.join('\n'))
      if (told.faults.length === 0) continue
      broken.push(seed)
      console.log(
        `seed ${seed} (${markOf(told)}) broke:\n  ${told.faults.slice(0, 5).join('\n  ')}\n  again: npm run simulate -- --seed ${seed}${sayMutant(mutant)}`,
      )
      if (mutant) break
    }
  } finally {
    await down()
    await ground.end()
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(
    `${seeds.length} seeds, ${sums.steps} steps, ${sums.answered} cards in time and ${sums.late} late, ${broken.length} broken, in ${seconds} s`,
  )
  return mutant ? broken.length > 0 : broken.length === 0
}

const sayMutant = (mutant: Mutant | null): string => (mutant ? ` --mutant ${mutant}` : '')

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(2)
  },
)
