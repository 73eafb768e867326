import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDue, lastTwo } from './nightly.ts'

const zone = 'Europe/Copenhagen'
const at = (text: string) => new Date(text)

test('the backup of the night is due at two where the people are, in winter and in summer', () => {
  expect(lastTwo(at('2027-01-10T00:59:00Z'), zone).toISOString()).toBe('2027-01-09T01:00:00.000Z')
  expect(lastTwo(at('2027-01-10T01:00:00Z'), zone).toISOString()).toBe('2027-01-10T01:00:00.000Z')
  expect(lastTwo(at('2027-07-10T00:00:00Z'), zone).toISOString()).toBe('2027-07-10T00:00:00.000Z')
})

test('two is two where the municipality is', () => {
  expect(lastTwo(at('2027-01-10T06:00:00Z'), 'America/Nuuk').toISOString()).toBe('2027-01-10T04:00:00.000Z')
})

test('in the first hour after the day the clocks went forward, the last two is that day’s', () => {
  expect(lastTwo(at('2027-03-28T22:00:00Z'), zone).toISOString()).toBe('2027-03-28T01:00:00.000Z')
})

test('a machine that slept over two makes it when it wakes, once', () => {
  expect(isDue(at('2027-01-10T07:12:00Z'), zone, '2027-01-09T01:00:10Z', null)).toBe(true)
  expect(isDue(at('2027-01-10T07:13:00Z'), zone, '2027-01-10T07:12:00Z', null)).toBe(false)
})

test('after one that failed an hour goes by', () => {
  expect(isDue(at('2027-01-10T01:30:00Z'), zone, '2027-01-09T01:00:00Z', '2027-01-10T01:00:00Z')).toBe(false)
  expect(isDue(at('2027-01-10T02:00:00Z'), zone, '2027-01-09T01:00:00Z', '2027-01-10T01:00:00Z')).toBe(true)
})

test('a clock that was far ahead and is set back does not stop the backups', () => {
  expect(isDue(at('2027-01-10T07:00:00Z'), zone, '2031-01-01T01:00:00Z', '2031-01-01T02:00:00Z')).toBe(true)
})

test('whatever the hour, the last two has been, and less than 26 hours ago', () => {
  fc.assert(
    fc.property(
      fc.date({ min: at('2027-01-01T00:00:00Z'), max: at('2029-01-01T00:00:00Z'), noInvalidDate: true }),
      (now) => {
        const hours = (now.getTime() - lastTwo(now, zone).getTime()) / 3_600_000
        expect(hours).toBeGreaterThanOrEqual(0)
        expect(hours).toBeLessThan(26)
      },
    ),
  )
})
