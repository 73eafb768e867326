// `npm run restore-drill -- --rounds 100`: backups while many write, each restored and looked at, and damaged ones that must be refused.
import { parseArgs } from 'node:util'
import { raiseWorld } from '../src/test-house.ts'
import { drill } from './restore-drill/drill.ts'
import { ownGround } from './trust/own-ground.ts'

const median = (list: readonly number[]): string =>
  (([...list].sort((a, b) => a - b)[list.length >> 1] ?? 0) / 1000).toFixed(2)

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '10' },
      damaged: { type: 'string', default: '50' },
      seed: { type: 'string', default: '20270314' },
    },
  })
  const began = performance.now()
  const ground = await ownGround()
  const { world, down } = await raiseWorld(ground, '2027-03-14T10:00:00Z')
  try {
    const found = await drill(
      world,
      ground.ownerUrl,
      { rounds: Number(values.rounds), damaged: Number(values.damaged), folderEvery: 10, seed: Number(values.seed) },
      (line) => console.log(line),
    )
    for (const fault of found.faults) console.log(`FAULT ${fault}`)
    console.log(
      `${found.rounds} backups under ${found.deeds} writes, ${found.folders} of them restored into another data folder: ${found.faults.length} faults; ${found.seen} deeds seen again, ${found.forgotten} people who left since deleted again`,
    )
    console.log(`${found.refused} of ${found.damaged} damaged ones refused, and nothing touched`)
    console.log(
      `a backup ${median(found.backups)} s, a restore with its check ${median(found.restores)} s (median), all in ${((performance.now() - began) / 1000).toFixed(0)} s`,
    )
    return found.faults.length === 0
  } finally {
    await down()
    await ground.end()
  }
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(2)
  },
)
