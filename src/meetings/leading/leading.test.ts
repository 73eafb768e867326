import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Statement } from '../evening.ts'
import { boardMemory, boardOf, inOrder, knownBy, pickOf, type Row, readPicks } from './board.ts'
import {
  minutesLeft,
  nameFrom,
  planNow,
  readThemeName,
  readWritten,
  realChange,
  reordered,
  stillSo,
  talkMinutes,
} from './leading.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const said = (n: number, text: string, more: Partial<Statement> = {}): Statement => ({
  id: id(n),
  ordinal: n,
  kind: 'hope',
  text,
  lang: 'da',
  medium: 'phone',
  state: 'shown',
  hiddenWhy: null,
  openTo: 'hall',
  theme: null,
  recognised: 0,
  rev: 1,
  ...more,
})
const theme = { id: id(900), name: 'Hallen', place: 1, priority: false, rev: 1, phoneDots: null, paperDots: 0 }

describe('changing and undoing', () => {
  const row = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', 1, null, true))

  test('the way back leads back, and only what was changed is asked about', () => {
    fc.assert(
      fc.property(row, row, (now, wanted) => {
        const change = realChange(now, wanted)
        const after = { ...now, ...change?.is }
        expect(after).toEqual({
          ...now,
          ...Object.fromEntries(Object.entries(wanted).filter(([k, v]) => now[k] !== v)),
        })
        if (!change) return
        const whole = { of: 'evening' as const, id: id(1), ...change }
        expect(stillSo(whole, after)).toBe(true)
        expect(stillSo(whole, { ...after, other: 'changed' })).toBe(true)
        for (const [name, value] of Object.entries(change.was)) expect(value).toBe(now[name] ?? null)
      }),
    )
  })
})

describe('the plan and its clock', () => {
  const agenda = [1, 2].map((n) => ({ title: `Punkt ${n}`, minutes: 10 * n, kind: 'enliven' as const, reason: null }))
  const since = new Date('2027-03-14T18:00:00Z')

  test('an item ends its minutes after it began, and after the last there is none', () => {
    expect(planNow(agenda, { agendaAt: 2, agendaSince: since })).toMatchObject({
      at: 2,
      of: 2,
      endsAt: new Date('2027-03-14T18:20:00Z'),
      before: { title: 'Punkt 1' },
      next: null,
    })
    expect(planNow(agenda, { agendaAt: 9, agendaSince: since })).toMatchObject({ at: 3, item: null, endsAt: null })
    expect(planNow([], { agendaAt: 1, agendaSince: since }).item).toBeNull()
  })

  test('minutes are whole: 59 seconds are under a minute, one second over time is a minute over', () => {
    const left = (seconds: number) => minutesLeft(new Date(since.getTime() + seconds * 1000), since)
    expect([left(600), left(599), left(59), left(0), left(-1), left(-119), left(-120)]).toEqual([
      10, 9, 0, 0, -1, -1, -2,
    ])
  })

  test('the two talk times always make up what they are a part of', () => {
    fc.assert(
      fc.property(fc.nat(20_000_000), fc.nat(20_000_000), (residents, municipality) => {
        const minutes = talkMinutes({ residents, municipality })
        expect(minutes.residents + minutes.municipality).toBe(minutes.all)
        expect(Math.abs(minutes.all - (residents + municipality) / 60_000)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('what is typed', () => {
  test.each([
    ['', 'themeEmpty'],
    [' \n\t ', 'themeEmpty'],
    ['å'.repeat(81), 'themeLong'],
    ['Ole, 010203-1234', 'cpr'],
  ])('%j is no name of a theme', (typed, code) => {
    expect(readThemeName(typed)).toEqual({ ok: false, code })
  })

  test('a name of 80 signs is one, in any writing', () => {
    expect(readThemeName(` ${'🏡'.repeat(80)} `)).toEqual({ ok: true, name: '🏡'.repeat(80) })
  })

  test('words become a name of whole words, never longer than a name may be', () => {
    expect(nameFrom('Vi har en hal.')).toBe('Vi har en hal')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 280 }), (text) => {
        expect([...nameFrom(text)].length).toBeLessThanOrEqual(80)
      }),
    )
  })

  test('what somebody says without a phone needs a kind and words', () => {
    const read = (form: Record<string, string>) => readWritten(new URLSearchParams(form))
    expect(read({})).toEqual({
      ok: false,
      problems: [
        { field: 'kind', code: 'kind' },
        { field: 'text', code: 'textEmpty' },
      ],
    })
    expect(read({ kind: 'hope', text: 'نريد مكانًا', 'said-lang': 'da' })).toMatchObject({
      ok: true,
      written: { lang: 'ar' },
    })
    expect(read({ kind: 'hope', text: 'Lys', 'said-lang': '../..' })).toMatchObject({
      ok: true,
      written: { lang: 'da' },
    })
  })

  test('a theme moved before another stands before it, and no theme is lost on the way', () => {
    expect(reordered(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
    expect(reordered(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a'])
    expect(reordered(['a', 'b', 'c'], 'a', 'gone')).toEqual(['b', 'c', 'a'])
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.nat(), fc.nat(), (ids, from, to) => {
        const moved = ids[from % ids.length] ?? ''
        expect(reordered(ids, moved, ids[to % ids.length] ?? null).toSorted()).toEqual(ids.toSorted())
      }),
    )
  })
})

describe('the board', () => {
  test('words under a theme that is gone are unsorted', () => {
    const { rows } = boardOf({
      statements: [said(1, 'A', { theme: id(7) }), said(2, 'B', { theme: theme.id })],
      themes: [theme],
    })
    expect(rows.map((row) => row.theme)).toEqual([null, theme.id])
  })

  test('who said it and who knows it count together', () => {
    const { rows } = boardOf({
      statements: [said(1, 'Sjældent'), said(2, 'Ofte', { recognised: 3 }), said(3, 'ofte!')],
      themes: [],
    })
    expect(inOrder(rows, 'known').map((row) => [row.first.text, knownBy(row)])).toEqual([
      ['Ofte', 5],
      ['Sjældent', 1],
    ])
    expect(inOrder(rows, 'said').map((row) => row.first.text)).toEqual(['Sjældent', 'Ofte'])
  })

  test('a tick stands for all who said the same, and says where it was seen', () => {
    const board = boardOf({ statements: [said(1, 'Ens'), said(2, 'ENS'), said(3, 'Andet')], themes: [theme] })
    const [first] = board.rows
    expect(readPicks([first ? pickOf(first) : '', 'not an id', `${id(44)} ${theme.id}`], board)).toEqual({
      ids: [id(1), id(2), id(44)],
      seen: { [id(1)]: null, [id(44)]: theme.id },
      words: 'Ens',
    })
  })

  test('whoever asks again and again has in the end what stands there, and nothing twice', () => {
    const step = fc.array(fc.record({ n: fc.integer({ min: 1, max: 6 }), text: fc.constantFrom('a', 'b', 'c') }), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(fc.boolean()), (states, asks) => {
        const memory = boardMemory('run')
        const mine = new Map<string, string>()
        let at: string | null = null
        const draw = (row: Row) => row.first.text
        states.forEach((state, index) => {
          const statements = [...new Map(state.map(({ n, text }) => [n, said(n, `${text}${n}`)])).values()]
          const { rows } = boardOf({ statements, themes: [] })
          // Somebody else looks at the board all the time; this one not always.
          memory.since('m', null, rows, draw)
          if (asks[index] === false && index < states.length - 1) return
          const news = memory.since('m', at, rows, draw)
          if (news.whole) mine.clear()
          for (const row of news.rows) mine.set(row.id, row.html)
          for (const gone of news.gone) mine.delete(gone)
          at = news.at
          expect([...mine].toSorted()).toEqual(rows.map((row) => [row.id, draw(row)] as [string, string]).toSorted())
          expect(memory.since('m', at, rows, draw).rows).toEqual([])
        })
      }),
    )
  })
})
