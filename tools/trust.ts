// `npm run trust`: tries the promises about people and rooms, each against a real database of its own, and ends with 1 if one does not hold.
//
// T7 T8 …    only these; all if none is named
// --part P   that part of the full count, such as 0.1
// --seed N   the same dice again
import { parseArgs } from 'node:util'
import { mergeRace } from '../src/people/test-merge-race.ts'
import { raiseWorld, type World } from '../src/test-house.ts'
import { type Dice, dice } from './attack/dice.ts'
import { handOverRace, keyRace } from './trust/concurrency.ts'
import { crawl } from './trust/crawl.ts'
import { type Control, differencing } from './trust/differencing.ts'
import { mixed } from './trust/mixed.ts'
import { type OwnGround, ownGround } from './trust/own-ground.ts'
import { plant } from './trust/planted.ts'
import { definitionRace, linkRace, meetingRace, type Raced } from './trust/races.ts'
import { revoked } from './trust/revoked.ts'
import { scannerKinds, scanners } from './trust/scanners.ts'
import { stolenDisk } from './trust/stolen-disk.ts'
import { sweep } from './trust/sweep.ts'

interface Trying {
  ground: OwnGround
  /** A world of its own, on a clock that stands. */
  world(): Promise<World>
  chance: Dice
  /** The count for this part: at least one. */
  of(full: number): number
}

interface Tried {
  /** What was done, with its figures. */
  said: string
  /** What did not hold; empty when it held. */
  faults: string[]
}

interface Promised {
  title: string
  attempt(trying: Trying): Promise<Tried>
}

const careless: readonly Control[] = ['exact', 'totals', 'restless']

const promises: Record<string, Promised> = {
  T3: {
    title: 'Subtracting numbers of people: no cell of one to four, nobody like all others, no hidden cell',
    async attempt({ chance, of }) {
      const villages = of(10_000)
      const seed = chance.below(1_000_000)
      const got = differencing({ villages, seed })
      // The same solver must undo careless numbers, or its finding nothing is worth nothing.
      const controls = careless.map((control) => ({ control, ...differencing({ villages: 60, seed, control }) }))
      const undone = (one: (typeof controls)[number]) => one.recovered + one.unanimous + one.hidden + one.inside.found
      return {
        said: `${villages} villages over two years, ${got.cells} numbers sought, ${got.inside.groups} groups of newcomers by who knows them; careless numbers: ${controls.map((one) => `${one.control} ${undone(one)} found`).join(', ')}`,
        faults: [
          ...got.examples,
          ...controls.filter((one) => undone(one) === 0).map(({ control }) => `the solver does not undo ${control}`),
        ],
      }
    },
  },
  T6: {
    title: 'Deeds at once on one thing: one wins, the others are told',
    async attempt({ world, chance, of }) {
      const here = await world()
      const raced: Raced[] = [
        await meetingRace(here, of(700), chance),
        await linkRace(here, of(500), chance),
        await definitionRace(here, of(300), chance),
        await handOverRace(here, of(250), chance),
        await keyRace(here, of(250), chance),
        { kind: 'two who are one', ...(await mergeRace(here, of(500))) },
      ]
      return {
        said: raced.map(({ kind, runs }) => `${kind} ${runs}`).join(', '),
        faults: raced.flatMap(({ kind, broken }) => broken.map((one) => `${kind}: ${one}`)),
      }
    },
  },
  T7: {
    title: 'Many at once through one pool: nobody gets another’s row',
    async attempt({ world, chance, of }) {
      const { requests, pages, strange, told } = await mixed(await plant(await world()), of(10_000), chance)
      return { said: `${requests} requests for ${pages} pages of nine people`, faults: [...strange, ...told] }
    },
  },
  T8: {
    title: 'Every address as everybody from elsewhere: nothing told, not yours is not there',
    async attempt({ world, chance, of }) {
      const { routes, tried, told, apart, broken } = await crawl(await plant(await world()), of(100_000), () =>
        chance.next(),
      )
      return { said: `${tried} requests to ${routes} routes`, faults: [...told, ...apart, ...broken] }
    },
  },
  T9: {
    title: 'A right that is taken opens nothing a second later',
    async attempt({ world }) {
      const found = await revoked(await plant(await world()))
      return {
        said: found.map(({ right, open }) => `${right} (${open} open before)`).join(', '),
        faults: found.flatMap(({ right, still }) => still.map((address) => `${right}: ${address}`)),
      }
    },
  },
  T10: {
    title: 'Mail scanners get nothing and use nothing up; everybody gets in after them',
    async attempt({ world, chance, of }) {
      const mails = of(500)
      const got = await scanners({ world: await world(), mails, chance: () => chance.next() })
      const kinds = Object.keys(scannerKinds).length + 1
      return {
        said: `${mails} letters, ${kinds} kinds of scanner before and after, ${got.requests} requests and ${got.looks} looks of a browser, ${got.gotIn} got in`,
        faults: [
          ...(got.spent > 0 ? [`${got.spent} letters were used up`] : []),
          ...(got.sessions > 0 ? [`${got.sessions} sessions went to scanners`] : []),
          ...(got.gotIn < mails ? [`${mails - got.gotIn} people did not get in`] : []),
        ],
      }
    },
  },
  T12: {
    title: 'Fifty marked values through every address and every fault: none stands in what the program says of itself',
    async attempt({ world, chance, of, ground }) {
      const swept = await sweep(await world(), of(9_000), chance, ground.log)
      return {
        said: `${swept.sentinels} values, ${swept.requests} requests to ${swept.routes} routes as nine people, ${swept.failed} failed as they should, ${swept.lines} lines of the log`,
        faults: [
          ...swept.hits,
          ...swept.broken,
          ...(swept.failed === 0 ? ['no request failed: nothing was tried'] : []),
        ],
      }
    },
  },
  T14: {
    title: 'The stolen disk: no line of Min bog is read, and the printed sheet opens it again',
    async attempt({ chance, of }) {
      const found = await stolenDisk({ sentences: of(1000), drills: of(100), chance })
      return {
        said: `${found.readable} of ${found.of} sentences read, in ${Math.round(found.bytes / 1_000_000)} MB and with ${found.tried} tries of keys; ${found.recovered} of ${found.drills} opened with paper`,
        faults: found.faults,
      }
    },
  },
}

async function trust(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { part: { type: 'string', default: '1' }, seed: { type: 'string' } },
  })
  const part = Number(values.part)
  if (!(part > 0 && part <= 1)) throw new Error(`--part is "${values.part}", but it must be over 0 and at most 1.`)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed)
  if (!Number.isInteger(seed)) throw new Error(`--seed is "${values.seed}", but it must be a whole number.`)
  const strange = positionals.find((name) => !(name in promises))
  if (strange) throw new Error(`There is no "${strange}": there are ${Object.keys(promises).join(', ')}.`)

  const ground = await ownGround()
  const downs: (() => Promise<void>)[] = []
  let held = true
  try {
    for (const [name, { title, attempt }] of Object.entries(promises)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue
      const began = performance.now()
      const { said, faults } = await attempt({
        ground,
        chance: dice(seed).apart(name),
        of: (full) => Math.max(1, Math.round(full * part)),
        world: async () => {
          const { world, down } = await raiseWorld(ground, '2027-03-14T18:00:00Z')
          downs.push(down)
          return world
        },
      })
      held &&= faults.length === 0
      const took = ((performance.now() - began) / 1000).toFixed(0)
      console.log(`${name}  ${faults.length === 0 ? 'holds' : 'DOES NOT HOLD'}  ${title}\n    ${said}; ${took} s`)
      for (const fault of faults.slice(0, 40)) console.log(`    - ${fault}`)
      if (faults.length > 40) console.log(`    - and ${faults.length - 40} more`)
    }
    console.log(`\n--seed ${seed} --part ${part}`)
    return held
  } finally {
    for (const down of downs) await down().catch(() => undefined)
    await ground.end()
  }
}

trust().then(
  (held) => process.exit(held ? 0 : 1),
  (error: unknown) => {
    console.error(error)
    process.exit(2)
  },
)
