import fc from 'fast-check'
import { expect, test } from 'vitest'
import { componentsOf } from './components.ts'
import { cutsOf } from './cuts.ts'
import { endsOf, type Network, networkFrom } from './network.ts'
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
  zachary,
} from './test-networks.ts'

const peopleCutIn = (network: Network) => [...cutsOf(network).cutPeople].flatMap((cut, u) => (cut ? [u] : []))
const apart = (network: Network) => componentsOf(network).count

test('the one cut person of the karate club is its instructor, and its one bridge leads to member 12', () => {
  const { cutPeopleCount, bridges } = cutsOf(zachary)
  expect(peopleCutIn(zachary)).toEqual([0])
  expect(cutPeopleCount).toBe(1)
  expect([...bridges]).toEqual([0, 11])
})

test("in Krackhardt's kite Heather and Ike hold the tail", () => {
  expect(peopleCutIn(kite)).toEqual([7, 8])
  expect([...cutsOf(kite).bridges]).toEqual([7, 8, 8, 9])
})

test('the dolphins who know one other hang on a bridge each', () => {
  const { bridges, cutPeopleCount } = cutsOf(dolphins)
  expect(bridges.length / 2).toBe(9)
  expect(cutPeopleCount).toBe(7)
})

test('a star has one cut person and bridges only; a path all but its ends; a ring and a clique none', () => {
  expect(peopleCutIn(star(5))).toEqual([0])
  expect(cutsOf(star(5)).bridges).toEqual(Int32Array.of(0, 1, 0, 2, 0, 3, 0, 4))
  expect(peopleCutIn(path(5))).toEqual([1, 2, 3])
  expect(cutsOf(path(5)).bridges.length).toBe(8)
  for (const whole of [ring(5), clique(5)])
    expect(cutsOf(whole)).toMatchObject({ cutPeopleCount: 0, bridges: new Int32Array() })
})

test('a path of 200,000 people is walked without running out of stack', () => {
  expect(cutsOf(path(200_000)).cutPeopleCount).toBe(199_998)
})

test('nobody, one and two people have defined answers', () => {
  for (const people of [0, 1, 2]) expect(cutsOf(networkFrom(people, []))).toMatchObject({ cutPeopleCount: 0 })
  expect(cutsOf(path(2))).toMatchObject({ cutPeopleCount: 0, bridges: Int32Array.of(0, 1) })
})

test('a person is cut when leaving parts others, a tie is a bridge when cutting it does: tried one by one', () => {
  fc.assert(
    fc.property(anyNetwork(), (network) => {
      const { components, cutPeople, cutPeopleCount, bridges } = cutsOf(network)
      expect(components).toEqual(componentsOf(network))
      for (let u = 0; u < network.people; u++) {
        const reached = stepsFrom(network, u).flatMap((far, v) => (far > 0 && far < Infinity ? [v] : []))
        const still = stepsFrom(network, reached[0] ?? u, new Set([u]))
        expect(cutPeople[u]).toBe(+reached.some((v) => still[v] === Infinity))
      }
      expect(cutPeopleCount).toBe(cutPeople.reduce((sum, cut) => sum + cut, 0))
      const ends = endsOf(network)
      const found: number[] = []
      for (let i = 0; i < ends.length; i += 2) {
        const without = networkFrom(network.people, [...ends.slice(0, i), ...ends.slice(i + 2)])
        if (apart(without) > apart(network)) found.push(ends[i] ?? -1, ends[i + 1] ?? -1)
      }
      expect([...bridges]).toEqual(found)
    }),
  )
})

test('people who are away are as if they had never been', () => {
  fc.assert(
    fc.property(anyNetwork(), fc.infiniteStream(fc.nat(3)), (network, chance) => {
      const away = Uint8Array.from({ length: network.people }, () => +(chance.next().value === 0))
      const ends = endsOf(network)
      const among: number[] = []
      for (let i = 0; i < ends.length; i += 2) {
        const [a, b] = [ends[i] ?? 0, ends[i + 1] ?? 0]
        if (!away[a] && !away[b]) among.push(a, b)
      }
      const [some, all] = [cutsOf(network, away), cutsOf(networkFrom(network.people, among))]
      expect(some.cutPeople).toEqual(all.cutPeople)
      expect(some.bridges).toEqual(all.bridges)
      expect(some.components).toEqual(componentsOf(network, away))
    }),
  )
})

test('another numbering of the people changes nothing', () => {
  fc.assert(
    fc.property(anyNumbering(), ({ network, order, renumbered }) => {
      const [one, other] = [cutsOf(network), cutsOf(renumbered)]
      order.forEach((now, before) => {
        expect(other.cutPeople[now]).toBe(one.cutPeople[before])
      })
      expect(other.bridges.length).toBe(one.bridges.length)
    }),
  )
})
