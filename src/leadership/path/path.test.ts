import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Act,
  actKinds,
  calledBy,
  isDue,
  isPausing,
  monthsLater,
  nextOf,
  openedBy,
  proposal,
  type StageNumber,
  type Step,
  stageOf,
} from './path.ts'

const act = (kind: Act['kind'], on = '2027-03-01', whom?: string): Act => ({
  kind,
  on,
  base: 'door',
  about: null,
  ...(whom !== undefined && { whom }),
})
const said = (stage: StageNumber, restingSince: string | null = null): Step => ({
  stage,
  saidOn: '2027-01-01',
  standsOn: '2027-01-01',
  restingSince,
  coachMayKnow: false,
})

const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...actKinds),
  on: fc.integer({ min: 0, max: 700 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)),
  base: fc.constant('door' as const),
  about: fc.option(fc.constantFrom('Lys i hallen', 'Ét langt bord')),
  whom: fc.constantFrom('a', 'b', 'c'),
})
const acts = fc.array(anyAct, { maxLength: 12 })

describe('what opens a stage', () => {
  test('is the one act of the table, and it says which and when', () => {
    expect(stageOf([])).toBe(0)
    const rows: [Act['kind'], number][] = [
      ['came', 1],
      ['kept', 2],
      ['brought', 3],
      ['hosted', 4],
      ['raised', 6],
    ]
    for (const [kind, stage] of rows) {
      expect(openedBy([act(kind)]).at(-1)).toEqual({ stage, acts: [act(kind)] })
      expect(stageOf([act(kind)])).toBe(stage)
    }
    // Whoever held an evening was there, too; nothing else opens two.
    expect(openedBy([act('hosted')]).map(({ stage }) => stage)).toEqual([1, 4])
    expect(openedBy([act('came', '2027-01-05'), act('came', '2027-02-05')])[0]?.acts.map(({ on }) => on)).toEqual([
      '2027-02-05',
      '2027-01-05',
    ])
  })
  test('for a leader is to be there for two others who keep what they promise: the same one twice is one', () => {
    expect(stageOf([act('coached', '2027-01-01', 'a'), act('coached', '2027-02-01', 'a')])).toBe(0)
    expect(stageOf([act('coached', '2027-01-01', 'a'), act('coached', '2027-02-01', 'b')])).toBe(5)
  })
  test('more acts never lower it', () => {
    fc.assert(
      fc.property(acts, acts, (some, more) => {
        expect(stageOf([...some, ...more])).toBeGreaterThanOrEqual(stageOf(some))
        const kept = openedBy(some).map(({ stage }) => stage)
        expect(openedBy([...some, ...more]).map(({ stage }) => stage)).toEqual(expect.arrayContaining(kept))
      }),
    )
  })
  test('the order of the acts does not matter, and neither does a list that was typed in twice', () => {
    fc.assert(
      fc.property(acts, fc.integer(), (some, turn) => {
        const at = some.length === 0 ? 0 : Math.abs(turn) % some.length
        const turned = [...some.slice(at), ...some.slice(0, at)].reverse()
        expect(openedBy(turned)).toEqual(openedBy(some))
        expect(stageOf([...some, ...some])).toBe(stageOf(some))
      }),
    )
  })
  test('what one is there for others with opens no lower stage, and what one does alone opens none of the two highest', () => {
    fc.assert(
      fc.property(acts, (some) => {
        const alone = some.filter(({ kind }) => kind !== 'coached' && kind !== 'raised')
        const low = (all: Act[]) => openedBy(all).filter(({ stage }) => stage < 5)
        expect(low(some)).toEqual(openedBy(alone))
        expect(stageOf(alone)).toBeLessThan(5)
      }),
    )
  })
})

describe('what one calls oneself', () => {
  test('is one’s own yes, and no act moves it', () => {
    fc.assert(
      fc.property(acts, fc.subarray([1, 2, 3, 4, 5, 6] as StageNumber[]), (some, yes) => {
        const steps = yes.map((stage) => said(stage))
        expect(calledBy(steps)).toBe(Math.max(0, ...yes))
        const asked = proposal(some, steps)
        if (asked) {
          expect(asked.stage).toBeGreaterThan(calledBy(steps))
          expect(openedBy(some)).toContainEqual(asked)
        }
      }),
    )
  })
  test('Freja has taken two with her: she is asked whether she is an inviter, and then whether she is a host', () => {
    const done = [act('came'), act('kept'), act('brought'), act('brought', '2027-03-02'), act('hosted')]
    expect(proposal(done, [])).toMatchObject({ stage: 3, acts: [{ on: '2027-03-02' }, { on: '2027-03-01' }] })
    expect(proposal(done, [said(3)])).toMatchObject({ stage: 4 })
    expect(proposal(done, [said(3), said(4)])).toBeNull()
    expect(proposal([act('came'), act('kept')], [])).toMatchObject({ stage: 2 })
  })
  test('stays while one rests: a smaller part or a pause, and one is asked nothing meanwhile', () => {
    const smaller = [said(3), said(4, '2027-02-01')]
    expect(calledBy(smaller)).toBe(3)
    expect(isPausing(smaller)).toBe(false)
    const paused = [said(3, '2027-02-01'), said(4, '2027-02-01')]
    expect([calledBy(paused), isPausing(paused)]).toEqual([0, true])
    expect(proposal([act('hosted'), act('raised')], paused)).toBeNull()
    expect(isPausing([])).toBe(false)
  })
  test('is asked about again after a year, also from the last day of a month', () => {
    expect(isDue({ standsOn: '2026-03-14' }, '2027-03-13')).toBe(false)
    expect(isDue({ standsOn: '2026-03-14' }, '2027-03-14')).toBe(true)
    expect(monthsLater('2024-02-29', 12)).toBe('2025-02-28')
  })
})

test('the next step is the one after the highest that one has done, and the way has an end', () => {
  expect(nextOf([])).toBe(1)
  expect(nextOf([act('hosted')])).toBe(5)
  expect(nextOf([act('raised')])).toBeNull()
})
