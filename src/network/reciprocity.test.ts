import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NotANetwork } from './network.ts'
import { reciprocity } from './reciprocity.ts'

test('two who invite each other and one invitation that was not answered: two of three', () => {
  expect(reciprocity(3, [0, 1, 1, 0, 1, 2])).toBeCloseTo(2 / 3, 12)
})

test('the same invitation again counts once, and nobody invites themselves', () => {
  expect(reciprocity(3, [0, 1, 0, 1, 2, 2, 1, 0])).toBe(1)
})

test('nothing to answer is 0', () => {
  expect(reciprocity(0, [])).toBe(0)
  expect(reciprocity(2, [1, 1])).toBe(0)
})

test('is what looking for each answer gives', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 30 }), (arcs) => {
      const all = new Set(arcs.filter(([a, b]) => a !== b).map(([a, b]) => `${a} ${b}`))
      const answered = [...all].filter((arc) => all.has(arc.split(' ').reverse().join(' ')))
      expect(reciprocity(7, arcs.flat())).toBe(all.size === 0 ? 0 : answered.length / all.size)
    }),
  )
})

test('whoever is nobody is named by the number of the arc', () => {
  expect(() => reciprocity(2, [0, 1, 1, 2])).toThrow(expect.objectContaining({ fault: 'id', at: 1 }))
  expect(() => reciprocity(2, [0, 0.5])).toThrow(expect.objectContaining({ fault: 'id', at: 0 }))
  for (const wrong of [() => reciprocity(-1, []), () => reciprocity(2, [0])]) expect(wrong).toThrow(NotANetwork)
})
