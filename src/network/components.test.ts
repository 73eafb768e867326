import fc from 'fast-check'
import { expect, test } from 'vitest'
import { componentsOf, fragmentation, largestOf } from './components.ts'
import { NotANetwork, networkFrom } from './network.ts'
import { anyNetwork, anyNumbering, dolphins, path, star, stepsFrom, zachary } from './test-networks.ts'

const awayFrom = (people: number, ...gone: number[]) => Uint8Array.from({ length: people }, (_, u) => +gone.includes(u))

test('the karate club and the dolphins are one component each', () => {
  expect(componentsOf(zachary)).toMatchObject({ count: 1, sizes: Int32Array.of(34) })
  expect(componentsOf(dolphins)).toMatchObject({ count: 1, sizes: Int32Array.of(62) })
})

test('without its instructor 0.818 of the karate club hold together, and fragmentation is 0.316', () => {
  const parts = componentsOf(zachary, awayFrom(34, 0))
  expect(largestOf(parts) / 33).toBeCloseTo(0.818, 3)
  expect(fragmentation(parts)).toBeCloseTo(0.316, 3)
  expect(parts.of[0]).toBe(-1)
})

test('a star without its middle is nobody together with anybody', () => {
  const parts = componentsOf(star(6), awayFrom(6, 0))
  expect(parts.count).toBe(5)
  expect(fragmentation(parts)).toBe(1)
})

test('components are numbered by their first person', () => {
  expect(componentsOf(networkFrom(5, [0, 3, 4, 1]))).toEqual({
    count: 3,
    of: Int32Array.of(0, 1, 2, 0, 1),
    sizes: Int32Array.of(2, 2, 1),
  })
})

test('nobody, one person, and everybody away have defined answers', () => {
  for (const parts of [componentsOf(networkFrom(0, [])), componentsOf(path(3), awayFrom(3, 0, 1, 2))]) {
    expect(parts.count).toBe(0)
    expect(largestOf(parts)).toBe(0)
    expect(fragmentation(parts)).toBe(0)
  }
  expect(fragmentation(componentsOf(networkFrom(1, [])))).toBe(0)
  expect(fragmentation(componentsOf(networkFrom(2, [])))).toBe(1)
})

test('a list of who is away that does not fit the people is refused', () => {
  expect(() => componentsOf(path(3), new Uint8Array(2))).toThrow(NotANetwork)
  expect(() => componentsOf(path(3), Uint8Array.of(0, 2, 0))).toThrow(expect.objectContaining({ fault: 'id', at: 1 }))
})

test('two people share a component exactly when steps lead from one to the other', () => {
  fc.assert(
    fc.property(anyNetwork(), (network) => {
      const { of, sizes } = componentsOf(network)
      for (let a = 0; a < network.people; a++) {
        const steps = stepsFrom(network, a)
        steps.forEach((far, b) => {
          expect(of[a] === of[b]).toBe(far < Infinity)
        })
        expect(sizes[of[a] ?? -1]).toBe(steps.filter((far) => far < Infinity).length)
      }
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(network.people)
    }),
  )
})

test('another numbering of the people changes nothing', () => {
  fc.assert(
    fc.property(anyNumbering(), ({ network, renumbered }) => {
      const [one, other] = [componentsOf(network), componentsOf(renumbered)]
      expect([...one.sizes].sort()).toEqual([...other.sizes].sort())
      expect(fragmentation(one)).toBeCloseTo(fragmentation(other), 12)
    }),
  )
})
