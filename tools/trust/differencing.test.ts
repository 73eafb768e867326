import { describe, expect, test } from 'vitest'
import { type People, publishPeople } from '../../src/shares/breakdown.ts'
import { publish } from '../../src/shares/published.ts'
import { cluesOf, targetsOf, toldIn, unknowns } from './differencing/pages.ts'
import { Solver } from './differencing/solver.ts'
import { differencing } from './differencing.ts'

const villages = Number(process.env.OPLIVE_VILLAGES ?? 200)
const seed = Number(process.env.OPLIVE_SEED ?? 20281128)

// Invariant 5 of method 9, in its own words.
describe('no share is shown for n<5; no percent for n<10; suppression cannot be undone by subtraction', () => {
  test('who takes every number that any role can get, over eight quarters, finds no cell of one to four, nobody like all others, and no hidden cell', {
    timeout: 60_000,
  }, () => {
    const found = differencing({ villages, seed })
    expect(found.examples).toEqual([])
    expect(found).toMatchObject({ recovered: 0, unanimous: 0, hidden: 0, inside: { found: 0 } })
    expect(found.cells).toBeGreaterThan(villages * 50)
    expect(found.inside.groups).toBeGreaterThan(villages)
  })

  test('four answers have no share, and nine no percent, whoever looks', () => {
    for (const audience of ['community', 'municipality'] as const)
      for (let answered = 0; answered < 10; answered++)
        for (let yes = 0; yes <= answered; yes++) {
          const shown = publish({ yes, answered, attended: null, audience })
          if (answered < 5) expect(shown).toEqual({ kind: 'too-few' })
          expect(shown).not.toHaveProperty('percent')
        }
  })

  test('the same solver undoes exact numbers that are hidden one by one and counted each quarter', () => {
    const found = differencing({ villages: 20, seed, control: 'exact' })
    for (const what of ['recovered', 'unanimous', 'hidden'] as const) expect(found[what], what).toBeGreaterThan(20)
  })

  test('the same solver undoes hidden places by an exact total of any places', () => {
    const found = differencing({ villages: 100, seed, control: 'totals' })
    expect(found.hidden + found.recovered).toBeGreaterThan(3)
  })

  test('who knows who came finds their ages where a place is counted again each quarter', () => {
    expect(differencing({ villages: 60, seed, control: 'restless' }).inside.found).toBeGreaterThan(1)
  })
})

describe('the solver', () => {
  test('knows that 10 and 3 are 13, and that of 13 and 10 three are left', () => {
    const solver = new Solver(2, [
      { plus: [0, 1], low: 13, high: 13 },
      { plus: [0], low: 10, high: 10 },
    ])
    expect(solver.bounds({ plus: [1] })).toEqual({ low: 3, high: 3 })
  })

  test('takes the one of two ways that is left', () => {
    const ways = [[{ plus: [0], low: 0, high: 4 }], [{ plus: [1], low: 0, high: 4 }]]
    const solver = new Solver(2, [{ plus: [0, 1], low: 20, high: 20 }, { plus: [0], low: 6, high: 20 }, { any: ways }])
    expect(solver.bounds({ plus: [0] })).toEqual({ low: 16, high: 20 })
  })

  test('knows as much of a page of up to twelve people as one who tries everybody there can be', () => {
    // For each page and each group, the least and the most of all the worlds that give it.
    const truth = new Map<
      string,
      { shown: ReturnType<typeof publishPeople>; bounds: { low: number; high: number }[] }
    >()
    const most = 17
    for (let young = 0; young <= most; young++)
      for (let old = 0; young + old <= most; old++)
        for (let middle = 0; young + old + middle <= most; middle++)
          for (let silent = 0; young + old + middle + silent <= most; silent++) {
            const ages = { '15-17': 0, '18-24': 0, '25-39': young, '40-59': middle, '60-74': old, '75+': 0 }
            const people: People = { all: young + old + middle + silent, ages, members: 0 }
            const shown = publishPeople(people, false)
            const key = JSON.stringify(shown)
            const values = targetsOf(people, toldIn(shown)).map((target) => target.truth)
            const known = truth.get(key) ?? { shown, bounds: values.map(() => ({ low: Infinity, high: -Infinity })) }
            for (const [at, value] of values.entries()) {
              const bounds = known.bounds[at]
              if (bounds) known.bounds[at] = { low: Math.min(bounds.low, value), high: Math.max(bounds.high, value) }
            }
            truth.set(key, known)
          }
    const groups = ['all', 'under40', 'from60', 'from40to59', 'silent', 'U', 'M', 'S', 'UM', 'US', 'MS']
    let tried = 0
    for (const { shown, bounds } of truth.values()) {
      // Larger worlds than these give the page of 15 too.
      if ((shown.all ?? 0) > 12) continue
      // Nobody here is under 25, over 75 or a member; the solver is told so.
      const nobody = [0, 1, 5, 7].map((one) => ({ plus: [one], low: 0, high: 0 }))
      const solver = new Solver(unknowns, [...cluesOf(shown, false), ...nobody])
      for (const [at, { name, number }] of targetsOf({ all: 0, ages: noAges, members: 0 }, toldIn(shown)).entries()) {
        if (!groups.includes(name)) continue
        tried++
        expect(solver.bounds({ plus: [number] }), `${name} of ${JSON.stringify(shown)}`).toEqual(bounds[at])
      }
    }
    expect(tried).toBeGreaterThan(20)
  })
})

const noAges = { '15-17': 0, '18-24': 0, '25-39': 0, '40-59': 0, '60-74': 0, '75+': 0 }
