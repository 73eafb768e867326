// How people write dates and times, and what the reader makes of it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DateProblem, readDate, readTime } from './dates.ts'

const today = '2027-03-01'
const read = (day: string, month = '', year = '', from: string | undefined = today) => {
  const result = readDate({ 'at-day': day, 'at-month': month, 'at-year': year }, 'at', from)
  return 'date' in result ? result.date : result.problem
}

describe('a date is read as it is written', () => {
  test.each([
    ['21', '3', '2027'],
    ['21', '03', '27'],
    ['21.', 'marts', '2027'],
    ['21', 'Marts', ''],
    ['21', 'mar.', ''],
    ['21', 'march', ''],
    ['21. marts', '', ''],
    ['21. marts', '', '2027'],
    ['21. marts 2027', '', ''],
    ['21 marts', '', ''],
    ['21/3', '', ''],
    ['21/3-27', '', ''],
    ['21-3-2027', '', ''],
    ['21.3.2027', '', ''],
    ['21.03.27', '', ''],
    ['2027-03-21', '', ''],
    ['søndag den 21. marts', '', ''],
    ['Sunday 21 March 2027', '', ''],
    ['21st March', '', ''],
    ['March 21, 2027', '', ''],
    ['', '21. marts', '2027'],
    [' 21 ', ' marts ', ' 2027 '],
  ])('«%s» «%s» «%s» is 21 March 2027', (day, month, year) => {
    expect(read(day, month, year)).toBe('2027-03-21')
  })

  test('«3. maj» and «3», «maj» are the third of May', () => {
    expect(read('3. maj')).toBe('2027-05-03')
    expect(read('3', 'maj')).toBe('2027-05-03')
  })

  test('without a year it is the next such day', () => {
    expect(read('1', '3')).toBe('2027-03-01')
    expect(read('28', 'februar')).toBe('2028-02-28')
    expect(read('29', 'februar')).toBe('2028-02-29')
  })
})

describe('what cannot be read is asked for by its part', () => {
  test.each<[string, string, string, DateProblem]>([
    ['', '', '', 'date.missing'],
    ['', 'marts', '2027', 'date.day'],
    ['21', '', '2027', 'date.month'],
    ['21', '13', '2027', 'date.month'],
    ['21', 'mar ts', '2027', 'date.month'],
    ['21', 'ma', '2027', 'date.month'],
    ['32', '3', '2027', 'date.day'],
    ['21', '3', '227', 'date.year'],
    ['31', 'april', '2027', 'date.impossible'],
    ['29', '2', '2027', 'date.impossible'],
    ['30', 'februar', '', 'date.impossible'],
    ['på torsdag', '', '', 'date.unclear'],
    ['femte', 'maj', '2027', 'date.day'],
  ])('«%s» «%s» «%s» gives %s', (day, month, year, problem) => {
    expect(read(day, month, year)).toBe(problem)
  })

  test('without today the year is asked for', () => {
    const result = readDate({ 'at-day': '3', 'at-month': 'maj' }, 'at')
    expect(result).toMatchObject({ problem: 'date.year' })
  })
})

test('what was typed comes back word for word', () => {
  expect(readDate({ 'at-day': 'i morgen', 'at-month': '', 'at-year': '' }, 'at')).toMatchObject({
    said: { day: 'i morgen', month: '', year: '' },
  })
})

test('a posted FormData is read as well', () => {
  const form = new FormData()
  form.set('at-day', '3. maj 2027')
  expect(readDate(form, 'at')).toMatchObject({ date: '2027-05-03' })
})

test('a file, a list or nothing in a field is the same as an empty field', () => {
  expect(readDate({ 'at-day': ['1', '2'], 'at-month': new File([], 'x'), 'at-year': undefined }, 'at')).toMatchObject({
    problem: 'date.missing',
  })
})

test('every real day of the century is read, whichever way it is written', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
      const iso = at.toISOString().slice(0, 10)
      const [y = '', m = '', d = ''] = iso.split('-')
      const danish = new Intl.DateTimeFormat('da', { dateStyle: 'long', timeZone: 'UTC' }).format(at)
      const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(at)
      for (const said of [iso, `${d}/${m}/${y}`, danish, english]) expect(read(said)).toBe(iso)
      expect(read(d, m, y)).toBe(iso)
    }),
  )
})

test('nothing that can be typed breaks the reader', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (day, month, year) => {
      expect(read(day, month, year)).toMatch(/^(\d{4}-\d\d-\d\d|date\.\w+)$/)
    }),
  )
})

describe('a time is read as it is written', () => {
  test.each([
    ['19', '19:00'],
    ['9', '09:00'],
    ['19.30', '19:30'],
    ['19:30', '19:30'],
    ['1930', '19:30'],
    ['930', '09:30'],
    ['kl. 19', '19:00'],
    ['Kl 19.30', '19:30'],
    ['0.05', '00:05'],
  ])('«%s» is %s', (said, time) => {
    expect(readTime({ at: said }, 'at')).toEqual({ time, said })
  })
  test.each(['24', '19.60', 'aften', '19.3', '19:30:00'])('«%s» is not clear', (said) => {
    expect(readTime({ at: said }, 'at')).toEqual({ problem: 'time.unclear', said })
  })
  test('nothing is missing', () => {
    expect(readTime({}, 'at')).toEqual({ problem: 'time.missing', said: '' })
  })
})
