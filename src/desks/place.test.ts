import { expect, test } from 'vitest'
import type { Life } from '../meetings/meeting.ts'
import { inOrder, isUnderWay } from './place.ts'

const now = new Date('2027-03-14T18:00:00Z')
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
type Phase = Life['phase']
const meeting = (name: string, hours: number, phase: Phase) => ({ name, startsAt: at(hours), phase })
const namesOf = (...meetings: ReturnType<typeof meeting>[]) => {
  const { next, later, held } = inOrder(meetings, now)
  return { next: next?.name, later: later.map(({ name }) => name), held: held.map(({ name }) => name) }
}

test('the first meeting to come is the next, and the newest that was held comes first', () =>
  expect(
    namesOf(
      meeting('May', 1200, 'planned'),
      meeting('January', -1600, 'closed'),
      meeting('March', 72, 'planned'),
      meeting('February', -700, 'closed'),
    ),
  ).toEqual({ next: 'March', later: ['May'], held: ['February', 'January'] }))

test('a meeting whose card is open comes before everything else', () =>
  expect(namesOf(meeting('soon', 1, 'planned'), meeting('now', -3, 'open'), meeting('late', 2, 'open'))).toEqual({
    next: 'now',
    later: ['late', 'soon'],
    held: [],
  }))

test('a meeting that began an hour ago is still going on, for its card is opened at the end', () => {
  expect(namesOf(meeting('tonight', -1, 'planned'))).toMatchObject({ next: 'tonight' })
  expect(isUnderWay(meeting('tonight', -1, 'planned'), now)).toBe(true)
  expect(isUnderWay(meeting('tomorrow', 24, 'planned'), now)).toBe(false)
})

test('a meeting that was never opened is held when its evening is over', () =>
  expect(namesOf(meeting('yesterday', -24, 'planned'))).toEqual({ next: undefined, later: [], held: ['yesterday'] }))

test('a place without meetings has none', () => expect(namesOf()).toEqual({ next: undefined, later: [], held: [] }))
