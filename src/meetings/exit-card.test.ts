import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../shares/answers.ts'
import da from './da.json' with { type: 'json' }
import {
  answers,
  decodeAnswers,
  decodeNext,
  decodeWho,
  encodeAnswers,
  encodeNext,
  encodeWho,
  questions,
  readCard,
  readNext,
} from './exit-card.ts'

const form = (text: string) => new URLSearchParams(text)
const anAnswer = fc.constantFrom<(Answer | null)[]>(null, 1, 2, 3, 4, 5)

describe('the card as it is asked', () => {
  test('it holds exactly the three items of the op-ed, word for word', () => {
    expect(questions).toEqual(['INF', 'ABLE', 'COUR'])
    expect(da.card.question).toEqual({
      INF: 'Jeg havde medindflydelse på beslutningerne til mødet',
      ABLE: 'Efter mødet er jeg bedre i stand til at gøre en indsats i lokalsamfundet',
      COUR: 'Mødet har givet mig mod på at gøre en forskel i lokalområdet',
    })
  })

  test('the exit card contains no satisfaction item', () => {
    expect(JSON.stringify(da)).not.toMatch(/tilfreds/i)
  })

  test('four answers, and "ved ikke" last', () => {
    expect(answers.map((answer) => da.card.answer[answer])).toEqual([
      'Helt enig',
      'Enig',
      'Uenig',
      'Helt uenig',
      'Ved ikke',
    ])
  })
})

describe('reading a card', () => {
  test('three answers are a card', () => {
    expect(readCard(form('inf=1&able=5&cour=3&lang=da'))).toEqual({
      ok: true,
      value: { answers: { INF: 1, ABLE: 5, COUR: 3 }, rev: 0 },
    })
  })

  test.each([
    ['nothing at all', '', ['inf', 'able', 'cour']],
    ['one left out', 'inf=1&cour=1', ['able']],
    ['an answer that does not exist', 'inf=6&able=0&cour=-1', ['inf', 'able', 'cour']],
    ['a word', 'inf=enig&able=1&cour=1', ['inf']],
    ['a very long number', `inf=${'1'.repeat(500)}&able=1&cour=1`, ['inf']],
    ['two answers to one question', 'inf=1&inf=2&able=1&cour=1', ['inf']],
  ])('%s is asked for again', (_, text, fields) => {
    const read = readCard(form(text))
    expect(read.ok ? [] : read.problems.map((problem) => problem.field)).toEqual(fields)
  })

  test('a field that is not ours is refused', () => {
    expect(readCard(form('inf=1&able=1&cour=1&name=Birthe'))).toMatchObject({
      ok: false,
      problems: [{ code: 'foreign' }],
    })
  })

  test('a correction number that makes no sense is none: the last to arrive stands', () => {
    for (const rev of ['0', '-1', '1.5', 'NaN', '99999999', ''])
      expect(readCard(form(`inf=1&able=1&cour=1&rev=${rev}`))).toMatchObject({ ok: true, value: { rev: 0 } })
  })

  test('no form that somebody could send makes it fail', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('inf', 'able', 'cour', 'rev', 'next', 'who', 'x'), fc.string({ unit: 'binary' })),
        ),
        (pairs) => {
          expect(() => [readCard(new URLSearchParams(pairs)), readNext(new URLSearchParams(pairs))]).not.toThrow()
        },
      ),
    )
  })
})

describe('reading what somebody will do now', () => {
  test('both may be left out', () => {
    expect(readNext(form(''))).toEqual({ ok: true, value: { next: null, who: null, rev: 0 } })
  })

  test('words weigh more than the tick for nothing right now', () => {
    expect(readNext(form('next=Jeg+bager&nothing=yes'))).toMatchObject({
      value: { next: { kind: 'words', text: 'Jeg bager' } },
    })
    expect(readNext(form('next=++&nothing=yes'))).toMatchObject({ value: { next: { kind: 'nothing' } } })
  })

  test('280 characters are let in and 281 are not, also when each is an emoji', () => {
    expect(readNext(new URLSearchParams({ next: '🌞'.repeat(280) }))).toMatchObject({ ok: true })
    expect(readNext(new URLSearchParams({ next: '🌞'.repeat(281) }))).toMatchObject({
      problems: [{ field: 'next', code: 'too-long' }],
    })
  })

  test('a CPR number goes into no promise: the hosts read them', () => {
    expect(readNext(form('next=Ring+til+Ole+010203-1234'))).toEqual({
      ok: false,
      problems: [{ field: 'next', code: 'cpr' }],
    })
    expect(readNext(form('next=Ring+55+00+12+34+kl.+19.30'))).toMatchObject({ ok: true })
  })

  test('a number of people is a number; a hundred is read as twenty', () => {
    expect(readNext(form('who=3'))).toMatchObject({ value: { who: 3 } })
    expect(readNext(form('who=100'))).toMatchObject({ value: { who: 20 } })
    expect(readNext(form('who=mange'))).toMatchObject({ problems: [{ field: 'who', code: 'number' }] })
    expect(readNext(form('who=-1'))).toMatchObject({ problems: [{ field: 'who', code: 'number' }] })
  })
})

describe('as bytes', () => {
  test('every card comes back as it was, and all cards have the same length', () => {
    fc.assert(
      fc.property(anAnswer, anAnswer, anAnswer, (INF, ABLE, COUR) => {
        const bytes = encodeAnswers({ INF, ABLE, COUR })
        expect(bytes.length).toBe(3)
        expect(decodeAnswers(bytes)).toEqual({ INF, ABLE, COUR })
      }),
    )
  })

  test('every promise that may be written comes back as it was, and all promises have the same length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const read = readNext(new URLSearchParams({ next: typed, nothing: 'yes' }))
        if (!read.ok || !read.value.next) return
        const bytes = encodeNext(read.value.next)
        expect(bytes.length).toBe(1123)
        expect(decodeNext(bytes)).toEqual(read.value.next)
      }),
    )
  })

  test('a number of people comes back as it was; bytes that nobody wrote are refused', () => {
    for (let who = 0; who <= 20; who++) expect(decodeWho(encodeWho(who))).toBe(who)
    expect(() => decodeWho(Uint8Array.of(21))).toThrow(RangeError)
    expect(() => decodeAnswers(Uint8Array.of(6, 1, 1))).toThrow(RangeError)
    expect(() => decodeAnswers(Uint8Array.of(1, 1))).toThrow(RangeError)
    expect(() => decodeNext(Uint8Array.of(1))).toThrow(RangeError)
  })
})
