import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Talk } from './talk.ts'
import { inThisTurn, whoNext } from './who-next.ts'

const today = '2027-03-17'
let ids = 0
const talk = (name: string | null, more: Partial<Talk> = {}) => ({
  id: `t${++ids}`,
  slug: 'holmetofte',
  place: 'Holmetofte',
  mine: 'starter' as const,
  starterName: 'Karsten',
  otherName: name,
  answer: 'yes' as const,
  heldOn: null,
  plannedOn: null,
  nextOn: null,
  touchedOn: today,
  ...more,
})
const names = (talks: readonly { otherName: string | null }[]) => talks.map(({ otherName }) => otherName)

test('first those with whom a day was agreed, then whom one owes or is owed something, then those of long ago; each once', () => {
  const talks = [
    talk('Ruth', { heldOn: '2027-01-02' }),
    talk('Freja', { heldOn: '2027-03-01', nextOn: '2027-03-20' }),
    talk('Poul', { heldOn: '2027-03-02', nextOn: '2027-03-10' }),
    talk('Lena', { heldOn: '2027-03-10' }),
    talk('Jens', { heldOn: '2026-12-01' }),
  ]
  const owed = [
    { talk: talks[1]?.id ?? '', what: 'Kage', by: 'starter' as const, state: 'made' as const },
    { talk: talks[3]?.id ?? '', what: 'Nøglen', by: 'other' as const, state: 'renegotiated' as const },
    { talk: talks[4]?.id ?? '', what: 'Gjort', by: 'starter' as const, state: 'kept' as const },
  ]
  const next = whoNext(talks, owed, today)
  expect(names(next.again)).toEqual(['Poul', 'Freja'])
  expect(next.promised.map((one) => [one.talk.otherName, one.what, one.mine])).toEqual([['Lena', 'Nøglen', false]])
  expect(names(next.longAgo)).toEqual(['Jens', 'Ruth'])
})

test('nobody with whom a talk is planned; and of somebody one met again, only the last time counts', () => {
  const talks = [
    talk('Ruth', { heldOn: '2026-01-02', nextOn: '2026-02-01' }),
    talk('Ruth', { heldOn: '2027-03-12' }),
    talk('Poul', { heldOn: '2027-01-02', nextOn: '2027-02-01' }),
    talk('Poul', { plannedOn: '2027-03-20', answer: 'waiting' }),
  ]
  expect(whoNext(talks, [], today)).toEqual({ again: [], promised: [], longAgo: [] })
})

test('nobody stands twice, whatever the talks were', () => {
  const day = fc.constantFrom(null, '2026-11-01', '2027-02-01', '2027-03-16')
  const some = fc.record({
    name: fc.constantFrom('Ruth', 'Poul', null),
    heldOn: day,
    nextOn: day,
    answer: fc.constantFrom('yes', 'waiting', 'no', 'not_now'),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), (drawn) => {
      const talks = drawn.map(({ name, ...more }) => talk(name, more as Partial<Talk>))
      const owed = talks.map(({ id }) => ({ talk: id, what: 'x', by: 'other' as const, state: 'made' as const }))
      const { again, promised, longAgo } = whoNext(talks, owed, today)
      const all = [...again, ...promised.map((one) => one.talk), ...longAgo].map((one) => one.otherName ?? one.id)
      expect(new Set(all).size).toBe(all.length)
    }),
  )
})

test('the rhythm counts from Monday to Sunday, or by the month: what was held and what is planned, and no no', () => {
  const talks = [
    talk('a', { heldOn: '2027-03-15' }),
    talk('b', { plannedOn: '2027-03-21' }),
    talk('c', { plannedOn: '2027-03-22' }),
    talk('d', { heldOn: '2027-03-14' }),
    talk('e', { plannedOn: '2027-03-18', answer: 'no' }),
    talk('f'),
  ]
  expect(inThisTurn(talks, { every: 'week' }, today)).toBe(2)
  expect(inThisTurn(talks, { every: 'month' }, today)).toBe(4)
})
