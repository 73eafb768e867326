import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addUp,
  type Flow,
  flowSince,
  mayCountAgain,
  nothingOfPeople,
  type OwnBand,
  ownBands,
  type Part,
  type People,
  type PeopleShown,
  parts,
  partsOf,
  publishPeople,
  rounded,
} from './breakdown.ts'

type Ages = Record<OwnBand, number>
const noAges: Ages = { '15-17': 0, '18-24': 0, '25-39': 0, '40-59': 0, '60-74': 0, '75+': 0 }
const people = (all: number, ages: Partial<Ages> = {}, members = 0): People => ({
  all,
  ages: { ...noAges, ...ages },
  members,
})
const shownOf = (counted: People, smallPlace = false) => {
  const { all, parts } = publishPeople(counted, smallPlace)
  return { all, ...Object.fromEntries(Object.entries(parts).filter(([, number]) => number !== null)) }
}

describe('the people of a place as a number', () => {
  test('of 63 people in the ages of a village: 65, of whom 20 are under 40 and 20 are 60 or more, 5 of them 75 or more', () => {
    const ages = { '15-17': 2, '18-24': 4, '25-39': 13, '40-59': 19, '60-74': 15, '75+': 6 }
    expect(shownOf(people(63, ages, 41))).toEqual({
      all: 65,
      members: 40,
      under40: 20,
      from60: 20,
      under25: 5,
      from75: 5,
    })
  })

  test('four are too few to tell of, and nobody is told as four are', () => {
    expect(publishPeople(people(4, { '40-59': 4 }), false)).toEqual(nothingOfPeople)
    expect(publishPeople(people(0), false)).toEqual(nothingOfPeople)
  })

  test('nine are too few where fewer than a hundred live; ten are not', () => {
    expect(publishPeople(people(9), true)).toEqual(nothingOfPeople)
    expect(publishPeople(people(10), true).all).toBe(10)
  })

  test('twelve who are all of one age are told as twelve or so, and their age is not', () => {
    expect(shownOf(people(12, { '60-74': 12 }))).toEqual({ all: 10 })
  })

  test('four under 40 are hidden, and so that 40 less the rest does not tell them, those who are left have no number', () => {
    expect(shownOf(people(40, { '25-39': 4, '40-59': 16, '60-74': 20 }))).toEqual({ all: 40, from60: 20 })
  })

  test('where nearly all are members, how many are is not told', () => {
    expect(shownOf(people(40, {}, 37))).toEqual({ all: 40 })
    expect(shownOf(people(40, {}, 33))).toEqual({ all: 40 })
    expect(shownOf(people(40, {}, 32))).toEqual({ all: 40, members: 30 })
  })

  test('no place has half a person, nor more members than people', () => {
    expect(() => publishPeople(people(1.5), false)).toThrow(RangeError)
    expect(() => publishPeople(people(5, {}, 6), false)).toThrow(RangeError)
    expect(() => publishPeople(people(5, { '75+': 6 }), false)).toThrow(RangeError)
  })
})

const someAges = (most: number): fc.Arbitrary<Ages> =>
  fc.record(Object.fromEntries(ownBands.map((band) => [band, fc.nat(most)])) as Record<OwnBand, fc.Arbitrary<number>>)
const somePeople = fc.oneof(someAges(8), someAges(30), someAges(300)).chain((ages) =>
  fc.nat(25).chain((silent) => {
    const all = Object.values(ages).reduce((sum, one) => sum + one, silent)
    return fc.nat(all).map((members): People => ({ all, ages, members }))
  }),
)
const runs = { numRuns: Number(process.env.OPLIVE_RUNS ?? 300) }

/** The same page from people of whom `part` holds this many: those of what is left have said nothing of their age. */
function otherwise(counted: People, smallPlace: boolean, part: Part, holds: number): People {
  const { parts: told } = publishPeople(counted, smallPlace)
  if (part === 'members') return { ...counted, members: holds }
  const held = partsOf(counted)
  const want = (one: Part): number => (told[one] !== null ? held[one] : one === part ? holds : 0)
  // A part that is not told lies in the innermost whole that is told, or in a hidden one that then holds just as many.
  const under18 = want('under18')
  const under25 = Math.max(want('under25'), under18)
  const under40 = Math.max(want('under40'), under25)
  const from75 = want('from75')
  const from60 = Math.max(want('from60'), from75)
  const ages = {
    '15-17': under18,
    '18-24': under25 - under18,
    '25-39': under40 - under25,
    '40-59': want('from40to59'),
    '60-74': from60 - from75,
    '75+': from75,
  }
  return { ...counted, ages }
}

describe('what cannot be read from a page', () => {
  test('a part that is not told may hold nobody, or any number up to the minimum', () => {
    fc.assert(
      fc.property(somePeople, fc.boolean(), (counted, smallPlace) => {
        const shown = publishPeople(counted, smallPlace)
        const least = smallPlace ? 10 : 5
        if (shown.all === null) return
        for (const part of parts)
          if (shown.parts[part] === null)
            for (let holds = 0; holds < least; holds++)
              expect(
                publishPeople(otherwise(counted, smallPlace, part, holds), smallPlace),
                `${part}: ${holds}`,
              ).toEqual(shown)
      }),
      runs,
    )
  })

  test('every number is a multiple of five, within two of the people it stands for, and never below the minimum', () => {
    fc.assert(
      fc.property(somePeople, fc.boolean(), (counted, smallPlace) => {
        const shown = publishPeople(counted, smallPlace)
        const least = smallPlace ? 10 : 5
        const held = { all: counted.all, ...partsOf(counted) }
        for (const [what, told] of Object.entries({ all: shown.all, ...shown.parts })) {
          if (told === null) continue
          expect(told % 5).toBe(0)
          expect(told).toBeGreaterThanOrEqual(least)
          expect(Math.abs(told - held[what as Part])).toBeLessThanOrEqual(2)
        }
      }),
      runs,
    )
  })
})

describe('counting again', () => {
  const shown = publishPeople(people(40), false)
  const may = (now: number, ...flows: Flow[]) => mayCountAgain(shown, now, flows, false)

  test('the first count of a place is always made', () => {
    expect(mayCountAgain(nothingOfPeople, 3, [], false)).toBe(true)
  })

  test('one who came makes no new count, nor do four; five do', () => {
    expect(may(41, { came: 1, left: 0 })).toBe(false)
    expect(may(44, { came: 4, left: 0 })).toBe(false)
    expect(may(45, { came: 5, left: 0 })).toBe(true)
  })

  test('one who left makes no new count, also when many came', () => {
    expect(may(49, { came: 10, left: 1 })).toBe(false)
    expect(may(45, { came: 10, left: 5 })).toBe(true)
  })

  test('where nobody came or went, the count stands', () => {
    expect(may(40, { came: 0, left: 0 })).toBe(false)
  })

  test('six and nine wait, since rounding could tell that all of them are alike; twenty and more do not', () => {
    expect(may(46, { came: 6, left: 0 })).toBe(false)
    expect(may(49, { came: 9, left: 0 })).toBe(false)
    expect(may(61, { came: 21, left: 0 })).toBe(true)
  })

  test('an earlier count is not forgotten: the difference to it is none or five too', () => {
    expect(may(48, { came: 3, left: 0 }, { came: 8, left: 5 })).toBe(false)
  })

  test('where fewer than a hundred live, ten must have come', () => {
    expect(mayCountAgain(shown, 45, [{ came: 5, left: 0 }], true)).toBe(false)
    expect(mayCountAgain(shown, 50, [{ came: 10, left: 0 }], true)).toBe(true)
  })

  test('what was too few and still is, is not counted again', () => {
    expect(mayCountAgain(nothingOfPeople, 3, [{ came: 20, left: 20 }], false)).toBe(false)
  })

  test('who came back when a merging was undone has come', () => {
    expect(flowSince(40, 42, 1)).toEqual({ came: 2, left: 0 })
    expect(flowSince(40, 42, 5)).toEqual({ came: 5, left: 3 })
  })
})

test('a sum over chosen places is the sum of what they show, and says how many are silent', () => {
  const places = [people(42), people(3), people(17)].map((one) => publishPeople(one, false))
  expect(addUp(places, 'all')).toEqual({ people: 55, places: 2, silent: 1 })
  expect(addUp(places, 'under40')).toEqual({ people: 0, places: 0, silent: 3 })
})

// --- Every small world there is

/** Remembers, for each page, the values that what it shows allows. */
class Seen {
  private readonly values = new Map<string, Set<number>[]>()
  add(page: string, targets: readonly number[]) {
    const sets = this.values.get(page) ?? targets.map(() => new Set<number>())
    this.values.set(page, sets)
    for (const [at, value] of targets.entries()) sets[at]?.add(value)
  }
  /** Targets that some page pins to one value, or to a value from one to four, by their place. */
  pinned(wrong: (values: Set<number>, page: string, at: number) => boolean): string[] {
    return [...this.values].flatMap(([page, sets]) =>
      sets.flatMap((set, at) => (wrong(set, page, at) ? [`${page} #${at}: ${[...set].join(' ')}`] : [])),
    )
  }
}

const page = ({ all, parts: told }: PeopleShown) => `${all} ${parts.map((part) => told[part] ?? '·').join(' ')}`
const few = (values: Set<number>) => [...values].every((value) => value !== 0 && Math.abs(value) < 5)

describe('one who tries every population there can be', () => {
  test('pins no part of a page, finds none between one and four, and nobody alike in a group under twenty', () => {
    const most = 21
    const seen = new Seen()
    for (let under40 = 0; under40 <= most; under40++)
      for (let under25 = 0; under25 <= under40; under25++)
        for (let from60 = 0; under40 + from60 <= most; from60++)
          for (let middle = 0; under40 + from60 + middle <= most; middle++)
            for (let silent = 0; under40 + from60 + middle + silent <= most; silent++) {
              const all = under40 + from60 + middle + silent
              const ages = { '18-24': under25, '25-39': under40 - under25, '60-74': from60, '40-59': middle }
              const alike = [under40, from60, middle].map((part) => (part === all || part === 0 ? 1 : 0))
              seen.add(page(publishPeople(people(all, ages), false)), [all, under40, under25, from60, middle, ...alike])
            }
    // Where the largest of these worlds ends, a larger one would have given the same page.
    const edge = (shown: string) => Number(shown.split(' ')[0]) > most - 2
    expect(
      seen.pinned((values, shown, at) => {
        if (edge(shown)) return false
        if (at >= 5) return !values.has(0)
        return values.size < 2 || few(values)
      }),
    ).toEqual([])
  })

  test('pins no difference between two counts, and none between one and four', { timeout: 60_000 }, () => {
    const most = 16
    const worlds: { all: number; under40: number; from60: number; page: string; shown: PeopleShown }[] = []
    for (let all = 0; all <= most; all++)
      for (let under40 = 0; under40 <= all; under40++)
        for (let from60 = 0; under40 + from60 <= all; from60++) {
          const shown = publishPeople(people(all, { '25-39': under40, '60-74': from60 }), false)
          worlds.push({ all, under40, from60, shown, page: page(shown) })
        }
    /** Whether it may be counted again, for each number that may have gone while others came. */
    const answers = new Map<string, Set<boolean>>()
    const again = (stands: PeopleShown, before: number, now: number): Set<boolean> => {
      const key = `${before} ${now}`
      const known = answers.get(key)
      if (known) return known
      const least = Math.max(0, now - before)
      const flows = Array.from({ length: now - least + 1 }, (_, more) => flowSince(before, now, least + more))
      const told = new Set(flows.map((flow) => mayCountAgain(stands, now, [flow], false)))
      answers.set(key, told)
      return told
    }
    const seen = new Seen()
    for (const one of worlds)
      for (const two of worlds) {
        const differences = [two.all - one.all, two.under40 - one.under40, two.from60 - one.from60]
        const told = again(one.shown, one.all, two.all)
        if (told.has(true)) seen.add(`${one.page} > ${two.page}`, differences)
        if (told.has(false)) seen.add(`${one.page} stands`, differences)
      }
    const edge = (shown: string) => shown.split(' > ').some((one) => Number.parseInt(one, 10) > most - 2)
    expect(seen.pinned((values, shown) => !edge(shown) && (values.size < 2 || few(values)))).toEqual([])
  })

  test('pins no total from three counts, of which the second and the third may stand', { timeout: 60_000 }, () => {
    // Who is there at the first count alone, at the first two, at all three, and so on.
    const most = 11
    const seen = new Seen()
    const shownOfAll = Array.from({ length: most + 1 }, (_, all) => publishPeople(people(all), false))
    const shown = (all: number): PeopleShown => shownOfAll[all] ?? nothingOfPeople
    for (let one = 0; one <= most; one++)
      for (let oneTwo = 0; one + oneTwo <= most; oneTwo++)
        for (let all = 0; one + oneTwo + all <= most; all++)
          for (let two = 0; oneTwo + all + two <= most; two++)
            for (let twoThree = 0; oneTwo + all + two + twoThree <= most; twoThree++)
              for (let three = 0; all + twoThree + three <= most; three++) {
                const [first, second] = [one + oneTwo + all, oneTwo + all + two + twoThree]
                const third = all + twoThree + three
                const counted = [first]
                const flow12 = { came: two + twoThree, left: one }
                const secondCounted = mayCountAgain(shown(first), second, [flow12], false)
                if (secondCounted) counted.push(second)
                const flow13 = { came: twoThree + three, left: one + oneTwo }
                const flow23 = { came: three, left: oneTwo + two }
                const thirdCounted = mayCountAgain(
                  shown(secondCounted ? second : first),
                  third,
                  secondCounted ? [flow13, flow23] : [flow13],
                  false,
                )
                const told = `${shown(first).all} ${secondCounted ? shown(second).all : '-'} ${thirdCounted ? shown(third).all : '-'}`
                seen.add(told, [first, second, third, second - first, third - second, third - first])
              }
    // Eight and more may be larger than these worlds are.
    const edge = (shown: string) => shown.split(' ').some((all) => Number(all) > most - 2)
    // Too few, then five, then too few again: that can only be the same few as before. How many they are is as open as it was.
    const same = (values: Set<number>, at: number) => at >= 3 && values.has(0)
    expect(
      seen.pinned((values, told, at) => !edge(told) && !same(values, at) && (values.size < 2 || few(values))),
    ).toEqual([])
  })

  test('pins no place from any sums over any places', () => {
    const numbers = Array.from({ length: 13 }, (_, all) => all)
    const seen = new Seen()
    for (const a of numbers)
      for (const b of numbers)
        for (const c of numbers) {
          const places = [a, b, c].map((all) => publishPeople(people(all), false))
          const choices = [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]
          const sums = choices.map((choice) =>
            addUp(
              choice.map((at) => places[at] ?? nothingOfPeople),
              'all',
            ),
          )
          seen.add(JSON.stringify(sums), [a, b, c])
        }
    expect(seen.pinned((values) => values.size < 2 || few(values))).toEqual([])
  })

  test('undoes careless pages: exact numbers, one part hidden alone', () => {
    const seen = new Seen()
    for (let under40 = 0; under40 <= 9; under40++)
      for (let from60 = 0; from60 <= 9; from60++) {
        const told = (part: number) => (part < 5 ? '·' : part)
        seen.add(`${under40 + from60} ${told(under40)} ${told(from60)}`, [under40, from60])
      }
    expect(seen.pinned((values) => values.size < 2 && few(values)).length).toBeGreaterThan(10)
  })
})

test('a number is rounded to the nearest five: 12 is 10, 13 is 15', () => {
  expect([0, 2, 3, 7, 8, 12, 13].map(rounded)).toEqual([0, 0, 5, 5, 10, 10, 15])
})
