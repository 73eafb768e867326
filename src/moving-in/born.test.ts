import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isUnder15, readBorn } from './born.ts'

const year = 2027
const told = (typed: string) => {
  const born = readBorn(typed, year)
  return born && [born.year, born.month, born.day]
}

describe('a day of birth is read as lists write it', () => {
  test.each([
    ['24-12-1950', [1950, 12, 24]],
    ['24.12.1950', [1950, 12, 24]],
    ['24/12 1950', [1950, 12, 24]],
    ['4.1.50', [1950, 1, 4]],
    ['04-01-15', [2015, 1, 4]],
    ['24. december 1950', [1950, 12, 24]],
    ['3 maj 2001', [2001, 5, 3]],
    ['1950-12-24', [1950, 12, 24]],
    ['1950-12-24T00:00:00.000Z', [1950, 12, 24]],
    ['24-12-1950 00:00', [1950, 12, 24]],
    ['12/24/1950', [1950, 12, 24]],
    ['1950', [1950, null, null]],
  ])('%s', (typed, born) => expect(told(typed)).toEqual(born))

  test.each(['', '31-02-1990', 'ukendt', '99', '1850', '2050-01-01', '1/1', '5551234'])('»%s« is none', (typed) =>
    expect(told(typed)).toBeNull(),
  )

  test('every day of a hundred years is read the same in Danish and in ISO', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1927, 0, 2), max: Date.UTC(2026, 11, 31) }), (at) => {
        const iso = new Date(at).toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect(told(`${d}-${m}-${y}`)).toEqual(told(iso))
        expect(told(iso)).toEqual([Number(y), Number(m), Number(d)])
      }),
    )
  })
})

describe('nobody under fifteen is asked', () => {
  test('on the day itself somebody is fifteen; the day before not', () => {
    expect(isUnder15({ year: 2012, month: 3, day: 14 }, '2027-03-14')).toBe(false)
    expect(isUnder15({ year: 2012, month: 3, day: 15 }, '2027-03-14')).toBe(true)
  })
  test('with a year alone, whoever is not surely fifteen is not asked', () => {
    expect(isUnder15({ year: 2012, month: null, day: null }, '2027-03-14')).toBe(true)
    expect(isUnder15({ year: 2011, month: null, day: null }, '2027-03-14')).toBe(false)
  })
})
