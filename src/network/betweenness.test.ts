import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betweenness, planBetweenness } from './betweenness.ts'
import { type Network, networkFrom } from './network.ts'
import {
  anyNetwork,
  anyNumbering,
  clique,
  dolphins,
  kite,
  path,
  ring,
  star,
  stepsFrom,
  table,
  zachary,
} from './test-networks.ts'

const sum = (figures: Iterable<number>) => [...figures].reduce((all, one) => all + one, 0)

/** How many shortest paths lead from each to each, by walking outward; and how many steps they have. */
function pathsOf(network: Network) {
  const known = table(network)
  const steps = known.map((_, u) => stepsFrom(network, u))
  const paths = steps.map((far, from) => {
    const count = far.map((_, to) => +(to === from))
    const outward = [...far.keys()].filter((v) => Number.isFinite(far[v])).sort((a, b) => (far[a] ?? 0) - (far[b] ?? 0))
    for (const v of outward)
      if (v !== from)
        count[v] = sum([...(known[v] ?? [])].filter((u) => far[u] === (far[v] ?? 0) - 1).map((u) => count[u] ?? 0))
    return count
  })
  return { steps, paths }
}

/** Every pair, every person between: paths(s,v) × paths(v,t) / paths(s,t) where v lies on the way. */
function slowly(network: Network): number[] {
  const { steps, paths } = pathsOf(network)
  return steps.map((_, v) => {
    let all = 0
    for (let s = 0; s < network.people; s++)
      for (let t = 0; t < s; t++) {
        const whole = steps[s]?.[t] ?? 0
        if (s === v || t === v || whole === Infinity || (steps[s]?.[v] ?? 0) + (steps[v]?.[t] ?? 0) !== whole) continue
        all += ((paths[s]?.[v] ?? 0) * (paths[v]?.[t] ?? 0)) / (paths[s]?.[t] ?? 1)
      }
    return all
  })
}

describe('betweenness', () => {
  test("in Krackhardt's kite Heather stands between most, then Fernando and Garth, then Ike", () => {
    const expected = [5 / 6, 5 / 6, 0, 11 / 3, 0, 25 / 3, 25 / 3, 14, 8, 0]
    const { of } = betweenness(kite)
    expected.forEach((figure, person) => {
      expect(of[person]).toBeCloseTo(figure, 12)
    })
  })

  test('in the karate club the instructor stands between 231.07 pairs, the president between 160.55', () => {
    const { of, sources } = betweenness(zachary)
    expect(of[0]).toBeCloseTo(231.0714, 4)
    expect(of[33]).toBeCloseTo(160.5516, 4)
    // 28 in one block and 6 in another, the instructor in both; member 12 hangs on the instructor alone and is no source.
    expect(sources).toBe(34)
  })

  test('the middle of a star has all pairs of the others, the ends of a path none, a clique nobody', () => {
    expect([...betweenness(star(6)).of]).toEqual([10, 0, 0, 0, 0, 0])
    expect([...betweenness(path(5)).of]).toEqual([0, 3, 4, 3, 0])
    expect(betweenness(clique(5)).of).toEqual(new Float64Array(5))
    expect(sum(betweenness(ring(6)).of)).toBeCloseTo(12, 12)
  })

  test('nobody, one person and two have defined answers', () => {
    for (const people of [0, 1, 2]) expect(betweenness(networkFrom(people, [])).of).toEqual(new Float64Array(people))
    expect(betweenness(path(2), { sources: 1 }).of).toEqual(new Float64Array(2))
  })

  test('is what trying every pair and every person between gives', () => {
    fc.assert(
      fc.property(anyNetwork(), (network) => {
        const { of, error } = betweenness(network)
        slowly(network).forEach((figure, person) => {
          expect(of[person]).toBeCloseTo(figure, 10)
        })
        expect(error).toEqual(new Float64Array(network.people))
      }),
    )
  })

  test('another numbering of the people changes nothing', () => {
    fc.assert(
      fc.property(anyNumbering(), ({ network, order, renumbered }) => {
        const [one, other] = [betweenness(network).of, betweenness(renumbered).of]
        order.forEach((now, before) => {
          expect(other[now]).toBeCloseTo(one[before] ?? Number.NaN, 10)
        })
      }),
    )
  })

  test('everybody together stands between as many as the steps of all pairs less one each', () => {
    const { steps } = pathsOf(dolphins)
    const between = sum(steps.flat()) / 2 - (62 * 61) / 2
    expect(sum(betweenness(dolphins).of)).toBeCloseTo(between, 9)
  })
})

describe('sampled betweenness', () => {
  test('with all sources is the exact one', () => {
    expect(betweenness(dolphins, { sources: 62 })).toEqual(betweenness(dolphins))
  })

  test('is right on average over samples, and its error is of the right size', () => {
    const exact = betweenness(dolphins).of
    const samples = Array.from({ length: 400 }, (_, seed) => betweenness(dolphins, { sources: 12, seed }))
    const most = [...exact.keys()].sort((a, b) => (exact[b] ?? 0) - (exact[a] ?? 0)).slice(0, 8)
    for (const u of most) {
      const figures = samples.map(({ of }) => of[u] ?? 0)
      const mean = sum(figures) / 400
      const real = Math.sqrt(sum(figures.map((figure) => (figure - mean) ** 2)) / 399)
      const told = Math.sqrt(sum(samples.map(({ error }) => (error[u] ?? 0) ** 2)) / 400)
      expect(Math.abs(mean - (exact[u] ?? 0))).toBeLessThan((4 * real) / 20)
      expect(told / real).toBeGreaterThan(0.6)
      expect(told / real).toBeLessThan(2.5)
    }
  })

  test('tends to the exact one as the sources become more', () => {
    const exact = betweenness(dolphins).of
    const off = (sources: number) =>
      sum(
        Array.from({ length: 20 }, (_, seed) =>
          sum(betweenness(dolphins, { sources, seed }).of.map((figure, u) => Math.abs(figure - (exact[u] ?? 0)))),
        ),
      )
    const errors = [4, 12, 40].map(off)
    expect(errors).toEqual(errors.toSorted((a, b) => b - a))
  })

  test('two halves of a network that hang on one person: whoever has many behind them is always a source', () => {
    const leaves = 40
    const ends = [0, 1, 1, 2, 2, 3, 3, 0]
    for (let leaf = 0; leaf < leaves; leaf++) ends.push(0, 4 + leaf)
    const { runs } = planBetweenness(networkFrom(4 + leaves, ends), { sources: 2 })
    expect(runs.some((run) => run.unasked === 0 && run.times.includes(leaves + 1))).toBe(true)
  })

  test('never gives less than nothing or NaN, and the same seed gives the same figures', () => {
    fc.assert(
      fc.property(anyNetwork(), fc.integer({ min: 1, max: 20 }), fc.nat(), (network, sources, seed) => {
        const once = betweenness(network, { sources, seed })
        expect(betweenness(network, { sources, seed })).toEqual(once)
        for (const figure of [...once.of, ...once.error]) expect(figure).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test.each([0, -1, 1.5, Number.NaN, Infinity])('%d is not a number of sources', (sources) => {
    expect(() => betweenness(zachary, { sources })).toThrow(RangeError)
  })
})
