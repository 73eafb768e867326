import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asFields,
  type CommitmentState,
  commitmentStates,
  isTime,
  type Promised,
  readPromise,
  readTold,
  toCall,
} from './commitment.ts'

const today = '2027-03-14'
const form = (said: Record<string, string> = {}) => new URLSearchParams({ what: 'Bager kage', name: 'Birthe', ...said })
const promised = (said: Record<string, string> = {}, before?: string) => {
  const read = readPromise(form(said), today, before)
  if (!read.ok) throw new Error(read.problems.map(({ code }) => code).join())
  return read.value
}
const faults = (said: Record<string, string>) => {
  const read = readPromise(form(said), today)
  return read.ok ? [] : read.problems.map(({ field, code }) => `${field} ${code}`)
}

describe('what somebody promises', () => {
  test('»3. maj« in one field is the next third of May', () => {
    expect(promised({ 'when-day': '3. maj' }).byWhen).toBe('2027-05-03')
    expect(promised({ 'when-day': '4', 'when-month': 'februar' }).byWhen).toBe('2028-02-04')
    expect(promised({ 'when-day': '14', 'when-month': '3' }).byWhen).toBe(today)
  })

  test('no day, nobody and no telephone are fine', () => {
    expect(promised()).toEqual({ name: 'Birthe', what: 'Bager kage', byWhen: null, toWhom: null, telephone: null })
  })

  test('a name and what they do are asked for', () => {
    expect(faults({ what: '  ', name: '' })).toEqual(['what what', 'name name'])
  })

  test('a day that is gone is asked about, unless it stood there before', () => {
    const gone = { 'when-day': '3', 'when-month': 'maj', 'when-year': '2026' }
    expect(faults(gone)).toEqual(['when past'])
    expect(promised(gone, '2026-05-03').byWhen).toBe('2026-05-03')
  })

  test('a day that is none says what to write', () => {
    expect(faults({ 'when-day': '31. februar' })).toEqual(['when date.impossible'])
    expect(faults({ 'when-day': 'snart' })).toEqual(['when date.unclear'])
  })

  test('a CPR number is refused wherever it stands', () => {
    for (const field of ['what', 'whom', 'name', 'telephone'])
      expect(faults({ [field]: '010203-1234' })).toEqual([`${field} cpr`])
  })

  test('a telephone number may be written as people write it, and nothing else is one', () => {
    for (const number of ['12345678', '12 34 56 78', '+45 12 34 56 78', '(+45) 12-34-56-78'])
      expect(promised({ telephone: number }).telephone).toBe(number)
    expect(faults({ telephone: 'hos min søster' })).toEqual(['telephone telephone'])
    expect(faults({ telephone: '12' })).toEqual(['telephone telephone'])
  })

  test('281 characters are too many, 280 of any writing are not', () => {
    expect(faults({ what: 'å'.repeat(281) })).toEqual(['what too-long'])
    expect(promised({ what: '🌞'.repeat(280) }).what).toBe('🌞'.repeat(280))
  })

  test('what stands there comes back from its own form as it was', () => {
    const letters = fc.stringMatching(/^[a-zæøå]{1,40}$/)
    const any: fc.Arbitrary<Promised> = fc.record({
      name: letters,
      what: letters,
      byWhen: fc.option(
        fc
          .date({ min: new Date('2027-03-14'), max: new Date('2031-01-01'), noInvalidDate: true })
          .map((at) => at.toISOString().slice(0, 10)),
      ),
      toWhom: fc.option(letters),
      telephone: fc.option(fc.stringMatching(/^[1-9][0-9]{7}$/)),
    })
    fc.assert(
      fc.property(any, (one) => {
        expect(readPromise(asFields(one), today)).toEqual({ ok: true, value: one })
      }),
    )
  })
})

describe('how it went', () => {
  const told = (said: Record<string, string>) => readTold(new URLSearchParams(said), today)

  test('one of four, in own words if they like', () => {
    for (const went of commitmentStates) expect(told({ went })).toMatchObject({ ok: true, value: { state: went } })
    expect(told({ went: 'kept', how: ' Den smagte godt ' })).toEqual({
      ok: true,
      value: { state: 'kept', how: 'Den smagte godt', byWhen: null },
    })
    expect(told({ went: 'late' })).toMatchObject({ problems: [{ field: 'went', code: 'went' }] })
    expect(told({})).toMatchObject({ ok: false })
  })

  test('a new day counts only when another day was agreed', () => {
    expect(told({ went: 'renegotiated', 'when-day': '1. juni' })).toMatchObject({ value: { byWhen: '2027-06-01' } })
    expect(told({ went: 'kept', 'when-day': '1. juni' })).toMatchObject({ value: { byWhen: null } })
    expect(told({ went: 'renegotiated', 'when-day': '1', 'when-month': '1', 'when-year': '2027' })).toMatchObject({
      problems: [{ field: 'when', code: 'past' }],
    })
  })

  test('it is asked from the day itself on, and only while the promise stands', () => {
    expect(isTime({ state: 'made', byWhen: today }, today)).toBe(true)
    expect(isTime({ state: 'renegotiated', byWhen: '2027-03-01' }, today)).toBe(true)
    expect(isTime({ state: 'made', byWhen: '2027-03-15' }, today)).toBe(false)
    expect(isTime({ state: 'made', byWhen: null }, today)).toBe(false)
    expect(isTime({ state: 'kept', byWhen: '2027-03-01' }, today)).toBe(false)
    expect(isTime({ state: 'released', byWhen: '2027-03-01' }, today)).toBe(false)
  })

  test('everybody stands in one group to telephone, and only once', () => {
    const any = fc.array(
      fc.record({
        state: fc.constantFrom<CommitmentState>(...commitmentStates),
        byWhen: fc.option(fc.constantFrom('2027-03-01', today, '2027-03-15', '2027-05-03')),
      }),
    )
    fc.assert(
      fc.property(any, (all) => {
        const { come, later, noDay, told } = toCall(all, today)
        expect([...come, ...later, ...noDay, ...told].length).toBe(all.length)
        expect(come.every((one) => isTime(one, today))).toBe(true)
        expect([...later, ...noDay, ...told].some((one) => isTime(one, today))).toBe(false)
        expect(told.every(({ state }) => state === 'kept' || state === 'released')).toBe(true)
      }),
    )
  })
})
