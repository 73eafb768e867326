import fc from 'fast-check'
import { expect, test } from 'vitest'
import { awayOf } from './away.ts'
import { behind, cutPeople } from './cut-people.ts'
import { networkFrom } from './network.ts'
import { anyNetwork, clique, kite, path, star, stepsFrom, table } from './test-networks.ts'

test('in Krackhardt’s kite everybody hangs on Heather and Ike: two are cut off, then one', () => {
  expect(cutPeople(kite)).toEqual([
    { person: 7, onlyContactOf: 0, cutOff: 2, pieces: 2 },
    { person: 8, onlyContactOf: 1, cutOff: 1, pieces: 2 },
  ])
  expect(behind(kite, new Uint8Array(10), 7)).toEqual({ lone: [], cutOff: [8, 9] })
  expect(behind(kite, new Uint8Array(10), 8)).toEqual({ lone: [9], cutOff: [9] })
  expect(behind(kite, awayOf(10, [7]), 7)).toEqual({ lone: [], cutOff: [] })
})

test('the hub of a star cuts off all but one, and nobody in a clique or a pair cuts off anybody', () => {
  expect(cutPeople(star(6))).toEqual([{ person: 0, onlyContactOf: 5, cutOff: 4, pieces: 5 }])
  expect(behind(star(4), new Uint8Array(4), 0)).toEqual({ lone: [1, 2, 3], cutOff: [2, 3] })
  for (const none of [clique(4), path(2), networkFrom(0, []), networkFrom(1, [])]) expect(cutPeople(none)).toEqual([])
})

test('a long chain of people is walked without falling over', () => {
  const found = cutPeople(path(100_001))
  expect(found.length).toBe(99_999)
  expect(found[0]).toEqual({ person: 50_000, onlyContactOf: 0, cutOff: 50_000, pieces: 2 })
})

test('the cut people, and whom they cut off, are those a slow look finds, whoever is away', () => {
  fc.assert(
    fc.property(anyNetwork(12), fc.nat(11), (network, gone) => {
      const away = new Uint8Array(network.people)
      if (gone < network.people) away[gone] = 1
      const out = new Set(away[gone] ? [gone] : [])
      const reach = (u: number, without: Set<number>) =>
        [...stepsFrom(network, u, without).entries()].filter(([, steps]) => steps < Infinity).map(([v]) => v)
      const cuts = cutPeople(network, away)
      for (let person = 0; person < network.people; person++) {
        if (away[person]) continue
        const others = reach(person, out).filter((v) => v !== person)
        const pieces = new Set(others.map((v) => reach(v, new Set([...out, person])).join()))
        const largest = Math.max(0, ...[...pieces].map((piece) => piece.split(',').length))
        const own = cuts.find((cut) => cut.person === person)
        expect(own?.pieces ?? Math.min(1, pieces.size)).toBe(pieces.size)
        const told = behind(network, away, person)
        expect(told.cutOff.length).toBe(others.length - largest)
        if (own) expect(own).toMatchObject({ cutOff: told.cutOff.length, onlyContactOf: told.lone.length })
        const lone = others.filter((v) => [...(table(network)[v] ?? [])].filter((w) => !away[w]).join() === `${person}`)
        expect(told.lone).toEqual(lone)
      }
    }),
  )
})
