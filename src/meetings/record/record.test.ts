import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Statement, statementKinds, type Theme, voicesForWall } from '../evening.ts'
import { morningAfter } from '../result-mail.ts'
import { isSame, readDebrief } from './debrief.ts'
import { foremost, heardIn } from './record.ts'

const theme = (id: string, more: Partial<Theme> = {}): Theme => ({
  id,
  name: `Tema ${id}`,
  place: 1,
  priority: false,
  rev: 1,
  phoneDots: null,
  paperDots: 0,
  ...more,
})

const someStatements = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...statementKinds),
      text: fc.constantFrom('Lys', 'Kaffe', 'Bus', 'Nøgle', 'Hal', 'Have', 'Suppe'),
      state: fc.constantFrom('shown' as const, 'shown' as const, 'hidden' as const),
      theme: fc.constantFrom(null, 'a', 'b', 'gone'),
      recognised: fc.nat(30),
    }),
    { maxLength: 25 },
  )
  .map((all) =>
    all.map(
      (one, at): Statement => ({
        ...one,
        id: String(at),
        ordinal: at + 1,
        lang: 'da',
        medium: 'phone',
        hiddenWhy: one.state === 'hidden' ? 'other' : null,
        openTo: 'hall',
        rev: 1,
      }),
    ),
  )
const gives = (kind: string) => kind === 'hope' || kind === 'resource'

describe('what was heard', () => {
  test('the unbearable never stands without a hope or a resource beside it, whole or in part', () => {
    fc.assert(
      fc.property(
        someStatements,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (statements, voices, most) => {
          const { heard } = heardIn({ voices, statements, themes: [theme('a'), theme('b')] })
          for (const part of heard)
            for (const said of [part.said, foremost(part, most)]) {
              const shown = part.beside ? [...said, part.beside] : said
              if (shown.some(({ first }) => first.kind === 'unbearable'))
                expect(shown.some(({ first }) => gives(first.kind))).toBe(true)
            }
        },
      ),
    )
  })

  test('everything that is shown stands there once, also when its theme was put away', () => {
    fc.assert(
      fc.property(someStatements, (statements) => {
        const { heard, words } = heardIn({ voices: voicesForWall, statements, themes: [theme('a'), theme('b')] })
        const ids = heard.flatMap(({ said }) => said.flatMap(({ ids }) => ids)).sort()
        const shown = statements.filter(({ state }) => state === 'shown')
        const waits = words === 'no-hope-yet'
        expect(ids).toEqual(
          shown
            .filter(({ kind }) => !(waits && kind === 'unbearable'))
            .map(({ id }) => id)
            .sort(),
        )
      }),
    )
  })

  test('themes that are taken on come first, then those with most dots', () => {
    const themes = [theme('a', { paperDots: 9 }), theme('b', { phoneDots: 20 }), theme('c', { priority: true })]
    const { heard, dots } = heardIn({ voices: 9, statements: [], themes })
    expect(heard.map((part) => part.theme?.id)).toEqual(['c', 'b', 'a'])
    expect(dots).toBe(29)
  })
})

describe('the morning after', () => {
  const at = (iso: string) => morningAfter(new Date(iso), 'Europe/Copenhagen').toISOString()

  test('is eight o’clock where the meeting was, in summer and in winter', () => {
    expect(at('2027-03-14T20:00:00Z')).toBe('2027-03-15T07:00:00.000Z')
    expect(at('2027-06-14T20:00:00Z')).toBe('2027-06-15T06:00:00.000Z')
    expect(at('2027-03-27T22:00:00Z')).toBe('2027-03-28T06:00:00.000Z')
  })

  test('is the same day when the card was closed after midnight, and never within three hours', () => {
    expect(at('2027-03-14T23:30:00Z')).toBe('2027-03-15T07:00:00.000Z')
    expect(at('2027-03-15T05:30:00Z')).toBe('2027-03-16T07:00:00.000Z')
  })
})

describe('reading a debrief', () => {
  const form = (fields: Record<string, string>) => new URLSearchParams(fields)

  test('one thing is enough', () => {
    expect(readDebrief(form({ plus: 'Vi lyttede', rev: '3' }))).toMatchObject({ problems: [], rev: 3, grewOk: false })
    expect(readDebrief(form({ plus: '   ' })).problems).toEqual([{ field: 'happened', code: 'empty' }])
  })

  test('a CPR number is never kept', () => {
    expect(readDebrief(form({ plus: 'Ole, 010203-1234' })).problems).toEqual([{ field: 'plus', code: 'cpr' }])
  })

  test('a yes without names is no yes', () => {
    expect(readDebrief(form({ plus: 'x', grewOk: 'yes' }))).toMatchObject({ grewOk: false, problems: [] })
  })

  test('whatever is typed: what is kept has at most its room, and reading it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const once = readDebrief(form({ happened: text, nextStep: text, nextOwner: 'Freja' }))
        const twice = readDebrief(form(once.said))
        expect(isSame(once, twice)).toBe(true)
        if (once.problems.length === 0) expect([...once.said.nextStep].length).toBeLessThanOrEqual(280)
      }),
    )
  })
})
