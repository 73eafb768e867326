import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerBy, longestObjection, readWords } from './objection.ts'

test('an answer is due within a month, whichever month', () => {
  expect(answerBy('2027-03-14')).toBe('2027-04-14')
  expect(answerBy('2027-01-31')).toBe('2027-02-28')
  expect(answerBy('2028-01-31')).toBe('2028-02-29')
  expect(answerBy('2027-12-31')).toBe('2028-01-31')
  const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, (at) => {
      const asked = at.toISOString().slice(0, 10)
      const days = (Date.parse(answerBy(asked)) - Date.parse(asked)) / 86_400_000
      expect(days).toBeGreaterThanOrEqual(28)
      expect(days).toBeLessThanOrEqual(31)
    }),
  )
})

test('what somebody says no to is kept as they wrote it, unless there is nothing, too much, or a CPR number in it', () => {
  expect(readWords('  Jeg vil ikke\r\nstå på listen ')).toEqual({ text: 'Jeg vil ikke\nstå på listen', problem: null })
  for (const nothing of ['', ' \n ', '..!', null]) expect(readWords(nothing).problem).toBe('missing')
  expect(readWords('a'.repeat(longestObjection)).problem).toBeNull()
  expect(readWords('a'.repeat(longestObjection + 1)).problem).toBe('long')
  expect(readWords('Mit nummer er 010203-1234').problem).toBe('cpr')
})
