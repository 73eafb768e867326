import { expect, test } from 'vitest'
import { answerBy, daysUntil, nextThing } from './access-request.ts'

test.each([
  ['2027-01-14', false, '2027-02-14'],
  ['2027-01-31', false, '2027-02-28'],
  ['2028-01-31', false, '2028-02-29'],
  ['2027-12-15', false, '2028-01-15'],
  ['2027-01-14', true, '2027-04-14'],
  ['2027-11-30', true, '2028-02-29'],
])('a request that came %s (extended: %s) is answered by %s', (received, extended, by) => {
  expect(answerBy(received, extended)).toBe(by)
})

test('days are counted by the calendar, also when the clocks change', () => {
  expect(daysUntil('2027-03-29', '2027-03-27')).toBe(2)
  expect(daysUntil('2027-03-27', '2027-03-27')).toBe(0)
  expect(daysUntil('2027-03-26', '2027-03-27')).toBe(-1)
})

test('an open incident comes before any request, and the one whose clock ends first before the others', () => {
  const incidents = [
    { id: 'later', deadline: new Date('2027-03-20T10:00:00Z') },
    { id: 'first', deadline: new Date('2027-03-18T10:00:00Z') },
  ]
  const overdue = [{ id: 'request', answerBy: '2027-03-01' }]
  expect(nextThing(incidents, overdue, '2027-03-17')).toEqual({ kind: 'incident', id: 'first' })
})

test('a request is the thing to do in its last seven days and when it is over, and not before', () => {
  const far = { id: 'far', answerBy: '2027-03-25' }
  const near = { id: 'near', answerBy: '2027-03-24' }
  const over = { id: 'over', answerBy: '2027-03-10' }
  expect(nextThing([], [far], '2027-03-17')).toBeNull()
  expect(nextThing([], [far, near], '2027-03-17')).toEqual({ kind: 'request', id: 'near' })
  expect(nextThing([], [near, over], '2027-03-17')).toEqual({ kind: 'request', id: 'over' })
})
