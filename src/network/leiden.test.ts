import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chanceFrom, wholeBelow } from './chance.ts'
import { leiden } from './leiden.ts'
import { adjustedRandIndex, modularity } from './modularity.ts'
import { type Network, networkFrom } from './network.ts'
import { dolphins, zachary } from './test-networks.ts'

const rounds = Number.POSITIVE_INFINITY

/** Many groups in which everybody knows everybody, each tied to the next by one tie, in a ring. */
function ringOfCliques(cliques: number, size: number): Network {
  const ends: number[] = []
  for (let c = 0; c < cliques; c++) {
    for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) ends.push(c * size + a, c * size + b)
    ends.push(c * size, (((c + 1) % cliques) * size + 1) % (cliques * size))
  }
  return networkFrom(cliques * size, ends)
}

/** Walks from one of each community, through its own people only. */
function allConnected({ people, start, neighbour }: Network, of: Int32Array): boolean {
  const reached = new Set<number>()
  const begun = new Set<number>()
  for (let first = 0; first < people; first++) {
    if (begun.has(of[first] ?? -1)) continue
    begun.add(of[first] ?? -1)
    const walk = [first]
    reached.add(first)
    for (let u = walk.pop(); u !== undefined; u = walk.pop())
      for (const v of neighbour.subarray(start[u], start[u + 1]))
        if (of[v] === of[u] && !reached.has(v)) {
          reached.add(v)
          walk.push(v)
        }
  }
  return reached.size === people
}

const someNetwork = fc
  .record({ people: fc.integer({ min: 1, max: 24 }), ties: fc.nat(60), seed: fc.nat(1e6), weighted: fc.boolean() })
  .map(({ people, ties, seed, weighted }) => {
    const chance = chanceFrom(seed)
    const ends = Array.from({ length: 2 * ties }, () => wholeBelow(chance, people))
    const weights = Array.from({ length: ties }, () => 0.25 + 4 * chance())
    return networkFrom(people, ends, weighted ? weights : undefined, { repeated: 'sum', loops: 'drop' })
  })

describe('known answers', () => {
  test('the karate club has 4 communities and modularity 0.4198 (Brandes et al. 2008)', () => {
    const { count, modularity: height } = leiden(zachary, { rounds })
    expect(count).toBe(4)
    expect(height).toBeCloseTo(0.41979, 5)
  })

  test('the best of 40 seeds gives the dolphins 0.5285 (Brandes et al. 2008)', () => {
    const best = Math.max(...Array.from({ length: 40 }, (_, seed) => leiden(dolphins, { seed, rounds }).modularity))
    expect(best).toBeCloseTo(0.5285, 4)
  })

  test('of 30 cliques of 5 in a ring, modularity joins two and two: 0.888 (Fortunato & Barthélemy 2007)', () => {
    const tries = Array.from({ length: 20 }, (_, seed) => leiden(ringOfCliques(30, 5), { seed, rounds }))
    const best = tries.toSorted((a, b) => b.modularity - a.modularity)[0]
    expect(best?.count).toBe(15)
    expect(best?.modularity).toBeCloseTo(0.888, 3)
  })

  test('with resolution 3 each clique is found', () => {
    const { count, of } = leiden(ringOfCliques(30, 5), { resolution: 3 })
    expect(count).toBe(30)
    expect(
      adjustedRandIndex(
        of,
        Int32Array.from(of, (_, u) => Math.floor(u / 5)),
      ),
    ).toBe(1)
  })

  test('with resolution 0 whoever can reach each other is one community', () => {
    expect(leiden(networkFrom(5, [0, 1, 1, 2, 3, 4]), { resolution: 0, rounds }).of).toEqual(
      Int32Array.of(0, 0, 0, 1, 1),
    )
  })

  test('weights decide: of a square, the heavy ties stay together', () => {
    expect(leiden(networkFrom(4, [0, 1, 1, 2, 2, 3, 0, 3], [9, 1, 9, 1])).of).toEqual(Int32Array.of(0, 0, 1, 1))
    expect(leiden(networkFrom(4, [0, 1, 1, 2, 2, 3, 0, 3], [1, 9, 1, 9])).of).toEqual(Int32Array.of(0, 1, 1, 0))
  })
})

describe('whatever the network', () => {
  test('every community is connected, the sizes are right, and the largest comes first', () => {
    fc.assert(
      fc.property(someNetwork, fc.nat(1000), (network, seed) => {
        const { count, of, sizes } = leiden(network, { seed })
        expect(allConnected(network, of)).toBe(true)
        expect(sizes).toEqual(Int32Array.from({ length: count }, (_, c) => of.filter((mine) => mine === c).length))
        expect(sizes).toEqual(sizes.slice().sort((a, b) => b - a))
      }),
    )
  })

  test('modularity never falls from round to round, nor below everybody alone', () => {
    fc.assert(
      fc.property(someNetwork, fc.nat(1000), (network, seed) => {
        const found = leiden(network, { seed, rounds })
        const alone = modularity(
          network,
          Int32Array.from({ length: network.people }, (_, u) => u),
        )
        const heights = [alone, ...found.rounds]
        for (let i = 1; i < heights.length; i++)
          expect(heights[i] ?? 0).toBeGreaterThanOrEqual((heights[i - 1] ?? 0) - 1e-9)
        expect(heights.at(-1)).toBeCloseTo(found.modularity, 9)
      }),
    )
  })

  test('when it is done, nobody gains by moving, alone or to another community, and no two communities by joining', () => {
    fc.assert(
      fc.property(someNetwork, (network) => {
        const { count, of, modularity: height } = leiden(network, { rounds })
        const unused = count < network.people ? [count] : []
        for (let u = 0; u < network.people; u++)
          for (const c of [...Array(count).keys(), ...unused])
            expect(modularity(network, of.with(u, c))).toBeLessThanOrEqual(height + 1e-8)
        for (let a = 0; a < count; a++)
          for (let b = 0; b < a; b++)
            expect(
              modularity(
                network,
                of.map((c) => (c === a ? b : c)),
              ),
            ).toBeLessThanOrEqual(height + 1e-8)
      }),
      { numRuns: 40 },
    )
  })

  test('the same seed finds the same, and other numbers for the same people nearly as good', () => {
    fc.assert(
      fc.property(someNetwork, fc.nat(1000), (network, seed) => {
        expect(leiden(network, { seed })).toEqual(leiden(network, { seed }))
        const ends: number[] = []
        const weights: number[] = []
        const last = network.people - 1
        for (let u = 0; u < network.people; u++)
          for (let half = network.start[u] ?? 0; half < (network.start[u + 1] ?? 0); half++) {
            const v = network.neighbour[half] ?? 0
            if (u > v) continue
            ends.push(last - u, last - v)
            weights.push(network.weight?.[half] ?? 1)
          }
        const backwards = networkFrom(network.people, ends, weights)
        // One walk may end on a lower hill, further down the fewer the people are; the best of a few is what the numbers may not change.
        const best = (one: Network) =>
          Math.max(...Array.from({ length: 8 }, (_, at) => leiden(one, { seed: seed + at, rounds }).modularity))
        expect(Math.abs(best(network) - best(backwards))).toBeLessThan(0.08)
      }),
    )
  })

  test('the unit of the weights is of no account', () => {
    fc.assert(
      fc.property(someNetwork, (network) => {
        if (!network.weight) return
        const inAnother = { ...network, weight: network.weight.map((w) => w * 2 ** 20) }
        expect(leiden(inAnother)).toEqual(leiden(network))
      }),
    )
  })
})

describe('small and odd', () => {
  test('nobody, one person, and people without ties', () => {
    expect(leiden(networkFrom(0, []))).toEqual({
      count: 0,
      of: new Int32Array(),
      sizes: new Int32Array(),
      modularity: 0,
      rounds: [],
    })
    expect(leiden(networkFrom(1, [])).of).toEqual(Int32Array.of(0))
    expect(leiden(networkFrom(3, [])).of).toEqual(Int32Array.of(0, 1, 2))
  })

  test('a tie that weighs nothing holds nobody together', () => {
    expect(leiden(networkFrom(3, [0, 1, 1, 2], [0, 5])).of).toEqual(Int32Array.of(1, 0, 0))
    expect(leiden(networkFrom(2, [0, 1], [0])).count).toBe(2)
  })

  test('a resolution, a seed or a number of rounds that is none is refused', () => {
    expect(() => leiden(zachary, { resolution: -1 })).toThrow(RangeError)
    expect(() => leiden(zachary, { resolution: Number.NaN })).toThrow(RangeError)
    expect(() => leiden(zachary, { seed: 0.5 })).toThrow(RangeError)
    expect(() => leiden(zachary, { rounds: 0 })).toThrow(RangeError)
  })
})
