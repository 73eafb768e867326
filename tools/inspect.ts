// `npm run inspect`: every page of a program of its own, by QualWeb and axe, on a phone and a desk, light and dark, for each role.
//
// --minutes N  gives up after so many minutes, 30 if not said, and says what it left
// --who A,B    only these people, such as "an officer,an operator"
// --demo       only the demo as it is, without an evening
// --all        every page for everybody in every view, and not only what was not seen before
import { Agent } from 'node:http'
import { parseArgs } from 'node:util'
import { startChromium } from '../journeys/chromium.ts'
import { crawl, type Found } from './inspect/crawl.ts'
import type { Finding } from './inspect/findings.ts'
import { chooser, type Look, lookAt, type View, views } from './inspect/looking.ts'
import { type Moment, moments } from './inspect/moments.ts'
import { everybody } from './inspect/people.ts'
import { tellFindings } from './inspect/telling.ts'
import { build, ownProgram } from './rehearse/own-program.ts'

async function inspect(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '30' },
      all: { type: 'boolean', default: false },
      who: { type: 'string' },
      demo: { type: 'boolean', default: false },
    },
  })
  const minutes = Number(values.minutes)
  if (!(minutes > 0)) throw new Error(`--minutes is "${values.minutes}", but it must be a number.`)
  await build()
  const program = await ownProgram()
  const chromium = await startChromium()
  const stop = () => void program.clear().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const agent = new Agent({ keepAlive: true })
  try {
    await program.start()
    const began = Date.now()
    const only = values.who?.split(',').map((one) => one.trim())
    const people = (await everybody(program.place, program.url, agent)).filter(({ who }) => only?.includes(who) ?? true)
    if (people.length === 0) throw new Error(`There is nobody called "${values.who}".`)
    const addresses = new Set<string>()
    const chosen = chooser()
    const tried = new Map(people.map(({ who }) => [who, new Set<string>()]))
    const told = new Set<string>()
    const looks: Look[] = []
    const rules = new Set<string>()
    let left = 0
    // What is new is told at once: it can be mended while the rest is looked at.
    const tell = (look: Look): void => {
      const findings = look.findings.filter((finding) => isNew(told, look, finding))
      if (findings.length > 0) console.log(tellFindings([{ ...look, findings }]))
    }
    const look = async ({ name, starts }: Moment): Promise<void> => {
      const before = looks.length
      for (const person of people) {
        const found = await crawl(person.browser, starts(person.who), tried.get(person.who))
        for (const { path } of found) addresses.add(`${person.who} ${path}`)
        const choose = (view: View): readonly Found[] => (values.all ? found : chosen(view, found))
        const sight = await lookAt(chromium, program.url, person, choose, began + minutes * 60_000, views, tell)
        looks.push(...sight.looks)
        for (const rule of sight.rules) rules.add(rule)
        left += sight.left
      }
      console.log(`${name}: ${looks.length - before} looks, ${seconds(began)} s`)
    }
    await moments(program, people, agent, look, values.demo)

    console.log(
      `\n${tellFindings(looks)}\n${addresses.size} addresses for ${people.length} people; ${new Set(looks.map(({ kind }) => kind)).size} kinds of page; ${looks.length} looks in ${views.length} views; ${rules.size} rules; ${seconds(began)} s.`,
    )
    if (left > 0) console.log(`${left} looks were left when the time was up: give more with --minutes.`)
    return left === 0 && looks.length > 0 && looks.every(({ findings }) => findings.length === 0)
  } finally {
    agent.destroy()
    await chromium.close()
    await program.clear()
  }
}

const seconds = (from: number): string => ((Date.now() - from) / 1000).toFixed(0)

function isNew(told: Set<string>, { kind }: Look, { rule, element }: Finding): boolean {
  const before = told.size
  return told.add(`${rule} ${kind} ${element}`).size > before
}

inspect().then(
  (clean) => {
    process.exitCode = clean ? 0 : 1
  },
  (error: unknown) => {
    console.error(error)
    process.exitCode = 2
  },
)
