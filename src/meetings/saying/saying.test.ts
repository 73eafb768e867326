import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oneLine } from '../../line.ts'
import { gathered, type Statement, type StatementKind } from '../evening.ts'
import { faultOf, languageOf, readDoor, readDots, readSaid } from './saying.ts'
import { beginsAt, partOf, partsOf, wordsAtOnce } from './wall-part.ts'

const form = (fields: Record<string, string>) => new URLSearchParams(fields)
const said = (more: Record<string, string> = {}) =>
  form({ kind: 'hope', text: 'Der er en sang, vi alle kan.', lang: 'da', key: 'abcdefgh', ...more })
const codes = (read: ReturnType<typeof readSaid>) =>
  read.ok ? [] : read.problems.map(({ field, code }) => `${field} ${code}`)

describe('words', () => {
  test.each([
    ['only spaces', '   \u00a0\n\t ', 'empty'],
    ['nothing', '', 'empty'],
    ['only marks', '\u0301\u0308 \u200d\u200f … !? ---', 'empty'],
    ['281 characters', 'å'.repeat(281), 'too-long'],
    ['280 characters', 'å'.repeat(280), null],
    ['280 emoji', '🌳'.repeat(280), null],
    ['281 emoji', '🌳'.repeat(281), 'too-long'],
    ['280 letters written in two parts each', 'a\u030a'.repeat(280), null],
    ['emoji alone', '🌻', null],
    ['a flag', '🇺🇦', null],
    ['Arabic', 'نريد حافلة في المساء', null],
    ['a number', '17', null],
  ])('%s', (_, text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  test('are one line of composed letters without control characters, and tidied twice they are the same', () => {
    expect(oneLine(' Vi\u0000 bor\r\n\u2028her  \u00a0nu ')).toBe('Vi bor her nu')
    expect(oneLine('a\u030a')).toBe('å')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(oneLine(oneLine(text))).toBe(oneLine(text))
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
      }),
    )
  })

  test.each([
    ['نريد حافلة', 'da', 'ar'],
    ['Ми хочемо автобус', 'en', 'uk'],
    ['Vi vil have en bus', 'da', 'da'],
    ['We want a bus', 'en', 'en'],
    ['Vi kalder det شاي om aftenen i klubben', 'da', 'da'],
    ['🌻', 'da', 'da'],
  ])('»%s« on a page in %s is kept as %s', (text, page, lang) => {
    expect(languageOf(text, page)).toBe(lang)
  })
})

describe('a form that says something', () => {
  test('is read', () => {
    expect(readSaid(said({ public: 'yes' }))).toEqual({
      ok: true,
      value: {
        kind: 'hope',
        text: 'Der er en sang, vi alle kan.',
        lang: 'da',
        openTo: 'public',
        key: 'abcdefgh',
        sure: false,
        id: null,
      },
    })
    expect(readSaid(said())).toMatchObject({ ok: true, value: { openTo: 'hall' } })
  })

  test('is refused with what is missing, unknown or said twice', () => {
    expect(codes(readSaid(said({ kind: 'complaint' })))).toEqual(['kind choose'])
    expect(codes(readSaid(form({ key: 'abcdefgh' })))).toEqual(['kind choose', 'text empty'])
    expect(codes(readSaid(said({ name: 'Jens' })))).toEqual([' foreign'])
    expect(codes(readSaid(said({ key: 'kort' })))).toEqual([' key'])
    expect(codes(readSaid(said({ id: "' or 1=1" })))).toEqual([' key'])
    const twice = said()
    twice.append('text', 'Og noget andet')
    expect(codes(readSaid(twice))).toEqual(['text repeated'])
  })

  test('never fails on anything at all', () => {
    const field = fc.constantFrom('kind', 'text', 'lang', 'key', 'public', 'id', 'sure', 'x')
    fc.assert(
      fc.property(fc.array(fc.tuple(field, fc.string({ unit: 'binary' }))), (fields) => {
        const read = readSaid(new URLSearchParams(fields))
        if (!read.ok) expect(read.problems.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the door and the dots', () => {
  test('everything at the door may be left out', () => {
    expect(readDoor(form({ lang: 'da' }))).toEqual({
      ok: true,
      value: { name: null, firstTime: null, broughtBy: 'unknown', bringer: null },
    })
    expect(readDoor(form({ name: ' Ida ', first: 'yes', brought: 'neighbour', bringer: 'Freja' }))).toEqual({
      ok: true,
      value: { name: 'Ida', firstTime: true, broughtBy: 'neighbour', bringer: 'Freja' },
    })
    expect(readDoor(form({ name: 'x'.repeat(61) })).ok).toBe(false)
    expect(readDoor(form({ brought: 'the king' })).ok).toBe(false)
  })

  const theme = (n: number) => `00000000-0000-8000-8000-00000000000${n}`
  test('dots are whole numbers on themes, and those with none are left out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 }), (counts) => {
        const read = readDots(form(Object.fromEntries(counts.map((n, at) => [`dot-${theme(at)}`, String(n)]))))
        expect(read).toEqual({
          ok: true,
          value: new Map(counts.flatMap((n, at) => (n > 0 ? [[theme(at), n]] : []))),
        })
      }),
    )
    for (const odd of ['-1', '11', 'x', '1.5', '999'])
      expect(readDots(form({ [`dot-${theme(1)}`]: odd })).ok).toBe(false)
    expect(readDots(form({ 'dot-x': '1' })).ok).toBe(false)
  })
})

describe('a part of the wall', () => {
  const statement = (kind: StatementKind, at: number): Statement => ({
    id: String(at),
    ordinal: at,
    kind,
    text: `ord ${at}`,
    lang: 'da',
    medium: 'phone',
    state: 'shown',
    hiddenWhy: null,
    openTo: 'hall',
    theme: null,
    recognised: 0,
    rev: 1,
  })
  const kind = fc.constantFrom<StatementKind>('unbearable', 'unbearable', 'unbearable', 'change', 'hope', 'resource')
  const gives = (one: StatementKind) => one === 'hope' || one === 'resource'

  test('what is unbearable never stands alone, every word is in one part, and none moves when more is said', () => {
    fc.assert(
      fc.property(fc.array(kind, { minLength: 1, maxLength: 200 }), (kinds) => {
        const all = gathered([...kinds, 'hope' as const].map(statement))
        const parts = Array.from({ length: partsOf(all) }, (_, part) => partOf(all, part))
        expect(parts.flatMap(({ said }) => said)).toEqual(all)
        for (const { said, beside } of parts) {
          const unbearable = said.some(({ first }) => first.kind === 'unbearable')
          const giving = [...said, ...(beside ? [beside] : [])].some(({ first }) => gives(first.kind))
          if (unbearable) expect(giving).toBe(true)
          expect(said.length).toBeLessThanOrEqual(wordsAtOnce)
        }
        const more = gathered([...kinds, 'hope' as const, 'change' as const].map(statement))
        expect(partOf(more, 0).said.slice(0, partOf(all, 0).said.length)).toEqual(partOf(all, 0).said)
      }),
    )
  })

  test('phones begin at different places, and always at one that is there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 255 }), (parts, byte) => {
        const at = beginsAt(parts, Buffer.from([byte]))
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at).toBeLessThan(parts)
      }),
    )
    expect(beginsAt(4, Buffer.from([0]))).not.toBe(beginsAt(4, Buffer.from([255])))
  })
})
