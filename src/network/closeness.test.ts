import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeness } from './closeness.ts'
import { networkFrom } from './network.ts'
import { anyNetwork, anyNumbering, clique, kite, path, star, stepsFrom, zachary } from './test-networks.ts'

test("in Krackhardt's kite Fernando and Garth are closest to all, 9 people in 14 steps", () => {
  const close = closeness(kite)
  expect(close[5]).toBeCloseTo(9 / 14, 12)
  expect(close[6]).toBeCloseTo(9 / 14, 12)
  expect(Math.max(...close)).toBe(close[5])
  expect(close[9]).toBeCloseTo(9 / 29, 12)
})

test('in the karate club the instructor has 0.569, the president 0.550', () => {
  const close = closeness(zachary)
  expect(close[0]).toBeCloseTo(33 / 58, 12)
  expect(close[33]).toBeCloseTo(0.55, 12)
})

test('the middle of a star and everybody in a clique are as close as can be', () => {
  expect(closeness(star(5))[0]).toBe(1)
  expect([...closeness(clique(4))]).toEqual([1, 1, 1, 1])
})

test('who knows nobody is close to nobody, and a small component counts for little', () => {
  expect([...closeness(networkFrom(0, []))]).toEqual([])
  expect([...closeness(networkFrom(1, []))]).toEqual([0])
  expect([...closeness(networkFrom(5, [0, 1]))]).toEqual([0.25, 0.25, 0, 0, 0])
})

test('more people than one search takes at a time', () => {
  const close = closeness(path(101))
  expect(close[0]).toBeCloseTo(100 / 5050, 12)
  expect(close[50]).toBeCloseTo(100 / 2550, 12)
})

test('is what the steps to each other give, one by one', () => {
  fc.assert(
    fc.property(anyNetwork(40), (network) => {
      closeness(network).forEach((figure, u) => {
        const reached = stepsFrom(network, u).filter((far) => far > 0 && far < Infinity)
        const others = reached.length
        const all = reached.reduce((sum, far) => sum + far, 0)
        expect(figure).toBeCloseTo(others === 0 ? 0 : (others / all) * (others / (network.people - 1)), 12)
      })
    }),
  )
})

test('another numbering of the people changes nothing', () => {
  fc.assert(
    fc.property(anyNumbering(40), ({ network, order, renumbered }) => {
      const [one, other] = [closeness(network), closeness(renumbered)]
      order.forEach((now, before) => {
        expect(other[now]).toBe(one[before])
      })
    }),
  )
})
