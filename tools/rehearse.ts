// `npm run rehearse`: holds an evening as real phones would, and compares what they were thanked for with what the server counted.
import { parseArgs } from 'node:util'
import { ConfigProblem, readConfig } from '../src/config.ts'
import { readConversation } from './rehearse/conversation.ts'
import { playConversation, tellConversation } from './rehearse/conversation-play.ts'
import { demoHost } from './rehearse/demo-host.ts'
import { askOwner, KeyboardProblem, type Place } from './rehearse/keyboard.ts'
import { build, kill, type OwnProgram, ownProgram, type Victim, victims } from './rehearse/own-program.ts'
import { childrenOf } from './rehearse/processes.ts'
import { rehearse, type Wish } from './rehearse/rehearsal.ts'
import { tellOf } from './rehearse/telling.ts'

const help = `npm run rehearse -- [options]
  --phones 200                    how many phones
  --url http://127.0.0.1:3000     the running program; only on this machine
  --own                           instead: a program of its own, in a folder of its own, cleared away afterwards
  --seed 1                        the same seed gives the same phones
  --rounds 1                      so many meetings, each with the next seed
  --kill app|db|both              kill -9 in the middle; with --url also --pid N of what to kill, and somebody who starts it again
  --when saying|answering|closing the middle of what
  --card                          only the exit card, without the evening before it
  --conversation FOLDER           instead: plays a public conversation as the Polis software gives it out
  --link LINK, --community SLUG   who hosts, and where; else the demo's own host, when its data can be reached (OPLIVE_DATA, DATABASE_URL)
  --over SECONDS                  how long it takes them all to come`

const moments = ['saying', 'answering', 'closing'] as const

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      phones: { type: 'string', default: '200' },
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      own: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1' },
      kill: { type: 'string' },
      pid: { type: 'string' },
      when: { type: 'string', default: 'answering' },
      card: { type: 'boolean', default: false },
      conversation: { type: 'string' },
      link: { type: 'string' },
      community: { type: 'string' },
      over: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    console.log(help)
    return true
  }
  const whole = (name: 'phones' | 'seed' | 'rounds' | 'pid') => {
    const number = Number(values[name])
    if (!Number.isInteger(number) || number < 1) throw new KeyboardProblem(`--${name} is a whole number from 1.`)
    return number
  }
  const one = <T extends string>(name: string, given: string, of: readonly T[]): T => {
    const known = of.find((is) => is === given)
    if (!known) throw new KeyboardProblem(`--${name} is one of ${of.join(', ')}.`)
    return known
  }
  const phones = whole('phones')
  if (phones > 5000) throw new KeyboardProblem('--phones is at most 5000: more than a hall holds.')
  const over = values.over ? Number(values.over) : Math.max(2, phones / 100)
  const victim = values.kill ? one('kill', values.kill, victims) : null
  const when = one('when', values.when, moments)

  const own = values.own ? await startOwn() : null
  try {
    const stopOwn = async () => {
      await own?.clear()
      process.exit(130)
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopOwn)
    const origin = own?.url ?? new URL(values.url).origin
    if (!/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(new URL(origin).hostname))
      throw new KeyboardProblem('A rehearsal fills in made-up cards. It only does so on this machine.')
    const place = own?.place ?? (await reachable())
    if (victim && !own && !values.pid) throw new KeyboardProblem('Say with --pid which process to kill, or use --own.')

    if (values.conversation) {
      const conversation = readConversation(values.conversation)
      const host = values.link ? { link: values.link, community: null } : await demoHost(place, origin)
      const community = values.community ?? host.community
      const played = await playConversation({ origin, conversation, link: host.link, community, place })
      console.log(tellConversation(conversation, played))
      return played.faults.length === 0
    }

    let agreed = true
    const rounds = whole('rounds')
    if (values.link && rounds > 1) throw new KeyboardProblem('A link works once: with --link there is one round.')
    for (let round = 0; round < rounds; round++) {
      const host = values.link ? { link: values.link, community: null } : await demoHost(place, origin)
      const wish: Wish = {
        origin,
        phones,
        seed: whole('seed') + round,
        link: host.link,
        community: values.community ?? host.community,
        place,
        kill: victim && { when, work: own ? () => own.kill(victim) : () => killGiven(whole('pid'), victim) },
        over,
        // Whoever gave a link has one host only: it works once.
        ...(values.card || values.link ? {} : { second: (await demoHost(place, origin)).link }),
      }
      const done = await rehearse(wish)
      console.log(tellOf(wish, done, victim))
      agreed &&= done.faults.length === 0
    }
    return agreed
  } finally {
    await own?.clear()
  }
}

async function startOwn(): Promise<OwnProgram> {
  await build()
  const own = await ownProgram()
  await own.start()
  return own
}

/** The database of the program on this machine, when this user can reach it. */
async function reachable(): Promise<Place | null> {
  const { databaseUrl, dataFolder } = readConfig(process.env)
  const place = { databaseUrl, dataFolder }
  try {
    await askOwner(place, 'select')
    return place
  } catch {
    return null
  }
}

/** Whoever looks after that program starts it again; the phones wait. */
async function killGiven(pid: number, victim: Victim): Promise<void> {
  const children = victim === 'app' ? [] : childrenOf(pid)
  for (const one of [pid, ...children]) kill(one)
}

main().then(
  (agreed) => {
    process.exitCode = agreed ? 0 : 1
  },
  (error: unknown) => {
    const wrongOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    const told = error instanceof KeyboardProblem || error instanceof ConfigProblem || wrongOption
    console.error(told ? error.message : error)
    if (wrongOption) console.error(`\n${help}`)
    process.exitCode = 2
  },
)
