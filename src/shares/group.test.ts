import { expect, test } from 'vitest'
import { checkCount, checkGroup, isMixed } from './group.ts'

test('a number of people is whole and not negative', () => {
  checkCount(0)
  checkCount(60)
  for (const no of [-1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => checkCount(no)).toThrow(new RangeError(`${no} is not a number of people`))
})

test('no more can say yes than answered', () => {
  checkGroup({ yes: 0, of: 0 })
  checkGroup({ yes: 5, of: 5 })
  expect(() => checkGroup({ yes: 6, of: 5 })).toThrow(new RangeError('6 of 5 cannot have said yes'))
  expect(() => checkGroup({ yes: -1, of: 5 })).toThrow(RangeError)
  expect(() => checkGroup({ yes: 0, of: 5.5 })).toThrow(RangeError)
})

test('a group is mixed when two said yes and two did not', () => {
  expect([0, 1, 2, 3, 4, 5].map((yes) => isMixed({ yes, of: 5 }))).toEqual([false, false, true, true, false, false])
  expect([0, 1, 2, 3].some((yes) => isMixed({ yes, of: 3 }))).toBe(false)
})
