import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysToTick, ledOverYears, mayTick, readAnnounced, readCancel } from './training.ts'

const form = (over: Record<string, string> = {}) =>
  new URLSearchParams({
    module: '3',
    'date-day': '3. maj',
    'date-month': '',
    'date-year': '',
    time: 'kl. 19',
    place: 'Forsamlingshuset',
    room: '12',
    ...over,
  })
const today = '2027-03-14'
const codes = (over: Record<string, string>) => {
  const read = readAnnounced(form(over), today)
  return read.ok ? [] : read.faults.map(({ field, code }) => `${field}: ${code}`)
}

describe('a training as it is announced', () => {
  test('is read as people write it', () => {
    expect(readAnnounced(form(), today)).toEqual({
      ok: true,
      value: { module: 3, date: '2027-05-03', time: '19:00', place: 'Forsamlingshuset', room: 12 },
    })
    expect(readAnnounced(form({ room: ' ' }), today)).toMatchObject({ value: { room: null } })
  })

  test('says what is to be mended', () => {
    expect(codes({ module: '' })).toEqual(['module: module'])
    // The evening of the employees is no evening of a place.
    expect(codes({ module: '9' })).toEqual(['module: module'])
    expect(codes({ 'date-day': '13. marts 2027' })).toEqual(['date: past'])
    expect(codes({ 'date-day': '13. marts 2037' })).toEqual(['date: far'])
    expect(codes({ place: '' })).toEqual(['place: place'])
    expect(codes({ place: 'x'.repeat(121) })).toEqual(['place: placeLong'])
    expect(codes({ place: 'Hos 010190-1234' })).toEqual(['place: cpr'])
    for (const room of ['1', '31', '-3', 'ti', '3.5', '٣'])
      expect([room, codes({ room })]).toEqual([room, ['room: room']])
    expect(codes({ leader: 'En anden' })).toEqual(['module: strange'])
  })

  test('whatever is typed, it is read or told what is wrong', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('module', 'date-day', 'time', 'place', 'room', 'x'), fc.string()),
        (typed) => {
          const read = readAnnounced(new URLSearchParams(typed), today)
          expect(read.ok || read.faults.length > 0).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is called off with a word about what to do instead, or with none', () => {
    expect(readCancel(new URLSearchParams())).toEqual({ ok: true, value: null })
    expect(readCancel(new URLSearchParams({ words: ' Vi  ses den 12. ' }))).toEqual({
      ok: true,
      value: 'Vi ses den 12.',
    })
    expect(readCancel(new URLSearchParams({ words: 'x'.repeat(301) }))).toMatchObject({ ok: false })
  })
})

describe('that one was there', () => {
  const startsAt = new Date('2027-03-14T18:00:00Z')
  const days = (n: number) => new Date(startsAt.getTime() + n * 86_400_000)

  test('is said from the beginning on, for sixty days, and not of one that was called off', () => {
    expect(mayTick({ startsAt, cancelledAt: null }, days(-0.01))).toBe(false)
    expect(mayTick({ startsAt, cancelledAt: null }, startsAt)).toBe(true)
    expect(mayTick({ startsAt, cancelledAt: null }, days(daysToTick))).toBe(true)
    expect(mayTick({ startsAt, cancelledAt: null }, days(daysToTick + 0.01))).toBe(false)
    expect(mayTick({ startsAt, cancelledAt: startsAt }, days(1))).toBe(false)
  })
})

describe('who leads over the years', () => {
  const now = new Date('2027-06-01T00:00:00Z')
  const one = fc.record({
    year: fc.integer({ min: 2024, max: 2028 }),
    ledBy: fc.constantFrom('resident', 'municipality'),
    startsAt: fc.date({ min: new Date('2024-01-01'), max: new Date('2028-12-31'), noInvalidDate: true }),
    cancelledAt: fc.option(fc.constant(now), { nil: null }),
  })

  test('each that was held is counted once, in its year; none that was called off or is to come', () => {
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (all) => {
        const years = ledOverYears(all, now)
        const held = all.filter(({ startsAt, cancelledAt }) => cancelledAt === null && startsAt <= now)
        expect(years.reduce((sum, { held: n }) => sum + n, 0)).toBe(held.length)
        expect(years.reduce((sum, { byResidents }) => sum + byResidents, 0)).toBe(
          held.filter(({ ledBy }) => ledBy === 'resident').length,
        )
        for (const { held: of, byResidents } of years) expect(byResidents <= of && of > 0).toBe(true)
        expect(years.map(({ year }) => year)).toEqual([...new Set(held.map(({ year }) => year))].sort((a, b) => b - a))
      }),
      { numRuns: 60 },
    )
  })
})
