import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clustering } from './clustering.ts'
import { networkFrom } from './network.ts'
import { anyNetwork, anyNumbering, clique, dolphins, path, star, table, zachary } from './test-networks.ts'

test('the karate club has 45 triangles: mean 0.5706, transitivity 0.2557', () => {
  const { triangles, mean, transitivity } = clustering(zachary)
  expect(triangles.reduce((sum, one) => sum + one, 0) / 3).toBe(45)
  expect(mean).toBeCloseTo(0.5706, 4)
  expect(transitivity).toBeCloseTo(0.2557, 4)
})

test('the dolphins have 95 triangles: mean 0.2590, transitivity 0.3088', () => {
  const { triangles, mean, transitivity } = clustering(dolphins)
  expect(triangles.reduce((sum, one) => sum + one, 0) / 3).toBe(95)
  expect(mean).toBeCloseTo(0.259, 3)
  expect(transitivity).toBeCloseTo(0.3088, 4)
})

test('all know all in a clique; in a star and on a path nobody knows two who know each other', () => {
  expect(clustering(clique(5))).toMatchObject({ mean: 1, transitivity: 1 })
  for (const open of [star(5), path(5)]) expect(clustering(open)).toMatchObject({ mean: 0, transitivity: 0 })
})

test('nobody, and people without ties, have defined answers', () => {
  for (const people of [0, 1, 3])
    expect(clustering(networkFrom(people, []))).toMatchObject({ mean: 0, transitivity: 0 })
})

test('is what asking every pair of neighbours gives', () => {
  fc.assert(
    fc.property(anyNetwork(), (network) => {
      const known = table(network)
      const { triangles, local } = clustering(network)
      known.forEach((row, u) => {
        const pairs = [...row].flatMap((a) => [...row].filter((b) => b > a).map((b) => known[a]?.has(b)))
        const closed = pairs.filter(Boolean).length
        expect(triangles[u]).toBe(closed)
        expect(local[u]).toBe(pairs.length === 0 ? 0 : closed / pairs.length)
      })
    }),
  )
})

test('another numbering of the people changes nothing', () => {
  fc.assert(
    fc.property(anyNumbering(), ({ network, order, renumbered }) => {
      const [one, other] = [clustering(network), clustering(renumbered)]
      order.forEach((now, before) => {
        expect(other.local[now]).toBe(one.local[before])
      })
      expect(other.transitivity).toBe(one.transitivity)
    }),
  )
})
