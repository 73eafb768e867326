import { describe, expect, test } from 'vitest'
import { freeSlug, isSlug, planState, readFounding, readPlan, readWording, sameName, slugOf } from './community.ts'

const today = '2027-03-14'
const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const plan = { 'last-day-day': '1', 'last-day-month': 'maj', 'last-day-year': '2030', 'still-missing': 'En kasserer.' }
const codes = (read: object) =>
  'problems' in read ? (read.problems as { code: string }[]).map(({ code }) => code) : []

describe('the address of a community', () => {
  test.each([
    ['Holmetofte', 'holmetofte'],
    ['Nørre Askelund', 'noerre-askelund'],
    ['Ærø', 'aeroe'],
    ['Ålsgårde', 'aalsgaarde'],
    ['A\u030Albæk', 'aalbaek'],
    ['Café Müller & Søn', 'cafe-muller-soen'],
    ['  Sct. Jørgens  By ', 'sct-joergens-by'],
  ])('%s is found at /c/%s', (name, slug) => expect(slugOf(name)).toBe(slug))

  test('a name without our letters, one too short, and the word of another page still get an address', () => {
    for (const name of ['Київ', '村', '!', 'X', 'new', '-', 'y'.repeat(80), `${'æ'.repeat(49)}-b`]) {
      expect(slugOf(name), name).toSatisfy(isSlug)
      expect(slugOf(name)).not.toBe('new')
    }
  })
  test('two places that would have the same address get one each', () => {
    expect(freeSlug('Nyby', new Set())).toBe('nyby')
    expect(freeSlug('Nyby', new Set(['nyby', 'nyby-2']))).toBe('nyby-3')
  })
  test('capital letters do not make another name', () => {
    expect(sameName('NØRRE ÅSKOV', 'Nørre Åskov')).toBe(true)
    expect(sameName('Nyby', 'Nybo')).toBe(false)
  })
})

describe('the withdrawal plan against the calendar', () => {
  const plan = { lastDay: '2027-03-14', stillMissing: '' }
  test('on its last day the plan still holds', () => expect(planState(plan, 'beside', '2027-03-14')).toBe('ahead'))
  test('the day after, it is overdue', () => expect(planState(plan, 'beside', '2027-03-15')).toBe('overdue'))
  test('who has gone is not late', () => expect(planState(plan, 'out', '2028-01-01')).toBe('out'))
})

describe('what founds a community', () => {
  test('a name, how many live there, a last day and what is missing', () =>
    expect(readFounding(form({ name: ' Ny  by ', residents: '1.120', ...plan }), today)).toEqual({
      value: { name: 'Ny by', residents: 1120, lastDay: '2030-05-01', stillMissing: 'En kasserer.' },
    }))
  test('nobody has to know how many live there', () =>
    expect(readFounding(form({ name: 'Nyby', residents: ' ', ...plan }), today)).toMatchObject({
      value: { residents: null },
    }))
  test('all that is missing is said at once', () =>
    expect(codes(readFounding(form({}), today))).toEqual(['name.missing', 'date.missing', 'stillMissing.missing']))
  test.each(['0', '-3', '3,5', '12.5', '1e3', 'mange', '1000000', '０'])('%s is no number of residents', (residents) =>
    expect(codes(readFounding(form({ name: 'Nyby', residents, ...plan }), today))).toEqual(['residents.number']),
  )
  test('a last day that has passed is no plan', () =>
    expect(codes(readFounding(form({ name: 'Nyby', ...plan, 'last-day-year': '2026' }), today))).toEqual([
      'lastDay.past',
    ]))
  test('a last day after a whole life is a slip of the pen', () =>
    expect(codes(readFounding(form({ name: 'Nyby', ...plan, 'last-day-year': '2207' }), today))).toEqual([
      'lastDay.far',
    ]))
  test('without a year it is the next such day', () =>
    expect(readPlan(form({ ...plan, 'last-day-year': '' }), today, 'beside')).toMatchObject({
      value: { lastDay: '2027-05-01' },
    }))
  test('where the municipality has gone, the day may have passed', () =>
    expect(readPlan(form({ ...plan, 'last-day-year': '2026' }), today, 'out')).toMatchObject({
      value: { lastDay: '2026-05-01' },
    }))
})

describe('the words of a definition', () => {
  const wording = { text: 'Et godt sted', authors: '24' }
  test('line breaks are kept, and other invisible characters are not', () =>
    expect(readWording(form({ text: ' Et sted\u0000\r\nhvor nogen\u2028ringer på.\n\n\n\n', authors: '2' }))).toEqual({
      value: { text: 'Et sted\nhvor nogen\nringer på.', authors: 2 },
    }))
  test('600 characters fit, however they are written', () => {
    expect(codes(readWording(form({ text: 'å'.repeat(600), authors: '1' })))).toEqual([])
    expect(codes(readWording(form({ text: 'a\u030A'.repeat(600), authors: '1' })))).toEqual([])
    expect(codes(readWording(form({ text: '🏡a'.repeat(300), authors: '1' })))).toEqual([])
    expect(codes(readWording(form({ text: 'å'.repeat(601), authors: '1' })))).toEqual(['text.long'])
  })
  test('a CPR number is never kept, in what all may read least of all', () => {
    expect(codes(readWording(form({ text: 'Spørg Ole, 010203-1234', authors: '1' })))).toEqual(['cpr'])
    expect(codes(readFounding(form({ name: '010203-1234', ...plan }), today))).toEqual(['cpr'])
    expect(codes(readPlan(form({ ...plan, 'still-missing': '0102031234' }), today, 'beside'))).toEqual(['cpr'])
  })
  test('what cannot be seen is nothing', () =>
    expect(codes(readWording(form({ text: '\u200B \u2060 …', authors: '1' })))).toEqual(['text.missing']))
  test('marks piled on one letter are refused; the marks of a language are not', () => {
    expect(codes(readWording(form({ text: `a${'\u0301'.repeat(40)}`, authors: '1' })))).toEqual(['marks'])
    expect(codes(readWording(form({ text: `a${'\u0301'.repeat(10_000)}`, authors: '1' })))).toEqual(['text.long'])
    expect(codes(readWording(form({ text: 'Chào bạn, xin chào. नमस्ते. مَرْحَبًا', authors: '1' })))).toEqual([])
  })
  test('a field that nobody asked for, or one that comes twice, is sent back', () => {
    expect(codes(readWording(form({ ...wording, version: '9' })))).toEqual(['foreign'])
    expect(codes(readWording(new URLSearchParams('text=a&authors=1&authors=2')))).toEqual(['repeated'])
  })
})
