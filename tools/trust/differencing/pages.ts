// What the pages of the places tell, read as facts about the people behind them, by one who knows the rules.
import {
  flowSince,
  mayCountAgain,
  off,
  ownBands,
  type Part,
  type People,
  type PeopleShown,
  parts,
  partsOf,
  publishPeople,
  step,
  withinOf,
} from '../../../src/shares/breakdown.ts'
import { minimumAnswers } from '../../../src/shares/published.ts'
import { anything, type Clue, type Fact } from './solver.ts'
import { joinedSince, peopleIn, quarters, type Village } from './villages.ts'

// --- The people of one count as unknown numbers

/** Every group that a rule speaks of has a number of its own, so that the solver sees what is told of it. */
const names = [
  ...[
    '15-17',
    '18-24',
    '25-39',
    '40-59',
    '60-74',
    '75+',
    'silent',
    'members',
    'others',
    'under25',
    'under40',
    'from60',
  ],
  // Those who have not said their age, alone or with some of the three large parts: U under 40, M 40-59, S 60 and over.
  ...['all', 'U', 'M', 'S', 'UM', 'US', 'MS'],
] as const
/** How many numbers of one count of one place nobody knows. */
export const unknowns = names.length
const at = (name: string): number => names.indexOf(name as never)
export const everybody = at('all')

/** The whole is its parts. */
const made: readonly Clue[] = (
  [
    ['under25', '15-17', '18-24'],
    ['under40', 'under25', '25-39'],
    ['from60', '60-74', '75+'],
    ['all', 'members', 'others'],
    ...[
      ['U', 'under40', 'silent'],
      ['M', '40-59', 'silent'],
      ['S', 'from60', 'silent'],
      ['UM', 'under40', 'M'],
      ['UM', '40-59', 'U'],
      ['US', 'under40', 'S'],
      ['US', 'from60', 'U'],
      ['MS', '40-59', 'S'],
      ['MS', 'from60', 'M'],
      ['all', 'under40', 'MS'],
      ['all', '40-59', 'US'],
      ['all', 'from60', 'UM'],
    ],
  ] as const
).map(([whole = '', ...of]) => ({ plus: of.map(at), minus: [at(whole)], low: 0, high: 0 }))

const numberOf: Record<'all' | Part, number> = {
  all: everybody,
  members: at('members'),
  under40: at('under40'),
  from60: at('from60'),
  from40to59: at('40-59'),
  under25: at('under25'),
  under18: at('15-17'),
  from75: at('75+'),
}

/** Who is left beside a part: of those within whom it is told, without the parts told before it. */
function besideOf(part: Part, before: ReadonlySet<Part>): number {
  switch (part) {
    case 'members':
      return at('others')
    case 'under25':
      return at('25-39')
    case 'under18':
      return at('18-24')
    case 'from75':
      return at('60-74')
    default: {
      const gone = new Set(before).add(part)
      const large = [
        ['U', 'under40'],
        ['M', 'from40to59'],
        ['S', 'from60'],
      ] as const
      return at(large.flatMap(([letter, one]) => (gone.has(one) ? [] : [letter])).join('') || 'silent')
    }
  }
}

/** Every group a curious one may ask about: the parts that are told, and what is left beside them. */
const groups: readonly { name: string; number: number; part: 'all' | Part | null }[] = [
  ...(['all', ...parts] as const).map((part) => ({ name: part, number: numberOf[part], part })),
  ...['others', '18-24', '25-39', '60-74', 'silent', 'U', 'M', 'S', 'UM', 'US', 'MS'].map((name) => ({
    name,
    number: at(name),
    part: null,
  })),
]

export interface Target {
  name: string
  number: number
  truth: number
  /** Its number stands on the page. */
  told: boolean
}

/** What really is, for counting what was found out; and what the page tells of it. */
export function targetsOf(people: People, told: (part: 'all' | Part | null) => boolean): Target[] {
  const held = partsOf(people)
  const silent = people.all - held.under40 - held.from40to59 - held.from60
  const letters = { U: held.under40, M: held.from40to59, S: held.from60 }
  const truths: Record<string, number> = {
    ...{ ...people.ages, ...held, all: people.all, others: people.all - people.members, silent },
  }
  const truthOf = (name: string): number =>
    truths[name] ?? [...name].reduce((sum, letter) => sum + letters[letter as keyof typeof letters], silent)
  return groups.map(({ name, number, part }) => ({ name, number, truth: truthOf(name), told: told(part) }))
}

// --- The pages as they are

export interface Count {
  quarter: number
  people: People
  shown: PeopleShown
}

/** The counts of a place that are kept, as the database keeps them. `restless`, for a control: each quarter is. */
export function countsOf(village: Village, restless = false): Count[] {
  const small = isSmall(village)
  const kept: Count[] = []
  for (let quarter = 0; quarter < quarters; quarter++) {
    const people = peopleIn(village, quarter)
    const flows = kept.map((before) =>
      flowSince(before.people.all, people.all, joinedSince(village, before.quarter, quarter)),
    )
    const stands = kept.at(-1)
    if (!stands || restless || mayCountAgain(stands.shown, people.all, flows, small))
      kept.push({ quarter, people, shown: publishPeople(people, small) })
  }
  return kept
}

export const isSmall = ({ residents }: Village): boolean => residents < 100

/** What one page tells. Every rule of `publishPeople` is known. */
export function cluesOf(shown: PeopleShown, small: boolean): Clue[] {
  const least = minimumAnswers(small)
  const upTo = (number: number, high: number): Fact => ({ plus: [number], low: 0, high })
  const from = (number: number, low: number): Fact => ({ plus: [number], low, high: anything })
  if (shown.all === null) return [...made, upTo(everybody, least - 1)]
  const about = (number: number, told: number): Fact => ({
    plus: [number],
    low: Math.max(least, told - off),
    high: told + 2,
  })
  const clues: Clue[] = [...made, about(everybody, shown.all)]
  const before = new Set<Part>()
  /** What the page lets one reckon of each whole, without the parts told before. */
  const left = new Map<string, number>()
  for (const part of parts) {
    const whole = withinOf(part)
    const toldOfWhole = whole === 'all' ? shown.all : shown.parts[whole]
    if (toldOfWhole === null) continue
    const pool = part === 'members' ? 'members' : whole
    const leftBefore = left.get(pool) ?? toldOfWhole - off
    const [number, beside] = [numberOf[part], besideOf(part, before)]
    const told = shown.parts[part]
    if (told === null) {
      // Too few, or so many that a rounded number might leave too few.
      const largest = step * Math.floor((leftBefore - off - least) / step)
      clues.push({ any: [[upTo(number, least - 1)], [from(number, Math.max(0, largest + step - off))]] })
    } else {
      clues.push(about(number, told), from(beside, least))
      left.set(pool, leftBefore - told - off)
      before.add(part)
    }
  }
  return clues
}

export const toldIn =
  (shown: PeopleShown) =>
  (part: 'all' | Part | null): boolean =>
    part !== null && (part === 'all' ? shown.all : shown.parts[part]) !== null

// --- Careless pages, for the control

/** As many make them: exact, counted anew each quarter, what is under five hidden alone, and a total whatever is in it. */
export function carelessClues(people: People): Clue[] {
  const told = (name: string, n: number): Clue =>
    n < step ? { plus: [at(name)], low: 0, high: step - 1 } : { plus: [at(name)], low: n, high: n }
  const known = ownBands.reduce((sum, band) => sum + people.ages[band], 0)
  return [
    ...made,
    told('all', people.all),
    told('members', people.members),
    told('silent', people.all - known),
    ...ownBands.map((band) => told(band, people.ages[band])),
  ]
}

export const carelesslyTold = (people: People) => {
  const held = { all: people.all, ...partsOf(people) }
  return (part: 'all' | Part | null): boolean => part !== null && held[part] >= step
}

/** The clues of one count among those of many: each has its own unknown numbers, one after the other. */
export const movedTo = (slot: number, clues: readonly Clue[]): Clue[] => {
  const move = (list: readonly number[]) => list.map((one) => one + slot * unknowns)
  const moved = (fact: Fact): Fact => ({ ...fact, plus: move(fact.plus), minus: move(fact.minus ?? []) })
  return clues.map((clue) => ('any' in clue ? { any: clue.any.map((facts) => facts.map(moved)) } : moved(clue)))
}
