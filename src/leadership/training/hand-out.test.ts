import { describe, expect, test } from 'vitest'
import { languages } from '../../i18n/catalogue.ts'
import { lengthOf, longest, onTheClock, shortest } from './hand-out.ts'
import { modules } from './training.ts'
import { handOut } from './words.ts'

const sheets = languages.flatMap((lang) => modules.map((module) => ({ lang, module, sheet: handOut(lang, module) })))

describe('a hand-out', () => {
  test.each(sheets)('fills an evening of two to three hours: $lang, $module', ({ sheet }) => {
    expect(lengthOf(sheet)).toBeGreaterThanOrEqual(shortest)
    expect(lengthOf(sheet)).toBeLessThanOrEqual(longest)
    expect(sheet.course.filter(({ minutes }) => minutes % 5 !== 0)).toEqual([])
    expect(sheet.course.some(({ what }) => /^(Pause|Break)/.test(what))).toBe(true)
  })

  test.each(sheets)(
    'has three exercises that stand in its course, each with words to say: $lang, $module',
    ({ sheet }) => {
      expect(sheet.exercises).toHaveLength(3)
      const inCourse = sheet.course.filter(({ what }) => /^(Øvelse|Exercise) [123]:/.test(what))
      expect(inCourse.map(({ what }) => what.split(' ')[1])).toEqual(['1:', '2:', '3:'])
      for (const { say } of sheet.exercises) {
        expect(say.length).toBeGreaterThan(0)
        expect(say.filter((words) => !/^[»“].*[«”]$/s.test(words))).toEqual([])
      }
      for (const [at, { what }] of inCourse.entries()) expect(what).toContain(sheet.exercises[at]?.title)
    },
  )

  test.each(sheets)('has something to write in, to take home, and somebody who helps: $lang, $module', ({ sheet }) => {
    expect([sheet.box.lines.length > 2, sheet.home.length > 2, sheet.helps.length > 0, sheet.needs.length > 2]).toEqual(
      [true, true, true, true],
    )
    // What it is for is one sentence.
    expect(sheet.purpose.match(/[.!?]/g)).toHaveLength(1)
  })

  test.each(modules)('says the same in English, line for line: %s', (module) => {
    const [da, en] = [handOut('da', module), handOut('en', module)]
    const shape = ({ course, exercises, box, home, needs }: typeof da) => [
      course.map(({ minutes }) => minutes),
      exercises.map(({ say }) => say.length),
      box.lines.length,
      home.length,
      needs.length,
    ]
    expect(shape(en)).toEqual(shape(da))
  })

  test('is on the clock from seven', () => {
    const course = [
      { minutes: 15, what: 'a' },
      { minutes: 55, what: 'b' },
      { minutes: 10, what: 'c' },
    ]
    expect(onTheClock(course).map(({ at }) => at)).toEqual(['19.00', '19.15', '20.10'])
  })
})
