import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjustedRandIndex, modularity } from './modularity.ts'
import { type Network, NotANetwork, networkFrom } from './network.ts'
import { zachary } from './test-networks.ts'

/** The definition, pair by pair: what is there less what chance would put there, for all pairs in the same community. */
function pairByPair({ people, start, neighbour, weight }: Network, of: ArrayLike<number>, resolution: number): number {
  const tie = Array.from({ length: people }, () => new Array<number>(people).fill(0))
  for (let u = 0; u < people; u++)
    for (let half = start[u] ?? 0; half < (start[u + 1] ?? 0); half++)
      (tie[u] ?? [])[neighbour[half] ?? 0] = weight?.[half] ?? 1
  const strength = tie.map((row) => row.reduce((sum, w) => sum + w, 0))
  const all = strength.reduce((sum, k) => sum + k, 0)
  if (all === 0) return 0
  let sum = 0
  for (let u = 0; u < people; u++)
    for (let v = 0; v < people; v++)
      if (of[u] === of[v]) sum += (tie[u]?.[v] ?? 0) - (resolution * (strength[u] ?? 0) * (strength[v] ?? 0)) / all
  return sum / all
}

const twoTriangles = networkFrom(6, [0, 1, 1, 2, 0, 2, 3, 4, 4, 5, 3, 5, 2, 3])

describe('modularity', () => {
  test('two triangles with one tie between them: 6/7 inside, 1/2 by chance', () => {
    expect(modularity(twoTriangles, [0, 0, 0, 1, 1, 1])).toBeCloseTo(6 / 7 - 1 / 2, 12)
    expect(modularity(twoTriangles, [0, 0, 0, 1, 1, 1], 2)).toBeCloseTo(6 / 7 - 1, 12)
  })

  test('everybody in one community is worth 0', () => {
    expect(modularity(zachary, new Int32Array(34))).toBeCloseTo(0, 12)
  })

  test('the karate club as it split in two: 0.3582 (Newman 2006)', () => {
    const withThePresident = [9, 14, 15, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33]
    const split = Array.from({ length: 34 }, (_, u) => (withThePresident.includes(u) ? 1 : 0))
    expect(modularity(zachary, split)).toBeCloseTo(0.3582, 4)
  })

  test('as the definition says, pair by pair', () => {
    const net = fc.integer({ min: 1, max: 9 }).chain((people) =>
      fc.record({
        people: fc.constant(people),
        ties: fc.array(fc.tuple(fc.nat(people - 1), fc.nat(people - 1), fc.integer({ min: 0, max: 9 })), {
          maxLength: 25,
        }),
        of: fc.array(fc.nat(people - 1), { minLength: people, maxLength: people }),
        resolution: fc.constantFrom(0, 0.5, 1, 3),
      }),
    )
    fc.assert(
      fc.property(net, ({ people, ties, of, resolution }) => {
        const ends = ties.flatMap((tie) => tie.slice(0, 2))
        const weights = ties.map(([, , w]) => w)
        const network = networkFrom(people, ends, weights, { repeated: 'sum', loops: 'drop' })
        expect(modularity(network, of, resolution)).toBeCloseTo(pairByPair(network, of, resolution), 10)
      }),
    )
  })

  test('nobody, nobody with a tie, and ties that weigh nothing are worth 0; no sum overflows', () => {
    expect(modularity(networkFrom(0, []), [])).toBe(0)
    expect(modularity(networkFrom(2, []), [0, 1])).toBe(0)
    expect(modularity(networkFrom(2, [0, 1], [0]), [0, 0])).toBe(0)
    expect(modularity(networkFrom(4, [0, 1, 2, 3], [1e308, 1e308]), [0, 0, 1, 1])).toBe(0.5)
  })

  test('what is no division is refused, with the person', () => {
    expect(() => modularity(twoTriangles, [0, 0, 0])).toThrow(NotANetwork)
    expect(() => modularity(twoTriangles, [0, 0, 0, 6, 0, 0])).toThrow('person 3 is in community 6')
    expect(() => modularity(twoTriangles, [0, 0, 0, 0, 0, Number.NaN])).toThrow('person 5')
    expect(() => modularity(twoTriangles, [0, 0, 0, 0, 0, 0], Number.NaN)).toThrow(RangeError)
  })
})

describe('the adjusted Rand index', () => {
  test.each([
    { one: [0, 0, 1, 1], other: [1, 1, 0, 0], index: 1 },
    { one: [0, 0, 1, 2], other: [0, 0, 1, 1], index: 4 / 7 },
    { one: [0, 0, 0, 0], other: [0, 1, 2, 3], index: 0 },
    { one: [0, 0, 1, 1], other: [0, 1, 0, 1], index: -0.5 },
    { one: [0, 0, 0], other: [2, 2, 2], index: 1 },
    { one: [0], other: [0], index: 1 },
    { one: [], other: [], index: 1 },
  ])('of $one and $other is $index', ({ one, other, index }) => {
    expect(adjustedRandIndex(one, other)).toBeCloseTo(index, 12)
    expect(adjustedRandIndex(other, one)).toBeCloseTo(index, 12)
  })

  test('divisions of different people are not compared', () => {
    expect(() => adjustedRandIndex([0, 0], [0])).toThrow(NotANetwork)
  })
})
