import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { degree, endsOf, halfOf, NotANetwork, networkFrom } from './network.ts'

const fold = { repeated: 'sum', loops: 'drop' } as const

/** People, pairs among them (loops and repeats too) and whole weights, so that sums are exact. */
const anyPairs = fc.integer({ min: 1, max: 12 }).chain((people) =>
  fc.record({
    people: fc.constant(people),
    pairs: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(people - 1), fc.nat(9)), { maxLength: 40 }),
  }),
)

function faultOf(build: () => unknown): { fault: string; at: number } {
  try {
    build()
  } catch (error) {
    if (error instanceof NotANetwork) return { fault: error.fault, at: error.at }
    throw error
  }
  throw new Error('nothing was wrong')
}

describe('a network', () => {
  test('a triangle with a tail has its rows sorted, each tie twice', () => {
    const tailed = networkFrom(5, [2, 0, 1, 0, 3, 2, 1, 2])
    expect(tailed).toEqual({
      people: 5,
      ties: 4,
      start: Int32Array.of(0, 2, 4, 7, 8, 8),
      neighbour: Int32Array.of(1, 2, 0, 2, 0, 1, 3, 2),
    })
    expect([0, 1, 2, 3, 4].map((person) => degree(tailed, person))).toEqual([2, 2, 3, 1, 0])
  })

  test('nobody at all, and people without ties, are networks', () => {
    expect(networkFrom(0, [])).toEqual({ people: 0, ties: 0, start: Int32Array.of(0), neighbour: new Int32Array() })
    expect(networkFrom(2, [])).toMatchObject({ people: 2, ties: 0, start: Int32Array.of(0, 0, 0) })
  })

  test('both halves of a tie weigh the same', () => {
    const { neighbour, weight } = networkFrom(3, Uint32Array.of(2, 1, 0, 1), [0.5, 3])
    expect([...neighbour]).toEqual([1, 0, 2, 1])
    expect([...(weight ?? [])]).toEqual([3, 3, 0.5, 0.5])
  })

  test('repeated ties are summed in either order, and loops left out, where that was asked for', () => {
    const { ties, neighbour, weight } = networkFrom(3, [0, 1, 2, 2, 1, 0, 1, 2], [1, 9, 2, 4], fold)
    expect(ties).toBe(2)
    expect([...neighbour]).toEqual([1, 0, 2, 1])
    expect([...(weight ?? [])]).toEqual([3, 3, 4, 4])
  })

  test('without weights a summed tie weighs as often as it stood there', () => {
    expect([...(networkFrom(3, [0, 1, 1, 0, 1, 2], undefined, fold).weight ?? [])]).toEqual([2, 2, 1, 1])
    expect(networkFrom(3, [0, 1, 1, 2], undefined, fold).weight).toBeUndefined()
  })

  test('is the same as a table of sums, however the pairs are ordered', () => {
    fc.assert(
      fc.property(anyPairs, ({ people, pairs }) => {
        const table = new Map<string, number>()
        for (const [a, b, weight] of pairs)
          if (a !== b) for (const key of [`${a} ${b}`, `${b} ${a}`]) table.set(key, (table.get(key) ?? 0) + weight)
        const ends: number[] = []
        for (const [a, b] of pairs) ends.push(a, b)
        const weights = pairs.map(([, , weight]) => weight)
        const network = networkFrom(people, ends, weights, fold)
        expect(network.neighbour.length).toBe(table.size)
        for (let a = 0; a < people; a++) {
          const row = network.neighbour.subarray(network.start[a], network.start[a + 1])
          expect([...row]).toEqual([...row].sort((one, other) => one - other))
          for (let b = 0; b < people; b++) {
            const half = halfOf(network, a, b)
            expect(half < 0 ? undefined : network.weight?.[half]).toBe(table.get(`${a} ${b}`))
          }
        }
        const turned = networkFrom(people, ends.toReversed(), weights.toReversed(), fold)
        expect(turned).toEqual(network)
        expect(networkFrom(people, endsOf(network)).neighbour).toEqual(network.neighbour)
      }),
    )
  })
})

describe('what is no network says where', () => {
  test.each([
    [[0, 1, 1, 3], 1],
    [[0, 1, -1, 2], 1],
    [[0.5, 1], 0],
    [[Number.NaN, 1], 0],
    [[0, 1, 1, 2, 2, 2 ** 32], 2],
  ])('%j holds somebody who is not among three people', (ends, at) => {
    expect(faultOf(() => networkFrom(3, ends, undefined, fold))).toEqual({ fault: 'id', at })
  })

  test('a loop', () => {
    expect(faultOf(() => networkFrom(3, [0, 1, 2, 2]))).toEqual({ fault: 'loop', at: 1 })
  })

  test('a repeated tie, in either order', () => {
    expect(faultOf(() => networkFrom(3, [0, 1, 1, 2, 1, 0]))).toEqual({ fault: 'repeated', at: 2 })
    expect(faultOf(() => networkFrom(3, [0, 1, 2, 2, 1, 0], undefined, { loops: 'drop' }))).toMatchObject({ at: 2 })
  })

  test.each([-1, Number.NaN, Infinity, -Infinity])('a tie that weighs %d', (weight) => {
    expect(faultOf(() => networkFrom(3, [0, 1, 1, 2], [1, weight]))).toEqual({ fault: 'weight', at: 1 })
  })

  test('sums that pass every number', () => {
    const huge = Number.MAX_VALUE
    expect(faultOf(() => networkFrom(2, [0, 1, 0, 1], [huge, huge], fold))).toMatchObject({ fault: 'weight' })
  })

  test('half a tie, too few weights, and a number of people that is none', () => {
    expect(faultOf(() => networkFrom(3, [0, 1, 2]))).toEqual({ fault: 'shape', at: 1 })
    expect(faultOf(() => networkFrom(3, [0, 1], [])).fault).toBe('shape')
    for (const people of [-1, 1.5, Number.NaN, 2 ** 31])
      expect(faultOf(() => networkFrom(people, [])).fault).toBe('shape')
  })
})
