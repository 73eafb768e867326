import { describe, expect, test } from 'vitest'
import { chanceFrom } from './chance.ts'
import { type Places, type Rows, settle } from './layout-stress.ts'
import type { Network } from './network.ts'
import { dolphins, kite, path, ring, stepsFrom, zachary } from './test-networks.ts'

const rowsOf = ({ people, start, neighbour }: Network): Rows => ({ nodes: people, start, neighbour, length: undefined })

function settled(network: Network, seed = 1, all?: number): Places {
  const at = { x: new Float64Array(network.people), y: new Float64Array(network.people) }
  settle(rowsOf(network), at, chanceFrom(seed), false, all)
  return at
}

/** The mean square by which the distance of two people misses the steps between them, as a share of the steps. */
function stress(network: Network, { x, y }: Places): number {
  let sum = 0
  for (let a = 0; a < network.people; a++) {
    const steps = stepsFrom(network, a)
    for (let b = 0; b < a; b++) {
      const apart = Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0))
      sum += (apart / (steps[b] ?? 1) - 1) ** 2
    }
  }
  return sum / ((network.people * (network.people - 1)) / 2)
}

/** The slow way: each goes to the mean of where all others would have them (Gansner, Koren & North 2004), from 10 beginnings. */
function slowest(network: Network): number {
  const { people } = network
  const steps = Array.from({ length: people }, (_, u) => stepsFrom(network, u))
  const tries = Array.from({ length: 10 }, (_, seed) => {
    const chance = chanceFrom(seed)
    const x = Float64Array.from({ length: people }, () => 4 * chance())
    const y = Float64Array.from({ length: people }, () => 4 * chance())
    for (let round = 0; round < 150; round++)
      for (let a = 0; a < people; a++) {
        let [sumX, sumY, weights] = [0, 0, 0]
        for (let b = 0; b < people; b++) {
          if (a === b) continue
          const wish = steps[a]?.[b] ?? 1
          const [dx, dy] = [(x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0)]
          const apart = Math.hypot(dx, dy) || 1
          sumX += ((x[b] ?? 0) + (wish * dx) / apart) / wish ** 2
          sumY += ((y[b] ?? 0) + (wish * dy) / apart) / wish ** 2
          weights += 1 / wish ** 2
        }
        x[a] = sumX / weights
        y[a] = sumY / weights
      }
    return stress(network, { x, y })
  })
  return Math.min(...tries)
}

describe('stress', () => {
  test('a string becomes a straight line, a ring a circle', () => {
    expect(stress(path(10), settled(path(10)))).toBeLessThan(0.002)
    const { x, y } = settled(ring(20))
    const radius = Array.from(x, (place, u) =>
      Math.hypot(place - x.reduce((a, b) => a + b) / 20, (y[u] ?? 0) - y.reduce((a, b) => a + b) / 20),
    )
    expect(Math.min(...radius) / Math.max(...radius)).toBeGreaterThan(0.93)
  })

  test.each([
    { name: 'the kite', network: kite },
    { name: 'the karate club', network: zachary },
  ])('$name comes within a tenth of the best of ten slow tries', ({ network }) => {
    expect(stress(network, settled(network))).toBeLessThan(1.1 * slowest(network))
  })

  test('with pivots instead of all pairs it is not twice as much', () => {
    for (const network of [zachary, dolphins])
      expect(stress(network, settled(network, 1, 10))).toBeLessThan(2 * stress(network, settled(network)))
  })

  test('calm from where it lies already, it does not get worse or turn', () => {
    const at = settled(zachary)
    const before = { x: at.x.slice(), y: at.y.slice() }
    settle(rowsOf(zachary), at, chanceFrom(3), true)
    expect(stress(zachary, at)).toBeLessThan(1.02 * stress(zachary, before))
    for (let u = 0; u < 34; u++)
      expect(Math.hypot((at.x[u] ?? 0) - (before.x[u] ?? 0), (at.y[u] ?? 0) - (before.y[u] ?? 0))).toBeLessThan(0.5)
  })
})
