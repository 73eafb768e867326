import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  carriedOn,
  hintsInCheck,
  ownerOn,
  owners,
  quarterEnds,
  questions,
  readCheck,
  readStep,
  readTurn,
  shareOfSteps,
  toSettle,
} from './balance.ts'

const turn = (since: string, owner: (typeof owners)[number]) => ({ since, owner, carriedBefore: null, giveBack: null })

test('Amira takes over the booking of the hall and gives it back after four weeks: each day has one who carries it', () => {
  const step = {
    madeOn: '2027-01-04',
    doneOn: '2027-06-01',
    turns: [turn('2027-01-04', 'team'), turn('2027-02-01', 'municipality'), turn('2027-03-01', 'team')],
  }
  expect(
    ['2027-01-03', '2027-01-04', '2027-02-01', '2027-02-28', '2027-03-01', '2027-06-01'].map((day) =>
      ownerOn(step, day),
    ),
  ).toEqual([null, 'team', 'municipality', 'municipality', 'team', null])
})

test('the share of residents has its base: nothing under five, no percent under ten, and never outside its interval', () => {
  const step = fc.record({ owner: fc.constantFrom(...owners) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const all = steps.map(({ owner }) => ({ madeOn: '2027-01-01', doneOn: null, turns: [turn('2027-01-01', owner)] }))
      const carried = carriedOn(all, '2027-03-01')
      expect(carried.of).toBe(all.length)
      const share = shareOfSteps(carried)
      expect(share.kind).toBe(all.length < 5 ? 'few' : all.length < 10 ? 'count' : 'share')
      if (share.kind === 'share') expect(share.low <= share.percent && share.percent <= share.high).toBe(true)
      expect(carriedOn([], '2027-03-01')).toEqual({ residents: 0, of: 0 })
    }),
    { numRuns: 60 },
  )
  expect(shareOfSteps({ residents: 16, of: 25 })).toEqual({
    kind: 'share',
    residents: 16,
    of: 25,
    percent: 64,
    low: 45,
    high: 80,
  })
})

test('the quarters end on their last day, and the running one today', () => {
  expect(quarterEnds('2027-05-14', 4)).toEqual(['2026-09-30', '2026-12-31', '2027-03-31', '2027-05-14'])
})

test('an employee who takes over is asked who used to carry it, and what it takes to give it back', () => {
  expect(readTurn(new URLSearchParams('owner=team'))).toEqual({
    ok: true,
    value: { owner: 'team', carriedBefore: null, giveBack: null },
  })
  expect(readTurn(new URLSearchParams('owner=municipality'))).toMatchObject({
    problems: [{ field: 'before' }, { field: 'back' }],
  })
  expect(readTurn(new URLSearchParams('owner=municipality&before=nobody')).ok).toBe(true)
  expect(readTurn(new URLSearchParams('owner=municipality&before=team'))).toMatchObject({
    problems: [{ field: 'back' }],
  })
  const said = new URLSearchParams({
    what: 'Booke hallen',
    owner: 'municipality',
    before: 'team',
    back: 'At to kan koden til kalenderen',
  })
  expect(readStep(said)).toEqual({
    ok: true,
    value: {
      what: 'Booke hallen',
      turn: { owner: 'municipality', carriedBefore: 'team', giveBack: 'At to kan koden til kalenderen' },
    },
  })
  expect(readStep(new URLSearchParams())).toMatchObject({ problems: [{ field: 'what' }, { field: 'owner' }] })
})

test('six questions before a promise: what is not fine is to be settled, and a decision of the authority comes first', () => {
  const fineSaid = { equal: 'yes', interest: 'no', mandate: 'yes', authority: 'no', election: 'yes', keepable: 'yes' }
  const read = readCheck(new URLSearchParams({ ...fineSaid, promise: 'Åbne hallen til 21' }))
  expect(read.ok && toSettle(read.value)).toEqual([])
  const other = readCheck(
    new URLSearchParams({
      ...fineSaid,
      promise: 'Åbne hallen til 21',
      equal: 'unsure',
      authority: 'yes',
      note: 'Karsten spurgte',
    }),
  )
  expect(other.ok && toSettle(other.value)).toEqual(['authority', 'equal'])
  expect(other.ok && hintsInCheck(other.value)).toEqual(['name'])
  expect(readCheck(new URLSearchParams())).toMatchObject({
    problems: [{ field: 'promise' }, ...questions.map((field) => ({ field }))],
  })
})
