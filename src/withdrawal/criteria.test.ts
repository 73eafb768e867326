import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boundsOf,
  type Criterion,
  criteria,
  fallen,
  fallingFor,
  isTimeToTalk,
  judge,
  type Measured,
  type Quarter,
  quarterBefore,
  quarterOf,
  readRule,
  stateOf,
  usual,
} from './criteria.ts'

const ready: Measured[] = [
  { criterion: 'retention', value: 0.93, base: 96 },
  { criterion: 'orphans', value: 0.02, base: 96 },
  { criterion: 'autonomy', value: 0.8, base: 5 },
  { criterion: 'redundancy', value: 6, base: 96 },
  { criterion: 'leaders', value: 3, base: 96 },
  { criterion: 'neighbours', value: 0.5, base: 30 },
  { criterion: 'brokerage', value: 2, base: 3 },
  { criterion: 'vote', value: 1, base: 12 },
]
const quarter = (first: string, measured = ready): Quarter => ({ first, measured })

describe('the eight signs', () => {
  test('stand where the table of the method has them, at each of its bounds', () => {
    const state = (criterion: Criterion, value: number | null) => stateOf(criterion, value, boundsOf(criterion))
    expect([0.69, 0.7, 0.89, 0.9].map((value) => state('retention', value))).toEqual([
      'not-yet',
      'under-way',
      'under-way',
      'ready',
    ])
    expect([0.151, 0.15, 0.05, 0.049].map((value) => state('orphans', value))).toEqual([
      'not-yet',
      'under-way',
      'under-way',
      'ready',
    ])
    expect([2, 3, 5, 6].map((value) => state('redundancy', value))).toEqual([
      'not-yet',
      'under-way',
      'under-way',
      'ready',
    ])
    expect([-1, 0, 1, 2].map((value) => state('brokerage', value))).toEqual([
      'not-yet',
      'under-way',
      'under-way',
      'ready',
    ])
    expect([0, 1].map((value) => state('vote', value))).toEqual(['not-yet', 'ready'])
  })
  test('a better value never stands worse, and what cannot be told is never ready', () => {
    const value = fc.double({ min: -1, max: 60, noNaN: true })
    const rank = { 'not-yet': 0, 'under-way': 1, ready: 2, unknown: -1 }
    fc.assert(
      fc.property(fc.constantFrom(...criteria), value, value, (criterion, one, other) => {
        const [worse, better] =
          usual[criterion].better === 'up'
            ? [Math.min(one, other), Math.max(one, other)]
            : [Math.max(one, other), Math.min(one, other)]
        const bounds = boundsOf(criterion)
        expect(rank[stateOf(criterion, worse, bounds)]).toBeLessThanOrEqual(rank[stateOf(criterion, better, bounds)])
      }),
    )
    for (const criterion of criteria)
      for (const nothing of [null, Number.NaN, Number.POSITIVE_INFINITY])
        expect(stateOf(criterion, nothing, boundsOf(criterion))).toBe('unknown')
  })
  test('what the place does not look at is left out, and what nobody has measured is unknown', () => {
    const rules = [{ criterion: 'leaders', underWay: null, ready: null, leftOut: true } as const]
    const judged = judge([{ criterion: 'retention', value: 0.95, base: 96 }], rules)
    expect(judged.map(({ criterion }) => criterion)).not.toContain('leaders')
    expect(judged.filter(({ state }) => state === 'unknown')).toHaveLength(6)
  })
})

describe('neighbours who lead', () => {
  const told = (leaders: number, ages: number | null, said: number): Measured[] => [
    { criterion: 'leaders', value: leaders, base: 96 },
    { criterion: 'leader-ages', value: ages, base: said },
  ]
  const sign = (measured: Measured[]) => judge(measured, []).find(({ criterion }) => criterion === 'leaders')
  test('are enough at three of two ages; where they have not said how old they are, three alone are enough, and it says so', () => {
    expect(sign(told(3, 2, 3))).toMatchObject({ state: 'ready', ages: 'several' })
    expect(sign(told(3, 1, 2))).toMatchObject({ state: 'under-way', ages: 'alike' })
    expect(sign(told(3, 1, 1))).toMatchObject({ state: 'ready', ages: 'unsaid' })
    expect(sign(told(3, null, 0))).toMatchObject({ state: 'ready', ages: 'unsaid' })
    expect(sign(told(2, 2, 2))).toMatchObject({ state: 'under-way' })
    expect(sign(told(1, null, 0))).toMatchObject({ state: 'not-yet' })
  })
  test('that were counted by roles stay so, and have not fallen because they are counted otherwise now', () => {
    const roles = sign([{ criterion: 'leaders', value: 4, base: 96 }])
    expect(roles).toMatchObject({ state: 'ready' })
    expect(roles).not.toHaveProperty('ages')
    const before = quarter('2026-04-01')
    const later = (measured: Measured[]) =>
      quarter('2026-07-01', [...ready.filter(({ criterion }) => criterion !== 'leaders'), ...measured])
    expect(fallen(before, later(told(0, null, 0)), [])).toEqual([])
    expect(fallen(later(told(3, 2, 3)), { ...later(told(1, null, 0)), first: '2026-10-01' }, [])).toEqual(['leaders'])
  })
})

describe('two quarters in a row', () => {
  const today = '2026-11-28'
  test('must all be ready, the last one that has ended among them', () => {
    expect(isTimeToTalk([quarter('2026-07-01'), quarter('2026-04-01')], [], today)).toBe(true)
    expect(isTimeToTalk([quarter('2026-07-01')], [], today)).toBe(false)
    expect(isTimeToTalk([quarter('2026-07-01'), quarter('2026-01-01')], [], today)).toBe(false)
    expect(isTimeToTalk([quarter('2026-10-01'), quarter('2026-07-01')], [], today)).toBe(false)
    const unknown = ready.filter(({ criterion }) => criterion !== 'vote')
    expect(isTimeToTalk([quarter('2026-07-01', unknown), quarter('2026-04-01')], [], today)).toBe(false)
  })
  test('a quarter begins in January, April, July and October, and the one before it ends the day before', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10)
          const first = quarterOf(day)
          expect(['01-01', '04-01', '07-01', '10-01']).toContain(first.slice(5))
          expect(first <= day).toBe(true)
          expect(quarterBefore(first) < first).toBe(true)
          expect(quarterOf(quarterBefore(first))).toBe(quarterBefore(first))
        },
      ),
    )
  })
  test('what falls after an exit is named; what is only unknown now is not said to have fallen', () => {
    const worse = ready.map((one) => (one.criterion === 'retention' ? { ...one, value: 0.6 } : one))
    const lost = worse.filter(({ criterion }) => criterion !== 'autonomy')
    expect(fallen(quarter('2026-04-01'), quarter('2026-07-01', lost), [])).toEqual(['retention'])
    expect(fallen(quarter('2026-04-01'), quarter('2026-07-01'), [])).toEqual([])
  })
  test('a share that falls is counted in quarters, one that rises is less than none, and one alone says nothing', () => {
    expect(fallingFor([0.5, 0.4, 0.3])).toBe(2)
    expect(fallingFor([0.3, 0.5, 0.4])).toBe(1)
    expect(fallingFor([0.4, 0.4])).toBe(0)
    expect(fallingFor([0.3, 0.4])).toBe(-1)
    expect(fallingFor([0.3])).toBeNull()
    expect(fallingFor([0.5, 0.4, null])).toBeNull()
    expect(fallingFor([])).toBeNull()
  })
})

describe('bounds that a place writes', () => {
  const typed = (criterion: Criterion, fields: Record<string, string>) =>
    readRule(new URLSearchParams(fields), criterion)
  test('are percent for a share and a whole number for the others; an empty field is the usual bound', () => {
    expect(typed('retention', { 'under-way': '60 %', ready: '82,5' }).rule).toMatchObject({
      underWay: 0.6,
      ready: 0.825,
    })
    expect(typed('redundancy', { 'under-way': '', ready: '5' }).rule).toMatchObject({ underWay: null, ready: 5 })
  })
  test('that stand in the wrong order, are too large or are no number are said to be so', () => {
    expect(typed('retention', { ready: '60' }).faults).toEqual([{ field: 'ready', code: 'bounds.order' }])
    expect(typed('orphans', { ready: '20' }).faults).toEqual([{ field: 'ready', code: 'bounds.order' }])
    expect(typed('redundancy', { ready: '8' }).faults).toEqual([{ field: 'ready', code: 'bounds.most' }])
    expect(typed('retention', { 'under-way': 'mange' }).faults).toEqual([{ field: 'under-way', code: 'bounds.number' }])
  })
})
