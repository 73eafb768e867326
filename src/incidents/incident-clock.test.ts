import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wallTimeIn } from '../clock.ts'
import { incidentClock, noticedAt, type Reminder, reminderDue } from './incident-clock.ts'

const dk = 'Europe/Copenhagen'
const hour = 3_600_000
const instants = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2040-01-01T00:00:00Z'),
  noInvalidDate: true,
})
const later = (at: Date, ms: number) => new Date(at.getTime() + ms)

test.each([
  ['an ordinary week', '2027-01-11T09:00:00Z', '2027-01-14', '10:00'],
  ['over the night that loses an hour', '2027-03-26T09:00:00Z', '2027-03-29', '11:00'],
  ['over the night that gains an hour', '2027-10-29T08:00:00Z', '2027-11-01', '09:00'],
])('the 72 hours end, on the wall: %s', (_, noticed, date, time) => {
  const { deadline } = incidentClock(new Date(noticed), new Date(noticed))
  expect(wallTimeIn(dk, deadline)).toEqual({ date, time })
})

test('what was noticed in the hour that comes twice was noticed the first time', () => {
  const at = noticedAt(dk, '2027-10-31', '02:30', new Date('2027-11-01T00:00:00Z'))
  expect(at?.toISOString()).toBe('2027-10-31T00:30:00.000Z')
})

test('nobody has noticed what is still to come', () => {
  const now = new Date('2027-01-14T18:00:00Z')
  expect(noticedAt(dk, '2027-01-14', '19:00', now)).toEqual(now)
  expect(noticedAt(dk, '2027-01-14', '19:01', now)).toBeNull()
})

test('the last instant is in time, and the next is not', () => {
  const noticed = new Date('2027-03-26T09:00:00Z')
  expect(incidentClock(noticed, later(noticed, 72 * hour))).toMatchObject({
    hoursLeft: 0,
    hoursOver: 0,
    overdue: false,
  })
  expect(incidentClock(noticed, later(noticed, 72 * hour + 1))).toMatchObject({
    hoursLeft: 0,
    hoursOver: 0,
    overdue: true,
  })
  expect(incidentClock(noticed, later(noticed, 75 * hour))).toMatchObject({ hoursLeft: 0, hoursOver: 3, overdue: true })
})

describe('whatever the day, also when the clocks change', () => {
  const wait = fc.integer({ min: 0, max: 200 * hour })

  test('the deadline is 72 hours that pass after it was noticed, and never moves', () => {
    fc.assert(
      fc.property(instants, wait, (noticed, waited) => {
        expect(incidentClock(noticed, later(noticed, waited)).deadline.getTime() - noticed.getTime()).toBe(72 * hour)
      }),
    )
  })

  test('hours left are never more than there are, fall as time passes, and are gone when it is overdue', () => {
    fc.assert(
      fc.property(instants, wait, wait, (noticed, waited, more) => {
        const first = incidentClock(noticed, later(noticed, waited))
        const then = incidentClock(noticed, later(noticed, waited + more))
        expect(first.hoursLeft * hour).toBeLessThanOrEqual(Math.max(0, 72 * hour - waited))
        expect(then.hoursLeft).toBeLessThanOrEqual(first.hoursLeft)
        expect(first.overdue).toBe(waited > 72 * hour)
        if (first.overdue) expect(first.hoursLeft).toBe(0)
        else expect(first.hoursOver).toBe(0)
      }),
    )
  })

  test('a job that comes at any times reminds of 24 and of 60 hours, never twice and never early', () => {
    fc.assert(
      fc.property(instants, fc.array(wait, { maxLength: 30 }), (noticed, visits) => {
        const sent: Reminder[] = []
        for (const at of visits.toSorted((a, b) => a - b)) {
          const due = reminderDue(noticed, later(noticed, at), sent.at(-1) ?? null)
          if (due === null) continue
          expect(at).toBeGreaterThanOrEqual(due * hour)
          sent.push(due)
        }
        expect(sent).toEqual([...new Set(sent)].toSorted((a, b) => a - b))
        const last = Math.max(-1, ...visits)
        expect(sent.at(-1)).toBe(last >= 60 * hour ? 60 : last >= 24 * hour ? 24 : undefined)
      }),
    )
  })
})
