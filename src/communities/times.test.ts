import { expect, test } from 'vitest'
import { instantIn } from '../clock.ts'
import { sayDate, sayDay, sayDayAndTime, sayTime } from './times.ts'

const here = 'Europe/Copenhagen'

test('a meeting is said as a neighbour says it', () => {
  const at = instantIn(here, '2024-03-21', '19:00')
  expect(sayDay(at, here, 'da')).toBe('torsdag 21. marts')
  expect(sayDayAndTime(at, here, 'da')).toBe('torsdag 21. marts kl. 19')
  expect(sayDayAndTime(at, here, 'en')).toBe('Thursday 21 March at 19:00')
})

test('minutes are said when there are any', () => {
  expect(sayTime(instantIn(here, '2027-03-18', '19:30'), here, 'da')).toBe('19.30')
  expect(sayTime(instantIn(here, '2027-03-18', '09:05'), here, 'da')).toBe('9.05')
  expect(sayTime(instantIn(here, '2027-03-18', '09:05'), here, 'en')).toBe('09:05')
  expect(sayTime(instantIn(here, '2027-03-18', '00:00'), here, 'da')).toBe('0')
})

test('the day is the community’s, wherever the server stands', () => {
  const lateInTheEvening = new Date('2027-03-18T23:30:00Z')
  expect(sayDayAndTime(lateInTheEvening, 'Europe/Copenhagen', 'da')).toBe('fredag 19. marts kl. 0.30')
  expect(sayDayAndTime(lateInTheEvening, 'America/Nuuk', 'da')).toBe('torsdag 18. marts kl. 21.30')
  expect(sayDayAndTime(lateInTheEvening, 'Atlantic/Faroe', 'da')).toBe('torsdag 18. marts kl. 23.30')
})

test('the year is said when it is another', () => {
  const at = instantIn(here, '2024-03-21', '19:00')
  expect(sayDay(at, here, 'da', instantIn(here, '2024-12-31', '23:59'))).toBe('torsdag 21. marts')
  expect(sayDay(at, here, 'da', instantIn(here, '2025-01-01', '00:01'))).toBe('torsdag 21. marts 2024')
  expect(sayDayAndTime(at, here, 'en', instantIn(here, '2025-01-01', '00:01'))).toBe('Thursday 21 March 2024 at 19:00')
})

test('in the night when summer time begins, two o’clock is skipped', () => {
  const before = new Date('2027-03-28T00:59:00Z')
  const after = new Date('2027-03-28T01:00:00Z')
  expect(sayDayAndTime(before, here, 'da')).toBe('søndag 28. marts kl. 1.59')
  expect(sayDayAndTime(after, here, 'da')).toBe('søndag 28. marts kl. 3')
  expect(sayDayAndTime(instantIn(here, '2027-03-28', '02:30'), here, 'da')).toBe('søndag 28. marts kl. 3.30')
})

test('in the night when summer time ends, the hour from two comes twice and the day stays', () => {
  expect(sayDayAndTime(new Date('2027-10-31T00:30:00Z'), here, 'da')).toBe('søndag 31. oktober kl. 2.30')
  expect(sayDayAndTime(new Date('2027-10-31T01:30:00Z'), here, 'da')).toBe('søndag 31. oktober kl. 2.30')
  expect(sayDayAndTime(new Date('2027-10-30T22:30:00Z'), here, 'da')).toBe('søndag 31. oktober kl. 0.30')
  expect(sayDayAndTime(new Date('2027-10-31T23:30:00Z'), here, 'da')).toBe('mandag 1. november kl. 0.30')
})

test('what is planned before the change of clocks is held at the hour that was said', () => {
  expect(sayTime(instantIn(here, '2027-03-27', '19:00'), here, 'da')).toBe('19')
  expect(sayTime(instantIn(here, '2027-03-29', '19:00'), here, 'da')).toBe('19')
})

test('a day without a time keeps its date in every time zone', () => {
  expect(sayDate('2030-03-01', 'da')).toBe('1. marts 2030')
  expect(sayDate('2030-12-31', 'en')).toBe('31 December 2030')
})
