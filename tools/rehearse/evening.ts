// The evening before the exit card: phones and paper say, recognise, choose and promise, two lead, and a hall screen is watched.
import type { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Chance, chanceOf } from './chance.ts'
import { type HallPhone, newKey, openHallPhone, type Saying, type Sending } from './hall-phone.ts'
import type { Host } from './host.ts'
import { facilitator, type Gathered, gather, measureTalk, stage, type Talked } from './leading.ts'
import { type OnPaper, typeDots, typeOnPaper } from './scribe.ts'
import { type StateWatcher, watchStates } from './state-watcher.ts'

export interface EveningWish {
  origin: string
  agent: Agent
  code: string
  phones: number
  seed: number
  /** Seconds over which the phones come, and over which each part of the evening goes on. */
  over: number
  /** Two sessions of those who lead; the second also writes down what is on paper. */
  hosts: readonly [Host, Host]
  /** Something may be killed when so much has been said. */
  middle: () => Promise<void>
}

/** What somebody has said, as it must be at the end. */
export interface Word {
  kind: string
  text: string
  state: 'shown' | 'asked' | 'withdrawn'
  medium: 'phone' | 'paper'
}

export interface EveningTold {
  /** Phones that came in at the door, and of them those for the first time. */
  arrived: { people: number; firstTimers: number; byNeighbour: number }
  words: Word[]
  /** By the text that was recognised: how many phones know it too. */
  known: Map<string, number>
  /** How many dots phones have put on each theme, and how many phones. */
  dots: Map<string, number>
  dotPhones: number
  paperDots: Map<string, number>
  promises: string[]
  paper: OnPaper
  gathered: Gathered
  talked: Talked
  /** Phones that were away, and came back with what waited in their outbox. */
  late: number
  /** Sent again, in all; and what the program said no to, as it should. */
  again: number
  refused: { cpr: number; lateDots: number }
  took: number[]
  /** What the hall screen has shown at each stage, counted as states. */
  screenStates: number
  faults: string[]
}

const kinds = ['unbearable', 'change', 'resource', 'hope'] as const
const sayings: Record<Sending, number> = { once: 70, lost: 20, twice: 10 }
const names = ['Lyset i hallen', 'Vejen og stien', 'Hvem der har nøglen', 'Børnene om aftenen', 'At mødes igen']
const ill = 'Min mor har fået kræft, og der er langt til lægen'
const sameWords = 'Der er mørkt på stien'

interface Here {
  phone: HallPhone
  chance: Chance
  number: number
  /** Has no coverage while the others recognise and choose. */
  late: boolean
}

export async function holdEvening(wish: EveningWish): Promise<EveningTold> {
  const { origin, agent, code, phones, seed, over, hosts } = wish
  const told: EveningTold = {
    arrived: { people: 0, firstTimers: 0, byNeighbour: 0 },
    words: [],
    known: new Map(),
    dots: new Map(),
    dotPhones: 0,
    paperDots: new Map(),
    promises: [],
    paper: { people: 0, words: [], promises: [], firstTimers: 0 },
    gathered: { places: new Map(), themes: new Map(), quarrels: 0, undone: 0, faults: [] },
    talked: { residents: [0, 0], municipality: [0, 0] },
    late: 0,
    again: 0,
    refused: { cpr: 0, lateDots: 0 },
    took: [],
    screenStates: 0,
    faults: [],
  }
  const notes = { took: (ms: number) => told.took.push(ms), again: () => told.again++ }
  const one = facilitator(hosts[0], code)
  const other = facilitator(hosts[1], code)
  await hosts[0].begin(code)
  const watching = {
    screen: watchStates(origin, `/m/${code}/stream?for=screen&lang=da`),
    phone: watchStates(origin, `/m/${code}/stream?for=phone&lang=da`),
    lead: watchStates(origin, `/m/${code}/stream?for=lead&lang=en`, hosts[0].cookie()),
  }
  const all: Here[] = Array.from({ length: phones }, (_, number) => {
    const chance = chanceOf(seed, 10_000 + number)
    return { phone: openHallPhone(origin, agent, code, chance, notes), chance, number, late: chance.next() < 0.12 }
  })
  const late = all.filter((here) => here.late)
  told.late = late.length
  /** All at once, each in their own moment. */
  const each = (some: readonly Here[], work: (here: Here) => Promise<void>) =>
    Promise.all(
      some.map(async (here) => {
        await sleep(here.chance.next() * over * 1000)
        await work(here).catch((error: unknown) => {
          told.faults.push(`phone ${here.number} in the hall: ${error instanceof Error ? error.message : error}`)
        })
      }),
    )
  const present = all.filter((here) => !here.late)

  await each(all, (here) => comeIn(here, told))
  await stage(one, 'say')
  const paper = typeOnPaper(hosts[1], code, 20, chanceOf(seed, -3))
  const saying = each(present, (here) => saySomething(here, told))
  // In the middle of what is said.
  await Promise.race([saying, sleep(over * 400)])
  await wish.middle()
  await saying
  told.paper = await paper
  told.words.push(...told.paper.words.map((word) => ({ ...word, state: 'shown' as const, medium: 'paper' as const })))

  await stage(other, 'recognise')
  const gathering = gather(one, other, names)
  await each(present, (here) => recogniseSome(here, told))
  told.gathered = await gathering
  told.faults.push(...told.gathered.faults)
  // Those without coverage come back: what they said and recognised arrives now, once.
  await each(late, (here) => saySomething(here, told))
  await each(late, (here) => recogniseSome(here, told))
  told.talked = await measureTalk(one, other)

  await stage(one, 'choose')
  const themes = [...told.gathered.themes.keys()]
  await each(present, (here) => putDots(here, themes, told))
  told.paperDots = await typeDots(hosts[1], code, themes)
  await stage(other, 'promise')
  // Too late for dots: the program says so, and counts none of them.
  await each(late, async ({ phone, chance }) => {
    const status = await phone.send('dots', dotsOf(themes, chance))
    if (status === 409) told.refused.lateDots++
    else told.faults.push(`dots after the choosing got ${status}`)
  })
  await each(all, (here) => promise(here, told))

  await settle(watching, told)
  for (const watcher of Object.values(watching)) watcher.end()
  return told
}

async function comeIn({ phone, chance, number }: Here, told: EveningTold): Promise<void> {
  await phone.look()
  if (chance.next() < 0.2) return
  const first = chance.next() < 0.4
  const brought = chance.weighed({ neighbour: 50, association: 20, municipality: 10, self: 20 })
  const fields = {
    ...(chance.next() < 0.5 ? { name: `Gæst ${number}` } : {}),
    first: first ? 'yes' : 'no',
    brought,
    ...(brought === 'neighbour' ? { bringer: 'Karen' } : {}),
  }
  // Some say it wrongly first, and correct it: they are still one person.
  if (chance.next() < 0.15) await phone.send('door', { first: first ? 'no' : 'yes', brought: 'unknown' })
  const status = await phone.send('door', fields, chance.weighed(sayings))
  if (status !== 204) throw new Error(`the door got ${status}`)
  told.arrived.people++
  if (first) told.arrived.firstTimers++
  if (brought === 'neighbour') told.arrived.byNeighbour++
}

async function saySomething({ phone, chance, number }: Here, told: EveningTold): Promise<void> {
  const how = chance.weighed({
    nothing: 8,
    same: 12,
    changed: 10,
    'taken back': 6,
    'brought back': 5,
    ill: 6,
    plain: 50,
    cpr: 3,
  })
  if (how === 'nothing') return
  await phone.look()
  const said = (text: string): Saying => ({ kind: chance.pick(kinds), text, key: newKey() })
  const put = async (saying: Saying, state: Word['state'], wanted = 204) => {
    const status = await phone.say(saying, chance.weighed(sayings))
    if (status !== wanted) throw new Error(`a statement got ${status}`)
    if (wanted === 204) told.words.push({ kind: saying.kind, text: saying.text, state, medium: 'phone' })
  }
  const own = async (text: string) => {
    const found = (await phone.mine()).find((one) => one.text === text)
    if (!found) throw new Error('its own words are not on its page')
    return found.id
  }
  const mine = `Jeg vil gerne have en lampe ved hus nummer ${number}`
  switch (how) {
    case 'plain':
      await put(said(mine), 'shown')
      if (chance.next() < 0.3) await put(said(`Vi har en trailer, man kan låne, ved hus nummer ${number}`), 'shown')
      return
    case 'same':
      return put({ ...said(sameWords), kind: 'unbearable' }, 'shown')
    case 'cpr':
      // The same phone says it again without the number.
      await put(said('Skriv til mig, 010190-1234'), 'shown', 400)
      told.refused.cpr++
      return put(said(mine), 'shown')
    case 'ill': {
      const text = `${ill}, nummer ${number}`
      await put(said(text), 'asked')
      if (chance.next() < 0.5) return
      if ((await phone.send('show', { id: await own(text) }, chance.weighed(sayings))) !== 204)
        throw new Error('not shown')
      const word = told.words.find((one) => one.text === text)
      if (word) word.state = 'shown'
      return
    }
    case 'changed': {
      const before = said(`Jeg vil gerne have en lampe ved hus numer ${number}`)
      await put(before, 'shown')
      const fields = { id: await own(before.text), kind: before.kind, text: mine }
      if ((await phone.send('say', fields, chance.weighed(sayings))) !== 204) throw new Error('not changed')
      const word = told.words.find((one) => one.text === before.text)
      if (word) word.text = mine
      return
    }
    default: {
      await put(said(mine), 'withdrawn')
      const id = await own(mine)
      if ((await phone.send('back', { id }, chance.weighed(sayings))) !== 204) throw new Error('not taken back')
      if (how === 'taken back') return
      if ((await phone.send('back', { id, undo: '1' })) !== 204) throw new Error('not brought back')
      const word = told.words.find((one) => one.text === mine)
      if (word) word.state = 'shown'
    }
  }
}

/** Some of what stands on a part or two of the wall. One in ten presses once too often, and takes it back. */
async function recogniseSome({ phone, chance }: Here, told: EveningTold): Promise<void> {
  const { parts } = await phone.words(0)
  const { shown } = await phone.words(chance.between(0, parts - 1))
  const chosen = new Map<string, string>()
  for (let more = Math.min(10, shown.length); more > 0; more--) {
    const one = shown[Math.floor(chance.next() * shown.length)]
    if (one) chosen.set(one.id, one.text)
  }
  for (const [statement, text] of chosen) {
    const status = await phone.send('know', { statement, yes: '1' }, chance.weighed(sayings))
    if (status !== 204) throw new Error(`a recognition got ${status}`)
    if (chance.next() < 0.1) {
      if ((await phone.send('know', { statement, yes: '0' })) !== 204)
        throw new Error('a recognition could not be taken back')
    } else told.known.set(text, (told.known.get(text) ?? 0) + 1)
  }
}

function dotsOf(themes: readonly string[], chance: Chance): Record<string, string> {
  const dots: Record<string, number> = {}
  for (let left = chance.between(1, 3); left > 0; left--) {
    const theme = themes[Math.floor(chance.next() * themes.length)] ?? ''
    dots[`dot-${theme}`] = (dots[`dot-${theme}`] ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(dots).map(([name, n]) => [name, String(n)]))
}

async function putDots({ phone, chance }: Here, themes: readonly string[], told: EveningTold): Promise<void> {
  if (chance.next() < 0.1) return
  // Some think again: only the last ones count.
  if (chance.next() < 0.2) await phone.send('dots', dotsOf(themes, chance), chance.weighed(sayings))
  const dots = dotsOf(themes, chance)
  const status = await phone.send('dots', dots, chance.weighed(sayings))
  if (status !== 204) throw new Error(`dots got ${status}`)
  told.dotPhones++
  for (const [name, n] of Object.entries(dots)) {
    const theme = name.slice(4)
    told.dots.set(theme, (told.dots.get(theme) ?? 0) + Number(n))
  }
}

async function promise({ phone, chance, number }: Here, told: EveningTold): Promise<void> {
  if (chance.next() > 0.35) return
  const what = `Jeg kommer forbi nummer ${number}`
  const fields = { key: newKey(), name: `Gæst ${number}`, what, 'when-day': '', 'when-month': '', 'when-year': '' }
  const status = await phone.send('commit', fields, chance.weighed(sayings))
  if (status !== 204) throw new Error(`a promise got ${status}`)
  told.promises.push(what)
}

/** The three who watch have seen the last of it within two seconds, and what they see is what was sent. */
async function settle(watching: Record<'screen' | 'phone' | 'lead', StateWatcher>, told: EveningTold): Promise<void> {
  await sleep(2000)
  told.screenStates = watching.screen.states()
  if (told.screenStates < 3) told.faults.push(`the hall screen was drawn ${told.screenStates} times`)
  const numbers = [...watching.lead.last().matchAll(/<b>(\d+)<\/b>/g)].map(([, number]) => Number(number))
  const shown = told.words.filter(({ state }) => state === 'shown').length
  const [here, , words, dotPhones, promises] = numbers
  const wanted = [
    ['on the door list', here, told.arrived.people + told.paper.people],
    ['words', words, shown],
    ['phones that have put dots', dotPhones, told.dotPhones],
    ['promises', promises, told.promises.length + told.paper.promises.length],
  ] as const
  for (const [what, seen, sent] of wanted)
    if (seen !== sent) told.faults.push(`who leads is shown ${seen} ${what}, and ${sent} were sent`)
  const onPhone = Number(/data-now="promise"/.test(watching.phone.last()))
  if (!onPhone) told.faults.push('the phones were not told that it is time for promises')
}
