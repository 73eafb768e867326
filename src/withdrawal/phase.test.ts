import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { presences } from '../communities/community.ts'
import { carries, isStepOut, nextPhases, phases, present, readCall, readCheckIn, readItem, readVote } from './phase.ts'

const today = '2026-11-28'
const good = {
  to: 'behind',
  yes: '7',
  no: '2',
  blank: '',
  'voted-on-day': '24',
  'voted-on-month': '11',
  'voted-on-year': '2026',
}
const vote = (fields: Record<string, string>) => readVote(new URLSearchParams({ ...good, ...fields }), 'beside', today)

describe('the steps out', () => {
  test('are taken one at a time, and any number back', () => {
    expect(nextPhases('idea')).toEqual(['beside'])
    expect(nextPhases('beside')).toEqual(['behind'])
    expect(nextPhases('behind')).toEqual(['beside', 'on_call'])
    expect(nextPhases('out')).toEqual(['beside', 'behind', 'on_call'])
    for (const now of presences)
      for (const to of nextPhases(now)) {
        expect(to).not.toBe(now)
        if (isStepOut(now, to)) expect(phases.indexOf(to)).toBe(phases.indexOf(now as 'beside') + 1)
      }
  })
  test('a vote carries with more than half of those present: half is not enough, an empty slip is no yes', () => {
    expect(carries({ yes: 5, no: 5, blank: 0 })).toBe(false)
    expect(carries({ yes: 5, no: 0, blank: 5 })).toBe(false)
    expect(carries({ yes: 6, no: 4, blank: 1 })).toBe(true)
    const number = fc.integer({ min: 0, max: 200 })
    fc.assert(
      fc.property(number, number, number, (yes, no, blank) => {
        const count = { yes, no, blank }
        expect(carries(count)).toBe(yes > present(count) / 2)
        if (carries(count)) expect(carries({ yes: yes + 1, no, blank })).toBe(true)
      }),
    )
  })
})

describe('a count as it is typed', () => {
  test('is read with an empty field as none, a farewell or none', () => {
    expect(vote({})).toEqual({
      ok: true,
      value: { to: 'behind', yes: 7, no: 2, blank: 0, votedOn: '2026-11-24', farewellOn: null, farewell: null },
    })
    const farewell = { 'farewell-on-day': '12. december', farewell: 'Kaffe i hallen' }
    expect(vote(farewell)).toMatchObject({ value: { farewellOn: '2026-12-12', farewell: 'Kaffe i hallen' } })
  })
  test('comes back with each thing that is wrong', () => {
    const codes = (fields: Record<string, string>) => {
      const read = vote(fields)
      return read.ok ? [] : read.faults.map(({ code }) => code)
    }
    expect(codes({ to: 'out' })).toEqual(['phase.choose'])
    expect(codes({ yes: 'mange' })).toEqual(['count.number'])
    expect(codes({ yes: '', no: '' })).toEqual(['count.nobody'])
    expect(codes({ yes: '500' })).toEqual(['count.many'])
    expect(codes({ 'voted-on-day': '29' })).toEqual(['votedOn.future'])
    expect(codes({ farewell: 'Kom, 010190-1234' })).toEqual(['words.cpr'])
    expect(codes({ farewell: 'k'.repeat(301) })).toEqual(['words.long'])
  })
})

test('a thing to hand over has a kind and is said in a line, without a CPR number', () => {
  const item = (fields: Record<string, string>) => readItem(new URLSearchParams(fields))
  expect(item({ kind: 'keys', what: ' Nøglen  til hallen ' })).toEqual({
    ok: true,
    value: { kind: 'keys', what: 'Nøglen til hallen' },
  })
  expect(item({ kind: 'car', what: '' })).toMatchObject({
    ok: false,
    faults: [{ code: 'item.kind' }, { code: 'item.missing' }],
  })
})

test('how it goes is shared only when the place says so, and calling back takes no reason', () => {
  expect(readCheckIn(new URLSearchParams({ how: 'holds' }))).toEqual({
    ok: true,
    value: { how: 'holds', words: null, shared: false },
  })
  expect(readCheckIn(new URLSearchParams({ how: 'fine', shared: 'yes' }))).toMatchObject({ ok: false })
  expect(readCall(new URLSearchParams())).toEqual({ ok: true, value: null })
})
