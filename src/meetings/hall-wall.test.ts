import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Statement, stages, statementKinds, type Theme, wallOf } from './evening.ts'
import { mostTurned, showingOf, sizeOf, wallPages } from './hall-wall.ts'

const aStatement = (ordinal: number, kind: Statement['kind'], text: string, recognised = 0): Statement => ({
  id: String(ordinal),
  ordinal,
  kind,
  text,
  lang: 'da',
  medium: 'phone',
  state: 'shown',
  hiddenWhy: null,
  openTo: 'hall',
  theme: null,
  recognised,
  rev: 1,
})
const some = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...statementKinds),
      length: fc.integer({ min: 1, max: 280 }),
      recognised: fc.nat(40),
    }),
    { maxLength: 60 },
  )
  .map((all) =>
    all.map(({ kind, length, recognised }, at) => aStatement(at + 1, kind, `${at} ${'x'.repeat(length)}`, recognised)),
  )
const pagesOf = (statements: Statement[], order: 'came' | 'known' = 'came', voices = 9) =>
  wallPages(wallOf({ voices, statements }), order)

describe('the wall', () => {
  test('no page holds something unbearable without a hope or a strength beside it', () => {
    fc.assert(
      fc.property(some, fc.constantFrom('came' as const, 'known' as const), (statements, order) => {
        for (const page of pagesOf(statements, order))
          if (page.hard.some(({ said }) => said.first.kind === 'unbearable'))
            expect(page.good.length).toBeGreaterThan(0)
      }),
    )
  })

  test('everything that may be shown stands on a page, and a page holds no more than can be read', () => {
    fc.assert(
      fc.property(some, (statements) => {
        const wall = wallOf({ voices: 9, statements })
        const pages = pagesOf(statements)
        const there = new Set(pages.flatMap(({ hard, good }) => [...hard, ...good]).map(({ said }) => said.first.id))
        const may = wall.kind === 'too-few' ? [] : wall.said.map(({ first }) => first.id)
        expect([...there].toSorted()).toEqual(may.toSorted())
        for (const { hard, good } of pages) expect(hard.length + good.length).toBeLessThanOrEqual(8)
      }),
    )
  })

  test('while words come, nothing that stands on a page is moved by what comes after', () => {
    fc.assert(
      fc.property(some, fc.nat(60), (statements, cut) => {
        const column = (all: Statement[], side: 'hard' | 'good') =>
          pagesOf(all).flatMap((page) => page[side].map(({ said }) => said.first.id))
        const kept = statements.filter(({ kind }) => kind !== 'unbearable' && kind !== 'change')
        const before = column(kept.slice(0, cut), 'good')
        expect(column(kept, 'good').slice(0, before.length)).toEqual(before)
      }),
    )
  })

  test('one more recognition does not throw the wall about; twice as many do', () => {
    const three = (known: number) =>
      pagesOf([aStatement(1, 'hope', 'Et', 5), aStatement(2, 'hope', 'To', known)], 'known')
        .flatMap(({ good }) => good)
        .map(({ said }) => said.first.text)
    expect(three(6)).toEqual(['Et', 'To'])
    expect(three(12)).toEqual(['To', 'Et'])
  })

  test('with fewer than five voices nothing stands there', () => {
    expect(pagesOf([aStatement(1, 'hope', 'Håb')], 'came', 4)).toEqual([])
  })

  test('letters are as large as the words allow, counted as people count', () => {
    expect(sizeOf('🏡'.repeat(70))).toBe('short')
    expect(sizeOf('å'.repeat(71))).toBe('middle')
    expect(sizeOf('å'.repeat(280))).toBe('long')
    expect(mostTurned).toBeLessThanOrEqual(8)
  })
})

describe('what the screen shows', () => {
  const theme: Theme = { id: 't', name: 'Hallen', place: 1, priority: false, rev: 1, phoneDots: null, paperDots: 0 }
  const evening = {
    stage: 'rest' as const,
    screen: { show: 'follow' as const, page: null },
    dotPhones: 0,
    themes: [theme],
  }

  test('it follows the phones, one thing at a time', () => {
    expect(stages.map((stage) => showingOf({ ...evening, stage }))).toEqual([
      'code',
      'words',
      'words',
      'themes',
      'promises',
      'rest',
    ])
  })

  test('when choosing is over, it shows what was chosen', () => {
    expect(showingOf({ ...evening, dotPhones: 6 })).toBe('dots')
    expect(showingOf({ ...evening, themes: [{ ...theme, paperDots: 3 }] })).toBe('dots')
  })

  test('a presenter holds it on something else', () => {
    expect(showingOf({ ...evening, stage: 'say', screen: { show: 'code', page: null } })).toBe('code')
    expect(showingOf({ ...evening, stage: 'say', screen: { show: 'talk', page: null } })).toBe('talk')
  })
})
