import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, add, answeredOf, type Counts, tally, yesOf } from './answers.ts'

const someAnswers = fc.array(fc.constantFrom<Answer[]>(1, 2, 3, 4, 5), { maxLength: 60 })

test('each answer is counted in its own place', () => {
  expect(tally([1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5])).toEqual([5, 4, 3, 2, 1])
})

test('a question everyone skipped has no answers', () => {
  expect(tally([])).toEqual([0, 0, 0, 0, 0])
  expect(answeredOf(tally([]))).toBe(0)
})

test('helt enig and enig are yes', () => {
  expect(yesOf([100, 20, 3, 4, 5])).toBe(120)
})

test('ved ikke belongs to the base', () => {
  expect(answeredOf([10_000, 2_000, 300, 40, 5])).toBe(12_345)
})

test('two groups are added answer by answer', () => {
  const one: Counts = [1, 2, 3, 4, 5]
  expect(add(one, [10, 20, 30, 40, 50])).toEqual([11, 22, 33, 44, 55])
})

test('counting two piles and adding them is counting the one pile', () => {
  fc.assert(
    fc.property(someAnswers, someAnswers, (one, other) => {
      expect(add(tally(one), tally(other))).toEqual(tally([...one, ...other]))
    }),
  )
})

test('the order of the answers leaves no trace', () => {
  fc.assert(
    fc.property(someAnswers, (answers) => {
      expect(tally(answers.toReversed())).toEqual(tally(answers))
      expect(tally(answers.toSorted())).toEqual(tally(answers))
    }),
  )
})
