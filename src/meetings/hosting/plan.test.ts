import { expect, test } from 'vitest'
import { readAttended } from './desk.ts'
import { readPlan } from './plan.ts'

const form = (changes: Record<string, string> = {}) =>
  new URLSearchParams({
    kind: 'listening',
    purpose: 'Hvem tør have nøglen?',
    'date-day': '21',
    'date-month': 'marts',
    'date-year': '2027',
    time: 'kl. 19',
    place: 'Forsamlingshuset',
    host: 'Freja og Poul',
    ...changes,
  })
const read = (changes: Record<string, string>, unchanged?: string) => readPlan(form(changes), '2027-03-14', unchanged)
const faults = (changes: Record<string, string>) => {
  const plan = read(changes)
  return plan.ok ? [] : plan.problems.map(({ field, code }) => `${field} ${code}`)
}

test('a plan is read as people write it', () => {
  expect(read({ purpose: '  Hvem tør\nhave nøglen?  ' })).toMatchObject({
    ok: true,
    plan: {
      kind: 'listening',
      purpose: 'Hvem tør have nøglen?',
      place: 'Forsamlingshuset',
      hostName: 'Freja og Poul',
      date: '2027-03-21',
      time: '19:00',
    },
  })
})

test('without a year the meeting is on the next such day', () => {
  expect(read({ 'date-month': 'februar', 'date-year': '' })).toMatchObject({ plan: { date: '2028-02-21' } })
})

test('every field that is empty gets its own sentence, and what was typed comes back', () => {
  const empty = readPlan(new URLSearchParams({ place: 'Hallen' }), '2027-03-14')
  expect(empty.ok).toBe(false)
  expect(empty).toMatchObject({ said: { place: 'Hallen', purpose: '' } })
  if (!empty.ok)
    expect(empty.problems.map((one) => one.code)).toEqual(['kind', 'purpose', 'date.missing', 'time.missing', 'host'])
})

test.each([
  ['a day that has gone', { 'date-day': '13' }, ['date past']],
  ['a year that slipped', { 'date-year': '2072' }, ['date far']],
  ['a day that is not in the calendar', { 'date-day': '31', 'date-month': 'april' }, ['date date.impossible']],
  ['a time that is none', { time: '25.00' }, ['time time.unclear']],
  ['a kind that nobody knows', { kind: 'party' }, ['kind kind']],
  ['a purpose of 201 letters', { purpose: 'å'.repeat(201) }, ['purpose purposeLong']],
  ['a purpose of spaces that cannot be seen', { purpose: '\u200b \u00ad' }, ['purpose purpose']],
  ['ten thousand marks on one letter', { purpose: `a${'\u0301'.repeat(10_000)}` }, ['purpose purposeLong']],
  ['a hundred marks on one letter', { purpose: `a${'\u0301'.repeat(100)}` }, ['purpose marks']],
  ['a field that is not in the form', { phase: 'open' }, ['kind strange']],
])('%s is to be mended', (_, changes, expected) => {
  expect(faults(changes as Record<string, string>)).toEqual(expected)
})

test.each(['purpose', 'place', 'host'])(
  'a CPR number in %s is never kept: the page of a meeting is read by all',
  (field) => {
    expect(faults({ [field]: 'Ring til 010203-1234' })).toEqual([`${field} cpr`])
  },
)

test('a field that comes twice is to be mended', () => {
  const twice = form()
  twice.append('purpose', 'En til')
  expect(readPlan(twice, '2027-03-14')).toMatchObject({ ok: false, problems: [{ code: 'strange' }] })
})

test('200 letters outside the alphabet are 200 letters', () => {
  expect(faults({ purpose: '𝒂'.repeat(200) })).toEqual([])
})

test('today is not too late, and a meeting keeps its own day when only the place is changed', () => {
  expect(faults({ 'date-day': '14' })).toEqual([])
  expect(read({ 'date-day': '12' }, '2027-03-12')).toMatchObject({ ok: true, plan: { date: '2027-03-12' } })
})

test('how many are there is a whole number up to twenty thousand', () => {
  expect(['58', ' 58 ', '1.200', '0'].map(readAttended)).toEqual(
    [58, 58, 1200, 0].map((attended) => ({ ok: true, attended })),
  )
  expect(['', 'mange', '-3', '5,5', '1e3'].map(readAttended)).toEqual(Array(5).fill({ ok: false, code: 'attended' }))
  expect(readAttended('20001')).toEqual({ ok: false, code: 'attendedMany' })
})
