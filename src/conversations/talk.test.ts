import { expect, test } from 'vitest'
import { asFields, inParts, noteDue, type Plan, readName, readPlan, readRhythm, thanksDue, theOther } from './talk.ts'

const today = '2027-03-14'
const plan: Plan = {
  kind: 'recruitment',
  medium: 'walk',
  purpose: 'Jeg vil gerne høre, hvad du brænder for. Jeg spørger dig ikke om noget.',
  spot: 'Hallen',
  plannedOn: '2027-03-16',
  plannedTime: '10:00',
  wantedBy: 'starter',
}

test('a plan goes through its form and is the same plan; a day that stood there may stay', () => {
  expect(readPlan(asFields(plan), today)).toEqual({ ok: true, value: plan })
  const old = { ...plan, plannedOn: '2027-03-01', wantedBy: 'other' as const, spot: null, plannedTime: null }
  expect(readPlan(asFields(old), today, '2027-03-01')).toEqual({ ok: true, value: old })
  expect(readPlan(asFields(old), today)).toEqual({ ok: false, problems: [{ field: 'when', code: 'past' }] })
})

test('the purpose is said in advance: without one there is no plan, and a CPR number is in none', () => {
  expect(readPlan(new URLSearchParams(), today)).toMatchObject({
    problems: [{ field: 'kind' }, { field: 'medium' }, { field: 'purpose', code: 'purpose' }],
  })
  const said = asFields(plan)
  said.set('purpose', 'Om 010190-1234')
  said.set('when-month', 'maj måned')
  said.set('time', 'i morgen')
  expect(readPlan(said, today)).toMatchObject({
    problems: [{ field: 'purpose', code: 'cpr' }, { field: 'when' }, { field: 'time', code: 'time' }],
  })
})

test('thanks are asked about for two days and the note for seven; then nobody is behind', () => {
  const held = { heldOn: '2027-03-12', thankedOn: null, noteRev: 0 }
  expect(['2027-03-12', '2027-03-14', '2027-03-15'].map((day) => thanksDue(held, day))).toEqual([true, true, false])
  expect(['2027-03-19', '2027-03-20'].map((day) => noteDue(held, day))).toEqual([true, false])
  expect(thanksDue({ ...held, thankedOn: '2027-03-12' }, today)).toBe(false)
})

test('the list has what comes, what is to be followed up, and what was', () => {
  const one = {
    answer: 'yes',
    heldOn: null,
    plannedOn: null,
    nextOn: null,
    noteRev: 0,
    thankedOn: null,
    touchedOn: '2027-03-01',
  } as const
  const talks = [
    { ...one, id: 'no day' },
    { ...one, id: 'planned', plannedOn: '2027-03-20' },
    { ...one, id: 'no', answer: 'no' as const },
    { ...one, id: 'just held', heldOn: '2027-03-13' },
    { ...one, id: 'again', heldOn: '2026-12-01', noteRev: 1, nextOn: '2027-03-14' },
    { ...one, id: 'long ago', heldOn: '2026-11-01', noteRev: 1 },
  ]
  const parts = inParts(talks, today)
  const ids = (part: { id: string }[]) => part.map(({ id }) => id)
  expect(ids(parts.coming)).toEqual(['planned', 'no day'])
  expect(ids(parts.follow)).toEqual(['just held', 'again'])
  expect(ids(parts.held)).toEqual(['no', 'long ago'])
})

test('each of the two reads the other’s name, in the other’s own letters', () => {
  const talk = { starterName: 'Amira', otherName: null }
  expect(theOther({ ...talk, mine: 'starter' })).toBe(null)
  expect(theOther({ ...talk, mine: 'other' })).toBe('Amira')
  expect(readName('  Poul ')).toEqual({ name: 'Poul' })
  expect([readName(' '), readName('x'.repeat(61)), readName('010190-1234')]).toEqual([
    { problem: 'missing' },
    { problem: 'long' },
    { problem: 'cpr' },
  ])
})

test('one sets one’s own rhythm', () => {
  expect(readRhythm(new URLSearchParams('talks=2&every=week'))).toEqual({ talks: 2, every: 'week' })
  for (const none of ['talks=0&every=week', 'talks=2', 'talks=21&every=month', 'talks=x&every=week'])
    expect(readRhythm(new URLSearchParams(none))).toBe(null)
})
