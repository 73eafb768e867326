import { describe, expect, test } from 'vitest'
import { networkFrom } from './network.ts'
import { phaseOf } from './phase.ts'
import { clique, path, star, stepsFrom, zachary } from './test-networks.ts'

/** Betweenness from the distances between all, as the definition has it. */
function slowBetweenness(network: ReturnType<typeof star>): number[] {
  const all = [...Array(network.people).keys()]
  const steps = all.map((u) => stepsFrom(network, u))
  const far = (a: number, b: number) => steps[a]?.[b] ?? Infinity
  const ways = all.map((a) => {
    const count: number[] = all.map((b) => (a === b ? 1 : 0))
    for (const b of all.toSorted((x, y) => far(a, x) - far(a, y)))
      if (b !== a && far(a, b) < Infinity)
        count[b] = all
          .filter((v) => far(v, b) === 1 && far(a, v) === far(a, b) - 1)
          .reduce((sum, v) => sum + (count[v] ?? 0), 0)
    return count
  })
  const way = (a: number, b: number) => ways[a]?.[b] ?? 0
  return all.map((v) =>
    all.reduce(
      (sum, a) =>
        sum +
        all
          .filter((b) => a < b && a !== v && b !== v && far(a, b) < Infinity && far(a, v) + far(v, b) === far(a, b))
          .reduce((own, b) => own + (way(a, v) * way(v, b)) / way(a, b), 0),
      0,
    ),
  )
}

describe('the phase of a network (method 4.5)', () => {
  test('a star is one hub, told whether an employee', () => {
    const staff = Uint8Array.of(1, 0, 0, 0, 0)
    expect(phaseOf(star(5), slowBetweenness(star(5)), staff)).toEqual({
      phase: 'hub',
      because: 'one stands between most',
      largestShare: 1,
      topShare: 1,
      top: 0,
      topIsStaff: true,
      twoCoreShare: 0,
    })
  })

  test('the karate club, where the instructor holds 0.29, has several hubs', () => {
    const found = phaseOf(zachary, slowBetweenness(zachary))
    expect(found).toMatchObject({ phase: 'multi_hub', because: 'a few stand between many', top: 0, topIsStaff: false })
    expect(found.topShare).toBeCloseTo(0.29, 2)
  })

  test('below 0.15 it is core and periphery when half are in the 2-core, and else several hubs (Kapferer’s workshop: 0.20, 0.13)', () => {
    const even = (n: number) => new Array(n).fill(1)
    expect(phaseOf(clique(10), [1.3, ...even(9)])).toMatchObject({ phase: 'core_periphery', because: 'many carry it' })
    expect(phaseOf(clique(10), [2.25, ...even(9)])).toMatchObject({ phase: 'multi_hub', topShare: 0.2 })
    const because = 'fewer than half are in the core'
    expect(phaseOf(path(12), slowBetweenness(path(12)))).toMatchObject({ phase: 'multi_hub', because, twoCoreShare: 0 })
  })

  test('when fewer than half hang together it is scattered, whatever else', () => {
    const three = networkFrom(9, [0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8])
    expect(phaseOf(three, slowBetweenness(three))).toMatchObject({
      phase: 'scattered',
      because: 'fewer than half hang together',
      largestShare: 3 / 9,
    })
  })

  test('nobody, one person, no ties, a pair, a clique: defined answers', () => {
    expect(phaseOf(networkFrom(0, []), [])).toMatchObject({ phase: null, because: 'nobody is there', top: -1 })
    expect(phaseOf(networkFrom(1, []), [0])).toMatchObject({ phase: 'scattered', topShare: 0 })
    expect(phaseOf(networkFrom(5, []), [0, 0, 0, 0, 0])).toMatchObject({ phase: 'scattered' })
    expect(phaseOf(path(2), [0, 0])).toMatchObject({ phase: 'scattered', because: 'nobody stands between others' })
    expect(phaseOf(clique(5), [0, 0, 0, 0, 0])).toMatchObject({ phase: 'core_periphery', topShare: 0 })
  })
})
