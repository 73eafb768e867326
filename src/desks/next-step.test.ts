import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Role } from '../db/as-actor.ts'
import type { Line } from '../running/running.ts'
import { type AtDesk, type DeskMeeting, nextStep, type Waiting } from './next-step.ts'

const meeting: DeskMeeting = {
  code: null,
  timeZone: 'Europe/Copenhagen',
  slug: 'holmetofte',
  place: 'Holmetofte',
  startsAt: new Date('2027-03-20T18:00:00Z'),
  isOn: false,
  mayLead: false,
}
const key: Waiting = { what: 'key', href: '/c/holmetofte/room', name: 'Holmetofte' }
const red: Line = { matter: 'backup', state: 'red', said: 'none', values: {} }
const place = { slug: 'holmetofte', name: 'Holmetofte' }
const empty: AtDesk = {
  role: 'resident',
  meetings: [],
  waiting: [],
  debrief: null,
  unplanned: null,
  unkept: null,
  undated: null,
  leaving: null,
  red: null,
  mail: true,
}

describe('the one thing to do next', () => {
  test('a meeting that is on goes before everything: its host leads, the others join', () => {
    const on = { ...meeting, isOn: true }
    expect(nextStep({ ...empty, meetings: [meeting, on], waiting: [key] }).kind).toBe('join')
    expect(nextStep({ ...empty, role: 'host', meetings: [{ ...on, mayLead: true }] }).kind).toBe('lead')
  })

  test('what somebody waits for goes before what is to come', () => {
    expect(nextStep({ ...empty, meetings: [meeting], waiting: [key] })).toEqual({ kind: 'wait', waiting: key })
  })

  test('a host makes ready for the next evening, learns from the last one first, and plans one where there is none', () => {
    const host: AtDesk = { ...empty, role: 'host', meetings: [{ ...meeting, mayLead: true }], unplanned: place }
    expect(nextStep(host).kind).toBe('prepare')
    expect(nextStep({ ...host, debrief: { code: 'ABCDEF', place: 'Holmetofte' } }).kind).toBe('debrief')
    expect(nextStep({ ...host, meetings: [] }).kind).toBe('plan')
  })

  test('a neighbour brings a neighbour to the next meeting, and without one may write a code', () => {
    expect(nextStep({ ...empty, meetings: [meeting] })).toEqual({ kind: 'bring', meeting })
    expect(nextStep(empty).kind).toBe('code')
  })

  test('an employee sees to it that a place can do without the municipality: keys first, then a date', () => {
    const employee: AtDesk = { ...empty, role: 'employee', undated: place }
    expect(nextStep({ ...employee, unkept: place }).kind).toBe('firstKeys')
    expect(nextStep(employee).kind).toBe('setDate')
    expect(nextStep({ ...employee, undated: null, leaving: { ...place, lastDay: '2027-06-01' } }).kind).toBe('leave')
  })

  test('an operator is told what is to be mended first, then that no mail is set, and that all is well when it is', () => {
    const operator: AtDesk = { ...empty, role: 'operator' }
    expect(nextStep({ ...operator, mail: false }).kind).toBe('mail')
    expect(nextStep({ ...operator, mail: false, red })).toEqual({ kind: 'mend', line: red })
    expect(nextStep(operator).kind).toBe('well')
  })

  test('there is always exactly one, and the municipality’s never names a meeting to lead', () => {
    const roles: Exclude<Role, 'guest'>[] = [
      'resident',
      'host',
      'keyholder',
      'employee',
      'leader',
      'officer',
      'operator',
    ]
    const some = <T>(value: T) => fc.constantFrom<T | null>(value, null)
    const desks = fc.record({
      role: fc.constantFrom(...roles),
      meetings: fc.subarray([meeting, { ...meeting, isOn: true }, { ...meeting, mayLead: true }]),
      waiting: fc.subarray([key]),
      debrief: some({ code: 'ABCDEF', place: 'Holmetofte' }),
      unplanned: some(place),
      unkept: some(place),
      undated: some(place),
      leaving: some({ ...place, lastDay: '2027-06-01' }),
      red: some(red),
      mail: fc.boolean(),
    })
    fc.assert(
      fc.property(desks, (desk) => {
        const { kind } = nextStep(desk)
        const municipal = !['resident', 'host', 'keyholder'].includes(desk.role)
        return kind.length > 0 && !(municipal && ['lead', 'join', 'prepare', 'bring', 'plan', 'debrief'].includes(kind))
      }),
    )
  })
})
