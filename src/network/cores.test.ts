import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coresOf } from './cores.ts'
import { type Network, networkFrom } from './network.ts'
import { anyNetwork, anyNumbering, clique, dolphins, path, ring, star, table, zachary } from './test-networks.ts'

/** How many people have each core number, from 0. */
function peopleIn(network: Network): number[] {
  const counts: number[] = []
  for (const k of coresOf(network)) counts[k] = (counts[k] ?? 0) + 1
  return Array.from(counts, (count) => count ?? 0)
}

test('the karate club: one at its edge, ten in the fourth core', () => {
  expect(peopleIn(zachary)).toEqual([0, 1, 11, 12, 10])
})

test('the dolphins: nine at the edge, 36 in the fourth core', () => {
  expect(peopleIn(dolphins)).toEqual([0, 9, 8, 9, 36])
})

test('a path and a star have one core, a ring two, and a clique of six five', () => {
  for (const thin of [path(6), star(6)]) expect(coresOf(thin)).toEqual(new Int32Array(6).fill(1))
  expect(coresOf(ring(6))).toEqual(new Int32Array(6).fill(2))
  expect(coresOf(clique(6))).toEqual(new Int32Array(6).fill(5))
})

test('nobody and people without ties have defined answers', () => {
  expect(coresOf(networkFrom(0, []))).toEqual(new Int32Array())
  expect(coresOf(networkFrom(2, []))).toEqual(new Int32Array(2))
  expect(coresOf(clique(3), Uint8Array.of(1, 1, 1))).toEqual(new Int32Array(3))
})

/** Takes away everybody who knows fewer than k of those left, again and again. */
function slowly(network: Network, gone: Set<number>): number[] {
  const known = table(network)
  const core = known.map(() => 0)
  const left = new Set([...known.keys()].filter((u) => !gone.has(u)))
  for (let k = 1; left.size > 0; k++) {
    const few = () => [...left].find((u) => [...(known[u] ?? [])].filter((v) => left.has(v)).length < k)
    for (let u = few(); u !== undefined; u = few()) left.delete(u)
    for (const u of left) core[u] = k
  }
  return core
}

test('is what taking away one by one gives, with people away too', () => {
  fc.assert(
    fc.property(anyNetwork(), fc.infiniteStream(fc.nat(3)), (network, chance) => {
      const away = Uint8Array.from({ length: network.people }, () => +(chance.next().value === 0))
      const gone = new Set([...away.keys()].filter((u) => away[u] === 1))
      expect([...coresOf(network)]).toEqual(slowly(network, new Set()))
      expect([...coresOf(network, away)]).toEqual(slowly(network, gone))
    }),
  )
})

test('another numbering of the people changes nothing', () => {
  fc.assert(
    fc.property(anyNumbering(), ({ network, order, renumbered }) => {
      const [one, other] = [coresOf(network), coresOf(renumbered)]
      order.forEach((now, before) => {
        expect(other[now]).toBe(one[before])
      })
    }),
  )
})
