import { describe, expect, test } from 'vitest'
import { type Carrying, readTask, standingOf, tasksOn } from './task.ts'

const one = (task: string, mine: boolean, name: string, since: string, endedOn: string | null = null): Carrying => ({
  task,
  kind: 'own',
  ownWords: task,
  mine,
  name,
  since,
  endedOn,
})

describe('tasks that somebody carries', () => {
  test('a year ago four and one with another; today four and three with another', () => {
    const all = [
      ...['hallen', 'fodbold', 'bladet', 'festen'].map((task) => one(task, true, 'Karsten', '2025-01-01')),
      one('hallen', false, 'Poul', '2025-06-01'),
      one('bladet', false, 'Freja', '2027-02-01'),
      one('festen', false, 'Jens', '2027-02-01'),
      one('festen', false, 'Ole', '2026-01-01', '2026-03-13'),
    ]
    expect(standingOf(tasksOn(all, '2026-03-14'))).toEqual({ tasks: 4, shared: 1 })
    expect(standingOf(tasksOn(all, '2027-03-14'))).toEqual({ tasks: 4, shared: 3 })
    expect(tasksOn(all, '2027-03-14').find(({ task }) => task === 'festen')?.partners).toEqual(['Jens'])
    expect(tasksOn(all, '2024-12-31')).toEqual([])
  })
  test('on the day somebody lays it down they do not carry it any more; what only others carry is not theirs', () => {
    expect(tasksOn([one('bladet', true, 'Karsten', '2027-01-01', '2027-03-14')], '2027-03-14')).toEqual([])
    expect(tasksOn([one('bladet', true, 'Karsten', '2027-01-01', '2027-03-14')], '2027-03-13')).toHaveLength(1)
    expect(tasksOn([one('bladet', false, 'Freja', '2027-01-01')], '2027-03-14')).toEqual([])
  })
  test.each([
    ['kind=chair&words=noget', { kind: 'chair', ownWords: null }],
    ['kind=own&words=  hallens   bookinger ', { kind: 'own', ownWords: 'hallens bookinger' }],
  ])('%s is read', (form, name) => {
    expect(readTask(new URLSearchParams(form))).toEqual({ name, fault: null })
  })
  test.each([
    ['', 'kind'],
    ['kind=coach', 'kind'],
    ['kind=own', 'words'],
    [`kind=own&words=${'x'.repeat(61)}`, 'words'],
    ['kind=own&words=010203-1234', 'cpr'],
  ])('%s is to be mended', (form, fault) => {
    expect(readTask(new URLSearchParams(form))).toEqual({ name: null, fault })
  })
})
