import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Arrived, countDoor, isDitto, readArrival, readBringer, readFirst, sayBringer } from './arrival.ts'

const kinds = {
  neighbour: 'en nabo',
  association: 'foreningen',
  municipality: 'kommunen',
  self: 'mig selv',
  unknown: 'ved ikke',
}
const kind = (of: keyof typeof kinds) => kinds[of]

describe('»Hvem tog dig med?«', () => {
  test.each([
    ['Freja', 'neighbour', 'Freja'],
    ['  Freja   Holm ', 'neighbour', 'Freja Holm'],
    ['naboen', 'neighbour', null],
    ['en nabo', 'neighbour', null],
    ['kommunen', 'municipality', null],
    ['Kommunen', 'municipality', null],
    ['Amira fra kommunen', 'municipality', 'Amira fra kommunen'],
    ['Midtsø Kommune', 'municipality', 'Midtsø Kommune'],
    ['foreningen', 'association', null],
    ['Borgerforeningen', 'association', 'Borgerforeningen'],
    ['HG&IF', 'association', 'HG&IF'],
    ['Tornehuse IF', 'association', 'Tornehuse IF'],
    ['boldklubben', 'association', 'boldklubben'],
    ['mig selv', 'self', null],
    ['Selv', 'self', null],
    ['alene', 'self', null],
    ['', 'unknown', null],
    ['-', 'unknown', null],
    ['ved ikke', 'unknown', null],
    // Names that look like something else are names.
    ['Ifa', 'neighbour', 'Ifa'],
    ['Klaus', 'neighbour', 'Klaus'],
    ['Оксана', 'neighbour', 'Оксана'],
  ])('»%s« is %s', (said, broughtBy, bringer) => {
    expect(readBringer(said)).toEqual({ broughtBy, bringer })
  })

  test('a word of letters that names no kind is a neighbour, and nothing of it is lost', () => {
    const name = fc.stringMatching(/^[A-ZÆØÅ][a-eæøå]{1,10}( [A-ZÆØÅ][a-eæøå]{1,10})?$/)
    fc.assert(
      fc.property(name, (said) => {
        expect(readBringer(`  ${said} `)).toEqual({ broughtBy: 'neighbour', bringer: said })
      }),
    )
  })

  test('whatever is written is read, and read the same when it is written out again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (said) => {
        const once = readBringer(said)
        expect(readBringer(sayBringer(once, kind))).toEqual(once)
        if (once.bringer !== null) expect(once.bringer.length).toBeGreaterThan(0)
      }),
    )
  })

  test('big and small letters make no other kind', () => {
    fc.assert(
      fc.property(fc.constantFrom('kommunen', 'foreningen', 'mig selv', 'naboen', 'borgerforeningen', ''), (said) => {
        expect(readBringer(said.toUpperCase()).broughtBy).toBe(readBringer(said).broughtBy)
      }),
    )
  })
})

describe('a row of the list', () => {
  const read = (name: string, first: string, bringer: string, above?: string) =>
    readArrival({ name, first, bringer }, above)

  test('f is the first time, n is not, nothing is nobody said', () => {
    for (const key of ['f', 'F', 'x', 'ja', 'første gang']) expect(readFirst(key)).toBe(true)
    for (const key of ['n', 'nej', '-', '0']) expect(readFirst(key)).toBe(false)
    expect(readFirst(' ')).toBeNull()
    expect(readFirst('q')).toBeUndefined()
  })

  test('quotation marks are what stands above', () => {
    for (const marks of ['"', '”', "''", 'do']) expect(isDitto(marks)).toBe(true)
    expect(isDitto('Doris')).toBe(false)
    expect(read('Ida', 'f', '"', 'Freja')).toMatchObject({ value: { broughtBy: 'neighbour', bringer: 'Freja' } })
    expect(read('Ida', 'f', '"')).toMatchObject({ value: { broughtBy: 'unknown' } })
  })

  test('a name need not be given, but something must', () => {
    expect(read('', 'n', '')).toMatchObject({ value: { name: null, firstTime: false, broughtBy: 'unknown' } })
    expect(read(' ', '', '')).toMatchObject({ problems: [{ field: 'name', code: 'empty' }] })
  })

  test('what is too long, no letter of ours, or a CPR number is asked about', () => {
    expect(read('å'.repeat(61), '', '')).toMatchObject({ problems: [{ field: 'name', code: 'too-long' }] })
    expect(read('Ida', 'q', '')).toMatchObject({ problems: [{ field: 'first', code: 'first' }] })
    expect(read('Ida', '', '010203-1234')).toMatchObject({ problems: [{ field: 'bringer', code: 'cpr' }] })
  })

  test('the counts of the list add up', () => {
    const any: fc.Arbitrary<Arrived> = fc.record({
      name: fc.constant(null),
      firstTime: fc.option(fc.boolean()),
      broughtBy: fc.constantFrom('neighbour', 'association', 'municipality', 'self', 'unknown'),
      bringer: fc.constant(null),
    })
    fc.assert(
      fc.property(fc.array(any), (all) => {
        const { here, first, firstKnown, brought } = countDoor(all)
        expect(Object.values(brought).reduce((sum, n) => sum + n, 0)).toBe(here)
        expect(first).toBeLessThanOrEqual(firstKnown)
        expect(firstKnown).toBeLessThanOrEqual(here)
      }),
    )
  })
})
