import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  agreementNeeded,
  daysBetween,
  isUntended,
  type Member,
  readGroup,
  readProposal,
  readReason,
  readRule,
  ruleAsks,
  stillDays,
  whoInherits,
} from './room.ts'

const day = fc
  .integer({ min: 0, max: 4000 })
  .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10))
const member: fc.Arbitrary<Member> = fc.record({
  id: fc.uuid(),
  joinedOn: day,
  activeOn: day,
  holds: fc.boolean(),
  known: fc.boolean(),
})

describe('who must agree', () => {
  test('there is never a transfer that one person makes alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), (holders) => {
        const { by, count } = agreementNeeded(holders)
        expect(count).toBe(by === 'keyholder' ? 1 : 2)
        expect(by).toBe(holders >= 2 ? 'keyholder' : 'trusted')
      }),
    )
  })
})

describe('the rule of trust', () => {
  test('more trust, or more days, never takes the question away; a crowd of newcomers never brings it', () => {
    fc.assert(
      fc.property(
        fc.record({ trusts: fc.integer({ min: 1, max: 50 }), days: fc.integer({ min: 1, max: 730 }) }),
        day,
        fc.array(day, { maxLength: 8 }),
        day,
        day,
        (rule, joined, by, another, today) => {
          if (ruleAsks(rule, joined, by, today)) expect(ruleAsks(rule, joined, [...by, another], today)).toBe(true)
          expect(
            ruleAsks(
              rule,
              joined,
              Array.from({ length: 60 }, () => today),
              today,
            ),
          ).toBe(false)
          if (ruleAsks(rule, joined, by, today)) expect(by.length).toBeGreaterThanOrEqual(rule.trusts)
        },
      ),
    )
  })
})

describe('who inherits', () => {
  test('is active, holds no key, was not asked before, and nobody like that has been here longer', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 12 }), day, (members, today) => {
        const asked = new Set(members.slice(0, 2).map(({ id }) => id))
        const heir = whoInherits(members, asked, today)
        const able = members.filter(
          (m) =>
            !m.holds &&
            !asked.has(m.id) &&
            daysBetween(m.activeOn, today) < stillDays &&
            (m.known || daysBetween(m.joinedOn, today) >= stillDays),
        )
        if (!heir) {
          expect(able).toEqual([])
          return
        }
        expect(able).toContain(heir)
        for (const other of able)
          if (other.known === heir.known) expect(other.joinedOn >= heir.joinedOn).toBe(true)
          else expect(heir.known).toBe(true)
      }),
    )
  })
  test('nobody while one with a key gives a sign of life; a new place is left in peace', () => {
    const poul = { id: 'a', joinedOn: '2020-01-01', activeOn: '2027-03-01', holds: true, known: true }
    expect(isUntended([poul], '2020-01-01', '2027-03-14')).toBe(false)
    expect(isUntended([{ ...poul, activeOn: '2026-09-01' }], '2020-01-01', '2027-03-14')).toBe(true)
    expect(isUntended([], '2027-01-01', '2027-03-14')).toBe(false)
    expect(isUntended([], '2026-01-01', '2027-03-14')).toBe(true)
  })
})

test('a reason of letters that nobody can see is none', () => {
  for (const reason of [
    '\u3164\u3164\u3164',
    '\u115F\u1160\u115F',
    '\uFFA0\uFFA0\uFFA0',
    '\u200B\u200B\u200B',
    '\u2800\u2800\u2800',
  ])
    expect(readReason(new URLSearchParams({ reason })).ok).toBe(false)
})

const form = (said: Record<string, string>) => new URLSearchParams(said)
const codes = (
  read:
    | ReturnType<typeof readReason>
    | ReturnType<typeof readRule>
    | ReturnType<typeof readGroup>
    | ReturnType<typeof readProposal>,
) => (read.ok ? [] : read.faults.map(({ code }) => code))

describe('what is typed', () => {
  test('a reason is a few words, and never a CPR number', () => {
    expect(codes(readReason(form({ reason: 'Ringer om mødet på torsdag' })))).toEqual([])
    expect(codes(readReason(form({ reason: '' })))).toEqual(['reason.missing'])
    expect(codes(readReason(form({ reason: 'ok' })))).toEqual(['reason.short'])
    expect(codes(readReason(form({ reason: 'x'.repeat(281) })))).toEqual(['reason.long'])
    expect(codes(readReason(form({ reason: 'Om 010203-1234' })))).toEqual(['cpr'])
  })
  test('a rule has numbers within reach', () => {
    expect(readRule(form({ trusts: '3', days: '30' }))).toEqual({ ok: true, value: { trusts: 3, days: 30 } })
    expect(codes(readRule(form({ trusts: '0', days: '731' })))).toEqual(['rule.trusts', 'rule.days'])
    expect(codes(readRule(form({ trusts: 'tre', days: '' })))).toEqual(['rule.trusts', 'rule.days'])
  })
  test('a proposal has an association and a day that is to come', () => {
    const id = '018f0000-0000-7000-8000-000000000000'
    const on = (d: string, m: string, y: string) => form({ association: id, 'on-day': d, 'on-month': m, 'on-year': y })
    expect(codes(readProposal(on('14', 'marts', '2027'), '2027-03-14'))).toEqual([])
    expect(codes(readProposal(on('13', '3', '2027'), '2027-03-14'))).toEqual(['date.past'])
    expect(codes(readProposal(on('13', '3', '2037'), '2027-03-14'))).toEqual(['date.far'])
    expect(codes(readProposal(form({}), '2027-03-14'))).toContain('association')
  })
  test('whatever is typed is read or refused, and nothing breaks', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'reason',
            'trusts',
            'days',
            'name',
            'cvr',
            'parent',
            'kind',
            'association',
            'on-day',
            'on-month',
            'on-year',
          ),
          fc.string({ unit: 'binary' }),
        ),
        (said) => {
          for (const read of [
            readReason(form(said)),
            readRule(form(said)),
            readGroup(form(said)),
            readProposal(form(said), '2027-03-14'),
          ])
            expect(typeof read.ok).toBe('boolean')
        },
      ),
    )
  })
})
