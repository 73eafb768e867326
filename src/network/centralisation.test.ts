import fc from 'fast-check'
import { expect, test } from 'vitest'
import { betweenness } from './betweenness.ts'
import { betweennessCentralisation, degreeCentralisation } from './centralisation.ts'
import { networkFrom } from './network.ts'
import { anyNetwork, clique, ring, star, zachary } from './test-networks.ts'

test('the karate club has 0.3996 by degree and 0.4056 by betweenness', () => {
  expect(degreeCentralisation(zachary)).toBeCloseTo(0.3996, 4)
  expect(betweennessCentralisation(betweenness(zachary).of)).toBeCloseTo(0.4056, 4)
})

test('a star turns around one, a ring and a clique around nobody', () => {
  expect(degreeCentralisation(star(7))).toBe(1)
  expect(betweennessCentralisation(betweenness(star(7)).of)).toBe(1)
  for (const even of [ring(7), clique(7)]) {
    expect(degreeCentralisation(even)).toBe(0)
    expect(betweennessCentralisation(betweenness(even).of)).toBeCloseTo(0, 12)
  }
})

test('two people and nobody turn around nobody', () => {
  for (const few of [networkFrom(0, []), networkFrom(2, [0, 1])]) {
    expect(degreeCentralisation(few)).toBe(0)
    expect(betweennessCentralisation(betweenness(few).of)).toBe(0)
  }
})

test('lies between 0 and 1', () => {
  fc.assert(
    fc.property(anyNetwork(), (network) => {
      for (const share of [degreeCentralisation(network), betweennessCentralisation(betweenness(network).of)]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
    }),
  )
})
