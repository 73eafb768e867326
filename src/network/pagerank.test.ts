import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Network, networkFrom } from './network.ts'
import { pagerank } from './pagerank.ts'
import { anyNetwork, anyNumbering, clique, ring, star, table, zachary } from './test-networks.ts'

const sum = (figures: Iterable<number>) => [...figures].reduce((all, one) => all + one, 0)

/** The walk itself, taken step after step until it stands still. */
function slowly(network: Network, damping = 0.85): number[] {
  const known = table(network)
  let ranks = known.map(() => 1 / network.people)
  for (let step = 0; step < 400; step++) {
    const anew = sum(ranks.map((rank, u) => (known[u]?.size ? (1 - damping) * rank : rank))) / network.people
    ranks = known.map((row) => anew + damping * sum([...row].map((v) => (ranks[v] ?? 0) / (known[v]?.size ?? 1))))
  }
  return ranks
}

test('in the karate club the president has 0.1009, the instructor 0.0970', () => {
  const ranks = pagerank(zachary)
  expect(ranks[33]).toBeCloseTo(0.1009, 4)
  expect(ranks[0]).toBeCloseTo(0.097, 4)
})

test('where all are alike all have the same', () => {
  for (const even of [ring(8), clique(8), networkFrom(8, [])])
    for (const rank of pagerank(even)) expect(rank).toBeCloseTo(1 / 8, 12)
})

test('the middle of a star has what the equations of a star give', () => {
  // m = (1 - d)/n + d (1 - m), for the middle m of n.
  expect(pagerank(star(5))[0]).toBeCloseTo((0.15 / 5 + 0.85) / 1.85, 10)
})

test('a tie is followed by its weight, and one that weighs nothing is not', () => {
  const heavy = pagerank(networkFrom(3, [0, 1, 0, 2], [3, 1]))
  expect(heavy[1]).toBeCloseTo(0.05 + 0.85 * 0.75 * (heavy[0] ?? 0), 10)
  const light = pagerank(networkFrom(3, [0, 1, 1, 2], [1, 0]))
  expect(light[2]).toBeLessThan(light[0] ?? 0)
  expect(sum(pagerank(networkFrom(2, [0, 1], [0])))).toBe(1)
})

test('nobody has an answer', () => {
  expect(pagerank(networkFrom(0, []))).toEqual(new Float64Array())
})

test('without damping everybody has the same; a tolerance no figure can reach ends all the same', () => {
  for (const rank of pagerank(zachary, { damping: 0 })) expect(rank).toBeCloseTo(1 / 34, 12)
  expect(sum(pagerank(zachary, { damping: 0.99, tolerance: 1e-300 }))).toBeCloseTo(1, 12)
})

test('is where the walk itself stands still, with errors of at most 1e-10 together', () => {
  fc.assert(
    fc.property(anyNetwork(), (network) => {
      const slow = slowly(network)
      const ranks = pagerank(network)
      expect(sum(ranks.map((rank, u) => Math.abs(rank - (slow[u] ?? 0))))).toBeLessThan(1e-10)
      if (network.people > 0) expect(sum(ranks)).toBeCloseTo(1, 12)
    }),
    { numRuns: 40 },
  )
})

test('another numbering of the people changes nothing', () => {
  fc.assert(
    fc.property(anyNumbering(), ({ network, order, renumbered }) => {
      const [one, other] = [pagerank(network), pagerank(renumbered)]
      order.forEach((now, before) => {
        expect(other[now]).toBeCloseTo(one[before] ?? Number.NaN, 9)
      })
    }),
  )
})

test.each([{ damping: 1 }, { damping: -0.1 }, { damping: Number.NaN }, { tolerance: 0 }, { tolerance: Number.NaN }])(
  '%j is out of bounds',
  (options) => {
    expect(() => pagerank(zachary, options)).toThrow(RangeError)
  },
)
