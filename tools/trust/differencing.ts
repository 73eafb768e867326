// T3, differencing: takes every number that any role can get of generated villages, over two years, and tries to find a few people behind them.
import { addUp, mayCountAgain } from '../../src/shares/breakdown.ts'
import { CROWD } from '../../src/shares/published.ts'
import { type Dice, dice } from '../attack/dice.ts'
import { watchStories } from '../attack/watching.ts'
import { watchDoor } from './differencing/doors.ts'
import { lookInside } from './differencing/insiders.ts'
import {
  type Count,
  carelessClues,
  carelesslyTold,
  cluesOf,
  countsOf,
  everybody,
  isSmall,
  movedTo,
  targetsOf,
  toldIn,
  unknowns,
} from './differencing/pages.ts'
import { anything, type Clue, type Fact, Solver } from './differencing/solver.ts'
import { makeVillage, peopleIn, quarters, type Village } from './differencing/villages.ts'

export interface Differencing {
  villages: number
  /** Numbers that were sought: groups at each count, their differences, cells of door lists, shares. */
  cells: number
  /** Cells of one to four that were found, or known to be that few. */
  recovered: number
  /** Groups under twenty who are known to be all alike. */
  unanimous: number
  /** Cells that no page tells, and that were found all the same. */
  hidden: number
  /** What one finds who knows exactly who came and left, and takes it that nobody says or changes an age meanwhile. */
  inside: { groups: number; found: number }
  /** Some of what was found, in words. */
  examples: string[]
}

interface Asked {
  villages: number
  seed: number
  control?: Control
}

/**
 * Careless municipalities, which the same solver must undo. `exact`: exact numbers, what is under five hidden alone, counted each quarter.
 * `totals`: pages as they are, and an exact total of any places. `restless`: pages as they are, counted again each quarter.
 */
export type Control = 'exact' | 'totals' | 'restless'

/** So many places lie in one municipality, which adds them up as it likes. */
const together = 10

/** Plays it all. The same seed gives the same villages. */
export function differencing({ villages, seed, control }: Asked): Differencing {
  const all: Differencing = {
    villages,
    cells: 0,
    recovered: 0,
    unanimous: 0,
    hidden: 0,
    inside: { groups: 0, found: 0 },
    examples: [],
  }
  const chance = dice(seed)
  for (let first = 0; first < villages; first += together) {
    const own = chance.apart(`municipality ${first}`)
    const places = Array.from({ length: Math.min(together, villages - first) }, () => makeVillage(own))
    attackPeople(places, own, control, all)
    for (const place of places) attackMeetings(place, own, control === 'exact', all)
  }
  return all
}

// --- Numbers of people

interface Place {
  village: Village
  counts: readonly Count[]
}

function attackPeople(villages: readonly Village[], own: Dice, control: Control | undefined, all: Differencing) {
  const exact = control === 'exact'
  const places = villages.map(
    (village): Place => ({
      village,
      counts: exact ? everyQuarter(village) : countsOf(village, control === 'restless'),
    }),
  )
  /** Each count of each place has its own unknown numbers. */
  const slots = places.flatMap((place, at) => place.counts.map((count) => ({ place, at, count })))
  const slotOf = (place: number, quarter: number): number =>
    slots.findLastIndex(({ at, count }) => at === place && count.quarter <= quarter)
  const clues = slots.flatMap(({ place, count }, slot): Clue[] =>
    movedTo(slot, exact ? carelessClues(count.people) : cluesOf(count.shown, isSmall(place.village))),
  )
  const allOf = (slot: number) => slot * unknowns + everybody
  for (let quarter = 0; quarter < quarters; quarter++) {
    const here = places.map((_, at) => slotOf(at, quarter))
    const some = Array.from({ length: 4 }, () => here.filter(() => own.happens(0.5)))
    const questions = [here, ...here.map((left) => here.filter((slot) => slot !== left)), ...some]
    const totals = questions.map((chosen) =>
      (exact || control === 'totals' ? exactTotal : addedUp)(chosen, slots, allOf),
    )
    clues.push(...withDifferences(totals.flat()))
  }
  if (control === undefined)
    for (const [at, place] of places.entries()) clues.push(...flowClues(place, (quarter) => allOf(slotOf(at, quarter))))

  const solver = new Solver(slots.length * unknowns, clues)
  if (solver.impossible) throw new Error('the solver has understood a rule wrongly: nothing fits what is shown')
  const found = new Map<string, { low: number; high: number; truth: number }[]>()
  for (const [slot, { at, count }] of slots.entries()) {
    const told = exact ? carelesslyTold(count.people) : toldIn(count.shown)
    for (const target of targetsOf(count.people, told)) {
      const number = slot * unknowns + target.number
      const { low, high } = solver.bounds({ plus: [number] })
      if (target.truth < low || target.truth > high) throw new Error('the solver excludes what is true')
      all.cells++
      const where = `${target.name}, place ${at} of ${places[at]?.village.residents}, count of quarter ${count.quarter}: ${low} to ${high}`
      if (low >= 1 && high <= 4) note(all, 'recovered', where)
      if (low === high && !target.told) note(all, 'hidden', where)
      const alike = target.name !== 'all' && target.truth === count.people.all && low > 0 && high < CROWD
      if (alike && !solver.may({ plus: [allOf(slot)], minus: [number] }, 1, anything)) note(all, 'unanimous', where)
      const key = `${at} ${target.name}`
      const earlier = found.get(key) ?? []
      for (const before of earlier) {
        all.cells++
        const [least, most] = [low - before.high, high - before.low]
        if ((least >= 1 && most <= 4) || (least >= -4 && most <= -1))
          note(all, 'recovered', `the difference of ${where}, before ${before.low} to ${before.high}`)
      }
      found.set(key, [...earlier, { low, high, truth: target.truth }])
    }
  }
  if (exact) return
  for (const { village, counts } of places) {
    const inside = lookInside(village, counts, isSmall(village))
    all.inside.groups += inside.groups
    all.inside.found += inside.found.length
    for (const one of inside.found) if (all.examples.length < 20) all.examples.push(`inside: ${one}`)
  }
}

const everyQuarter = (village: Village): Count[] =>
  Array.from({ length: quarters }, (_, quarter) => {
    const people = peopleIn(village, quarter)
    return { quarter, people, shown: { all: null, parts: {} as Count['shown']['parts'] } }
  })

type Slots = readonly { count: Count }[]

/** What the page of several places tells: the sum of what they show. */
function addedUp(chosen: readonly number[], slots: Slots, allOf: (slot: number) => number): Fact[] {
  const shown = chosen.filter((slot) => slots[slot]?.count.shown.all !== null)
  const { people, places } = addUp(
    chosen.flatMap((slot) => slots[slot]?.count.shown ?? []),
    'all',
  )
  return places === 0 ? [] : [{ plus: shown.map(allOf), low: people - 2 * places, high: people + 2 * places }]
}

/** As a careless municipality asks: everybody of the chosen places, whatever each of them shows. */
function exactTotal(chosen: readonly number[], slots: Slots, allOf: (slot: number) => number): Fact[] {
  const people = chosen.reduce((sum, slot) => sum + (slots[slot]?.count.people.all ?? 0), 0)
  return people < 5 ? [] : [{ plus: chosen.map(allOf), low: people, high: people }]
}

/** Where one sum holds all of another, the rest is their difference. */
function withDifferences(sums: readonly Fact[]): Fact[] {
  const rest = (large: Fact, small: Fact): Fact[] => {
    const inSmall = new Set(small.plus)
    const left = large.plus.filter((one) => !inSmall.has(one))
    if (left.length === 0 || left.length !== large.plus.length - small.plus.length) return []
    return [{ plus: left, low: large.low - small.high, high: large.high - small.low }]
  }
  return [...sums, ...sums.flatMap((large) => sums.flatMap((small) => rest(large, small)))]
}

/** What it tells that a place was counted again: between two counts nobody came or five and more, and so of those who left. */
function flowClues({ village, counts }: Place, allOf: (quarter: number) => number): Clue[] {
  const small = isSmall(village)
  const sizes = counts.map(({ shown }) => {
    const least = small ? 10 : 5
    const [low, high] = shown.all === null ? [0, least - 1] : [Math.max(least, shown.all - 2), shown.all + 2]
    return Array.from({ length: high - low + 1 }, (_, more) => low + more)
  })
  const fits = (at: number, before: number, after: number): boolean => {
    const stands = counts[at]?.shown
    if (!stands) return true
    // From forty on there are always enough who may have come and gone.
    if (before >= 40 && after >= 40) return true
    for (let left = 0; left <= before; left++) {
      const came = after - before + left
      if (came >= 0 && came <= after && mayCountAgain(stands, after, [{ came, left }], small)) return true
    }
    return false
  }
  for (let at = 0; at + 1 < sizes.length; at++)
    sizes[at + 1] = (sizes[at + 1] ?? []).filter((after) => sizes[at]?.some((before) => fits(at, before, after)))
  for (let at = sizes.length - 2; at >= 0; at--)
    sizes[at] = (sizes[at] ?? []).filter((before) => sizes[at + 1]?.some((after) => fits(at, before, after)))
  return counts.map(({ quarter }, at) => {
    const size = sizes[at] ?? []
    return { plus: [allOf(quarter)], low: size[0] ?? 0, high: size.at(-1) ?? 0 }
  })
}

// --- What its meetings show: results of each audience and version, and door lists

function attackMeetings({ residents }: Village, own: Dice, careless: boolean, all: Differencing) {
  const watched = watchStories(own.apart(`meeting of ${residents} ${own.below(1_000_000)}`), 1, careless)
  all.cells += watched.differences
  for (const one of watched.recovered) note(all, /^[^:]*: .*: (all|none) of/.test(one) ? 'unanimous' : 'recovered', one)
  const door = watchDoor(own, careless)
  all.cells += door.cells
  for (const one of door.found) note(all, one.startsWith('all of') ? 'unanimous' : 'recovered', `door: ${one}`)
}

function note(all: Differencing, what: 'recovered' | 'unanimous' | 'hidden', example: string) {
  all[what]++
  if (all.examples.length < 20) all.examples.push(`${what}: ${example}`)
}
