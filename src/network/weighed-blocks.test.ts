import fc from 'fast-check'
import { expect, test } from 'vitest'
import { componentsOf } from './components.ts'
import { halfOf } from './network.ts'
import { anyNetwork, path, star, zachary } from './test-networks.ts'
import { weighedBlocksOf } from './weighed-blocks.ts'

test('the karate club has a block of 28 and one of 6 that meet in the instructor', () => {
  const { blocks, pairsParted } = weighedBlocksOf(zachary)
  expect(blocks.map(({ members }) => members.length)).toEqual([28, 6])
  const instructorIn = blocks.map(({ members, weight }) => weight[members.indexOf(0)])
  expect(instructorIn).toEqual([1 + 5 + 1, 27 + 1 + 1])
  // Branches of 27, 5 and 1 people.
  expect(pairsParted[0]).toBe(27 * 5 + 27 + 5)
})

test('where all ties are bridges everything is counted and nothing is left to walk', () => {
  expect(weighedBlocksOf(star(6))).toEqual({ blocks: [], pairsParted: Float64Array.of(10, 0, 0, 0, 0, 0) })
  expect(weighedBlocksOf(path(4)).pairsParted).toEqual(Float64Array.of(0, 2, 2, 0))
})

test('a block has the ties among its people, and all weights in it are its component', () => {
  fc.assert(
    fc.property(anyNetwork(), (network) => {
      const { of, sizes } = componentsOf(network)
      for (const { members, start, neighbour, weight } of weighedBlocksOf(network).blocks) {
        expect(weight.reduce((sum, one) => sum + one, 0)).toBe(sizes[of[members[0] ?? -1] ?? -1])
        members.forEach((a, i) => {
          const row = [...neighbour.subarray(start[i], start[i + 1])]
          const known = [...members.keys()].filter((j) => halfOf(network, a, members[j] ?? -1) >= 0)
          expect(row).toEqual(known)
        })
      }
    }),
  )
})
