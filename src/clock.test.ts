import { expect, test } from 'vitest'
import { instantIn, movableClock, wallTimeIn } from './clock.ts'

const dk = 'Europe/Copenhagen'

test.each([
  ['a winter evening', '2027-01-14', '19:00', '2027-01-14T18:00:00.000Z'],
  ['a summer evening', '2027-06-14', '19:00', '2027-06-14T17:00:00.000Z'],
  [
    'the hour that daylight saving skips: half past two is half past three',
    '2027-03-28',
    '02:30',
    '2027-03-28T01:30:00.000Z',
  ],
  ['the hour that comes twice: the first', '2027-10-31', '02:30', '2027-10-31T00:30:00.000Z'],
])('%s', (_, date, time, instant) => {
  expect(instantIn(dk, date, time).toISOString()).toBe(instant)
})

test('the wall clock of the community is read, wherever the server stands', () => {
  expect(wallTimeIn(dk, new Date('2027-03-28T01:30:00Z'))).toEqual({ date: '2027-03-28', time: '03:30' })
  expect(wallTimeIn('America/Nuuk', new Date('2027-03-28T00:30:00Z')).date).toBe('2027-03-27')
})

test('a clock for tests stands still until it is moved', () => {
  const clock = movableClock('2027-03-14T18:00:00Z')
  expect(clock.now()).toEqual(clock.now())
  clock.forward(1.5)
  expect(clock.now().toISOString()).toBe('2027-03-14T19:30:00.000Z')
  clock.set('2027-01-01T00:00:00Z')
  expect(clock.now().toISOString()).toBe('2027-01-01T00:00:00.000Z')
})
